//! The operating system's files.
//!
//! Positional calls only, so that one open file serves a writer and any number of readers. Linux:
//! `pwritev`, `pread`, `fdatasync`, `fallocate` and open-file-description locks.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, IoSlice},
    num::NonZeroU64,
    os::{
        fd::{AsFd as _, BorrowedFd},
        unix::fs::MetadataExt as _,
    },
    path::Path,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use nix::fcntl::{FcntlArg, fcntl};
use ottla_types::Saturate;
use rustix::{
    buffer::spare_capacity,
    fs::{Advice, FallocateFlags},
    io::Errno,
};

use super::{Access, DirEntry, File, FileSystem, Lock, Metadata, OpenFiles};

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsFileSystem;

impl FileSystem for OsFileSystem {
    fn space(&self, path: &Path) -> io::Result<Option<(u64, u64)>> {
        let volume = rustix::fs::statvfs(path)?;
        let bytes = |blocks: u64| blocks.saturating_mul(volume.f_frsize);
        Ok(Some((bytes(volume.f_blocks), bytes(volume.f_bavail))))
    }

    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        let mut options = OpenOptions::new();
        options.read(true);
        match access {
            Access::Read => {}
            Access::Write => {
                options.write(true);
            }
            Access::Create => {
                options.write(true).create(true).truncate(false);
            }
            Access::CreateNew => {
                options.write(true).create_new(true);
            }
        }
        let file = with_room(|| options.open(path))?;
        Ok(Arc::new(OsFile(file)))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in with_room(|| fs::read_dir(path))? {
            let entry = entry?;
            match fs::metadata(entry.path()) {
                Ok(metadata) => entries.push(DirEntry {
                    name: entry.file_name(),
                    metadata: describe(&metadata),
                }),
                // Removed since the listing began, or a link to nothing.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        fs::metadata(path).map(|metadata| describe(&metadata))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        with_room(|| fs::remove_dir_all(path))
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        // The directory of a path that is a bare name.
        let here = path.as_os_str().is_empty();
        let path = if here { Path::new(".") } else { path };
        with_room(|| fs::File::open(path))?.sync_all()
    }

    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        if !tells_failures() {
            return Ok(false);
        }
        let mut volumes = BTreeMap::new();
        for path in paths {
            volumes.insert(fs::metadata(path)?.dev(), *path);
        }
        for path in volumes.into_values() {
            rustix::fs::syncfs(with_room(|| fs::File::open(path))?)?;
        }
        Ok(true)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = with_room(|| options.open(path))?;
            try_lock(&file)?;
            // Apache Kafka removes the file when it stops: then what we locked may have lost its
            // name, and another may lock a new file under it.
            let locked = file.metadata()?;
            match fs::metadata(path) {
                Ok(named) if (named.dev(), named.ino()) == (locked.dev(), locked.ino()) => {
                    return Ok(Box::new(OsLock(file)));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn with_room<T>(open: impl Fn() -> io::Result<T>) -> io::Result<T> {
    OpenFiles::of_process().with_room(open)
}

/// Whether `syncfs` says that something could not be written: since Linux 5.8.
fn tells_failures() -> bool {
    let system = rustix::system::uname();
    let release = system.release().to_string_lossy();
    let mut numbers = release.split(|c: char| !c.is_ascii_digit());
    let mut number = || numbers.next().and_then(|digits| digits.parse().ok());
    let version: Option<(u32, u32)> = number().zip(number());
    version.is_some_and(|version| version >= (5, 8))
}

fn try_lock(file: &fs::File) -> io::Result<()> {
    // Apache Kafka's lock is a process-owned record lock over the whole file; a description lock
    // conflicts with it, and also with a second opener in our own process.
    let whole_file = nix::libc::flock {
        l_type: i16::try_from(nix::libc::F_WRLCK).map_err(io::Error::other)?,
        l_whence: i16::try_from(nix::libc::SEEK_SET).map_err(io::Error::other)?,
        l_start: 0,
        l_len: 0,
        l_pid: 0,
    };
    match fcntl(file, FcntlArg::F_OFD_SETLK(&whole_file)) {
        Ok(_) => Ok(()),
        Err(nix::errno::Errno::EACCES) => Err(io::ErrorKind::WouldBlock.into()),
        Err(error) => Err(error.into()),
    }
}

/// The lock ends when the description is closed.
#[derive(Debug)]
struct OsLock(#[expect(dead_code, reason = "held open for the lock it carries")] fs::File);

impl Lock for OsLock {}

#[derive(Debug)]
struct OsFile(fs::File);

impl File for OsFile {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        let total: usize = parts.iter().map(|part| part.len()).sum();
        let first = &parts[..parts.len().min(MAX_PARTS)];
        let written = write_some(&self.0, first, offset)?;
        if written == total {
            return Ok(());
        }
        let mut rest = parts.to_vec();
        let mut rest = rest.as_mut_slice();
        let mut offset = offset;
        let mut written = written;
        loop {
            IoSlice::advance_slices(&mut rest, written);
            offset += widen(written);
            if rest.is_empty() {
                return Ok(());
            }
            written = write_some(&self.0, &rest[..rest.len().min(MAX_PARTS)], offset)?;
            if written == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        let start = to.len();
        to.reserve_exact(max);
        let spare = to.capacity() - start;
        let result = if spare <= max.saturating_add(OVERREAD) {
            read_into_spare(&self.0, to, max, offset)
        } else {
            to.resize(start + max, 0);
            read_into_slice(&self.0, &mut to[start..], offset)
        };
        to.truncate(start + result.as_ref().map_or(0, |read| max.min(*read)));
        result.map(|read| max.min(read))
    }

    fn len(&self) -> io::Result<u64> {
        self.0.metadata().map(|metadata| metadata.len())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        if len == 0 {
            return Ok(());
        }
        loop {
            match rustix::fs::fallocate(&self.0, FallocateFlags::KEEP_SIZE, offset, len) {
                Err(Errno::INTR) => {}
                Err(Errno::OPNOTSUPP | Errno::NOSYS) => return Ok(()),
                result => return Ok(result?),
            }
        }
    }

    fn set_modified(&self, ms: i64) -> io::Result<()> {
        let since = Duration::from_millis(ms.saturate());
        self.0.set_modified(UNIX_EPOCH + since)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn let_go(&self, offset: u64, len: u64) {
        if let Some(len) = NonZeroU64::new(len) {
            // Linux begins to write what is dirty of the range before it drops the rest. An error of
            // that is told by the next sync.
            rustix::fs::fadvise(&self.0, offset, Some(len), Advice::DontNeed).ok();
        }
    }

    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        Some(self.0.as_fd())
    }
}

fn describe(metadata: &fs::Metadata) -> Metadata {
    let is_dir = metadata.is_dir();
    Metadata {
        len: if is_dir { 0 } else { metadata.len() },
        is_dir,
        modified_ms: metadata.mtime() * 1000 + metadata.mtime_nsec() / 1_000_000,
    }
}

fn write_some(file: &fs::File, parts: &[IoSlice<'_>], offset: u64) -> io::Result<usize> {
    loop {
        match rustix::io::pwritev(file, parts, offset) {
            Err(Errno::INTR) => {}
            result => return Ok(result?),
        }
    }
}

/// Reads until `max` bytes or more have been appended to `to`, without zeroing its spare capacity.
fn read_into_spare(
    file: &fs::File,
    to: &mut Vec<u8>,
    max: usize,
    offset: u64,
) -> io::Result<usize> {
    let mut read = 0;
    while read < max {
        match rustix::io::pread(file, spare_capacity(to), offset + widen(read)) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(read)
}

fn read_into_slice(file: &fs::File, to: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut read = 0;
    while read < to.len() {
        match rustix::io::pread(file, &mut to[read..], offset + widen(read)) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(read)
}

const fn widen(len: usize) -> u64 {
    len as u64
}

/// Linux takes at most this many parts in one call (`IOV_MAX`).
const MAX_PARTS: usize = 1024;

/// A read may fill this much spare capacity beyond what was asked for and drop it again; with more
/// than that to spare, zeroing what was asked for costs less than reading what was not.
const OVERREAD: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    fn file(directory: &tempfile::TempDir) -> Arc<dyn File> {
        let path = directory.path().join("file");
        OsFileSystem.open(&path, Access::Create).unwrap()
    }

    #[test]
    fn writes_more_parts_than_one_call_takes() {
        let directory = tempfile::tempdir().unwrap();
        let file = file(&directory);
        let bytes: Vec<[u8; 3]> = (0..=255).cycle().take(3000).map(|byte| [byte; 3]).collect();
        let parts: Vec<IoSlice<'_>> = bytes.iter().map(|part| IoSlice::new(part)).collect();
        file.write_at(&parts, 5).unwrap();
        file.sync_data().unwrap();
        assert_eq!(file.len().unwrap(), 9005);

        let mut read = Vec::new();
        assert_eq!(file.read_at(&mut read, 9000, 5).unwrap(), 9000);
        assert_eq!(read, bytes.concat());
    }

    #[test]
    fn writes_nothing_without_an_error() {
        let directory = tempfile::tempdir().unwrap();
        let file = file(&directory);
        file.write_at(&[], 0).unwrap();
        file.write_at(&[IoSlice::new(b""), IoSlice::new(b"")], 7)
            .unwrap();
        assert!(file.is_empty().unwrap());
    }

    #[test]
    fn reads_append_and_stop_at_the_end_whatever_capacity_is_spare() {
        let directory = tempfile::tempdir().unwrap();
        let file = file(&directory);
        file.write_at(&[IoSlice::new(b"0123456789")], 0).unwrap();
        for capacity in [0, 3, 5, 100, OVERREAD + 200] {
            let mut to = Vec::with_capacity(capacity);
            to.extend_from_slice(b"ab");
            assert_eq!(file.read_at(&mut to, 4, 2).unwrap(), 4, "{capacity}");
            assert_eq!(to, b"ab2345", "{capacity}");
            assert_eq!(file.read_at(&mut to, 40, 8).unwrap(), 2, "{capacity}");
            assert_eq!(to, b"ab234589", "{capacity}");
            assert_eq!(file.read_at(&mut to, 40, 800).unwrap(), 0, "{capacity}");
            assert_eq!(to, b"ab234589", "{capacity}");
        }
    }

    #[test]
    fn a_failed_read_leaves_what_was_there() {
        let directory = tempfile::tempdir().unwrap();
        let file = OsFileSystem.open(directory.path(), Access::Read).unwrap();
        let mut to = b"ab".to_vec();
        assert!(file.read_at(&mut to, 10, 0).is_err());
        assert_eq!(to, b"ab");
    }

    #[test]
    fn allocation_keeps_the_length() {
        let directory = tempfile::tempdir().unwrap();
        let file = file(&directory);
        file.write_at(&[IoSlice::new(b"abc")], 0).unwrap();
        file.allocate(0, 1 << 20).unwrap();
        file.allocate(3, 0).unwrap();
        assert_eq!(file.len().unwrap(), 3);
        file.set_len(2).unwrap();
        assert_eq!(file.len().unwrap(), 2);
    }

    #[test]
    fn a_volume_is_synced_where_failures_are_told() {
        let directory = tempfile::tempdir().unwrap();
        file(&directory).set_len(1).unwrap();
        let paths = [directory.path(), Path::new("/proc")];
        let synced = OsFileSystem.sync_volumes(&paths).unwrap();
        assert_eq!(synced, tells_failures());
    }

    #[test]
    fn the_directory_of_a_bare_name_is_the_working_one() {
        OsFileSystem.sync_dir(Path::new("")).unwrap();
    }

    #[test]
    fn a_lock_file_that_was_removed_is_made_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(".lock");
        let first = OsFileSystem.lock(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let second = OsFileSystem.lock(&path).unwrap();
        drop(first);
        assert!(OsFileSystem.lock(&path).is_err());
        drop(second);
    }

    #[test]
    fn a_second_lock_is_refused_until_the_first_is_dropped() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(".lock");
        let first = OsFileSystem.lock(&path).unwrap();
        let refused = OsFileSystem.lock(&path).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::WouldBlock);
        // Looking at the file does not give the lock away, as it would with a process-owned one.
        OsFileSystem.read(&path).unwrap();
        assert!(OsFileSystem.lock(&path).is_err());
        drop(first);
        OsFileSystem.lock(&path).unwrap();
    }
}
