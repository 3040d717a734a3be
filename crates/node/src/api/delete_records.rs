//! DeleteRecords (key 21), versions 0-2: raises the log start offset of partitions.
//!
//! KIPs: 107, 204. With one replica the low watermark is the log start itself, so nothing waits.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use ottla_protocol::messages::{
    DeleteRecordsRequest, DeleteRecordsResponse,
    delete_records_response::{DeleteRecordsPartitionResult, DeleteRecordsTopicResult},
};
use ottla_types::{ErrorCode, Offset};

use crate::{call::Call, output::Reply, partition::Partition, topics::is_internal_topic};

/// "Up to the high watermark".
const HIGH_WATERMARK: i64 = -1;

pub(crate) fn handle(call: &mut Call<'_>, request: DeleteRecordsRequest<'_>) -> Reply {
    // As Apache Kafka: each partition once, with what was said of it last.
    let mut asked = BTreeMap::<&str, BTreeMap<i32, i64>>::new();
    for topic in &request.topics {
        for partition in &topic.partitions {
            let of_topic = asked.entry(&topic.name).or_default();
            of_topic.insert(partition.partition_index, partition.offset);
        }
    }
    let topics = asked
        .into_iter()
        .map(|(topic, partitions)| DeleteRecordsTopicResult {
            name: Cow::Owned(topic.to_owned()),
            partitions: partitions
                .into_iter()
                .map(|(index, offset)| delete(call, topic, index, offset))
                .collect(),
            ..DeleteRecordsTopicResult::default()
        })
        .collect();
    let response = DeleteRecordsResponse {
        topics,
        ..DeleteRecordsResponse::default()
    };
    call.respond(&response)
}

fn delete(
    call: &mut Call<'_>,
    topic: &str,
    index: i32,
    offset: i64,
) -> DeleteRecordsPartitionResult<'static> {
    let before = (offset != HIGH_WATERMARK).then_some(Offset(offset));
    let outcome = call
        .node
        .partition_by_name(topic, index)
        .map_err(|missing| missing.error_code)
        .and_then(not_internal)
        .and_then(|partition| {
            let deleted = partition.delete_records(before);
            partition.note_failure(call.out);
            deleted
        });
    let (low_watermark, error_code) = match outcome {
        Ok(low_watermark) => (low_watermark.0, ErrorCode::NONE),
        Err(error_code) => (-1, error_code),
    };
    DeleteRecordsPartitionResult {
        partition_index: index,
        low_watermark,
        error_code,
        ..DeleteRecordsPartitionResult::default()
    }
}

/// What the cluster keeps for itself is not for clients to delete.
fn not_internal(partition: Arc<Partition>) -> Result<Arc<Partition>, ErrorCode> {
    if is_internal_topic(partition.topic()) {
        Err(ErrorCode::INVALID_TOPIC_EXCEPTION)
    } else {
        Ok(partition)
    }
}
