//! State of one partition: who holds it, who is in sync, who leads.

use ottla_protocol::metadata::{MetadataRecord, PartitionChangeRecord, PartitionRecord};
use ottla_types::{BrokerId, LeaderEpoch, PartitionIndex, TopicId, Uuid};

use crate::{MetadataVersion, ReplayFault, VersionedRecord};

/// Counts the changes of a partition's state, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartitionEpoch(pub i32);

/// Whether the leader was elected from the replicas that had every committed record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeaderRecoveryState {
    /// It was, or it has recovered since.
    #[default]
    Recovered,
    /// It was elected uncleanly and has not said yet that it recovered.
    Recovering,
}

impl LeaderRecoveryState {
    /// Kafka's number.
    #[must_use]
    pub fn number(self) -> i8 {
        match self {
            Self::Recovered => 0,
            Self::Recovering => 1,
        }
    }

    /// The state of Kafka's number, if it is one.
    #[must_use]
    pub fn from_number(number: i8) -> Option<Self> {
        match number {
            0 => Some(Self::Recovered),
            1 => Some(Self::Recovering),
            _ => None,
        }
    }
}

/// State of one partition.
///
/// Each change adds one to the partition epoch; a change that names a leader, even the same one,
/// adds one to the leader epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Brokers that hold the partition, the preferred leader first.
    pub replicas: Vec<BrokerId>,
    /// Log directory of each replica, in the order of `replicas`.
    pub directories: Vec<Uuid>,
    /// The in-sync replicas.
    pub isr: Vec<BrokerId>,
    /// Replicas that a reassignment takes away.
    pub removing_replicas: Vec<BrokerId>,
    /// Replicas that a reassignment adds.
    pub adding_replicas: Vec<BrokerId>,
    /// Replicas outside the in-sync set that still have every committed record.
    pub eligible_leader_replicas: Vec<BrokerId>,
    /// The last leader of a partition that has neither in-sync nor eligible replicas.
    pub last_known_elr: Vec<BrokerId>,
    /// The leader, if there is one.
    pub leader: Option<BrokerId>,
    /// Whether the leader still recovers from an unclean election.
    pub leader_recovery_state: LeaderRecoveryState,
    /// Epoch of the leader.
    pub leader_epoch: LeaderEpoch,
    /// Epoch of the whole state.
    pub partition_epoch: PartitionEpoch,
}

impl Partition {
    /// The replica that should lead when all are well.
    #[must_use]
    pub fn preferred_leader(&self) -> Option<BrokerId> {
        self.replicas.first().copied()
    }

    /// Whether `broker` leads.
    #[must_use]
    pub fn is_led_by(&self, broker: BrokerId) -> bool {
        self.leader == Some(broker)
    }

    /// Log directory of `broker`'s replica, if it has one.
    #[must_use]
    pub fn directory_of(&self, broker: BrokerId) -> Option<Uuid> {
        let index = self.replicas.iter().position(|id| *id == broker)?;
        self.directories.get(index).copied()
    }

    /// Whether a reassignment is under way.
    #[must_use]
    pub fn is_reassigning(&self) -> bool {
        !self.adding_replicas.is_empty() || !self.removing_replicas.is_empty()
    }

    /// The state that `record` describes.
    ///
    /// # Errors
    /// When the record's directories do not match its replicas or its recovery state is unknown.
    pub fn from_record(record: &PartitionRecord<'_>) -> Result<Self, ReplayFault> {
        let replicas = brokers(&record.replicas);
        let directories = if record.directories.is_empty() {
            vec![Uuid::MIGRATING_DIR; replicas.len()]
        } else {
            record.directories.clone()
        };
        let optional = |list: &Option<Vec<i32>>| list.as_deref().map(brokers).unwrap_or_default();
        let partition = Self {
            replicas,
            directories,
            isr: brokers(&record.isr),
            removing_replicas: brokers(&record.removing_replicas),
            adding_replicas: brokers(&record.adding_replicas),
            eligible_leader_replicas: optional(&record.eligible_leader_replicas),
            last_known_elr: optional(&record.last_known_elr),
            leader: broker(record.leader),
            leader_recovery_state: recovery_state(record.leader_recovery_state)?,
            leader_epoch: LeaderEpoch(record.leader_epoch),
            partition_epoch: PartitionEpoch(record.partition_epoch),
        };
        partition.check_directories(record.topic_id, PartitionIndex(record.partition_id))?;
        Ok(partition)
    }

    /// The state after `change`.
    ///
    /// # Errors
    /// As [`Partition::from_record`].
    pub fn merge(&self, change: &PartitionChangeRecord<'_>) -> Result<Self, ReplayFault> {
        let mut next = self.clone();
        if let Some(replicas) = &change.replicas {
            next.replicas = brokers(replicas);
            next.directories = next
                .replicas
                .iter()
                .map(|id| self.directory_of(*id).unwrap_or(Uuid::UNASSIGNED_DIR))
                .collect();
        }
        if let Some(directories) = &change.directories {
            next.directories.clone_from(directories);
        }
        replace(&mut next.isr, change.isr.as_deref());
        replace(
            &mut next.removing_replicas,
            change.removing_replicas.as_deref(),
        );
        replace(&mut next.adding_replicas, change.adding_replicas.as_deref());
        replace(
            &mut next.eligible_leader_replicas,
            change.eligible_leader_replicas.as_deref(),
        );
        replace(&mut next.last_known_elr, change.last_known_elr.as_deref());
        if change.leader != LEADER_UNCHANGED {
            next.leader = broker(change.leader);
            next.leader_epoch = LeaderEpoch(self.leader_epoch.0.saturating_add(1));
        }
        if change.leader_recovery_state != RECOVERY_STATE_UNCHANGED {
            next.leader_recovery_state = recovery_state(change.leader_recovery_state)?;
        }
        next.partition_epoch = PartitionEpoch(self.partition_epoch.0.saturating_add(1));
        next.check_directories(change.topic_id, PartitionIndex(change.partition_id))?;
        Ok(next)
    }

    /// The record that describes this state, with the fields that `version` knows.
    #[must_use]
    pub fn to_record(
        &self,
        topic: TopicId,
        index: PartitionIndex,
        version: MetadataVersion,
    ) -> VersionedRecord {
        let mut record = PartitionRecord {
            partition_id: index.0,
            topic_id: topic,
            replicas: numbers(&self.replicas),
            isr: numbers(&self.isr),
            removing_replicas: numbers(&self.removing_replicas),
            adding_replicas: numbers(&self.adding_replicas),
            leader: leader_number(self.leader),
            leader_recovery_state: self.leader_recovery_state.number(),
            leader_epoch: self.leader_epoch.0,
            partition_epoch: self.partition_epoch.0,
            ..PartitionRecord::default()
        };
        if version.has_directories() {
            record.directories.clone_from(&self.directories);
        }
        if version.has_eligible_leader_replicas() {
            let optional = |list: &[BrokerId]| (!list.is_empty()).then(|| numbers(list));
            record.eligible_leader_replicas = optional(&self.eligible_leader_replicas);
            record.last_known_elr = optional(&self.last_known_elr);
        }
        VersionedRecord::new(
            MetadataRecord::PartitionRecord(record),
            version.partition_record_version(),
        )
    }

    fn check_directories(
        &self,
        topic: TopicId,
        partition: PartitionIndex,
    ) -> Result<(), ReplayFault> {
        if self.replicas.len() == self.directories.len() {
            return Ok(());
        }
        Err(ReplayFault::DirectoriesDoNotMatch {
            topic,
            partition,
            replicas: self.replicas.len(),
            directories: self.directories.len(),
        })
    }
}

/// The broker ids as the records spell them.
pub(crate) fn numbers(ids: &[BrokerId]) -> Vec<i32> {
    ids.iter().map(|id| id.0).collect()
}

/// The broker ids that a record lists.
pub(crate) fn brokers(ids: &[i32]) -> Vec<BrokerId> {
    ids.iter().copied().map(BrokerId).collect()
}

/// The leader as the records spell it, -1 for none.
pub(crate) fn leader_number(leader: Option<BrokerId>) -> i32 {
    leader.map_or(BrokerId::NONE.0, |id| id.0)
}

fn broker(number: i32) -> Option<BrokerId> {
    (number >= 0).then_some(BrokerId(number))
}

fn replace(list: &mut Vec<BrokerId>, change: Option<&[i32]>) {
    if let Some(ids) = change {
        *list = brokers(ids);
    }
}

fn recovery_state(number: i8) -> Result<LeaderRecoveryState, ReplayFault> {
    LeaderRecoveryState::from_number(number).ok_or(ReplayFault::UnknownRecoveryState(number))
}

/// Leader of a PartitionChange record that leaves it as it is.
pub(crate) const LEADER_UNCHANGED: i32 = -2;
/// Recovery state of a PartitionChange record that leaves it as it is.
pub(crate) const RECOVERY_STATE_UNCHANGED: i8 = -1;

#[cfg(test)]
mod tests {
    use super::*;

    fn partition() -> Partition {
        Partition {
            replicas: brokers(&[1, 2]),
            directories: vec![Uuid([1; 16]), Uuid([2; 16])],
            isr: brokers(&[1, 2]),
            removing_replicas: vec![],
            adding_replicas: vec![],
            eligible_leader_replicas: vec![],
            last_known_elr: vec![],
            leader: Some(BrokerId(1)),
            leader_recovery_state: LeaderRecoveryState::Recovered,
            leader_epoch: LeaderEpoch(3),
            partition_epoch: PartitionEpoch(7),
        }
    }

    #[test]
    fn naming_the_same_leader_starts_a_new_leader_epoch() {
        let same = PartitionChangeRecord {
            leader: 1,
            ..PartitionChangeRecord::default()
        };
        let next = partition().merge(&same).unwrap();
        assert_eq!(
            (next.leader_epoch, next.partition_epoch),
            (LeaderEpoch(4), PartitionEpoch(8))
        );

        let shrink = PartitionChangeRecord {
            isr: Some(vec![1]),
            ..PartitionChangeRecord::default()
        };
        let next = partition().merge(&shrink).unwrap();
        assert_eq!(
            (next.leader_epoch, next.partition_epoch),
            (LeaderEpoch(3), PartitionEpoch(8))
        );
    }

    #[test]
    fn new_replicas_without_directories_keep_the_known_ones() {
        let change = PartitionChangeRecord {
            replicas: Some(vec![3, 2]),
            ..PartitionChangeRecord::default()
        };
        let next = partition().merge(&change).unwrap();
        assert_eq!(next.directories, [Uuid::UNASSIGNED_DIR, Uuid([2; 16])]);
    }

    #[test]
    fn directories_must_match_the_replicas() {
        let change = PartitionChangeRecord {
            directories: Some(vec![Uuid::ZERO]),
            ..PartitionChangeRecord::default()
        };
        assert!(matches!(
            partition().merge(&change),
            Err(ReplayFault::DirectoriesDoNotMatch {
                replicas: 2,
                directories: 1,
                ..
            })
        ));
    }
}
