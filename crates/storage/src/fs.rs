//! The file system as storage sees it.
//!
//! Responsible for naming the few operations whose order decides what survives a power cut. Every
//! one of them goes through here, so that a test can lose, tear or refuse each.
//!
//! F1  `File::write_at` writes all bytes or fails; after a failure the file may hold any prefix
//! F2  written bytes survive a power cut only after `File::sync_data`; names only after `sync_dir`

mod memory;
mod open_files;
mod os;

use std::{
    ffi::OsString,
    fmt::Debug,
    io::{self, IoSlice},
    os::fd::BorrowedFd,
    path::Path,
    sync::Arc,
};

pub use memory::{Crash, CrashPoint, MemoryFileSystem, enumerate_crashes};
pub use open_files::OpenFiles;
pub(crate) use open_files::{Slots, is_no_descriptor};
pub use os::OsFileSystem;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// For reading; it must exist.
    Read,
    /// For reading and writing; it must exist.
    Write,
    /// For reading and writing; made empty when it does not exist.
    Create,
    /// For reading and writing; it must not exist.
    CreateNew,
}

/// What a directory or file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Length in bytes, 0 for directories.
    pub len: u64,
    /// Whether it is a directory.
    pub is_dir: bool,
    /// Last modification, milliseconds since 1970.
    pub modified_ms: i64,
}

/// An entry of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirEntry {
    /// Its name alone.
    pub name: OsString,
    /// What it is.
    pub metadata: Metadata,
}

/// An open file. All calls are positional and may run at the same time.
pub trait File: Debug + Send + Sync {
    /// Writes all parts one after the other at `offset`.
    ///
    /// # Errors
    /// What the system says; the file may then hold any prefix.
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()>;

    /// Appends up to `max` bytes from `offset` to `to`; fewer only at the end of the file.
    ///
    /// # Errors
    /// What the system says.
    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize>;

    /// The length in bytes.
    ///
    /// # Errors
    /// What the system says.
    fn len(&self) -> io::Result<u64>;

    /// Whether it holds no byte.
    ///
    /// # Errors
    /// What the system says.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Cuts or extends (with zeros) to `len`.
    ///
    /// # Errors
    /// What the system says.
    fn set_len(&self, len: u64) -> io::Result<()>;

    /// Reserves space for `[offset, offset + len)` without changing the length. A hint: a file
    /// system that cannot does nothing.
    ///
    /// # Errors
    /// When there is no space.
    fn allocate(&self, offset: u64, len: u64) -> io::Result<()>;

    /// Sets the time of the last change, milliseconds since 1970. A hint: a file system that cannot
    /// does nothing.
    ///
    /// # Errors
    /// What the system says.
    fn set_modified(&self, ms: i64) -> io::Result<()> {
        let _ = ms;
        Ok(())
    }

    /// Makes all written bytes survive a power cut.
    ///
    /// # Errors
    /// What the system says; the caller must then treat all unsynced bytes as lost.
    fn sync_data(&self) -> io::Result<()>;

    /// Says that bytes are not needed in memory soon: what was written of them begins to go to disk, what
    /// is there may leave memory. A hint, which makes nothing durable.
    fn let_go(&self, offset: u64, len: u64) {
        let _ = (offset, len);
    }

    /// The descriptor, for a system call that moves bytes out of the file; `None` if there is none.
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        None
    }
}

/// A lock on a file; released when dropped.
pub trait Lock: Debug + Send + Sync {}

/// A file system.
pub trait FileSystem: Debug + Send + Sync {
    /// Opens a file.
    ///
    /// # Errors
    /// What the system says.
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>>;

    /// Makes a directory and those above it.
    ///
    /// # Errors
    /// What the system says.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;

    /// Lists a directory in name order.
    ///
    /// # Errors
    /// What the system says.
    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>>;

    /// What stands at a path.
    ///
    /// # Errors
    /// What the system says; `NotFound` when nothing does.
    fn metadata(&self, path: &Path) -> io::Result<Metadata>;

    /// Renames, replacing the target when it is a file.
    ///
    /// # Errors
    /// What the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the system says.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a directory and all in it.
    ///
    /// # Errors
    /// What the system says.
    fn remove_dir_all(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a directory survive a power cut.
    ///
    /// # Errors
    /// What the system says.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;

    /// Locks the file at `path` (made when it does not exist) against every other opener, Apache
    /// Kafka included.
    ///
    /// # Errors
    /// `WouldBlock` when another holds it.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>>;

    /// Bytes in all and free to use, of the volume that `path` is on; `None` where that is not known.
    ///
    /// # Errors
    /// What the system says.
    fn space(&self, path: &Path) -> io::Result<Option<(u64, u64)>> {
        let _ = path;
        Ok(None)
    }

    /// Makes everything on the volumes that these paths are on survive a power cut, as syncs of all
    /// their files and directories would. `false` where that cannot be, or a failure would go unseen:
    /// nothing was synced then.
    ///
    /// # Errors
    /// What the system says; the caller must then treat all that was not synced as lost.
    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        let _ = paths;
        Ok(false)
    }

    /// The files that logs keep open. One count for all file systems of a process, if not said
    /// otherwise: the system limits the descriptors of a process.
    fn open_files(&self) -> &OpenFiles {
        OpenFiles::of_process()
    }

    /// The bytes of a whole file.
    ///
    /// # Errors
    /// What the system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = self.open(path, Access::Read)?;
        let len = usize::try_from(file.len()?).map_err(io::Error::other)?;
        let mut bytes = Vec::with_capacity(len);
        file.read_at(&mut bytes, len, 0)?;
        Ok(bytes)
    }

    /// Replaces a file so that after a power cut it holds the old bytes or the new ones, never a
    /// mixture: temporary file, sync, rename, sync of the directory.
    ///
    /// # Errors
    /// What the system says; the old bytes still stand.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".tmp");
        let temporary = Path::new(&temporary);
        let file = self.open(temporary, Access::Create)?;
        write_whole(&*file, bytes)?;
        file.sync_data()?;
        self.rename(temporary, path)?;
        match path.parent() {
            Some(directory) => self.sync_dir(directory),
            None => Ok(()),
        }
    }
}

/// Makes `bytes` all that a file holds.
///
/// One that is empty is not cut: ext4 takes that for an overwriting, and writes such a file out when it
/// is closed.
pub(crate) fn write_whole(file: &dyn File, bytes: &[u8]) -> io::Result<()> {
    if !file.is_empty()? {
        file.set_len(0)?;
    }
    file.write_at(&[IoSlice::new(bytes)], 0)
}

#[cfg(test)]
mod tests;
