//! How far the members of the quorum are, for those who ask.

use ottla_raft::ReplicaStatus;
use ottla_types::{BrokerId, LeaderEpoch, Mono, Now, Offset, Saturate, Uuid, WallMs};

use super::Quorum;

/// How far the members of the quorum are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuorumStatus {
    /// Who leads.
    pub leader: BrokerId,
    /// In which epoch.
    pub epoch: LeaderEpoch,
    /// First offset that is not committed.
    pub high_watermark: Offset,
    /// Voters, then observers.
    pub replicas: Vec<QuorumReplica>,
}

/// How far one replica of the metadata log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuorumReplica {
    /// The node.
    pub id: BrokerId,
    /// Its metadata log's directory, zero where the quorum does not tell directories apart.
    pub directory: Uuid,
    /// Whether it votes.
    pub is_voter: bool,
    /// Its log end, if known.
    pub log_end: Option<Offset>,
    /// When it last fetched.
    pub last_fetch: Option<WallMs>,
    /// When it last had all that the leader had.
    pub last_caught_up: Option<WallMs>,
}

impl Quorum {
    /// The quorum as its leader sees it.
    pub(super) fn status(&self, now: Now) -> QuorumStatus {
        let wall = |time: Mono| {
            let ago: i64 = now.mono.since(time).as_millis().saturate();
            WallMs(now.wall.0.saturating_sub(ago))
        };
        let replica = |status: ReplicaStatus| QuorumReplica {
            id: status.replica.id,
            directory: status.replica.directory,
            is_voter: status.is_voter,
            log_end: status.log_end,
            last_fetch: status.last_fetch.map(wall),
            last_caught_up: status.last_caught_up.map(wall),
        };
        QuorumStatus {
            leader: self.raft.leader().unwrap_or(BrokerId::NONE),
            epoch: self.raft.epoch(),
            high_watermark: self.raft.high_watermark().unwrap_or(Offset::NONE),
            replicas: self
                .raft
                .replicas(now.mono)
                .into_iter()
                .map(replica)
                .collect(),
        }
    }
}
