//! Finding offsets by timestamp, and the transactions that were aborted.

use ottla_records::Decompressor;
use ottla_types::{LeaderEpoch, Offset, ProducerId};

use super::{
    Log, View,
    append::scan_failed,
    error::StorageError,
    index::{OffsetEntry, TimeEntry, TxnEntry},
    scan::{Scan, ScanError},
    segment::Segment,
};

/// A record found by its timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimestampedOffset {
    /// Its offset.
    pub offset: Offset,
    /// Its timestamp, ms since 1970.
    pub timestamp: i64,
    /// The epoch of the leader that appended it; `NONE` for old formats.
    pub leader_epoch: LeaderEpoch,
}

/// A transaction whose records are to be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbortedTransaction {
    /// Its producer.
    pub producer_id: ProducerId,
    /// Its first offset.
    pub first_offset: Offset,
}

impl Log {
    /// The first record, in offset order, whose timestamp is `timestamp` or later.
    ///
    /// # Errors
    /// [`StorageError`].
    ///
    /// Spec: KIP-79; ListOffsets.
    pub fn offset_for_timestamp(
        &self,
        timestamp: i64,
    ) -> Result<Option<TimestampedOffset>, StorageError> {
        self.consistently(|view| {
            let start = self.log_start_offset();
            for index in view.floor(start)..view.segments.len() {
                let Some(segment) = view.segments.get(index) else {
                    break;
                };
                let fail = |error| scan_failed(segment, error);
                let largest = segment.largest_timestamp().map_err(|e| fail(e.into()))?;
                if largest.is_none_or(|(largest, _)| largest < timestamp) {
                    continue;
                }
                let size = view.size_of(index);
                let position = segment.position_before(timestamp, start).map_err(fail)?;
                let found = segment.find(position, size, |record| {
                    record.timestamp >= timestamp && record.offset >= start
                });
                if let Some(found) = found.map_err(fail)? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        })
    }

    /// The first record with the largest timestamp of the log.
    ///
    /// # Errors
    /// [`StorageError`].
    ///
    /// Spec: KIP-734; ListOffsets with timestamp -3.
    pub fn max_timestamp_offset(&self) -> Result<Option<TimestampedOffset>, StorageError> {
        self.consistently(|view| {
            let Some((index, timestamp)) = largest_of(view)? else {
                return Ok(None);
            };
            let Some(segment) = view.segments.get(index) else {
                return Ok(None);
            };
            let fail = |error| scan_failed(segment, error);
            let from = Offset(segment.base());
            let position = segment.position_before(timestamp, from).map_err(fail)?;
            let found = segment.find(position, view.size_of(index), |record| {
                record.timestamp == timestamp
            });
            found.map_err(fail)
        })
    }

    /// The offset before which every transaction is over, not before the log start offset and at most
    /// `high_watermark`.
    ///
    /// Spec: KIP-98.
    #[must_use]
    pub fn last_stable_offset(&self, high_watermark: Offset) -> Offset {
        if !self.unstable.load(std::sync::atomic::Ordering::Acquire) {
            return high_watermark;
        }
        let mut producers = self.producers.lock();
        let first_unstable = producers.first_unstable(high_watermark);
        self.set_unstable(&producers);
        // Records of it may be deleted.
        let first = first_unstable.map(|first| first.max(self.log_start_offset()));
        first.map_or(high_watermark, |first| first.min(high_watermark))
    }

    /// The aborted transactions with a record in `[start, end)`, as far as they can be known: by the
    /// order of their markers.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn aborted_transactions(
        &self,
        start: Offset,
        end: Offset,
    ) -> Result<Vec<AbortedTransaction>, StorageError> {
        self.consistently(|view| aborted_in(view, start, end))
    }

    /// The aborted transactions that whoever read `size` bytes from `offset` on must know, and perhaps some
    /// that lie behind.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn aborted_transactions_read(
        &self,
        offset: Offset,
        size: u64,
    ) -> Result<Vec<AbortedTransaction>, StorageError> {
        self.consistently(|view| {
            let mut rest = view.segments.iter().skip(view.floor(offset));
            if size == 0 || rest.all(|segment| segment.aborted.lock().count() == 0) {
                return Ok(Vec::new());
            }
            aborted_in(view, offset, end_of_read(view, offset, size)?)
        })
    }
}

fn aborted_in(
    view: &View,
    start: Offset,
    end: Offset,
) -> Result<Vec<AbortedTransaction>, StorageError> {
    let mut found = Vec::new();
    for segment in view.segments.iter().skip(view.floor(start)) {
        let entries = segment.aborted_transactions();
        let entries = entries.map_err(|error| scan_failed(segment, error.into()))?;
        for entry in entries {
            if entry.last_offset >= start.0 && entry.first_offset < end.0 {
                found.push(AbortedTransaction {
                    producer_id: ProducerId(entry.producer_id),
                    first_offset: Offset(entry.first_offset),
                });
            }
            if entry.last_stable_offset >= end.0 {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// An offset at or behind the end of what `size` bytes from `offset` on hold: a read stays within a
/// segment.
fn end_of_read(view: &View, offset: Offset, size: u64) -> Result<Offset, StorageError> {
    for index in view.floor(offset)..view.segments.len() {
        let Some(segment) = view.segments.get(index) else {
            break;
        };
        let fail = |error| scan_failed(segment, error);
        let first = segment.locate(offset.0, view.size_of(index));
        let Some(first) = first.map_err(fail)? else {
            continue;
        };
        let behind = segment.offset_behind(first.position + size);
        if let Some(behind) = behind.map_err(|error| fail(error.into()))? {
            return Ok(behind);
        }
        let next = view.segments.get(index + 1);
        return Ok(next.map_or(view.end, |next| Offset(next.base())));
    }
    Ok(view.end)
}

/// The segment with the largest timestamp, and that.
fn largest_of(view: &View) -> Result<Option<(usize, i64)>, StorageError> {
    let mut largest: Option<(usize, i64)> = None;
    for (index, segment) in view.segments.iter().enumerate() {
        let found = segment
            .largest_timestamp()
            .map_err(|error| scan_failed(segment, error.into()))?;
        if let Some((timestamp, _)) = found
            && largest.is_none_or(|(_, largest)| timestamp > largest)
        {
            largest = Some((index, timestamp));
        }
    }
    Ok(largest)
}

impl Segment {
    /// The offset behind a batch that begins at `position` or later, as the index knows it.
    fn offset_behind(&self, position: u64) -> std::io::Result<Option<Offset>> {
        let is_before = |entry: &OffsetEntry| u64::from(entry.position) < position;
        let disk = self.open_offsets()?;
        let at = disk.partition_point(is_before)?;
        let on_disk = disk.entries::<OffsetEntry>(at, usize::from(at < disk.count))?;
        let found = on_disk.first().copied().or_else(|| {
            let offsets = self.offsets.lock();
            let tail = offsets.tail();
            tail.get(tail.partition_point(is_before)).copied()
        });
        Ok(found.map(|entry| Offset(self.base() + i64::from(entry.relative)).next()))
    }

    /// Where no record before has `timestamp` or a later one, or all such lie before `start`.
    fn position_before(&self, timestamp: i64, start: Offset) -> Result<u64, ScanError> {
        let in_tail = {
            let times = self.times.lock();
            let tail = times.index.tail();
            let count = tail.partition_point(|entry| entry.timestamp < timestamp);
            count
                .checked_sub(1)
                .and_then(|last| tail.get(last))
                .copied()
        };
        let before = match in_tail {
            Some(entry) => Some(entry),
            None => {
                let disk = self.open_times()?;
                let count =
                    disk.partition_point(|entry: &TimeEntry| entry.timestamp < timestamp)?;
                match count.checked_sub(1) {
                    Some(last) => disk.entries::<TimeEntry>(last, 1)?.first().copied(),
                    None => None,
                }
            }
        };
        let offset = before.map_or_else(
            || self.base(),
            |entry| self.base() + i64::from(entry.relative),
        );
        Ok(self.floor_position(offset.max(start.0))?)
    }

    fn find(
        &self,
        position: u64,
        end: u64,
        is_wanted: impl Fn(&ottla_records::RecordView<'_>) -> bool,
    ) -> Result<Option<TimestampedOffset>, ScanError> {
        let file = self.log()?;
        let mut scan = Scan::new(&*file, position, end);
        let mut decompressor = Decompressor::new();
        while let Some(found) = scan.next()? {
            let bad = |error| ScanError::Bad {
                position: found.position,
                error,
            };
            let batch = scan.whole(&found)?;
            let leader_epoch = match &batch {
                ottla_records::AnyBatch::V2(batch) => batch.partition_leader_epoch(),
                ottla_records::AnyBatch::Legacy(_) => LeaderEpoch::NONE,
            };
            for record in batch.records(&mut decompressor).map_err(bad)? {
                let record = record.map_err(bad)?;
                if is_wanted(&record) {
                    return Ok(Some(TimestampedOffset {
                        offset: record.offset,
                        timestamp: record.timestamp,
                        leader_epoch,
                    }));
                }
            }
        }
        Ok(None)
    }

    /// All entries of the index of aborted transactions.
    pub(super) fn aborted_transactions(&self) -> std::io::Result<Vec<TxnEntry>> {
        let disk = self.open_aborted()?;
        let mut entries = disk.entries(0, disk.count)?;
        entries.extend_from_slice(self.aborted.lock().tail());
        Ok(entries)
    }
}
