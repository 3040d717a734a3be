//! CreatePartitions (key 37), versions 0-3. Decided by the controller.
//!
//! KIPs: 195.

use std::borrow::Cow;

use ottla_metadata::{CreatePartitions, MorePartitions};
use ottla_protocol::messages::{
    CreatePartitionsRequest, CreatePartitionsResponse,
    create_partitions_response::CreatePartitionsTopicResult,
};
use ottla_types::{BrokerId, ErrorCode};

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    output::Reply,
};

pub(crate) fn handle(call: &mut Call<'_>, request: CreatePartitionsRequest<'_>) -> Reply {
    let topics = request
        .topics
        .iter()
        .map(|topic| MorePartitions {
            name: topic.name.to_string(),
            count: topic.count,
            assignments: topic.assignments.as_ref().map(|assignments| {
                assignments
                    .iter()
                    .map(|assignment| {
                        assignment
                            .broker_ids
                            .iter()
                            .copied()
                            .map(BrokerId)
                            .collect()
                    })
                    .collect()
            }),
        })
        .collect();
    let command = CreatePartitions {
        topics,
        validate_only: request.validate_only,
    };
    call.ask_controller(
        MetadataCommand::CreatePartitions(command),
        request.timeout_ms,
    )
}

/// The response to what the controller decided.
pub(crate) fn respond(envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::CreatePartitions(results) = reply else {
        return Reply::Close;
    };
    let response = CreatePartitionsResponse {
        results: results
            .into_iter()
            .map(|(name, outcome)| {
                let (error_code, error_message) = match outcome {
                    Ok(()) => (ErrorCode::NONE, None),
                    Err(refusal) => (refusal.code, refusal.message.map(Cow::Owned)),
                };
                CreatePartitionsTopicResult {
                    name: Cow::Owned(name),
                    error_code,
                    error_message,
                    ..CreatePartitionsTopicResult::default()
                }
            })
            .collect(),
        ..CreatePartitionsResponse::default()
    };
    envelope.respond(&response)
}
