//! DescribeConfigs (key 32), versions 1-4.
//!
//! KIPs: 226 (synonyms), 569 (type and documentation). Topics and groups are answered from the
//! metadata image; a broker answers for itself, and for the cluster-wide default (empty name).

use std::borrow::Cow;

use ottla_config::{ConfigMap, Described};
use ottla_metadata::{ConfigKind, Image, check_topic_name};
use ottla_protocol::messages::{
    DescribeConfigsRequest, DescribeConfigsResponse,
    describe_configs_request::DescribeConfigsResource,
    describe_configs_response::{
        DescribeConfigsResourceResult, DescribeConfigsResult, DescribeConfigsSynonym,
    },
};
use ottla_types::ErrorCode;

use crate::{api::MALFORMED, call::Call, node::Node, output::Reply, refusal::Refusal};

/// Configurations in one answer, some dozen megabytes with all there is to say of them: what is
/// asked for may be worth many thousand times the request.
const MAX_CONFIGS: usize = 100_000;

pub(crate) fn handle(call: &mut Call<'_>, request: DescribeConfigsRequest<'_>) -> Reply {
    let image = call.node.image();
    let mut left = MAX_CONFIGS;
    let mut describe = |resource: &DescribeConfigsResource<'_>| {
        if left == 0 {
            return Err(Refusal::bare(ErrorCode::POLICY_VIOLATION));
        }
        let described = describe(call.node, &image, resource)?;
        left = left.saturating_sub(described.len());
        Ok(described)
    };
    let results = request
        .resources
        .iter()
        .map(|resource| match describe(resource) {
            Ok(configs) => DescribeConfigsResult {
                error_code: ErrorCode::NONE,
                // Not null: so does Apache Kafka.
                error_message: Some(Cow::Borrowed("")),
                resource_type: resource.resource_type,
                resource_name: Cow::Owned(resource.resource_name.to_string()),
                configs: configs
                    .into_iter()
                    .map(|config| result(config, &request))
                    .collect(),
                ..DescribeConfigsResult::default()
            },
            Err(refusal) => DescribeConfigsResult {
                error_code: refusal.code,
                error_message: Some(refusal.message.map_or(Cow::Borrowed(""), Cow::Owned)),
                resource_type: resource.resource_type,
                resource_name: Cow::Owned(resource.resource_name.to_string()),
                ..DescribeConfigsResult::default()
            },
        })
        .collect();
    let response = DescribeConfigsResponse {
        results,
        ..DescribeConfigsResponse::default()
    };
    call.respond(&response)
}

fn describe(
    node: &Node,
    image: &Image,
    resource: &DescribeConfigsResource<'_>,
) -> Result<Vec<Described>, Refusal> {
    let name = &*resource.resource_name;
    let wanted: Option<Vec<&str>> = resource
        .configuration_keys
        .as_ref()
        .filter(|keys| !keys.is_empty())
        .map(|keys| keys.iter().map(|key| &**key).collect());
    let wanted = wanted.as_deref();
    let kind = ConfigKind(resource.resource_type);
    if kind == ConfigKind::TOPIC {
        check_topic(image, name)?;
        let overrides = image
            .configs()
            .topic(name)
            .map(|map| ConfigMap::clone(map))
            .unwrap_or_default();
        return Ok(ottla_config::describe_topic(
            &node.config(),
            &overrides,
            wanted,
        ));
    }
    if kind == ConfigKind::BROKER {
        return describe_broker(node, name, wanted);
    }
    if kind == ConfigKind::GROUP {
        if name.is_empty() {
            return Err(invalid("Group name must not be empty"));
        }
        let overrides = image
            .configs()
            .of(ConfigKind::GROUP, name)
            .map(|map| ConfigMap::clone(map))
            .unwrap_or_default();
        return Ok(ottla_config::describe_group(
            &node.config(),
            &overrides,
            wanted,
        ));
    }
    if kind == ConfigKind::CLIENT_METRICS {
        if name.is_empty() {
            return Err(invalid(
                "Client metrics subscription name must not be empty",
            ));
        }
        let overrides = image
            .configs()
            .of(ConfigKind::CLIENT_METRICS, name)
            .map(|map| ConfigMap::clone(map))
            .unwrap_or_default();
        return Ok(ottla_config::describe_client_metrics(&overrides, wanted));
    }
    if kind == ConfigKind::BROKER_LOGGER {
        if name.is_empty() {
            return Err(invalid("Broker id must not be empty"));
        }
        check_own_id(node, name, "")?;
    }
    Err(invalid(MALFORMED))
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(ErrorCode::INVALID_REQUEST, message)
}

fn check_topic(image: &Image, name: &str) -> Result<(), Refusal> {
    check_topic_name(name).map_err(|refused| Refusal {
        code: refused.code,
        message: refused.message,
    })?;
    match image.topics().by_name(name) {
        Some(_) => Ok(()),
        None => Err(Refusal::bare(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)),
    }
}

fn describe_broker(
    node: &Node,
    name: &str,
    wanted: Option<&[&str]>,
) -> Result<Vec<Described>, Refusal> {
    if name.is_empty() {
        return Ok(ottla_config::describe_broker_defaults(
            &node.config(),
            wanted,
        ));
    }
    check_own_id(node, name, " or empty string,")?;
    Ok(ottla_config::describe_broker(&node.config(), wanted))
}

/// Whether `name` is the id of this node; `or` names what else it might have been.
fn check_own_id(node: &Node, name: &str, or: &str) -> Result<(), Refusal> {
    let id: i32 = name
        .parse()
        .map_err(|_| invalid(format!("Broker id must be an integer, but it is: {name}")))?;
    let own = node.node_id();
    if id == own.0 {
        return Ok(());
    }
    Err(invalid(format!(
        "Unexpected broker id, expected {own}{or} but received {name}"
    )))
}

fn result(
    described: Described,
    request: &DescribeConfigsRequest<'_>,
) -> DescribeConfigsResourceResult<'static> {
    let synonyms = if request.include_synonyms {
        described
            .synonyms
            .into_iter()
            .map(|synonym| DescribeConfigsSynonym {
                name: Cow::Owned(synonym.name.to_string()),
                value: synonym.value.map(Cow::Owned),
                source: synonym.source.code(),
                ..DescribeConfigsSynonym::default()
            })
            .collect()
    } else {
        Vec::new()
    };
    DescribeConfigsResourceResult {
        name: Cow::Owned(described.name.to_string()),
        value: described.value.map(Cow::Owned),
        read_only: described.read_only,
        config_source: described.source.code(),
        is_sensitive: described.sensitive,
        synonyms,
        config_type: described.kind.code(),
        documentation: request
            .include_documentation
            .then(|| Cow::Owned(described.doc.to_string())),
        ..DescribeConfigsResourceResult::default()
    }
}
