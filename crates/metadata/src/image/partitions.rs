//! The partitions of one topic.
//!
//! Those of a topic differ in little but their index, so that equal ones that stand near to each other are
//! one in memory.

use std::sync::Arc;

use ottla_types::PartitionIndex;

use super::partition::Partition;

/// TopicPartitions by index, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicPartitions {
    entries: Vec<(PartitionIndex, Arc<Partition>)>,
}

impl TopicPartitions {
    /// The partition `index`, if it exists.
    #[must_use]
    pub fn get(&self, index: PartitionIndex) -> Option<&Partition> {
        let place = self.place(index).ok()?;
        self.entries.get(place).map(|(_, partition)| &**partition)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Each with its index.
    pub fn iter(&self) -> impl Iterator<Item = (PartitionIndex, &Partition)> {
        let entries = self.entries.iter();
        entries.map(|(index, partition)| (*index, &**partition))
    }

    /// Those from `first` on, each with its index.
    pub fn iter_from(
        &self,
        first: PartitionIndex,
    ) -> impl Iterator<Item = (PartitionIndex, &Partition)> {
        let (Ok(at) | Err(at)) = self.place(first);
        self.iter().skip(at)
    }

    /// The indexes.
    pub fn indexes(&self) -> impl Iterator<Item = PartitionIndex> {
        self.entries.iter().map(|(index, _)| *index)
    }

    /// The partitions alone.
    pub fn values(&self) -> impl Iterator<Item = &Partition> {
        self.entries.iter().map(|(_, partition)| &**partition)
    }

    /// Adds a partition, or replaces the one of that index.
    pub(super) fn insert(&mut self, index: PartitionIndex, partition: Partition) {
        let place = self.place(index);
        let (Ok(at) | Err(at)) = place;
        let near = self.entries.get(at.saturating_sub(LOOK)..at);
        let same = near.unwrap_or_default().iter().rev();
        let mut same = same.filter(|(_, other)| **other == partition);
        let shared = same.next().map(|(_, other)| Arc::clone(other));
        let entry = (index, shared.unwrap_or_else(|| Arc::new(partition)));
        match place.ok().and_then(|at| self.entries.get_mut(at)) {
            Some(old) => *old = entry,
            None => self.entries.insert(at, entry),
        }
    }

    /// Makes each what `change` makes of it; `None` leaves it as it is.
    pub(super) fn change(&mut self, change: impl Fn(&Partition) -> Option<Partition>) {
        let changed = self
            .iter()
            .filter_map(|(index, partition)| Some((index, change(partition)?)));
        let changed: Vec<_> = changed.collect();
        for (index, partition) in changed {
            self.insert(index, partition);
        }
    }

    fn place(&self, index: PartitionIndex) -> Result<usize, usize> {
        self.entries
            .binary_search_by_key(&index, |(index, _)| *index)
    }
}

/// How many partitions before a new one may be the same. Leaders go round the brokers: as many brokers.
const LOOK: usize = 8;

#[cfg(test)]
mod tests {
    use ottla_types::{BrokerId, LeaderEpoch, Uuid};

    use super::*;
    use crate::{LeaderRecoveryState, PartitionEpoch};

    fn led_by(leader: i32) -> Partition {
        Partition {
            replicas: vec![BrokerId(leader)],
            directories: vec![Uuid([1; 16])],
            isr: vec![BrokerId(leader)],
            removing_replicas: vec![],
            adding_replicas: vec![],
            eligible_leader_replicas: vec![],
            last_known_elr: vec![],
            leader: Some(BrokerId(leader)),
            leader_recovery_state: LeaderRecoveryState::Recovered,
            leader_epoch: LeaderEpoch(0),
            partition_epoch: PartitionEpoch(0),
        }
    }

    #[test]
    fn equal_partitions_are_one_until_they_differ() {
        let mut partitions = TopicPartitions::default();
        for index in [4, 0, 2, 1, 3, 5] {
            partitions.insert(PartitionIndex(index), led_by(index % 3));
        }
        let distinct = |partitions: &TopicPartitions| {
            let all = partitions.entries.iter();
            let addresses: std::collections::BTreeSet<_> =
                all.map(|(_, partition)| Arc::as_ptr(partition)).collect();
            addresses.len()
        };
        assert_eq!(
            partitions
                .indexes()
                .map(|index| index.0)
                .collect::<Vec<_>>(),
            [0, 1, 2, 3, 4, 5]
        );
        assert!(distinct(&partitions) < 6);
        let before = partitions.clone();
        partitions.insert(PartitionIndex(3), led_by(7));
        assert_eq!(partitions.get(PartitionIndex(3)), Some(&led_by(7)));
        assert_eq!(partitions.get(PartitionIndex(0)), Some(&led_by(0)));
        assert_eq!(before.get(PartitionIndex(3)), Some(&led_by(0)));
        assert_eq!(partitions.get(PartitionIndex(6)), None);
        partitions.change(|partition| {
            let is_seven = partition.leader == Some(BrokerId(7));
            is_seven.then(|| led_by(0))
        });
        assert_eq!(partitions, before);
        assert!(distinct(&partitions) < 6);
    }
}
