//! Leaders and in-sync sets when brokers come and go.

use ottla_types::{BrokerId, ErrorCode, PartitionIndex, Uuid};

use super::{
    Command, Controller, Draft,
    partition_change::{Election, PartitionChange, Rules},
};
use crate::{Broker, Partition, Refusal, Topic, VersionedRecord};

/// Brokers that are treated as other than the image shows them, while the change is being decided.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sweep {
    /// Leaves every in-sync set, and leads nothing.
    pub(super) remove: Option<BrokerId>,
    /// May lead again.
    pub(super) add: Option<BrokerId>,
    /// Leaves every in-sync and eligible set: it may have lost records.
    pub(super) unclean_shutdown: Option<BrokerId>,
}

impl Sweep {
    pub(super) fn remove(broker: BrokerId) -> Self {
        Self {
            remove: Some(broker),
            ..Self::default()
        }
    }

    pub(super) fn add(broker: BrokerId) -> Self {
        Self {
            add: Some(broker),
            ..Self::default()
        }
    }

    pub(super) fn unclean_shutdown(broker: BrokerId) -> Self {
        Self {
            unclean_shutdown: Some(broker),
            ..Self::default()
        }
    }

    fn excludes(&self, broker: BrokerId) -> bool {
        self.remove == Some(broker) || self.unclean_shutdown == Some(broker)
    }
}

/// What kind of leader is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElectionKind {
    /// The preferred replica.
    Preferred,
    /// Any live replica, even one that lacks committed records.
    Unclean,
}

/// Elects leaders by hand. Reply: every topic that was asked for, with the outcome per partition; of
/// all topics, only the partitions that needed an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectLeaders {
    /// Which leader is wanted.
    pub kind: ElectionKind,
    /// The partitions by topic, or `None` for all that need an election.
    pub topics: Option<Vec<(String, Vec<PartitionIndex>)>>,
}

/// A topic, and what came of the elections of its partitions.
pub type ElectedLeaders = (String, Vec<(PartitionIndex, Result<(), Refusal>)>);

impl Command for ElectLeaders {
    type Reply = Vec<ElectedLeaders>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        draft.allow_splitting();
        let are_all = self.topics.is_none();
        let topics = self.topics.unwrap_or_else(|| {
            let all = controller.image.topics().iter();
            all.map(|topic| (topic.name.to_string(), topic.partitions.indexes().collect()))
                .collect()
        });
        let mut elect = |(name, partitions): (String, Vec<PartitionIndex>)| {
            let mut outcomes = Vec::with_capacity(partitions.len());
            for index in partitions {
                let outcome = controller.elect_leader(&name, index, self.kind);
                let outcome = outcome.map(|record| draft.push(record));
                let code = outcome.as_ref().err().map(|refusal| refusal.code);
                if !are_all || code != Some(ErrorCode::ELECTION_NOT_NEEDED) {
                    outcomes.push((index, outcome));
                }
            }
            (name, outcomes)
        };
        topics.into_iter().map(&mut elect).collect()
    }
}

impl Controller {
    /// Changes every partition that `touches` picks, as the sweep wants.
    pub(super) fn sweep(
        &self,
        sweep: Sweep,
        touches: impl Fn(&Partition) -> bool,
        draft: &mut Draft,
    ) {
        let touched = self
            .image
            .topics()
            .partitions()
            .filter(|(_, _, p)| touches(p));
        for (topic, index, partition) in touched {
            let mut change = PartitionChange::of(partition);
            change.isr.retain(|id| !sweep.excludes(*id));
            change.unclean_shutdown = sweep.unclean_shutdown;
            if self.elects_unclean_leaders(&topic.name) {
                change.election = Election::Unclean;
            }
            draft.extend(self.change_record(topic, index, change, sweep));
        }
    }

    /// The record of a change, under the rules that hold for the partition.
    pub(super) fn change_record(
        &self,
        topic: &Topic,
        index: PartitionIndex,
        change: PartitionChange<'_>,
        sweep: Sweep,
    ) -> Option<VersionedRecord> {
        let partition = topic.partition(index)?;
        let cluster = self.image.cluster();
        let is_acceptable = |id: BrokerId| {
            let Some(broker) = cluster.broker(id) else {
                return false;
            };
            let dir = partition.directory_of(id);
            !sweep.excludes(id)
                && (sweep.add == Some(id) || broker.is_active())
                && dir.is_none_or(|dir| broker.has_online_dir(dir))
        };
        let default_dir = |id: BrokerId| {
            cluster
                .broker(id)
                .map_or(Uuid::UNASSIGNED_DIR, Broker::default_dir)
        };
        let rules = Rules {
            version: self.image.features().metadata_version(),
            keeps_eligible_leaders: self.image.features().keeps_eligible_leaders(),
            min_isr: self.effective_min_isr(topic),
            is_acceptable: &is_acceptable,
            default_dir: &default_dir,
        };
        change.into_record(topic.id, index, &rules)
    }

    /// Elections that bring leaders back to preferred replicas, at most `limit` of them.
    pub(super) fn balance_leaders(&self, limit: usize, draft: &mut Draft) {
        let imbalanced = self
            .image
            .topics()
            .partitions()
            .filter(|(_, _, partition)| {
                partition.leader.is_some() && partition.leader != partition.preferred_leader()
            });
        let records = imbalanced.filter_map(|(topic, index, partition)| {
            let mut change = PartitionChange::of(partition);
            change.election = Election::Preferred;
            self.change_record(topic, index, change, Sweep::default())
        });
        draft.extend(records.take(limit));
    }

    /// Unclean elections for leaderless partitions whose topic allows them, at most `limit`.
    pub(super) fn elect_unclean_leaders(&self, limit: usize, draft: &mut Draft) {
        let leaderless = self
            .image
            .topics()
            .partitions()
            .filter(|(topic, _, partition)| {
                partition.leader.is_none() && self.elects_unclean_leaders(&topic.name)
            });
        let records = leaderless.filter_map(|(topic, index, partition)| {
            let mut change = PartitionChange::of(partition);
            change.election = Election::Unclean;
            self.change_record(topic, index, change, Sweep::default())
        });
        draft.extend(records.take(limit));
    }

    /// Whether a broker leads any partition.
    pub(super) fn leads_any(&self, broker: BrokerId) -> bool {
        let mut partitions = self.image.topics().partitions();
        partitions.any(|(_, _, partition)| partition.is_led_by(broker))
    }

    fn elect_leader(
        &self,
        name: &str,
        index: PartitionIndex,
        kind: ElectionKind,
    ) -> Result<VersionedRecord, Refusal> {
        let unknown = |message| Refusal::new(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, message);
        let topic = self.image.topics().by_name(name);
        let topic = topic.ok_or_else(|| unknown(format!("No such topic as {name}")))?;
        let partition = topic.partition(index);
        let partition =
            partition.ok_or_else(|| unknown(format!("No such partition as {name}-{index}")))?;
        let (is_needed, election, none_found) = match kind {
            ElectionKind::Preferred => (
                partition.leader != partition.preferred_leader(),
                Election::Preferred,
                ErrorCode::PREFERRED_LEADER_NOT_AVAILABLE,
            ),
            ElectionKind::Unclean => (
                partition.leader.is_none(),
                Election::Unclean,
                ErrorCode::ELIGIBLE_LEADERS_NOT_AVAILABLE,
            ),
        };
        if !is_needed {
            return Err(Refusal::bare(ErrorCode::ELECTION_NOT_NEEDED));
        }
        let mut change = PartitionChange::of(partition);
        change.election = election;
        let record = self.change_record(topic, index, change, Sweep::default());
        record.ok_or_else(|| Refusal::bare(none_found))
    }
}
