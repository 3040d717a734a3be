//! Who takes part: replicas, the voter set, and the election state that must survive a crash.

use ottla_types::{BrokerId, LeaderEpoch, Offset, Uuid};

/// A replica of the metadata log: a node, and the directory its log is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaKey {
    /// Node id; `NONE` for a reader that is no replica.
    pub id: BrokerId,
    /// Directory id of its metadata log, zero when unknown.
    pub directory: Uuid,
}

impl ReplicaKey {
    /// A replica whose directory is not known, as in a static quorum.
    #[must_use]
    pub const fn without_directory(id: BrokerId) -> Self {
        Self {
            id,
            directory: Uuid::ZERO,
        }
    }

    /// Whether `other` may be this replica: the same node, and the same directory where this one is known.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.id == other.id && (self.directory == Uuid::ZERO || self.directory == other.directory)
    }
}

/// What a node must remember of elections (`quorum-state`): its epoch, the epoch's leader, its vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElectionState {
    /// Epoch.
    pub epoch: LeaderEpoch,
    /// Leader of the epoch, once known.
    pub leader: Option<BrokerId>,
    /// Who got this node's vote in the epoch.
    pub voted: Option<ReplicaKey>,
}

impl ElectionState {
    /// The start of an epoch: no leader, no vote.
    #[must_use]
    pub const fn new(epoch: LeaderEpoch) -> Self {
        Self {
            epoch,
            leader: None,
            voted: None,
        }
    }
}

impl Default for ElectionState {
    fn default() -> Self {
        Self::new(LeaderEpoch(0))
    }
}

/// The voter sets of the log: each holds from the offset of its record on, as soon as it is appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VoterHistory {
    /// The set that holds before any record of the log.
    initial: Vec<ReplicaKey>,
    changes: Vec<(Offset, Vec<ReplicaKey>)>,
}

impl VoterHistory {
    pub(crate) fn new(initial: Vec<ReplicaKey>) -> Self {
        Self {
            initial,
            changes: Vec::new(),
        }
    }

    pub(crate) fn current(&self) -> &[ReplicaKey] {
        self.changes
            .last()
            .map_or(&self.initial[..], |(_, voters)| voters)
    }

    /// Offset of the record that made the current set, if a record did.
    pub(crate) fn changed_at(&self) -> Option<Offset> {
        self.changes.last().map(|(offset, _)| *offset)
    }

    pub(crate) fn appended(&mut self, offset: Offset, voters: Vec<ReplicaKey>) {
        self.truncated(offset);
        self.changes.push((offset, voters));
    }

    pub(crate) fn truncated(&mut self, end: Offset) {
        self.changes.retain(|(offset, _)| *offset < end);
    }

    /// Sets that are committed need not be kept apart: only the latest can still be the current one.
    pub(crate) fn committed(&mut self, high_watermark: Offset) {
        while self
            .changes
            .get(1)
            .is_some_and(|(offset, _)| *offset < high_watermark)
        {
            self.changes.remove(0);
        }
    }

    pub(crate) fn contains(&self, replica: &ReplicaKey) -> bool {
        self.current().iter().any(|voter| voter.covers(replica))
    }
}
