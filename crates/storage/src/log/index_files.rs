//! Writing the index files of a segment.
//!
//! A start after a power cut goes on behind the last entry of the offset index, and believes what the
//! other index files say of the batches before. So at every moment
//!
//! X1  the time index on disk has an entry for all batches before the last entry of the offset index
//!     on disk that need one
//! X2  an index file on disk is a beginning of the index it should be, or something in it is out of
//!     order, or it belongs to a segment whose offset index has an odd length
//!
//! Of a segment that lies before the recovery point no start reads the entries one by one, so that
//! nothing in them would be found out of order. While its files are written, its offset index is one
//! byte longer than its entries are.
//!
//! The entries of the last segment are shown in its files long before they are synced, for the tools
//! that read the files of a log in use. A power cut may keep any of these, so that
//!
//! X3  no start believes an entry of a batch behind the newest producer snapshot, which is written when
//!     the entries before it are synced

use std::{
    io::IoSlice,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use ottla_types::Saturate;
use parking_lot::Mutex;

use super::{
    Log, StorageError,
    error::Fault,
    files::Kind,
    index::{Entry, OffsetEntry, Pending, SparseIndex},
    segment::Segment,
};
use crate::fs::{Access, File};

impl Log {
    /// Writes what the index files of the segment lack, behind which another begins at `next`. Their names
    /// are to be synced afterwards.
    pub(super) fn write_indexes(&self, segment: &Segment, next: Option<i64>) -> Result<(), Fault> {
        // An append adds to the time index first: what it adds meanwhile does no harm.
        let offsets = segment.offsets.lock().pending();
        let has_times = segment.times.lock().index.pending().is_some();
        let is_passed = next.is_some_and(|next| next <= self.checkpointed.load(Ordering::Acquire));
        let is_guarded = is_passed && (offsets.is_some() || has_times);
        let end = match &offsets {
            Some(pending) => pending.end(),
            None => (segment.offsets.lock().on_disk() * OffsetEntry::SIZE).saturate(),
        };
        if is_guarded {
            self.index_file(segment, Kind::OffsetIndex)?
                .set_len(end + 1)?;
        } else if let Some(pending) = &offsets {
            self.index_file(segment, Kind::OffsetIndex)?
                .cut(pending.keep)?;
        }
        self.write_indexes_but_offsets(segment)?;
        if is_guarded {
            let file = self.index_file(segment, Kind::OffsetIndex)?;
            if let Some(pending) = &offsets {
                file.write_behind(pending)?;
            }
            file.set_len(end)?;
        } else if let Some(pending) = &offsets {
            self.index_file(segment, Kind::OffsetIndex)?
                .write(pending)?;
        }
        if let Some(pending) = &offsets {
            segment.offsets.lock().persisted(pending);
        }
        Ok(())
    }

    /// Writes what the index files of the last segment lack but the offset index, which relies on the
    /// others ([X1](self)), when it need not be cut.
    pub(super) fn write_indexes_but_offsets(&self, segment: &Segment) -> Result<(), Fault> {
        let times = segment.times.lock().index.pending();
        if let Some(pending) = &times {
            self.index_file(segment, Kind::TimeIndex)?.write(pending)?;
            segment.times.lock().index.persisted(pending);
        }
        if let Some(pending) = &pending_if_any(&segment.aborted) {
            self.index_file(segment, Kind::TxnIndex)?.write(pending)?;
            segment.aborted.lock().persisted(pending);
        }
        Ok(())
    }

    /// Writes what the offset index lacks, when the other index files are on disk.
    pub(super) fn write_offset_index(&self, segment: &Segment) -> Result<(), Fault> {
        let offsets = segment.offsets.lock().pending();
        if let Some(pending) = &offsets {
            self.index_file(segment, Kind::OffsetIndex)?
                .write(pending)?;
            segment.offsets.lock().persisted(pending);
        }
        Ok(())
    }

    /// Writes the entries of the last segment that its files lack, without a sync, so that others who
    /// read the files see them. Lack of space or descriptors is no error: they are written later.
    ///
    /// # Errors
    /// [`StorageError`]; a failed write takes the log out of service.
    pub fn show_index_entries(&self) -> Result<(), StorageError> {
        let _flushing = self.flushing.lock();
        self.check_open()?;
        self.has_hidden_entries.store(false, Ordering::Release);
        match self.show_entries_of(self.view().active()) {
            Err(fault) if fault.is_shortage() => self.check_in_service(),
            shown => Ok(shown?),
        }
    }

    /// Whether [`Self::show_index_entries`] has something to write.
    #[must_use]
    pub fn has_hidden_index_entries(&self) -> bool {
        self.has_hidden_entries.load(Ordering::Acquire)
    }

    fn show_entries_of(&self, segment: &Segment) -> Result<(), Fault> {
        let offsets = segment.offsets.lock().hidden();
        let times = segment.times.lock().index.hidden();
        if let Some(hidden) = &times
            && self.show_in_file(segment, Kind::TimeIndex, hidden)?
        {
            segment.times.lock().index.shown(hidden);
        }
        let aborted = segment.aborted.lock().hidden();
        if let Some(hidden) = &aborted
            && self.show_in_file(segment, Kind::TxnIndex, hidden)?
        {
            segment.aborted.lock().shown(hidden);
        }
        if let Some(hidden) = &offsets
            && self.show_in_file(segment, Kind::OffsetIndex, hidden)?
        {
            segment.offsets.lock().shown(hidden);
        }
        Ok(())
    }

    /// Whether it could. A file with something else behind its entries is left to be cut and synced.
    fn show_in_file(&self, segment: &Segment, kind: Kind, hidden: &Pending) -> Result<bool, Fault> {
        let path = segment.path(kind);
        let index = match self.fs.open(&path, Access::Write) {
            Ok(file) => IndexFile {
                log: self,
                path,
                file,
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                self.index_file(segment, kind)?
            }
            Err(error) => return Err(self.failed("open", &path, error)),
        };
        let len = index.file.len().map_err(|error| index.failed(error))?;
        if len != hidden.keep {
            return Ok(false);
        }
        index.put(hidden)?;
        Ok(true)
    }

    /// Whether an index file of the segment is longer than what counts in it.
    pub(super) fn is_index_longer(&self, segment: &Segment) -> Result<bool, Fault> {
        let offsets = segment.offsets.lock().pending();
        let times = segment.times.lock().index.pending();
        let longer = |kind, pending: Option<Pending>| {
            let Some(pending) = pending else {
                return Ok(false);
            };
            let path = segment.path(kind);
            match self.fs.metadata(&path) {
                Ok(metadata) => Ok(metadata.len > pending.keep),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
                Err(error) => Err(self.failed("look at", &path, error)),
            }
        };
        let aborted = pending_if_any(&segment.aborted);
        Ok(longer(Kind::OffsetIndex, offsets)?
            || longer(Kind::TimeIndex, times)?
            || longer(Kind::TxnIndex, aborted)?)
    }

    fn index_file(&self, segment: &Segment, kind: Kind) -> Result<IndexFile<'_>, Fault> {
        let path = segment.path(kind);
        let opened = self.fs.open(&path, Access::Create);
        let file = opened.map_err(|error| self.failed("open", &path, error))?;
        self.names_dirty.store(true, Ordering::Release);
        Ok(IndexFile {
            log: self,
            path,
            file,
        })
    }
}

/// One of them, open.
struct IndexFile<'a> {
    log: &'a Log,
    path: PathBuf,
    file: Arc<dyn File>,
}

impl IndexFile<'_> {
    /// Makes it what it should be.
    fn write(&self, pending: &Pending) -> Result<(), Fault> {
        if pending.bytes.is_empty() {
            return self.set_len(pending.keep);
        }
        self.cut(pending.keep)?;
        self.write_behind(pending)
    }

    /// Cuts off what stands behind the first `len` bytes.
    fn cut(&self, len: u64) -> Result<(), Fault> {
        let longer = self.file.len().map(|now| now > len);
        if longer.map_err(|error| self.failed(error))? {
            self.set_len(len)?;
        }
        Ok(())
    }

    fn write_behind(&self, pending: &Pending) -> Result<(), Fault> {
        self.put(pending)?;
        self.log.sync(&*self.file, &self.path)
    }

    fn put(&self, pending: &Pending) -> Result<(), Fault> {
        let bytes = [IoSlice::new(&pending.bytes)];
        let written = self.file.write_at(&bytes, pending.keep);
        written.map_err(|error| self.failed(error))
    }

    fn set_len(&self, len: u64) -> Result<(), Fault> {
        let set = self.file.set_len(len);
        set.map_err(|error| self.failed(error))?;
        self.log.sync(&*self.file, &self.path)
    }

    fn failed(&self, error: std::io::Error) -> Fault {
        self.log.failed("write to", &self.path, error)
    }
}

/// A segment without an aborted transaction has no file for them.
fn pending_if_any<E: Entry>(index: &Mutex<SparseIndex<E>>) -> Option<Pending> {
    let index = index.lock();
    if index.is_blank() {
        None
    } else {
        index.pending()
    }
}
