//! Closing logs in good order: one, or all of a volume with one sync.

use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use ottla_types::Offset;

use super::{Fault, Log, StorageError};
use crate::fs::FileSystem;

impl Log {
    /// Flushes everything, writes indexes and producers, and takes no append afterwards. A log closed
    /// like this, and named clean when it is opened, is not read at its start. One that was not changed
    /// since it was opened costs no sync.
    ///
    /// # Errors
    /// [`StorageError`]; the next start must not be called clean then.
    pub fn close_clean(&self) -> Result<Offset, StorageError> {
        let mut flushing = self.flushing.lock();
        self.end_appends()?;
        self.checkpoint_locked(&mut flushing)?;
        self.release_files();
        Ok(self.durable_end_offset())
    }

    fn end_appends(&self) -> Result<(), StorageError> {
        let writer = self.lock_writer()?;
        self.closed.store(true, Ordering::Release);
        drop(writer);
        let trimmed = self.view().active().trim();
        Ok(trimmed.map_err(|error| self.failed("cut", &self.dir, error))?)
    }

    /// Begins to close the log, and writes without a sync what the rest relies on; when that is synced,
    /// [`Self::end_closing`] writes the rest. `false`: it is closed, alone.
    fn begin_closing(&self) -> Result<bool, StorageError> {
        let mut flushing = self.flushing.lock();
        self.end_appends()?;
        let view = self.view();
        let active = view.active();
        let mut closed = view.segments.iter().rev().skip(1);
        let is_sealed =
            closed.all(|segment| segment.is_sealed()) && self.pending_snapshots.lock().is_empty();
        if !is_sealed || self.is_index_longer(active)? {
            self.checkpoint_locked(&mut flushing)?;
            self.release_files();
            return Ok(false);
        }
        self.syncs_later.store(true, Ordering::Release);
        self.end_time_index(active)?;
        self.write_epochs(&mut flushing)?;
        self.flush_batches()?;
        self.write_indexes_but_offsets(active)?;
        Ok(true)
    }

    /// Writes, without a sync, what relies on what [`Self::begin_closing`] wrote.
    fn end_closing(&self) -> Result<(), StorageError> {
        let mut flushing = self.flushing.lock();
        self.rename_epochs(&mut flushing)?;
        self.write_offset_index(self.view().active())?;
        self.write_last_snapshot(&mut flushing)?;
        self.release_files();
        Ok(())
    }

    /// Whether closing it needs a sync.
    fn is_dirty(&self) -> bool {
        self.names_dirty.load(Ordering::Acquire)
            || self.dir_dirty.load(Ordering::Acquire)
            || self.recovery_point() < self.log_end_offset()
    }
}

/// Closes logs, each as [`Log::close_clean`] does, on so many threads. Gives what came of each.
///
/// Many are written first and synced together, with two syncs of their volume where there can be such:
/// one for what others rely on, one for what relies on that.
#[must_use = "a log that was not closed must not be called clean"]
pub fn close_together(
    fs: &dyn FileSystem,
    logs: &[&Log],
    threads: usize,
) -> Vec<Result<Offset, StorageError>> {
    let (dirty, clean): (Vec<usize>, Vec<usize>) =
        (0..logs.len()).partition(|place| logs.get(*place).is_some_and(|log| log.is_dirty()));
    let alone = || in_parallel(logs, threads, |log| log.close_clean());
    if dirty.len() < WORTH_A_VOLUME {
        return alone();
    }
    let chosen = |places: &[usize]| -> Vec<&Log> {
        let chosen = places.iter().filter_map(|place| logs.get(*place));
        chosen.copied().collect()
    };
    let (dirty_logs, clean_logs) = (chosen(&dirty), chosen(&clean));
    let Some(closed) = close_with_volume(fs, &dirty_logs, threads) else {
        return alone();
    };
    let untouched = in_parallel(&clean_logs, threads, |log| log.close_clean());
    let mut all: Vec<_> = dirty.into_iter().zip(closed).collect();
    all.extend(clean.into_iter().zip(untouched));
    all.sort_unstable_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, closed)| closed).collect()
}

/// `None` if there is no syncing a volume.
fn close_with_volume(
    fs: &dyn FileSystem,
    logs: &[&Log],
    threads: usize,
) -> Option<Vec<Result<Offset, StorageError>>> {
    let paths: Vec<&Path> = logs.iter().map(|log| log.dir()).collect();
    // What is on its way to the disk already does not keep the others waiting then.
    match fs.sync_volumes(&paths) {
        Ok(true) => {}
        Ok(false) => return None,
        Err(error) => return Some(refuse(logs, error)),
    }
    let begun = in_parallel(logs, threads, |log| log.begin_closing());
    if let Err(error) = fs.sync_volumes(&paths) {
        return Some(refuse(logs, error));
    }
    let begun: Vec<_> = logs.iter().zip(begun).collect();
    let ended = in_parallel(&begun, threads, |(log, begun)| match begun {
        Ok(true) => log.end_closing(),
        Ok(false) => Ok(()),
        Err(error) => Err(error.clone()),
    });
    if let Err(error) = fs.sync_volumes(&paths) {
        return Some(refuse(logs, error));
    }
    let ended = ended.into_iter().zip(logs);
    let closed = ended.map(|(ended, log)| ended.map(|()| log.durable_end_offset()));
    Some(closed.collect())
}

/// Nobody knows what was lost: no log is what it says it is.
fn refuse(logs: &[&Log], error: std::io::Error) -> Vec<Result<Offset, StorageError>> {
    let Some(first) = logs.first() else {
        return Vec::new();
    };
    let fault = Fault::new("sync the volume of", first.dir(), error);
    let refuse = |log: &&Log| {
        log.latch(&fault);
        Err(fault.clone().into())
    };
    logs.iter().map(refuse).collect()
}

fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            match items.get(place) {
                Some(item) => done.push((place, work(item))),
                None => return done,
            }
        }
    };
    let threads = threads.min(items.len());
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let finished = running.into_iter().map(thread::ScopedJoinHandle::join);
        finished
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// So many logs to be synced cost more than a volume: each some five syncs.
const WORTH_A_VOLUME: usize = 8;
