//! Kafka's partition log in Kafka's own files, over a small file-system trait.
//!
//! Responsible for segments, indexes, recovery, retention, compaction, producer and epoch state, checkpoints and
//! the identity of a log directory. Not responsible for requests, replication, or who may read.
//!
//! A program with a log of its own (`examples/embed.rs`; `cargo test` runs it):
//!
#![doc = "```no_run"]
#![doc = include_str!("../examples/embed.rs")]
#![doc = "```"]
//!
//! What a broker does, with the file system of its tests:
//!
//! ```
//! use std::sync::Arc;
//!
//! use ottla_records::{
//!     BatchBuilder, Decompressor, RecordDraft,
//!     validate::{Rules, validate_produce_batch},
//! };
//! use ottla_storage::{Log, LogConfig, OpenState, fs::MemoryFileSystem};
//! use ottla_types::{LeaderEpoch, Now, Offset};
//!
//! let fs = Arc::new(MemoryFileSystem::new());
//! let now = Now::default();
//! let (log, _) = Log::open(fs, "/data/orders-0".into(), LogConfig::default(), OpenState::default())?;
//!
//! let mut builder = BatchBuilder::new();
//! builder.append(&RecordDraft { value: Some(b"an order"), ..RecordDraft::default() });
//! let bytes = builder.build()?;
//! let batch = validate_produce_batch(&bytes, &Rules::default(), now.wall, &mut Decompressor::new())?;
//! let appended = log.append_as_leader(now, &batch, LeaderEpoch(0))?;
//!
//! assert_eq!(appended.first_offset, Offset(0));
//! assert_eq!(log.flush()?, Offset(1));
//! assert_eq!(log.read(Offset(0), 1024, log.log_end_offset(), true)?.data.len(), bytes.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod directory;
pub mod fs;
mod log;
pub mod snapshot;

pub use log::{
    AbortedTransaction, AppendError, Appended, CleanError, CleanTools, Cleaned, Cut, Dirtiness,
    Fault, FirstBatch, Full, Log, LogConfig, OffsetMap, OpenState, Origin, Pace, ProducerBatch,
    ProducerState, ReadError, Recovered, Slice, StorageError, TimestampedOffset, Verification,
    VerificationGuard, close_together, filthiest,
};
