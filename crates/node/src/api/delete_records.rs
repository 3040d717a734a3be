//! DeleteRecords (key 21), versions 0-2: raises the log start offset of partitions.
//!
//! KIPs: 107, 204. With one replica the low watermark is the log start itself, so nothing waits.

use std::{borrow::Cow, sync::Arc};

use ottla_protocol::messages::{
    DeleteRecordsRequest, DeleteRecordsResponse,
    delete_records_response::{DeleteRecordsPartitionResult, DeleteRecordsTopicResult},
};
use ottla_types::{ErrorCode, Offset};

use crate::{call::Call, output::Reply, partition::Partition, topics::is_internal_topic};

/// "Up to the high watermark".
const HIGH_WATERMARK: i64 = -1;

pub(crate) fn handle(call: &mut Call<'_>, request: DeleteRecordsRequest<'_>) -> Reply {
    let (node, out) = (call.node, &mut *call.out);
    let topics = request
        .topics
        .iter()
        .map(|topic| DeleteRecordsTopicResult {
            name: Cow::Owned(topic.name.to_string()),
            partitions: topic
                .partitions
                .iter()
                .map(|asked| {
                    let before = (asked.offset != HIGH_WATERMARK).then_some(Offset(asked.offset));
                    let outcome = node
                        .partition_by_name(&topic.name, asked.partition_index)
                        .map_err(|missing| missing.error_code)
                        .and_then(not_internal)
                        .and_then(|partition| {
                            let deleted = partition.delete_records(before);
                            partition.note_failure(out);
                            deleted
                        });
                    let (low_watermark, error_code) = match outcome {
                        Ok(low_watermark) => (low_watermark.0, ErrorCode::NONE),
                        Err(error_code) => (-1, error_code),
                    };
                    DeleteRecordsPartitionResult {
                        partition_index: asked.partition_index,
                        low_watermark,
                        error_code,
                        ..DeleteRecordsPartitionResult::default()
                    }
                })
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

/// What the cluster keeps for itself is not for clients to delete.
fn not_internal(partition: Arc<Partition>) -> Result<Arc<Partition>, ErrorCode> {
    if is_internal_topic(partition.topic()) {
        Err(ErrorCode::INVALID_TOPIC_EXCEPTION)
    } else {
        Ok(partition)
    }
}
