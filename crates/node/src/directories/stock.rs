//! Partition directories that were found, by partition, until somebody claims them.
//!
//! There may be a hundred thousand, nearly all claimed one by one at the start. So they stand in one list,
//! without their paths, which leaves memory as a whole when the last one has gone.

use std::collections::BTreeMap;

use ottla_types::TopicPartition;

/// Where current replicas were found: the places of their log directories.
#[derive(Debug, Default)]
pub(super) struct Stock {
    /// By partition. One that was taken has no place.
    listed: Vec<(TopicPartition, Option<usize>)>,
    /// How many of them have a place.
    left: usize,
    /// What came back.
    returned: BTreeMap<TopicPartition, Vec<usize>>,
}

impl Stock {
    /// Adds what was found at a start.
    pub(super) fn list(&mut self, found: impl IntoIterator<Item = (TopicPartition, usize)>) {
        let found = found.into_iter();
        self.listed
            .extend(found.map(|(name, place)| (name, Some(place))));
        self.listed.sort_unstable();
        self.left = self.listed.len();
    }

    /// Takes the places of a partition.
    pub(super) fn take(&mut self, name: &TopicPartition) -> Vec<usize> {
        let mut places = self.returned.remove(name).unwrap_or_default();
        let first = self.listed.partition_point(|(listed, _)| listed < name);
        let same = self.listed.iter_mut().skip(first);
        for (_, place) in same.take_while(|(listed, _)| listed == name) {
            if let Some(place) = place.take() {
                places.push(place);
                self.left -= 1;
            }
        }
        if self.left == 0 {
            self.listed = Vec::new();
        }
        places
    }

    /// Puts one back.
    pub(super) fn put_back(&mut self, name: TopicPartition, place: usize) {
        self.returned.entry(name).or_default().push(place);
    }

    /// Takes all.
    pub(super) fn take_all(&mut self) -> Vec<(TopicPartition, usize)> {
        let Self {
            listed, returned, ..
        } = std::mem::take(self);
        let listed = listed.into_iter();
        let listed = listed.filter_map(|(name, place)| Some((name, place?)));
        let returned = returned.into_iter();
        let returned = returned.flat_map(|(name, places)| {
            let with_name = move |place| (name.clone(), place);
            places.into_iter().map(with_name)
        });
        listed.chain(returned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_once() {
        let name = |index: i32| TopicPartition::new("t", index);
        let mut stock = Stock::default();
        stock.list([(name(2), 0), (name(3), 0)]);
        stock.list([(name(1), 1), (name(2), 1)]);
        assert_eq!(stock.take(&name(2)), [0, 1]);
        assert!(stock.take(&name(2)).is_empty());
        assert!(stock.take(&name(4)).is_empty());
        stock.put_back(name(2), 1);
        assert_eq!(stock.take(&name(1)), [1]);
        assert_eq!(stock.take_all(), [(name(3), 0), (name(2), 1)]);
        assert_eq!(stock.take_all(), []);
        stock.put_back(name(1), 0);
        assert_eq!(stock.take(&name(1)), [0]);
    }
}
