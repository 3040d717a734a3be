//! A sparse index: entries of one size in rising order, the older ones in a file, the younger ones in
//! memory.
//!
//! Nobody waits for the file while appending: [`SparseIndex::pending`] and [`SparseIndex::persisted`]
//! let the flusher write it without holding a lock, [`SparseIndex::hidden`] and [`SparseIndex::shown`]
//! let it show the younger entries to whoever reads the file before they are synced. An index can always
//! be built again from the log.

use std::{fmt::Debug, io, sync::Arc};

use ottla_types::Saturate;

use crate::fs::File;

/// An entry of an index.
pub(crate) trait Entry: Copy + Debug + PartialEq {
    /// Its bytes in the file.
    const SIZE: usize;
    /// Reads it from `SIZE` bytes.
    fn decode(bytes: &[u8]) -> Option<Self>;
    /// Writes `SIZE` bytes.
    fn encode(&self, to: &mut Vec<u8>);
}

/// Where a batch lies: `.index`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OffsetEntry {
    /// Last offset of the batch, relative to the segment.
    pub(crate) relative: u32,
    /// First byte of the batch.
    pub(crate) position: u32,
}

/// Largest timestamp so far: `.timeindex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeEntry {
    pub(crate) timestamp: i64,
    /// Last offset of the batch that has it, relative to the segment.
    pub(crate) relative: u32,
}

/// An aborted transaction: `.txnindex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TxnEntry {
    pub(crate) producer_id: i64,
    pub(crate) first_offset: i64,
    /// Offset of the marker.
    pub(crate) last_offset: i64,
    /// The last stable offset after the marker.
    pub(crate) last_stable_offset: i64,
}

impl Entry for OffsetEntry {
    const SIZE: usize = 8;

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (relative, rest) = bytes.split_first_chunk()?;
        Some(Self {
            relative: u32::from_be_bytes(*relative),
            position: u32::from_be_bytes(*rest.first_chunk()?),
        })
    }

    fn encode(&self, to: &mut Vec<u8>) {
        to.extend(self.relative.to_be_bytes());
        to.extend(self.position.to_be_bytes());
    }
}

impl Entry for TimeEntry {
    const SIZE: usize = 12;

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (timestamp, rest) = bytes.split_first_chunk()?;
        Some(Self {
            timestamp: i64::from_be_bytes(*timestamp),
            relative: u32::from_be_bytes(*rest.first_chunk()?),
        })
    }

    fn encode(&self, to: &mut Vec<u8>) {
        to.extend(self.timestamp.to_be_bytes());
        to.extend(self.relative.to_be_bytes());
    }
}

impl Entry for TxnEntry {
    const SIZE: usize = 34;

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = bytes.get(2..)?.chunks_exact(8).map(|field| {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(field);
            i64::from_be_bytes(bytes)
        });
        Some(Self {
            producer_id: fields.next()?,
            first_offset: fields.next()?,
            last_offset: fields.next()?,
            last_stable_offset: fields.next()?,
        })
    }

    fn encode(&self, to: &mut Vec<u8>) {
        to.extend([0, 0]);
        for field in [
            self.producer_id,
            self.first_offset,
            self.last_offset,
            self.last_stable_offset,
        ] {
            to.extend(field.to_be_bytes());
        }
    }
}

/// The entries of one segment.
#[derive(Debug)]
pub(crate) struct SparseIndex<E> {
    /// Entries in the file that count.
    on_disk: usize,
    /// Entries behind them.
    tail: Vec<E>,
    /// How many of those stand in the file, but are not synced.
    shown: usize,
    /// Whether the file must be written, or cut, before it is what this index is.
    stale: bool,
    /// Whether there is a file.
    has_file: bool,
}

/// The entries in the file, to be searched without a lock.
#[derive(Clone, Debug)]
pub(crate) struct OnDisk {
    pub(crate) file: Option<Arc<dyn File>>,
    pub(crate) count: usize,
}

/// What the file lacks.
#[derive(Debug)]
pub(crate) struct Pending {
    /// Length to cut the file to first.
    pub(crate) keep: u64,
    pub(crate) bytes: Vec<u8>,
    count: usize,
}

impl<E: Entry> SparseIndex<E> {
    /// Without an entry and without a file.
    pub(crate) const fn empty() -> Self {
        Self {
            on_disk: 0,
            tail: Vec::new(),
            shown: 0,
            stale: true,
            has_file: false,
        }
    }

    /// Of a file of `len` bytes that can be trusted.
    pub(crate) fn of_file(len: u64) -> Self {
        let len: usize = len.saturate();
        Self {
            on_disk: len / E::SIZE,
            tail: Vec::new(),
            shown: 0,
            stale: !len.is_multiple_of(E::SIZE),
            has_file: true,
        }
    }

    pub(crate) const fn count(&self) -> usize {
        self.on_disk + self.tail.len()
    }

    /// Whether it needs no file.
    pub(crate) const fn is_blank(&self) -> bool {
        self.count() == 0 && !self.has_file
    }

    /// The younger entries.
    pub(crate) fn tail(&self) -> &[E] {
        &self.tail
    }

    /// How many older ones there are, in the file.
    pub(crate) const fn on_disk(&self) -> usize {
        self.on_disk
    }

    pub(crate) fn push(&mut self, entry: E) {
        self.tail.push(entry);
        self.stale = true;
    }

    /// Forgets all but the first `count` entries.
    pub(crate) fn keep(&mut self, count: usize) {
        self.tail.truncate(count.saturating_sub(self.on_disk));
        self.shown = self.shown.min(self.tail.len());
        if count < self.on_disk {
            self.on_disk = count;
            self.stale = true;
        }
    }

    /// What must be written so that the file is this index; `None` if it is.
    pub(crate) fn pending(&self) -> Option<Pending> {
        self.stale.then(|| {
            let hidden = self.tail.get(self.shown..).unwrap_or_default();
            let mut bytes = Vec::with_capacity(hidden.len() * E::SIZE);
            for entry in hidden {
                entry.encode(&mut bytes);
            }
            Pending {
                keep: ((self.on_disk + self.shown) * E::SIZE).saturate(),
                bytes,
                count: self.tail.len(),
            }
        })
    }

    /// `pending` stands in the file now, synced. Entries pushed since stay in memory.
    pub(crate) fn persisted(&mut self, pending: &Pending) {
        self.tail.drain(..pending.count);
        self.tail.shrink_to_fit();
        self.on_disk += pending.count;
        self.shown = 0;
        self.stale = !self.tail.is_empty();
        self.has_file = true;
    }

    /// As [`SparseIndex::pending`], if there are entries that the file has not.
    pub(crate) fn hidden(&self) -> Option<Pending> {
        self.pending().filter(|pending| !pending.bytes.is_empty())
    }

    /// `hidden` stands in the file now, but is not synced.
    pub(crate) fn shown(&mut self, hidden: &Pending) {
        self.shown = hidden.count;
        self.has_file = true;
    }
}

impl Pending {
    /// Length of the file then.
    pub(crate) fn end(&self) -> u64 {
        let added: u64 = self.bytes.len().saturate();
        self.keep + added
    }
}

impl OnDisk {
    /// The entries at `range`.
    pub(crate) fn entries<E: Entry>(&self, start: usize, count: usize) -> io::Result<Vec<E>> {
        let Some(file) = &self.file else {
            return Ok(Vec::new());
        };
        let mut bytes = Vec::new();
        file.read_at(&mut bytes, count * E::SIZE, (start * E::SIZE).saturate())?;
        Ok(bytes.chunks_exact(E::SIZE).map_while(E::decode).collect())
    }

    /// How many entries stand before the first that does not satisfy `before`.
    pub(crate) fn partition_point<E: Entry>(
        &self,
        before: impl Fn(&E) -> bool,
    ) -> io::Result<usize> {
        let (mut low, mut high) = (0, self.count);
        while high - low > BLOCK {
            let middle = low + (high - low) / 2;
            match self.entries::<E>(middle, 1)?.first() {
                Some(entry) if before(entry) => low = middle + 1,
                _ => high = middle,
            }
        }
        let block = self.entries::<E>(low, high - low)?;
        Ok(low + block.iter().take_while(|entry| before(entry)).count())
    }
}

/// Entries that are read at once at the end of a search: about a page.
const BLOCK: usize = 512;

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of<E: Entry>(entry: &E) -> Vec<u8> {
        let mut bytes = Vec::new();
        entry.encode(&mut bytes);
        assert_eq!(bytes.len(), E::SIZE);
        assert_eq!(E::decode(&bytes).as_ref(), Some(entry));
        bytes
    }

    const fn entry(relative: u32) -> OffsetEntry {
        OffsetEntry {
            relative,
            position: relative,
        }
    }

    #[test]
    fn entries_have_kafkas_bytes() {
        let entry = OffsetEntry {
            relative: 258,
            position: 4096,
        };
        assert_eq!(bytes_of(&entry), [0, 0, 1, 2, 0, 0, 16, 0]);
        let entry = TimeEntry {
            timestamp: 1_700_000_000_000,
            relative: 7,
        };
        assert_eq!(
            bytes_of(&entry),
            [0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0, 0, 0, 0, 7]
        );
        let entry = TxnEntry {
            producer_id: 1,
            first_offset: 2,
            last_offset: 3,
            last_stable_offset: 4,
        };
        let bytes = bytes_of(&entry);
        assert_eq!(bytes[..2], [0, 0]);
        assert_eq!([bytes[9], bytes[17], bytes[25], bytes[33]], [1, 2, 3, 4]);
    }

    #[test]
    fn entries_pushed_while_the_file_is_written_stay_in_memory() {
        let mut index = SparseIndex::empty();
        index.push(entry(1));
        index.push(entry(2));
        let pending = index.pending().unwrap();
        index.push(entry(3));
        assert_eq!((pending.keep, pending.bytes.len()), (0, 16));
        index.keep(3);
        assert_eq!(index.tail().len(), 3);
        index.keep(1);
        assert_eq!(index.count(), 1);
    }

    #[test]
    fn entries_that_are_shown_are_not_written_again() {
        let mut index = SparseIndex::empty();
        index.push(entry(1));
        index.push(entry(2));
        let hidden = index.hidden().unwrap();
        assert_eq!((hidden.keep, hidden.bytes.len()), (0, 16));
        index.shown(&hidden);
        assert!(index.hidden().is_none());
        assert_eq!((index.on_disk(), index.tail().len()), (0, 2));
        index.push(entry(3));
        let pending = index.pending().unwrap();
        assert_eq!((pending.keep, pending.bytes.len()), (16, 8));
        index.persisted(&pending);
        assert_eq!(index.on_disk(), 3);
        index.push(entry(4));
        let hidden = index.hidden().unwrap();
        index.shown(&hidden);
        index.keep(2);
        let pending = index.pending().unwrap();
        assert_eq!((pending.keep, pending.bytes.len()), (16, 0));
    }
}
