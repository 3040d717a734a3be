//! ElectLeaders (key 43), versions 0-2. Decided by the controller.
//!
//! KIPs: 183 (preferred leaders, all that version 0 knows), 460 (unclean ones).

use std::borrow::Cow;

use ottla_metadata::{ElectLeaders, ElectedLeaders, ElectionKind, Refusal};
use ottla_protocol::messages::{
    ElectLeadersRequest, ElectLeadersResponse,
    elect_leaders_request::TopicPartitions,
    elect_leaders_response::{PartitionResult, ReplicaElectionResult},
};
use ottla_types::{ErrorCode, PartitionIndex};

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    output::Reply,
};

pub(crate) fn handle(call: &mut Call<'_>, request: ElectLeadersRequest<'_>) -> Reply {
    if request.topic_partitions.as_ref().is_some_and(Vec::is_empty) {
        return call.respond(&ElectLeadersResponse::default());
    }
    let topic = |topic: &TopicPartitions<'_>| {
        let partitions = topic.partitions.iter().copied().map(PartitionIndex);
        (topic.topic.to_string(), partitions.collect())
    };
    let topics = request.topic_partitions.as_ref();
    let command = MetadataCommand::ElectLeaders(ElectLeaders {
        kind: match request.election_type {
            1 => ElectionKind::Unclean,
            _ => ElectionKind::Preferred,
        },
        topics: topics.map(|topics| topics.iter().map(topic).collect()),
    });
    if matches!(request.election_type, 0 | 1) {
        return call.ask_controller(command, request.timeout_ms);
    }
    // In Apache Kafka the controller looks at the kind, and at the time before.
    let error_code = if request.timeout_ms > 0 {
        ErrorCode::INVALID_REQUEST
    } else {
        ErrorCode::REQUEST_TIMED_OUT
    };
    respond(call.envelope, command.refuse(error_code))
}

/// First version that can say what is wrong with the request as a whole.
const WITH_ERROR: i16 = 1;

/// The response to what the controller decided.
pub(crate) fn respond(envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::ElectedLeaders(topics, error_code) = reply else {
        return Reply::Close;
    };
    envelope.respond(&ElectLeadersResponse {
        error_code: if envelope.version >= WITH_ERROR {
            error_code
        } else {
            ErrorCode::NONE
        },
        replica_election_results: topics.into_iter().map(result).collect(),
        ..ElectLeadersResponse::default()
    })
}

fn result((topic, outcomes): ElectedLeaders) -> ReplicaElectionResult<'static> {
    let outcomes = outcomes.into_iter();
    let outcomes = outcomes.map(|(index, outcome)| {
        let (error_code, error_message) = match outcome {
            Ok(()) => (ErrorCode::NONE, None),
            Err(refusal) => (refusal.code, message(refusal)),
        };
        PartitionResult {
            partition_id: index.0,
            error_code,
            error_message,
            ..PartitionResult::default()
        }
    });
    ReplicaElectionResult {
        topic: Cow::Owned(topic),
        partition_result: outcomes.collect(),
        ..ReplicaElectionResult::default()
    }
}

fn message(refusal: Refusal) -> Option<Cow<'static, str>> {
    let known = match refusal.code {
        ErrorCode::ELECTION_NOT_NEEDED => "Leader election not needed for topic partition.",
        ErrorCode::PREFERRED_LEADER_NOT_AVAILABLE => "The preferred leader was not available.",
        ErrorCode::ELIGIBLE_LEADERS_NOT_AVAILABLE => {
            "Eligible topic partition leaders are not available."
        }
        _ => return refusal.message.map(Cow::Owned),
    };
    Some(refusal.message.map_or(Cow::Borrowed(known), Cow::Owned))
}
