//! Configuration files of the time before KRaft: a node of its own takes both roles.

use super::Warning;
use crate::{ConfigMap, listeners::split_endpoint, value::split_list};

/// Adds what a file with `broker.id` or `zookeeper.connect`, and without `process.roles`, lacks.
pub(super) fn translate(given: &mut ConfigMap, warnings: &mut Vec<Warning>) {
    let is_old = given.contains_key("broker.id") || given.contains_key("zookeeper.connect");
    if given.contains_key("process.roles") || given.contains_key("node.id") || !is_old {
        return;
    }
    let id = match given.get("broker.id").map(|id| id.trim()) {
        // ZooKeeper gave out the ids; a node alone is the first.
        None | Some("-1") => "1".to_owned(),
        Some(id) => id.to_owned(),
    };
    let old = given
        .get("listeners")
        .cloned()
        .unwrap_or_else(|| old_listener(given));
    let port = free_port(&old);
    let listener = format!("CONTROLLER://127.0.0.1:{port}");
    let mut set = |key: &str, value: String| drop(given.insert(key.to_owned(), value));
    set("process.roles", "broker,controller".to_owned());
    set("node.id", id.clone());
    set("broker.id", id.clone());
    set("listeners", format!("{old},{listener}"));
    set("controller.listener.names", "CONTROLLER".to_owned());
    set(
        "controller.quorum.bootstrap.servers",
        format!("127.0.0.1:{port}"),
    );
    let map = given.get(PROTOCOL_MAP).map_or(DEFAULT_MAP, String::as_str);
    if !map.contains("CONTROLLER:") {
        let map = format!("{map},CONTROLLER:PLAINTEXT");
        given.insert(PROTOCOL_MAP.to_owned(), map);
    }
    warnings.push(Warning::BeforeKRaft {
        node_id: id,
        listener,
    });
}

/// The listener that `host.name` and `port` stood for.
fn old_listener(given: &ConfigMap) -> String {
    let host = given.get("host.name").map_or("", String::as_str);
    let port = given.get("port").map_or("9092", String::as_str);
    format!("PLAINTEXT://{host}:{port}")
}

/// The first port from 9093 on that no listener has.
fn free_port(listeners: &str) -> u16 {
    let items = split_list(listeners);
    let taken: Vec<u16> = items
        .iter()
        .filter_map(|item| Some(split_endpoint(item)?.2))
        .collect();
    (9093..u16::MAX)
        .find(|port| !taken.contains(port))
        .unwrap_or(9093)
}

/// Whether an older Apache Kafka had the key.
pub(super) fn is_removed(key: &str) -> bool {
    REMOVED.contains(&key)
        || REMOVED_PREFIXES
            .iter()
            .any(|prefix| key.starts_with(prefix))
}

const PROTOCOL_MAP: &str = "listener.security.protocol.map";
const DEFAULT_MAP: &str =
    "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL";

const REMOVED_PREFIXES: &[&str] = &["zookeeper.", "password.encoder."];

const REMOVED: &[&str] = &[
    "advertised.host.name",
    "advertised.port",
    "broker.id.generation.enable",
    "control.plane.listener.name",
    "controlled.shutdown.max.retries",
    "controlled.shutdown.retry.backoff.ms",
    "eligible.leader.replicas.enable",
    "group.coordinator.new.enable",
    "group.share.enable",
    "group.share.max.groups",
    "host.name",
    "inter.broker.protocol.version",
    "internal.metadata.max.fetch.size.in.bytes",
    "leader.imbalance.per.broker.percentage",
    "log.message.downconversion.enable",
    "log.message.format.version",
    "log.message.timestamp.difference.max.ms",
    "metadata.log.segment.min.bytes",
    "port",
    "reserved.broker.max.id",
];
