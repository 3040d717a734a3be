//! The partitions this node hosts, found by topic id or name.
//!
//! The map is replaced as a whole when metadata changes, so that a request looks up without a lock.

use std::{collections::BTreeMap, sync::Arc};

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use ottla_types::TopicId;

use crate::partition::Partition;

/// The hosted partitions of one topic, by index; holes are partitions that live elsewhere.
pub(crate) type Hosted = Arc<Vec<Option<Arc<Partition>>>>;

/// An immutable map of what is hosted.
#[derive(Clone, Debug)]
pub(crate) struct Partitions {
    by_id: HashMap<TopicId, Hosted, FixedState>,
    by_name: HashMap<Arc<str>, Hosted, FixedState>,
}

impl Partitions {
    /// An empty map; `seed` makes its hashes unpredictable to clients, who choose the names.
    pub(crate) fn new(seed: u64) -> Self {
        let state = FixedState::with_seed(seed);
        Self {
            by_id: HashMap::with_hasher(state.clone()),
            by_name: HashMap::with_hasher(state),
        }
    }

    pub(crate) fn by_id(&self, id: TopicId, index: i32) -> Option<&Arc<Partition>> {
        at(self.by_id.get(&id)?, index)
    }

    pub(crate) fn by_name(&self, name: &str, index: i32) -> Option<&Arc<Partition>> {
        at(self.by_name.get(name)?, index)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Partition>> {
        self.by_id
            .values()
            .flat_map(|hosted| hosted.iter().flatten())
    }

    /// The partitions, topic by topic.
    pub(crate) fn topics(&self) -> impl Iterator<Item = Vec<&Arc<Partition>>> {
        let hosted = self.by_id.values();
        hosted.map(|hosted| hosted.iter().flatten().collect())
    }

    /// Adds partitions; the list of a topic is copied once, however many of its partitions come.
    pub(crate) fn extend(&mut self, partitions: impl IntoIterator<Item = Arc<Partition>>) {
        let mut of_topic = BTreeMap::<TopicId, Vec<_>>::new();
        for partition in partitions {
            let of_topic = of_topic.entry(partition.topic_id()).or_default();
            of_topic.push(partition);
        }
        for (id, partitions) in of_topic {
            let Some(name) = partitions.first().map(|first| first.topic_shared()) else {
                continue;
            };
            let name = Arc::clone(name);
            let known = self.by_id.get(&id);
            let mut hosted = known.map_or_else(Vec::new, |hosted| hosted.to_vec());
            for partition in partitions {
                let Ok(index) = usize::try_from(partition.index().0) else {
                    continue;
                };
                if hosted.len() <= index {
                    hosted.resize(index + 1, None);
                }
                if let Some(place) = hosted.get_mut(index) {
                    *place = Some(partition);
                }
            }
            let hosted = Arc::new(hosted);
            self.by_id.insert(id, Arc::clone(&hosted));
            self.by_name.insert(name, hosted);
        }
    }

    /// Removes a topic; gives what was hosted of it.
    pub(crate) fn remove(&mut self, id: TopicId) -> Vec<Arc<Partition>> {
        let Some(hosted) = self.by_id.remove(&id) else {
            return Vec::new();
        };
        let partitions: Vec<_> = hosted.iter().flatten().cloned().collect();
        if let Some(first) = partitions.first() {
            let same = self
                .by_name
                .get(first.topic())
                .is_some_and(|named| Arc::ptr_eq(named, &hosted));
            if same {
                self.by_name.remove(first.topic());
            }
        }
        partitions
    }
}

fn at(hosted: &Hosted, index: i32) -> Option<&Arc<Partition>> {
    hosted.get(usize::try_from(index).ok()?)?.as_ref()
}
