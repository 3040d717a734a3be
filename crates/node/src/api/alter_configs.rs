//! IncrementalAlterConfigs (key 44), versions 0-1, and AlterConfigs (key 33), versions 0-2.
//! Decided by the controller; a broker's own keys are checked against its static configuration too.
//!
//! KIPs: 339 (incremental), 1142.

mod check;

use std::{borrow::Cow, collections::BTreeMap};

use ottla_metadata::{
    AlterConfigs, ConfigChange, ConfigKind, ConfigOperation, ConfigResource,
    IncrementalAlterConfigs, Refusal as ControllerRefusal,
};
use ottla_protocol::messages::{
    AlterConfigsRequest, AlterConfigsResponse, IncrementalAlterConfigsRequest,
    IncrementalAlterConfigsResponse, alter_configs_request, alter_configs_response,
    incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
    incremental_alter_configs_response::AlterConfigsResourceResponse,
};
use ottla_types::ErrorCode;

use self::check::{Key, check};
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
        return respond_incremental(call.envelope, unknown_operation(&request));
    }
    let mut times: BTreeMap<(i8, &str), usize> = BTreeMap::new();
    for resource in &request.resources {
        let key = (resource.resource_type, &*resource.resource_name);
        *times.entry(key).or_default() += 1;
    }
    let mut refused = Vec::new();
    let mut resources = Vec::new();
    for resource in &request.resources {
        let named = resource_of(resource.resource_type, &resource.resource_name);
        let is_repeated = times.get(&(named.kind.0, named.name.as_str())) != Some(&1);
        match check_incremental(call, &named, is_repeated, &resource.configs) {
            Ok(()) => resources.push((named, resource.configs.iter().map(change).collect())),
            Err(refusal) => refused.push((named, refusal)),
        }
    }
    let command = IncrementalAlterConfigs {
        resources,
        refused,
        validate_only: request.validate_only,
    };
    call.ask_controller(
        MetadataCommand::IncrementalAlterConfigs(command),
        TIMEOUT_MS,
    )
}

/// The reference fails as a whole over an operation it does not know, with no words for it.
fn unknown_operation(request: &IncrementalAlterConfigsRequest<'_>) -> MetadataReply {
    let refused = |resource: &AlterConfigsResource<'_>| {
        let named = resource_of(resource.resource_type, &resource.resource_name);
        let refusal = ControllerRefusal::bare(ErrorCode::UNKNOWN_SERVER_ERROR);
        (named, Err(refusal))
    };
    MetadataReply::AlteredConfigs(request.resources.iter().map(refused).collect())
}

fn check_incremental(
    call: &Call<'_>,
    named: &ConfigResource,
    is_repeated: bool,
    configs: &[AlterableConfig<'_>],
) -> Result<(), ControllerRefusal> {
    if call.is_controller_listener() {
        return Ok(());
    }
    if is_repeated {
        let message = "Each resource must appear at most once.";
        return Err(ControllerRefusal::new(ErrorCode::INVALID_REQUEST, message));
    }
    let is_delete = |number| ConfigOperation::from_number(number) == Some(ConfigOperation::Delete);
    let keys: Vec<Key<'_>> = configs
        .iter()
        .map(|config| Key {
            name: &config.name,
            lacks_value: config.value.is_none() && !is_delete(config.config_operation),
        })
        .collect();
    check(call.node.node_id(), named, &keys, true)
}

fn change(config: &AlterableConfig<'_>) -> ConfigChange {
    ConfigChange {
        name: config.name.to_string(),
        operation: ConfigOperation::from_number(config.config_operation)
            .unwrap_or(ConfigOperation::Set),
        value: config.value.as_ref().map(ToString::to_string),
    }
}

pub(crate) fn handle_legacy(call: &mut Call<'_>, request: AlterConfigsRequest<'_>) -> Reply {
    let mut refused = Vec::new();
    let mut resources = Vec::new();
    for resource in &request.resources {
        let named = resource_of(resource.resource_type, &resource.resource_name);
        let keys: Vec<Key<'_>> = resource
            .configs
            .iter()
            .map(|config| Key {
                name: &config.name,
                lacks_value: config.value.is_none(),
            })
            .collect();
        let checked = if call.is_controller_listener() {
            Ok(())
        } else {
            check(call.node.node_id(), &named, &keys, false)
        };
        match checked {
            Ok(()) => resources.push((named, resource.configs.iter().map(entry).collect())),
            Err(refusal) => refused.push((named, refusal)),
        }
    }
    let command = AlterConfigs {
        resources,
        refused,
        validate_only: request.validate_only,
    };
    call.ask_controller(MetadataCommand::AlterConfigs(command), TIMEOUT_MS)
}

fn entry(config: &alter_configs_request::AlterableConfig<'_>) -> (String, Option<String>) {
    (
        config.name.to_string(),
        config.value.as_ref().map(ToString::to_string),
    )
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
