//! Bugs to plant: each takes one needed sync away, or turns one order round.
//!
//! A checker that finds none of them proves nothing. They are planted beneath the code under test,
//! in the file system, by the names of the files: the code itself has no switch for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, IoSlice},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ottla_storage::fs::{Access, DirEntry, File, FileSystem, Lock, Metadata};

/// A bug that can be planted.
#[derive(Clone, Copy, Debug)]
pub struct Bug {
    /// Says what it does.
    pub name: &'static str,
    rule: Rule,
}

/// What a bug does, to files whose names end in one of some ways.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Syncing their bytes does nothing.
    SkipSync(&'static [&'static str]),
    /// Syncing the bytes of what lies in directories of such names does nothing.
    SkipSyncIn(&'static [&'static str]),
    /// Their bytes are synced when a file has been renamed to one of the second names, no sooner.
    SyncLate(&'static [&'static str], &'static [&'static str]),
    /// Syncing a directory does nothing if such a name changed in it like this.
    SkipDirectorySync(Naming, &'static [&'static str]),
    /// What a rename would replace is removed first.
    RemoveFirst(&'static [&'static str]),
    /// Syncing the volume does nothing.
    SkipVolumeSync,
    /// A rename waits for the next change of another kind in its directory: a removal or a sync.
    RenameLate(&'static [&'static str]),
    /// Nobody is told that a sync failed.
    HideFailedSync,
    /// Nobody is told that a write failed.
    HideFailedWrite,
}

/// A change of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Naming {
    Created,
    Renamed,
    Removed,
}

const ANY: &[&str] = &[""];

/// Every bug that can be planted.
pub const BUGS: &[Bug] = &[
    Bug {
        name: "log-sync-skipped",
        rule: Rule::SkipSync(&[".log"]),
    },
    Bug {
        name: "log-synced-after-recovery-point",
        rule: Rule::SyncLate(&[".log"], &["recovery-point-offset-checkpoint"]),
    },
    Bug {
        name: "log-synced-after-clean-shutdown-mark",
        rule: Rule::SyncLate(&[".log"], &[".kafka_cleanshutdown"]),
    },
    Bug {
        name: "index-sync-skipped",
        rule: Rule::SkipSync(&[".index", ".timeindex"]),
    },
    Bug {
        name: "transaction-index-sync-skipped",
        rule: Rule::SkipSync(&[".txnindex"]),
    },
    Bug {
        name: "producer-snapshot-sync-skipped",
        rule: Rule::SkipSync(&[".snapshot"]),
    },
    Bug {
        name: "temporary-file-sync-skipped",
        rule: Rule::SkipSync(&[".tmp"]),
    },
    Bug {
        name: "temporary-file-renamed-before-sync",
        rule: Rule::SyncLate(&[".tmp"], ANY),
    },
    Bug {
        name: "replaced-file-removed-before-rename",
        rule: Rule::RemoveFirst(ANY),
    },
    Bug {
        name: "directory-sync-after-rename-skipped",
        rule: Rule::SkipDirectorySync(Naming::Renamed, ANY),
    },
    Bug {
        name: "directory-sync-after-new-segment-skipped",
        rule: Rule::SkipDirectorySync(Naming::Created, &[".log"]),
    },
    Bug {
        name: "directory-sync-after-new-partition-skipped",
        rule: Rule::SkipDirectorySync(Naming::Created, &["-0"]),
    },
    Bug {
        name: "directory-sync-after-removed-segment-skipped",
        rule: Rule::SkipDirectorySync(Naming::Removed, &[".log"]),
    },
    Bug {
        name: "directory-sync-after-clean-shutdown-mark-removed-skipped",
        rule: Rule::SkipDirectorySync(Naming::Removed, &[".kafka_cleanshutdown"]),
    },
    Bug {
        name: "vote-sync-skipped",
        rule: Rule::SkipSync(&["quorum-state.tmp"]),
    },
    Bug {
        name: "metadata-snapshot-renamed-before-sync",
        rule: Rule::SyncLate(&[".checkpoint.part"], &[".checkpoint"]),
    },
    Bug {
        name: "volume-sync-skipped",
        rule: Rule::SkipVolumeSync,
    },
    Bug {
        name: "compacted-segment-sync-skipped",
        rule: Rule::SkipSync(&[".cleaned"]),
    },
    Bug {
        name: "directory-sync-after-swap-skipped",
        rule: Rule::SkipDirectorySync(Naming::Renamed, &[".swap"]),
    },
    Bug {
        name: "swap-renamed-after-directory-sync",
        rule: Rule::RenameLate(&[".swap"]),
    },
    Bug {
        name: "directory-sync-after-old-segments-skipped",
        rule: Rule::SkipDirectorySync(Naming::Renamed, &[".log.deleted"]),
    },
    Bug {
        name: "recovery-point-renamed-after-what-follows",
        rule: Rule::RenameLate(&["recovery-point-offset-checkpoint"]),
    },
    Bug {
        name: "partition-metadata-sync-skipped",
        rule: Rule::SkipSync(&["partition.metadata"]),
    },
    Bug {
        name: "directory-sync-after-promotion-skipped",
        rule: Rule::SkipDirectorySync(Naming::Renamed, &["-0"]),
    },
    Bug {
        name: "directory-sync-after-deletion-mark-skipped",
        rule: Rule::SkipDirectorySync(Naming::Renamed, &["-delete"]),
    },
    Bug {
        name: "moved-copy-sync-skipped",
        rule: Rule::SkipSyncIn(&["-future"]),
    },
    Bug {
        name: "failed-sync-not-reported",
        rule: Rule::HideFailedSync,
    },
    Bug {
        name: "failed-write-not-reported",
        rule: Rule::HideFailedWrite,
    },
];

/// A file system with a bug.
#[derive(Clone, Debug)]
pub(super) struct Planted(Arc<Plot>);

#[derive(Debug)]
struct Plot {
    inner: Arc<dyn FileSystem>,
    rule: Rule,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    /// Files whose sync is put off.
    unsynced: Vec<Arc<dyn File>>,
    /// Name changes since a directory was synced.
    changed: BTreeMap<PathBuf, BTreeSet<Naming>>,
    /// Renames that are put off.
    renames: Vec<(PathBuf, PathBuf)>,
}

fn is_one(path: &Path, ends: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ends.iter().any(|end| name.ends_with(end))
}

impl Bug {
    /// Whether it does something only on a disk that fails.
    #[must_use]
    pub const fn needs_fault(&self) -> bool {
        matches!(self.rule, Rule::HideFailedSync | Rule::HideFailedWrite)
    }
}

impl Planted {
    pub(super) fn new(inner: Arc<dyn FileSystem>, bug: Bug) -> Self {
        Self(Arc::new(Plot {
            inner,
            rule: bug.rule,
            memory: Mutex::default(),
        }))
    }
}

impl Plot {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, path: &Path, naming: Naming) {
        if let Rule::SkipDirectorySync(kind, ends) = self.rule
            && kind == naming
            && is_one(path, ends)
            && let Some(parent) = path.parent()
        {
            let mut memory = self.memory();
            let changed = memory.changed.entry(parent.to_owned()).or_default();
            changed.insert(naming);
        }
    }

    /// Makes up for what was put off.
    fn catch_up(&self) -> io::Result<()> {
        let late = std::mem::take(&mut self.memory().renames);
        late.iter()
            .try_for_each(|(from, to)| self.inner.rename(from, to))
    }
}

#[derive(Debug)]
struct PlantedFile {
    plot: Arc<Plot>,
    path: PathBuf,
    file: Arc<dyn File>,
}

impl File for PlantedFile {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        let written = self.file.write_at(parts, offset);
        match self.plot.rule {
            Rule::HideFailedWrite => Ok(()),
            _ => written,
        }
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        self.file.read_at(to, max, offset)
    }

    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.file.set_len(len)
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        self.file.allocate(offset, len)
    }

    fn sync_data(&self) -> io::Result<()> {
        match self.plot.rule {
            Rule::SkipSync(ends) if is_one(&self.path, ends) => Ok(()),
            Rule::SkipSyncIn(ends) if self.path.parent().is_some_and(|at| is_one(at, ends)) => {
                Ok(())
            }
            Rule::SyncLate(ends, _) if is_one(&self.path, ends) => {
                let file = Arc::clone(&self.file);
                self.plot.memory().unsynced.push(file);
                Ok(())
            }
            Rule::HideFailedSync => {
                self.file.sync_data().ok();
                Ok(())
            }
            _ => self.file.sync_data(),
        }
    }
}

impl FileSystem for Planted {
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        self.0.catch_up()?;
        let plot = &self.0;
        let creates = !matches!(access, Access::Read | Access::Write);
        if creates && plot.inner.metadata(path).is_err() {
            plot.note(path, Naming::Created);
        }
        Ok(Arc::new(PlantedFile {
            plot: Arc::clone(plot),
            path: path.to_owned(),
            file: plot.inner.open(path, access)?,
        }))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.note(path, Naming::Created);
        self.0.inner.create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.0.catch_up()?;
        self.0.inner.read_dir(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.0.catch_up()?;
        self.0.inner.metadata(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let plot = &self.0;
        plot.catch_up()?;
        plot.note(to, Naming::Renamed);
        match plot.rule {
            Rule::RemoveFirst(ends)
                if is_one(to, ends) && plot.inner.metadata(to).is_ok_and(|to| !to.is_dir) =>
            {
                plot.inner.remove_file(to)?;
            }
            Rule::RenameLate(ends) if is_one(to, ends) => {
                let late = (from.to_owned(), to.to_owned());
                plot.memory().renames.push(late);
                return Ok(());
            }
            _ => {}
        }
        plot.inner.rename(from, to)?;
        if let Rule::SyncLate(_, past) = plot.rule
            && is_one(to, past)
        {
            let late = std::mem::take(&mut plot.memory().unsynced);
            late.iter().try_for_each(|file| file.sync_data())?;
        }
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.catch_up()?;
        self.0.note(path, Naming::Removed);
        self.0.inner.remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.catch_up()?;
        self.0.note(path, Naming::Removed);
        self.0.inner.remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let skipped = self.0.memory().changed.remove(path).is_some();
        if skipped {
            return Ok(());
        }
        self.0.inner.sync_dir(path)
    }

    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        match self.0.rule {
            Rule::SkipVolumeSync => Ok(true),
            _ => self.0.inner.sync_volumes(paths),
        }
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        self.0.inner.lock(path)
    }
}
