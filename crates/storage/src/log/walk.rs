//! Building what is known of a segment from the batches in it: indexes, end, epochs.
//!
//! Recovery and compaction both walk, so that the indexes they leave are the same.

use ottla_records::AnyHeader;
use ottla_types::{Offset, Saturate};

use super::{
    epochs::EpochRun,
    index::{OffsetEntry, SparseIndex, TimeEntry, TxnEntry},
    segment::{Largest, Parts},
};

/// Where a walk may begin, and what is known of the batches before.
#[derive(Debug)]
pub(super) struct Resume {
    pub(super) position: u64,
    pub(super) offsets: SparseIndex<OffsetEntry>,
    pub(super) times: SparseIndex<TimeEntry>,
    pub(super) aborted: SparseIndex<TxnEntry>,
    pub(super) largest: Option<TimeEntry>,
}

impl Resume {
    /// Of a segment of which nothing is known.
    pub(super) const fn nothing() -> Self {
        Self {
            position: 0,
            offsets: SparseIndex::empty(),
            times: SparseIndex::empty(),
            aborted: SparseIndex::empty(),
            largest: None,
        }
    }
}

/// The indexes while they are being built.
#[derive(Debug)]
pub(super) struct Walk {
    base: i64,
    interval: u64,
    position: u64,
    end: Offset,
    bytes_since_index: u64,
    offsets: SparseIndex<OffsetEntry>,
    times: SparseIndex<TimeEntry>,
    aborted: SparseIndex<TxnEntry>,
    largest: Option<TimeEntry>,
    indexed: Option<TimeEntry>,
    epochs: Vec<EpochRun>,
}

impl Walk {
    /// Of the segment at `base`, with an index entry after every `interval` bytes.
    pub(super) fn new(base: i64, interval: u64, resume: Resume) -> Self {
        Self {
            base,
            interval,
            position: resume.position,
            end: Offset(base),
            bytes_since_index: 0,
            offsets: resume.offsets,
            times: resume.times,
            aborted: resume.aborted,
            largest: resume.largest,
            indexed: resume.largest,
            epochs: Vec::new(),
        }
    }

    /// The byte behind the last batch.
    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    /// The offset behind the last batch.
    pub(super) const fn end(&self) -> Offset {
        self.end
    }

    /// Offsets rise, and fit the segment.
    pub(super) fn fits(&self, header: &AnyHeader) -> bool {
        let last = header.last_offset();
        let first = match header {
            AnyHeader::V2(header) => header.base_offset(),
            AnyHeader::Legacy(_) => last,
        };
        first >= self.end && first <= last && i32::try_from(last.0 - self.base).is_ok()
    }

    /// Takes up the next batch.
    pub(super) fn add(&mut self, header: &AnyHeader, size: u64) {
        let last = header.last_offset();
        let relative: u32 = (last.0 - self.base).saturate();
        let timestamp = header.max_timestamp();
        if timestamp > self.largest.map_or(-1, |largest| largest.timestamp) {
            self.largest = Some(TimeEntry {
                timestamp,
                relative,
            });
        }
        if self.bytes_since_index > self.interval {
            let position: u32 = self.position.saturate();
            self.offsets.push(OffsetEntry { relative, position });
            self.push_time();
            self.bytes_since_index = 0;
        }
        self.bytes_since_index += size;
        self.position += size;
        self.end = last.next();
        if let AnyHeader::V2(header) = header {
            let (epoch, first) = (header.partition_leader_epoch(), header.base_offset());
            match self.epochs.last_mut().filter(|run| run.epoch == epoch) {
                Some(run) => run.last = first,
                None => self.epochs.push(EpochRun {
                    epoch,
                    first,
                    last: first,
                }),
            }
        }
    }

    /// Adds the entry that closes the time index.
    pub(super) fn push_time(&mut self) {
        if let Some(largest) = self.largest
            && self.indexed.is_none_or(|i| largest.timestamp > i.timestamp)
        {
            self.times.push(largest);
            self.indexed = Some(largest);
        }
    }

    /// Notes that a transaction was aborted whose marker was taken up.
    pub(super) fn push_aborted(&mut self, entry: TxnEntry) {
        self.aborted.push(entry);
    }

    /// The aborted transactions so far.
    pub(super) const fn aborted_count(&self) -> usize {
        self.aborted.count()
    }

    /// First offsets of batches with a leader epoch.
    pub(super) fn take_epochs(&mut self) -> Vec<EpochRun> {
        std::mem::take(&mut self.epochs)
    }

    /// What the segment is opened with.
    pub(super) fn into_parts(self, created_ms: i64) -> Parts {
        Parts {
            size: self.position,
            offsets: self.offsets,
            times: self.times,
            aborted: self.aborted,
            largest: Largest::Known {
                largest: self.largest,
                indexed: self.indexed,
            },
            synced: false,
            sealed: false,
            created_ms,
        }
    }
}
