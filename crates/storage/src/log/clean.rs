//! Compaction: of every key the last record stays.
//!
//! A clean has two passes. The survey reads the dirty part and notes the last offset of each key, until
//! the map is full. The rewrite then goes over all segments from the first one up to where the survey
//! came, in groups that fit one segment again, and each group is swapped for what is left of it.
//! Batches all of whose records live are copied as they are.
//!
//! C1  offsets never change, nor do the batches' last offsets and sequence numbers
//! C2  what lies at or past the first uncleanable offset is not touched
//! C3  a group is swapped whole, and durably before the next one is begun
//! C4  a marker outlives the batches of its transaction; a tombstone outlives `delete.retention.ms`
//! C5  the last batch of a producer that is still known stays, without records if need be
//! C6  a rewritten segment ends where the next one begins, as long as its batches can be empty
//!
//! C6 goes beyond Apache Kafka, which keeps an empty batch only at the end of what was cleaned: a gap
//! between two segments would look like lost records to a start after a power cut, and an unfinished
//! swap would not tell which old segments it replaces.
//!
//! No lock is held while batches are read and written; the swap finds out whether the log was cut
//! meanwhile.
//!
//! Spec: KIP-58 (lags), KIP-354 (largest lag), KIP-534 (delete horizon); KAFKA-13727.

use std::sync::atomic::Ordering;

use ottla_records::OutputLimit;
use ottla_types::{Now, Offset};

use super::{
    Log,
    error::StorageError,
    index::TxnEntry,
    scan::{STRETCH, ScanError},
    segment::Segment,
};

mod dirtiness;
mod judge;
mod offset_map;
mod output;
mod plan;
mod rewrite;
mod survey;
mod swap;
mod transactions;

pub use dirtiness::{Dirtiness, filthiest};
pub use offset_map::{Full, OffsetMap};

use rewrite::Rewrite;
use transactions::Transactions;

/// Told of every stretch of bytes read or written. It may wait; with `false` the clean ends.
pub type Pace<'a> = dyn FnMut(u64) -> bool + 'a;

/// What a clean works with.
pub struct CleanTools<'a> {
    /// Where the keys are noted; its memory is given back afterwards.
    pub map: &'a mut OffsetMap,
    /// Most bytes that a batch may decompress to.
    pub limit: OutputLimit,
    /// Keeps the rate, and stops.
    pub pace: &'a mut Pace<'a>,
}

impl std::fmt::Debug for CleanTools<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CleanTools")
            .field("map", &self.map)
            .finish_non_exhaustive()
    }
}

/// What a clean did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cleaned {
    /// The first dirty offset now, to be kept in the checkpoint.
    pub end: Offset,
    /// Whether the map was full before the end of the dirty part.
    pub map_full: bool,
    /// Keys in the dirty part.
    pub keys: u64,
    /// How full the map was, of its largest size.
    pub map_utilization: f64,
    /// Bytes read in the survey.
    pub surveyed_bytes: u64,
    /// Records read in the rewrite.
    pub records_read: u64,
    /// Records that stayed.
    pub records_kept: u64,
    /// Records without a key, which went.
    pub records_without_key: u64,
    /// Bytes read in the rewrite.
    pub bytes_read: u64,
    /// Bytes of the segments that took their place.
    pub bytes_kept: u64,
    /// Bytes written to files.
    pub bytes_written: u64,
    /// Segments that were replaced.
    pub segments_before: u64,
    /// Segments that replaced them.
    pub segments_after: u64,
}

impl Cleaned {
    /// Nothing was done yet.
    const fn from(first_dirty: Offset) -> Self {
        Self {
            end: first_dirty,
            map_full: false,
            keys: 0,
            map_utilization: 0.0,
            surveyed_bytes: 0,
            records_read: 0,
            records_kept: 0,
            records_without_key: 0,
            bytes_read: 0,
            bytes_kept: 0,
            bytes_written: 0,
            segments_before: 0,
            segments_after: 0,
        }
    }
}

/// Why a log was not cleaned, or not to the end. It is whole all the same.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CleanError {
    /// It was told to stop, or the log was cut, closed or lost segments meanwhile.
    #[error("the cleaning was interrupted")]
    Interrupted,
    /// A segment does not hold what it should, or the disk failed. Only lack of space is worth another
    /// try.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl CleanError {
    /// Whether another try may succeed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Interrupted | Self::Storage(StorageError::Closed) => true,
            Self::Storage(StorageError::Io(fault)) => fault.is_no_space(),
            Self::Storage(StorageError::Latched(_) | StorageError::Corrupt { .. }) => false,
        }
    }
}

impl Log {
    /// Cleans the log as [`Log::dirtiness`] found it, one clean at a time. Closed segments are made
    /// durable first.
    ///
    /// # Errors
    /// [`CleanError`]; some groups of segments may be clean then, which does no harm.
    pub fn clean(
        &self,
        now: Now,
        dirty: &Dirtiness,
        tools: &mut CleanTools<'_>,
    ) -> Result<Cleaned, CleanError> {
        let cuts = self.cuts.load(Ordering::Acquire);
        self.flush_closed_segments()?;
        let mut cleaned = Cleaned::from(dirty.first_dirty);
        let outcome = self.survey(dirty, tools, &mut cleaned).and_then(|()| {
            if cleaned.end <= dirty.first_dirty {
                return Ok(());
            }
            Rewrite::new(self, now, dirty, cuts, tools, &mut cleaned)?.run()
        });
        tools.map.release();
        outcome?;
        self.note_cleaned(cuts);
        Ok(cleaned)
    }

    /// What the log was cut back to before is clean again.
    fn note_cleaned(&self, cuts: u64) {
        let _flushing = self.flushing.lock();
        if self.cuts.load(Ordering::Acquire) == cuts {
            self.cut_to.store(i64::MAX, Ordering::Release);
        }
    }

    /// The aborted transactions whose marker lies at `start` or later.
    fn transactions_from(
        &self,
        segments: &[SegmentArc],
        start: Offset,
    ) -> ScanResult<Transactions> {
        let mut aborted: Vec<TxnEntry> = Vec::new();
        for segment in segments {
            let entries = segment
                .aborted_transactions()
                .map_err(|error| super::append::scan_failed(segment, error.into()))?;
            aborted.extend(entries.iter().filter(|entry| entry.last_offset >= start.0));
        }
        Ok(Transactions::new(aborted))
    }
}

type SegmentArc = std::sync::Arc<Segment>;
type ScanResult<T> = Result<T, StorageError>;

/// What is wrong in `segment`, or why it could not be read.
fn failed(segment: &Segment, error: ScanError) -> CleanError {
    super::append::scan_failed(segment, error).into()
}
