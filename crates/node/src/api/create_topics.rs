//! CreateTopics (key 19), versions 2-7. Decided by the controller.
//!
//! KIPs: 195, 464 (default partitions and replication), 525 (configs in the answer), 516 (ids).

use std::borrow::Cow;

use ottla_config::ConfigMap;
use ottla_metadata::{CreateTopics, ManualAssignment, NewTopic, TopicOutcome};
use ottla_protocol::messages::{
    CreateTopicsRequest, CreateTopicsResponse,
    create_topics_request::CreatableTopic,
    create_topics_response::{CreatableTopicConfigs, CreatableTopicResult},
};
use ottla_types::{BrokerId, ErrorCode};

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    node::Node,
    output::Reply,
};

pub(crate) fn handle(call: &mut Call<'_>, request: CreateTopicsRequest<'_>) -> Reply {
    let command = CreateTopics {
        topics: request.topics.iter().map(new_topic).collect(),
        validate_only: request.validate_only,
    };
    call.ask_controller(MetadataCommand::CreateTopics(command), request.timeout_ms)
}

fn new_topic(topic: &CreatableTopic<'_>) -> NewTopic {
    NewTopic {
        name: topic.name.to_string(),
        num_partitions: topic.num_partitions,
        replication_factor: topic.replication_factor,
        assignments: topic
            .assignments
            .iter()
            .map(|assignment| ManualAssignment {
                partition: assignment.partition_index,
                replicas: assignment
                    .broker_ids
                    .iter()
                    .copied()
                    .map(BrokerId)
                    .collect(),
            })
            .collect(),
        configs: topic
            .configs
            .iter()
            .map(|config| {
                (
                    config.name.to_string(),
                    config.value.as_ref().map(ToString::to_string),
                )
            })
            .collect(),
    }
}

/// The response to what the controller decided.
pub(crate) fn respond(node: &Node, envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::CreateTopics(outcomes) = reply else {
        return Reply::Close;
    };
    let response = CreateTopicsResponse {
        topics: outcomes
            .into_iter()
            .map(|outcome| result(node, outcome))
            .collect(),
        ..CreateTopicsResponse::default()
    };
    envelope.respond(&response)
}

fn result(node: &Node, outcome: TopicOutcome) -> CreatableTopicResult<'static> {
    let name = Cow::Owned(outcome.name);
    match outcome.outcome {
        Err(refusal) => CreatableTopicResult {
            name,
            error_code: refusal.code,
            error_message: refusal.message.map(Cow::Owned),
            configs: Some(Vec::new()),
            ..CreatableTopicResult::default()
        },
        Ok(created) => CreatableTopicResult {
            name,
            topic_id: created.id,
            error_code: ErrorCode::NONE,
            error_message: None,
            num_partitions: created.num_partitions,
            replication_factor: created.replication_factor,
            configs: Some(configs(node, &created.configs)),
            ..CreatableTopicResult::default()
        },
    }
}

/// The configuration of a new topic, by name here: DescribeConfigs has another order.
fn configs(node: &Node, own: &ConfigMap) -> Vec<CreatableTopicConfigs<'static>> {
    let mut described = node.describe_topic(own);
    described.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    described
        .into_iter()
        .map(|described| CreatableTopicConfigs {
            name: Cow::Owned(described.name),
            value: described.value.map(Cow::Owned),
            read_only: described.read_only,
            config_source: described.source.code(),
            is_sensitive: described.sensitive,
            ..CreatableTopicConfigs::default()
        })
        .collect()
}
