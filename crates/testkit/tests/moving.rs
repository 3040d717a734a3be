//! Moving replicas between the log directories of a broker.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use ottla_config::BrokerConfig;
use ottla_node::MoveStep;
use ottla_protocol::messages::{
    AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse, DeleteRecordsRequest,
    DescribeLogDirsRequest, DescribeLogDirsResponse, ProduceResponse,
    alter_replica_log_dirs_request::{AlterReplicaLogDir, AlterReplicaLogDirTopic},
    delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
};
use ottla_storage::fs::{Crash, FileSystem as _, MemoryFileSystem};
use ottla_testkit::{Hold, TestNode, Volumes, batch, config, produce_request};
use ottla_types::{ErrorCode, PartitionIndex, Uuid};

const OK: ErrorCode = ErrorCode::NONE;
const GONE: ErrorCode = ErrorCode::KAFKA_STORAGE_ERROR;

fn two_disks() -> BrokerConfig {
    config(&[("log.dirs", "/a,/b"), ("metadata.log.dir", "/meta")])
}

fn start(disks: &Volumes) -> TestNode {
    TestNode::start(Arc::new(disks.clone()), two_disks()).expect("a start")
}

/// A node with a topic of one partition, which is in `/a`.
fn node() -> (Volumes, TestNode) {
    let disks = Volumes::new(&["/meta", "/a", "/b"]);
    let mut node = start(&disks);
    assert_eq!(
        node.create_topic("t", 1, &[("segment.bytes", "1048576")])
            .error_code,
        OK
    );
    assert_eq!(place_of(&mut node), ["/a"]);
    (disks, node)
}

fn alter(node: &mut TestNode, wishes: &[(&str, &str, i32)]) -> BTreeMap<(String, i32), ErrorCode> {
    let dir = |(path, topic, index): &(&str, &str, i32)| AlterReplicaLogDir {
        path: (*path).to_owned().into(),
        topics: vec![AlterReplicaLogDirTopic {
            name: (*topic).to_owned().into(),
            partitions: vec![*index],
            ..AlterReplicaLogDirTopic::default()
        }],
        ..AlterReplicaLogDir::default()
    };
    let request = AlterReplicaLogDirsRequest {
        dirs: wishes.iter().map(dir).collect(),
        ..AlterReplicaLogDirsRequest::default()
    };
    let response = node.ask(2, &request);
    let response = response.read(AlterReplicaLogDirsResponse::decode);
    let results = response.results.iter().flat_map(|topic| {
        let name = topic.topic_name.to_string();
        let partitions = topic.partitions.iter();
        partitions.map(move |p| ((name.clone(), p.partition_index), p.error_code))
    });
    results.collect()
}

fn move_to(node: &mut TestNode, path: &str) -> ErrorCode {
    alter(node, &[(path, "t", 0)])[&("t".to_owned(), 0)]
}

/// What DescribeLogDirs says of `t-0`: directory, size, lag, whether it is a copy.
fn replicas(node: &mut TestNode) -> Vec<(String, i64, i64, bool)> {
    let request = DescribeLogDirsRequest {
        topics: None,
        ..DescribeLogDirsRequest::default()
    };
    let response = node.ask(4, &request);
    let response = response.read(DescribeLogDirsResponse::decode);
    let mut found = Vec::new();
    for result in &response.results {
        for topic in result.topics.iter().filter(|topic| topic.name == "t") {
            for p in topic.partitions.iter().filter(|p| p.partition_index == 0) {
                let dir = result.log_dir.to_string();
                found.push((dir, p.partition_size, p.offset_lag, p.is_future_key));
            }
        }
    }
    found
}

/// Where `t-0` is served from.
fn place_of(node: &mut TestNode) -> Vec<String> {
    let current = replicas(node).into_iter().filter(|(.., is_copy)| !is_copy);
    current.map(|(dir, ..)| dir).collect()
}

fn assigned(node: &TestNode) -> Uuid {
    let image = node.node().image();
    let topic = image.topics().by_name("t").expect("a topic");
    let partition = topic.partition(PartitionIndex(0)).expect("a partition");
    partition.directory_of(node.node().node_id()).expect("ours")
}

fn id_of(node: &TestNode, path: &str) -> Uuid {
    let all = node.node().directories().all();
    let found = all.iter().find(|dir| dir.path() == Path::new(path));
    found.expect("a directory").id()
}

fn produce(node: &mut TestNode, value: &str) -> ErrorCode {
    let time = node.now().wall;
    node.produce("t", 0, batch(time, &[value], None)).error_code
}

fn values(node: &mut TestNode) -> Vec<String> {
    node.read_all("t", 0).1.into_values().collect()
}

fn names(disk: &MemoryFileSystem, path: &str) -> Vec<String> {
    let entries = disk.read_dir(Path::new(path)).expect("a list");
    let names = entries.into_iter().filter(|entry| entry.metadata.is_dir);
    names
        .map(|entry| entry.name.to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_partition_is_moved_while_it_is_served() {
    let (disks, mut node) = node();
    for value in ["a", "b", "c"] {
        assert_eq!(produce(&mut node, value), OK);
    }
    node.checkpoint().expect("a good disk");
    assert_eq!(move_to(&mut node, "/b"), OK);
    let size = replicas(&mut node)[0].1;
    assert_eq!(
        replicas(&mut node),
        [
            ("/a".to_owned(), size, 0, false),
            ("/b".to_owned(), 0, 3, true)
        ]
    );
    assert!(matches!(node.step_move(), Some(Ok(MoveStep::Copied(_)))));
    assert_eq!(
        replicas(&mut node),
        [
            ("/a".to_owned(), size, 0, false),
            ("/b".to_owned(), size, 0, true)
        ]
    );
    assert!(names(disks.disk("/b"), "/b")[0].ends_with("-future"));
    assert_eq!(produce(&mut node, "d"), OK, "between two steps");
    node.move_replicas();
    assert_eq!(place_of(&mut node), ["/b"]);
    assert_eq!(replicas(&mut node).len(), 1);
    assert_eq!(assigned(&node), id_of(&node, "/b"));
    assert_eq!(values(&mut node), ["a", "b", "c", "d"]);
    assert_eq!(produce(&mut node, "e"), OK);
    node.checkpoint().expect("a good disk");
    let mut out = Vec::new();
    node.node()
        .remove_doomed(node.now(), &mut out)
        .expect("a good disk");
    assert_eq!(names(disks.disk("/a"), "/a"), Vec::<String>::new());
    assert_eq!(names(disks.disk("/b"), "/b"), ["t-0"]);

    // The old disk is of no use for it any more.
    disks.unplug("/a");
    assert_eq!(produce(&mut node, "f"), OK);
    drop(node);
    let mut node = start(&disks);
    assert_eq!(values(&mut node), ["a", "b", "c", "d", "e", "f"]);
}

#[test]
fn what_was_deleted_stays_deleted_and_epochs_and_producers_are_kept() {
    let (disks, mut node) = node();
    let mut sequence = node.init_producer();
    for value in ["a", "b", "c"] {
        let bytes = batch(node.now().wall, &[value], Some(sequence));
        assert_eq!(node.produce("t", 0, bytes).error_code, OK);
        sequence.next += 1;
    }
    assert_eq!(move_to(&mut node, "/b"), OK);
    node.step_move();
    let request = DeleteRecordsRequest {
        topics: vec![DeleteRecordsTopic {
            name: "t".into(),
            partitions: vec![DeleteRecordsPartition {
                partition_index: 0,
                offset: 2,
                ..DeleteRecordsPartition::default()
            }],
            ..DeleteRecordsTopic::default()
        }],
        timeout_ms: 1000,
        ..DeleteRecordsRequest::default()
    };
    node.ask(2, &request);
    let epochs = node.node().all_partitions()[0].log().epochs();
    node.move_replicas();
    assert_eq!(place_of(&mut node), ["/b"]);
    assert_eq!(values(&mut node), ["c"]);
    let moved = node.node().all_partitions();
    assert_eq!(moved[0].log().epochs().last(), epochs.last());
    // Again, and then the next.
    let mut last = sequence;
    last.next -= 1;
    let bytes = batch(node.now().wall, &["c"], Some(last));
    assert_eq!(node.produce("t", 0, bytes).base_offset, 2);
    let bytes = batch(node.now().wall, &["d"], Some(sequence));
    assert_eq!(node.produce("t", 0, bytes).error_code, OK);
    drop(node);
    let mut node = start(&disks.crash(Crash::LoseUnsynced));
    assert_eq!(values(&mut node), ["c", "d"]);
}

#[test]
fn who_waits_for_a_sync_is_told_when_the_copy_takes_over() {
    let (_, mut node) = node();
    assert_eq!(produce(&mut node, "a"), OK);
    assert_eq!(move_to(&mut node, "/b"), OK);
    node.hold(Hold::Syncs);
    let batches = [(0, batch(node.now().wall, &["b"], None))];
    let waiting = node.put(12, &produce_request(-1, "t", &batches));
    assert_eq!(node.parked(), 1);
    node.move_replicas();
    let response = node.response(waiting);
    let response = response.read(ProduceResponse::decode);
    assert_eq!(response.responses[0].partition_responses[0].error_code, OK);
    node.release(Hold::Syncs);
    assert_eq!(produce(&mut node, "c"), OK);
    assert_eq!(values(&mut node), ["a", "b", "c"]);
}

#[test]
fn what_cannot_be_moved_is_refused_in_kafkas_words() {
    let (disks, mut node) = node();
    let long = "x".repeat(249);
    let refused = alter(
        &mut node,
        &[
            ("/c", "t", 0),
            ("/b", "missing", 3),
            ("/b", &long, 0),
            ("/a", "t", 1),
        ],
    );
    let expected = [
        (("missing".to_owned(), 3), ErrorCode::REPLICA_NOT_AVAILABLE),
        (("t".to_owned(), 0), ErrorCode::LOG_DIR_NOT_FOUND),
        (("t".to_owned(), 1), ErrorCode::REPLICA_NOT_AVAILABLE),
        ((long, 0), ErrorCode::INVALID_TOPIC_EXCEPTION),
    ];
    assert_eq!(refused, expected.into_iter().collect());
    // Where it is already.
    assert_eq!(move_to(&mut node, "/a"), OK);
    assert_eq!(replicas(&mut node).len(), 1);
    disks.disk("/b").fail_sync();
    assert_eq!(move_to(&mut node, "/b"), GONE);
    assert_eq!(move_to(&mut node, "/b"), GONE);
    assert_eq!(produce(&mut node, "a"), OK);
}

#[test]
fn a_partition_that_is_not_there_yet_is_made_where_it_was_asked_for() {
    let (_, mut node) = node();
    // Two in each, and two wishes for one of them.
    let wishes = [("/b", "u", 0), ("/b", "u", 1)];
    let refused = alter(&mut node, &wishes);
    assert!(
        refused
            .values()
            .all(|code| *code == ErrorCode::REPLICA_NOT_AVAILABLE)
    );
    node.create_topic("u", 2, &[]);
    let partitions = node.node().all_partitions();
    let b = id_of(&node, "/b");
    let there = partitions
        .iter()
        .filter(|p| p.topic() == "u" && p.directory() == b);
    assert_eq!(there.count(), 2);
}

#[test]
fn a_move_back_or_a_deletion_ends_a_move() {
    let (disks, mut node) = node();
    assert_eq!(produce(&mut node, "a"), OK);
    assert_eq!(move_to(&mut node, "/b"), OK);
    node.step_move();
    assert_eq!(move_to(&mut node, "/a"), OK);
    assert_eq!(replicas(&mut node).len(), 1);
    assert!(node.step_move().is_none());
    assert!(names(disks.disk("/b"), "/b")[0].ends_with("-delete"));
    assert_eq!(values(&mut node), ["a"]);

    assert_eq!(move_to(&mut node, "/b"), OK);
    node.step_move();
    assert_eq!(node.delete_topic("t"), OK);
    assert!(node.step_move().is_none());
    node.node()
        .remove_doomed(node.now(), &mut Vec::new())
        .expect("a good disk");
    for path in ["/a", "/b"] {
        assert_eq!(names(disks.disk(path), path), Vec::<String>::new());
    }
    // One that the controller was told of already.
    node.create_topic("t", 1, &[]);
    assert_eq!(produce(&mut node, "b"), OK);
    let from = place_of(&mut node).pop().expect("a place");
    let to = if from == "/a" { "/b" } else { "/a" };
    assert_eq!(move_to(&mut node, to), OK);
    while assigned(&node) != id_of(&node, to) {
        node.step_move().expect("a move").expect("a step");
    }
    assert_eq!(move_to(&mut node, &from), OK);
    assert_eq!(assigned(&node), id_of(&node, &from));
    assert_eq!(values(&mut node), ["b"]);
}

#[test]
fn a_move_goes_on_after_a_start() {
    for steps in 0..4 {
        for crash in [Crash::LoseUnsynced, Crash::KeepAll] {
            let (disks, mut node) = node();
            for value in ["a", "b"] {
                assert_eq!(produce(&mut node, value), OK);
            }
            assert_eq!(move_to(&mut node, "/b"), OK);
            for _ in 0..steps {
                if let Some(step) = node.step_move() {
                    step.expect("a step");
                }
            }
            assert_eq!(produce(&mut node, "c"), OK);
            drop(node);
            let disks = disks.crash(crash);
            let mut node = start(&disks);
            assert_eq!(values(&mut node), ["a", "b", "c"], "{steps} {crash:?}");
            assert_eq!(produce(&mut node, "d"), OK);
            node.move_replicas();
            assert_eq!(place_of(&mut node), ["/b"], "{steps} {crash:?}");
            assert_eq!(assigned(&node), id_of(&node, "/b"));
            assert_eq!(values(&mut node), ["a", "b", "c", "d"]);
        }
    }
}

#[test]
fn a_disk_that_fails_under_a_move_takes_only_its_own_side() {
    // The destination.
    let (disks, mut node) = node();
    assert_eq!(produce(&mut node, "a"), OK);
    assert_eq!(move_to(&mut node, "/b"), OK);
    disks.unplug("/b");
    assert!(node.step_move().expect("a move").is_err());
    assert!(node.step_move().is_none());
    assert_eq!(produce(&mut node, "b"), OK);
    assert_eq!(values(&mut node), ["a", "b"]);
    assert_eq!(node.fatal(), None);
    drop(node);
    disks.plug("/b");
    let mut node = start(&disks);
    node.move_replicas();
    assert_eq!(place_of(&mut node), ["/b"]);
    assert_eq!(values(&mut node), ["a", "b"]);

    // The source.
    assert_eq!(move_to(&mut node, "/a"), OK);
    node.step_move();
    disks.unplug("/b");
    assert!(node.checkpoint().is_err());
    assert_eq!(produce(&mut node, "c"), GONE);
    let step = node.step_move();
    assert!(matches!(step, None | Some(Err(_))), "{step:?}");
    assert_eq!(produce(&mut node, "d"), GONE);
    drop(node);
    disks.plug("/b");
    let mut node = start(&disks);
    node.move_replicas();
    assert_eq!(place_of(&mut node), ["/a"]);
    assert_eq!(values(&mut node), ["a", "b"]);
}

#[test]
fn a_full_disk_makes_a_move_wait() {
    let (disks, mut node) = node();
    assert_eq!(produce(&mut node, "a"), OK);
    assert_eq!(move_to(&mut node, "/b"), OK);
    let disk = disks.disk("/b");
    disk.limit_space(Some(disk.space_used()));
    assert!(matches!(node.step_move(), Some(Ok(MoveStep::Waiting))));
    assert!(matches!(node.step_move(), Some(Ok(MoveStep::Waiting))));
    disk.limit_space(None);
    node.move_replicas();
    assert_eq!(place_of(&mut node), ["/b"]);
    assert_eq!(values(&mut node), ["a"]);
}

#[test]
fn the_rate_of_moves_is_a_dynamic_setting_of_brokers() {
    const KEY: &str = "replica.alter.log.dirs.io.max.bytes.per.second";
    let (_, mut node) = node();
    let of = |node: &TestNode| node.node().config().logs.move_max_bytes_per_second;
    assert_eq!(of(&node), i64::MAX);
    for resource in ["", "1"] {
        let value = if resource.is_empty() { "1000" } else { "2000" };
        assert_eq!(node.configure((4, resource), KEY, value), OK);
        assert_eq!(of(&node).to_string(), value);
    }
}

/// What waits for the disk is past the watermark, and no less there for that.
#[test]
fn a_log_that_is_ahead_of_its_watermark_does_not_lag() {
    let (_, mut node) = node();
    node.hold(Hold::Syncs);
    let batches = [(0, batch(node.now().wall, &["one", "two"], None))];
    node.put(12, &produce_request(-1, "t", &batches));
    let replicas = replicas(&mut node);
    let [(_, size, lag, _)] = replicas.as_slice() else {
        panic!("{replicas:?}");
    };
    assert!(*size > 0);
    assert_eq!(*lag, 0);
}

fn cordon(node: &mut TestNode, value: &str) -> ErrorCode {
    node.configure((4, "1"), "cordoned.log.dirs", value)
}

/// Directories that DescribeLogDirs says are cordoned.
fn cordoned(node: &mut TestNode) -> Vec<String> {
    let request = DescribeLogDirsRequest::default();
    let response = node.ask(5, &request);
    let response = response.read(DescribeLogDirsResponse::decode);
    let cordoned = response.results.iter().filter(|dir| dir.is_cordoned);
    cordoned.map(|dir| dir.log_dir.to_string()).collect()
}

#[test]
fn a_cordoned_directory_gets_no_new_replicas() {
    let (_, mut node) = node();
    assert_eq!(cordon(&mut node, "/b"), OK);
    assert_eq!(cordoned(&mut node), ["/b"]);
    assert_eq!(
        move_to(&mut node, "/b"),
        ErrorCode::INVALID_REPLICA_ASSIGNMENT
    );
    assert_eq!(move_to(&mut node, "/a"), OK);
    let at = |node: &TestNode| {
        let all = node.node().directories().all().iter();
        let dir = all.map(|dir| (dir.id(), dir.path().to_owned()));
        let paths: BTreeMap<_, _> = dir.collect();
        let mut found: Vec<_> = node
            .node()
            .all_partitions()
            .iter()
            .map(|partition| {
                let path = paths[&partition.directory()].display().to_string();
                (partition.topic().to_owned(), path)
            })
            .collect();
        found.sort();
        found
    };
    let place = |topic: &str, path: &str| (topic.to_owned(), path.to_owned());
    assert_eq!(node.create_topic("u", 2, &[]).error_code, OK);
    let all_in_a = [place("t", "/a"), place("u", "/a"), place("u", "/a")];
    assert_eq!(at(&node), all_in_a);

    assert_eq!(cordon(&mut node, "*"), OK);
    assert_eq!(cordoned(&mut node), ["/a", "/b"]);
    let refused = node.create_topic("v", 1, &[]).error_code;
    assert_eq!(refused, ErrorCode::INVALID_REPLICATION_FACTOR);
    assert_eq!(cordon(&mut node, "/nowhere"), ErrorCode::INVALID_REQUEST);
    assert_eq!(cordon(&mut node, "*,/a"), ErrorCode::INVALID_REQUEST);

    assert_eq!(cordon(&mut node, ""), OK);
    assert_eq!(cordoned(&mut node), [""; 0]);
    assert_eq!(node.create_topic("w", 1, &[]).error_code, OK);
    assert!(at(&node).contains(&place("w", "/b")));
}
