//! Several log directories: which partition goes where, and what happens when one fails.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
    time::Duration,
};

use ottla_config::BrokerConfig;
use ottla_protocol::messages::{
    DescribeLogDirsRequest, DescribeLogDirsResponse, MetadataRequest, MetadataResponse,
    metadata_response::MetadataResponsePartition,
};
use ottla_storage::fs::{Crash, FileSystem as _, MemoryFileSystem};
use ottla_testkit::{TestNode, Volumes, batch, config};
use ottla_types::{BrokerId, ErrorCode, PartitionIndex, Uuid};

const OFFLINE: ErrorCode = ErrorCode::KAFKA_STORAGE_ERROR;

fn three_disks() -> BrokerConfig {
    config(&[("log.dirs", "/a,/b,/c"), ("metadata.log.dir", "/meta")])
}

fn start(disks: &Volumes) -> TestNode {
    TestNode::start(Arc::new(disks.clone()), three_disks()).expect("a start")
}

fn node() -> (Volumes, TestNode) {
    let disks = Volumes::new(&["/meta", "/a", "/b", "/c"]);
    let node = start(&disks);
    (disks, node)
}

/// The partitions of each log directory, or its error.
fn described(node: &mut TestNode) -> BTreeMap<String, Result<Vec<(String, i32)>, ErrorCode>> {
    let response = node.ask(
        4,
        &DescribeLogDirsRequest {
            topics: None,
            ..DescribeLogDirsRequest::default()
        },
    );
    let response = response.read(DescribeLogDirsResponse::decode);
    let described = response.results.iter().map(|result| {
        let topics = result.topics.iter().flat_map(|topic| {
            let name = topic.name.to_string();
            let indexes = topic.partitions.iter().map(|p| p.partition_index);
            indexes.map(move |index| (name.clone(), index))
        });
        let outcome = match result.error_code {
            ErrorCode::NONE => Ok(topics.collect()),
            code => {
                assert_eq!((result.total_bytes, result.usable_bytes), (-1, -1));
                assert!(result.topics.is_empty());
                Err(code)
            }
        };
        (result.log_dir.to_string(), outcome)
    });
    described.collect()
}

/// The directory of each partition as the cluster's metadata has it.
fn assigned(node: &TestNode, topic: &str) -> Vec<Uuid> {
    let image = node.node().image();
    let topic = image.topics().by_name(topic).expect("a topic");
    let directory = |partition: &ottla_metadata::Partition| {
        partition.directory_of(node.node().node_id()).expect("ours")
    };
    topic.partitions.values().map(directory).collect()
}

fn id_of(node: &TestNode, path: &str) -> Uuid {
    let all = node.node().directories().all();
    let found = all.iter().find(|dir| dir.path() == Path::new(path));
    found.expect("a directory").id()
}

fn metadata_of(node: &mut TestNode, topic: &str) -> Vec<MetadataResponsePartition<'static>> {
    let response = node.ask(
        12,
        &MetadataRequest {
            topics: None,
            ..MetadataRequest::default()
        },
    );
    let response = response.read(MetadataResponse::decode).into_owned();
    let found = response
        .topics
        .into_iter()
        .find(|found| found.name.as_deref() == Some(topic));
    found.expect("a topic").partitions
}

fn produce(node: &mut TestNode, topic: &str, index: i32) -> ErrorCode {
    let time = node.now().wall;
    node.produce(topic, index, batch(time, &["a"], None))
        .error_code
}

#[test]
fn a_new_partition_goes_where_the_fewest_are_and_the_cluster_knows() {
    let (disks, mut node) = node();
    node.create_topic("first", 4, &[]);
    node.create_topic("second", 5, &[]);
    let mut ids = BTreeMap::new();
    for path in ["/a", "/b", "/c"] {
        let held = described(&mut node)[path].clone().expect("online");
        assert_eq!(held.len(), 3, "{path} {held:?}");
        ids.insert(path, id_of(&node, path));
        for (topic, index) in held {
            let directory = assigned(&node, &topic)[usize::try_from(index).expect("an index")];
            assert_eq!(directory, ids[path], "{topic}-{index}");
        }
        let text = disks
            .disk(path)
            .read(&Path::new(path).join("meta.properties"));
        let text = String::from_utf8(text.expect("a file")).expect("text");
        assert!(
            text.contains(&format!("directory.id={}", ids[path])),
            "{text}"
        );
    }
    assert_eq!(ids.values().collect::<BTreeSet<_>>().len(), 3);
    let before = assigned(&node, "first");
    node.stop().expect("a stop");
    let mut node = start(&disks);
    assert_eq!(assigned(&node, "first"), before);
    for index in 0..4 {
        assert_eq!(produce(&mut node, "first", index), ErrorCode::NONE);
    }
    // The ones that were there count as well.
    node.create_topic("third", 3, &[]);
    for held in described(&mut node).into_values() {
        assert_eq!(held.expect("online").len(), 4);
    }
}

#[test]
fn a_directory_that_fails_goes_offline_and_the_others_serve_on() {
    let (disks, mut node) = node();
    node.create_topic("t", 3, &[]);
    let lost = id_of(&node, "/b");
    let index = assigned(&node, "t").iter().position(|id| *id == lost);
    let index = i32::try_from(index.expect("one in there")).expect("an index");
    let others: Vec<i32> = (0..3).filter(|other| *other != index).collect();
    assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE);

    disks.unplug("/b");
    assert_eq!(produce(&mut node, "t", index), OFFLINE);
    assert_eq!(node.fatal(), None);
    assert_eq!(produce(&mut node, "t", index), OFFLINE);
    assert_eq!(node.fetch("t", index, 0).error_code, OFFLINE);
    for other in &others {
        assert_eq!(produce(&mut node, "t", *other), ErrorCode::NONE);
    }

    // The controller has taken its leadership away, and the cluster knows.
    let image = node.node().image();
    let topic = image.topics().by_name("t").expect("a topic");
    let partition = topic.partition(PartitionIndex(index)).expect("a partition");
    assert_eq!(partition.leader, None);
    let broker = image.cluster().broker(node.node().node_id()).expect("us");
    assert!(!broker.has_online_dir(lost));
    assert_eq!(broker.log_dirs.len(), 2);
    for partition in metadata_of(&mut node, "t") {
        let is_lost = partition.partition_index == index;
        let expected = match is_lost {
            true => (ErrorCode::LEADER_NOT_AVAILABLE, -1, vec![1]),
            false => (ErrorCode::NONE, 1, vec![]),
        };
        let found = (
            partition.error_code,
            partition.leader_id,
            partition.offline_replicas,
        );
        assert_eq!(found, expected);
    }
    let described = described(&mut node);
    assert_eq!(described["/b"], Err(OFFLINE));
    assert!(described["/a"].is_ok() && described["/c"].is_ok());

    // New partitions go elsewhere.
    node.create_topic("more", 4, &[]);
    for index in 0..4 {
        assert_eq!(produce(&mut node, "more", index), ErrorCode::NONE);
    }
    assert!(!assigned(&node, "more").contains(&lost));
    node.checkpoint().expect("the others");
    node.stop().expect("the others are in good order");

    // Back again after a start, the partition is led again and has lost nothing.
    disks.plug("/b");
    let mut node = start(&disks);
    assert_eq!(node.read_all("t", index).1.len(), 1);
    assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE);
}

#[test]
fn a_directory_that_cannot_be_opened_at_the_start_is_offline() {
    let (disks, mut node) = node();
    node.create_topic("t", 3, &[]);
    let lost = id_of(&node, "/c");
    let index = assigned(&node, "t").iter().position(|id| *id == lost);
    let index = i32::try_from(index.expect("one in there")).expect("an index");
    for index in 0..3 {
        assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE);
    }
    node.stop().expect("a stop");

    disks.unplug("/c");
    let mut node = start(&disks);
    for other in (0..3).filter(|other| *other != index) {
        assert_eq!(node.read_all("t", other).1.len(), 1);
        assert_eq!(produce(&mut node, "t", other), ErrorCode::NONE);
    }
    assert_eq!(produce(&mut node, "t", index), OFFLINE);
    assert_eq!(node.fetch("t", index, 0).error_code, OFFLINE);
    assert_eq!(described(&mut node)["/c"], Err(OFFLINE));
    assert_eq!(
        assigned(&node, "t")[usize::try_from(index).expect("an index")],
        lost
    );
    node.stop().expect("a stop");

    disks.plug("/c");
    let mut node = start(&disks);
    assert_eq!(node.read_all("t", index).1.len(), 1);
}

#[test]
fn without_a_directory_to_write_to_a_node_does_not_start() {
    let (disks, node) = node();
    node.stop().expect("a stop");
    for path in ["/a", "/b", "/c"] {
        disks.unplug(path);
    }
    let error = TestNode::start(Arc::new(disks.clone()), three_disks()).expect_err("no start");
    assert_eq!(
        error.to_string(),
        "Shutdown broker because none of the specified log dirs from /a, /b, /c can be created or validated"
    );
    for path in ["/a", "/b", "/c"] {
        disks.plug(path);
    }
    disks.unplug("/meta");
    let error = TestNode::start(Arc::new(disks), three_disks()).expect_err("no start");
    assert_eq!(
        error.to_string(),
        "Encountered I/O error in metadata log directory /meta. Cannot continue."
    );
}

#[test]
fn the_last_directory_that_fails_ends_the_process() {
    let (disks, mut node) = node();
    node.create_topic("t", 3, &[]);
    for path in ["/a", "/b", "/c"] {
        assert_eq!(node.fatal(), None);
        disks.unplug(path);
        for index in 0..3 {
            produce(&mut node, "t", index);
        }
    }
    assert_eq!(
        node.fatal(),
        Some("Shutdown broker because all log dirs in /a, /b, /c have failed")
    );
}

#[test]
fn the_directory_of_the_metadata_log_ends_the_process() {
    let disks = Volumes::new(&["/a", "/b"]);
    let two = config(&[("log.dirs", "/a,/b")]);
    let mut node = TestNode::start(Arc::new(disks.clone()), two).expect("a start");
    node.create_topic("t", 2, &[]);
    disks.disk("/b").fail_sync();
    for index in 0..2 {
        produce(&mut node, "t", index);
    }
    assert_eq!(node.fatal(), None, "the other one may go");
    disks.disk("/a").fail_sync();
    for index in 0..2 {
        produce(&mut node, "t", index);
    }
    let all = "Shutdown broker because all log dirs in /a, /b have failed";
    assert_eq!(node.fatal(), Some(all));

    let disks = Volumes::new(&["/a", "/b"]);
    let two = config(&[("log.dirs", "/a,/b")]);
    let mut node = TestNode::start(Arc::new(disks.clone()), two).expect("a start");
    node.create_topic("t", 2, &[]);
    disks.disk("/a").fail_sync();
    for index in 0..2 {
        produce(&mut node, "t", index);
    }
    let metadata = "Shutdown broker because the metadata log dir /a has failed";
    assert_eq!(node.fatal(), Some(metadata));
}

#[test]
fn a_failure_while_partitions_are_made_is_one_of_the_directory() {
    let (disks, mut node) = node();
    disks.unplug("/a");
    node.create_topic("t", 6, &[]);
    for index in 0..6 {
        assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE, "{index}");
    }
    assert_eq!(described(&mut node)["/a"], Err(OFFLINE));
    // Deleting what is on a lost disk is left to a start that finds the disk again.
    disks.unplug("/b");
    for index in 0..6 {
        produce(&mut node, "t", index);
    }
    assert!(node.delete_topic("t").is_none());
    node.stop().expect("the one that is left");
    disks.plug("/a");
    disks.plug("/b");
    let mut node = start(&disks);
    assert!(node.create_topic("t", 6, &[]).error_code.is_none());
    for index in 0..6 {
        assert_eq!(node.read_all("t", index).1.len(), 0);
    }
    let left = disks.disk("/b").read_dir(Path::new("/b")).expect("a list");
    let strays = left.iter().filter(|entry| {
        let name = entry.name.to_string_lossy();
        name.starts_with("t-") && name.ends_with("-stray")
    });
    assert_eq!(strays.count(), 3);
}

#[test]
fn lack_of_space_takes_no_directory_offline() {
    let (disks, mut node) = node();
    node.create_topic("t", 3, &[]);
    for index in 0..3 {
        assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE);
    }
    for path in ["/a", "/b", "/c"] {
        disks.disk(path).limit_space(Some(0));
    }
    for index in 0..3 {
        assert_eq!(produce(&mut node, "t", index), OFFLINE);
        assert_eq!(node.read_all("t", index).1.len(), 1);
    }
    assert!(node.checkpoint().is_err());
    assert!(described(&mut node).values().all(Result::is_ok));
    for path in ["/a", "/b", "/c"] {
        disks.disk(path).limit_space(None);
    }
    for index in 0..3 {
        assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE);
        assert_eq!(node.read_all("t", index).1.len(), 2);
    }
    node.checkpoint().expect("a checkpoint");
    node.stop().expect("a stop");
}

/// Takes all space that is free.
fn fill(disk: &MemoryFileSystem) {
    disk.limit_space(Some(disk.space_used()));
}

#[test]
fn a_node_lives_on_and_starts_on_a_disk_that_is_full() {
    let disk = MemoryFileSystem::new();
    let settings = || config(&[("metadata.max.idle.interval.ms", "500")]);
    let mut node = TestNode::start(Arc::new(disk.clone()), settings()).expect("a start");
    node.create_topic("t", 3, &[("segment.bytes", "1048576")]);
    assert_eq!(produce(&mut node, "t", 0), ErrorCode::NONE);
    node.checkpoint().expect("a checkpoint");

    fill(&disk);
    let check_full = |node: &mut TestNode| {
        assert_eq!(produce(node, "t", 0), OFFLINE);
        assert_eq!(produce(node, "t", 1), OFFLINE);
        assert_eq!(node.read_all("t", 0).1.len(), 1);
        assert_eq!(node.read_all("t", 1).1.len(), 0);
        assert_eq!(node.fatal(), None);
        assert!(node.metadata_fault().is_none());
    };
    check_full(&mut node);
    node.advance(Duration::from_secs(60));
    check_full(&mut node);
    disk.limit_space(None);
    assert_eq!(produce(&mut node, "t", 1), ErrorCode::NONE);

    // Full again, with the process killed: every file stays.
    fill(&disk);
    drop(node);
    for round in 0..5 {
        let left = disk.fork();
        fill(&left);
        let mut node = TestNode::start(Arc::new(left.clone()), settings()).expect("a start");
        // What the start gave up is somebody else's by now.
        fill(&left);
        assert_eq!(produce(&mut node, "t", 0), OFFLINE, "{round}");
        assert_eq!(node.read_all("t", 0).1.len(), 1);
        assert_eq!(node.read_all("t", 1).1.len(), 1);
        node.advance(Duration::from_secs(60));
        assert!(node.metadata_fault().is_none());
        left.limit_space(None);
        assert_eq!(produce(&mut node, "t", 0), ErrorCode::NONE);
        assert_eq!(node.read_all("t", 0).1.len(), 2);
    }
}

#[test]
fn a_directory_that_failed_before_a_power_cut_keeps_what_was_acknowledged() {
    let (disks, mut node) = node();
    node.create_topic("t", 3, &[]);
    for index in 0..3 {
        assert_eq!(produce(&mut node, "t", index), ErrorCode::NONE);
    }
    disks.disk("/b").fail_sync();
    for index in 0..3 {
        produce(&mut node, "t", index);
    }
    node.advance(Duration::from_secs(5));
    let mut node = start(&disks.crash(Crash::LoseUnsynced));
    let records: usize = (0..3).map(|index| node.read_all("t", index).1.len()).sum();
    assert_eq!(records, 5);
    assert!(node.node().image().cluster().broker(BrokerId(1)).is_some());
}
