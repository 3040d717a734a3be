//! Cutting off the end of a log, and its start.

use std::{
    path::Path,
    sync::{Arc, atomic::Ordering},
};

use ottla_records::AnyHeader;
use ottla_types::{Now, Offset};

use super::{
    Flushing, Log, StorageError, View, Writer,
    append::scan_failed,
    error::Fault,
    files::{self, Kind},
    index::{OffsetEntry, TimeEntry, TxnEntry},
    producers::Producers,
    replay::replay,
    scan::{Scan, ScanError},
    segment::{Largest, Segment},
    snapshot,
};

impl Log {
    /// Cuts off everything from `offset` on. A batch that holds `offset` goes whole, so that the log may
    /// end before it. Returns the end of the log; what was cut off does not come back from then on.
    ///
    /// A recovery point or a log start offset past it that was kept must be lowered to it before anything
    /// is appended: records would be taken for durable, or for deleted, that are neither.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn truncate_to(&self, now: Now, offset: Offset) -> Result<Offset, StorageError> {
        let mut flushing = self.flushing.lock();
        let mut writer = self.lock_writer()?;
        let view = self.view();
        if offset >= view.end {
            return Ok(view.end);
        }
        if offset.0 < view.segments.first().map_or(0, |first| first.base()) {
            self.restart(&mut flushing, &mut writer, now, offset)?;
            return Ok(offset);
        }
        // Before the indexes are written (E2), and before anything is cut: without space for it nothing
        // is half done. Epochs of records that are gone do no harm.
        self.write_epochs(&mut flushing)?;
        self.cutting(|| self.cut(&mut flushing, &mut writer, now, &view, offset))
    }

    /// Removes everything. The log goes on at `offset`, empty. A recovery point or a log start offset past
    /// it that was kept must be lowered to it before anything is appended.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn truncate_fully_and_start_at(
        &self,
        now: Now,
        offset: Offset,
    ) -> Result<(), StorageError> {
        let mut flushing = self.flushing.lock();
        let mut writer = self.lock_writer()?;
        self.restart(&mut flushing, &mut writer, now, offset)
    }

    /// Makes everything before `offset` unreadable; the segments go with the next
    /// [`apply_retention`](Log::apply_retention). Callers see to it that `offset` is not past the high
    /// watermark; past the end it is the end. Returns the log start offset.
    ///
    /// # Errors
    /// [`StorageError`].
    ///
    /// Spec: KIP-107.
    pub fn delete_records_before(&self, offset: Offset) -> Result<Offset, StorageError> {
        let _writer = self.lock_writer()?;
        self.raise_start(offset.min(self.log_end_offset()));
        Ok(self.log_start_offset())
    }

    pub(super) fn raise_start(&self, offset: Offset) {
        if self.log_start.fetch_max(offset.0, Ordering::AcqRel) >= offset.0 {
            return;
        }
        self.change_epochs(offset, |epochs| epochs.truncate_start(offset));
    }

    /// Lets readers begin again that read while `cut` ran.
    fn cutting<T>(&self, cut: impl FnOnce() -> Result<T, StorageError>) -> Result<T, StorageError> {
        self.cuts.fetch_add(1, Ordering::AcqRel);
        let result = cut();
        self.recent.lock().clear();
        self.cuts.fetch_add(1, Ordering::AcqRel);
        if let Err(StorageError::Io(fault)) = &result {
            // Half of it may be done; only opening the log again tells.
            self.latch(fault);
        }
        result
    }

    fn cut(
        &self,
        flushing: &mut Flushing,
        writer: &mut Writer,
        now: Now,
        view: &View,
        offset: Offset,
    ) -> Result<Offset, StorageError> {
        let keep = view.floor(offset);
        let Some(segment) = view.segments.get(keep) else {
            return Ok(view.end);
        };
        let found = segment
            .locate(offset.0, view.size_of(keep))
            .map_err(|error| scan_failed(segment, error))?;
        let (position, end) = match found {
            Some(found) => {
                let first = match found.header {
                    AnyHeader::V2(header) => header.base_offset(),
                    AnyHeader::Legacy(_) => offset,
                };
                (found.position, offset.min(first))
            }
            None => (view.size_of(keep), offset),
        };
        let kept: Arc<[_]> = view.segments.iter().take(keep + 1).cloned().collect();
        let gone: Vec<_> = view.segments.iter().skip(keep + 1).cloned().collect();
        self.remove_now(&gone)?;
        self.shrink(segment, position, end)?;
        // No entry on disk may lead to what is written here next and not synced yet, and none that
        // a recovery point at the new end relies on may be missing.
        segment.push_largest_timestamp();
        self.write_indexes(segment, None)?;
        self.drop_snapshots_after(flushing, end)?;
        self.sync_names()?;
        self.change_epochs(end, |epochs| epochs.truncate_end(end));
        writer.bytes_since_index = 0;
        let bytes: u64 = kept.iter().map(|segment| segment.size()).sum();
        {
            let mut view = self.view.lock();
            *view = View {
                segments: Arc::clone(&kept),
                end,
                position,
            };
            self.size.store(bytes, Ordering::Release);
            self.log_end.store(end.0, Ordering::Release);
            self.cut_to.fetch_min(end.0, Ordering::AcqRel);
            self.durable_end.fetch_min(end.0, Ordering::AcqRel);
            self.checkpointed.fetch_min(end.0, Ordering::AcqRel);
            self.log_start.fetch_min(end.0, Ordering::AcqRel);
        }
        self.reload_producers(flushing, now, writer, &kept, end)?;
        Ok(end)
    }

    fn shrink(&self, segment: &Segment, position: u64, end: Offset) -> Result<(), StorageError> {
        let path = segment.path(Kind::Log);
        let failed = |error| Fault::new("cut", &path, error);
        let file = segment.log().map_err(failed)?;
        file.set_len(position).map_err(failed)?;
        file.sync_data().map_err(failed)?;
        segment.set_size(position);
        segment.set_synced(position);
        segment.set_sealed(false);
        if position == 0 {
            segment.set_first_timestamp(None);
        }
        segment
            .cut_indexes(position, end)
            .map_err(|error| scan_failed(segment, error))
    }

    /// Removes segments, the last one first, so that what a power cut leaves has no hole. Batches go
    /// for good before their indexes do: none may be there without what its index alone knows.
    fn remove_now(&self, segments: &[Arc<Segment>]) -> Result<(), Fault> {
        for segment in segments.iter().rev() {
            self.remove_if_there(&segment.path(Kind::Log))?;
            self.sync_names()?;
            for kind in [Kind::OffsetIndex, Kind::TimeIndex, Kind::TxnIndex] {
                self.remove_if_there(&segment.path(kind))?;
            }
        }
        self.sync_names()
    }

    fn remove_if_there(&self, path: &Path) -> Result<(), Fault> {
        match self.fs.remove_file(path) {
            Ok(()) => self.names_dirty.store(true, Ordering::Release),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Fault::new("remove", path, error)),
        }
        Ok(())
    }

    fn drop_snapshots_after(&self, flushing: &mut Flushing, end: Offset) -> Result<(), Fault> {
        let pending = |(offset, _): &(i64, Vec<u8>)| *offset <= end.0;
        self.pending_snapshots.lock().retain(pending);
        for offset in flushing.snapshots.take_after(end.0) {
            let path = files::path(&self.dir, offset, Kind::Snapshot);
            self.fs
                .remove_file(&path)
                .map_err(|error| Fault::new("remove", &path, error))?;
            self.names_dirty.store(true, Ordering::Release);
        }
        Ok(())
    }

    fn reload_producers(
        &self,
        flushing: &Flushing,
        now: Now,
        writer: &Writer,
        segments: &[Arc<Segment>],
        end: Offset,
    ) -> Result<(), StorageError> {
        let first = segments.first().map_or(0, |first| first.base());
        let (mut from, mut producers) = (Offset(first), Producers::default());
        let expiration_ms = writer.config.producer_id_expiration_ms;
        let pending = self.pending_snapshots.lock().last().cloned();
        let newest = flushing.snapshots.last();
        let bytes = match (newest, pending) {
            (newest, Some((offset, bytes))) if Some(offset) >= newest => Some((offset, bytes)),
            (Some(offset), _) => {
                let path = files::path(&self.dir, offset, Kind::Snapshot);
                let read = self.fs.read(&path);
                Some((offset, read.map_err(|e| Fault::new("read", &path, e))?))
            }
            (None, _) => None,
        };
        if let Some((offset, bytes)) = bytes
            && offset >= from.0
            && let Some(decoded) = snapshot::decode(&bytes, now.wall.0, expiration_ms)
        {
            (from, producers) = (Offset(offset), decoded);
        }
        replay(segments, from, end, &mut producers)?;
        self.set_unstable(&producers);
        *self.producers.lock() = producers;
        Ok(())
    }

    fn restart(
        &self,
        flushing: &mut Flushing,
        writer: &mut Writer,
        now: Now,
        offset: Offset,
    ) -> Result<(), StorageError> {
        self.cutting(|| {
            let view = self.view();
            self.remove_now(&view.segments)?;
            self.drop_snapshots_after(flushing, Offset::NONE)?;
            self.sync_names()?;
            self.forget_epochs()?;
            let path = files::path(&self.dir, offset.0, Kind::Log);
            let first_len = writer.config.first_len();
            let segment = Segment::create(&self.fs, &self.dir, offset.0, now.wall.0, first_len)
                .map_err(|error| Fault::new("create", &path, error))?;
            self.names_dirty.store(true, Ordering::Release);
            self.sync_names()?;
            writer.bytes_since_index = 0;
            *self.producers.lock() = Producers::default();
            self.set_unstable(&Producers::default());
            let mut view = self.view.lock();
            *view = View {
                segments: Arc::from([Arc::new(segment)]),
                end: offset,
                position: 0,
            };
            self.size.store(0, Ordering::Release);
            self.log_end.store(offset.0, Ordering::Release);
            self.log_start.store(offset.0, Ordering::Release);
            self.cut_to.fetch_min(offset.0, Ordering::AcqRel);
            self.durable_end.store(offset.0, Ordering::Release);
            self.checkpointed.store(offset.0, Ordering::Release);
            Ok(())
        })
    }
}

impl Segment {
    /// Forgets index entries at or after `position` and `end`.
    fn cut_indexes(&self, position: u64, end: Offset) -> Result<(), ScanError> {
        self.largest_timestamp()?;
        let relative = self.relative(end.0);
        let disk = self.open_offsets()?;
        let is_kept = |entry: &OffsetEntry| u64::from(entry.position) < position;
        let kept = disk.partition_point(is_kept)?;
        let mut offsets = self.offsets.lock();
        let in_tail = offsets.tail().partition_point(is_kept);
        offsets.keep(kept + if kept == disk.count { in_tail } else { 0 });
        drop(offsets);

        let disk = self.open_times()?;
        let is_kept = |entry: &TimeEntry| entry.relative < relative;
        let kept = disk.partition_point(is_kept)?;
        let last_on_disk = match kept.checked_sub(1) {
            Some(last) => disk.entries::<TimeEntry>(last, 1)?.first().copied(),
            None => None,
        };
        let mut times = self.times.lock();
        let in_tail = times.index.tail().partition_point(is_kept);
        times
            .index
            .keep(kept + if kept == disk.count { in_tail } else { 0 });
        let last = times.index.tail().last().copied().or(last_on_disk);
        times.largest = Largest::Known {
            largest: last,
            indexed: last,
        };
        drop(times);
        let noted = last.map_or(0, |last| last.relative);
        let from = self.floor_position(self.base().saturating_add(noted.into()))?;
        self.note_timestamps_from(from, position)?;

        let aborted = self.aborted_transactions()?;
        let kept = aborted.partition_point(|entry: &TxnEntry| entry.last_offset < end.0);
        self.aborted.lock().keep(kept);
        Ok(())
    }

    /// The time index says nothing of the batches behind its last entry, the one that closed it being cut
    /// off: not even of those before the last entry of the offset index, if that was built anew.
    fn note_timestamps_from(&self, from: u64, end: u64) -> Result<(), ScanError> {
        let file = self.log()?;
        let mut scan = Scan::new(&*file, from, end);
        while let Some(found) = scan.next()? {
            self.note_timestamp(found.header.max_timestamp(), found.header.last_offset().0);
        }
        Ok(())
    }
}
