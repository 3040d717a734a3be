//! The open files that can be opened again: how many there may be, and which is closed first.
//!
//! Responsible for closing files that nobody uses when there are too many, or when the system has no
//! descriptor left. Not responsible for opening them: owners do that when they need one.
//!
//! O1  a file that somebody holds is never closed
//! O2  whoever uses a file that is open touches only its own [`Slots`]; the lock that all share is
//!     taken when one was opened
//!
//! A clock: every opened file stands in a queue. The one in front is closed, unless it was used since it
//! stood there last, or holds bytes that are not on disk: then it goes to the back. Which files are
//! looked at is bounded, so a file may be closed that would rather have been kept. One that holds bytes
//! that are not on disk comes to no harm: Linux tells whoever opens a file next of a write that failed.

use std::{
    collections::VecDeque,
    fmt, io,
    sync::{
        Arc, LazyLock, Weak,
        atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering},
    },
};

use ottla_types::Saturate;
use parking_lot::Mutex;
use rustix::{
    io::Errno,
    process::{Resource, getrlimit},
};

use super::File;

/// The open files of a file system that logs may close and open again.
pub struct OpenFiles {
    limit: AtomicUsize,
    clock: Mutex<VecDeque<Hand>>,
}

/// A file that was opened, by where it is kept.
struct Hand {
    slots: Weak<Slots>,
    slot: usize,
}

/// The open files of one owner. A closed one is `None`.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    files: Mutex<[Option<Arc<dyn File>>; SLOTS]>,
    /// One bit for each slot, set when it was used.
    used: AtomicU8,
    /// Whether the first file holds bytes that are not on disk.
    unsynced: AtomicBool,
    /// Whether all stay open, because they could not be opened again.
    pinned: AtomicBool,
}

/// Files of one owner.
pub(crate) const SLOTS: usize = 4;

impl Default for OpenFiles {
    /// Without a limit.
    fn default() -> Self {
        Self::new(usize::MAX)
    }
}

impl fmt::Debug for OpenFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenFiles")
            .field("limit", &self.limit)
            .field("count", &self.count())
            .finish()
    }
}

impl OpenFiles {
    /// At most `limit` of them, those apart that are in use.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            limit: AtomicUsize::new(limit),
            clock: Mutex::default(),
        }
    }

    /// Those of this process in the system's file system: at first half of the descriptors that the
    /// process may have.
    #[must_use]
    pub fn of_process() -> &'static Self {
        static OF_PROCESS: LazyLock<OpenFiles> = LazyLock::new(|| {
            let descriptors = getrlimit(Resource::Nofile).current;
            OpenFiles::new(descriptors.map_or(usize::MAX, |limit| (limit / 2).saturate()))
        });
        &OF_PROCESS
    }

    /// Changes how many there may be, from the next one on.
    pub fn limit_to(&self, limit: usize) {
        self.limit.store(limit, Ordering::Relaxed);
    }

    /// How many were opened and not closed here. Their owners may have closed some.
    #[must_use]
    pub fn count(&self) -> usize {
        self.clock.lock().len()
    }

    /// Does what needs a descriptor; if there is none, closes some files and does it again.
    ///
    /// # Errors
    /// Those of `open`.
    pub fn with_room<T>(&self, open: impl Fn() -> io::Result<T>) -> io::Result<T> {
        loop {
            match open() {
                Err(error) if is_no_descriptor(&error) && self.close_idle(AT_ONCE) > 0 => {}
                result => return result,
            }
        }
    }

    /// Closes up to `most` files that nobody holds; how many it were.
    pub fn close_idle(&self, most: usize) -> usize {
        let mut closed = Vec::new();
        let mut clock = self.clock.lock();
        for _ in 0..clock.len() {
            if closed.len() >= most {
                break;
            }
            closed.extend(turn(&mut clock, Spare::Held));
        }
        drop(clock);
        closed.len()
    }

    /// Notes that a file was opened, and closes others if they are too many now.
    fn opened(&self, slots: &Arc<Slots>, slot: usize) {
        let hand = Hand {
            slots: Arc::downgrade(slots),
            slot,
        };
        let limit = self.limit.load(Ordering::Relaxed);
        let mut closed = Vec::new();
        let mut clock = self.clock.lock();
        clock.push_back(hand);
        for look in 0..2 * LOOKS {
            if clock.len() <= limit {
                break;
            }
            let spare = if look < LOOKS {
                Spare::Useful
            } else {
                Spare::Held
            };
            closed.extend(turn(&mut clock, spare));
        }
        // The system is called without the lock.
        drop(clock);
        drop(closed);
    }
}

/// Which files stay open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spare {
    /// Those in use.
    Held,
    /// Those too that were used lately, or are not on disk.
    Useful,
}

/// Closes the file in front or puts it to the back.
fn turn(clock: &mut VecDeque<Hand>, spare: Spare) -> Option<Arc<dyn File>> {
    let hand = clock.pop_front()?;
    let slots = hand.slots.upgrade()?;
    match slots.give_up(hand.slot, spare) {
        Some(closed) => closed,
        None => {
            clock.push_back(hand);
            None
        }
    }
}

impl Slots {
    /// The open file.
    pub(crate) fn get(&self, slot: usize) -> Option<Arc<dyn File>> {
        let file = self.files.lock().get(slot)?.clone()?;
        let bit = bit(slot);
        if self.used.load(Ordering::Relaxed) & bit == 0 {
            self.used.fetch_or(bit, Ordering::Relaxed);
        }
        Some(file)
    }

    /// Keeps a file that was opened; gives the one that is kept, which another may have opened first.
    pub(crate) fn keep(
        self: &Arc<Self>,
        slot: usize,
        file: Arc<dyn File>,
        all: &OpenFiles,
    ) -> Arc<dyn File> {
        {
            let mut files = self.files.lock();
            let Some(place) = files.get_mut(slot) else {
                return file;
            };
            if let Some(kept) = place {
                return Arc::clone(kept);
            }
            *place = Some(Arc::clone(&file));
        }
        all.opened(self, slot);
        file
    }

    /// Closes all unless they are pinned. Whoever holds one keeps it.
    pub(crate) fn clear(&self) {
        let mut files = self.files.lock();
        if !self.pinned.load(Ordering::Acquire) {
            let closed = std::mem::take(&mut *files);
            drop(files);
            drop(closed);
        }
    }

    /// While set, none is closed.
    pub(crate) fn set_pinned(&self, pinned: bool) {
        self.pinned.store(pinned, Ordering::Release);
    }

    /// Notes whether the first file holds bytes that are not on disk.
    pub(crate) fn set_unsynced(&self, unsynced: bool) {
        if self.unsynced.load(Ordering::Relaxed) != unsynced {
            self.unsynced.store(unsynced, Ordering::Relaxed);
        }
    }

    /// `None`: it stays open. Otherwise it is closed now, or was already.
    #[expect(clippy::option_option, reason = "whether it is closed, and by whom")]
    fn give_up(&self, slot: usize, spare: Spare) -> Option<Option<Arc<dyn File>>> {
        let mut files = self.files.lock();
        let Some(place) = files.get_mut(slot) else {
            return Some(None);
        };
        let Some(file) = place else {
            return Some(None);
        };
        if Arc::strong_count(file) > 1 || self.pinned.load(Ordering::Acquire) {
            return None;
        }
        if spare == Spare::Useful {
            let bit = bit(slot);
            let was_used = self.used.fetch_and(!bit, Ordering::Relaxed) & bit != 0;
            if was_used || (slot == 0 && self.unsynced.load(Ordering::Relaxed)) {
                return None;
            }
        }
        Some(place.take())
    }
}

const fn bit(slot: usize) -> u8 {
    1 << (slot % SLOTS)
}

/// Whether nothing was done because no file could be opened.
pub(crate) fn is_no_descriptor(error: &io::Error) -> bool {
    let is = |errno: Errno| error.raw_os_error() == Some(errno.raw_os_error());
    is(Errno::MFILE) || is(Errno::NFILE)
}

/// Files that are looked at for one that can be closed, and once more for one that must be.
const LOOKS: usize = 32;
/// Files that are closed when the system has no descriptor left.
const AT_ONCE: usize = 64;

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::fs::{Access, FileSystem as _, MemoryFileSystem};

    fn path(number: usize) -> PathBuf {
        Path::new("/").join(format!("file-{number}"))
    }

    /// Owners of one file each, opened in order.
    fn owners(fs: &MemoryFileSystem, all: &OpenFiles, count: usize) -> Vec<Arc<Slots>> {
        let open = |number| {
            let slots = Arc::new(Slots::default());
            let file = fs.open(&path(number), Access::Create).unwrap();
            slots.keep(0, file, all);
            slots
        };
        (0..count).map(open).collect()
    }

    fn open_ones(owners: &[Arc<Slots>]) -> Vec<usize> {
        let is_open = |owner: &Arc<Slots>| owner.files.lock()[0].is_some();
        let numbered = owners.iter().enumerate();
        numbered
            .filter_map(|(number, owner)| is_open(owner).then_some(number))
            .collect()
    }

    #[test]
    fn the_first_that_was_not_used_is_closed() {
        let (fs, all) = (MemoryFileSystem::new(), OpenFiles::new(3));
        let mut owners = owners(&fs, &all, 3);
        assert!(owners[0].get(0).is_some());
        owners.extend(self::owners(&fs, &all, 1));
        assert_eq!(open_ones(&owners), [0, 2, 3]);
        assert_eq!((all.count(), fs.open_files_count()), (3, 3));
    }

    #[test]
    fn what_is_held_stays_open_and_what_is_not_on_disk_nearly_always() {
        let (fs, all) = (MemoryFileSystem::new(), OpenFiles::new(2));
        let mut owners = owners(&fs, &all, 2);
        owners[0].set_unsynced(true);
        let held = owners[1].get(0);
        owners.extend(self::owners(&fs, &all, 1));
        // All three are better not closed: the one that is only not on disk goes.
        assert_eq!(open_ones(&owners), [1, 2]);
        let both = (held, owners[2].get(0));
        owners.extend(self::owners(&fs, &all, 1));
        assert_eq!(open_ones(&owners), [1, 2, 3]);
        drop(both);
        owners.extend(self::owners(&fs, &all, 1));
        assert_eq!(open_ones(&owners).len(), 2);
    }

    #[test]
    fn files_of_owners_that_are_gone_are_forgotten() {
        let (fs, all) = (MemoryFileSystem::new(), OpenFiles::new(2));
        drop(owners(&fs, &all, 2));
        assert_eq!(fs.open_files_count(), 0);
        let kept = owners(&fs, &all, 2);
        assert_eq!(open_ones(&kept), [0, 1]);
        assert_eq!(all.count(), 2);
    }

    #[test]
    fn a_lack_of_descriptors_closes_what_is_idle() {
        let fs = MemoryFileSystem::new();
        let owners = owners(&fs, fs.open_files(), 3);
        fs.limit_open_files(Some(3));
        let fourth = fs.open(&path(4), Access::Create).unwrap();
        assert!(open_ones(&owners).is_empty());
        let more: Vec<_> = (5..7).map(|n| fs.open(&path(n), Access::Create)).collect();
        assert!(more.iter().all(Result::is_ok));
        let error = fs.open(&path(8), Access::Create).unwrap_err();
        assert!(is_no_descriptor(&error));
        drop(fourth);
        fs.open(&path(8), Access::Create).unwrap();
    }
}
