//! What lies in a log's directory, after everything half done was undone or finished.
//!
//! Compaction replaces segments in steps: it writes `.cleaned` files, renames them to `.swap`, removes
//! the old ones, and renames again. As long as a `.cleaned` file is there, the second step is not
//! complete, and the old files still stand. Without one, every `.swap` file replaces the old segments it
//! covers.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use ottla_types::Offset;

use super::{
    error::Fault,
    files::{self, Kind, Name, Suffix},
    quarantine::is_quarantined,
    scan::Scan,
};
use crate::fs::{Access, DirEntry, FileSystem};

/// The files of a log by their offset.
#[derive(Debug, Default)]
pub(crate) struct Present {
    pub(crate) logs: BTreeMap<i64, u64>,
    pub(crate) indexes: BTreeMap<(i64, Kind), u64>,
    pub(crate) snapshots: BTreeSet<i64>,
    /// Files that were set aside.
    pub(crate) quarantined: usize,
    /// Whether names changed.
    pub(crate) is_dirty: bool,
}

/// Repairs the directory and lists it.
pub(crate) fn repair(fs: &dyn FileSystem, dir: &Path) -> Result<Present, Fault> {
    let mut repair = Repair {
        fs,
        dir,
        is_dirty: false,
        quarantined: 0,
    };
    let mut entries = repair.list()?;
    if entries.iter().any(|(name, _)| name.suffix.is_some()) {
        repair.remove_unfinished(&entries)?;
        repair.finish_swap()?;
        entries = repair.list()?;
    }
    let mut present = Present::default();
    for (name, len) in &entries {
        match name.kind {
            Kind::Log => drop(present.logs.insert(name.offset, *len)),
            Kind::Snapshot => drop(present.snapshots.insert(name.offset)),
            kind => drop(present.indexes.insert((name.offset, kind), *len)),
        }
    }
    let orphans: Vec<_> = present
        .indexes
        .keys()
        .filter(|(offset, _)| !present.logs.contains_key(offset))
        .copied()
        .collect();
    for (offset, kind) in orphans {
        repair.remove(&files::path(dir, offset, kind))?;
        present.indexes.remove(&(offset, kind));
    }
    present.is_dirty = repair.is_dirty;
    present.quarantined = repair.quarantined;
    Ok(present)
}

struct Repair<'a> {
    fs: &'a dyn FileSystem,
    dir: &'a Path,
    is_dirty: bool,
    quarantined: usize,
}

impl Repair<'_> {
    fn list(&mut self) -> Result<Vec<(Name, u64)>, Fault> {
        let entries = self
            .fs
            .read_dir(self.dir)
            .map_err(|error| Fault::new("list", self.dir, error))?;
        let parse = |entry: &DirEntry| {
            let name = Name::parse(entry.name.to_str()?)?;
            (!entry.metadata.is_dir).then_some((name, entry.metadata.len))
        };
        let is_aside = |entry: &&DirEntry| entry.name.to_str().is_some_and(is_quarantined);
        self.quarantined = entries.iter().filter(is_aside).count();
        Ok(entries.iter().filter_map(parse).collect())
    }

    fn remove(&mut self, path: &Path) -> Result<(), Fault> {
        self.is_dirty = true;
        self.fs
            .remove_file(path)
            .map_err(|error| Fault::new("remove", path, error))
    }

    fn path_of(&self, name: &Name) -> std::path::PathBuf {
        let path = files::path(self.dir, name.offset, name.kind);
        match name.suffix {
            None => path,
            Some(suffix) => files::suffixed(&path, suffix),
        }
    }

    fn remove_unfinished(&mut self, entries: &[(Name, u64)]) -> Result<(), Fault> {
        let first_cleaned = entries
            .iter()
            .filter(|(name, _)| name.suffix == Some(Suffix::Cleaned))
            .map(|(name, _)| name.offset)
            .min();
        // A `.swap` without the `.cleaned` that tells would be taken for a whole one.
        let is_unfinished = |(name, _): &&(Name, u64)| {
            name.suffix == Some(Suffix::Swap)
                && first_cleaned.is_some_and(|first| name.offset >= first)
        };
        let unfinished: Vec<_> = entries.iter().filter(is_unfinished).collect();
        for (name, _) in &unfinished {
            self.remove(&self.path_of(name))?;
        }
        if !unfinished.is_empty() {
            self.sync()?;
        }
        for (name, _) in entries {
            if matches!(name.suffix, Some(Suffix::Deleted | Suffix::Cleaned)) {
                self.remove(&self.path_of(name))?;
            }
        }
        Ok(())
    }

    fn sync(&self) -> Result<(), Fault> {
        let synced = self.fs.sync_dir(self.dir);
        synced.map_err(|error| Fault::new("sync", self.dir, error))
    }

    fn finish_swap(&mut self) -> Result<(), Fault> {
        let entries = self.list()?;
        let swaps = || {
            let is_swap = |(name, _): &&(Name, u64)| name.suffix == Some(Suffix::Swap);
            entries.iter().filter(is_swap)
        };
        let logs = || swaps().filter(|(name, _)| name.kind == Kind::Log);
        if let Some(start) = logs().map(|(name, _)| name.offset).min() {
            let mut end = start;
            for (name, len) in logs() {
                // Also one without a batch replaces the segment of its name.
                let next = self.next_offset(name, *len)?.0;
                end = end.max(next).max(name.offset.saturating_add(1));
            }
            for (name, _) in &entries {
                let is_replaced = name.suffix.is_none()
                    && name.kind != Kind::Snapshot
                    && (start..end).contains(&name.offset);
                if is_replaced {
                    self.remove(&self.path_of(name))?;
                }
            }
            // A new name that survives while an old one does too would give offsets twice.
            self.sync()?;
        }
        for (name, _) in swaps() {
            let from = self.path_of(name);
            self.is_dirty = true;
            self.fs
                .rename(&from, &files::path(self.dir, name.offset, name.kind))
                .map_err(|error| Fault::new("rename", &from, error))?;
        }
        Ok(())
    }

    /// The offset behind the last whole batch of a file.
    fn next_offset(&self, name: &Name, len: u64) -> Result<Offset, Fault> {
        let path = self.path_of(name);
        let file = self
            .fs
            .open(&path, Access::Read)
            .map_err(|error| Fault::new("open", &path, error))?;
        let mut scan = Scan::new(&*file, 0, len);
        let mut next = Offset(name.offset);
        while let Ok(Some(found)) = scan.next() {
            next = found.header.last_offset().next();
        }
        Ok(next)
    }
}
