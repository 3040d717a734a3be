//! Power cuts at every step of whatever runs.

use std::{
    collections::BTreeSet,
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{self, IoSlice},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ottla_storage::fs::{
    Access, Crash, DirEntry, File, FileSystem, Lock, MemoryFileSystem, Metadata,
};

/// Where the power was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutPoint {
    /// Steps that were done before.
    pub step: u64,
    /// What was kept of what was not synced.
    pub crash: Crash,
}

/// A file system in memory that has every state looked at in which a power cut could leave it.
///
/// Before each step it calls a check with what a power cut at that moment leaves: all unsynced
/// lost, all kept, and some mixtures. States that were looked at already, under the same promises
/// to clients, are not looked at again.
pub struct PowerCuts {
    disk: MemoryFileSystem,
    looking: Mutex<Looking>,
}

struct Looking {
    step: u64,
    seen: BTreeSet<u64>,
    mixtures: u64,
    check: Check,
}

/// Called with the state after the cut, and where that was.
type Check = Box<dyn FnMut(&MemoryFileSystem, CutPoint) + Send>;

impl fmt::Debug for PowerCuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PowerCuts").finish_non_exhaustive()
    }
}

impl PowerCuts {
    /// Over `disk`, with so many mixtures of either kind at every step.
    #[must_use]
    pub fn new(
        disk: MemoryFileSystem,
        mixtures: u64,
        check: impl FnMut(&MemoryFileSystem, CutPoint) + Send + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            disk,
            looking: Mutex::new(Looking {
                step: 0,
                seen: BTreeSet::new(),
                mixtures,
                check: Box::new(check),
            }),
        })
    }

    /// To be called after something was promised: states seen before must be looked at again.
    pub fn promised(&self) {
        self.looking().seen.clear();
    }

    /// Steps so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.looking().step
    }

    /// The disk as it is now.
    #[must_use]
    pub const fn disk(&self) -> &MemoryFileSystem {
        &self.disk
    }

    fn looking(&self) -> MutexGuard<'_, Looking> {
        self.looking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the check look at a power cut before a call of one step.
    fn before_step(&self) {
        self.looking().look(&self.disk);
    }

    /// The same for a call of any number of steps.
    fn before(&self, call: impl Fn(&MemoryFileSystem)) {
        for step in 0.. {
            let cut = self.disk.fork();
            cut.cut_power_at(step);
            call(&cut);
            if !cut.is_cut() {
                return;
            }
            self.looking().look(&cut);
        }
    }
}

impl Looking {
    fn look(&mut self, disk: &MemoryFileSystem) {
        let step = self.step;
        self.step += 1;
        let mixtures = (0..self.mixtures).flat_map(|seed| {
            let seed = seed.wrapping_add(step << 16);
            [Crash::Mixed(seed), Crash::Ordered(seed)]
        });
        for crash in [Crash::LoseUnsynced, Crash::KeepAll]
            .into_iter()
            .chain(mixtures)
        {
            let left = disk.crash(crash);
            let mut hasher = DefaultHasher::new();
            fingerprint(&left, Path::new("/"), &mut hasher);
            if self.seen.insert(hasher.finish()) {
                (self.check)(&left, CutPoint { step, crash });
            }
        }
    }
}

/// Names and bytes of everything under `path`.
fn fingerprint(disk: &MemoryFileSystem, path: &Path, hasher: &mut DefaultHasher) {
    for entry in disk.read_dir(path).expect("a directory") {
        let path = path.join(&entry.name);
        path.hash(hasher);
        if entry.metadata.is_dir {
            fingerprint(disk, &path, hasher);
        } else {
            disk.read(&path).expect("a file").hash(hasher);
        }
    }
}

/// `PowerCuts` behind the `Arc` that its files share.
#[derive(Debug)]
struct WatchedFile {
    cuts: Arc<PowerCuts>,
    file: Arc<dyn File>,
}

impl File for WatchedFile {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        self.cuts.before_step();
        self.file.write_at(parts, offset)
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        self.file.read_at(to, max, offset)
    }

    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.cuts.before_step();
        self.file.set_len(len)
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        self.file.allocate(offset, len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.cuts.before_step();
        self.file.sync_data()
    }
}

/// The file system to give to a node.
#[derive(Clone, Debug)]
struct Watched(Arc<PowerCuts>);

impl PowerCuts {
    /// The file system to give to a node.
    #[must_use]
    pub fn file_system(self: &Arc<Self>) -> Arc<dyn FileSystem> {
        Arc::new(Watched(Arc::clone(self)))
    }
}

impl FileSystem for Watched {
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        self.0.before(|disk| drop(disk.open(path, access)));
        Ok(Arc::new(WatchedFile {
            cuts: Arc::clone(&self.0),
            file: self.0.disk.open(path, access)?,
        }))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.before(|disk| drop(disk.create_dir_all(path)));
        self.0.disk.create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.0.disk.read_dir(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.0.disk.metadata(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.before_step();
        self.0.disk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.before_step();
        self.0.disk.remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.before(|disk| drop(disk.remove_dir_all(path)));
        self.0.disk.remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.0.before_step();
        self.0.disk.sync_dir(path)
    }

    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        self.0.before_step();
        self.0.disk.sync_volumes(paths)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        self.0.disk.lock(path)
    }
}
