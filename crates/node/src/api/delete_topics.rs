//! DeleteTopics (key 20), versions 1-6. Decided by the controller.
//!
//! KIPs: 516 (by id). `delete.topic.enable=false` answers `TOPIC_DELETION_DISABLED` (v3+), or
//! `INVALID_REQUEST` to older clients.

use std::borrow::Cow;

use ottla_metadata::{DeleteTopics, TopicSelector};
use ottla_protocol::messages::{
    DeleteTopicsRequest, DeleteTopicsResponse, delete_topics_response::DeletableTopicResult,
};
use ottla_types::{ErrorCode, Uuid};

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    output::Reply,
};

pub(crate) fn handle(call: &mut Call<'_>, request: DeleteTopicsRequest<'_>) -> Reply {
    let topics: Vec<TopicSelector> = if call.version() >= 6 {
        request
            .topics
            .iter()
            .map(|topic| TopicSelector {
                name: topic.name.as_ref().map(ToString::to_string),
                id: topic.topic_id,
            })
            .collect()
    } else {
        request
            .topic_names
            .iter()
            .map(|name| TopicSelector {
                name: Some(name.to_string()),
                id: Uuid::ZERO,
            })
            .collect()
    };
    if !call.node.config().topics.delete_enable {
        let response = disabled(call.version(), topics);
        return call.respond(&response);
    }
    call.ask_controller(
        MetadataCommand::DeleteTopics(DeleteTopics { topics }),
        request.timeout_ms,
    )
}

fn disabled(version: i16, topics: Vec<TopicSelector>) -> DeleteTopicsResponse<'static> {
    let error_code = if version < 3 {
        ErrorCode::INVALID_REQUEST
    } else {
        ErrorCode::TOPIC_DELETION_DISABLED
    };
    DeleteTopicsResponse {
        responses: topics
            .into_iter()
            .map(|topic| DeletableTopicResult {
                name: topic.name.map(Cow::Owned),
                topic_id: topic.id,
                error_code,
                error_message: Some(Cow::Borrowed("Topic deletion is disabled.")),
                ..DeletableTopicResult::default()
            })
            .collect(),
        ..DeleteTopicsResponse::default()
    }
}

/// The response to what the controller decided.
pub(crate) fn respond(envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::DeleteTopics(deleted) = reply else {
        return Reply::Close;
    };
    let response = DeleteTopicsResponse {
        responses: deleted
            .into_iter()
            .map(|topic| {
                let (error_code, error_message) = match topic.outcome {
                    Ok(()) => (ErrorCode::NONE, None),
                    Err(refusal) => (refusal.code, refusal.message.map(Cow::Owned)),
                };
                DeletableTopicResult {
                    name: topic.name.map(Cow::Owned),
                    topic_id: topic.id,
                    error_code,
                    error_message,
                    ..DeletableTopicResult::default()
                }
            })
            .collect(),
        ..DeleteTopicsResponse::default()
    };
    envelope.respond(&response)
}
