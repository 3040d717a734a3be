//! A file system in memory that can lose what a power cut would lose.
//!
//! It knows for each file which bytes are synced and for each directory which names are, and builds
//! from that the states a machine may find after a power cut. It counts the calls that change
//! something, its steps, and can fail or cut the power at any of them.
//!
//! Not responsible for modelling one file system: names reach the disk only through `sync_dir`,
//! bytes only through `sync_data`, one never implies the other, and a rename is atomic. Code that
//! survives here survives on any file system that keeps those three.

mod crash;
mod state;

use std::{
    io::{self, IoSlice},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use self::state::{Change, Id, State};
use super::{Access, DirEntry, File, FileSystem, Lock, Metadata, OpenFiles};

/// A file system in memory. Clones share it; [`fork`](Self::fork) copies it.
#[derive(Clone, Debug, Default)]
pub struct MemoryFileSystem {
    state: Arc<Mutex<State>>,
    open_files: Arc<OpenFiles>,
}

/// What a power cut leaves of that which was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// Nothing.
    LoseUnsynced,
    /// Everything.
    KeepAll,
    /// Any name changes, each independent of the others; of each file any part of the unsynced
    /// writes, torn, with lost sectors or with a zeroed tail. The number seeds the choice.
    Mixed(u64),
    /// As `Mixed` for the bytes of files; name changes survive in their order up to some point, as
    /// on a file system that journals names.
    Ordered(u64),
    /// Of the changes of names and bytes in the order they were made, each whole, those whose bit is
    /// set; the last bit speaks for all from the 64th on.
    Subset(u64),
    /// Everything, but of the last write only what lies before so many units of so many bytes of its
    /// file.
    Torn {
        /// Bytes that reach the disk together.
        unit: usize,
        /// Units of the file that did.
        kept: usize,
    },
    /// As `Torn`, but the file has its new length, and zeros where nothing was written.
    Zeroed {
        /// Bytes that reach the disk together.
        unit: usize,
        /// Units of the file that did.
        kept: usize,
    },
}

/// Where [`enumerate_crashes`] cut the power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrashPoint {
    /// Steps that were done before.
    pub step: u64,
    /// What was kept.
    pub crash: Crash,
    /// Whether the operation had run to its end.
    pub completed: bool,
}

/// Runs `run` on copies of `start`, cutting the power before each of its steps and after the last,
/// and gives `check` every state found afterwards: all lost, all kept, and `seeds` mixtures of
/// either kind. Returns the steps that `run` takes.
pub fn enumerate_crashes(
    start: &MemoryFileSystem,
    seeds: u64,
    run: impl Fn(&MemoryFileSystem),
    check: impl Fn(&MemoryFileSystem, CrashPoint),
) -> u64 {
    for step in 0.. {
        let running = start.fork();
        running.cut_power_at(step);
        run(&running);
        let completed = !running.is_cut();
        let mixtures = (0..seeds).flat_map(|seed| {
            let seed = seed.wrapping_add(step << 32);
            [Crash::Mixed(seed), Crash::Ordered(seed)]
        });
        for crash in [Crash::LoseUnsynced, Crash::KeepAll]
            .into_iter()
            .chain(mixtures)
        {
            let point = CrashPoint {
                step,
                crash,
                completed,
            };
            check(&running.crash(crash), point);
        }
        if completed {
            return step;
        }
    }
    unreachable!("invariant: the loop above has no end but its return")
}

impl MemoryFileSystem {
    /// An empty file system with a root directory.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What a power cut now leaves, as a new file system with nothing open or locked and no fault
    /// set. This one is not changed.
    #[must_use]
    pub fn crash(&self, choice: Crash) -> Self {
        self.state().crash(choice).into()
    }

    /// The ways in which a power cut may leave this disk: every subset of what is not synced if that
    /// makes no more than `limit`, about as many mixtures drawn from `seed` otherwise, and the last
    /// write torn, or zero, at each sector and page.
    #[must_use]
    pub fn crashes(&self, limit: usize, seed: u64) -> Vec<Crash> {
        self.state().crashes(limit, seed)
    }

    /// An independent copy, synced and unsynced parts as here, with its steps counted from 0,
    /// nothing open or locked and no fault set.
    #[must_use]
    pub fn fork(&self) -> Self {
        self.state().fork().into()
    }

    /// Makes everything survive a power cut. Not a step.
    pub fn sync_all(&self) {
        self.state().sync_all();
    }

    /// How many calls, or parts of calls, that change something were begun.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.state().steps
    }

    /// Cuts the power before step `step`: it and every call after it fail and change nothing.
    pub fn cut_power_at(&self, step: u64) {
        self.state().faults.cut_at = Some(step);
    }

    /// Whether a step met the power cut.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.state().cut
    }

    /// Fails step `step` once with `kind`. A failed write leaves half of its bytes.
    pub fn fail_at(&self, step: u64, kind: io::ErrorKind) {
        self.state().faults.fail_at = Some((step, kind));
    }

    /// Fails the next sync of a file or directory. As on Linux the file's unsynced bytes then stay
    /// readable, will never reach the disk, and a second sync succeeds without them.
    pub fn fail_sync(&self) {
        self.state().faults.fail_sync = true;
    }

    /// Fails every read of a file's bytes while set.
    pub fn fail_reads(&self, fail: bool) {
        self.state().faults.fail_reads = fail;
    }

    /// Limits the bytes that all files together may hold; `None` lifts the limit. A write that
    /// meets it leaves what fitted and fails with `StorageFull`.
    pub fn limit_space(&self, bytes: Option<u64>) {
        self.state().faults.space = bytes;
    }

    /// Limits how many files may be open; `None` lifts the limit. Whoever opens one more gets the
    /// error that the system gives.
    pub fn limit_open_files(&self, count: Option<usize>) {
        self.state().faults.open_files = count;
    }

    /// How many files are open, locks among them.
    #[must_use]
    pub fn open_files_count(&self) -> usize {
        self.state().open_count()
    }

    /// Bytes that count against [`limit_space`](Self::limit_space): those of files, and those allocated
    /// for them.
    #[must_use]
    pub fn space_used(&self) -> u64 {
        self.state().space_used()
    }

    /// The time that changed files and directories get, milliseconds since 1970. Starts at 0.
    pub fn set_now_ms(&self, now_ms: i64) {
        self.state().now_ms = now_ms;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<State> for MemoryFileSystem {
    fn from(state: State) -> Self {
        Self {
            state: Arc::new(Mutex::new(state)),
            open_files: Arc::default(),
        }
    }
}

impl FileSystem for MemoryFileSystem {
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        let open = || self.state().open(path, access);
        let id = self.open_files.with_room(open)?;
        Ok(Arc::new(MemoryFile {
            fs: self.clone(),
            id,
            writable: access != Access::Read,
        }))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.state().create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.state().read_dir(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.state().metadata(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.state().rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.state().remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.state().remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.state().sync_dir(path)
    }

    fn sync_volumes(&self, _paths: &[&Path]) -> io::Result<bool> {
        self.state().sync_volume().map(|()| true)
    }

    fn open_files(&self) -> &OpenFiles {
        &self.open_files
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        let mut state = self.state();
        let id = state.open(path, Access::Create)?;
        let taken = state.locked.insert(id);
        if !taken {
            state.close(id);
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(MemoryLock {
            fs: self.clone(),
            id,
        }))
    }
}

#[derive(Debug)]
struct MemoryFile {
    fs: MemoryFileSystem,
    id: Id,
    writable: bool,
}

impl MemoryFile {
    fn check_writable(&self) -> io::Result<()> {
        if self.writable {
            Ok(())
        } else {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }
}

impl File for MemoryFile {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        self.check_writable()?;
        let bytes: Vec<u8> = parts.iter().flat_map(|part| part.iter().copied()).collect();
        self.fs.state().write(self.id, bytes, offset)
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        self.fs.state().read(self.id, to, max, offset)
    }

    fn len(&self) -> io::Result<u64> {
        self.fs.state().len(self.id)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.check_writable()?;
        let len = usize::try_from(len).map_err(io::Error::other)?;
        let mut state = self.fs.state();
        state.step()?;
        state.change(self.id, Change::SetLen(len));
        Ok(())
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        self.check_writable()?;
        self.fs
            .state()
            .allocate(self.id, offset.saturating_add(len))
    }

    fn set_modified(&self, ms: i64) -> io::Result<()> {
        self.fs.state().set_modified(self.id, ms);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.fs.state().sync_data(self.id)
    }
}

impl Drop for MemoryFile {
    fn drop(&mut self) {
        self.fs.state().close(self.id);
    }
}

#[derive(Debug)]
struct MemoryLock {
    fs: MemoryFileSystem,
    id: Id,
}

impl Lock for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        let mut state = self.fs.state();
        state.locked.remove(&self.id);
        state.close(self.id);
    }
}

#[cfg(test)]
mod tests;
