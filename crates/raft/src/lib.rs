//! The KRaft quorum as one node sees it: elections with pre-vote, replication by fetching,
//! snapshots, the high watermark.
//!
//! Responsible for who leads, what is committed, and what must be on the disk before it is said.
//! Not responsible for records, files or sockets: the machine deals in offsets and epochs, and the
//! shell appends, reads, syncs and sends. It never learns what a record means, but for voter sets.
//!
//! Q1  a node votes at most once in an epoch, and only for a log that holds all that its own holds
//! Q2  nothing leaves (no vote, no answer, no append) before the election state it rests on is on the disk
//! Q3  a node says it holds an offset only once its log is synced there, its own count included
//! Q4  only records of the leader's own epoch move the high watermark
//! Q5  a leader never leads the same epoch again after a restart
//! Q6  committed records are never truncated: the machine stops instead
//!
//! A quorum of one goes the same way as any other:
//!
//! ```
//! use ottla_raft::{ElectionState, Input, LogState, Output, Raft, RaftStart, ReplicaKey, Timing};
//! use ottla_types::{BrokerId, LeaderEpoch, Mono, Offset};
//!
//! let local = ReplicaKey::without_directory(BrokerId(1));
//! let now = Mono(0);
//! let mut raft = Raft::new(RaftStart {
//!     now,
//!     local,
//!     voters: vec![local],
//!     voter_changes: Vec::new(),
//!     election: ElectionState::default(),
//!     log: LogState::default(),
//!     timing: Timing::default(),
//!     seed: 1,
//! });
//!
//! // The shell's loop: carry out each order, tell what came of it.
//! let mut log_end = 0;
//! let mut committed = Offset(0);
//! while let Some(output) = raft.poll_output() {
//!     match output {
//!         Output::PersistElection(_) => raft.handle(now, Input::ElectionPersisted),
//!         Output::AppendLeaderChange { epoch, .. } => {
//!             log_end += 1;
//!             raft.handle(now, Input::Appended { end: Offset(log_end), epoch });
//!         }
//!         Output::SyncLog => raft.handle(now, Input::Synced { end: Offset(log_end) }),
//!         Output::HighWatermark(offset) => committed = offset,
//!         _ => {}
//!     }
//! }
//! assert_eq!(raft.append_epoch(), Some(LeaderEpoch(1)));
//! assert_eq!(committed, Offset(1));
//! ```
//!
//! Spec: KIP-595 (Raft), KIP-630 (snapshots), KIP-853 (voter sets in the log), KIP-996 (pre-vote).
#![warn(clippy::wildcard_enum_match_arm)]

mod io;
mod log;
mod message;
mod peers;
mod raft;
mod replica;
mod role;
mod timing;

pub use io::{Destination, Fault, Input, Output, RequestId};
pub use log::{EpochEnd, EpochStart, LogState, SnapshotId};
pub use message::{
    BeginQuorumEpochRequest, EndQuorumEpochRequest, FetchRequest, FetchResponse,
    FetchSnapshotRequest, FetchSnapshotResponse, Outcome, Request, Response, VoteRequest,
};
pub use raft::{Raft, RaftStart, ReplicaStatus};
pub use replica::{ElectionState, ReplicaKey};
pub use timing::Timing;
