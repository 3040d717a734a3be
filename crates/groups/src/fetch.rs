//! OffsetFetch.

use std::borrow::Cow;

use ottla_protocol::messages::{
    offset_fetch_request::{OffsetFetchRequestGroup, OffsetFetchRequestTopics},
    offset_fetch_response::{
        OffsetFetchResponseGroup, OffsetFetchResponsePartitions, OffsetFetchResponseTopics,
    },
};
use ottla_types::{ErrorCode, TopicId};

use crate::{
    coordinator::{Asking, Coordinator},
    offsets::{CommittedOffset, Entry, GroupOffsets},
    request::GroupReply,
};

impl Coordinator {
    pub(crate) fn fetch(
        &mut self,
        asking: Asking<'_>,
        request: &OffsetFetchRequestGroup<'static>,
        require_stable: bool,
    ) {
        let view = if require_stable {
            View::Latest
        } else {
            View::Committed
        };
        let group = &*request.group_id;
        let is_of_other_type = self.of_other_types.contains(group);
        let is_there = is_of_other_type
            || match view {
                View::Latest => self.groups.contains_key(group),
                View::Committed => self.committed_group(group).is_some(),
            };
        let offsets = if is_there {
            self.offsets.group(group)
        } else {
            None
        };
        let topics = match &request.topics {
            Some(topics) => topics
                .iter()
                .map(|topic| view.of_topic(topic, offsets))
                .collect(),
            None => view.of_all(offsets),
        };
        let reply = GroupReply::OffsetFetch(OffsetFetchResponseGroup {
            group_id: request.group_id.clone(),
            topics,
            ..OffsetFetchResponseGroup::default()
        });
        match view {
            View::Latest => self.journal.reply_settled(asking.call.token, reply),
            View::Committed => self.journal.reply(asking.call.token, reply),
        }
    }
}

/// Which offsets a fetch sees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    /// Those that the log has confirmed.
    Committed,
    /// Those on their way, too; and nothing that an open transaction may change.
    Latest,
}

impl View {
    fn see(self, entry: &Entry) -> Option<&CommittedOffset> {
        match self {
            Self::Committed => entry.committed(),
            Self::Latest => entry.latest(),
        }
    }

    fn of_topic(
        self,
        topic: &OffsetFetchRequestTopics<'static>,
        offsets: Option<&GroupOffsets>,
    ) -> OffsetFetchResponseTopics<'static> {
        let entries = offsets.and_then(|offsets| offsets.get(&*topic.name));
        let partitions = topic.partition_indexes.iter().map(|&partition| {
            let entry = entries.and_then(|entries| entries.get(&partition));
            self.of_partition(partition, entry, topic.topic_id)
        });
        OffsetFetchResponseTopics {
            name: topic.name.clone(),
            topic_id: topic.topic_id,
            partitions: partitions.collect(),
            ..OffsetFetchResponseTopics::default()
        }
    }

    fn of_all(self, offsets: Option<&GroupOffsets>) -> Vec<OffsetFetchResponseTopics<'static>> {
        let mut topics = Vec::new();
        for (name, entries) in offsets.into_iter().flatten() {
            let seen = entries
                .iter()
                .filter(|(_, entry)| self.see(entry).is_some());
            let partitions: Vec<_> = seen
                .map(|(&partition, entry)| self.of_partition(partition, Some(entry), TopicId::ZERO))
                .collect();
            if !partitions.is_empty() {
                topics.push(OffsetFetchResponseTopics {
                    name: Cow::Owned(name.to_string()),
                    partitions,
                    ..OffsetFetchResponseTopics::default()
                });
            }
        }
        topics
    }

    /// An offset of another incarnation of the topic is none.
    fn of_partition(
        self,
        partition_index: i32,
        entry: Option<&Entry>,
        topic_id: TopicId,
    ) -> OffsetFetchResponsePartitions<'static> {
        let none = OffsetFetchResponsePartitions {
            partition_index,
            committed_offset: -1,
            committed_leader_epoch: -1,
            metadata: Some("".into()),
            ..OffsetFetchResponsePartitions::default()
        };
        let Some(entry) = entry else {
            return none;
        };
        if self == Self::Latest && entry.is_unstable() {
            return OffsetFetchResponsePartitions {
                error_code: ErrorCode::UNSTABLE_OFFSET_COMMIT,
                ..none
            };
        }
        let is_other =
            |id: TopicId| id != TopicId::ZERO && topic_id != TopicId::ZERO && id != topic_id;
        match self.see(entry) {
            Some(found) if !is_other(found.topic_id) => OffsetFetchResponsePartitions {
                committed_offset: found.offset,
                committed_leader_epoch: found.leader_epoch,
                metadata: Some(found.metadata.clone().into()),
                ..none
            },
            _ => none,
        }
    }
}
