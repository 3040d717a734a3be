//! What a node must have after a power cut.

use std::{borrow::Cow, sync::Arc};

use ottla_protocol::messages::{
    DescribeConfigsRequest, DescribeConfigsResponse,
    describe_configs_request::DescribeConfigsResource,
};
use ottla_storage::fs::{Crash, FileSystem};
use ottla_types::ErrorCode;

use super::{
    Disk,
    disk::fingerprint,
    node_life::{NodePromise, Partition, node_config},
};
use crate::{TestNode, batch};

/// Starts a node on what a power cut has left, and looks for everything that was promised.
pub(super) fn check(disk: &Disk, promise: &NodePromise, has_two_directories: bool) {
    let start = |fs: Arc<dyn FileSystem>| {
        let started = TestNode::start_at(fs, node_config(has_two_directories), promise.now);
        started.unwrap_or_else(|error| panic!("starting: {error}"))
    };
    let drawn = fingerprint(disk.memory());
    let mut node = start(disk.file_system());
    verify(&mut node, promise);
    if drawn.is_multiple_of(START_AGAIN_OF) {
        // What was recovered stays, whether the node is killed, loses its power or stops.
        drop(node);
        let left = match drawn / START_AGAIN_OF % 3 {
            0 => disk.clone(),
            1 => Disk {
                memory: disk.memory().crash(Crash::LoseUnsynced),
                ..*disk
            },
            _ => {
                start(disk.file_system()).stop().expect("a stop");
                disk.clone()
            }
        };
        node = start(left.file_system());
        verify(&mut node, promise);
    }
    // A move that was cut short comes to its end, and takes nothing away.
    node.move_replicas();
    verify(&mut node, promise);
    serve(&mut node, promise);
}

/// Of so many states one is started on twice.
const START_AGAIN_OF: u64 = 7;

fn verify(node: &mut TestNode, promise: &NodePromise) {
    let image = node.node().image();
    for id in &promise.deleted {
        assert!(image.topics().by_id(*id).is_none(), "{id:?} is back");
    }
    for (name, topic) in &promise.topics {
        if promise.unsure.contains(name) && image.topics().by_name(name).is_none() {
            continue;
        }
        let found = image.topics().by_name(name);
        let found = found.unwrap_or_else(|| panic!("{name} is gone"));
        assert_eq!(found.id, topic.id, "{name}");
        assert!(found.partitions.len() >= topic.partitions.len(), "{name}");
        let retention_ms = retention_of(node, name);
        assert!(topic.retention_ms.contains(&retention_ms), "{name}");
        for (index, partition) in (0..).zip(&topic.partitions) {
            verify_partition(node, (name, index), partition);
        }
    }
    for ((group, topic, index), allowed) in &promise.offsets {
        if promise.unsure.contains(topic) {
            continue;
        }
        if allowed.contains(&-1) && image.topics().by_name("__consumer_offsets").is_none() {
            continue;
        }
        let found = node.committed(group, topic, *index);
        let found = found.unwrap_or_else(|code| panic!("{group}: {code:?}"));
        assert!(
            allowed.contains(&found.committed_offset),
            "{group} {topic}-{index}: {found:?}, not one of {allowed:?}"
        );
    }
}

fn verify_partition(node: &mut TestNode, (name, index): (&str, i32), partition: &Partition) {
    let (start, records) = node.read_all(name, index);
    let context = format!("{name}-{index} from {start}");
    assert!(start <= partition.start, "{context}: {partition:?}");
    for (offset, value) in &partition.acknowledged {
        if *offset >= partition.start {
            assert_eq!(
                records.get(offset),
                Some(value),
                "{context}, offset {offset}"
            );
        }
    }
    for (offset, value) in &records {
        match partition.acknowledged.get(offset) {
            Some(acknowledged) => assert_eq!(value, acknowledged, "{context}, offset {offset}"),
            None => assert!(partition.sent.contains(value), "{context}: {value}"),
        }
    }
}

fn retention_of(node: &mut TestNode, topic: &str) -> String {
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 2,
            resource_name: Cow::Borrowed(topic),
            configuration_keys: Some(vec![Cow::Borrowed("retention.ms")]),
            ..DescribeConfigsResource::default()
        }],
        ..DescribeConfigsRequest::default()
    };
    let response = node.ask(4, &request);
    let response = response.read(DescribeConfigsResponse::decode);
    let configs = &response.results.first().expect("a result").configs;
    let value = configs.first().and_then(|config| config.value.as_ref());
    value.expect("a value").to_string()
}

/// The node takes up its work: producers go on where they were, and new records come after the old.
fn serve(node: &mut TestNode, promise: &NodePromise) {
    let time = node.now().wall;
    for (name, topic) in &promise.topics {
        if promise.unsure.contains(name) {
            continue;
        }
        for (index, partition) in (0..).zip(&topic.partitions) {
            let context = format!("{name}-{index}");
            if let Some((sequence, values, base_offset)) = &partition.last
                && *base_offset >= partition.start
            {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                let again = node.produce(name, index, batch(time, &values, Some(*sequence)));
                assert_eq!(
                    (again.error_code, again.base_offset),
                    (ErrorCode::NONE, *base_offset),
                    "{context}: a repeated batch"
                );
            }
            let (_, before) = node.read_all(name, index);
            let answer = node.produce(name, index, batch(time, &["after"], None));
            assert!(answer.error_code.is_none(), "{context}: {answer:?}");
            let (_, after) = node.read_all(name, index);
            assert_eq!(after.len(), before.len() + 1, "{context}");
            assert_eq!(
                after.last_key_value(),
                Some((&answer.base_offset, &"after".to_owned())),
                "{context}"
            );
        }
    }
    for (group, topic, index) in promise.offsets.keys().take(1) {
        if !promise.unsure.contains(topic)
            && node
                .node()
                .image()
                .topics()
                .by_name("__consumer_offsets")
                .is_some()
        {
            assert!(node.commit(group, topic, *index, 77).is_none());
        }
    }
}
