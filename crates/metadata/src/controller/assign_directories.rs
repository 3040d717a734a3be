//! Which log directory a replica is in, as its broker says.
//!
//! Spec: KIP-858 (AssignReplicasToDirs).

use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, PartitionIndex, TopicId, Uuid};

use super::{
    Command, Controller, Draft,
    elections::Sweep,
    partition_change::{Election, PartitionChange},
};
use crate::{Partition, Refusal, Topic};

/// A broker says in which log directories its replicas are. Reply: the outcome per replica, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignReplicasToDirs {
    /// The broker.
    pub broker: BrokerId,
    /// Epoch of its registration.
    pub broker_epoch: BrokerEpoch,
    /// The replicas.
    pub assignments: Vec<DirectoryAssignment>,
}

/// Where one replica is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DirectoryAssignment {
    /// The topic.
    pub topic_id: TopicId,
    /// The partition.
    pub partition: PartitionIndex,
    /// The log directory.
    pub directory: Uuid,
}

impl Command for AssignReplicasToDirs {
    type Reply = Result<Vec<Result<(), ErrorCode>>, Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let version = controller.image.features().metadata_version();
        if !version.has_directories() {
            let message = "Directory assignment is not supported yet.";
            return Err(Refusal::new(ErrorCode::UNSUPPORTED_VERSION, message));
        }
        controller.check_broker_epoch(self.broker, self.broker_epoch)?;
        draft.allow_splitting();
        let assign = |assignment: DirectoryAssignment| {
            controller.assign_directory(self.broker, assignment, draft)
        };
        Ok(self.assignments.into_iter().map(assign).collect())
    }
}

impl Controller {
    fn assign_directory(
        &self,
        broker: BrokerId,
        assignment: DirectoryAssignment,
        draft: &mut Draft,
    ) -> Result<(), ErrorCode> {
        let (topic, partition) = self.replica_of(broker, assignment)?;
        let registration = self.image.cluster().broker(broker);
        let is_online =
            registration.is_some_and(|known| known.has_online_dir(assignment.directory));
        let mut change = PartitionChange::of(partition);
        change.directories.insert(broker, assignment.directory);
        let mut sweep = Sweep::default();
        if !is_online {
            // What is in a directory that has failed leads nothing.
            change.isr.retain(|id| *id != broker);
            sweep = Sweep::remove(broker);
        }
        if self.elects_unclean_leaders(&topic.name) {
            change.election = Election::Unclean;
        }
        draft.extend(self.change_record(topic, assignment.partition, change, sweep));
        Ok(())
    }

    fn replica_of(
        &self,
        broker: BrokerId,
        assignment: DirectoryAssignment,
    ) -> Result<(&Topic, &Partition), ErrorCode> {
        let topic = self.image.topics().by_id(assignment.topic_id);
        let topic = topic.ok_or(ErrorCode::UNKNOWN_TOPIC_ID)?;
        let partition = topic.partition(assignment.partition);
        let partition = partition.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
        if !partition.replicas.contains(&broker) {
            return Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
        }
        Ok((topic, partition))
    }
}
