//! Kafka's partition log in Kafka's own files, over a small file-system trait.
//!
//! Responsible for segments, indexes, recovery, retention, producer and epoch state, checkpoints and
//! the identity of a log directory. Not responsible for requests, replication, or who may read.

pub mod directory;
pub mod fs;
pub mod snapshot;
