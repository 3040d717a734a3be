//! Zeros written ahead of the batches, where somebody waits for every few of them to be on disk.
//!
//! A sync of bytes that make their file longer has the file system write down the new length and the
//! new blocks too: several writes that wait for each other, where bytes in the place of zeros are one.
//! So a log that is synced in small pieces has its appends write zeros behind themselves now and then,
//! for the syncs to come. They are what `preallocate` leaves there: recovery takes them for the end of the
//! log, and so does Apache Kafka's; a segment loses them when it is closed.

use std::sync::atomic::{AtomicBool, Ordering};

use ottla_types::{Offset, Saturate};

use super::{Log, StorageError, Writer, segment::Segment};

/// Whether it is worth while.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// The last sync that somebody waited for was of a small piece.
    syncs_little: AtomicBool,
}

impl Log {
    /// As [`flush`](Self::flush), for those who wait for it after every few appends: the appends to come
    /// are made cheaper to sync.
    ///
    /// # Errors
    /// [`StorageError`]; a failed sync takes the log out of service.
    pub fn flush_often(&self) -> Result<Offset, StorageError> {
        let segment = self.view().active().clone();
        let unsynced = segment.size().saturating_sub(segment.synced());
        if unsynced > 0 {
            let is_little = unsynced <= LITTLE;
            self.ahead.syncs_little.store(is_little, Ordering::Relaxed);
        }
        self.flush()
    }

    /// The zeros to be written with an append that ends at `end`: no more bytes than there are before,
    /// so that small logs stay small.
    pub(super) fn ahead_of(&self, writer: &Writer, segment: &Segment, end: u64) -> &'static [u8] {
        if !self.ahead.syncs_little.load(Ordering::Relaxed) || end <= segment.ahead() {
            return &[];
        }
        let wanted = (end + end.min(MOST)).next_multiple_of(BLOCK);
        let count = wanted.min(writer.config.segment_bytes).saturating_sub(end);
        ZEROS.get(..count.saturate()).unwrap_or(&ZEROS)
    }
}

/// More bytes than these take their time to be written, and zeros would double that.
const LITTLE: u64 = 128 << 10;
/// Most zeros at a time, up to a block.
const MOST: u64 = 512 << 10;
const BLOCK: u64 = 4096;

static ZEROS: [u8; (512 << 10) + 4096] = [0; (512 << 10) + 4096];
