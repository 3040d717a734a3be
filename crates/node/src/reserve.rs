//! Space that is held back for the small files of the metadata log.
//!
//! A full disk must not end a node whose producers filled it. The records of the quorum go where its log
//! was made longer ahead of time; its vote and epochs are files that are replaced whole, and for these,
//! when a node starts at zero free bytes, a file is kept that is given up then. It is made again when
//! there is space.
//!
//! R1  losing the file, or not being able to make it, fails nothing

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use ottla_storage::fs::{Access, FileSystem};
use ottla_types::Mono;

/// Name of the file, in the metadata log's directory; Apache Kafka passes over files there.
const FILE: &str = ".ottla-reserve";
/// Each of the small files fits a block of 4 KiB and is replaced by way of a second one.
const BYTES: u64 = 64 << 10;
/// How long to wait before the file is made again.
const PAUSE: Duration = Duration::from_secs(10);

/// The file.
#[derive(Debug)]
pub(crate) struct Reserve {
    fs: Arc<dyn FileSystem>,
    path: PathBuf,
    is_held: bool,
    not_before: Mono,
}

impl Reserve {
    /// What an earlier start left in `directory`.
    pub(crate) fn find(fs: &Arc<dyn FileSystem>, directory: &Path) -> Self {
        let path = directory.join(FILE);
        Self {
            is_held: fs.metadata(&path).is_ok_and(|found| found.len == BYTES),
            fs: Arc::clone(fs),
            path,
            not_before: Mono(0),
        }
    }

    /// Makes the file if it is not there and may be by now.
    pub(crate) fn restore(&mut self, now: Mono) {
        if self.is_held || now < self.not_before {
            return;
        }
        self.not_before = now + PAUSE;
        let made = self.fs.open(&self.path, Access::Create).and_then(|file| {
            file.allocate(0, BYTES)?;
            file.set_len(BYTES)
        });
        self.is_held = made.is_ok();
        if !self.is_held {
            // A part of it would only be in the way.
            drop(self.fs.remove_file(&self.path));
        }
    }

    /// Gives the space up; whether there was any.
    pub(crate) fn release(&mut self, now: Mono) -> bool {
        if !self.is_held {
            return false;
        }
        self.is_held = false;
        self.not_before = now + PAUSE;
        self.fs.remove_file(&self.path).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use ottla_storage::fs::MemoryFileSystem;

    use super::*;

    #[test]
    fn it_is_given_up_once_and_made_again_when_there_is_space() {
        let disk = MemoryFileSystem::new();
        let fs: Arc<dyn FileSystem> = Arc::new(disk.clone());
        let at = |seconds: u64| Mono::from_ms(seconds * 1000);
        let mut reserve = Reserve::find(&fs, Path::new("/"));
        assert!(!reserve.release(at(0)));
        reserve.restore(at(0));
        assert!(Reserve::find(&fs, Path::new("/")).is_held);

        disk.limit_space(Some(BYTES));
        assert!(reserve.release(at(1)));
        assert!(!reserve.release(at(1)));
        let file = fs
            .open(Path::new("/other"), Access::Create)
            .expect("a file");
        file.write_at(&[std::io::IoSlice::new(b"grown")], 0)
            .expect("the space that was given up");
        reserve.restore(at(2));
        reserve.restore(at(11));
        assert!(!reserve.is_held, "somebody else has it");
        assert!(fs.metadata(&Path::new("/").join(FILE)).is_err());
        disk.limit_space(None);
        reserve.restore(at(12));
        assert!(!reserve.is_held, "not so soon");
        reserve.restore(at(21));
        assert!(reserve.is_held);
    }
}
