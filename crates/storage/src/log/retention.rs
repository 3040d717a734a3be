//! Removing old segments.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use ottla_types::{Now, Offset};

use super::{
    Doomed, Flushing, Log, StorageError,
    append::scan_failed,
    error::Fault,
    files::{self, Kind},
    segment::Segment,
};

impl Log {
    /// Removes the segments that the log start offset, `retention.bytes` or `retention.ms` allow to go,
    /// oldest first, none that reaches past `high_watermark`. Returns their base offsets.
    ///
    /// Their files are renamed, and unlinked by [`delete_pending`](Log::delete_pending) later: some may
    /// still be read.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn apply_retention(
        &self,
        now: Now,
        high_watermark: Offset,
    ) -> Result<Vec<Offset>, StorageError> {
        let mut flushing = self.flushing.lock();
        let config = Arc::clone(&self.lock_writer()?.config);
        let mut removed = Vec::new();
        let start = self.log_start_offset();
        let passed = self.count(high_watermark, |_, next| Ok(next <= start))?;
        self.remove_first(&mut flushing, now, passed, &mut removed)?;
        if !config.delete {
            return Ok(removed);
        }
        if let Ok(limit) = u64::try_from(config.retention_bytes) {
            let mut excess = self.size().saturating_sub(limit);
            let too_large = self.count(high_watermark, |segment, _| {
                let fits = excess >= segment.size() && excess > 0;
                excess = excess.saturating_sub(segment.size());
                Ok(fits)
            })?;
            self.remove_first(&mut flushing, now, too_large, &mut removed)?;
        }
        let limit_ms = config.retention_ms;
        if limit_ms >= 0 {
            let too_old = self.count(high_watermark, |segment, _| {
                let newest = self.newest_timestamp(segment)?;
                Ok(now.wall.0.saturating_sub(newest) > limit_ms)
            })?;
            self.remove_first(&mut flushing, now, too_old, &mut removed)?;
        }
        Ok(removed)
    }

    /// Unlinks files that were renamed long enough ago. Returns how many are left.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn delete_pending(&self, now: Now) -> Result<usize, StorageError> {
        let due: Vec<_> = {
            let mut writer = self.writer.lock();
            let is_due = |doomed: &mut Doomed| doomed.due <= now.mono;
            writer.doomed.extract_if(.., is_due).collect()
        };
        for path in due.iter().flat_map(|doomed| &doomed.paths) {
            match self.fs.remove_file(path) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(Fault::new("remove", path, error).into()),
            }
        }
        Ok(self.writer.lock().doomed.len())
    }

    /// How many segments, from the first on, may go.
    fn count(
        &self,
        high_watermark: Offset,
        mut may_go: impl FnMut(&Segment, Offset) -> Result<bool, StorageError>,
    ) -> Result<usize, StorageError> {
        let view = self.view();
        for (index, segment) in view.segments.iter().enumerate() {
            let next = view.segments.get(index + 1).map(|next| Offset(next.base()));
            let is_empty_last = next.is_none() && segment.size() == 0;
            let next = next.unwrap_or(view.end);
            if is_empty_last || next > high_watermark || !may_go(segment, next)? {
                return Ok(index);
            }
        }
        Ok(view.segments.len())
    }

    /// The largest timestamp, or when the file was last written to.
    pub(super) fn newest_timestamp(&self, segment: &Segment) -> Result<i64, StorageError> {
        let largest = segment
            .largest_timestamp()
            .map_err(|error| scan_failed(segment, error.into()))?;
        if let Some((timestamp, _)) = largest {
            return Ok(timestamp);
        }
        let path = segment.path(Kind::Log);
        let metadata = self.fs.metadata(&path);
        Ok(metadata
            .map_err(|error| Fault::new("read", &path, error))?
            .modified_ms)
    }

    fn remove_first(
        &self,
        flushing: &mut Flushing,
        now: Now,
        count: usize,
        removed: &mut Vec<Offset>,
    ) -> Result<(), StorageError> {
        if count == 0 {
            return Ok(());
        }
        let (gone, delay_ms) = self.take_first(now, count)?;
        self.write_first_snapshot(flushing)
            .inspect_err(|_| self.put_back(&gone))?;
        let mut doomed = Doomed {
            paths: Vec::new(),
            due: now.mono + Duration::from_millis(delay_ms),
        };
        let mut left = gone.as_slice();
        let result = loop {
            let Some((segment, behind)) = left.split_first() else {
                break self.sync_names();
            };
            match self.doom(segment, flushing, &mut doomed) {
                Ok(()) => removed.push(Offset(segment.base())),
                Err(fault) => break Err(fault),
            }
            left = behind;
        };
        self.writer.lock().doomed.push(doomed);
        self.put_back(left);
        Ok(result?)
    }

    /// Puts segments that were taken out, and whose files may still be there, before the others: they are
    /// before the start of the log, and go with the next call, or when everything does.
    fn put_back(&self, segments: &[Arc<Segment>]) {
        let _writer = self.writer.lock();
        let mut view = self.view.lock();
        let all = segments.iter().chain(view.segments.iter());
        view.segments = all.cloned().collect();
        let bytes = segments.iter().map(|segment| segment.size()).sum();
        self.size.fetch_add(bytes, Ordering::AcqRel);
    }

    /// Writes the producers at the start of the log, which nothing else may know once the segments
    /// before are gone. Lack of space must not keep them from going.
    fn write_first_snapshot(&self, flushing: &mut Flushing) -> Result<(), Fault> {
        let first = self.view().segments.first().map_or(0, |first| first.base());
        let is_first = |(at, _): &&(i64, Vec<u8>)| *at == first;
        let pending = self.pending_snapshots.lock().iter().find(is_first).cloned();
        let Some((offset, bytes)) = pending else {
            return Ok(());
        };
        match self.write_snapshot(flushing, offset, &bytes) {
            Err(fault) if fault.is_no_space() => Ok(()),
            Ok(()) => {
                let is_other = |(at, _): &(i64, Vec<u8>)| *at != offset;
                self.pending_snapshots.lock().retain(is_other);
                self.sync_names()
            }
            written => written,
        }
    }

    /// Takes the first segments out of the log, after a new one was begun if they are all.
    fn take_first(&self, now: Now, count: usize) -> Result<(Vec<Arc<Segment>>, u64), StorageError> {
        let mut writer = self.lock_writer()?;
        let view = self.view();
        if count == view.segments.len() {
            self.roll_at(&mut writer, now, view.end)?;
        }
        let view = self.view();
        let kept: Arc<[_]> = view.segments.iter().skip(count).cloned().collect();
        let gone: Vec<_> = view.segments.iter().take(count).cloned().collect();
        if let Some(first) = kept.first() {
            self.raise_start(Offset(first.base()));
            self.view.lock().segments = Arc::clone(&kept);
        }
        let bytes = gone.iter().map(|segment| segment.size()).sum();
        self.size.fetch_sub(bytes, Ordering::AcqRel);
        Ok((gone, writer.config.file_delete_delay_ms))
    }

    fn doom(
        &self,
        segment: &Segment,
        flushing: &mut Flushing,
        doomed: &mut Doomed,
    ) -> Result<(), Fault> {
        let base = segment.base();
        self.pending_snapshots.lock().retain(|(at, _)| *at != base);
        flushing.snapshots.remove(base);
        for kind in Kind::ALL {
            let from = files::path(&self.dir, base, kind);
            doomed.paths.extend(self.set_aside(&from)?);
            self.names_dirty.store(true, Ordering::Release);
            // One segment after the other, so that what a power cut leaves has no hole, and none
            // without what its indexes alone know.
            if kind == Kind::Log {
                self.sync_names()?;
            }
        }
        Ok(())
    }

    /// Renames a file that is to be unlinked later, and gives its new name; `None` if it is gone. Where
    /// there is no space for the name it goes at once: whoever has opened it reads on, and nobody else
    /// finds it under the new name either. Left where it is, it would be there again after a start.
    pub(super) fn set_aside(&self, from: &Path) -> Result<Option<PathBuf>, Fault> {
        let to = files::deleted(from);
        let is_gone = |error: &std::io::Error| error.kind() == ErrorKind::NotFound;
        match self.fs.rename(from, &to) {
            Ok(()) => return Ok(Some(to)),
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => {
                let fault = self.failed("rename", from, error);
                if !fault.is_no_space() {
                    return Err(fault);
                }
            }
        }
        match self.fs.remove_file(from) {
            Err(error) if !is_gone(&error) => Err(self.failed("remove", from, error)),
            _ => Ok(None),
        }
    }
}
