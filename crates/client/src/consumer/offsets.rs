//! ListOffsets: where partitions begin and end.

use std::collections::BTreeMap;

use ottla_protocol::messages::{
    ListOffsetsRequest, ListOffsetsResponse,
    list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic},
};
use ottla_types::{ErrorCode, Saturate, TopicPartition};

use super::Isolation;
use crate::{ClientError, Cluster, OffsetSpec};

/// The offsets of `partitions`, asked of the leaders that the cluster's metadata names. A partition
/// without such an offset is left out.
pub(crate) async fn list_offsets(
    cluster: &Cluster,
    partitions: &[TopicPartition],
    spec: OffsetSpec,
    isolation: Isolation,
) -> Result<BTreeMap<TopicPartition, i64>, ClientError> {
    let metadata = cluster.metadata();
    let mut by_leader: BTreeMap<i32, Vec<&TopicPartition>> = BTreeMap::new();
    for partition in partitions {
        let known = metadata
            .partition(&partition.topic, partition.partition.0)
            .ok_or(ClientError::api(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION))?;
        if known.leader < 0 {
            return Err(ClientError::api(ErrorCode::LEADER_NOT_AVAILABLE));
        }
        by_leader.entry(known.leader).or_default().push(partition);
    }
    let mut found = BTreeMap::new();
    for (leader, wanted) in by_leader {
        let connection = cluster.node(leader).await?;
        let timeout_ms: u64 = cluster.config().request_timeout.as_millis().saturate();
        let request = request_for(&wanted, spec, isolation, timeout_ms.saturate());
        let reply = connection.call(&request).await?;
        let response = reply.decode(ListOffsetsResponse::decode)?;
        for topic in &response.topics {
            for partition in &topic.partitions {
                ClientError::check(partition.error_code, None)?;
                if partition.offset >= 0 {
                    let key = TopicPartition::new(topic.name.as_ref(), partition.partition_index);
                    found.insert(key, partition.offset);
                }
            }
        }
    }
    Ok(found)
}

fn request_for<'a>(
    wanted: &[&'a TopicPartition],
    spec: OffsetSpec,
    isolation: Isolation,
    timeout_ms: i32,
) -> ListOffsetsRequest<'a> {
    let mut request = ListOffsetsRequest {
        replica_id: -1,
        isolation_level: isolation.wire(),
        ..ListOffsetsRequest::default()
    };
    // Only versions that can wait for tiered storage carry it.
    request.timeout_ms = timeout_ms;
    for partition in wanted {
        let entry = ListOffsetsPartition {
            partition_index: partition.partition.0,
            current_leader_epoch: -1,
            timestamp: spec.wire(),
            ..ListOffsetsPartition::default()
        };
        match request.topics.last_mut() {
            Some(topic) if *topic.name == *partition.topic => topic.partitions.push(entry),
            _ => request.topics.push(ListOffsetsTopic {
                name: partition.topic.as_ref().into(),
                partitions: vec![entry],
                ..ListOffsetsTopic::default()
            }),
        }
    }
    request
}
