//! Creation of topics.
//!
//! Spec: KIP-4 (topic commands), KIP-525 (configs in the answer), KIP-516 (topic ids).

use std::collections::BTreeMap;

use ottla_protocol::metadata::{MetadataRecord, TopicRecord};
use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, PartitionIndex, Saturate, TopicId};

use super::{
    Command, Controller, Draft, MAX_RECORDS_PER_DECISION,
    placement::{self, UsableBroker},
    topic_name::{can_collide, check_topic_name, collide},
};
use crate::{
    Broker, ConfigKind, ConfigMap, ConfigResource, LeaderRecoveryState, Partition, PartitionEpoch,
    Refusal, VersionedRecord, image::config_record,
};

/// Creates topics. Each is created or refused on its own; those created appear together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTopics {
    /// The topics.
    pub topics: Vec<NewTopic>,
    /// Only says what would happen.
    pub validate_only: bool,
}

/// A topic to create.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewTopic {
    /// Its name.
    pub name: String,
    /// Number of partitions; -1 for the default, or when assignments are given.
    pub num_partitions: i32,
    /// Replicas of each partition; -1 for the default, or when assignments are given.
    pub replication_factor: i16,
    /// Which brokers hold which partition. Empty: the controller chooses.
    pub assignments: Vec<ManualAssignment>,
    /// Configuration overrides; a null value is refused.
    pub configs: Vec<(String, Option<String>)>,
}

/// The brokers of one partition, chosen by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManualAssignment {
    /// The partition.
    pub partition: i32,
    /// Its replicas, the preferred leader first.
    pub replicas: Vec<BrokerId>,
}

/// What became of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicOutcome {
    /// Name in the request.
    pub name: String,
    /// The topic, or why there is none.
    pub outcome: Result<CreatedTopic, Refusal>,
}

/// A topic that was created, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedTopic {
    /// Its id.
    pub id: TopicId,
    /// Number of its partitions.
    pub num_partitions: i32,
    /// Replicas of each partition.
    pub replication_factor: i16,
    /// Its configuration overrides.
    pub configs: ConfigMap,
}

impl Command for CreateTopics {
    type Reply = Vec<TopicOutcome>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for topic in &self.topics {
            *times.entry(&topic.name).or_default() += 1;
        }
        let is_single = |topic: &&NewTopic| times.get(topic.name.as_str()) == Some(&1);
        let single: Vec<&NewTopic> = self.topics.iter().filter(is_single).collect();
        let mut outcomes = controller.create_topics(&single, draft);
        let duplicates = times.iter().filter(|(_, count)| **count > 1);
        outcomes.extend(duplicates.map(|(name, _)| TopicOutcome {
            name: (*name).to_owned(),
            outcome: Err(Refusal::new(
                ErrorCode::INVALID_REQUEST,
                "Duplicate topic name.",
            )),
        }));
        if self.validate_only {
            draft.records.clear();
        }
        outcomes
    }
}

impl Controller {
    fn create_topics(&mut self, topics: &[&NewTopic], draft: &mut Draft) -> Vec<TopicOutcome> {
        let refuse_all = |message: &str| {
            let refusal = Refusal::new(ErrorCode::POLICY_VIOLATION, message);
            topics
                .iter()
                .map(|topic| TopicOutcome {
                    name: topic.name.clone(),
                    outcome: Err(refusal.clone()),
                })
                .collect()
        };
        if self.requested_partitions(topics) > MAX_RECORDS_PER_DECISION {
            return refuse_all("Excessively large number of partitions per request.");
        }
        let mut outcomes = Vec::with_capacity(topics.len());
        for topic in topics {
            let outcome = self.create_topic(topic).map(|(created, records)| {
                draft.extend(records);
                created
            });
            if draft.is_excessive() {
                draft.records.clear();
                return refuse_all(EXCESSIVE_BATCH);
            }
            outcomes.push(TopicOutcome {
                name: topic.name.clone(),
                outcome,
            });
        }
        outcomes
    }

    fn requested_partitions(&self, topics: &[&NewTopic]) -> usize {
        let of = |topic: &&NewTopic| match (topic.assignments.len(), topic.num_partitions) {
            (0, -1) => self.effective.topics.num_partitions.saturate(),
            (0, count) => usize::try_from(count).unwrap_or(0),
            (assigned, _) => assigned,
        };
        topics.iter().map(of).fold(0, usize::saturating_add)
    }

    fn create_topic(
        &mut self,
        topic: &NewTopic,
    ) -> Result<(CreatedTopic, Vec<VersionedRecord>), Refusal> {
        self.check_new_name(&topic.name)?;
        let configs = self.check_new_configs(topic)?;
        let partitions = if topic.assignments.is_empty() {
            self.place_new_topic(topic)?
        } else {
            self.assign_new_topic(topic)?
        };
        let version = self.image.features().metadata_version();
        let id = self.entropy.uuid();
        let record = TopicRecord {
            name: topic.name.clone().into(),
            topic_id: id,
            ..TopicRecord::default()
        };
        let mut records = vec![VersionedRecord::new(MetadataRecord::TopicRecord(record), 0)];
        let set = |(key, value): (&String, &String)| {
            config_record(ConfigKind::TOPIC, &topic.name, key, Some(value))
        };
        records.extend(configs.iter().map(set));
        records.extend(self.clear_eligible_after(ConfigKind::TOPIC, &topic.name, configs.keys()));
        let created = CreatedTopic {
            id,
            num_partitions: partitions.len().saturate(),
            replication_factor: partitions
                .first()
                .map_or(0, |p| p.replicas.len().saturate()),
            configs,
        };
        for (index, partition) in (0..).zip(&partitions) {
            records.push(partition.to_record(id, PartitionIndex(index), version));
        }
        Ok((created, records))
    }

    fn check_new_name(&self, name: &str) -> Result<(), Refusal> {
        if name == "__cluster_metadata" {
            let message = format!("Creation of internal topic {name} is prohibited.");
            return Err(Refusal::new(ErrorCode::INVALID_REQUEST, message));
        }
        check_topic_name(name)?;
        if self.image.topics().by_name(name).is_some() {
            let message = format!("Topic '{name}' already exists.");
            return Err(Refusal::new(ErrorCode::TOPIC_ALREADY_EXISTS, message));
        }
        if can_collide(name) {
            let mut topics = self.image.topics().iter();
            if let Some(other) = topics.find(|topic| collide(&topic.name, name)) {
                let message = format!(
                    "Topic '{name}' collides with existing topic: {}",
                    other.name
                );
                return Err(Refusal::new(ErrorCode::INVALID_TOPIC_EXCEPTION, message));
            }
        }
        Ok(())
    }

    fn check_new_configs(&self, topic: &NewTopic) -> Result<ConfigMap, Refusal> {
        let without_value = topic.configs.iter().filter(|(_, value)| value.is_none());
        let without_value: Vec<&str> = without_value.map(|(key, _)| key.as_str()).collect();
        if !without_value.is_empty() {
            let keys = without_value.join(",");
            let message = format!("Null value not supported for topic configs: {keys}");
            return Err(Refusal::new(ErrorCode::INVALID_CONFIG, message));
        }
        let given = topic.configs.iter().filter_map(|(key, value)| {
            let value = value.clone()?;
            Some((key.clone(), value))
        });
        let configs: ConfigMap = given.collect();
        self.check_configs(&ConfigResource::topic(&topic.name), &configs)?;
        Ok(configs)
    }

    /// Partitions on brokers that the controller chooses.
    fn place_new_topic(&mut self, topic: &NewTopic) -> Result<Vec<Partition>, Refusal> {
        if topic.replication_factor < -1 || topic.replication_factor == 0 {
            let message =
                "Replication factor must be larger than 0, or -1 to use the default value.";
            return Err(Refusal::new(ErrorCode::INVALID_REPLICATION_FACTOR, message));
        }
        if topic.num_partitions < -1 || topic.num_partitions == 0 {
            let message = "Number of partitions was set to an invalid non-positive value.";
            return Err(Refusal::new(ErrorCode::INVALID_PARTITIONS, message));
        }
        let defaults = &self.effective.topics;
        let partitions = match topic.num_partitions {
            -1 => defaults.num_partitions,
            given => given,
        };
        let replication_factor = match topic.replication_factor {
            -1 => i16::try_from(defaults.default_replication_factor).unwrap_or(i16::MAX),
            given => given,
        };
        let placed = self.place(partitions.saturate(), replication_factor);
        let placed = placed.map_err(|reason| cannot_replicate(replication_factor, &reason))?;
        self.new_partitions(placed, replication_factor)
    }

    /// Brokers for `partitions` new partitions, or Apache Kafka's reason why there are none.
    pub(super) fn place(
        &mut self,
        partitions: usize,
        replication_factor: i16,
    ) -> Result<Vec<Vec<BrokerId>>, String> {
        let brokers = self.usable_brokers();
        placement::place(brokers, partitions, replication_factor, &mut self.entropy)
    }

    /// The partitions that begin on brokers that were placed.
    pub(super) fn new_partitions(
        &self,
        placed: Vec<Vec<BrokerId>>,
        replication_factor: i16,
    ) -> Result<Vec<Partition>, Refusal> {
        let nobody = || {
            let reason = "All brokers are currently fenced or in controlled shutdown.";
            cannot_replicate(replication_factor, reason)
        };
        placed
            .into_iter()
            .map(|replicas| self.new_partition(replicas).ok_or_else(nobody))
            .collect()
    }

    /// Brokers that new replicas can be placed on.
    fn usable_brokers(&self) -> Vec<UsableBroker> {
        let brokers = self.image.cluster().brokers();
        let usable = brokers.filter(|broker| {
            self.sessions.shutdown_offset(broker.id).is_none() && !broker.is_cordoned()
        });
        usable
            .map(|broker| UsableBroker {
                id: broker.id,
                rack: broker.rack.clone(),
                fenced: broker.fenced,
            })
            .collect()
    }

    /// Partitions on the brokers that the caller chose.
    fn assign_new_topic(&self, topic: &NewTopic) -> Result<Vec<Partition>, Refusal> {
        let invalid = |message| Err(Refusal::new(ErrorCode::INVALID_REQUEST, message));
        if topic.replication_factor != -1 {
            return invalid(
                "A manual partition assignment was specified, but replication factor was not set to -1.",
            );
        }
        if topic.num_partitions != -1 {
            return invalid(
                "A manual partition assignment was specified, but numPartitions was not set to -1.",
            );
        }
        let invalid = |message| Refusal::new(ErrorCode::INVALID_REPLICA_ASSIGNMENT, message);
        let mut partitions: BTreeMap<i32, Partition> = BTreeMap::new();
        let mut replication_factor = None;
        for assignment in &topic.assignments {
            let ManualAssignment {
                partition: index,
                replicas,
            } = assignment;
            if partitions.contains_key(index) {
                let message =
                    format!("Found multiple manual partition assignments for partition {index}");
                return Err(invalid(message));
            }
            self.check_assignment(replicas, replication_factor)?;
            replication_factor = Some(replicas.len());
            let partition = self.assigned_partition(*index, replicas)?;
            partitions.insert(*index, partition);
        }
        if !(0..)
            .zip(partitions.keys())
            .all(|(expected, index)| expected == *index)
        {
            let message = "partitions should be a consecutive 0-based integer sequence".to_owned();
            return Err(invalid(message));
        }
        Ok(partitions.into_values().collect())
    }

    /// A partition on brokers that the caller chose and that were checked.
    pub(super) fn assigned_partition(
        &self,
        index: i32,
        replicas: &[BrokerId],
    ) -> Result<Partition, Refusal> {
        self.new_partition(replicas.to_vec()).ok_or_else(|| {
            let message = format!(
                "All brokers specified in the manual partition assignment for partition {index} \
                 are fenced or in controlled shutdown."
            );
            Refusal::new(ErrorCode::INVALID_REPLICA_ASSIGNMENT, message)
        })
    }

    /// Whether a caller may choose these brokers for a partition.
    pub(super) fn check_assignment(
        &self,
        replicas: &[BrokerId],
        replication_factor: Option<usize>,
    ) -> Result<(), Refusal> {
        let invalid = |message| Err(Refusal::new(ErrorCode::INVALID_REPLICA_ASSIGNMENT, message));
        if replicas.is_empty() {
            let message = "The manual partition assignment includes an empty replica list.";
            return invalid(message.to_owned());
        }
        let mut sorted = replicas.to_vec();
        sorted.sort();
        let mut before = None;
        for id in sorted {
            if self.image.cluster().broker(id).is_none() {
                return invalid(format!(
                    "The manual partition assignment includes broker {id}, but no such broker is registered."
                ));
            }
            if before == Some(id) {
                return invalid(format!(
                    "The manual partition assignment includes the broker {id} more than once."
                ));
            }
            before = Some(id);
        }
        match replication_factor {
            Some(expected) if expected != replicas.len() => invalid(format!(
                "The manual partition assignment includes a partition with {} replica(s), but \
                 this is not consistent with previous partitions, which have {expected} replica(s).",
                replicas.len()
            )),
            _ => Ok(()),
        }
    }

    /// A partition that begins on `replicas`; `None` when none of them is active.
    fn new_partition(&self, replicas: Vec<BrokerId>) -> Option<Partition> {
        let cluster = self.image.cluster();
        let is_active = |id: &BrokerId| cluster.is_active(*id);
        let isr: Vec<BrokerId> = replicas.iter().copied().filter(is_active).collect();
        let unassigned = ottla_types::Uuid::UNASSIGNED_DIR;
        let dir = |id: &BrokerId| cluster.broker(*id).map_or(unassigned, Broker::default_dir);
        Some(Partition {
            leader: Some(isr.first().copied()?),
            directories: replicas.iter().map(dir).collect(),
            replicas,
            isr,
            removing_replicas: Vec::new(),
            adding_replicas: Vec::new(),
            eligible_leader_replicas: Vec::new(),
            last_known_elr: Vec::new(),
            leader_recovery_state: LeaderRecoveryState::Recovered,
            leader_epoch: LeaderEpoch(0),
            partition_epoch: PartitionEpoch(0),
        })
    }
}

fn cannot_replicate(replication_factor: i16, reason: &str) -> Refusal {
    let message =
        format!("Unable to replicate the partition {replication_factor} time(s): {reason}");
    Refusal::new(ErrorCode::INVALID_REPLICATION_FACTOR, message)
}

/// What is said when a decision would hold too many records.
pub(super) const EXCESSIVE_BATCH: &str = "Unable to perform excessively large batch operation.";
