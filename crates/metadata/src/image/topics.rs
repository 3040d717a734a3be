//! Topics and their partitions, by name and by id.

use std::{collections::BTreeMap, sync::Arc};

use ottla_protocol::metadata::{
    ClearElrRecord, MetadataRecord, PartitionChangeRecord, PartitionRecord, RemoveTopicRecord,
    TopicRecord,
};
use ottla_types::{PartitionIndex, TopicId};

use super::{partition::Partition, partitions::TopicPartitions};
use crate::{MetadataVersion, ReplayFault, VersionedRecord};

/// One topic. Shared between images until it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: Arc<str>,
    /// Id of this incarnation.
    pub id: TopicId,
    /// Its partitions.
    pub partitions: TopicPartitions,
}

impl Topic {
    /// The partition `index`, if it exists.
    #[must_use]
    pub fn partition(&self, index: PartitionIndex) -> Option<&Partition> {
        self.partitions.get(index)
    }
}

/// All topics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    by_id: BTreeMap<TopicId, Arc<Topic>>,
    ids: BTreeMap<Arc<str>, TopicId>,
}

impl Topics {
    /// The topic of that name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&Arc<Topic>> {
        self.by_id(*self.ids.get(name)?)
    }

    /// The topic of that id.
    #[must_use]
    pub fn by_id(&self, id: TopicId) -> Option<&Arc<Topic>> {
        self.by_id.get(&id)
    }

    /// Id of the topic of that name.
    #[must_use]
    pub fn id_of(&self, name: &str) -> Option<TopicId> {
        self.ids.get(name).copied()
    }

    /// The partition of a topic by its id.
    #[must_use]
    pub fn partition(&self, topic: TopicId, index: PartitionIndex) -> Option<&Partition> {
        self.by_id(topic)?.partition(index)
    }

    /// Every topic, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Topic>> {
        self.ids.values().filter_map(|id| self.by_id.get(id))
    }

    /// Topics whose name is at least `name`, by name.
    pub fn iter_from<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Arc<Topic>> {
        let bounds = (std::ops::Bound::Included(name), std::ops::Bound::Unbounded);
        self.ids
            .range::<str, _>(bounds)
            .filter_map(|(_, id)| self.by_id.get(id))
    }

    /// Every partition with its topic, by topic name and index.
    pub fn partitions(&self) -> impl Iterator<Item = (&Arc<Topic>, PartitionIndex, &Partition)> {
        self.iter().flat_map(|topic| {
            topic
                .partitions
                .iter()
                .map(move |(index, partition)| (topic, index, partition))
        })
    }

    /// Number of topics.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is no topic.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Number of partitions of all topics.
    #[must_use]
    pub fn partition_count(&self) -> usize {
        self.by_id
            .values()
            .map(|topic| topic.partitions.len())
            .sum()
    }

    /// The topics by id, in the order of the ids.
    pub(super) fn iter_by_id(&self) -> impl Iterator<Item = (&TopicId, &Arc<Topic>)> {
        self.by_id.iter()
    }

    pub(super) fn create(&mut self, record: &TopicRecord<'_>) -> Result<(), ReplayFault> {
        let id = record.topic_id;
        if self.by_id.contains_key(&id) || self.ids.contains_key(&*record.name) {
            return Err(ReplayFault::TopicExists {
                name: record.name.to_string(),
                id,
            });
        }
        let name: Arc<str> = Arc::from(&*record.name);
        let topic = Topic {
            name: Arc::clone(&name),
            id,
            partitions: TopicPartitions::default(),
        };
        self.ids.insert(name, id);
        self.by_id.insert(id, Arc::new(topic));
        Ok(())
    }

    pub(super) fn remove(
        &mut self,
        record: &RemoveTopicRecord<'_>,
    ) -> Result<Arc<Topic>, ReplayFault> {
        let id = record.topic_id;
        let topic = self
            .by_id
            .remove(&id)
            .ok_or(ReplayFault::UnknownTopic(id))?;
        self.ids.remove(&topic.name);
        Ok(topic)
    }

    pub(super) fn put_partition(
        &mut self,
        record: &PartitionRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let topic = self.topic_mut(record.topic_id)?;
        let partition = Partition::from_record(record)?;
        Arc::make_mut(topic)
            .partitions
            .insert(PartitionIndex(record.partition_id), partition);
        Ok(())
    }

    pub(super) fn change_partition(
        &mut self,
        record: &PartitionChangeRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let index = PartitionIndex(record.partition_id);
        let topic = self.topic_mut(record.topic_id)?;
        let current = topic
            .partition(index)
            .ok_or(ReplayFault::UnknownPartition(record.topic_id, index))?;
        let next = current.merge(record)?;
        Arc::make_mut(topic).partitions.insert(index, next);
        Ok(())
    }

    /// Forgets the eligible leaders of one topic, or of all when the record names none.
    pub(super) fn clear_elr(&mut self, record: &ClearElrRecord<'_>) -> Result<(), ReplayFault> {
        if record.topic_name.is_empty() {
            self.by_id.values_mut().for_each(clear_elr);
            return Ok(());
        }
        let unknown = || ReplayFault::UnknownTopicName(record.topic_name.to_string());
        let id = self.id_of(&record.topic_name).ok_or_else(unknown)?;
        clear_elr(self.topic_mut(id)?);
        Ok(())
    }

    pub(super) fn write_snapshot(&self, version: MetadataVersion, out: &mut Vec<VersionedRecord>) {
        for topic in self.iter() {
            let record = TopicRecord {
                name: topic.name.to_string().into(),
                topic_id: topic.id,
                ..TopicRecord::default()
            };
            out.push(VersionedRecord::new(MetadataRecord::TopicRecord(record), 0));
            for (index, partition) in topic.partitions.iter() {
                out.push(partition.to_record(topic.id, index, version));
            }
        }
    }

    fn topic_mut(&mut self, id: TopicId) -> Result<&mut Arc<Topic>, ReplayFault> {
        self.by_id.get_mut(&id).ok_or(ReplayFault::UnknownTopic(id))
    }
}

/// Clears the eligible leaders of a topic, without touching one that has none.
fn clear_elr(topic: &mut Arc<Topic>) {
    let is_set =
        |p: &Partition| !p.eligible_leader_replicas.is_empty() || !p.last_known_elr.is_empty();
    if topic.partitions.values().any(is_set) {
        Arc::make_mut(topic).partitions.change(|partition| {
            is_set(partition).then(|| Partition {
                eligible_leader_replicas: Vec::new(),
                last_known_elr: Vec::new(),
                ..partition.clone()
            })
        });
    }
}
