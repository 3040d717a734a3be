//! OffsetForLeaderEpoch (key 23), versions 2-4: where a leader epoch ends.
//!
//! KIPs: 101, 279, 320.

use std::borrow::Cow;

use ottla_protocol::messages::{
    OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse,
    offset_for_leader_epoch_response::{EpochEndOffset, OffsetForLeaderTopicResult},
};
use ottla_types::LeaderEpoch;

use crate::{call::Call, output::Reply};

pub(crate) fn handle(call: &mut Call<'_>, request: OffsetForLeaderEpochRequest<'_>) -> Reply {
    let topics = request
        .topics
        .iter()
        .map(|topic| {
            let partitions = topic
                .partitions
                .iter()
                .map(|asked| {
                    let found = call
                        .node
                        .partition_by_name(&topic.topic, asked.partition)
                        .map_err(|missing| missing.error_code)
                        .and_then(|partition| {
                            partition.epoch_end(
                                LeaderEpoch(asked.leader_epoch),
                                asked.current_leader_epoch,
                            )
                        });
                    let partition = asked.partition;
                    match found {
                        Ok((epoch, end)) => EpochEndOffset {
                            partition,
                            leader_epoch: epoch.0,
                            end_offset: end.0,
                            ..EpochEndOffset::default()
                        },
                        Err(error_code) => EpochEndOffset {
                            error_code,
                            partition,
                            ..EpochEndOffset::default()
                        },
                    }
                })
                .collect();
            OffsetForLeaderTopicResult {
                topic: Cow::Owned(topic.topic.to_string()),
                partitions,
                ..OffsetForLeaderTopicResult::default()
            }
        })
        .collect();
    let response = OffsetForLeaderEpochResponse {
        topics,
        ..OffsetForLeaderEpochResponse::default()
    };
    call.respond(&response)
}
