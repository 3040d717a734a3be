//! How much of a log is dirty, and which log is to be cleaned next.

use std::cmp::Ordering;

use ottla_types::{Offset, WallMs};

use super::super::{Log, StorageError, append::scan_failed};

/// What there is to clean in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dirtiness {
    /// Records before this offset were cleaned.
    pub first_dirty: Offset,
    /// Records from this offset on must not be cleaned yet. A segment begins here.
    pub first_uncleanable: Offset,
    /// Bytes that were cleaned.
    pub clean_bytes: u64,
    /// Bytes that were not, and may be.
    pub dirty_bytes: u64,
    /// By how much the oldest dirty record is older than `max.compaction.lag.ms`, 0 if it is not.
    pub overdue_ms: i64,
    /// Whether the offset that was kept was of no use.
    pub was_reset: bool,
}

impl Dirtiness {
    /// Part of the cleanable bytes that is dirty.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a ratio need not be exact")]
    pub fn ratio(&self) -> f64 {
        let all = self.clean_bytes + self.dirty_bytes;
        if all == 0 {
            return 0.0;
        }
        self.dirty_bytes as f64 / all as f64
    }

    /// Whether it is to be cleaned: `min_ratio` is `min.cleanable.dirty.ratio`.
    #[must_use]
    pub fn is_due(&self, min_ratio: f64) -> bool {
        self.dirty_bytes > 0 && (self.overdue_ms > 0 || self.ratio() > min_ratio)
    }
}

/// Which of some logs, each with its `min.cleanable.dirty.ratio`, is to be cleaned next. Those that are
/// overdue come first; then the one whose dirty part is the largest.
pub fn filthiest<'a, K>(logs: impl IntoIterator<Item = (K, &'a Dirtiness, f64)>) -> Option<K> {
    let due = logs
        .into_iter()
        .filter(|(_, dirty, min_ratio)| dirty.is_due(*min_ratio));
    due.max_by(|(_, a, _), (_, b, _)| order(a, b))
        .map(|(key, _, _)| key)
}

fn order(a: &Dirtiness, b: &Dirtiness) -> Ordering {
    let overdue = (a.overdue_ms > 0).cmp(&(b.overdue_ms > 0));
    overdue.then_with(|| a.ratio().total_cmp(&b.ratio()))
}

impl Log {
    /// What there is to clean before `high_watermark`, when the records before `checkpoint` were.
    ///
    /// # Errors
    /// [`StorageError`] when a segment cannot be read.
    pub fn dirtiness(
        &self,
        now: WallMs,
        high_watermark: Offset,
        checkpoint: Option<Offset>,
    ) -> Result<Dirtiness, StorageError> {
        let stable = self.last_stable_offset(high_watermark);
        let config = self.config();
        self.consistently(|view| {
            let start = self.log_start_offset();
            let kept = checkpoint.unwrap_or(start);
            let was_reset = kept < start || kept > view.end;
            let first_dirty = if was_reset { start } else { kept };
            let first_dirty = self.lower_to_cut(first_dirty).max(start);
            let closed = view.segments.len() - 1;
            // Neither the segment that holds the first unstable record, nor one after it.
            let mut end = view.floor(stable).min(closed);
            let first = view.floor(first_dirty).min(end);
            let mut oldest = i64::MAX;
            for index in first..end {
                let Some(segment) = view.segments.get(index) else {
                    break;
                };
                if config.min_compaction_lag_ms > 0
                    && self.newest_timestamp(segment)?
                        > now.0.saturating_sub(config.min_compaction_lag_ms)
                {
                    end = index;
                    break;
                }
                if config.max_compaction_lag_ms < i64::MAX {
                    let first = segment.first_timestamp();
                    let first = first.map_err(|error| scan_failed(segment, error))?;
                    oldest = oldest.min(first.filter(|at| *at > 0).unwrap_or(i64::MAX));
                }
            }
            let overdue_from = now.0.saturating_sub(config.max_compaction_lag_ms.max(0));
            let (mut clean_bytes, mut dirty_bytes) = (0, 0);
            for (index, segment) in view.segments.iter().take(end).enumerate() {
                if index < first {
                    clean_bytes += segment.size();
                } else {
                    dirty_bytes += segment.size();
                }
            }
            let base = view.segments.get(end).map_or(view.end.0, |s| s.base());
            Ok(Dirtiness {
                first_dirty,
                first_uncleanable: Offset(base),
                clean_bytes,
                dirty_bytes,
                overdue_ms: overdue_from.saturating_sub(oldest).max(0),
                was_reset,
            })
        })
    }
}

impl Log {
    /// What was cleaned once is dirty from where the log was cut since.
    fn lower_to_cut(&self, first_dirty: Offset) -> Offset {
        let cut = self.cut_to.load(std::sync::atomic::Ordering::Acquire);
        first_dirty.min(Offset(cut))
    }
}
