//! The log of one partition.
//!
//! Responsible for the files of a partition's directory but `partition.metadata`: segments, their
//! indexes, producer snapshots, leader epochs. Not responsible for the checkpoints that lie beside the
//! directories, nor for the high watermark: callers pass it.
//!
//! L1  log start <= log end, durable end <= log end; a recovery point is never past the durable end
//! L2  readers see whole batches only, and never bytes that were cut off and written again
//! L3  what a flush returned as durable is there after a power cut
//! L4  after a write or sync failed, other than for lack of space or descriptors, the log answers nothing
//!     but that
//! L5  indexes, snapshots and epochs are what a scan of the segments gives
//!
//! Locks, outermost first: the turn to flush, `flushing`, `writer`, then `producers` before
//! `verifications`, and one of `view`, `epochs` and those of a segment. Only the first two are held over a call of the system.
//!
//! Spec: KIP-98, KIP-101, KIP-279, KIP-320, KIP-405 (names of offsets), KIP-890.

use std::{
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use ottla_types::{LeaderEpoch, Mono, Offset, ProducerId};
use parking_lot::Mutex;

use crate::fs::FileSystem;

mod append;
mod buffers;
mod clean;
mod close;
mod config;
mod embedded;
mod epochs;
mod error;
mod file_bytes;
mod files;
mod flush;
mod group;
mod index;
mod index_files;
mod lookup;
mod open;
mod producers;
mod quarantine;
mod read;
mod recent;
mod recover;
mod repair;
mod replay;
mod retention;
mod roll;
mod scan;
mod segment;
mod snapshot;
mod snapshots;
mod truncate;
mod turns;
mod verification;
mod walk;

pub use append::Appended;
pub use clean::{CleanError, CleanTools, Cleaned, Dirtiness, Full, OffsetMap, Pace, filthiest};
pub use close::close_together;
pub use config::LogConfig;
pub use error::{AppendError, Fault, ReadError, StorageError};
pub use lookup::{AbortedTransaction, TimestampedOffset};
pub use open::{Cut, OpenState, Recovered};
pub use producers::{Origin, ProducerBatch, ProducerState};
pub use read::Slice;
pub use verification::{FirstBatch, Verification, VerificationGuard};

use epochs::Epochs;
use producers::Producers;
use recent::Recent;
use segment::Segment;
use snapshots::Snapshots;
use turns::Turns;
use verification::Verifications;

/// The log of one partition. All methods may be called from any thread.
#[derive(Debug)]
pub struct Log {
    fs: Arc<dyn FileSystem>,
    dir: Arc<Path>,
    flushing: Mutex<Flushing>,
    turns: Turns,
    writer: Mutex<Writer>,
    view: Mutex<View>,
    recent: Mutex<Recent>,
    /// Snapshots made when a segment was closed, to be written.
    pending_snapshots: Mutex<Vec<(i64, Vec<u8>)>>,
    producers: Mutex<Producers>,
    verifications: Mutex<Verifications>,
    epochs: Mutex<Epochs>,
    /// Copies for those who ask often.
    log_start: AtomicI64,
    log_end: AtomicI64,
    durable_end: AtomicI64,
    /// Everything before this offset is in the index files, closing entries included.
    checkpointed: AtomicI64,
    size: AtomicU64,
    /// The file of epochs says those of all records before this offset.
    epochs_written: AtomicI64,
    /// When the log was flushed because it was time, as [`Mono`].
    flushed_at: AtomicU64,
    /// Whether index entries came that others do not see in the files.
    has_hidden_entries: AtomicBool,
    /// Whether a transaction is open or perhaps not replicated.
    unstable: AtomicBool,
    /// Odd while the end is cut off; readers begin again when it changed, and what they left in the
    /// file to be sent is refused.
    cuts: Arc<AtomicU64>,
    /// Least offset that the end was cut back to since the log was cleaned.
    cut_to: AtomicI64,
    /// Whether the directory holds names that a power cut may undo.
    names_dirty: AtomicBool,
    /// Whether a power cut may undo the directory itself.
    dir_dirty: AtomicBool,
    /// Whether no power cut takes the name of the first segment.
    is_named: AtomicBool,
    /// Whether whoever closes it syncs the volume.
    syncs_later: AtomicBool,
    /// Whether no file may be changed any more. Set under `flushing` and `writer`.
    closed: AtomicBool,
    fault: OnceLock<Box<Fault>>,
}

/// What readers see: always consistent in itself.
#[derive(Clone, Debug)]
struct View {
    /// In offset order, never empty. The last one is appended to.
    segments: Arc<[Arc<Segment>]>,
    end: Offset,
    /// Bytes of the last segment before `end`.
    position: u64,
}

/// What only appends need.
#[derive(Debug)]
struct Writer {
    config: Arc<LogConfig>,
    bytes_since_index: u64,
    doomed: Vec<Doomed>,
}

/// What only the flusher needs.
#[derive(Debug)]
struct Flushing {
    /// Offsets of the producer snapshots on disk.
    snapshots: Snapshots,
    /// Whether the file of epochs was written, and waits for its name.
    has_new_epochs: bool,
}

/// Files that wait for their last readers.
#[derive(Debug)]
struct Doomed {
    paths: Vec<std::path::PathBuf>,
    due: Mono,
}

impl View {
    fn active(&self) -> &Arc<Segment> {
        self.segments
            .last()
            .expect("invariant: a log has a segment")
    }

    /// Index of the segment that holds `offset`.
    fn floor(&self, offset: Offset) -> usize {
        self.segments
            .partition_point(|segment| segment.base() <= offset.0)
            .saturating_sub(1)
    }

    /// Bytes of batches in the segment at `index`.
    fn size_of(&self, index: usize) -> u64 {
        match self.segments.get(index) {
            Some(_) if index + 1 == self.segments.len() => self.position,
            Some(segment) => segment.size(),
            None => 0,
        }
    }
}

impl Log {
    /// The directory.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The first offset that can be read.
    #[must_use]
    pub fn log_start_offset(&self) -> Offset {
        Offset(self.log_start.load(Ordering::Acquire))
    }

    /// The offset that the next record gets.
    #[must_use]
    pub fn log_end_offset(&self) -> Offset {
        Offset(self.log_end.load(Ordering::Acquire))
    }

    /// Everything before this offset survives a power cut.
    #[must_use]
    pub fn durable_end_offset(&self) -> Offset {
        Offset(self.durable_end.load(Ordering::Acquire))
    }

    /// Bytes of all segments.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    /// Number of segments.
    #[must_use]
    pub fn segment_count(&self) -> usize {
        self.view.lock().segments.len()
    }

    /// Base offsets and sizes of the segments.
    #[must_use]
    pub fn segments(&self) -> Vec<(Offset, u64)> {
        let view = self.view();
        let describe = |(index, segment): (usize, &Arc<Segment>)| {
            (Offset(segment.base()), view.size_of(index))
        };
        view.segments.iter().enumerate().map(describe).collect()
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> Arc<LogConfig> {
        Arc::clone(&self.writer.lock().config)
    }

    /// Replaces the settings; they hold from the next call on.
    pub fn update_config(&self, config: impl Into<Arc<LogConfig>>) {
        self.writer.lock().config = config.into();
    }

    /// The failure that took the log out of service.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.get().map(|fault| &**fault)
    }

    /// Takes the log out of service for something that failed beside it: the disk it is on.
    pub fn take_out_of_service(&self, fault: &Fault) {
        self.latch(fault);
        self.release_files();
    }

    /// What is known of a producer.
    #[must_use]
    pub fn producer(&self, id: ProducerId) -> Option<ProducerState> {
        self.producers.lock().get(id).cloned()
    }

    /// What is known of all producers, by id.
    #[must_use]
    pub fn producers(&self) -> Vec<(ProducerId, ProducerState)> {
        let producers = self.producers.lock();
        producers
            .iter()
            .map(|(id, state)| (id, state.clone()))
            .collect()
    }

    /// The last leader epoch.
    #[must_use]
    pub fn latest_epoch(&self) -> Option<LeaderEpoch> {
        self.epochs.lock().latest()
    }

    /// All leader epochs with their first offsets.
    #[must_use]
    pub fn epochs(&self) -> Vec<(LeaderEpoch, Offset)> {
        self.epochs.lock().entries().to_vec()
    }

    /// The epoch of the record at `offset`.
    #[must_use]
    pub fn epoch_at(&self, offset: Offset) -> Option<LeaderEpoch> {
        self.epochs.lock().epoch_at(offset)
    }

    /// The largest epoch up to `epoch`, and the offset after its last record. `None` if `epoch` is
    /// larger than all epochs of the log.
    ///
    /// Spec: KIP-279, KIP-320; OffsetForLeaderEpoch.
    #[must_use]
    pub fn end_offset_for_epoch(&self, epoch: LeaderEpoch) -> Option<(LeaderEpoch, Offset)> {
        let epochs = self.epochs.lock();
        epochs.end_offset_for(epoch, self.log_end_offset())
    }

    /// Closes the descriptors of idle files; they are opened again when they are needed.
    pub fn release_files(&self) {
        for segment in self.view().segments.iter() {
            segment.release_files();
        }
    }

    fn view(&self) -> View {
        self.view.lock().clone()
    }

    fn check_open(&self) -> Result<(), StorageError> {
        self.check_in_service()?;
        if self.closed.load(Ordering::Acquire) {
            return Err(StorageError::Closed);
        }
        Ok(())
    }

    fn check_in_service(&self) -> Result<(), StorageError> {
        match self.fault() {
            None => Ok(()),
            Some(fault) => Err(StorageError::Latched(fault.clone())),
        }
    }

    /// Takes the log out of service, unless only space or descriptors are missing.
    fn failed(&self, operation: &'static str, path: &Path, error: std::io::Error) -> Fault {
        let fault = Fault::new(operation, path, error);
        if !fault.is_shortage() {
            self.latch(&fault);
        }
        fault
    }

    fn latch(&self, fault: &Fault) {
        self.fault.get_or_init(|| Box::new(fault.clone()));
    }
}

#[cfg(test)]
mod tests;
