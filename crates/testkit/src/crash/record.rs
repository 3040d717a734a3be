//! A file system that keeps what was on the disk before each of its steps.

use std::{
    fmt,
    io::{self, IoSlice},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ottla_storage::fs::{Access, DirEntry, File, FileSystem, Lock, MemoryFileSystem, Metadata};

use super::promises::Promises;

/// The disk before a step.
#[derive(Clone, Debug)]
pub(super) struct Point<P> {
    pub(super) disk: MemoryFileSystem,
    pub(super) promise: Arc<P>,
    /// The step that did not happen.
    pub(super) before: String,
}

/// Records what happens to a disk in memory.
#[derive(Debug)]
pub(super) struct Recorder<P> {
    disk: MemoryFileSystem,
    promises: Arc<Promises<P>>,
    points: Mutex<Vec<Point<P>>>,
}

impl<P: Clone> Recorder<P> {
    pub(super) fn new(disk: MemoryFileSystem, promises: Arc<Promises<P>>) -> Arc<Self> {
        Arc::new(Self {
            disk,
            promises,
            points: Mutex::default(),
        })
    }

    /// What was recorded, with the end.
    pub(super) fn finish(&self) -> Vec<Point<P>> {
        self.note(&self.disk, || "the end".to_owned());
        std::mem::take(&mut *self.points())
    }

    fn points(&self) -> MutexGuard<'_, Vec<Point<P>>> {
        self.points.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, disk: &MemoryFileSystem, before: impl FnOnce() -> String) {
        self.points().push(Point {
            disk: disk.fork(),
            promise: self.promises.now(),
            before: before(),
        });
    }

    fn before(&self, call: &str, path: &Path) {
        self.note(&self.disk, || format!("{call} {}", path.display()));
    }

    /// The same for a call of any number of steps.
    fn before_each(&self, call: &str, path: &Path, run: impl Fn(&MemoryFileSystem)) {
        for step in 0.. {
            let cut = self.disk.fork();
            cut.cut_power_at(step);
            run(&cut);
            if !cut.is_cut() {
                return;
            }
            self.note(&cut, || format!("{call} {}", path.display()));
        }
    }
}

/// A recorder behind the `Arc` that its files share.
pub(super) struct Recorded<P>(pub(super) Arc<Recorder<P>>);

impl<P> fmt::Debug for Recorded<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded").finish_non_exhaustive()
    }
}

struct RecordedFile<P> {
    recorder: Arc<Recorder<P>>,
    path: PathBuf,
    file: Arc<dyn File>,
}

impl<P> fmt::Debug for RecordedFile<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedFile").finish_non_exhaustive()
    }
}

impl<P: Clone + Send + Sync> File for RecordedFile<P> {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        self.recorder.before("write", &self.path);
        self.file.write_at(parts, offset)
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        self.file.read_at(to, max, offset)
    }

    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.recorder.before("set length", &self.path);
        self.file.set_len(len)
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        self.file.allocate(offset, len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.recorder.before("sync", &self.path);
        self.file.sync_data()
    }
}

impl<P: Clone + Send + Sync + 'static> FileSystem for Recorded<P> {
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        if !matches!(access, Access::Read | Access::Write) && self.0.disk.metadata(path).is_err() {
            self.0.before("create", path);
        }
        Ok(Arc::new(RecordedFile {
            recorder: Arc::clone(&self.0),
            path: path.to_owned(),
            file: self.0.disk.open(path, access)?,
        }))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.before_each("make directory", path, |disk| {
            drop(disk.create_dir_all(path));
        });
        self.0.disk.create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.0.disk.read_dir(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.0.disk.metadata(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.before("rename", from);
        self.0.disk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.before("remove", path);
        self.0.disk.remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.before_each("remove directory", path, |disk| {
            drop(disk.remove_dir_all(path));
        });
        self.0.disk.remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.0.before("sync directory", path);
        self.0.disk.sync_dir(path)
    }

    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        let first = paths.first().copied().unwrap_or_else(|| Path::new("/"));
        self.0.before("sync the volume of", first);
        self.0.disk.sync_volumes(paths)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        self.0.disk.lock(path)
    }
}
