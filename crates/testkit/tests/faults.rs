//! Disks that fail, topics that go while they are used, and answers that come late.

use std::{io::IoSlice, path::Path, sync::Arc, time::Duration};

use ottla_config::BrokerConfig;
use ottla_protocol::messages::{
    CreateTopicsRequest, CreateTopicsResponse, FetchRequest, FetchResponse, ProduceResponse,
    create_topics_request::CreatableTopic, fetch_response::PartitionData,
    produce_response::PartitionProduceResponse,
};
use ottla_storage::fs::{Access, FileSystem, MemoryFileSystem};
use ottla_testkit::{
    Hold, TestNode, Volumes, batch, config,
    crash::{Options, Progress, scenarios},
    fetch_request, produce_request, records_of,
};
use ottla_types::{ErrorCode, RequestToken};

fn node() -> (MemoryFileSystem, TestNode) {
    let disk = MemoryFileSystem::new();
    let node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    (disk, node)
}

fn two_disks() -> BrokerConfig {
    config(&[("log.dirs", "/a,/b"), ("metadata.log.dir", "/meta")])
}

/// A node with the metadata log and two log directories on disks of their own.
fn node_with_disks() -> (Volumes, TestNode) {
    let disks = Volumes::new(&["/meta", "/a", "/b"]);
    let node = TestNode::start(Arc::new(disks.clone()), two_disks()).expect("a start");
    (disks, node)
}

fn put_produce(node: &mut TestNode, topic: &str, value: &str) -> RequestToken {
    let batches = [(0, batch(node.now().wall, &[value], None))];
    node.put(12, &produce_request(-1, topic, &batches))
}

fn produced(node: &mut TestNode, token: RequestToken) -> PartitionProduceResponse<'static> {
    let response = node.response(token);
    let mut response = response.read(ProduceResponse::decode);
    let mut topic = response.responses.pop().expect("a topic");
    topic
        .partition_responses
        .pop()
        .expect("a partition")
        .into_owned()
}

fn put_fetch(node: &mut TestNode, topic: &str, offset: i64, min_bytes: i32) -> RequestToken {
    let request = FetchRequest {
        max_wait_ms: 500,
        min_bytes,
        ..fetch_request(topic, 0, offset)
    };
    node.put(12, &request)
}

fn fetched(node: &mut TestNode, token: RequestToken) -> PartitionData<'static> {
    let response = node.response(token);
    let mut response = response.read(FetchResponse::decode);
    let mut topic = response.responses.pop().expect("a topic");
    topic.partitions.pop().expect("a partition").into_owned()
}

fn produce(node: &mut TestNode, topic: &str, value: &str) -> PartitionProduceResponse<'static> {
    let batch = batch(node.now().wall, &[value], None);
    node.produce(topic, 0, batch)
}

#[test]
fn after_a_failed_sync_everybody_is_told_and_the_directory_is_offline() {
    let (disk, mut node) = node_with_disks();
    // One each, in turn.
    node.create_topic("bad", 1, &[]);
    node.create_topic("good", 1, &[]);
    node.create_topic("beside", 1, &[]);
    assert!(produce(&mut node, "beside", "before").error_code.is_none());
    assert!(produce(&mut node, "bad", "before").error_code.is_none());
    node.hold(Hold::Syncs);
    let waiting = put_produce(&mut node, "bad", "lost");
    let fetching = put_fetch(&mut node, "bad", 1, 1);
    assert_eq!(node.parked(), 2);

    disk.disk("/a").fail_sync();
    node.release(Hold::Syncs);
    let offline = ErrorCode::KAFKA_STORAGE_ERROR;
    assert_eq!(produced(&mut node, waiting).error_code, offline);
    assert_eq!(fetched(&mut node, fetching).error_code, offline);

    assert_eq!(produce(&mut node, "bad", "more").error_code, offline);
    let time = node.now().wall;
    let batches = [(0, batch(time, &["one"], None))];
    let leader_only = node.put(12, &produce_request(1, "bad", &batches));
    assert_eq!(produced(&mut node, leader_only).error_code, offline);
    let fetching = put_fetch(&mut node, "bad", 0, 1);
    assert_eq!(fetched(&mut node, fetching).error_code, offline);
    assert_eq!(node.parked(), 0);
    assert_eq!(produce(&mut node, "beside", "more").error_code, offline);
    let fetching = put_fetch(&mut node, "beside", 0, 1);
    assert_eq!(fetched(&mut node, fetching).error_code, offline);

    assert!(produce(&mut node, "good", "fine").error_code.is_none());
    node.checkpoint().expect("a checkpoint of the others");
    node.stop().expect("the others are in good order");

    let mut node = TestNode::start(Arc::new(disk), two_disks()).expect("a start");
    assert_eq!(node.read_all("good", 0).1.len(), 1);
    let (_, records) = node.read_all("bad", 0);
    assert_eq!(records.get(&0).map(String::as_str), Some("before"));
    assert!(produce(&mut node, "bad", "again").error_code.is_none());
}

#[test]
fn a_topic_that_found_no_space_is_made_when_there_is_some() {
    let (disks, mut node) = node_with_disks();
    let offline = ErrorCode::KAFKA_STORAGE_ERROR;
    let limit = |is_full: bool| {
        for disk in ["/a", "/b"].map(|path| disks.disk(path)) {
            disk.limit_space(is_full.then(|| disk.space_used()));
        }
    };
    limit(true);
    node.create_topic("late", 3, &[]);
    node.create_topic("gone", 1, &[]);
    assert_eq!(produce(&mut node, "late", "lost").error_code, offline);
    assert!(!node.make_unmade());
    assert_eq!(produce(&mut node, "late", "lost").error_code, offline);
    node.delete_topic("gone");

    limit(false);
    assert!(node.make_unmade());
    assert_eq!(node.node().all_partitions().len(), 3);
    assert!(produce(&mut node, "late", "kept").error_code.is_none());
    node.stop().expect("a clean stop");

    let mut node = TestNode::start(Arc::new(disks), two_disks()).expect("a start");
    assert_eq!(node.read_all("late", 0).1.len(), 1);
    assert_eq!(node.node().all_partitions().len(), 3);
}

#[test]
fn a_checkpoint_that_meets_a_failed_disk_goes_on_with_the_others() {
    let (disk, mut node) = node_with_disks();
    for topic in ["bad", "good"] {
        node.create_topic(topic, 1, &[]);
        let batches = [(0, batch(node.now().wall, &["a"], None))];
        let token = node.put(12, &produce_request(1, topic, &batches));
        assert!(produced(&mut node, token).error_code.is_none());
    }
    let waiting = ["bad", "good"].map(|topic| put_fetch(&mut node, topic, 1, 1));
    disk.disk("/a").fail_sync();
    assert!(node.checkpoint().is_err());
    let told = waiting.into_iter().filter_map(|token| node.answer(token));
    assert_eq!(told.count(), 1, "who waits for the one that failed");
    let partitions = node.node().all_partitions();
    let ends = partitions.iter().map(|partition| partition.log());
    let durable = ends.filter(|log| log.durable_end_offset().0 == 1);
    assert_eq!(durable.count(), 1);
    node.checkpoint().expect("the one that is left");
}

#[test]
fn a_coordinator_whose_log_failed_sends_its_clients_away() {
    let (disk, mut node) = node();
    node.create_topic("orders", 1, &[]);
    node.find_coordinator("g");
    assert!(node.commit("g", "orders", 0, 1).is_none());
    disk.fail_sync();
    assert_eq!(node.commit("g", "orders", 0, 2), ErrorCode::NOT_COORDINATOR);
    assert_eq!(node.commit("g", "orders", 0, 3), ErrorCode::NOT_COORDINATOR);
}

#[test]
fn deleting_a_topic_ends_what_waits_for_it() {
    let (_, mut node) = node();
    node.create_topic("orders", 1, &[]);
    node.hold(Hold::Syncs);
    let producing = put_produce(&mut node, "orders", "a");
    let fetching = put_fetch(&mut node, "orders", 0, 1);
    assert_eq!(node.parked(), 2);
    assert!(node.delete_topic("orders").is_none());
    assert_eq!(
        produced(&mut node, producing).error_code,
        ErrorCode::NOT_LEADER_OR_FOLLOWER
    );
    assert_eq!(
        fetched(&mut node, fetching).error_code,
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
    );
    node.release(Hold::Syncs);
    assert_eq!(
        produce(&mut node, "orders", "b").error_code,
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
    );

    // A topic of the same name is another one.
    node.create_topic("orders", 1, &[]);
    assert_eq!(produce(&mut node, "orders", "c").base_offset, 0);
    node.node().directories().remove_doomed().expect("removed");
    node.stop().expect("a stop");
}

#[test]
fn a_fetch_is_woken_by_each_part_that_becomes_visible() {
    let (_, mut node) = node();
    node.create_topic("orders", 1, &[]);
    node.hold(Hold::Reports);
    // The first is synced; before the node hears of it the second is appended.
    let first = put_produce(&mut node, "orders", "first");
    let second = put_produce(&mut node, "orders", "second");
    let fetching = put_fetch(&mut node, "orders", 0, 1);
    assert!(node.release_one(Hold::Reports));
    assert!(produced(&mut node, first).error_code.is_none());
    let seen = fetched(&mut node, fetching);
    assert_eq!(records_of(&seen), [(0, "first".to_owned())]);
    assert_eq!(seen.high_watermark, 1);

    let fetching = put_fetch(&mut node, "orders", 1, 1);
    assert_eq!(node.answer(fetching), None);
    node.release(Hold::Reports);
    assert!(produced(&mut node, second).error_code.is_none());
    let seen = fetched(&mut node, fetching);
    assert_eq!(records_of(&seen), [(1, "second".to_owned())]);
}

#[test]
fn a_fetch_waits_for_its_bytes_or_its_time() {
    let (_, mut node) = node();
    node.create_topic("orders", 1, &[]);
    let fetching = put_fetch(&mut node, "orders", 0, 100);
    assert!(produce(&mut node, "orders", "a").error_code.is_none());
    assert_eq!(node.answer(fetching), None, "one batch is too few bytes");
    assert!(produce(&mut node, "orders", "b").error_code.is_none());
    assert_eq!(records_of(&fetched(&mut node, fetching)).len(), 2);

    let fetching = put_fetch(&mut node, "orders", 2, 1);
    node.advance(Duration::from_millis(499));
    assert_eq!(node.answer(fetching), None);
    node.advance(Duration::from_millis(1));
    let seen = fetched(&mut node, fetching);
    assert_eq!(
        (seen.error_code, records_of(&seen).len()),
        (ErrorCode::NONE, 0)
    );

    let fetching = put_fetch(&mut node, "orders", 2, 1);
    node.cancel(fetching);
    assert!(produce(&mut node, "orders", "c").error_code.is_none());
    assert_eq!(node.answer(fetching), None);
}

#[test]
fn an_unsynced_produce_times_out_and_is_there_later() {
    let (_, mut node) = node();
    node.create_topic("orders", 1, &[]);
    node.hold(Hold::Syncs);
    let producing = put_produce(&mut node, "orders", "slow");
    node.advance(Duration::from_millis(29_999));
    assert_eq!(node.answer(producing), None);
    node.advance(Duration::from_millis(1));
    assert_eq!(
        produced(&mut node, producing).error_code,
        ErrorCode::REQUEST_TIMED_OUT
    );
    assert_eq!(node.fetch("orders", 0, 0).high_watermark, 0);
    node.release(Hold::Syncs);
    assert_eq!(node.fetch("orders", 0, 0).high_watermark, 1);
}

#[test]
fn unsynced_records_of_a_killed_node_are_held_until_they_are_durable() {
    let (disk, mut node) = node();
    node.create_topic("orders", 1, &[]);
    assert!(produce(&mut node, "orders", "synced").error_code.is_none());
    let time = node.now().wall;
    let batches = [(0, batch(time, &["unsynced"], None))];
    let token = node.put(12, &produce_request(1, "orders", &batches));
    assert!(produced(&mut node, token).error_code.is_none());
    drop(node);

    let disk = disk.fork();
    let mut node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    let (_, records) = node.read_all("orders", 0);
    assert_eq!(records.len(), 2, "a kill loses nothing");
    drop(node);
    let left = disk.crash(ottla_storage::fs::Crash::LoseUnsynced);
    let mut node = TestNode::start(Arc::new(left), config(&[])).expect("a start");
    let (_, again) = node.read_all("orders", 0);
    assert_eq!(again, records, "what was read after a start stays");
}

#[test]
fn a_coordinator_that_loads_says_so() {
    let (disk, mut node) = node();
    node.create_topic("orders", 1, &[]);
    node.create_topic("gone", 1, &[]);
    node.find_coordinator("g");
    assert!(node.commit("g", "orders", 0, 5).is_none());
    assert!(node.commit("g", "gone", 0, 6).is_none());
    node.stop().expect("a stop");

    let mut node =
        TestNode::start_holding(Arc::new(disk), config(&[]), &[Hold::Loads]).expect("a start");
    let loading = ErrorCode::COORDINATOR_LOAD_IN_PROGRESS;
    assert_eq!(node.commit("g", "orders", 0, 7), loading);
    assert_eq!(node.committed("g", "orders", 0).err(), Some(loading));
    assert!(node.delete_topic("gone").is_none());
    node.create_topic("gone", 1, &[]);
    node.release(Hold::Loads);
    let committed = |node: &mut TestNode, topic| {
        let found = node.committed("g", topic, 0).expect("an offset");
        found.committed_offset
    };
    assert_eq!(committed(&mut node, "orders"), 5);
    assert_eq!(
        committed(&mut node, "gone"),
        -1,
        "it went while this loaded"
    );
    assert!(node.commit("g", "orders", 0, 8).is_none());
    assert_eq!(committed(&mut node, "orders"), 8);
}

fn put_create(node: &mut TestNode, name: &str) -> RequestToken {
    let request = CreateTopicsRequest {
        topics: vec![CreatableTopic {
            name: name.to_owned().into(),
            num_partitions: 1,
            replication_factor: 1,
            ..CreatableTopic::default()
        }],
        timeout_ms: 10_000,
        ..CreateTopicsRequest::default()
    };
    node.put(7, &request)
}

fn created(node: &mut TestNode, token: RequestToken) -> ErrorCode {
    let response = node.response(token);
    let response = response.read(CreateTopicsResponse::decode);
    response.topics.first().expect("a topic").error_code
}

#[test]
fn nothing_is_decided_after_the_metadata_log_failed() {
    let (disk, mut node) = node();
    node.create_topic("before", 1, &[]);
    disk.fail_sync();
    let lost = put_create(&mut node, "lost");
    assert!(node.metadata_fault().is_some());
    let after = put_create(&mut node, "after");
    assert_eq!(node.answer(lost), None);
    node.advance(Duration::from_secs(10));
    assert_eq!(created(&mut node, lost), ErrorCode::REQUEST_TIMED_OUT);
    assert_eq!(created(&mut node, after), ErrorCode::REQUEST_TIMED_OUT);
    assert!(node.node().image().topics().by_name("lost").is_none());
    assert!(produce(&mut node, "before", "still").error_code.is_none());
    drop(node);

    let left = disk.crash(ottla_storage::fs::Crash::LoseUnsynced);
    let mut node = TestNode::start(Arc::new(left), config(&[])).expect("a start");
    assert_eq!(node.read_all("before", 0).1.len(), 1);
    assert!(node.create_topic("after", 1, &[]).error_code.is_none());
}

#[test]
fn a_reply_that_comes_too_late_is_dropped() {
    let (_, mut node) = node();
    node.hold(Hold::Metadata);
    let slow = put_create(&mut node, "slow");
    let gone = put_create(&mut node, "gone");
    node.cancel(gone);
    node.advance(Duration::from_secs(10));
    assert_eq!(created(&mut node, slow), ErrorCode::REQUEST_TIMED_OUT);
    node.release(Hold::Metadata);
    assert_eq!((node.answer(slow), node.answer(gone)), (None, None));
    assert!(node.node().image().topics().by_name("gone").is_some());
}

/// Changes a byte of the log of `orders-0`.
fn damage(disk: &MemoryFileSystem, at: u64) {
    let path = Path::new("/data/orders-0/00000000000000000000.log");
    let file = disk.open(path, Access::Write).expect("a log");
    let mut bytes = Vec::new();
    file.read_at(&mut bytes, 1, at).expect("a byte");
    let flipped = [bytes[0] ^ 0x55];
    file.write_at(&[IoSlice::new(&flipped)], at)
        .expect("written");
}

#[test]
fn a_damaged_batch_is_said_to_be_one() {
    let (disk, mut node) = node();
    node.create_topic("orders", 1, &[]);
    produce(&mut node, "orders", "a");
    produce(&mut node, "orders", "b");
    node.stop().expect("a stop");
    // A size: the batches behind it cannot be found any more.
    damage(&disk, 8);
    let mut node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    let token = put_fetch(&mut node, "orders", 0, 1);
    assert_eq!(
        fetched(&mut node, token).error_code,
        ErrorCode::CORRUPT_MESSAGE
    );
    assert!(node.node().directories().take_cuts().is_empty());
}

#[test]
fn a_log_that_is_cut_when_it_is_opened_is_told_of_and_nothing_of_it_is_gone() {
    let (disk, mut node) = node();
    node.create_topic("orders", 1, &[]);
    produce(&mut node, "orders", "a");
    produce(&mut node, "orders", "b");
    drop(node);
    damage(&disk, 8);
    let disk = disk.fork();
    let mut node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    let (_, records) = node.read_all("orders", 0);
    assert!(records.is_empty());
    let cuts = node.node().directories().take_cuts();
    let [told] = cuts.as_slice() else {
        panic!("{cuts:?}");
    };
    assert_eq!(told.path, Path::new("/data/orders-0"));
    assert_eq!(told.cut.quarantined, told.cut.bytes);
    let name = "/data/orders-0/00000000000000000000.log.0.quarantined";
    let kept = FileSystem::metadata(&disk, Path::new(name)).expect("a file");
    assert_eq!(kept.len, told.cut.bytes);
}

#[test]
fn a_directory_that_fails_or_is_full_at_any_call_leaves_the_other_one_serving() {
    let all = scenarios(1);
    let life = all
        .iter()
        .find(|life| life.scenario() == "node-failing-directory");
    let progress = Progress::default();
    let life = life.expect("a life");
    life.fail_each(&Options::brief(1), &progress);
    let failures = progress.failures();
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(progress.faults() > 100, "{}", progress.faults());
}
