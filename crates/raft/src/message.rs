//! What peers say to each other, in the machine's own words; the node maps these to the wire.
//!
//! Cluster id and topic-partition are checked before a request gets here.
//!
//! Spec: KIP-595 (Raft), KIP-630 (snapshots), KIP-853 (voter keys), KIP-996 (pre-vote).

use std::time::Duration;

use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Offset};

use crate::{
    log::{EpochEnd, SnapshotId},
    replica::ReplicaKey,
};

/// Asks for a vote, or with `pre_vote` whether one would be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteRequest {
    /// Epoch to be elected in; with `pre_vote` the sender's current one.
    pub epoch: LeaderEpoch,
    /// Who asks.
    pub replica: ReplicaKey,
    /// Who is asked, when the sender says so.
    pub voter: Option<ReplicaKey>,
    /// Epoch of the sender's last record.
    pub last_epoch: LeaderEpoch,
    /// End of the sender's log.
    pub last_offset: Offset,
    /// Whether it only asks.
    pub pre_vote: bool,
}

/// Announces the leader of an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginQuorumEpochRequest {
    /// The leader, which sends it.
    pub leader: BrokerId,
    /// Its epoch.
    pub epoch: LeaderEpoch,
    /// Who is told, when the sender says so.
    pub voter: Option<ReplicaKey>,
}

/// Announces that the leader of an epoch leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndQuorumEpochRequest {
    /// The leader, which sends it.
    pub leader: BrokerId,
    /// Its epoch.
    pub epoch: LeaderEpoch,
    /// Who should follow it, best first.
    pub preferred: Vec<ReplicaKey>,
}

/// Asks for records, and tells how far the sender has synced its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchRequest {
    /// Who asks; id `NONE` for a reader that is no replica.
    pub replica: ReplicaKey,
    /// The sender's epoch.
    pub epoch: LeaderEpoch,
    /// End of the sender's log.
    pub offset: Offset,
    /// Epoch of the sender's last record.
    pub last_epoch: LeaderEpoch,
    /// High watermark the sender knows; `None` when it does not wait for one.
    pub high_watermark: Option<Offset>,
    /// How long the answer may wait for records.
    pub max_wait: Duration,
}

/// Asks for a part of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchSnapshotRequest {
    /// Who asks.
    pub replica: ReplicaKey,
    /// The sender's epoch.
    pub epoch: LeaderEpoch,
    /// Which snapshot.
    pub snapshot: SnapshotId,
    /// First byte wanted.
    pub position: u64,
}

/// A request between peers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the request of the same name")]
pub enum Request {
    Vote(VoteRequest),
    BeginQuorumEpoch(BeginQuorumEpochRequest),
    EndQuorumEpoch(EndQuorumEpochRequest),
    Fetch(FetchRequest),
    FetchSnapshot(FetchSnapshotRequest),
}

/// What every response says: how it went, and who leads as far as the sender knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Error of the partition, or of the whole response.
    pub error: ErrorCode,
    /// Leader of the epoch, if known.
    pub leader: Option<BrokerId>,
    /// The responder's epoch.
    pub epoch: LeaderEpoch,
}

/// Answer to [`FetchRequest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchResponse {
    /// How it went.
    pub outcome: Outcome,
    /// The leader's high watermark; `NONE` until it knows one.
    pub high_watermark: Offset,
    /// Start of the leader's log.
    pub log_start: Offset,
    /// Where the asker's log leaves the leader's.
    pub diverging: Option<EpochEnd>,
    /// The snapshot to load instead.
    pub snapshot: Option<SnapshotId>,
    /// Where the records of the answer begin, if it has any. In an answer to send, the node reads
    /// from here up to its log end, committed or not, as many bytes as the request allows.
    pub records_from: Option<Offset>,
}

/// Answer to [`FetchSnapshotRequest`].
///
/// In an answer to send that has no error, the node adds the bytes at `position`, or turns it into
/// `SNAPSHOT_NOT_FOUND` or `POSITION_OUT_OF_RANGE`: only it knows the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchSnapshotResponse {
    /// How it went.
    pub outcome: Outcome,
    /// Which snapshot.
    pub snapshot: SnapshotId,
    /// Its size in bytes; 0 in an answer to send.
    pub size: u64,
    /// First byte of the part.
    pub position: u64,
    /// Bytes in the part; 0 in an answer to send.
    pub length: u64,
}

/// A response between peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "each variant answers the request of the same name"
)]
pub enum Response {
    Vote { outcome: Outcome, granted: bool },
    BeginQuorumEpoch(Outcome),
    EndQuorumEpoch(Outcome),
    Fetch(FetchResponse),
    FetchSnapshot(FetchSnapshotResponse),
}

impl Response {
    /// How it went.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        match self {
            Self::Vote { outcome, .. }
            | Self::BeginQuorumEpoch(outcome)
            | Self::EndQuorumEpoch(outcome) => outcome,
            Self::Fetch(fetch) => &fetch.outcome,
            Self::FetchSnapshot(part) => &part.outcome,
        }
    }
}
