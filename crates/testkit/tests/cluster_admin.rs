//! What administrators ask of a cluster: every answer here is one that Apache Kafka gave.

use std::sync::Arc;

use ottla_protocol::messages::{ListConfigResourcesRequest, ListConfigResourcesResponse};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{TestNode, config};
use ottla_types::ErrorCode;

fn node() -> TestNode {
    let disk = Arc::new(MemoryFileSystem::new());
    TestNode::start(disk, config(&[])).expect("a start")
}

fn list(node: &mut TestNode, version: i16, kinds: &[i8]) -> (ErrorCode, Vec<(i8, String)>) {
    let request = ListConfigResourcesRequest {
        resource_types: kinds.to_vec(),
        ..ListConfigResourcesRequest::default()
    };
    let response = node.ask(version, &request);
    let response = response.read(ListConfigResourcesResponse::decode);
    let resources = response.config_resources.into_iter();
    let names = resources.map(|found| (found.resource_type, found.resource_name.to_string()));
    (response.error_code, names.collect())
}

/// Covers: KIP-1000, KIP-1142.
#[test]
fn resources_with_configurations_are_listed_by_kind() {
    let mut node = node();
    let found = |kind: i8, name: &str| (kind, name.to_owned());
    let ok = ErrorCode::NONE;
    let own = [found(8, "1"), found(4, "1")];
    assert_eq!(list(&mut node, 0, &[]), (ok, vec![]));
    assert_eq!(list(&mut node, 1, &[]), (ok, own.to_vec()));
    for unknown in [&[0][..], &[1], &[4, 77], &[-1]] {
        assert_eq!(
            list(&mut node, 1, unknown),
            (ErrorCode::UNSUPPORTED_VERSION, vec![])
        );
    }

    for topic in ["b", "a"] {
        node.create_topic(topic, 2, &[]);
    }
    for (resource, key, value) in [
        ((16, "metrics"), "interval.ms", "1000"),
        ((32, "group"), "consumer.session.timeout.ms", "50000"),
        ((4, ""), "log.retention.ms", "50000"),
    ] {
        assert_eq!(node.configure(resource, key, value), ok, "{key}");
    }
    // Version 0 is about client metrics, and does not say so.
    assert_eq!(list(&mut node, 0, &[]), (ok, vec![found(16, "metrics")]));
    let all = vec![
        found(32, "group"),
        found(16, "metrics"),
        found(8, "1"),
        found(4, "1"),
        found(2, "a"),
        found(2, "b"),
    ];
    assert_eq!(list(&mut node, 1, &[]), (ok, all.clone()));
    assert_eq!(list(&mut node, 1, &[2, 4, 8, 16, 32]), (ok, all));
    assert_eq!(list(&mut node, 1, &[4, 4]), (ok, vec![found(4, "1")]));
}
