//! What a node is in its epoch, with what only that role needs.

use std::collections::{BTreeMap, BTreeSet};

use ottla_types::{BrokerId, LeaderEpoch, Mono, Offset, RequestToken};

use crate::{io::RequestId, log::SnapshotId, message::FetchRequest, replica::ReplicaKey};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Unattached(Unattached),
    Prospective(Election),
    Candidate(Election),
    Leader(Leader),
    Follower(Follower),
    Resigned(Resigned),
}

/// Knows no leader it could follow; a voter waits for its election timer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unattached {
    /// `None` for an observer.
    pub(crate) election_deadline: Option<Mono>,
}

/// Collects votes, or promises of votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Election {
    pub(crate) deadline: Mono,
    pub(crate) ballots: BTreeMap<BrokerId, Ballot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ballot {
    Unanswered,
    Granted,
    Rejected,
}

impl Election {
    pub(crate) fn new(voters: &[ReplicaKey], deadline: Mono) -> Self {
        let ballots = voters
            .iter()
            .map(|voter| (voter.id, Ballot::Unanswered))
            .collect();
        Self { deadline, ballots }
    }

    pub(crate) fn record(&mut self, voter: BrokerId, ballot: Ballot) {
        if let Some(recorded) = self.ballots.get_mut(&voter) {
            *recorded = ballot;
        }
    }

    pub(crate) fn is_won(&self) -> bool {
        self.count(Ballot::Granted) > self.ballots.len() / 2
    }

    /// Whether even every answer still out could not win it.
    pub(crate) fn is_lost(&self) -> bool {
        self.ballots.len() - self.count(Ballot::Rejected) <= self.ballots.len() / 2
    }

    pub(crate) fn with(&self, wanted: Ballot) -> Vec<BrokerId> {
        self.ballots
            .iter()
            .filter(|(_, ballot)| **ballot == wanted)
            .map(|(voter, _)| *voter)
            .collect()
    }

    fn count(&self, wanted: Ballot) -> usize {
        self.ballots
            .values()
            .filter(|ballot| **ballot == wanted)
            .count()
    }
}

/// Leads the epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leader {
    pub(crate) epoch: LeaderEpoch,
    /// End of the log before this leader's first record.
    pub(crate) epoch_start: Offset,
    pub(crate) since: Mono,
    pub(crate) progress: BTreeMap<ReplicaKey, Progress>,
    /// When each other voter is next told that the epoch began, unless it fetches before.
    pub(crate) next_begin: BTreeMap<BrokerId, Mono>,
    pub(crate) parked: BTreeMap<RequestToken, ParkedFetch>,
}

/// How far a replica is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Its log end, synced there.
    pub(crate) end: Offset,
    pub(crate) last_fetch: Mono,
    pub(crate) leader_end_at_last_fetch: Offset,
    pub(crate) last_caught_up: Option<Mono>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParkedFetch {
    pub(crate) request: FetchRequest,
    pub(crate) deadline: Mono,
}

/// Follows the leader of the epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Follower {
    pub(crate) leader: BrokerId,
    pub(crate) deadline: Mono,
    /// Whether this leader has answered a fetch.
    pub(crate) has_fetched: bool,
    pub(crate) leader_high_watermark: Offset,
    pub(crate) work: Work,
}

/// What a follower waits for before it fetches again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Nothing,
    Appending(RequestId),
    Truncating(Offset),
    Downloading(Download),
    Installing(SnapshotId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Download {
    pub(crate) snapshot: SnapshotId,
    pub(crate) position: u64,
    /// Size of the whole, once a part was received.
    pub(crate) size: u64,
    /// The answer whose bytes are being stored.
    pub(crate) storing: Option<RequestId>,
}

/// Led this epoch once and will not again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resigned {
    pub(crate) deadline: Mono,
    /// Voters that have not heard of it yet.
    pub(crate) to_tell: BTreeSet<BrokerId>,
    /// Who should follow, best first.
    pub(crate) preferred: Vec<ReplicaKey>,
}
