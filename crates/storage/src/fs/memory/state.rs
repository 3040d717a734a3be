//! What a memory file system holds.
//!
//! S1  the synced names of a directory with its pending name changes applied are its live names
//! S2  the synced bytes of a file with its pending changes applied are its live bytes, until a sync
//!     of it fails
//! S3  a node is dropped only when no live or synced name, pending change or open file refers to it

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::{OsStr, OsString},
    io,
    path::{Component, Path},
    sync::Arc,
};

use rustix::io::Errno;

use crate::fs::{Access, DirEntry, Metadata};

/// Names a file or directory, whatever its path.
pub(super) type Id = u64;

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) nodes: BTreeMap<Id, Node>,
    pub(super) next_id: Id,
    /// Name changes that no `sync_dir` has covered, oldest first.
    pub(super) pending: Vec<NameChange>,
    /// The number that the next change gets, of a name or of a file's bytes.
    next_change: u64,
    open: BTreeMap<Id, usize>,
    /// Nodes that may have lost their last name since they were last looked for.
    unnamed: usize,
    pub(super) locked: BTreeSet<Id>,
    pub(super) now_ms: i64,
    pub(super) steps: u64,
    pub(super) cut: bool,
    pub(super) faults: Faults,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    pub(super) cut_at: Option<u64>,
    pub(super) fail_at: Option<(u64, io::ErrorKind)>,
    pub(super) fail_sync: bool,
    pub(super) fail_reads: bool,
    pub(super) space: Option<u64>,
    pub(super) open_files: Option<usize>,
}

/// A change of a file's bytes.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Write { offset: usize, bytes: Arc<[u8]> },
    SetLen(usize),
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    File(FileNode),
    Directory(DirectoryNode),
}

#[derive(Clone, Debug, Default)]
pub(super) struct FileNode {
    pub(super) live: Arc<Vec<u8>>,
    pub(super) synced: Arc<Vec<u8>>,
    /// With their numbers.
    pub(super) pending: Vec<(u64, Change)>,
    allocated: u64,
    modified_ms: i64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct DirectoryNode {
    pub(super) live: Names,
    pub(super) synced: Names,
    modified_ms: i64,
}

type Names = BTreeMap<OsString, Id>;

/// One call's changes of names: a rename has two that survive together or not at all.
#[derive(Clone, Debug)]
pub(super) struct NameChange {
    pub(super) number: u64,
    pub(super) entries: Vec<NameEntry>,
}

#[derive(Clone, Debug)]
pub(super) struct NameEntry {
    pub(super) directory: Id,
    name: OsString,
    target: Option<Id>,
}

impl Default for State {
    fn default() -> Self {
        Self::of(BTreeMap::from([(
            ROOT,
            Node::Directory(DirectoryNode::default()),
        )]))
    }
}

/// Calls.
impl State {
    pub(super) fn open(&mut self, path: &Path, access: Access) -> io::Result<Id> {
        self.check_power()?;
        if self
            .faults
            .open_files
            .is_some_and(|limit| self.open_count() >= limit)
        {
            return Err(io::Error::from_raw_os_error(Errno::MFILE.raw_os_error()));
        }
        let id = match self.resolve(path) {
            Ok(_) if access == Access::CreateNew => {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            Ok(id) if matches!(self.nodes[&id], Node::Directory(_)) => {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            Ok(id) => id,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if matches!(access, Access::Read | Access::Write) {
                    return Err(error);
                }
                let (directory, name) = self.resolve_parent(path)?;
                self.step()?;
                let modified_ms = self.now_ms;
                let node = FileNode {
                    modified_ms,
                    ..FileNode::default()
                };
                self.add(directory, name, Node::File(node))
            }
            Err(error) => return Err(error),
        };
        *self.open.entry(id).or_default() += 1;
        Ok(id)
    }

    pub(super) fn close(&mut self, id: Id) {
        if let Some(count) = self.open.get_mut(&id) {
            *count -= 1;
            if *count == 0 {
                self.open.remove(&id);
                self.unnamed += 1;
            }
        }
    }

    pub(super) fn open_count(&self) -> usize {
        self.open.values().sum()
    }

    pub(super) fn create_dir_all(&mut self, path: &Path) -> io::Result<()> {
        self.check_power()?;
        let mut at = ROOT;
        for name in names(path)? {
            let next = self.directory(at)?.live.get(name).copied();
            at = match next {
                Some(next) => next,
                None => {
                    self.step()?;
                    let modified_ms = self.now_ms;
                    let node = DirectoryNode {
                        modified_ms,
                        ..DirectoryNode::default()
                    };
                    self.add(at, name.to_owned(), Node::Directory(node))
                }
            };
        }
        self.directory(at).map(|_| ())
    }

    pub(super) fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.check_power()?;
        let directory = self.directory(self.resolve(path)?)?;
        let entries = directory.live.iter().map(|(name, id)| DirEntry {
            name: name.clone(),
            metadata: self.nodes[id].metadata(),
        });
        Ok(entries.collect())
    }

    pub(super) fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.check_power()?;
        Ok(self.nodes[&self.resolve(path)?].metadata())
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.check_power()?;
        let id = self.resolve(from)?;
        let (old_directory, old_name) = self.resolve_parent(from)?;
        let (directory, name) = self.resolve_parent(to)?;
        if names(to)?.starts_with(&names(from)?) {
            return if names(to)? == names(from)? {
                Ok(())
            } else {
                Err(io::ErrorKind::InvalidInput.into())
            };
        }
        if let Some(replaced) = self.directory(directory)?.live.get(&name) {
            check_replaceable(&self.nodes[&id], &self.nodes[replaced])?;
        }
        self.step()?;
        self.change_names(vec![
            NameEntry {
                directory: old_directory,
                name: old_name,
                target: None,
            },
            NameEntry {
                directory,
                name,
                target: Some(id),
            },
        ]);
        Ok(())
    }

    pub(super) fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        self.check_power()?;
        if matches!(self.nodes[&self.resolve(path)?], Node::Directory(_)) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let (directory, name) = self.resolve_parent(path)?;
        self.unlink(directory, name)
    }

    pub(super) fn remove_dir_all(&mut self, path: &Path) -> io::Result<()> {
        self.check_power()?;
        let id = self.resolve(path)?;
        let (directory, name) = self.resolve_parent(path)?;
        self.empty(id)?;
        self.unlink(directory, name)
    }

    fn empty(&mut self, id: Id) -> io::Result<()> {
        for (name, child) in self.directory(id)?.live.clone() {
            if matches!(self.nodes[&child], Node::Directory(_)) {
                self.empty(child)?;
            }
            self.unlink(id, name)?;
        }
        Ok(())
    }

    fn unlink(&mut self, directory: Id, name: OsString) -> io::Result<()> {
        self.step()?;
        self.change_names(vec![NameEntry {
            directory,
            name,
            target: None,
        }]);
        Ok(())
    }

    pub(super) fn sync_dir(&mut self, path: &Path) -> io::Result<()> {
        self.check_power()?;
        let id = self.resolve(path)?;
        self.directory(id)?;
        self.step()?;
        if std::mem::take(&mut self.faults.fail_sync) {
            return Err(failed_sync());
        }
        let mut pending = std::mem::take(&mut self.pending);
        for change in &mut pending {
            for entry in change.entries.extract_if(.., |entry| entry.directory == id) {
                entry.apply(&mut self.directory_mut(id).synced);
            }
        }
        pending.retain(|change| !change.entries.is_empty());
        self.pending = pending;
        self.drop_unnamed();
        Ok(())
    }

    pub(super) fn sync_volume(&mut self) -> io::Result<()> {
        self.step()?;
        if std::mem::take(&mut self.faults.fail_sync) {
            for node in self.nodes.values_mut() {
                if let Node::File(file) = node {
                    file.pending.clear();
                }
            }
            return Err(failed_sync());
        }
        self.sync_all();
        Ok(())
    }

    pub(super) fn write(&mut self, id: Id, mut bytes: Vec<u8>, offset: u64) -> io::Result<()> {
        self.check_power()?;
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        let mut result = self.step();
        if self.cut {
            return result;
        }
        if result.is_err() {
            bytes.truncate(bytes.len() / 2);
        }
        let fits = self.room(id).saturating_sub(offset);
        if bytes.len() > fits {
            bytes.truncate(fits);
            result = result.and_then(|()| Err(io::ErrorKind::StorageFull.into()));
        }
        if !bytes.is_empty() {
            let bytes = bytes.into();
            self.change(id, Change::Write { offset, bytes });
        }
        result
    }

    pub(super) fn read(
        &self,
        id: Id,
        to: &mut Vec<u8>,
        max: usize,
        offset: u64,
    ) -> io::Result<usize> {
        self.check_power()?;
        if self.faults.fail_reads {
            return Err(io::Error::other("the read failed"));
        }
        let live = &self.file(id).live;
        let start = usize::try_from(offset).map_or(live.len(), |offset| offset.min(live.len()));
        let bytes = &live[start..live.len().min(start.saturating_add(max))];
        to.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    pub(super) fn len(&self, id: Id) -> io::Result<u64> {
        self.check_power()?;
        Ok(self.file(id).live.len() as u64)
    }

    pub(super) fn allocate(&mut self, id: Id, end: u64) -> io::Result<()> {
        self.check_power()?;
        self.step()?;
        if end > self.room(id) as u64 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let file = self.file_mut(id);
        file.allocated = file.allocated.max(end);
        Ok(())
    }

    pub(super) fn change(&mut self, id: Id, change: Change) {
        let now_ms = self.now_ms;
        let number = self.number();
        let file = self.file_mut(id);
        change.apply(Arc::make_mut(&mut file.live));
        if let Change::SetLen(len) = change {
            file.allocated = file.allocated.min(len as u64);
        }
        file.pending.push((number, change));
        file.modified_ms = now_ms;
    }

    pub(super) fn set_modified(&mut self, id: Id, ms: i64) {
        self.file_mut(id).modified_ms = ms;
    }

    pub(super) fn sync_data(&mut self, id: Id) -> io::Result<()> {
        self.check_power()?;
        self.step()?;
        let failed = std::mem::take(&mut self.faults.fail_sync);
        let file = self.file_mut(id);
        if failed {
            file.pending.clear();
            return Err(failed_sync());
        }
        file.sync();
        Ok(())
    }
}

/// Steps and faults.
impl State {
    pub(super) fn check_power(&self) -> io::Result<()> {
        if self.cut {
            return Err(io::Error::other("the power is cut"));
        }
        Ok(())
    }

    /// Begins a step, unless the power is cut before it or a fault set for it.
    pub(super) fn step(&mut self) -> io::Result<()> {
        self.cut |= self.faults.cut_at.is_some_and(|at| at <= self.steps);
        self.check_power()?;
        let step = self.steps;
        self.steps += 1;
        match self.faults.fail_at {
            Some((at, kind)) if at == step => Err(kind.into()),
            _ => Ok(()),
        }
    }

    /// The length up to which a file may grow.
    fn room(&self, id: Id) -> usize {
        let Some(space) = self.faults.space else {
            return usize::MAX;
        };
        let room = self.nodes[&id].space() + space.saturating_sub(self.space_used());
        usize::try_from(room).unwrap_or(usize::MAX)
    }

    /// Bytes of all files, and what is allocated for them.
    pub(super) fn space_used(&self) -> u64 {
        // What has lost its name may come back after a power cut, but takes no space.
        let named: BTreeSet<Id> = self.nodes.values().flat_map(Node::names).collect();
        let is_there = |id: &Id| named.contains(id) || self.open.contains_key(id);
        let there = self.nodes.iter().filter(|(id, _)| is_there(id));
        there.map(|(_, node)| node.space()).sum()
    }
}

/// Power cuts and copies.
impl State {
    pub(super) fn fork(&self) -> Self {
        Self {
            next_id: self.next_id,
            pending: self.pending.clone(),
            next_change: self.next_change,
            now_ms: self.now_ms,
            ..Self::of(self.nodes.clone())
        }
    }

    pub(super) fn sync_all(&mut self) {
        self.pending.clear();
        for node in self.nodes.values_mut() {
            match node {
                Node::File(file) => file.sync(),
                Node::Directory(directory) => directory.synced.clone_from(&directory.live),
            }
        }
        self.drop_unnamed();
    }

    pub(super) fn of(nodes: BTreeMap<Id, Node>) -> Self {
        Self {
            nodes,
            next_id: ROOT + 1,
            pending: Vec::new(),
            next_change: 0,
            open: BTreeMap::new(),
            unnamed: 0,
            locked: BTreeSet::new(),
            now_ms: 0,
            steps: 0,
            cut: false,
            faults: Faults::default(),
        }
    }
}

/// Nodes and names.
impl State {
    fn add(&mut self, directory: Id, name: OsString, node: Node) -> Id {
        let id = self.next_id;
        self.next_id += 1;
        self.nodes.insert(id, node);
        self.change_names(vec![NameEntry {
            directory,
            name,
            target: Some(id),
        }]);
        id
    }

    fn change_names(&mut self, entries: Vec<NameEntry>) {
        let now_ms = self.now_ms;
        for entry in &entries {
            let directory = self.directory_mut(entry.directory);
            entry.apply(&mut directory.live);
            directory.modified_ms = now_ms;
        }
        self.unnamed += 1;
        let number = self.number();
        self.pending.push(NameChange { number, entries });
    }

    fn number(&mut self) -> u64 {
        self.next_change += 1;
        self.next_change
    }

    fn resolve(&self, path: &Path) -> io::Result<Id> {
        names(path)?.into_iter().try_fold(ROOT, |at, name| {
            let found = self.directory(at)?.live.get(name).copied();
            found.ok_or_else(|| io::ErrorKind::NotFound.into())
        })
    }

    fn resolve_parent(&self, path: &Path) -> io::Result<(Id, OsString)> {
        let mut names = names(path)?;
        let name = names.pop().ok_or(io::ErrorKind::InvalidInput)?;
        let parent: std::path::PathBuf = names.into_iter().collect();
        let directory = self.resolve(&parent)?;
        self.directory(directory)?;
        Ok((directory, name.to_owned()))
    }

    fn directory(&self, id: Id) -> io::Result<&DirectoryNode> {
        match &self.nodes[&id] {
            Node::Directory(directory) => Ok(directory),
            Node::File(_) => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    fn directory_mut(&mut self, id: Id) -> &mut DirectoryNode {
        match self.nodes.get_mut(&id) {
            Some(Node::Directory(directory)) => directory,
            _ => unreachable!("invariant: the caller looked this directory up"),
        }
    }

    fn file(&self, id: Id) -> &FileNode {
        match &self.nodes[&id] {
            Node::File(file) => file,
            Node::Directory(_) => unreachable!("invariant: a directory cannot be opened"),
        }
    }

    fn file_mut(&mut self, id: Id) -> &mut FileNode {
        match self.nodes.get_mut(&id) {
            Some(Node::File(file)) => file,
            _ => unreachable!("invariant: a file is kept while it is open"),
        }
    }

    /// Drops what nothing refers to, now and then: looking for it visits every node.
    fn drop_unnamed(&mut self) {
        if self.unnamed < DROP_AFTER {
            return;
        }
        self.unnamed = 0;
        let mut used = BTreeSet::new();
        let pending = self.pending.iter().flat_map(|change| &change.entries);
        let mut visit: Vec<Id> = pending
            .flat_map(|entry| entry.target.into_iter().chain([entry.directory]))
            .chain(self.open.keys().copied())
            .chain([ROOT])
            .collect();
        while let Some(id) = visit.pop() {
            if used.insert(id)
                && let Node::Directory(directory) = &self.nodes[&id]
            {
                visit.extend(directory.live.values().chain(directory.synced.values()));
            }
        }
        self.nodes.retain(|id, _| used.contains(id));
    }
}

impl Node {
    fn metadata(&self) -> Metadata {
        match self {
            Self::File(file) => Metadata {
                len: file.live.len() as u64,
                is_dir: false,
                modified_ms: file.modified_ms,
            },
            Self::Directory(directory) => Metadata {
                len: 0,
                is_dir: true,
                modified_ms: directory.modified_ms,
            },
        }
    }

    /// What it names, if it is a directory.
    fn names(&self) -> Vec<Id> {
        match self {
            Self::File(_) => Vec::new(),
            Self::Directory(directory) => directory.live.values().copied().collect(),
        }
    }

    fn space(&self) -> u64 {
        match self {
            Self::File(file) => file.allocated.max(file.live.len() as u64),
            Self::Directory(_) => 0,
        }
    }
}

impl FileNode {
    fn sync(&mut self) {
        for (_, change) in self.pending.drain(..) {
            change.apply(Arc::make_mut(&mut self.synced));
        }
    }
}

impl Change {
    pub(super) fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Self::Write { offset, bytes } => {
                let end = offset + bytes.len();
                if to.len() < end {
                    to.resize(end, 0);
                }
                to[*offset..end].copy_from_slice(bytes);
            }
            Self::SetLen(len) => to.resize(*len, 0),
        }
    }
}

impl NameEntry {
    pub(super) fn apply(&self, to: &mut Names) {
        match self.target {
            Some(id) => to.insert(self.name.clone(), id),
            None => to.remove(&self.name),
        };
    }
}

fn names(path: &Path) -> io::Result<Vec<&OsStr>> {
    let mut names = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => names.push(name),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => {
                return Err(io::ErrorKind::InvalidInput.into());
            }
        }
    }
    Ok(names)
}

fn check_replaceable(from: &Node, to: &Node) -> io::Result<()> {
    match (from, to) {
        (Node::File(_), Node::File(_)) => Ok(()),
        (Node::Directory(_), Node::Directory(to)) if to.live.is_empty() => Ok(()),
        (Node::Directory(_), Node::Directory(_)) => Err(io::ErrorKind::DirectoryNotEmpty.into()),
        (Node::File(_), Node::Directory(_)) => Err(io::ErrorKind::IsADirectory.into()),
        (Node::Directory(_), Node::File(_)) => Err(io::ErrorKind::NotADirectory.into()),
    }
}

fn failed_sync() -> io::Error {
    io::Error::other("the sync failed")
}

pub(super) const ROOT: Id = 0;

const DROP_AFTER: usize = 256;
