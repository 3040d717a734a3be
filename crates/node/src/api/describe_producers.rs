//! DescribeProducers (key 61), version 0: the producers that the leader of a partition remembers.
//!
//! KIPs: 664. Each partition is described once, however often it is asked for.

use std::{borrow::Cow, collections::BTreeSet};

use ottla_metadata::check_topic_name;
use ottla_protocol::messages::{
    DescribeProducersRequest, DescribeProducersResponse,
    describe_producers_request::TopicRequest,
    describe_producers_response::{PartitionResponse, ProducerState, TopicResponse},
};
use ottla_storage::ProducerState as Known;
use ottla_types::{ErrorCode, ProducerId};

use crate::{call::Call, output::Reply};

/// What Apache Kafka says of a topic that it does not know.
const NOT_HOSTED: &str = "This server does not host this topic-partition.";

pub(crate) fn handle(call: &mut Call<'_>, request: DescribeProducersRequest<'_>) -> Reply {
    let mut told = BTreeSet::new();
    let topics = request
        .topics
        .iter()
        .map(|topic| {
            let refused = refusal_of(call, topic);
            let partitions = topic.partition_indexes.iter();
            let partitions = partitions.filter(|index| told.insert((&*topic.name, **index)));
            TopicResponse {
                name: Cow::Owned(topic.name.to_string()),
                partitions: partitions
                    .map(|index| match &refused {
                        Some((code, message)) => refuse(*index, *code, Some(message.clone())),
                        None => describe(call, &topic.name, *index),
                    })
                    .collect(),
                ..TopicResponse::default()
            }
        })
        .collect();
    call.respond(&DescribeProducersResponse {
        topics,
        ..DescribeProducersResponse::default()
    })
}

/// Why no partition of the topic is described.
fn refusal_of(call: &Call<'_>, topic: &TopicRequest<'_>) -> Option<(ErrorCode, String)> {
    if let Err(refusal) = check_topic_name(&topic.name) {
        return Some((refusal.code, refusal.message.unwrap_or_default()));
    }
    let is_known = call.node.image().topics().by_name(&topic.name).is_some();
    (!is_known).then(|| (ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, NOT_HOSTED.to_owned()))
}

fn refuse(
    index: i32,
    error_code: ErrorCode,
    message: Option<String>,
) -> PartitionResponse<'static> {
    PartitionResponse {
        partition_index: index,
        error_code,
        error_message: message.map(Cow::Owned),
        ..PartitionResponse::default()
    }
}

fn describe(call: &Call<'_>, topic: &str, index: i32) -> PartitionResponse<'static> {
    let partition = match call.node.partition_by_name(topic, index) {
        Ok(partition) => partition,
        Err(missing) => return refuse(index, missing.error_code, None),
    };
    let producers = partition.log().producers().into_iter();
    PartitionResponse {
        active_producers: producers.map(|(id, known)| state(id, &known)).collect(),
        ..refuse(index, ErrorCode::NONE, None)
    }
}

fn state(id: ProducerId, known: &Known) -> ProducerState<'static> {
    ProducerState {
        producer_id: id.0,
        producer_epoch: known.epoch.0.into(),
        last_sequence: known.last_sequence(),
        last_timestamp: known.last_timestamp,
        coordinator_epoch: known.coordinator_epoch,
        current_txn_start_offset: known.current_txn_first_offset.map_or(-1, |offset| offset.0),
        ..ProducerState::default()
    }
}
