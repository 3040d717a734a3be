//! A topic that is deleted and made again under its name begins anew.

use std::{borrow::Cow, sync::Arc};

use ottla_protocol::messages::{
    DeleteRecordsRequest, DeleteRecordsResponse,
    delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
};
use ottla_storage::{
    StorageError,
    fs::{Crash, MemoryFileSystem},
};
use ottla_testkit::{TestNode, batch, config};
use ottla_types::ErrorCode;

fn delete_records(node: &mut TestNode, topic: &str, before: i64) -> ErrorCode {
    let request = DeleteRecordsRequest {
        topics: vec![DeleteRecordsTopic {
            name: Cow::Borrowed(topic),
            partitions: vec![DeleteRecordsPartition {
                partition_index: 0,
                offset: before,
                ..DeleteRecordsPartition::default()
            }],
            ..DeleteRecordsTopic::default()
        }],
        timeout_ms: 1_000,
        ..DeleteRecordsRequest::default()
    };
    let response = node.ask(2, &request);
    let response = response.read(DeleteRecordsResponse::decode);
    let topic = response.topics.first().expect("a topic");
    topic.partitions.first().expect("a partition").error_code
}

fn produce(node: &mut TestNode, values: &[&str]) {
    let batch = batch(node.now().wall, values, None);
    assert!(node.produce("t", 0, batch).error_code.is_none());
}

#[test]
fn what_checkpoints_say_of_the_old_topic_does_not_hold_for_the_new_one() {
    let disk = MemoryFileSystem::new();
    let mut node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    node.create_topic("t", 1, &[]);
    produce(&mut node, &["a", "b", "c", "d", "e", "f"]);
    assert!(delete_records(&mut node, "t", 4).is_none());
    node.checkpoint().expect("a checkpoint");
    assert!(node.delete_topic("t").is_none());
    node.create_topic("t", 1, &[]);
    produce(&mut node, &["x", "y"]);

    // As after kill -9, before the next checkpoint.
    let left = disk.crash(Crash::KeepAll);
    let mut node = TestNode::start(Arc::new(left), config(&[])).expect("a start");
    let (start, records) = node.read_all("t", 0);
    assert_eq!(start, 0);
    assert_eq!(records.into_values().collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn the_log_of_a_deleted_topic_leaves_the_directory_of_the_new_one_alone() {
    let disk = MemoryFileSystem::new();
    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    node.create_topic("t", 1, &[]);
    produce(&mut node, &["a", "b"]);
    let old = node.node().all_partitions().pop().expect("a partition");
    assert!(node.delete_topic("t").is_none());
    node.create_topic("t", 1, &[]);
    produce(&mut node, &["x"]);

    let closed = |error| matches!(error, Err(StorageError::Closed));
    assert!(closed(old.log().roll(node.now())));
    assert!(closed(old.log().checkpoint().map(drop)));
    assert!(closed(old.log().flush().map(drop)));
    assert!(old.sync().is_ok(), "nothing is asked of it any more");
}
