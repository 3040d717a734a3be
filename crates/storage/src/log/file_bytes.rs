//! Bytes that are sent from a log's file after the read that found them.
//!
//! The file stays open, so that neither retention nor the removal of the topic takes them away. Only
//! a cut of the log's end can change what lies there; from then on nothing is given any more.

use std::{
    io,
    os::fd::BorrowedFd,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ottla_wire::FileBytes;

use crate::fs::File;

/// A segment's file as it was at one time.
#[derive(Debug)]
pub(super) struct LogBytes {
    file: Arc<dyn File>,
    cuts: Arc<AtomicU64>,
    cuts_then: u64,
}

impl LogBytes {
    /// `cuts` counts the cuts of the log that the file belongs to.
    pub(super) fn new(file: Arc<dyn File>, cuts: &Arc<AtomicU64>) -> Self {
        Self {
            file,
            cuts: Arc::clone(cuts),
            cuts_then: cuts.load(Ordering::Acquire),
        }
    }

    fn check_uncut(&self) -> io::Result<()> {
        if self.cuts.load(Ordering::Acquire) == self.cuts_then {
            return Ok(());
        }
        Err(io::Error::other("the log was cut off before all was sent"))
    }
}

impl FileBytes for LogBytes {
    fn read_at(&self, to: &mut Vec<u8>, max: usize, position: u64) -> io::Result<usize> {
        let before = to.len();
        let read = self.file.read_at(to, max, position)?;
        // Asked last: a cut that begins now changes nothing that was copied.
        self.check_uncut().inspect_err(|_| to.truncate(before))?;
        Ok(read)
    }

    fn descriptor(&self) -> io::Result<Option<BorrowedFd<'_>>> {
        self.check_uncut()?;
        Ok(self.file.descriptor())
    }
}
