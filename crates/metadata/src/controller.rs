//! The active controller: decides what is written to the metadata log.
//!
//! A command goes in with the time and the log's end; records and a reply come out. The caller
//! appends the records, applies them, and lets the reply go when the high watermark has passed
//! them. The cluster's state changes only in [`Controller::apply`]; what a decision changes at
//! once is soft state (sessions, timers, the order of random choices), which leaves with leadership.
//!
//! It never learns who asked, sees no wire message, and keeps no waiting request.
//!
//! - I1 Replay of every decided record gives the controller's image.
//! - I2 A decision is made on an image that holds every record decided before.
//! - I3 A broker's epoch is the offset of the record that registered its process.
//! - I4 A fenced broker is in no in-sync set, unless it is the last one there and eligible leader
//!   replicas are off.
//!
//! Spec: KIP-500, KIP-631 (the controller), KIP-868 (activation).

mod activation;
mod alter_configs;
mod assign_directories;
mod config;
mod create_partitions;
mod create_topics;
mod delete_topics;
mod elections;
mod entropy;
mod heartbeat;
mod isr;
mod partition_change;
mod placement;
mod producer_ids;
mod registration;
mod sessions;
mod topic_name;
mod update_features;

use std::{collections::BTreeMap, sync::Arc};

use ottla_config::BrokerConfig;
use ottla_protocol::metadata::MetadataRecord;
use ottla_types::{BrokerId, Mono, Now, Offset};

pub use activation::{Activate, Tick};
pub use alter_configs::{
    AlterConfigs, ConfigChange, ConfigEntries, ConfigOperation, IncrementalAlterConfigs,
};
pub use assign_directories::{AssignReplicasToDirs, DirectoryAssignment};
pub use config::ControllerConfig;
pub use create_partitions::{CreatePartitions, MorePartitions};
pub use create_topics::{CreateTopics, CreatedTopic, ManualAssignment, NewTopic, TopicOutcome};
pub use delete_topics::{DeleteTopics, DeletedTopic, TopicSelector};
pub use elections::{ElectLeaders, ElectedLeaders, ElectionKind};
pub use heartbeat::{BrokerHeartbeat, HeartbeatReply};
pub use isr::{AlterPartitions, IsrMember, IsrOutcome, IsrProposal};
pub use producer_ids::{AllocateProducerIds, PRODUCER_ID_BLOCK_LEN, ProducerIdBlock};
pub use registration::{RegisterBroker, RegisterController, UnregisterBroker};
pub use topic_name::check_topic_name;
pub use update_features::{FeatureUpdate, FeatureUpdateKind, UpdateFeatures};

use crate::{ConfigKind, Image, Position, ReplayFault, Topic, VersionedRecord};
use activation::Duties;
use entropy::Entropy;
use sessions::Sessions;

/// The most records that one decision may write.
pub const MAX_RECORDS_PER_DECISION: usize = 10_000;

/// When a decision is made: what the clocks say and where the log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Both clocks.
    pub now: Now,
    /// End of the metadata log: the offset that the first record of the decision will get.
    pub next_offset: Offset,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<R> {
    /// Offset that the first record must get. Appended anywhere else, the decision is void.
    pub base_offset: Offset,
    /// Records to append, in order.
    pub records: Vec<VersionedRecord>,
    /// Whether the records must stand in one batch.
    pub atomic: bool,
    /// What to answer when the high watermark has passed the records.
    pub reply: R,
}

/// Something the controller can be asked to do.
pub trait Command {
    /// What it answers.
    type Reply;

    /// Decides, writing records into the draft.
    #[doc(hidden)]
    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply;
}

/// A decision in the making.
#[derive(Debug)]
pub struct Draft {
    moment: Moment,
    records: Vec<VersionedRecord>,
    atomic: bool,
}

impl Draft {
    fn new(moment: Moment) -> Self {
        Self {
            moment,
            records: Vec::new(),
            atomic: true,
        }
    }

    fn mono(&self) -> Mono {
        self.moment.now.mono
    }

    fn push(&mut self, record: VersionedRecord) {
        self.records.push(record);
    }

    fn extend(&mut self, records: impl IntoIterator<Item = VersionedRecord>) {
        self.records.extend(records);
    }

    /// The records may stand in several batches.
    fn allow_splitting(&mut self) {
        self.atomic = false;
    }

    /// Whether one decision may not write so many records.
    fn is_excessive(&self) -> bool {
        self.records.len() > MAX_RECORDS_PER_DECISION
    }

    /// Offset that the next record will get.
    fn next_offset(&self) -> Offset {
        let count = i64::try_from(self.records.len()).unwrap_or(i64::MAX);
        self.moment.next_offset.plus(count)
    }

    /// Offset of the last record before and in this decision.
    fn last_offset(&self) -> Offset {
        self.next_offset().plus(-1)
    }
}

/// The controller of a cluster. See the module for its contract.
#[derive(Clone, Debug)]
pub struct Controller {
    config: Arc<ControllerConfig>,
    /// The node's configuration with the dynamic ones of the image over it.
    effective: BrokerConfig,
    image: Image,
    /// Offset of each broker's registration record; the loaded image's end for those in it.
    registered_at: BTreeMap<BrokerId, Offset>,
    entropy: Entropy,
    sessions: Sessions,
    duties: Duties,
}

impl Controller {
    /// A controller that has applied the log as far as `image` says.
    ///
    /// `image` must hold committed records only. After lost leadership, make a new one.
    #[must_use]
    pub fn new(config: ControllerConfig, seed: [u8; 32], image: Image) -> Self {
        let loaded_at = image.position().offset;
        let registered_at = image
            .cluster()
            .brokers()
            .map(|broker| (broker.id, loaded_at));
        let mut controller = Self {
            registered_at: registered_at.collect(),
            entropy: Entropy::from_seed(seed),
            sessions: Sessions::new(config.session_timeout()),
            duties: Duties::default(),
            effective: config.broker.clone(),
            config: Arc::new(config),
            image,
        };
        controller.refresh_effective_config();
        controller
    }

    /// Decides one command.
    ///
    /// The records of the decision before must have been applied.
    pub fn decide<C: Command>(&mut self, at: Moment, command: C) -> Decision<C::Reply> {
        let mut draft = Draft::new(at);
        let reply = command.decide(self, &mut draft);
        Decision {
            base_offset: at.next_offset,
            records: draft.records,
            atomic: draft.atomic,
            reply,
        }
    }

    /// Applies a record: right after its append when leading, once committed when standing by.
    ///
    /// # Errors
    /// When the record contradicts the image. A controller must not lead after that.
    pub fn apply(&mut self, at: Position, record: &MetadataRecord<'_>) -> Result<(), ReplayFault> {
        self.image.apply(at, record)?;
        if let MetadataRecord::RegisterBrokerRecord(registration) = record {
            self.registered_at
                .insert(BrokerId(registration.broker_id), at.offset);
        }
        let may_change_config = matches!(
            record,
            MetadataRecord::ConfigRecord(_) | MetadataRecord::EndTransactionRecord(_)
        );
        if may_change_config {
            self.refresh_effective_config();
        }
        Ok(())
    }

    /// Moves past something that is not a metadata record, such as a control batch.
    pub fn skip(&mut self, at: Position) {
        self.image.skip(at);
    }

    /// The state that the applied records give.
    #[must_use]
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// When [`Tick`] is due, if the controller is active.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Mono> {
        let duties = self.duties.next_deadline()?;
        let session = self.sessions.next_deadline();
        Some(session.map_or(duties, |session| session.min(duties)))
    }

    /// Checks the invariants of the module that one state can show.
    ///
    /// # Panics
    /// When one does not hold, which is a bug of this crate.
    pub fn check_invariants(&self) {
        self.image.check_invariants();
        let cluster = self.image.cluster();
        let keeps_eligible = self.image.features().keeps_eligible_leaders();
        for (topic, index, partition) in self.image.topics().partitions() {
            let is_fenced = |id: &BrokerId| cluster.broker(*id).is_none_or(|broker| broker.fenced);
            let may_stay = !keeps_eligible && partition.isr.len() == 1;
            assert!(
                may_stay || !partition.isr.iter().any(is_fenced),
                "I4: {}-{index} {partition:?}",
                topic.name
            );
            if let Some(leader) = partition.leader {
                assert!(
                    partition.isr.contains(&leader),
                    "{}-{index} {partition:?}",
                    topic.name
                );
            }
        }
    }

    /// The dynamic broker configurations may have changed: lays them over the node's own.
    fn refresh_effective_config(&mut self) {
        let none = crate::ConfigMap::new();
        let configs = self.image.configs();
        let shared = configs.broker_default().map_or(&none, |map| map);
        let own = configs
            .broker(self.config.node_id())
            .map_or(&none, |map| map);
        // A value that does not fit was let in by another release: the static ones hold then.
        self.effective = self
            .config
            .broker
            .with_dynamic(shared, own)
            .unwrap_or_else(|_| self.config.broker.clone());
    }

    /// The value of a topic's key: its own, else that of the brokers.
    fn topic_value(&self, topic: &str, key: &str) -> Option<String> {
        let own = self.image.configs().value(ConfigKind::TOPIC, topic, key);
        own.map(str::to_owned).or_else(|| self.effective.text(key))
    }

    fn elects_unclean_leaders(&self, topic: &str) -> bool {
        let value = self.topic_value(topic, "unclean.leader.election.enable");
        value.is_some_and(|text| text.trim().eq_ignore_ascii_case("true"))
    }

    /// In-sync replicas a topic must have, at most as many as it has replicas.
    fn effective_min_isr(&self, topic: &Topic) -> usize {
        let value = self.topic_value(&topic.name, MIN_ISR);
        let configured = value.and_then(|text| text.trim().parse().ok()).unwrap_or(1);
        let replicas = topic.partitions.values().next().map(|p| p.replicas.len());
        replicas.map_or(configured, |replicas| configured.min(replicas))
    }
}

/// In-sync replicas that a write with acks=all needs.
const MIN_ISR: &str = "min.insync.replicas";

#[cfg(test)]
mod tests;
