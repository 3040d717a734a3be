//! Facts in, orders out.

use ottla_types::{BrokerId, LeaderEpoch, Offset, RequestToken};

use crate::{
    log::SnapshotId,
    message::{Request, Response},
    replica::{ElectionState, ReplicaKey},
};

/// Names a request that the machine sent, so that its answer finds it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Whom to send to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// A node, by id; the node finds its endpoint in the voter set or in an answer that named it.
    Node(BrokerId),
    /// Any of the bootstrap servers, whose ids are not known: the next one each time.
    Bootstrap,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Time passed: [`crate::Raft::next_deadline`] was reached.
    Tick,
    /// The state of the last [`Output::PersistElection`] is on the disk.
    ElectionPersisted,
    /// A batch of `epoch` was appended, the log ends at `end` now. Told for each batch in order,
    /// whoever asked for it.
    Appended {
        /// Offset after the batch.
        end: Offset,
        /// The batch's leader epoch.
        epoch: LeaderEpoch,
    },
    /// The appended batch at `offset` holds a new voter set. Told after its [`Input::Appended`].
    VotersAppended {
        /// Offset of the voters record.
        offset: Offset,
        /// The new set.
        voters: Vec<ReplicaKey>,
    },
    /// The log is durable up to `end`.
    Synced {
        /// Offset up to which nothing can be lost.
        end: Offset,
    },
    /// The log was cut back, as [`Output::Truncate`] asked: it ends at `end`.
    Truncated {
        /// New end of the log.
        end: Offset,
    },
    /// The records that came with the answer to `id` could not be appended (damaged on the way).
    AppendRefused {
        /// The fetch.
        id: RequestId,
    },
    /// Snapshots were made or dropped, and perhaps records before them.
    SnapshotsChanged {
        /// First offset of the log.
        log_start: Offset,
        /// The oldest snapshot kept.
        oldest: Option<SnapshotId>,
        /// The latest snapshot kept.
        latest: Option<SnapshotId>,
    },
    /// A part of a snapshot was stored; the file holds `position` bytes now.
    SnapshotPartStored {
        /// Which snapshot.
        snapshot: SnapshotId,
        /// Bytes held.
        position: u64,
    },
    /// The log was emptied and restarted at the end of this snapshot, durably; `voters` is the set
    /// that the snapshot holds, if it holds one.
    SnapshotInstalled {
        /// Which snapshot.
        snapshot: SnapshotId,
        /// Voter set in it.
        voters: Option<Vec<ReplicaKey>>,
    },
    /// A peer asks.
    Request {
        /// Comes back with the answer.
        token: RequestToken,
        /// What it asks.
        request: Request,
    },
    /// A peer answered.
    Response {
        /// Which request.
        id: RequestId,
        /// Its answer.
        response: Response,
    },
    /// A request got no answer (disconnected, refused, `BROKER_NOT_AVAILABLE`).
    RequestFailed {
        /// Which request.
        id: RequestId,
    },
    /// Give up leadership: the controller failed, or the node shuts down.
    Resign,
}

/// What to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Write and sync the election state, then tell [`Input::ElectionPersisted`]. Nothing else is
    /// given out until that comes.
    PersistElection(ElectionState),
    /// This node leads now. Records may be appended once [`crate::Raft::append_epoch`] says so.
    BecameLeader {
        /// The epoch it leads in.
        epoch: LeaderEpoch,
        /// End of the log: with everything before it applied, the leader's state is complete.
        epoch_start: Offset,
    },
    /// This node follows `leader`.
    BecameFollower {
        /// Epoch.
        epoch: LeaderEpoch,
        /// Whom it follows.
        leader: BrokerId,
    },
    /// No leader of `epoch` is known.
    BecameUnattached {
        /// Epoch.
        epoch: LeaderEpoch,
    },
    /// This node led `epoch` and does so no more; what it appended may be lost unless committed.
    Resigned {
        /// The epoch it led.
        epoch: LeaderEpoch,
    },
    /// Append a LeaderChange control batch in `epoch`.
    AppendLeaderChange {
        /// Epoch of the batch.
        epoch: LeaderEpoch,
        /// This node.
        leader: BrokerId,
        /// All voters.
        voters: Vec<BrokerId>,
        /// Those who voted for it.
        granting_voters: Vec<BrokerId>,
    },
    /// Append the records that came with the answer to `id`, batch by batch, if the log ends at
    /// `at`; stop at a batch of an epoch above `max_epoch`.
    AppendFetched {
        /// The fetch.
        id: RequestId,
        /// Where the records must begin.
        at: Offset,
        /// The last epoch that may be appended.
        max_epoch: LeaderEpoch,
    },
    /// Make the log durable up to its end and tell [`Input::Synced`].
    SyncLog,
    /// Cut the log back to `to`, then tell [`Input::Truncated`].
    Truncate {
        /// New end.
        to: Offset,
    },
    /// Store the bytes that came with the answer to `id` at `position`, then tell
    /// [`Input::SnapshotPartStored`].
    StoreSnapshotPart {
        /// The fetch.
        id: RequestId,
        /// Which snapshot.
        snapshot: SnapshotId,
        /// Where the part goes.
        position: u64,
    },
    /// The snapshot is complete: sync it, empty the log, restart it there, load it, then tell
    /// [`Input::SnapshotInstalled`].
    InstallSnapshot {
        /// Which snapshot.
        snapshot: SnapshotId,
    },
    /// Records before this offset are committed.
    HighWatermark(Offset),
    /// Send a request.
    Send {
        /// Comes back with the answer.
        id: RequestId,
        /// Whom to.
        to: Destination,
        /// What.
        request: Request,
    },
    /// Answer a request.
    Respond {
        /// Which.
        token: RequestToken,
        /// The answer.
        response: Response,
    },
    /// Something that a sound quorum never does.
    Fault(Fault),
}

/// What a sound quorum never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A leader asked for truncation of committed records. The machine stands still from here on
    /// and the process must end: committed records are lost somewhere.
    TruncationBelowHighWatermark {
        /// Where to.
        to: Offset,
        /// What is committed.
        high_watermark: Offset,
    },
    /// Two leaders are named for one epoch. The news was ignored.
    ConflictingLeader {
        /// The epoch.
        epoch: LeaderEpoch,
        /// Who leads it as far as this node knows.
        known: BrokerId,
        /// Who is said to.
        named: BrokerId,
    },
}
