//! Putting a written segment in the place of a group.
//!
//! ```text
//! 1  the new files lie beside the old ones as `.cleaned`, written and synced
//! 2  they are renamed to `.swap`, and the directory is synced: from here on the new segment counts
//! 3  readers get the new segment
//! 4  the old files are renamed to `.deleted`, and the directory is synced
//! 5  the new files get their names, and the directory is synced
//! ```
//! A start after a power cut undoes what did not come to the end of 2 and finishes the rest, and so does
//! one of Apache Kafka, whose names and order these are. The syncs are ours: without them the renames
//! may reach the disk in any order.
//!
//! Both the old and the new files stay open meanwhile, so that nobody reads one in the other's name.

use std::{
    path::Path,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use ottla_types::Now;

use super::{
    super::{
        Doomed, Log, View,
        error::Fault,
        files::{self, Kind, Suffix},
        segment::Segment,
    },
    CleanError,
    output::Replacement,
};

impl Log {
    /// Puts `new` in the place of `old`, which are segments that follow each other.
    ///
    /// [`CleanError::Interrupted`] if the log was cut since it had been cut `cuts` times, or lost one
    /// of the segments.
    pub(super) fn swap(
        &self,
        now: Now,
        old: &[Arc<Segment>],
        new: Replacement,
        cuts: u64,
    ) -> Result<(), CleanError> {
        let _flushing = self.flushing.lock();
        self.check_open()?;
        // Only who holds the lock cuts the log, or takes a segment that is closed.
        let is_cut = self.cuts.load(Ordering::Acquire) != cuts;
        if is_cut || place_of(&self.view(), old).is_none() {
            self.remove_with(new.segment.base(), Suffix::Cleaned);
            return Err(CleanError::Interrupted);
        }
        if let Err(fault) = self.commit(&new) {
            if self.fault().is_none() {
                self.undo(&new);
            }
            return Err(fault.into());
        }
        let base = new.segment.base();
        let finished = self.show(old, &new).and_then(|()| {
            let doomed = self.doom_all(now, old)?;
            self.sync_dir(&self.dir)?;
            for kind in &new.kinds {
                let path = files::path(&self.dir, base, *kind);
                self.rename(&files::suffixed(&path, Suffix::Swap), &path)?;
            }
            self.sync_dir(&self.dir)?;
            self.writer.lock().doomed.push(doomed);
            Ok(())
        });
        if let Err(fault) = finished {
            // Only opening the log again finishes what is half done.
            self.latch(&fault);
            return Err(fault.into());
        }
        new.segment.unpin();
        Ok(())
    }

    /// Steps 1 and 2.
    fn commit(&self, new: &Replacement) -> Result<(), Fault> {
        self.sync_dir(&self.dir)?;
        for kind in &new.kinds {
            let path = files::path(&self.dir, new.segment.base(), *kind);
            let from = files::suffixed(&path, Suffix::Cleaned);
            self.rename(&from, &files::suffixed(&path, Suffix::Swap))?;
        }
        self.sync_dir(&self.dir)
    }

    /// Step 3.
    fn show(&self, old: &[Arc<Segment>], new: &Replacement) -> Result<(), Fault> {
        for segment in old {
            let pinned = segment.pin();
            pinned.map_err(|error| self.failed("open", &segment.path(Kind::Log), error))?;
        }
        // Appends replace the list too.
        let _writer = self.writer.lock();
        // A segment that was closed just now may still be the one whose places are known.
        self.recent.lock().clear();
        let mut view = self.view.lock();
        let Some(first) = place_of(&view, old) else {
            return Ok(());
        };
        let before = view.segments.iter().take(first);
        let behind = view.segments.iter().skip(first + old.len());
        let segments = before.chain([&new.segment]).chain(behind).cloned();
        view.segments = segments.collect();
        let old_bytes = old.iter().map(|segment| segment.size()).sum();
        self.size.fetch_add(new.segment.size(), Ordering::AcqRel);
        self.size.fetch_sub(old_bytes, Ordering::AcqRel);
        Ok(())
    }

    /// Step 4, but for the sync.
    fn doom_all(&self, now: Now, old: &[Arc<Segment>]) -> Result<Doomed, Fault> {
        let delay_ms = self.config().file_delete_delay_ms;
        let mut doomed = Doomed {
            paths: Vec::new(),
            due: now.mono + Duration::from_millis(delay_ms),
        };
        for segment in old {
            for kind in SWAPPED {
                doomed.paths.extend(self.set_aside(&segment.path(kind))?);
            }
        }
        Ok(doomed)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Fault> {
        let renamed = self.fs.rename(from, to);
        renamed.map_err(|error| self.failed("rename", from, error))
    }

    /// Takes back a step 2 that came to no end. What cannot be removed now goes at the next start.
    fn undo(&self, new: &Replacement) {
        let base = new.segment.base();
        // The other way round, a power cut could leave a `.swap` alone.
        self.remove_with(base, Suffix::Swap);
        if self.fs.sync_dir(&self.dir).is_ok() {
            self.remove_with(base, Suffix::Cleaned);
        }
    }

    /// Removes what was written in the place of a group that is not to be replaced after all.
    pub(super) fn remove_cleaned(&self, old: &[Arc<Segment>]) {
        let _flushing = self.flushing.lock();
        // A directory that is no longer ours is left alone.
        if let (Some(first), Ok(())) = (old.first(), self.check_open()) {
            self.remove_with(first.base(), Suffix::Cleaned);
        }
    }

    fn remove_with(&self, base: i64, suffix: Suffix) {
        for kind in SWAPPED {
            let path = files::suffixed(&files::path(&self.dir, base, kind), suffix);
            // The next start removes it, and the next clean writes over it.
            self.fs.remove_file(&path).ok();
        }
    }
}

/// Where `segments` stand in the view, none of them the last.
fn place_of(view: &View, segments: &[Arc<Segment>]) -> Option<usize> {
    let first = segments.first()?;
    let place = view.segments.iter().position(|s| Arc::ptr_eq(s, first))?;
    let are_there = view
        .segments
        .iter()
        .skip(place)
        .zip(segments)
        .all(|(a, b)| Arc::ptr_eq(a, b));
    (are_there && place + segments.len() < view.segments.len()).then_some(place)
}

/// The files of a segment that a clean replaces.
const SWAPPED: [Kind; 4] = [
    Kind::Log,
    Kind::OffsetIndex,
    Kind::TimeIndex,
    Kind::TxnIndex,
];
