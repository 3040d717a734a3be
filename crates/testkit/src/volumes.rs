//! Several disks in memory, each under a path, that can be pulled out.

use std::{
    collections::BTreeMap,
    io::{self, IoSlice},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ottla_storage::fs::{
    Access, Crash, DirEntry, File, FileSystem, Lock, MemoryFileSystem, Metadata, OpenFiles,
};

/// A file system of several volumes. Clones share it.
#[derive(Clone, Debug)]
pub struct Volumes {
    volumes: BTreeMap<PathBuf, Volume>,
    open_files: Arc<OpenFiles>,
}

#[derive(Clone, Debug)]
struct Volume {
    disk: MemoryFileSystem,
    is_gone: Arc<AtomicBool>,
}

impl Volume {
    fn new(disk: MemoryFileSystem) -> Self {
        Self {
            disk,
            is_gone: Arc::new(AtomicBool::new(false)),
        }
    }

    fn check(&self) -> io::Result<()> {
        if self.is_gone.load(Ordering::Acquire) {
            return Err(io::Error::other("the disk is gone"));
        }
        Ok(())
    }
}

impl Volumes {
    /// One empty disk under each path.
    #[must_use]
    pub fn new(paths: &[&str]) -> Self {
        let volume = |path: &&str| {
            let volume = Volume::new(MemoryFileSystem::new());
            (PathBuf::from(path), volume)
        };
        Self::of(paths.iter().map(volume).collect())
    }

    fn of(volumes: BTreeMap<PathBuf, Volume>) -> Self {
        Self {
            volumes,
            open_files: Arc::new(OpenFiles::new(256)),
        }
    }

    /// The disk under `path`.
    ///
    /// # Panics
    /// When there is none: the test is wrong.
    #[must_use]
    pub fn disk(&self, path: &str) -> &MemoryFileSystem {
        &self.volume(Path::new(path)).expect("a volume").disk
    }

    /// Fails every call to the disk under `path`, until it is plugged in again.
    ///
    /// # Panics
    /// When there is none: the test is wrong.
    pub fn unplug(&self, path: &str) {
        let volume = self.volume(Path::new(path)).expect("a volume");
        volume.is_gone.store(true, Ordering::Release);
    }

    /// Ends what [`Self::unplug`] began.
    ///
    /// # Panics
    /// When there is none: the test is wrong.
    pub fn plug(&self, path: &str) {
        let volume = self.volume(Path::new(path)).expect("a volume");
        volume.is_gone.store(false, Ordering::Release);
    }

    /// What a power cut now leaves, with every disk plugged in.
    #[must_use]
    pub fn crash(&self, choice: Crash) -> Self {
        let crashed = |(path, volume): (&PathBuf, &Volume)| {
            (path.clone(), Volume::new(volume.disk.crash(choice)))
        };
        Self::of(self.volumes.iter().map(crashed).collect())
    }

    fn volume(&self, path: &Path) -> io::Result<&Volume> {
        let found = path.ancestors().find_map(|path| self.volumes.get(path));
        found.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn live(&self, path: &Path) -> io::Result<&MemoryFileSystem> {
        let volume = self.volume(path)?;
        volume.check()?;
        Ok(&volume.disk)
    }
}

impl FileSystem for Volumes {
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        let volume = self.volume(path)?;
        volume.check()?;
        Ok(Arc::new(VolumeFile {
            file: volume.disk.open(path, access)?,
            volume: volume.clone(),
        }))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.live(path)?.create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.live(path)?.read_dir(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        match self.volume(path) {
            Ok(volume) => {
                volume.check()?;
                volume.disk.metadata(path)
            }
            // Above all volumes.
            Err(_) => Ok(Metadata {
                len: 0,
                is_dir: true,
                modified_ms: 0,
            }),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.live(from)?.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.live(path)?.remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.live(path)?.remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        match self.volume(path) {
            Ok(volume) => {
                volume.check()?;
                volume.disk.sync_dir(path)
            }
            // Where the volumes are mounted.
            Err(_) => {
                let mounted = self
                    .volumes
                    .iter()
                    .filter(|(at, _)| at.parent() == Some(path));
                for (_, volume) in mounted {
                    volume.check()?;
                    volume.disk.sync_dir(path)?;
                }
                Ok(())
            }
        }
    }

    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        for volume in self.volumes.values() {
            if paths.iter().any(|path| {
                self.volume(path)
                    .is_ok_and(|of_path| std::ptr::eq(of_path, volume))
            }) {
                volume.check()?;
                volume.disk.sync_volumes(paths)?;
            }
        }
        Ok(true)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        self.live(path)?.lock(path)
    }

    fn open_files(&self) -> &OpenFiles {
        &self.open_files
    }
}

#[derive(Debug)]
struct VolumeFile {
    file: Arc<dyn File>,
    volume: Volume,
}

impl File for VolumeFile {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        self.volume.check()?;
        self.file.write_at(parts, offset)
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        self.volume.check()?;
        self.file.read_at(to, max, offset)
    }

    fn len(&self) -> io::Result<u64> {
        self.volume.check()?;
        self.file.len()
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.volume.check()?;
        self.file.set_len(len)
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        self.volume.check()?;
        self.file.allocate(offset, len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.volume.check()?;
        self.file.sync_data()
    }
}
