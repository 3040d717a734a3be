//! What differs between two images: for a broker that must follow.

use std::sync::Arc;

use ottla_types::PartitionIndex;

use super::{ConfigKind, ConfigMap, ConfigResource, Image, Topic};

/// Topics that went, and partitions that came or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicChanges {
    /// Topics of the old image that the new one lacks (by id), as they were.
    pub removed: Vec<Arc<Topic>>,
    /// Partitions of the new image that the old one lacks or holds in another state.
    pub changed: Vec<(Arc<Topic>, PartitionIndex)>,
}

/// What became of the topics from `old` to `new`. Topics that both share are not looked into.
#[must_use]
pub fn topic_changes(old: &Image, new: &Image) -> TopicChanges {
    let mut changes = TopicChanges::default();
    if Arc::ptr_eq(&old.topics, &new.topics) {
        return changes;
    }
    let is_gone = |topic: &&Arc<Topic>| new.topics.by_id(topic.id).is_none();
    changes.removed = old.topics.iter().filter(is_gone).cloned().collect();
    for topic in new.topics.iter() {
        let before = old.topics.by_id(topic.id);
        if before.is_some_and(|before| Arc::ptr_eq(before, topic)) {
            continue;
        }
        let differing = topic.partitions.iter().filter(|(index, partition)| {
            before.and_then(|before| before.partition(*index)) != Some(*partition)
        });
        let differing = differing.map(|(index, _)| (Arc::clone(topic), index));
        changes.changed.extend(differing);
    }
    changes
}

/// The resources whose dynamic configuration differs between the images.
#[must_use]
pub fn config_changes(old: &Image, new: &Image) -> Vec<ConfigResource> {
    if Arc::ptr_eq(&old.configs, &new.configs) {
        return Vec::new();
    }
    let resource = |kind: ConfigKind, name: &Arc<str>| ConfigResource {
        kind,
        name: name.to_string(),
    };
    let differs = |from: &Image, kind, name: &Arc<str>, map: &Arc<ConfigMap>| {
        from.configs
            .of(kind, name)
            .is_none_or(|other| !Arc::ptr_eq(other, map) && other != map)
    };
    let changed = new
        .configs
        .iter()
        .filter(|(kind, name, map)| differs(old, *kind, name, map))
        .map(|(kind, name, _)| resource(kind, name));
    let removed = old
        .configs
        .iter()
        .filter(|(kind, name, _)| new.configs.of(*kind, name).is_none())
        .map(|(kind, name, _)| resource(kind, name));
    changed.chain(removed).collect()
}
