//! Reading a segment to find out what of it is whole, and what its indexes should say.

use std::{io, path::Path, sync::Arc};

use ottla_records::BatchError;
use ottla_types::{Offset, Saturate};

use super::{
    epochs::EpochRun,
    error::Fault,
    files::{self, Kind},
    index::{Entry, OffsetEntry, OnDisk, SparseIndex, TimeEntry, TxnEntry},
    repair::Present,
    scan::{STRETCH, Scan, ScanError},
    segment::Parts,
    walk::{Resume, Walk},
};
use crate::fs::{Access, File, FileSystem};

/// One segment about to be read.
#[derive(Debug)]
pub(crate) struct Recovery<'a> {
    pub(crate) fs: &'a Arc<dyn FileSystem>,
    pub(crate) dir: &'a Path,
    pub(crate) base: i64,
    pub(crate) len: u64,
    pub(crate) interval: u64,
    /// Batches before this offset were on disk for sure when they were last looked after.
    pub(crate) recovery_point: Offset,
    /// Index entries of batches before this offset were synced, if the recovery point is not before it.
    /// Aborted transactions that ended before it are in the index.
    pub(crate) sure: Offset,
    /// Whether the checksums are compared.
    pub(crate) is_thorough: bool,
    pub(crate) now_ms: i64,
}

/// What a segment was found to hold.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) parts: Parts,
    /// The offset behind the last whole batch.
    pub(crate) end: Offset,
    /// Leader epochs of the batches that were read.
    pub(crate) epochs: Vec<EpochRun>,
    pub(crate) bytes_read: u64,
    /// What stands behind the last whole batch.
    pub(crate) fault: Option<BatchError>,
}

impl Recovery<'_> {
    /// Reads the segment.
    pub(crate) fn run(&self, present: &Present) -> Result<Outcome, Fault> {
        let path = files::path(self.dir, self.base, Kind::Log);
        let failed = |error| Fault::new("read", &path, error);
        let file = self.fs.open(&path, Access::Write).map_err(failed)?;
        let resume = self.resume(&*file, present).map_err(failed)?;
        let resume = match resume {
            Some(resume) => resume,
            None => self.anew(present).map_err(failed)?,
        };
        self.walk(&*file, resume).map_err(failed)
    }

    /// Reads what lies behind the last entry of the offset index, or everything if the indexes are not
    /// what they should be: of a segment whose batches need no check.
    pub(crate) fn run_behind_index(&self, present: &Present) -> Result<Outcome, Fault> {
        let path = files::path(self.dir, self.base, Kind::Log);
        let failed = |error| Fault::new("read", &path, error);
        let file = self.fs.open(&path, Access::Read).map_err(failed)?;
        let resume = self.behind_index(&*file, present).map_err(failed)?;
        let resume = match resume {
            Some(resume) => resume,
            None => self.anew(present).map_err(failed)?,
        };
        self.walk(&*file, resume).map_err(failed)
    }

    fn behind_index(&self, log: &dyn File, present: &Present) -> io::Result<Option<Resume>> {
        let is_whole = |kind, size: usize| {
            let len = present.indexes.get(&(self.base, kind));
            len.is_some_and(|len| len.is_multiple_of(size.saturate()))
        };
        if !is_whole(Kind::OffsetIndex, OffsetEntry::SIZE)
            || !is_whole(Kind::TimeIndex, TimeEntry::SIZE)
        {
            return Ok(None);
        }
        let largest = self.last_entry::<TimeEntry>(present, Kind::TimeIndex)?;
        let is_time =
            |entry: &TimeEntry| entry.timestamp >= 0 && i32::try_from(entry.relative).is_ok();
        if !largest.as_ref().is_none_or(is_time) {
            return Ok(None);
        }
        let last = self.last_entry::<OffsetEntry>(present, Kind::OffsetIndex)?;
        let position = match last {
            None => 0,
            Some(last) if self.leads_there(log, &last)? => last.position.into(),
            Some(_) => return Ok(None),
        };
        Ok(Some(Resume {
            position,
            offsets: self.index(present, Kind::OffsetIndex, usize::MAX),
            times: self.index(present, Kind::TimeIndex, usize::MAX),
            aborted: self.aborted(present)?,
            largest,
        }))
    }

    /// From the start, with empty indexes.
    fn anew(&self, present: &Present) -> io::Result<Resume> {
        Ok(Resume {
            position: 0,
            offsets: self.index(present, Kind::OffsetIndex, 0),
            times: self.index(present, Kind::TimeIndex, 0),
            aborted: self.aborted(present)?,
            largest: None,
        })
    }

    /// The entries before the newest snapshot: it was written after them, and the batches behind it
    /// give the others once more.
    fn aborted(&self, present: &Present) -> io::Result<SparseIndex<TxnEntry>> {
        let entries = self.entries::<TxnEntry>(present, Kind::TxnIndex)?;
        let sane = sane_prefix(&entries, |entry, before| {
            entry.first_offset < entry.last_offset
                && (self.base..self.sure.0).contains(&entry.last_offset)
                && before.is_none_or(|before| before.last_offset < entry.last_offset)
        });
        Ok(self.index(present, Kind::TxnIndex, sane))
    }

    fn last_entry<E: Entry>(&self, present: &Present, kind: Kind) -> io::Result<Option<E>> {
        let disk = self.on_disk::<E>(present, kind)?;
        match disk.count.checked_sub(1) {
            Some(last) => Ok(disk.entries(last, 1)?.first().copied()),
            None => Ok(None),
        }
    }

    fn leads_there(&self, log: &dyn File, entry: &OffsetEntry) -> io::Result<bool> {
        // The first batch never has one.
        if entry.position == 0 {
            return Ok(false);
        }
        let mut scan = Scan::new(log, entry.position.into(), self.len);
        match scan.next() {
            Ok(Some(found)) => Ok(found.header.last_offset().0
                == self.base + i64::from(entry.relative)
                && scan
                    .whole(&found)
                    .is_ok_and(|batch| batch.check_crc().is_ok())),
            Ok(None) | Err(ScanError::Bad { .. }) => Ok(false),
            Err(ScanError::Io(error)) => Err(error),
        }
    }

    /// Whether the entry is of a batch.
    fn has_time(
        &self,
        log: &dyn File,
        offsets: &[OffsetEntry],
        entry: &TimeEntry,
    ) -> io::Result<bool> {
        let before = offsets.partition_point(|offset| offset.relative <= entry.relative);
        let floor = before.checked_sub(1).and_then(|floor| offsets.get(floor));
        let from = floor.map_or(0, |floor| floor.position.into());
        let offset = self.base + i64::from(entry.relative);
        let mut scan = Scan::new(log, from, self.len);
        loop {
            match scan.next() {
                Ok(Some(found)) if found.header.last_offset().0 < offset => {}
                Ok(Some(found)) => {
                    let header = &found.header;
                    return Ok(header.last_offset().0 == offset
                        && header.max_timestamp() == entry.timestamp);
                }
                Ok(None) | Err(ScanError::Bad { .. }) => return Ok(false),
                Err(ScanError::Io(error)) => return Err(error),
            }
        }
    }

    fn walk(&self, file: &dyn File, resume: Resume) -> io::Result<Outcome> {
        let mut walk = Walk::new(self.base, self.interval, resume);
        let from = walk.position();
        let mut scan = Scan::in_chunks(file, from, self.len, STRETCH);
        let fault = loop {
            let found = match scan.next() {
                Ok(Some(found)) => found,
                Ok(None) => break None,
                Err(ScanError::Bad { error, .. }) => break Some(error),
                Err(ScanError::Io(error)) => return Err(error),
            };
            if !walk.fits(&found.header) {
                break Some(BatchError::Size {
                    size: found.header.size_in_bytes().saturate(),
                });
            }
            if self.is_thorough {
                match scan.whole(&found).map(|batch| batch.check_crc()) {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) | Err(ScanError::Bad { error, .. }) => break Some(error),
                    Err(ScanError::Io(error)) => return Err(error),
                }
            }
            walk.add(&found.header, found.size());
        };
        let bytes_read = self.len - from;
        Ok(Outcome {
            end: walk.end(),
            epochs: walk.take_epochs(),
            parts: walk.into_parts(self.now_ms),
            bytes_read,
            fault,
        })
    }

    /// The last index entry that was synced before the recovery point, if it leads to the batch it should.
    fn resume(&self, log: &dyn File, present: &Present) -> io::Result<Option<Resume>> {
        let sure = self.recovery_point.min(self.sure);
        if sure.0 <= self.base {
            return Ok(None);
        }
        let limit: u32 = (sure.0 - self.base).saturate();
        let offsets = self.entries::<OffsetEntry>(present, Kind::OffsetIndex)?;
        let sane = sane_prefix(&offsets, |entry, before| {
            entry.relative < limit
                && u64::from(entry.position) < self.len
                && before.is_none_or(|before| {
                    before.relative < entry.relative && before.position < entry.position
                })
        });
        let Some(last) = offsets.get(..sane).and_then(<[_]>::last) else {
            return Ok(None);
        };
        let has_times = present.indexes.contains_key(&(self.base, Kind::TimeIndex));
        if !has_times || !self.leads_there(log, last)? {
            return Ok(None);
        }
        // Those behind it may be of batches that were cut off.
        let times = self.entries::<TimeEntry>(present, Kind::TimeIndex)?;
        let sane_times = sane_prefix(&times, |entry, before| {
            entry.relative <= last.relative
                && before.is_none_or(|before| {
                    before.timestamp < entry.timestamp && before.relative <= entry.relative
                })
        });
        let offsets = offsets.get(..sane).unwrap_or_default();
        let kept = times.get(..sane_times).unwrap_or_default();
        let sane_times = match kept.last() {
            // Half of it may have come to the disk; what relies on it has not then.
            Some(entry) if !self.has_time(log, offsets, entry)? => sane_times - 1,
            _ => sane_times,
        };
        Ok(Some(Resume {
            position: last.position.into(),
            offsets: self.index(present, Kind::OffsetIndex, sane),
            times: self.index(present, Kind::TimeIndex, sane_times),
            aborted: self.aborted(present)?,
            largest: times.get(..sane_times).and_then(<[_]>::last).copied(),
        }))
    }

    fn entries<E: Entry>(&self, present: &Present, kind: Kind) -> io::Result<Vec<E>> {
        let disk = self.on_disk::<E>(present, kind)?;
        disk.entries(0, disk.count)
    }

    fn on_disk<E: Entry>(&self, present: &Present, kind: Kind) -> io::Result<OnDisk> {
        let Some(len) = present.indexes.get(&(self.base, kind)) else {
            return Ok(OnDisk {
                file: None,
                count: 0,
            });
        };
        let path = files::path(self.dir, self.base, kind);
        let len: usize = (*len).saturate();
        Ok(OnDisk {
            file: Some(self.fs.open(&path, Access::Read)?),
            count: len / E::SIZE,
        })
    }

    fn index<E: Entry>(&self, present: &Present, kind: Kind, keep: usize) -> SparseIndex<E> {
        match present.indexes.get(&(self.base, kind)) {
            None => SparseIndex::empty(),
            Some(len) => {
                let mut index = SparseIndex::of_file(*len);
                index.keep(keep);
                index
            }
        }
    }
}

/// How many entries stand before the first that is wrong.
fn sane_prefix<E: Entry>(entries: &[E], is_sane: impl Fn(&E, Option<&E>) -> bool) -> usize {
    let mut before = None;
    for (index, entry) in entries.iter().enumerate() {
        if !is_sane(entry, before) {
            return index;
        }
        before = Some(entry);
    }
    entries.len()
}
