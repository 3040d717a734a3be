//! Fetch, ListOffsets, OffsetForLeaderEpoch and DeleteRecords.

use std::sync::Arc;

use ottla_protocol::messages::{
    DeleteRecordsRequest, DeleteRecordsResponse, FetchRequest, FetchResponse, ListOffsetsRequest,
    ListOffsetsResponse, OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse,
    delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
    fetch_request::{FetchPartition, FetchTopic, ForgottenTopic},
    fetch_response::{AbortedTransaction, PartitionData},
    list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic},
    offset_for_leader_epoch_request::{OffsetForLeaderPartition, OffsetForLeaderTopic},
};
use ottla_records::{BatchBuilder, RecordDraft, control::EndTxnMarker};
use ottla_storage::{Log, LogConfig, OpenState, fs::MemoryFileSystem};
use ottla_testkit::{Hold, TestNode, batch, config, fetch_request, produce_request, records_of};
use ottla_types::{ErrorCode, LeaderEpoch, Now, ProducerEpoch, ProducerId, Uuid, WallMs};

const OK: ErrorCode = ErrorCode::NONE;

/// A node with two partitions, each with the batches `a`, `b b`, `c` a second apart.
fn node() -> TestNode {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("orders", 2, &[]);
    for index in 0..2 {
        for (values, ms) in [(&["a"][..], 1000), (&["b", "b"], 2000), (&["c"], 3000)] {
            let answer = node.produce("orders", index, batch(WallMs(ms), values, None));
            assert!(answer.error_code.is_none());
        }
    }
    node
}

fn values(data: &PartitionData<'_>) -> String {
    records_of(data)
        .into_iter()
        .map(|(_, value)| value)
        .collect()
}

fn fetch_partition(partition: i32, fetch_offset: i64) -> FetchPartition<'static> {
    FetchPartition {
        partition,
        fetch_offset,
        partition_max_bytes: 1 << 20,
        ..FetchPartition::default()
    }
}

fn fetch_topic(partitions: Vec<FetchPartition<'static>>) -> Vec<FetchTopic<'static>> {
    vec![FetchTopic {
        topic: "orders".into(),
        partitions,
        ..FetchTopic::default()
    }]
}

/// Session id, code, and what is told of each partition.
fn session(
    node: &mut TestNode,
    request: &FetchRequest<'_>,
) -> (i32, ErrorCode, Vec<(i32, String)>) {
    let response = node.ask(12, request);
    let response = response.read(FetchResponse::decode);
    let told = response
        .responses
        .iter()
        .flat_map(|topic| &topic.partitions);
    let told = told
        .map(|data| (data.partition_index, values(data)))
        .collect();
    (response.session_id, response.error_code, told)
}

#[test]
fn bytes_are_limited_but_one_batch_always_comes() {
    let mut node = node();
    let size = batch(WallMs(0), &["a"], None).len();
    let limits = |max_bytes: usize, partition_max_bytes: usize| FetchRequest {
        max_bytes: i32::try_from(max_bytes).expect("small"),
        topics: fetch_topic(
            (0..2)
                .map(|index| FetchPartition {
                    partition_max_bytes: i32::try_from(partition_max_bytes).expect("small"),
                    ..fetch_partition(index, 0)
                })
                .collect(),
        ),
        ..fetch_request("orders", 0, 0)
    };
    let told = |node: &mut TestNode, request| {
        let (_, code, told) = session(node, &request);
        assert_eq!(code, OK);
        told.into_iter()
            .map(|(_, values)| values)
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&mut node, limits(10_000, 10_000)), ["abbc", "abbc"]);
    assert_eq!(told(&mut node, limits(10_000, size)), ["a", "a"]);
    assert_eq!(
        told(&mut node, limits(1, 10_000)),
        ["a", ""],
        "the first, for progress"
    );
    assert_eq!(told(&mut node, limits(10_000, 1)), ["a", ""]);
    assert_eq!(told(&mut node, limits(size * 2, size)), ["a", "a"]);
}

#[test]
fn offsets_outside_the_log_and_epochs_of_others() {
    let mut node = node();
    for offset in [-1, 5, i64::MAX] {
        let data = node.fetch("orders", 0, offset);
        assert_eq!(data.error_code, ErrorCode::OFFSET_OUT_OF_RANGE, "{offset}");
        assert_eq!((data.high_watermark, data.log_start_offset), (-1, -1));
    }
    let end = node.fetch("orders", 0, 4);
    assert_eq!(
        (end.error_code, end.high_watermark, end.log_start_offset),
        (OK, 4, 0)
    );
    assert_eq!(
        values(&node.fetch("orders", 0, 2)),
        "bbc",
        "the whole batch"
    );

    let with = |epoch, last_fetched| FetchRequest {
        topics: fetch_topic(vec![FetchPartition {
            current_leader_epoch: epoch,
            last_fetched_epoch: last_fetched,
            ..fetch_partition(0, 3)
        }]),
        ..fetch_request("orders", 0, 0)
    };
    let one = |node: &mut TestNode, request| {
        let response = node.ask(12, &request);
        let mut response = response.read(FetchResponse::decode);
        let mut topic = response.responses.pop().expect("a topic");
        topic.partitions.pop().expect("a partition").into_owned()
    };
    assert_eq!(one(&mut node, with(0, -1)).error_code, OK);
    assert_eq!(
        one(&mut node, with(1, -1)).error_code,
        ErrorCode::UNKNOWN_LEADER_EPOCH
    );
    let same = one(&mut node, with(0, 0));
    assert_eq!((same.error_code, values(&same).as_str()), (OK, "c"));
    assert_eq!(same.diverging_epoch.epoch, -1);
    let unknown = node.fetch("missing", 0, 0);
    assert_eq!(unknown.error_code, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
}

#[test]
fn uncommitted_records_are_hidden_from_both_isolation_levels() {
    let mut node = node();
    node.hold(Hold::Syncs);
    let batches = [(0, batch(WallMs(4000), &["d"], None))];
    node.put(12, &produce_request(-1, "orders", &batches));
    for isolation_level in [0, 1] {
        let request = FetchRequest {
            isolation_level,
            ..fetch_request("orders", 0, 4)
        };
        let response = node.ask(12, &request);
        let response = response.read(FetchResponse::decode);
        let topic = response.responses.first().expect("a topic");
        let data = topic.partitions.first().expect("a partition");
        assert_eq!((data.error_code, values(data).as_str()), (OK, ""));
        assert_eq!((data.high_watermark, data.last_stable_offset), (4, 4));
        assert_eq!(data.aborted_transactions.is_some(), isolation_level == 1);
        assert_eq!(list(&mut node, -1, isolation_level), (OK, 4, -1));
        assert_eq!(list(&mut node, -3, isolation_level), (OK, -1, -1));
    }
}

/// A batch of a transaction of producer 7, then the marker that ends it.
fn transact(log: &Log, sequence: i32, committed: bool) {
    let (id, epoch, now) = (ProducerId(7), ProducerEpoch(0), Now::default());
    let mut builder = BatchBuilder::new()
        .producer(id, epoch, sequence)
        .transactional();
    builder.append(&RecordDraft {
        value: Some(b"t"),
        ..RecordDraft::default()
    });
    let marker = EndTxnMarker {
        committed,
        coordinator_epoch: 0,
    };
    for bytes in [
        builder.build().expect("a batch"),
        marker.batch(id, epoch, 0).expect("a marker"),
    ] {
        log.append_control(now, &bytes, LeaderEpoch(0))
            .expect("an append");
    }
}

#[test]
fn who_reads_committed_records_learns_which_transactions_were_aborted() {
    let disk = MemoryFileSystem::new();
    let mut node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    node.create_topic("orders", 1, &[]);
    drop(node);
    let fs = Arc::new(disk.clone());
    let (log, _) = Log::open(
        fs,
        "/data/orders-0".into(),
        LogConfig::default(),
        OpenState::default(),
    )
    .expect("a log");
    for (sequence, committed) in [(0, false), (1, true), (2, false)] {
        transact(&log, sequence, committed);
    }
    log.flush().expect("a flush");
    drop(log);
    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    let mut fetch = |isolation_level, offset| {
        let request = FetchRequest {
            isolation_level,
            ..fetch_request("orders", 0, offset)
        };
        let response = node.ask(12, &request);
        let response = response.read(FetchResponse::decode);
        let topic = response.responses.first().expect("a topic");
        let aborted = topic
            .partitions
            .first()
            .expect("a partition")
            .aborted_transactions
            .clone();
        let pair = |aborted: AbortedTransaction<'_>| (aborted.producer_id, aborted.first_offset);
        aborted.map(|all| all.into_iter().map(pair).collect::<Vec<_>>())
    };
    assert_eq!(fetch(0, 0), None);
    assert_eq!(fetch(1, 0), Some(vec![(7, 0), (7, 4)]));
    assert_eq!(fetch(1, 2), Some(vec![(7, 4)]));
    assert_eq!(fetch(1, 6), Some(Vec::new()));
}

#[test]
fn a_session_tells_only_what_is_new() {
    let mut node = node();
    let request = |id, epoch, topics| FetchRequest {
        session_id: id,
        session_epoch: epoch,
        topics,
        ..fetch_request("orders", 0, 0)
    };
    let all = fetch_topic(vec![fetch_partition(0, 4), fetch_partition(1, 4)]);
    let (id, code, told) = session(&mut node, &request(0, 0, all));
    assert_eq!((code, told.len()), (OK, 2));
    assert_ne!(id, 0);
    let (same, code, told) = session(&mut node, &request(id, 1, Vec::new()));
    assert_eq!((same, code, told.len()), (id, OK, 0));
    node.produce("orders", 1, batch(WallMs(1), &["d"], None));
    let (_, _, told) = session(&mut node, &request(id, 2, Vec::new()));
    assert_eq!(told, [(1, "d".to_owned())]);

    let invalid = ErrorCode::INVALID_FETCH_SESSION_EPOCH;
    assert_eq!(session(&mut node, &request(id, 9, Vec::new())).1, invalid);
    let moved = fetch_topic(vec![fetch_partition(1, 5)]);
    let mut forgetting = request(id, 3, moved);
    forgetting.forgotten_topics_data = vec![ForgottenTopic {
        topic: "orders".into(),
        partitions: vec![0],
        ..ForgottenTopic::default()
    }];
    // Its watermark has not been told since it moved to 5.
    let (_, code, told) = session(&mut node, &forgetting);
    assert_eq!(
        (code, told.iter().any(|(index, _)| *index == 0)),
        (OK, false)
    );
    node.produce("orders", 0, batch(WallMs(1), &["e"], None));
    let (_, _, told) = session(&mut node, &request(id, 4, Vec::new()));
    assert_eq!(told, [], "forgotten");

    let (closed, code, _) = session(
        &mut node,
        &request(id, -1, fetch_topic(vec![fetch_partition(0, 0)])),
    );
    assert_eq!((closed, code), (0, OK));
    let unknown = ErrorCode::FETCH_SESSION_ID_NOT_FOUND;
    assert_eq!(session(&mut node, &request(id, 5, Vec::new())).1, unknown);
}

#[test]
fn topics_are_fetched_by_id() {
    let mut node = node();
    let id = node.node().image().topics().id_of("orders").expect("an id");
    for (topic_id, expected) in [(id, OK), (Uuid([1; 16]), ErrorCode::UNKNOWN_TOPIC_ID)] {
        let request = FetchRequest {
            topics: vec![FetchTopic {
                topic_id,
                partitions: vec![fetch_partition(0, 0)],
                ..FetchTopic::default()
            }],
            ..fetch_request("", 0, 0)
        };
        let response = node.ask(17, &request);
        let response = response.read(FetchResponse::decode);
        let topic = response.responses.first().expect("a topic");
        let data = topic.partitions.first().expect("a partition");
        assert_eq!((topic.topic_id, data.error_code), (topic_id, expected));
    }
}

/// Code, offset and timestamp.
fn list(node: &mut TestNode, timestamp: i64, isolation_level: i8) -> (ErrorCode, i64, i64) {
    list_at(node, 9, timestamp, isolation_level, -1)
}

fn list_at(
    node: &mut TestNode,
    version: i16,
    timestamp: i64,
    isolation_level: i8,
    current_leader_epoch: i32,
) -> (ErrorCode, i64, i64) {
    let request = ListOffsetsRequest {
        replica_id: -1,
        isolation_level,
        topics: vec![ListOffsetsTopic {
            name: "orders".into(),
            partitions: vec![ListOffsetsPartition {
                timestamp,
                current_leader_epoch,
                ..ListOffsetsPartition::default()
            }],
            ..ListOffsetsTopic::default()
        }],
        ..ListOffsetsRequest::default()
    };
    let response = node.ask(version, &request);
    let response = response.read(ListOffsetsResponse::decode);
    let topic = response.topics.first().expect("a topic");
    let found = topic.partitions.first().expect("a partition");
    (found.error_code, found.offset, found.timestamp)
}

#[test]
fn offsets_by_time() {
    let mut node = node();
    assert_eq!(list(&mut node, -1, 0), (OK, 4, -1));
    assert_eq!(list(&mut node, -2, 0), (OK, 0, -1));
    assert_eq!(list(&mut node, -3, 0), (OK, 3, 3000));
    assert_eq!(list(&mut node, -4, 0), (OK, 0, -1));
    assert_eq!(list(&mut node, -5, 0), (OK, -1, -1));
    assert_eq!(list(&mut node, 0, 0), (OK, 0, 1000));
    assert_eq!(list(&mut node, 1001, 0), (OK, 1, 2000));
    assert_eq!(list(&mut node, 3000, 0), (OK, 3, 3000));
    assert_eq!(list(&mut node, 3001, 0), (OK, -1, -1));
    let unsupported = (ErrorCode::UNSUPPORTED_VERSION, -1, -1);
    assert_eq!(list_at(&mut node, 6, -3, 0, -1), unsupported);
    let unknown = (ErrorCode::UNKNOWN_LEADER_EPOCH, -1, -1);
    assert_eq!(list_at(&mut node, 9, -1, 0, 3), unknown);
}

#[test]
fn records_are_deleted_up_to_the_watermark() {
    let mut node = node();
    let delete = |node: &mut TestNode, partition_index, offset| {
        let request = DeleteRecordsRequest {
            topics: vec![DeleteRecordsTopic {
                name: "orders".into(),
                partitions: vec![DeleteRecordsPartition {
                    partition_index,
                    offset,
                    ..DeleteRecordsPartition::default()
                }],
                ..DeleteRecordsTopic::default()
            }],
            ..DeleteRecordsRequest::default()
        };
        let response = node.ask(2, &request);
        let response = response.read(DeleteRecordsResponse::decode);
        let topic = response.topics.first().expect("a topic");
        let result = topic.partitions.first().expect("a partition");
        (result.error_code, result.low_watermark)
    };
    assert_eq!(delete(&mut node, 0, 2), (OK, 2));
    assert_eq!(delete(&mut node, 0, 1), (OK, 2), "it never goes back");
    assert_eq!(list(&mut node, -2, 0), (OK, 2, -1));
    assert_eq!(
        node.fetch("orders", 0, 1).error_code,
        ErrorCode::OFFSET_OUT_OF_RANGE
    );
    assert_eq!(node.fetch("orders", 0, 2).log_start_offset, 2);
    let out_of_range = (ErrorCode::OFFSET_OUT_OF_RANGE, -1);
    assert_eq!(delete(&mut node, 0, 5), out_of_range);
    assert_eq!(delete(&mut node, 0, -2), out_of_range);
    assert_eq!(delete(&mut node, 0, -1), (OK, 4));
    assert_eq!(
        delete(&mut node, 9, 0),
        (ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, -1)
    );
    assert_eq!(list(&mut node, -2, 0), (OK, 4, -1));
    let after = node.produce("orders", 0, batch(WallMs(1), &["d"], None));
    assert_eq!((after.base_offset, after.log_start_offset), (4, 4));
}

#[test]
fn a_fetch_reads_on_over_rolled_segments() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("orders", 1, &[("internal.segment.bytes", "200")]);
    for number in 0..20 {
        let value = number.to_string();
        node.produce("orders", 0, batch(WallMs(number), &[&value], None));
    }
    let partitions = node.node().all_partitions();
    assert!(
        partitions
            .first()
            .expect("a partition")
            .log()
            .segment_count()
            > 5
    );
    let (start, records) = node.read_all("orders", 0);
    assert_eq!((start, records.len()), (0, 20));
    assert!(
        records
            .iter()
            .all(|(offset, value)| offset.to_string() == *value)
    );
}

#[test]
fn where_an_epoch_ends() {
    let mut node = node();
    let request = |leader_epoch, current_leader_epoch| OffsetForLeaderEpochRequest {
        replica_id: -1,
        topics: vec![OffsetForLeaderTopic {
            topic: "orders".into(),
            partitions: vec![OffsetForLeaderPartition {
                leader_epoch,
                current_leader_epoch,
                ..OffsetForLeaderPartition::default()
            }],
            ..OffsetForLeaderTopic::default()
        }],
        ..OffsetForLeaderEpochRequest::default()
    };
    let mut ask = |epoch, current| {
        let response = node.ask(4, &request(epoch, current));
        let response = response.read(OffsetForLeaderEpochResponse::decode);
        let topic = response.topics.first().expect("a topic");
        let found = topic.partitions.first().expect("a partition");
        (found.error_code, found.leader_epoch, found.end_offset)
    };
    assert_eq!(ask(0, -1), (OK, 0, 4));
    assert_eq!(ask(5, -1), (OK, -1, -1));
    assert_eq!(ask(0, 4), (ErrorCode::UNKNOWN_LEADER_EPOCH, -1, -1));
}
