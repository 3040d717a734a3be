//! Kafka's partition log in Kafka's own files, over a small file-system trait.
//!
//! Responsible for segments, indexes, recovery, retention, producer and epoch state, checkpoints and
//! the identity of a log directory. Not responsible for requests, replication, or who may read.

pub mod directory;
pub mod fs;
mod log;
pub mod snapshot;

pub use log::{
    AbortedTransaction, AppendError, Appended, Cut, Fault, Log, LogConfig, OpenState, Origin,
    ProducerBatch, ProducerState, ReadError, Recovered, Slice, StorageError, TimestampedOffset,
};
