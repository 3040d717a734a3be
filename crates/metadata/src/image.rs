//! Everything that the metadata log says, at one offset.
//!
//! An image is a value: cheap to clone, since its parts and every topic are shared until they
//! change, and never altered once it is published. Applying a record is total and deterministic:
//! any two nodes that applied the same records hold equal images, whatever the records were.
//!
//! It never decides anything, and knows neither time nor sessions.
//!
//! - I1 An image loaded from a snapshot equals the one that replay of the log gives.
//! - I2 A record that contradicts the image changes only the position.
//! - I3 Records of a metadata transaction show together, at its end, or not at all.
//! - I4 Every name in the index of topics leads to a topic of that name, and every topic is in it.
//!
//! Spec: KIP-631 (metadata records), KIP-868 (metadata transactions).

mod changes;
mod client_quotas;
mod cluster;
mod configs;
mod finalized;
mod partition;
mod partitions;
mod producer_ids;
mod security;
mod topics;

use std::sync::Arc;

use ottla_protocol::metadata::MetadataRecord;

pub use changes::{TopicChanges, config_changes, topic_changes};
pub use client_quotas::{ClientQuotas, QuotaEntity};
pub use cluster::{Broker, Cluster, Endpoint, RegisteredController};
pub(crate) use cluster::{FENCE, IN_CONTROLLED_SHUTDOWN, UNFENCE};
pub(crate) use configs::config_record;
pub use configs::{ConfigKind, ConfigMap, ConfigResource, Configs};
pub use finalized::FinalizedFeatures;
pub(crate) use partition::{LEADER_UNCHANGED, leader_number, numbers};
pub use partition::{LeaderRecoveryState, Partition, PartitionEpoch};
pub use partitions::TopicPartitions;
pub use producer_ids::ProducerIds;
pub(crate) use producer_ids::producer_ids_record;
pub use security::{
    AccessControlEntry, Acls, DelegationToken, DelegationTokens, ScramCredential, ScramCredentials,
};
pub use topics::{Topic, Topics};

use crate::{Position, ReplayFault, VersionedRecord};

/// The state of the cluster after some record of the metadata log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    position: Position,
    features: Arc<FinalizedFeatures>,
    cluster: Arc<Cluster>,
    topics: Arc<Topics>,
    configs: Arc<Configs>,
    client_quotas: Arc<ClientQuotas>,
    producer_ids: ProducerIds,
    acls: Arc<Acls>,
    scram: Arc<ScramCredentials>,
    delegation_tokens: Arc<DelegationTokens>,
    /// Records of the metadata transaction that is open, if one is.
    transaction: Option<Arc<Vec<MetadataRecord<'static>>>>,
}

impl Image {
    /// Where the last applied record stands.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// Finalized features.
    #[must_use]
    pub fn features(&self) -> &FinalizedFeatures {
        &self.features
    }

    /// Registered brokers and controllers.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// Topics and partitions.
    #[must_use]
    pub fn topics(&self) -> &Topics {
        &self.topics
    }

    /// Dynamic configurations.
    #[must_use]
    pub fn configs(&self) -> &Configs {
        &self.configs
    }

    /// Client quotas.
    #[must_use]
    pub fn client_quotas(&self) -> &ClientQuotas {
        &self.client_quotas
    }

    /// The next block of producer ids.
    #[must_use]
    pub fn producer_ids(&self) -> ProducerIds {
        self.producer_ids
    }

    /// Access control entries.
    #[must_use]
    pub fn acls(&self) -> &Acls {
        &self.acls
    }

    /// SCRAM credentials.
    #[must_use]
    pub fn scram(&self) -> &ScramCredentials {
        &self.scram
    }

    /// Delegation tokens.
    #[must_use]
    pub fn delegation_tokens(&self) -> &DelegationTokens {
        &self.delegation_tokens
    }

    /// Whether a metadata transaction is open. No snapshot may be taken then.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    /// Moves the position past something that is not a metadata record, such as a control batch.
    pub fn skip(&mut self, at: Position) {
        self.position = at;
    }

    /// Applies one record.
    ///
    /// # Errors
    /// When the record contradicts the image, which then keeps its state and only moves on.
    pub fn apply(&mut self, at: Position, record: &MetadataRecord<'_>) -> Result<(), ReplayFault> {
        self.position = at;
        if let MetadataRecord::BeginTransactionRecord(_) = record {
            if self.transaction.is_some() {
                return Err(ReplayFault::NestedTransaction);
            }
            self.transaction = Some(Arc::default());
            return Ok(());
        }
        if let MetadataRecord::EndTransactionRecord(_) = record {
            return self.end_transaction();
        }
        if let MetadataRecord::AbortTransactionRecord(_) = record {
            let aborted = self.transaction.take();
            return aborted.map(drop).ok_or(ReplayFault::NoTransaction);
        }
        if let Some(pending) = &mut self.transaction {
            Arc::make_mut(pending).push(record.clone().into_owned());
            return Ok(());
        }
        self.apply_now(record)
    }

    /// The records that build this image, in the order in which Apache Kafka writes a snapshot.
    #[must_use]
    pub fn snapshot_records(&self) -> Vec<VersionedRecord> {
        let version = self.features.metadata_version();
        let mut out = Vec::new();
        self.features.write_snapshot(&mut out);
        self.cluster.write_snapshot(version, &mut out);
        self.topics.write_snapshot(version, &mut out);
        self.configs.write_snapshot(&mut out);
        self.client_quotas.write_snapshot(&mut out);
        self.producer_ids.write_snapshot(&mut out);
        self.acls.write_snapshot(&mut out);
        self.scram.write_snapshot(&mut out);
        self.delegation_tokens.write_snapshot(&mut out);
        out
    }

    /// Applies all records of the open transaction; the first fault among them is reported.
    fn end_transaction(&mut self) -> Result<(), ReplayFault> {
        let pending = self.transaction.take().ok_or(ReplayFault::NoTransaction)?;
        let mut outcome = Ok(());
        for record in pending.iter() {
            let applied = self.apply_now(record);
            outcome = outcome.and(applied);
        }
        outcome
    }

    fn apply_now(&mut self, record: &MetadataRecord<'_>) -> Result<(), ReplayFault> {
        use MetadataRecord as R;
        match record {
            R::FeatureLevelRecord(r) => Arc::make_mut(&mut self.features).apply(r),
            R::RegisterBrokerRecord(r) => Arc::make_mut(&mut self.cluster).register(r),
            R::UnregisterBrokerRecord(r) => Arc::make_mut(&mut self.cluster).unregister(r)?,
            R::FenceBrokerRecord(r) => {
                Arc::make_mut(&mut self.cluster).set_fenced(r.id, r.epoch, true)?;
            }
            R::UnfenceBrokerRecord(r) => {
                Arc::make_mut(&mut self.cluster).set_fenced(r.id, r.epoch, false)?;
            }
            R::BrokerRegistrationChangeRecord(r) => Arc::make_mut(&mut self.cluster).change(r)?,
            R::RegisterControllerRecord(r) => {
                Arc::make_mut(&mut self.cluster).register_controller(r);
            }
            R::TopicRecord(r) => Arc::make_mut(&mut self.topics).create(r)?,
            R::PartitionRecord(r) => Arc::make_mut(&mut self.topics).put_partition(r)?,
            R::PartitionChangeRecord(r) => Arc::make_mut(&mut self.topics).change_partition(r)?,
            R::ClearElrRecord(r) => Arc::make_mut(&mut self.topics).clear_elr(r)?,
            R::RemoveTopicRecord(r) => {
                let topic = Arc::make_mut(&mut self.topics).remove(r)?;
                if self.configs.topic(&topic.name).is_some() {
                    Arc::make_mut(&mut self.configs).remove_topic(&topic.name);
                }
            }
            R::ConfigRecord(r) => Arc::make_mut(&mut self.configs).apply(r),
            R::ClientQuotaRecord(r) => Arc::make_mut(&mut self.client_quotas).apply(r),
            R::ProducerIdsRecord(r) => self.producer_ids.apply(r)?,
            R::AccessControlEntryRecord(r) => Arc::make_mut(&mut self.acls).add(r)?,
            R::RemoveAccessControlEntryRecord(r) => Arc::make_mut(&mut self.acls).remove(r)?,
            R::UserScramCredentialRecord(r) => Arc::make_mut(&mut self.scram).put(r),
            R::RemoveUserScramCredentialRecord(r) => Arc::make_mut(&mut self.scram).remove(r)?,
            R::DelegationTokenRecord(r) => Arc::make_mut(&mut self.delegation_tokens).put(r),
            R::RemoveDelegationTokenRecord(r) => {
                Arc::make_mut(&mut self.delegation_tokens).remove(r)?;
            }
            // The first three are handled before; the migration from ZooKeeper is over.
            R::BeginTransactionRecord(_)
            | R::EndTransactionRecord(_)
            | R::AbortTransactionRecord(_)
            | R::NoOpRecord(_)
            | R::ZkMigrationStateRecord(_) => {}
        }
        Ok(())
    }

    /// Checks the numbered invariants of the module that one image can show.
    ///
    /// # Panics
    /// When one does not hold, which is a bug of this crate.
    pub fn check_invariants(&self) {
        let topics = &self.topics;
        assert_eq!(topics.iter().count(), topics.len(), "I4");
        for (id, topic) in topics.iter_by_id() {
            assert_eq!(*id, topic.id, "I4");
            assert_eq!(topics.id_of(&topic.name), Some(*id), "I4");
            for partition in topic.partitions.values() {
                assert_eq!(partition.replicas.len(), partition.directories.len());
            }
        }
    }
}
