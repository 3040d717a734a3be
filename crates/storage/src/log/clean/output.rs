//! The segment that takes the place of a group, while it is being written.

use std::{io::IoSlice, sync::Arc};

use ottla_records::{AnyHeader, BatchError};
use ottla_types::Saturate;

use super::{
    super::{
        Log,
        append::scan_failed,
        error::Fault,
        files::{self, Kind, Suffix},
        index::{Entry, SparseIndex, TxnEntry},
        scan::ScanError,
        segment::Segment,
        walk::{Resume, Walk},
    },
    CleanError, STRETCH,
};
use crate::fs::{Access, File};

/// Batches are added to it in their order.
///
/// What is left of one segment alone may be all of it: nothing is written until something goes.
#[derive(Debug)]
pub(super) struct Output<'a> {
    log: &'a Log,
    base: i64,
    walk: Walk,
    /// The one segment of the group, as long as everything was kept as it is.
    same_as: Option<Arc<Segment>>,
    file: Option<Arc<dyn File>>,
    buffer: Vec<u8>,
    /// Bytes in the file.
    written: u64,
    /// Bytes that are on their way to the disk.
    let_go: u64,
    /// By how many bytes the segment may grow beyond the group.
    room: u64,
    /// Bytes written since they were last asked for.
    untold: u64,
}

/// A finished segment, whose files bear `.cleaned` behind their names.
#[derive(Debug)]
pub(super) struct Replacement {
    pub(super) segment: Arc<Segment>,
    pub(super) kinds: Vec<Kind>,
}

impl<'a> Output<'a> {
    pub(super) fn new(log: &'a Log, group: &[Arc<Segment>], interval: u64) -> Self {
        let base = group.first().map_or(0, |segment| segment.base());
        let bytes: u64 = group.iter().map(|segment| segment.size()).sum();
        Self {
            log,
            base,
            walk: Walk::new(base, interval, Resume::nothing()),
            same_as: match group {
                [only] => Some(Arc::clone(only)),
                _ => None,
            },
            file: None,
            buffer: Vec::new(),
            written: 0,
            let_go: 0,
            room: MAX_BYTES.saturating_sub(bytes),
            untold: 0,
        }
    }

    /// Adds a batch as it stands in the group.
    pub(super) fn keep(&mut self, header: &AnyHeader, bytes: &[u8]) -> Result<(), CleanError> {
        if self.same_as.is_none() {
            self.write(bytes)?;
        }
        self.add(header, bytes.len())
    }

    /// Leaves a batch out.
    pub(super) fn drop_batch(&mut self, bytes: &[u8]) -> Result<(), CleanError> {
        self.depart()?;
        let freed: u64 = bytes.len().saturate();
        self.room += freed;
        Ok(())
    }

    /// Adds what is left of `old`. If that is larger and there is no room for it, `old` stays.
    pub(super) fn replace(
        &mut self,
        old_header: &AnyHeader,
        old: &[u8],
        new: &[u8],
    ) -> Result<(), CleanError> {
        let (before, after): (u64, u64) = (old.len().saturate(), new.len().saturate());
        if after > before + self.room {
            return self.keep(old_header, old);
        }
        let header = AnyHeader::parse(new).map_err(|error| self.bad(error))?;
        self.depart()?;
        self.room = self.room + before - after;
        self.write(new)?;
        self.add(&header, new.len())
    }

    /// Notes an aborted transaction whose marker was kept.
    pub(super) fn push_aborted(&mut self, entry: TxnEntry) {
        self.walk.push_aborted(entry);
    }

    /// Bytes written since the last time.
    pub(super) fn take_untold(&mut self) -> u64 {
        std::mem::take(&mut self.untold)
    }

    /// Puts everything on disk. `None` if the group is what it was; nothing was written then.
    pub(super) fn finish(
        mut self,
        now_ms: i64,
        modified_ms: i64,
    ) -> Result<Option<Replacement>, CleanError> {
        if let Some(source) = &self.same_as {
            let aborted = source
                .aborted_transactions()
                .map_err(|error| super::failed(source, error.into()))?;
            if aborted.len() == self.walk.aborted_count() {
                return Ok(None);
            }
        }
        self.depart()?;
        let file = self.file()?;
        self.write_buffer()?;
        let path = files::path(&self.log.dir, self.base, Kind::Log);
        self.log.sync(&*file, &path)?;
        file.set_modified(modified_ms)
            .map_err(|error| self.log.failed("set the time of", &path, error))?;
        self.walk.push_time();
        let mut parts = self.walk.into_parts(now_ms);
        (parts.synced, parts.sealed) = (true, true);
        let (log, base) = (self.log, self.base);
        let mut files = vec![
            (Kind::Log, file),
            log.write_cleaned_index(base, Kind::OffsetIndex, &mut parts.offsets)?,
            log.write_cleaned_index(base, Kind::TimeIndex, &mut parts.times)?,
        ];
        if !parts.aborted.is_blank() {
            files.push(log.write_cleaned_index(base, Kind::TxnIndex, &mut parts.aborted)?);
        }
        let kinds = files.iter().map(|(kind, _)| *kind).collect();
        let segment = Segment::new(Arc::clone(&log.fs), Arc::clone(&log.dir), base, parts);
        segment.pin_as(files);
        Ok(Some(Replacement {
            segment: Arc::new(segment),
            kinds,
        }))
    }

    fn add(&mut self, header: &AnyHeader, len: usize) -> Result<(), CleanError> {
        if !self.walk.fits(header) {
            let size = header.size_in_bytes().saturate();
            return Err(self.bad(BatchError::Size { size }));
        }
        self.walk.add(header, len.saturate());
        Ok(())
    }

    fn bad(&self, error: BatchError) -> CleanError {
        let position = self.walk.position();
        let path = files::path(&self.log.dir, self.base, Kind::Log);
        super::StorageError::Corrupt {
            path,
            position,
            source: error,
        }
        .into()
    }

    /// From here on the segment is another: what was kept so far is copied.
    fn depart(&mut self) -> Result<(), CleanError> {
        let Some(source) = self.same_as.take() else {
            return Ok(());
        };
        let end = self.walk.position();
        let file = source
            .log()
            .map_err(|error| super::failed(&source, error.into()))?;
        let mut position = 0;
        while position < end {
            let len = STRETCH.min(end - position);
            let mut bytes = Vec::with_capacity(len.saturate());
            let read = file
                .read_at(&mut bytes, len.saturate(), position)
                .and_then(|read| match u64::try_from(read) {
                    Ok(read) if read == len => Ok(()),
                    _ => Err(std::io::ErrorKind::UnexpectedEof.into()),
                });
            read.map_err(|error| scan_failed(&source, ScanError::Io(error)))?;
            self.write(&bytes)?;
            file.let_go(position, len);
            position += len;
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), CleanError> {
        self.buffer.extend_from_slice(bytes);
        let held: u64 = self.buffer.len().saturate();
        if held >= STRETCH {
            self.write_buffer()?;
        }
        Ok(())
    }

    fn write_buffer(&mut self) -> Result<(), CleanError> {
        let file = self.file()?;
        file.write_at(&[IoSlice::new(&self.buffer)], self.written)
            .map_err(|error| {
                self.log
                    .cleaned_failed("write to", self.base, Kind::Log, error)
            })?;
        let len: u64 = self.buffer.len().saturate();
        self.written += len;
        self.untold += len;
        self.buffer.clear();
        // Most of it is on disk by the time that the rest is filled in, and the sync waits for little.
        if self.written >= self.let_go + LET_GO {
            file.let_go(self.let_go, self.written - self.let_go);
            self.let_go = self.written;
        }
        Ok(())
    }

    /// Whether another segment comes in the place of the group: its files will not be read again.
    pub(super) const fn replaces(&self) -> bool {
        self.same_as.is_none()
    }

    fn file(&mut self) -> Result<Arc<dyn File>, CleanError> {
        if let Some(file) = &self.file {
            return Ok(Arc::clone(file));
        }
        let file = self.log.create_cleaned(self.base, Kind::Log)?;
        Ok(Arc::clone(self.file.insert(file)))
    }
}

impl Log {
    /// Makes a file with `.cleaned` behind its name, and nothing in it.
    fn create_cleaned(&self, base: i64, kind: Kind) -> Result<Arc<dyn File>, CleanError> {
        // As long as this lock is held, the directory is ours.
        let _flushing = self.flushing.lock();
        self.check_open()?;
        let path = files::suffixed(&files::path(&self.dir, base, kind), Suffix::Cleaned);
        let made = self.fs.open(&path, Access::Create).and_then(|file| {
            file.set_len(0)?;
            Ok(file)
        });
        made.map_err(|error| self.failed("create", &path, error))
            .map_err(|fault| CleanError::Storage(fault.into()))
    }

    fn write_cleaned_index<E: Entry>(
        &self,
        base: i64,
        kind: Kind,
        index: &mut SparseIndex<E>,
    ) -> Result<(Kind, Arc<dyn File>), CleanError> {
        let file = self.create_cleaned(base, kind)?;
        let Some(pending) = index.pending() else {
            return Ok((kind, file));
        };
        file.write_at(&[IoSlice::new(&pending.bytes)], 0)
            .map_err(|error| self.cleaned_failed("write to", base, kind, error))?;
        let path = files::path(&self.dir, base, kind);
        self.sync(&*file, &path)?;
        index.persisted(&pending);
        Ok((kind, file))
    }

    fn cleaned_failed(
        &self,
        operation: &'static str,
        base: i64,
        kind: Kind,
        error: std::io::Error,
    ) -> Fault {
        let path = files::suffixed(&files::path(&self.dir, base, kind), Suffix::Cleaned);
        self.failed(operation, &path, error)
    }
}

impl From<Fault> for CleanError {
    fn from(fault: Fault) -> Self {
        Self::Storage(fault.into())
    }
}

/// Bytes written between two hints that they be written to disk.
const LET_GO: u64 = 4 << 20;
/// Positions are 32 bits wide, with a sign.
const MAX_BYTES: u64 = i32::MAX as u64;
