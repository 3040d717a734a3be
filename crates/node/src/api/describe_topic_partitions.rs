//! DescribeTopicPartitions (key 75), version 0: topics page by page, with eligible leaders.
//!
//! KIPs: 966. Topics come in name order; a response holds at most `max.request.partition.size.limit`
//! (2000) partitions, and names where to go on.

use std::borrow::Cow;

use ottla_metadata::{Image, Partition, Topic, check_topic_name};
use ottla_protocol::messages::{
    DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse,
    describe_topic_partitions_request::TopicRequest,
    describe_topic_partitions_response::{
        Cursor, DescribeTopicPartitionsResponsePartition, DescribeTopicPartitionsResponseTopic,
    },
};
use ottla_types::{ErrorCode, PartitionIndex, Saturate};

use crate::{
    api::{
        authorized::TOPIC_OPERATIONS,
        metadata::{ids, offline_replicas},
    },
    call::Call,
    output::Reply,
    topics::is_internal_topic,
};

pub(crate) fn handle(call: &mut Call<'_>, request: DescribeTopicPartitionsRequest<'_>) -> Reply {
    let image = call.node.image();
    let limit = request
        .response_partition_limit
        .min(call.node.config().network.max_request_partitions)
        .max(1);
    let (start_topic, start_partition) = request.cursor.as_ref().map_or(("", 0), |cursor| {
        (&*cursor.topic_name, cursor.partition_index)
    });
    let is_unasked = |topic: &str| {
        !request.topics.is_empty() && !request.topics.iter().any(|asked| asked.name == topic)
    };
    // A page can only begin at a topic that is asked for.
    if start_partition < 0 || request.cursor.is_some() && is_unasked(start_topic) {
        return refuse(call, &request, ErrorCode::INVALID_REQUEST);
    }
    // Apache Kafka takes this name for that of the cursor, which is not there.
    let has_empty_name = request.topics.iter().any(|topic| topic.name.is_empty());
    if request.cursor.is_none() && has_empty_name {
        return refuse(call, &request, ErrorCode::UNKNOWN_SERVER_ERROR);
    }
    let mut names: Vec<&str> = if request.topics.is_empty() {
        image.topics().iter().map(|topic| &*topic.name).collect()
    } else {
        request.topics.iter().map(|topic| &*topic.name).collect()
    };
    names.sort_unstable();
    names.dedup();
    names.retain(|name| *name >= start_topic);

    let mut page = Page {
        left: limit.saturate(),
        topics: Vec::new(),
        next_cursor: None,
    };
    for name in names {
        let first = if name == start_topic {
            start_partition
        } else {
            0
        };
        if !page.add(&image, name, PartitionIndex(first)) {
            break;
        }
    }
    let response = DescribeTopicPartitionsResponse {
        topics: page.topics,
        next_cursor: page.next_cursor,
        ..DescribeTopicPartitionsResponse::default()
    };
    call.respond(&response)
}

/// Answers all that is asked for with one error.
fn refuse(
    call: &Call<'_>,
    request: &DescribeTopicPartitionsRequest<'_>,
    error_code: ErrorCode,
) -> Reply {
    let refused = |topic: &TopicRequest<'_>| DescribeTopicPartitionsResponseTopic {
        error_code,
        name: Some(Cow::Owned(topic.name.to_string())),
        ..DescribeTopicPartitionsResponseTopic::default()
    };
    let response = DescribeTopicPartitionsResponse {
        topics: request.topics.iter().map(refused).collect(),
        ..DescribeTopicPartitionsResponse::default()
    };
    call.respond(&response)
}

/// The response as it fills up.
struct Page {
    left: usize,
    topics: Vec<DescribeTopicPartitionsResponseTopic<'static>>,
    next_cursor: Option<Cursor<'static>>,
}

impl Page {
    /// Adds a topic from its partition `first` on; `false` when the page is full.
    fn add(&mut self, image: &Image, name: &str, first: PartitionIndex) -> bool {
        let Some(topic) = image.topics().by_name(name) else {
            self.topics.push(missing(name));
            return true;
        };
        let mut rest = topic.partitions.iter_from(first);
        let partitions: Vec<_> = rest
            .by_ref()
            .take(self.left)
            .map(|(index, partition)| describe(image, index, partition))
            .collect();
        self.left -= partitions.len();
        let next = rest.next().map(|(index, _)| index);
        if !partitions.is_empty() || next.is_none() {
            self.topics.push(topic_with(topic, partitions));
        }
        if let Some(index) = next {
            self.next_cursor = Some(Cursor {
                topic_name: Cow::Owned(name.to_owned()),
                partition_index: index.0,
                ..Cursor::default()
            });
        }
        next.is_none()
    }
}

fn missing(name: &str) -> DescribeTopicPartitionsResponseTopic<'static> {
    DescribeTopicPartitionsResponseTopic {
        error_code: if check_topic_name(name).is_ok() {
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
        } else {
            ErrorCode::INVALID_TOPIC_EXCEPTION
        },
        name: Some(Cow::Owned(name.to_owned())),
        is_internal: is_internal_topic(name),
        topic_authorized_operations: TOPIC_OPERATIONS,
        ..DescribeTopicPartitionsResponseTopic::default()
    }
}

fn topic_with(
    topic: &Topic,
    partitions: Vec<DescribeTopicPartitionsResponsePartition<'static>>,
) -> DescribeTopicPartitionsResponseTopic<'static> {
    DescribeTopicPartitionsResponseTopic {
        name: Some(Cow::Owned(topic.name.to_string())),
        topic_id: topic.id,
        is_internal: is_internal_topic(&topic.name),
        partitions,
        topic_authorized_operations: TOPIC_OPERATIONS,
        ..DescribeTopicPartitionsResponseTopic::default()
    }
}

fn describe(
    image: &Image,
    index: PartitionIndex,
    partition: &Partition,
) -> DescribeTopicPartitionsResponsePartition<'static> {
    let leader = partition
        .leader
        .filter(|leader| image.cluster().is_active(*leader));
    DescribeTopicPartitionsResponsePartition {
        error_code: if leader.is_some() {
            ErrorCode::NONE
        } else {
            ErrorCode::LEADER_NOT_AVAILABLE
        },
        partition_index: index.0,
        leader_id: leader.map_or(-1, |leader| leader.0),
        leader_epoch: partition.leader_epoch.0,
        replica_nodes: ids(&partition.replicas),
        isr_nodes: ids(&partition.isr),
        eligible_leader_replicas: Some(ids(&partition.eligible_leader_replicas)),
        last_known_elr: Some(ids(&partition.last_known_elr)),
        offline_replicas: offline_replicas(image, partition),
        ..DescribeTopicPartitionsResponsePartition::default()
    }
}
