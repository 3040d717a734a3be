//! IncrementalAlterConfigs (key 44), versions 0-1, and AlterConfigs (key 33), versions 0-2.
//! Decided by the controller; a broker's own keys are checked against its static configuration too.
//!
//! KIPs: 339 (incremental), 1142.

use std::borrow::Cow;

use ottla_metadata::{
    AlterConfigs, ConfigChange, ConfigKind, ConfigOperation, ConfigResource,
    IncrementalAlterConfigs, Refusal as ControllerRefusal,
};
use ottla_protocol::messages::{
    AlterConfigsRequest, AlterConfigsResponse, IncrementalAlterConfigsRequest,
    IncrementalAlterConfigsResponse, alter_configs_response,
    incremental_alter_configs_request::AlterConfigsResource,
    incremental_alter_configs_response::AlterConfigsResourceResponse,
};
use ottla_types::ErrorCode;

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    output::Reply,
};

/// How long the controller may take: these requests carry no timeout of their own.
const TIMEOUT_MS: i32 = 30_000;

pub(crate) fn handle_incremental(
    call: &mut Call<'_>,
    request: IncrementalAlterConfigsRequest<'_>,
) -> Reply {
    let is_known = |number: i8| ConfigOperation::from_number(number).is_some();
    let mut configs = request
        .resources
        .iter()
        .flat_map(|resource| &resource.configs);
    if !configs.all(|config| is_known(config.config_operation)) {
        let refused = |resource: &AlterConfigsResource<'_>| {
            let message = "Unknown configuration operation.";
            let refusal = ControllerRefusal::new(ErrorCode::INVALID_REQUEST, message);
            let named = resource_of(resource.resource_type, &resource.resource_name);
            (named, Err(refusal))
        };
        let outcomes = request.resources.iter().map(refused).collect();
        return respond_incremental(call.envelope, MetadataReply::AlteredConfigs(outcomes));
    }
    let resources = request
        .resources
        .iter()
        .map(|resource| {
            let changes = resource
                .configs
                .iter()
                .map(|config| ConfigChange {
                    name: config.name.to_string(),
                    operation: ConfigOperation::from_number(config.config_operation)
                        .unwrap_or(ConfigOperation::Set),
                    value: config.value.as_ref().map(ToString::to_string),
                })
                .collect();
            (
                resource_of(resource.resource_type, &resource.resource_name),
                changes,
            )
        })
        .collect();
    let command = IncrementalAlterConfigs {
        resources,
        validate_only: request.validate_only,
    };
    call.ask_controller(
        MetadataCommand::IncrementalAlterConfigs(command),
        TIMEOUT_MS,
    )
}

pub(crate) fn handle_legacy(call: &mut Call<'_>, request: AlterConfigsRequest<'_>) -> Reply {
    let resources = request
        .resources
        .iter()
        .map(|resource| {
            let configs = resource
                .configs
                .iter()
                .map(|config| {
                    (
                        config.name.to_string(),
                        config.value.as_ref().map(ToString::to_string),
                    )
                })
                .collect();
            (
                resource_of(resource.resource_type, &resource.resource_name),
                configs,
            )
        })
        .collect();
    let command = AlterConfigs {
        resources,
        validate_only: request.validate_only,
    };
    call.ask_controller(MetadataCommand::AlterConfigs(command), TIMEOUT_MS)
}

fn resource_of(kind: i8, name: &str) -> ConfigResource {
    ConfigResource {
        kind: ConfigKind(kind),
        name: name.to_owned(),
    }
}

/// The response to what the controller decided, for IncrementalAlterConfigs.
pub(crate) fn respond_incremental(envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::AlteredConfigs(outcomes) = reply else {
        return Reply::Close;
    };
    let responses = outcomes
        .into_iter()
        .map(|(resource, outcome)| {
            let (error_code, error_message) = code_and_message(outcome);
            AlterConfigsResourceResponse {
                error_code,
                error_message,
                resource_type: resource.kind.0,
                resource_name: Cow::Owned(resource.name),
                ..AlterConfigsResourceResponse::default()
            }
        })
        .collect();
    let response = IncrementalAlterConfigsResponse {
        responses,
        ..IncrementalAlterConfigsResponse::default()
    };
    envelope.respond(&response)
}

/// The response to what the controller decided, for AlterConfigs.
pub(crate) fn respond_legacy(envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::AlteredConfigs(outcomes) = reply else {
        return Reply::Close;
    };
    let responses = outcomes
        .into_iter()
        .map(|(resource, outcome)| {
            let (error_code, error_message) = code_and_message(outcome);
            alter_configs_response::AlterConfigsResourceResponse {
                error_code,
                error_message,
                resource_type: resource.kind.0,
                resource_name: Cow::Owned(resource.name),
                ..alter_configs_response::AlterConfigsResourceResponse::default()
            }
        })
        .collect();
    let response = AlterConfigsResponse {
        responses,
        ..AlterConfigsResponse::default()
    };
    envelope.respond(&response)
}

fn code_and_message(
    outcome: Result<(), ControllerRefusal>,
) -> (ErrorCode, Option<Cow<'static, str>>) {
    match outcome {
        Ok(()) => (ErrorCode::NONE, None),
        Err(refusal) => (refusal.code, refusal.message.map(Cow::Owned)),
    }
}
