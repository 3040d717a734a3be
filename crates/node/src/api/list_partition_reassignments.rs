//! ListPartitionReassignments (key 46), version 0: partitions whose replicas are being replaced.
//!
//! KIPs: 455. What is under way stands in the metadata of the partition; topics and partitions that
//! do not exist, or are left as they are, are not in the answer.

use std::{borrow::Cow, collections::BTreeSet};

use ottla_metadata::{Partition, Topic};
use ottla_protocol::messages::{
    ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse,
    list_partition_reassignments_response::{
        OngoingPartitionReassignment, OngoingTopicReassignment,
    },
};
use ottla_types::PartitionIndex;

use crate::{api::metadata::ids, call::Call, output::Reply};

pub(crate) fn handle(call: &mut Call<'_>, request: ListPartitionReassignmentsRequest<'_>) -> Reply {
    let image = call.node.image();
    let topics = match &request.topics {
        None => image
            .topics()
            .iter()
            .filter_map(|topic| ongoing(topic, topic.partitions.indexes()))
            .collect(),
        Some(asked) => asked
            .iter()
            .filter_map(|asked| {
                let topic = image.topics().by_name(&asked.name)?;
                let once: BTreeSet<_> = asked.partition_indexes.iter().collect();
                ongoing(topic, once.into_iter().copied().map(PartitionIndex))
            })
            .collect(),
    };
    call.respond(&ListPartitionReassignmentsResponse {
        topics,
        ..ListPartitionReassignmentsResponse::default()
    })
}

fn ongoing(
    topic: &Topic,
    partitions: impl Iterator<Item = PartitionIndex>,
) -> Option<OngoingTopicReassignment<'static>> {
    let partitions: Vec<_> = partitions
        .filter_map(|index| Some((index, topic.partition(index)?)))
        .filter(|(_, partition)| partition.is_reassigning())
        .map(|(index, partition)| describe(index, partition))
        .collect();
    (!partitions.is_empty()).then(|| OngoingTopicReassignment {
        name: Cow::Owned(topic.name.to_string()),
        partitions,
        ..OngoingTopicReassignment::default()
    })
}

fn describe(index: PartitionIndex, partition: &Partition) -> OngoingPartitionReassignment<'static> {
    OngoingPartitionReassignment {
        partition_index: index.0,
        replicas: ids(&partition.replicas),
        adding_replicas: ids(&partition.adding_replicas),
        removing_replicas: ids(&partition.removing_replicas),
        ..OngoingPartitionReassignment::default()
    }
}
