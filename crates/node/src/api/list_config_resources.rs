//! ListConfigResources (key 74), versions 0-1: what has, or can have, a configuration.
//!
//! KIPs: 1000 (client metrics, all that version 0 knows), 1142 (the other kinds).

use std::{borrow::Cow, collections::BTreeSet};

use ottla_metadata::{ConfigKind, Image};
use ottla_protocol::messages::{
    ListConfigResourcesRequest, ListConfigResourcesResponse,
    list_config_resources_response::ConfigResource,
};
use ottla_types::ErrorCode;

use crate::{call::Call, output::Reply};

/// What can be asked for, in the order in which Apache Kafka answers it.
const KINDS: [ConfigKind; 5] = [
    ConfigKind::GROUP,
    ConfigKind::CLIENT_METRICS,
    ConfigKind::BROKER_LOGGER,
    ConfigKind::BROKER,
    ConfigKind::TOPIC,
];

pub(crate) fn handle(call: &mut Call<'_>, request: ListConfigResourcesRequest<'_>) -> Reply {
    let asked: BTreeSet<ConfigKind> = if call.version() == 0 {
        BTreeSet::from([ConfigKind::CLIENT_METRICS])
    } else {
        request.resource_types.into_iter().map(ConfigKind).collect()
    };
    if asked.iter().any(|kind| !KINDS.contains(kind)) {
        return call.respond(&ListConfigResourcesResponse {
            error_code: ErrorCode::UNSUPPORTED_VERSION,
            ..ListConfigResourcesResponse::default()
        });
    }
    let image = call.node.image();
    let wanted = |kind: &ConfigKind| asked.is_empty() || asked.contains(kind);
    let config_resources = KINDS
        .into_iter()
        .filter(wanted)
        .flat_map(|kind| {
            let resource = move |name| ConfigResource {
                resource_name: Cow::Owned(name),
                resource_type: kind.0,
                ..ConfigResource::default()
            };
            names(call, &image, kind).into_iter().map(resource)
        })
        .collect();
    call.respond(&ListConfigResourcesResponse {
        config_resources,
        ..ListConfigResourcesResponse::default()
    })
}

/// Every topic and every broker that this listener can name; of the others, those with a configuration.
fn names(call: &Call<'_>, image: &Image, kind: ConfigKind) -> Vec<String> {
    if kind == ConfigKind::TOPIC {
        let topics = image.topics().iter();
        return topics.map(|topic| topic.name.to_string()).collect();
    }
    if kind == ConfigKind::BROKER || kind == ConfigKind::BROKER_LOGGER {
        let brokers = image.cluster().brokers();
        return brokers
            .filter(|broker| !broker.fenced && broker.listener(call.listener()).is_some())
            .map(|broker| broker.id.to_string())
            .collect();
    }
    let resources = image.configs().resources(kind);
    resources.map(|(name, _)| name.to_string()).collect()
}
