//! Making the log survive a power cut.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ottla_types::{Mono, Now, Offset, Saturate};

use super::{
    Flushing, Log, StorageError, View,
    error::Fault,
    files::{self, Kind},
    segment::Segment,
    snapshot,
};
use crate::{
    directory::PARTITION_METADATA,
    fs::{Access, File, write_whole},
};

impl Log {
    /// Puts everything that was appended before the call on disk, without keeping anyone from appending.
    /// Returns the end of what is durable. Threads that call it while another syncs share the next sync.
    ///
    /// Afterwards the indexes and producer snapshots of segments that were closed are written; lack of
    /// space or descriptors for them is no error, they are written next time.
    ///
    /// # Errors
    /// [`StorageError`]; a failed sync takes the log out of service.
    pub fn flush(&self) -> Result<Offset, StorageError> {
        let wanted = self.log_end_offset();
        let is_done = || self.durable_end_offset() >= wanted;
        let Some(_turn) = self.turns.take_unless(is_done) else {
            return Ok(self.durable_end_offset());
        };
        let mut flushing = self.flushing.lock();
        self.check_open()?;
        let end = self.flush_batches()?;
        self.seal_closed_segments(&mut flushing)?;
        Ok(end)
    }

    /// Flushes if something was left unsynced, and nothing was flushed through here for `flush_ms`.
    /// Returns whether it did.
    ///
    /// # Errors
    /// [`StorageError`]; a failed sync takes the log out of service.
    pub fn flush_if_old(&self, now: Now) -> Result<bool, StorageError> {
        let wait_ms = self.config().flush_ms;
        let last = Mono(self.flushed_at.load(Ordering::Acquire));
        let waited_ms: i64 = now.mono.since(last).as_millis().saturate();
        if waited_ms < wait_ms || self.durable_end_offset() >= self.log_end_offset() {
            return Ok(false);
        }
        self.flush()?;
        self.flushed_at.store(now.mono.0, Ordering::Release);
        Ok(true)
    }

    /// Flushes if `flush_messages` are unsynced. Call it without the writer's lock.
    pub(super) fn flush_if_many(&self, flush_messages: i64) -> Result<(), StorageError> {
        let unsynced = self.log_end_offset().0 - self.durable_end_offset().0;
        if unsynced >= flush_messages {
            self.flush()?;
        }
        Ok(())
    }

    /// Reserves space for `bytes` behind the end of the last segment, without making its file longer:
    /// appends there do not fail for lack of it.
    ///
    /// # Errors
    /// When there is none. The log stays in service.
    pub fn allocate_ahead(&self, bytes: u64) -> Result<(), StorageError> {
        let _writer = self.lock_writer()?;
        let segment = self.view().active().clone();
        let failed = |error| Fault::new("allocate space for", &segment.path(Kind::Log), error);
        let file = segment.log().map_err(failed)?;
        Ok(file.allocate(segment.size(), bytes).map_err(failed)?)
    }

    /// Writes down what an unclean start needs to read only what lies behind: flushes, and writes
    /// indexes and producers. Returns the recovery point to keep.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn checkpoint(&self) -> Result<Offset, StorageError> {
        let mut flushing = self.flushing.lock();
        self.check_open()?;
        self.checkpoint_locked(&mut flushing)?;
        Ok(self.recovery_point())
    }

    /// The offset from which on an unclean start must read, if it were to happen now: it rises with
    /// checkpoints, and when closed segments were written down.
    #[must_use]
    pub fn recovery_point(&self) -> Offset {
        let checkpointed = Offset(self.checkpointed.load(Ordering::Acquire));
        let view = self.view();
        let is_open = |segment: &&Arc<Segment>| !segment.is_sealed();
        let first_open = view
            .segments
            .iter()
            .find(is_open)
            .unwrap_or_else(|| view.active());
        checkpointed
            .max(Offset(first_open.base()))
            .min(self.durable_end_offset())
    }

    /// Leaves the files as they are, for good: the directory is about to be removed, and another log
    /// may come to lie at its path. Whoever has opened files may read on.
    pub fn abandon(&self) {
        let _flushing = self.flushing.lock();
        let _writer = self.writer.lock();
        self.closed.store(true, Ordering::Release);
    }

    pub(super) fn checkpoint_locked(&self, flushing: &mut Flushing) -> Result<(), StorageError> {
        self.check_in_service()?;
        let (active, at, producers) = {
            let _writer = self.writer.lock();
            let active = self.view().active().clone();
            self.end_time_index(&active)?;
            (
                active,
                self.log_end_offset(),
                snapshot::encode(&self.producers.lock()),
            )
        };
        self.write_epochs(flushing)?;
        self.flush_batches()?;
        self.seal_closed_segments(flushing)?;
        self.write_indexes(&active, None)?;
        self.sync_names()?;
        self.write_checkpoint(flushing, at, &producers)
    }

    /// Adds the last entry of the time index.
    pub(super) fn end_time_index(&self, active: &Segment) -> Result<(), Fault> {
        active
            .largest_timestamp()
            .map_err(|error| Fault::new("read", &active.path(Kind::TimeIndex), error))?;
        active.push_largest_timestamp();
        Ok(())
    }

    /// Writes the producers of the end of a log that takes no append.
    pub(super) fn write_last_snapshot(&self, flushing: &mut Flushing) -> Result<(), StorageError> {
        let producers = snapshot::encode(&self.producers.lock());
        self.write_checkpoint(flushing, self.log_end_offset(), &producers)
    }

    fn write_checkpoint(
        &self,
        flushing: &mut Flushing,
        at: Offset,
        producers: &[u8],
    ) -> Result<(), StorageError> {
        // No producer has written before the first offset there can be.
        if at > Offset(0) && !flushing.snapshots.contains(at.0) {
            self.write_snapshot(flushing, at.0, producers)?;
            self.drop_stray_snapshots(flushing, at.0)?;
        }
        self.sync_names()?;
        self.checkpointed.fetch_max(at.0, Ordering::AcqRel);
        Ok(())
    }

    /// Puts the segments that are appended to no more on disk, with their indexes.
    pub(super) fn flush_closed_segments(&self) -> Result<(), StorageError> {
        let mut flushing = self.flushing.lock();
        self.check_open()?;
        let view = self.view();
        let closed = view.segments.len() - 1;
        self.sync_segments(&view, closed)?;
        self.sync_names()?;
        self.durable_end
            .fetch_max(view.active().base(), Ordering::AcqRel);
        // Those that compaction writes have their indexes (E2).
        self.write_epochs(&mut flushing)?;
        self.seal_closed_segments(&mut flushing)
    }

    pub(super) fn flush_batches(&self) -> Result<Offset, StorageError> {
        let view = self.view();
        self.sync_segments(&view, view.segments.len())?;
        self.sync_names()?;
        self.durable_end.fetch_max(view.end.0, Ordering::AcqRel);
        Ok(self.durable_end_offset())
    }

    /// Syncs what is not on disk of the first `count` segments.
    fn sync_segments(&self, view: &View, count: usize) -> Result<(), StorageError> {
        // The segment before may have been cut to its batches since.
        let first = view.floor(self.durable_end_offset().plus(-1));
        for index in first..count {
            let Some(segment) = view.segments.get(index) else {
                break;
            };
            let size = view.size_of(index);
            if segment.synced() < size {
                let path = segment.path(Kind::Log);
                let file = segment
                    .log()
                    .map_err(|error| self.failed("open", &path, error))?;
                self.sync(&*file, &path)?;
                segment.set_synced(size);
            }
        }
        Ok(())
    }

    pub(super) fn sync(&self, file: &dyn File, path: &Path) -> Result<(), Fault> {
        if self.syncs_later.load(Ordering::Acquire) {
            return Ok(());
        }
        file.sync_data().map_err(|error| {
            let fault = Fault::new("sync", path, error);
            // Whatever the reason: what was written is lost, and nobody knows how much.
            self.latch(&fault);
            fault
        })
    }

    pub(super) fn sync_names(&self) -> Result<(), Fault> {
        let is_left = self.syncs_later.load(Ordering::Acquire);
        if self.dir_dirty.load(Ordering::Acquire) && !is_left {
            self.sync_topic_id()?;
        }
        self.sync_dir_if(&self.names_dirty, &self.dir)?;
        self.is_named.store(true, Ordering::Release);
        match self.dir.parent() {
            Some(parent) => self.sync_dir_if(&self.dir_dirty, parent),
            None => Ok(()),
        }
    }

    /// What the directory is called is worth nothing without whose it is.
    fn sync_topic_id(&self) -> Result<(), Fault> {
        let path = self.dir.join(PARTITION_METADATA);
        match self.fs.open(&path, Access::Read) {
            Ok(file) => self.sync(&*file, &path),
            // Not of a log directory.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(self.failed("open", &path, error)),
        }
    }

    fn sync_dir_if(&self, dirty: &AtomicBool, dir: &Path) -> Result<(), Fault> {
        if !dirty.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        self.sync_dir(dir)
            .inspect_err(|_| dirty.store(true, Ordering::Release))
    }

    pub(super) fn sync_dir(&self, dir: &Path) -> Result<(), Fault> {
        if self.syncs_later.load(Ordering::Acquire) {
            return Ok(());
        }
        self.fs.sync_dir(dir).map_err(|error| {
            let fault = Fault::new("sync", dir, error);
            // It was not even opened then: to be tried again.
            if !fault.is_no_descriptor() {
                self.latch(&fault);
            }
            fault
        })
    }

    fn seal_closed_segments(&self, flushing: &mut Flushing) -> Result<(), StorageError> {
        match self.try_to_seal(flushing) {
            Err(fault) if fault.is_shortage() => self.check_in_service(),
            sealed => Ok(sealed?),
        }
    }

    fn try_to_seal(&self, flushing: &mut Flushing) -> Result<(), Fault> {
        let View { segments, .. } = self.view();
        let last_base = segments.last().map_or(0, |segment| segment.base());
        let closed = segments.iter().zip(segments.iter().skip(1));
        let unsealed: Vec<_> = closed.filter(|(segment, _)| !segment.is_sealed()).collect();
        if !unsealed.is_empty() {
            self.write_epochs(flushing)?;
        }
        for (segment, next) in &unsealed {
            // A segment that was recovered may lack the entry that closes it.
            segment.push_largest_timestamp();
            self.write_indexes(segment, Some(next.base()))?;
        }
        self.sync_names()?;
        // A snapshot says that the aborted transactions before it are in the indexes.
        loop {
            let pending = self.pending_snapshots.lock();
            let next = pending.iter().find(|(at, _)| *at <= last_base).cloned();
            drop(pending);
            let Some((offset, bytes)) = next else {
                break;
            };
            self.write_snapshot(flushing, offset, &bytes)?;
            self.pending_snapshots
                .lock()
                .retain(|(at, _)| *at != offset);
        }
        self.sync_names()?;
        for (segment, _) in unsealed {
            segment.set_sealed(true);
        }
        Ok(())
    }

    pub(super) fn write_snapshot(
        &self,
        flushing: &mut Flushing,
        offset: i64,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let path = files::path(&self.dir, offset, Kind::Snapshot);
        let failed = |error| self.failed("write to", &path, error);
        let file = self.fs.open(&path, Access::Create).map_err(failed)?;
        write_whole(&*file, bytes).map_err(failed)?;
        self.sync(&*file, &path)?;
        self.names_dirty.store(true, Ordering::Release);
        flushing.snapshots.insert(offset);
        Ok(())
    }

    /// Snapshots that neither begin a segment nor are the last one are of no use.
    fn drop_stray_snapshots(&self, flushing: &mut Flushing, last: i64) -> Result<(), Fault> {
        let view = self.view();
        let is_base = |offset: i64| view.segments.iter().any(|s| s.base() == offset);
        let stray: Vec<i64> = flushing
            .snapshots
            .iter()
            .filter(|offset| *offset != last && !is_base(*offset))
            .collect();
        for offset in stray {
            let path = files::path(&self.dir, offset, Kind::Snapshot);
            self.fs
                .remove_file(&path)
                .map_err(|error| self.failed("remove", &path, error))?;
            flushing.snapshots.remove(offset);
            self.names_dirty.store(true, Ordering::Release);
        }
        Ok(())
    }
}
