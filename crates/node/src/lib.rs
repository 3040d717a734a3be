//! The brain of one Ottla process: API handlers, routing between machines and logs, parked requests.
//!
//! Responsible for answering requests ([`Node::handle`]) from the metadata image, the partitions and
//! the coordinators of this process, and for its part in the metadata quorum ([`Quorum`]).
//! Not responsible for sockets, threads, clocks and entropy: time and seeds are arguments, and what
//! is to be done outside leaves as [`Output`].
//!
//! N1  an append that need not be synced never pulls the watermark past one that must
//! N2  readers take no lock that an append holds over a system call
//! N3  an image is published only after the logs of the partitions it adds exist
//! N4  every map that clients choose the keys of is bounded or seeded
//! N5  nothing of the metadata log is said to be durable before it was synced

mod api;
mod apply;
mod assignments;
mod call;
mod cleaning;
mod coordinators;
mod directories;
mod fetch_session;
mod fetch_wait;
mod handle;
mod lifecycle;
mod log_config;
mod metadata_log;
mod metadata_thread;
mod moves;
mod node;
mod output;
mod parked;
mod partition;
mod partitions;
mod producer_ids;
mod quorum;
pub mod quorum_state;
mod random;
mod refusal;
mod reserve;
mod storage;
mod topics;
mod upkeep;

pub use apply::ApplyFault;
pub use call::ConnectionFacts;
pub use cleaning::{CleaningFault, CleaningJob};
pub use directories::{Directories, Directory, DirectoryError, LogCut};
pub use metadata_log::{METADATA_DIRECTORY, MetadataLogError};
pub use metadata_thread::{MetadataCommand, MetadataReply, MetadataRequest};
pub use moves::{Move, MoveFault, MoveStep};
pub use node::Node;
pub use output::{Output, Parked, Reply};
pub use partition::Partition;
pub use quorum::{
    Quorum, QuorumOutput, QuorumReplica, QuorumStart, QuorumStatus, metadata_directory,
};
pub use storage::{FormatError, OpenedStorage, is_sole_voter, open_storage};
pub use topics::{OFFSETS_TOPIC, is_internal_topic};
pub use upkeep::FailedDirectory;
