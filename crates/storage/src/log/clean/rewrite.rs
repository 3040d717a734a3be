//! The second pass: each group of segments is written anew without what is superseded.

use std::sync::Arc;

use ottla_records::{
    AnyBatch, AnyHeader, BatchBuilder, BatchError, BatchView, BuildError, Decompressor, RecordView,
    Records, TimestampType, rebuild_legacy,
};
use ottla_types::{Now, Offset, Saturate};

use super::{
    super::{
        Log, LogConfig,
        append::marker_of,
        error::Fault,
        files::Kind,
        index::{Entry, OffsetEntry, TimeEntry},
        scan::{Scan, ScanError},
        segment::Segment,
    },
    CleanError, CleanTools, Cleaned, Dirtiness, Pace, STRETCH, failed,
    judge::{Fate, Judge},
    output::Output,
    plan::{Limits, SegmentSize, groups},
};

/// The rewrite of a log.
pub(super) struct Rewrite<'a> {
    log: &'a Log,
    config: Arc<LogConfig>,
    now: Now,
    cuts: u64,
    segments: Vec<Arc<Segment>>,
    /// The base of the segment behind each.
    next_bases: Vec<i64>,
    /// Tombstones of old formats in files older than this go.
    legacy_horizon_ms: i64,
    judge: Judge<'a>,
    pace: &'a mut Pace<'a>,
    cleaned: &'a mut Cleaned,
    decompressor: Decompressor,
    /// Which records of the batch at hand stay.
    kept: Vec<bool>,
    /// Where their keys are looked for.
    homes: Vec<usize>,
}

/// What to do with a batch.
enum Left {
    All,
    Some(Vec<u8>),
    Nothing,
}

impl<'a> Rewrite<'a> {
    pub(super) fn new<'t: 'a>(
        log: &'a Log,
        now: Now,
        dirty: &Dirtiness,
        cuts: u64,
        tools: &'a mut CleanTools<'t>,
        cleaned: &'a mut Cleaned,
    ) -> Result<Self, CleanError> {
        let view = log.view();
        let nexts = view.segments.iter().skip(1).map(|segment| segment.base());
        let (segments, next_bases): (Vec<_>, Vec<_>) = view
            .segments
            .iter()
            .cloned()
            .zip(nexts)
            .take_while(|(segment, next)| {
                segment.base() < cleaned.end.0 && *next <= dirty.first_uncleanable.0
            })
            .unzip();
        let config = log.config();
        let clean = segments
            .iter()
            .rfind(|segment| segment.base() < dirty.first_dirty.0);
        let legacy_horizon_ms = match clean {
            Some(last) => log
                .modified_ms(last)?
                .saturating_sub(config.delete_retention_ms),
            None => 0,
        };
        let transactions = log.transactions_from(&view.segments, Offset(0))?;
        let producers = log.producers.lock();
        let judge = Judge::new(tools.map, cleaned.end, now.wall.0, transactions, &producers);
        drop(producers);
        Ok(Self {
            log,
            config,
            now,
            cuts,
            segments,
            next_bases,
            legacy_horizon_ms,
            judge,
            pace: tools.pace,
            cleaned,
            decompressor: Decompressor::with_limit(tools.limit),
            kept: Vec::new(),
            homes: Vec::new(),
        })
    }

    /// Rewrites and swaps group after group.
    pub(super) fn run(mut self) -> Result<(), CleanError> {
        let sizes: Vec<_> = self
            .segments
            .iter()
            .zip(&self.next_bases)
            .map(|(segment, next_base)| size_of(segment, *next_base))
            .collect();
        let limits = Limits {
            segment_bytes: self.config.segment_bytes,
            index_bytes: self.config.segment_index_bytes,
        };
        for group in groups(&sizes, limits) {
            let sources = self
                .segments
                .get(group.clone())
                .unwrap_or_default()
                .to_vec();
            let end = sizes.get(group.end - 1).map_or(0, |last| last.next_base);
            self.group(&sources, Offset(end))?;
        }
        Ok(())
    }

    fn group(&mut self, sources: &[Arc<Segment>], end: Offset) -> Result<(), CleanError> {
        let mut output = Output::new(self.log, sources, self.config.index_interval_bytes);
        let written = self.fill(&mut output, sources, end);
        let Some(last) = sources.last() else {
            return written;
        };
        let replacement = written.and_then(|()| {
            let modified_ms = self.log.modified_ms(last)?;
            output.finish(self.now.wall.0, modified_ms)
        });
        let before: u64 = sources.iter().map(|segment| segment.size()).sum();
        self.cleaned.segments_before += count(sources);
        self.cleaned.segments_after += 1;
        let replacement = match replacement {
            Ok(Some(replacement)) => replacement,
            Ok(None) => {
                self.cleaned.bytes_kept += before;
                return Ok(());
            }
            Err(error) => {
                self.log.remove_cleaned(sources);
                return Err(error);
            }
        };
        let after = replacement.segment.size();
        self.log.swap(self.now, sources, replacement, self.cuts)?;
        self.cleaned.bytes_kept += after;
        self.cleaned.bytes_written += after;
        self.log.go_on(self.pace, 0)
    }

    fn fill(
        &mut self,
        output: &mut Output<'_>,
        sources: &[Arc<Segment>],
        end: Offset,
    ) -> Result<(), CleanError> {
        for segment in sources {
            let keeps_old_tombstones = self.log.modified_ms(segment)? > self.legacy_horizon_ms;
            let fail = |error| failed(segment, error);
            let file = segment.log().map_err(|error| fail(error.into()))?;
            let mut scan = Scan::in_chunks(&*file, 0, segment.size(), STRETCH);
            let mut told = 0;
            while let Some(found) = scan.next().map_err(fail)? {
                let batch = scan.whole(&found).map_err(fail)?;
                let position = found.position;
                let left = batch
                    .check_crc()
                    .and_then(|()| self.left_of(&batch, output, end, keeps_old_tombstones));
                let left = left.map_err(|error| fail(ScanError::Bad { position, error }))?;
                let (header, bytes) = (batch.header(), batch.bytes());
                match left {
                    Left::All => output.keep(&header, bytes)?,
                    Left::Some(new) => output.replace(&header, bytes, &new)?,
                    Left::Nothing => output.drop_batch(bytes)?,
                }
                let passed = position + found.size();
                if passed >= told + STRETCH {
                    if output.replaces() {
                        file.let_go(told, passed - told);
                    }
                    self.log
                        .go_on(self.pace, passed - told + output.take_untold())?;
                    told = passed;
                }
            }
            self.cleaned.bytes_read += segment.size();
            let rest = segment.size() - told + output.take_untold();
            self.log.go_on(self.pace, rest)?;
        }
        Ok(())
    }

    fn left_of(
        &mut self,
        batch: &AnyBatch<'_>,
        output: &mut Output<'_>,
        end: Offset,
        keeps_old_tombstones: bool,
    ) -> Result<Left, BatchError> {
        match batch {
            AnyBatch::V2(batch) => {
                let marker = marker_of(batch);
                let fate = self.judge.batch(batch, marker, end);
                if let Some(entry) = fate.aborted {
                    output.push_aborted(entry);
                }
                self.left_of_v2(batch, fate)
            }
            AnyBatch::Legacy(legacy) => {
                let header = batch.header();
                let records = legacy.records(&mut self.decompressor)?;
                let mut kept = Vec::new();
                let mut read = 0;
                for record in records {
                    let record = record?;
                    read += 1;
                    if self.judge.keeps(&header, &record, keeps_old_tombstones) {
                        kept.push(record);
                    } else if record.key.is_none() {
                        self.cleaned.records_without_key += 1;
                    }
                }
                self.cleaned.records_read += read;
                self.cleaned.records_kept += count(&kept);
                match kept.as_slice() {
                    [] => Ok(Left::Nothing),
                    kept if count(kept) == read => Ok(Left::All),
                    kept => rebuild_legacy(legacy.header(), kept).map(Left::Some),
                }
            }
        }
    }

    fn left_of_v2(&mut self, batch: &BatchView<'_>, fate: Fate) -> Result<Left, BatchError> {
        let declared: u64 = batch.records_count().saturate();
        self.cleaned.records_read += declared;
        let is_empty = batch.records_count() == 0;
        if fate.drops_records || is_empty {
            return match (fate.keeps_place, is_empty) {
                (false, _) => Ok(Left::Nothing),
                (true, true) => Ok(Left::All),
                (true, false) => build(builder_of(batch)?, batch).map(Left::Some),
            };
        }
        let records = batch.records(&mut self.decompressor)?;
        let keys = records.clone().flatten().filter_map(|record| record.key);
        self.judge.map.approach(keys, &mut self.homes);
        let mut has_tombstone = false;
        let mut left = 0;
        self.kept.clear();
        let header = AnyHeader::V2(*batch.header());
        for record in records.clone() {
            let record = record?;
            let stays = batch.is_control() || self.judge.keeps(&header, &record, true);
            if stays {
                left += 1;
                has_tombstone |= record.value.is_none();
            } else if record.key.is_none() {
                self.cleaned.records_without_key += 1;
            }
            self.kept.push(stays);
        }
        self.cleaned.records_kept += left;
        if left == 0 {
            return match fate.keeps_place {
                true => build(builder_of(batch)?, batch).map(Left::Some),
                false => Ok(Left::Nothing),
            };
        }
        let sets_horizon = (has_tombstone || fate.is_passing_marker) && !batch.has_delete_horizon();
        if left == count(&self.kept) && !sets_horizon {
            return Ok(Left::All);
        }
        let mut builder = builder_of(batch)?.compression(batch.compression()?);
        let horizon = match sets_horizon {
            true => {
                let now_ms = self.now.wall.0;
                Some(now_ms.saturating_add(self.config.delete_retention_ms))
            }
            false => batch.delete_horizon_ms(),
        };
        if let Some(horizon) = horizon {
            builder = builder.delete_horizon(horizon);
        }
        append(&mut builder, records, &self.kept)?;
        build(builder, batch).map(Left::Some)
    }
}

fn append(
    builder: &mut BatchBuilder,
    records: Records<'_>,
    kept: &[bool],
) -> Result<(), BatchError> {
    for (record, stays) in records.zip(kept) {
        let record: RecordView<'_> = record?;
        if *stays {
            builder.append_view(&record);
        }
    }
    Ok(())
}

/// A batch without records that stands in the place of `batch`.
fn builder_of(batch: &BatchView<'_>) -> Result<BatchBuilder, BatchError> {
    let mut builder = BatchBuilder::new()
        .base_offset(batch.base_offset())
        .leader_epoch(batch.partition_leader_epoch())
        .producer(
            batch.producer_id(),
            batch.producer_epoch(),
            batch.base_sequence(),
        );
    if batch.is_transactional() {
        builder = builder.transactional();
    }
    if batch.is_control() {
        builder = builder.control();
    }
    if batch.timestamp_type() == TimestampType::LogAppendTime {
        builder = builder.log_append_time(batch.max_timestamp());
    }
    Ok(builder)
}

fn build(mut builder: BatchBuilder, batch: &BatchView<'_>) -> Result<Vec<u8>, BatchError> {
    builder.keep_last_offset(batch.last_offset());
    if builder.records_count() == 0 {
        builder.keep_max_timestamp(batch.max_timestamp());
    }
    builder.build().map_err(|error| match error {
        BuildError::Compression(error) => BatchError::Compression(error),
        // It came from a batch that has those sizes and offsets.
        _ => BatchError::Size {
            size: batch.size_in_bytes().saturate(),
        },
    })
}

fn size_of(segment: &Segment, next_base: i64) -> SegmentSize {
    let bytes = |entries: usize, size: usize| (entries * size).saturate();
    SegmentSize {
        base: segment.base(),
        next_base,
        bytes: segment.size(),
        offset_index_bytes: bytes(segment.offsets.lock().count(), OffsetEntry::SIZE),
        time_index_bytes: bytes(segment.times.lock().index.count(), TimeEntry::SIZE),
    }
}

fn count<T>(items: &[T]) -> u64 {
    items.len().saturate()
}

impl Log {
    /// When the file of batches was last changed.
    fn modified_ms(&self, segment: &Segment) -> Result<i64, CleanError> {
        let path = segment.path(Kind::Log);
        match self.fs.metadata(&path) {
            Ok(metadata) => Ok(metadata.modified_ms),
            // Retention took it.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(CleanError::Interrupted)
            }
            Err(error) => Err(Fault::new("read", &path, error).into()),
        }
    }
}
