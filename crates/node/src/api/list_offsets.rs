//! ListOffsets (key 2), versions 1-11.
//!
//! KIPs: 79 (timestamps), 320 (epochs), 734 (max timestamp), 405, 1005, 1075 (tiered offsets: no
//! tier here, so the local and the earliest offset are one, and nothing is pending).

use std::collections::BTreeSet;

use ottla_protocol::messages::{
    ListOffsetsRequest, ListOffsetsResponse,
    list_offsets_request::ListOffsetsPartition,
    list_offsets_response::{ListOffsetsPartitionResponse, ListOffsetsTopicResponse},
};
use ottla_types::ErrorCode;

use crate::{
    call::Call,
    output::Reply,
    partition::{FoundOffset, OffsetQuery, ReadBound},
};

const LATEST: i64 = -1;
const EARLIEST: i64 = -2;
const MAX_TIMESTAMP: i64 = -3;
const EARLIEST_LOCAL: i64 = -4;
const LATEST_TIERED: i64 = -5;
const EARLIEST_PENDING_UPLOAD: i64 = -6;

/// First version whose answer tells the leader epoch.
const LEADER_EPOCH_SINCE: i16 = 4;

pub(crate) fn handle(call: &mut Call<'_>, request: ListOffsetsRequest<'_>) -> Reply {
    let bound = if request.replica_id >= 0 {
        ReadBound::LogEnd
    } else if request.isolation_level == 1 {
        ReadBound::LastStable
    } else {
        ReadBound::HighWatermark
    };
    let twice = asked_twice(&request);
    let topics = request
        .topics
        .iter()
        .map(|topic| ListOffsetsTopicResponse {
            name: topic.name.clone(),
            partitions: each_once(&topic.partitions)
                .map(|asked| {
                    if twice.contains(&(&*topic.name, asked.partition_index)) {
                        return refused(asked.partition_index, ErrorCode::INVALID_REQUEST);
                    }
                    answer(call, &topic.name, asked, bound)
                })
                .collect(),
            ..ListOffsetsTopicResponse::default()
        })
        .collect();
    let response = ListOffsetsResponse {
        topics,
        ..ListOffsetsResponse::default()
    };
    call.respond(&response)
}

/// Partitions that are named more than once: they are refused, as in Apache Kafka.
fn asked_twice<'r>(request: &'r ListOffsetsRequest<'_>) -> BTreeSet<(&'r str, i32)> {
    let mut known = BTreeSet::new();
    let named = request.topics.iter().flat_map(|topic| {
        let of_topic = |asked: &ListOffsetsPartition<'_>| (&*topic.name, asked.partition_index);
        topic.partitions.iter().map(of_topic)
    });
    named
        .filter(|partition| !known.insert(*partition))
        .collect()
}

/// The partitions of a topic, those that are named again left out.
fn each_once<'r, 'a>(
    partitions: &'r [ListOffsetsPartition<'a>],
) -> impl Iterator<Item = &'r ListOffsetsPartition<'a>> {
    let mut known = BTreeSet::new();
    partitions
        .iter()
        .filter(move |asked| known.insert(asked.partition_index))
}

fn refused(partition_index: i32, error_code: ErrorCode) -> ListOffsetsPartitionResponse<'static> {
    ListOffsetsPartitionResponse {
        partition_index,
        error_code,
        ..ListOffsetsPartitionResponse::default()
    }
}

fn answer(
    call: &Call<'_>,
    topic: &str,
    asked: &ListOffsetsPartition<'_>,
    bound: ReadBound,
) -> ListOffsetsPartitionResponse<'static> {
    let found = query_of(asked.timestamp, call.version()).and_then(|query| {
        let partition = call
            .node
            .partition_by_name(topic, asked.partition_index)
            .map_err(|missing| missing.error_code)?;
        partition.list_offset(query, bound, asked.current_leader_epoch)
    });
    match found {
        Ok(found) => answered(asked.partition_index, &found, call.version()),
        Err(error_code) => ListOffsetsPartitionResponse {
            partition_index: asked.partition_index,
            error_code: if error_code == ErrorCode::OFFSET_NOT_AVAILABLE && call.version() < 5 {
                ErrorCode::LEADER_NOT_AVAILABLE
            } else {
                error_code
            },
            ..ListOffsetsPartitionResponse::default()
        },
    }
}

fn answered(
    partition_index: i32,
    found: &FoundOffset,
    version: i16,
) -> ListOffsetsPartitionResponse<'static> {
    let mut response = ListOffsetsPartitionResponse {
        partition_index,
        timestamp: found.timestamp.0,
        offset: found.offset.0,
        ..ListOffsetsPartitionResponse::default()
    };
    // Older versions have no place for it, and no answer would be the worse one.
    if version >= LEADER_EPOCH_SINCE {
        response.leader_epoch = found.leader_epoch.0;
    }
    response
}

/// What a timestamp asks for; the special ones exist from some version on.
fn query_of(timestamp: i64, version: i16) -> Result<OffsetQuery, ErrorCode> {
    let (query, since) = match timestamp {
        LATEST => (OffsetQuery::Latest, 1),
        EARLIEST => (OffsetQuery::Earliest, 1),
        MAX_TIMESTAMP => (OffsetQuery::MaxTimestamp, 7),
        EARLIEST_LOCAL => (OffsetQuery::Earliest, 8),
        LATEST_TIERED => (OffsetQuery::Tiered, 9),
        EARLIEST_PENDING_UPLOAD => (OffsetQuery::Tiered, 11),
        ..0 => return Err(ErrorCode::UNSUPPORTED_VERSION),
        _ => (OffsetQuery::Timestamp(timestamp), 1),
    };
    if version < since {
        Err(ErrorCode::UNSUPPORTED_VERSION)
    } else {
        Ok(query)
    }
}

#[cfg(test)]
mod tests {
    use ottla_types::{LeaderEpoch, Offset, WallMs};

    use super::*;

    #[test]
    fn an_offset_is_told_in_every_version() {
        let found = FoundOffset {
            timestamp: WallMs(5),
            offset: Offset(7),
            leader_epoch: LeaderEpoch(3),
        };
        for version in ListOffsetsResponse::MIN_VERSION..=ListOffsetsResponse::MAX_VERSION {
            let topic = ListOffsetsTopicResponse {
                partitions: vec![answered(0, &found, version)],
                ..ListOffsetsTopicResponse::default()
            };
            let response = ListOffsetsResponse {
                topics: vec![topic],
                ..ListOffsetsResponse::default()
            };
            let encoded = ottla_protocol::encode_response(version, 1, &response);
            assert!(encoded.is_ok(), "version {version}: {encoded:?}");
        }
    }

    #[test]
    fn special_timestamps_exist_from_a_version_on() {
        for (timestamp, since) in [(MAX_TIMESTAMP, 7), (EARLIEST_LOCAL, 8), (LATEST_TIERED, 9)] {
            assert!(query_of(timestamp, since).is_ok());
            assert!(query_of(timestamp, since - 1).is_err());
        }
        assert!(query_of(EARLIEST_PENDING_UPLOAD, 10).is_err());
        assert!(query_of(EARLIEST_PENDING_UPLOAD, 11).is_ok());
    }
}
