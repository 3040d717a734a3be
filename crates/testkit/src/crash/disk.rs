//! A disk after a power cut, and what is on it.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use ottla_storage::fs::{FileSystem, MemoryFileSystem};

use super::plant::{Bug, Planted};

/// A disk after a power cut.
#[derive(Clone, Debug)]
pub struct Disk {
    pub(super) memory: MemoryFileSystem,
    pub(super) bug: Option<Bug>,
}

impl Disk {
    /// What is on it, to be looked at from outside.
    #[must_use]
    pub const fn memory(&self) -> &MemoryFileSystem {
        &self.memory
    }

    /// The file system to start on.
    #[must_use]
    pub fn file_system(&self) -> Arc<dyn FileSystem> {
        planted(Arc::new(self.memory.clone()), self.bug)
    }

    /// A copy of what is on it.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            memory: self.memory.fork(),
            bug: self.bug,
        }
    }
}

pub(super) fn planted(fs: Arc<dyn FileSystem>, bug: Option<Bug>) -> Arc<dyn FileSystem> {
    match bug {
        Some(bug) => Arc::new(Planted::new(fs, bug)),
        None => fs,
    }
}

/// Names and bytes of everything on a disk.
pub(super) fn fingerprint(disk: &MemoryFileSystem) -> u64 {
    fn visit(disk: &MemoryFileSystem, path: &Path, hasher: &mut DefaultHasher) {
        for entry in disk.read_dir(path).expect("a directory") {
            let path = path.join(&entry.name);
            path.hash(hasher);
            if entry.metadata.is_dir {
                visit(disk, &path, hasher);
            } else {
                disk.read(&path).expect("a file").hash(hasher);
            }
        }
    }
    let mut hasher = DefaultHasher::new();
    visit(disk, Path::new("/"), &mut hasher);
    hasher.finish()
}

/// Panics when something on a disk is not as it was before it was started on once more.
pub(super) fn check_untouched(before: &MemoryFileSystem, after: &MemoryFileSystem) {
    if fingerprint(before) != fingerprint(after) {
        let (before, after) = (files(before), files(after));
        let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let show = |bytes: &Vec<u8>| bytes.escape_ascii().to_string();
        let changed: Vec<_> = names
            .into_iter()
            .map(|name| (name, before.get(name).map(show), after.get(name).map(show)))
            .filter(|(_, before, after)| before != after)
            .collect();
        panic!("starting again changed {changed:?}");
    }
}

/// Every file with its bytes.
fn files(disk: &MemoryFileSystem) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![PathBuf::from("/")];
    while let Some(directory) = left.pop() {
        for entry in disk.read_dir(&directory).expect("a directory") {
            let path = directory.join(&entry.name);
            if entry.metadata.is_dir {
                left.push(path);
            } else {
                let bytes = disk.read(&path).expect("a file");
                found.insert(path, bytes);
            }
        }
    }
    found
}
