//! More partitions for topics that exist.
//!
//! Spec: KIP-195.

use std::collections::BTreeMap;

use ottla_types::{BrokerId, ErrorCode, PartitionIndex, Saturate};

use super::{Command, Controller, Draft, MAX_RECORDS_PER_DECISION, create_topics::EXCESSIVE_BATCH};
use crate::{Partition, Refusal};

/// Adds partitions to topics. Reply: the outcome per topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePartitions {
    /// The topics.
    pub topics: Vec<MorePartitions>,
    /// Only says what would happen.
    pub validate_only: bool,
}

/// How many partitions a topic should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorePartitions {
    /// The topic.
    pub name: String,
    /// Number of partitions in all, not of new ones.
    pub count: i32,
    /// Brokers of each new partition. `None`: the controller chooses.
    pub assignments: Option<Vec<Vec<BrokerId>>>,
}

impl Command for CreatePartitions {
    type Reply = Vec<(String, Result<(), Refusal>)>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for topic in &self.topics {
            *times.entry(&topic.name).or_default() += 1;
        }
        let duplicates = times.iter().filter(|(_, count)| **count > 1);
        let mut outcomes: Self::Reply = duplicates
            .map(|(name, _)| {
                let refusal = Refusal::new(ErrorCode::INVALID_REQUEST, "Duplicate topic name.");
                ((*name).to_owned(), Err(refusal))
            })
            .collect();
        let is_single = |topic: &&MorePartitions| times.get(topic.name.as_str()) == Some(&1);
        for topic in self.topics.iter().filter(is_single) {
            let outcome = controller.add_partitions(topic, draft);
            outcomes.push((topic.name.clone(), outcome));
        }
        if draft.is_excessive() {
            draft.records.clear();
            let refusal = Refusal::new(ErrorCode::POLICY_VIOLATION, EXCESSIVE_BATCH);
            outcomes
                .iter_mut()
                .for_each(|(_, outcome)| *outcome = Err(refusal.clone()));
        }
        if self.validate_only {
            draft.records.clear();
        }
        outcomes
    }
}

impl Controller {
    fn add_partitions(
        &mut self,
        request: &MorePartitions,
        draft: &mut Draft,
    ) -> Result<(), Refusal> {
        let Some(topic) = self.image.topics().by_name(&request.name).cloned() else {
            return Err(Refusal::bare(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION));
        };
        let current: i32 = topic.partitions.len().saturate();
        let additional = self.check_count(request, current)?;
        let replication_factor = topic
            .partitions
            .values()
            .next()
            .map_or(0, |p| p.replicas.len());
        let partitions = match &request.assignments {
            Some(assignments) => {
                let indices = current..;
                let assigned = indices.zip(assignments).map(|(index, replicas)| {
                    self.check_assignment(replicas, Some(replication_factor))?;
                    self.assigned_partition(index, replicas)
                });
                assigned.collect::<Result<Vec<Partition>, Refusal>>()?
            }
            None => {
                let replication_factor = replication_factor.saturate();
                let placed = self
                    .place(additional, replication_factor)
                    .map_err(|reason| {
                        Refusal::new(ErrorCode::INVALID_REPLICATION_FACTOR, reason)
                    })?;
                self.new_partitions(placed, replication_factor)?
            }
        };
        let version = self.image.features().metadata_version();
        for (index, partition) in (current..).zip(&partitions) {
            draft.push(partition.to_record(topic.id, PartitionIndex(index), version));
        }
        Ok(())
    }

    /// How many partitions are to be added.
    fn check_count(&self, request: &MorePartitions, current: i32) -> Result<usize, Refusal> {
        let MorePartitions { name, count, .. } = request;
        let invalid = |message| Err(Refusal::new(ErrorCode::INVALID_PARTITIONS, message));
        if *count == current {
            return invalid(format!("Topic already has {current} partition(s)."));
        }
        let additional = usize::try_from(i64::from(*count) - i64::from(current)).unwrap_or(0);
        if additional == 0 {
            return invalid(format!(
                "The topic {name} currently has {current} partition(s); {count} would not be an increase."
            ));
        }
        if additional > MAX_RECORDS_PER_DECISION {
            return Err(Refusal::new(ErrorCode::POLICY_VIOLATION, EXCESSIVE_BATCH));
        }
        match &request.assignments {
            Some(assignments) if assignments.len() != additional => {
                let message = format!(
                    "Attempted to add {additional} additional partition(s), but only {} \
                     assignment(s) were specified.",
                    assignments.len()
                );
                Err(Refusal::new(ErrorCode::INVALID_REPLICA_ASSIGNMENT, message))
            }
            _ => Ok(additional),
        }
    }
}
