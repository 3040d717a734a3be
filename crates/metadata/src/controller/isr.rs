//! In-sync sets that partition leaders propose.
//!
//! Spec: KIP-497 (AlterPartition), KIP-841 (fenced replicas), KIP-903 (broker epochs).

use std::collections::BTreeSet;

use ottla_protocol::metadata::MetadataRecord;
use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, LeaderEpoch, PartitionIndex, TopicId};

use super::{
    Command, Controller, Draft,
    elections::Sweep,
    partition_change::{Election, PartitionChange},
};
use crate::{LeaderRecoveryState, Partition, PartitionEpoch, Refusal, Topic};

/// A broker proposes in-sync sets for partitions that it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterPartitions {
    /// The broker.
    pub broker: BrokerId,
    /// Epoch of its registration.
    pub broker_epoch: BrokerEpoch,
    /// The proposals.
    pub partitions: Vec<IsrProposal>,
}

/// The in-sync set that a leader wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IsrProposal {
    /// The topic.
    pub topic_id: TopicId,
    /// The partition.
    pub partition: PartitionIndex,
    /// Epoch under which it leads.
    pub leader_epoch: LeaderEpoch,
    /// The state that it knows.
    pub partition_epoch: PartitionEpoch,
    /// The new set.
    pub isr: Vec<IsrMember>,
    /// Kafka's number of the recovery state that it wants.
    pub leader_recovery_state: i8,
}

/// A member of a proposed in-sync set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsrMember {
    /// The broker.
    pub broker: BrokerId,
    /// Epoch of its registration; `NONE` when the leader does not know.
    pub epoch: BrokerEpoch,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IsrOutcome {
    /// The topic.
    pub topic_id: TopicId,
    /// The partition.
    pub partition: PartitionIndex,
    /// The state from now on, or why the proposal was refused.
    pub outcome: Result<Partition, Refusal>,
}

impl Command for AlterPartitions {
    type Reply = Result<Vec<IsrOutcome>, Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        controller.check_broker_epoch(self.broker, self.broker_epoch)?;
        draft.allow_splitting();
        let mut seen = BTreeSet::new();
        let mut alter = |proposal: IsrProposal| {
            // A second proposal for a partition would be decided on the state before the first.
            let outcome = if seen.insert((proposal.topic_id, proposal.partition)) {
                controller.alter_partition(self.broker, &proposal, draft)
            } else {
                Err(Refusal::bare(ErrorCode::INVALID_UPDATE_VERSION))
            };
            IsrOutcome {
                topic_id: proposal.topic_id,
                partition: proposal.partition,
                outcome,
            }
        };
        Ok(self.partitions.into_iter().map(&mut alter).collect())
    }
}

impl Controller {
    fn alter_partition(
        &self,
        sender: BrokerId,
        proposal: &IsrProposal,
        draft: &mut Draft,
    ) -> Result<Partition, Refusal> {
        let refuse = |code| Err(Refusal::bare(code));
        let Some(topic) = self.image.topics().by_id(proposal.topic_id) else {
            return refuse(ErrorCode::UNKNOWN_TOPIC_ID);
        };
        let Some(partition) = topic.partition(proposal.partition) else {
            return refuse(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
        };
        let recovery = self
            .check_proposal(sender, proposal, partition)
            .map_err(Refusal::bare)?;
        let mut change = PartitionChange::of(partition);
        change.isr = proposal.isr.iter().map(|member| member.broker).collect();
        change.recovery = recovery;
        if self.elects_unclean_leaders(&topic.name) {
            change.election = Election::Unclean;
        }
        self.commit_proposal(topic, proposal, partition, change, draft)
    }

    fn commit_proposal(
        &self,
        topic: &Topic,
        proposal: &IsrProposal,
        partition: &Partition,
        change: PartitionChange<'_>,
        draft: &mut Draft,
    ) -> Result<Partition, Refusal> {
        let record = self.change_record(topic, proposal.partition, change, Sweep::default());
        let Some(record) = record else {
            return Ok(partition.clone());
        };
        let mut next = partition.clone();
        if let MetadataRecord::PartitionChangeRecord(change) = &record.record
            && let Ok(merged) = partition.merge(change)
        {
            next = merged;
        }
        draft.push(record);
        if next.leader == partition.leader {
            return Ok(next);
        }
        // The set completed a reassignment that the sender is no longer part of.
        Err(Refusal::bare(ErrorCode::NEW_LEADER_ELECTED))
    }

    /// The recovery state that the proposal sets, if it is in order.
    fn check_proposal(
        &self,
        sender: BrokerId,
        proposal: &IsrProposal,
        partition: &Partition,
    ) -> Result<LeaderRecoveryState, ErrorCode> {
        // A leader that knows more than this controller has found a new one.
        if proposal.leader_epoch > partition.leader_epoch
            || proposal.partition_epoch > partition.partition_epoch
        {
            return Err(ErrorCode::NOT_CONTROLLER);
        }
        if proposal.leader_epoch < partition.leader_epoch {
            return Err(ErrorCode::FENCED_LEADER_EPOCH);
        }
        if !partition.is_led_by(sender) {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        if proposal.partition_epoch < partition.partition_epoch {
            return Err(ErrorCode::INVALID_UPDATE_VERSION);
        }
        let members: BTreeSet<BrokerId> = proposal.isr.iter().map(|member| member.broker).collect();
        let are_replicas = members.iter().all(|id| partition.replicas.contains(id));
        if !are_replicas || members.len() != proposal.isr.len() || !members.contains(&sender) {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        let recovery = LeaderRecoveryState::from_number(proposal.leader_recovery_state)
            .ok_or(ErrorCode::INVALID_REQUEST)?;
        let is_recovering = recovery == LeaderRecoveryState::Recovering;
        let was_recovered = partition.leader_recovery_state == LeaderRecoveryState::Recovered;
        if is_recovering && (members.len() > 1 || was_recovered) {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        if !proposal.isr.iter().all(|member| self.is_eligible(*member)) {
            return Err(ErrorCode::INELIGIBLE_REPLICA);
        }
        Ok(recovery)
    }

    fn is_eligible(&self, member: IsrMember) -> bool {
        let broker = self.image.cluster().broker(member.broker);
        broker.is_some_and(|broker| {
            let is_same = member.epoch == BrokerEpoch::NONE || member.epoch == broker.epoch;
            broker.is_active() && is_same
        })
    }
}
