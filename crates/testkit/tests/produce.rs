//! Produce, InitProducerId and what producers may expect.

use std::sync::Arc;

use ottla_protocol::{
    Records,
    messages::{
        InitProducerIdRequest, InitProducerIdResponse, ProduceRequest, ProduceResponse,
        produce_request::{PartitionProduceData, TopicProduceData},
        produce_response::PartitionProduceResponse,
    },
};
use ottla_records::{BatchBuilder, Compression, RecordDraft};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{Answer, Sequence, TestNode, batch, config, produce_request, records_of};
use ottla_types::{ErrorCode, ProducerEpoch, ProducerId, RequestToken, Uuid};

fn node_with(configs: &[(&str, &str)]) -> TestNode {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    let created = node.create_topic("orders", 2, configs);
    assert!(created.error_code.is_none(), "{created:?}");
    node
}

fn send(node: &mut TestNode, values: &[&str], sequence: Sequence) -> (ErrorCode, i64) {
    let time = node.now().wall;
    let answer = node.produce("orders", 0, batch(time, values, Some(sequence)));
    (answer.error_code, answer.base_offset)
}

const OK: ErrorCode = ErrorCode::NONE;

#[test]
fn sequences_of_an_idempotent_producer() {
    let mut node = node_with(&[]);
    let start = node.init_producer();
    assert_ne!(node.init_producer().id, start.id);
    let at = |next| Sequence { next, ..start };
    assert_eq!(send(&mut node, &["a", "b"], at(0)), (OK, 0));
    assert_eq!(send(&mut node, &["a", "b"], at(0)), (OK, 0), "again");
    assert_eq!(send(&mut node, &["c"], at(2)), (OK, 2));
    let out_of_order = (ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
    assert_eq!(send(&mut node, &["e"], at(4)), out_of_order);
    for (next, offset) in (3..8).zip(3..) {
        assert_eq!(send(&mut node, &["x"], at(next)), (OK, offset));
    }
    assert_eq!(
        send(&mut node, &["x"], at(3)),
        (OK, 3),
        "one of the last five"
    );
    assert_eq!(send(&mut node, &["c"], at(2)), out_of_order, "long ago");

    // A later epoch begins anew and ends the one before.
    let later = Sequence { epoch: 1, ..at(0) };
    let wrong = Sequence { next: 5, ..later };
    assert_eq!(send(&mut node, &["y"], wrong), out_of_order);
    assert_eq!(send(&mut node, &["y"], later), (OK, 8));
    assert_eq!(
        send(&mut node, &["z"], at(8)),
        (ErrorCode::INVALID_PRODUCER_EPOCH, -1)
    );
    // Another partition has sequences of its own, and an unknown producer may begin anywhere.
    let time = node.now().wall;
    let other = node.produce("orders", 1, batch(time, &["p"], Some(at(40))));
    assert_eq!((other.error_code, other.base_offset), (OK, 0));
    assert_eq!(node.read_all("orders", 0).1.len(), 9);
}

#[test]
fn transactional_ids_are_refused() {
    let mut node = node_with(&[]);
    for id in ["", "t"] {
        let request = InitProducerIdRequest {
            transactional_id: Some(id.into()),
            transaction_timeout_ms: 1000,
            ..InitProducerIdRequest::default()
        };
        let response = node.ask(4, &request);
        let response = response.read(InitProducerIdResponse::decode);
        assert_eq!(response.error_code, ErrorCode::INVALID_REQUEST);
        assert_eq!((response.producer_id, response.producer_epoch), (-1, -1));
    }
}

#[test]
fn acknowledgements() {
    let mut node = node_with(&[]);
    let batches = [(0, batch(node.now().wall, &["a"], None))];
    let token = node.put(12, &produce_request(0, "orders", &batches));
    assert_eq!(node.answer(token), Some(Answer::None));
    let token = node.put(12, &produce_request(0, "missing", &batches));
    assert_eq!(
        node.answer(token),
        Some(Answer::Closed),
        "an error without an answer"
    );
    for acks in [1, -1] {
        let response = node.ask(12, &produce_request(acks, "orders", &batches));
        assert_eq!(only(&response.read(ProduceResponse::decode)).error_code, OK);
    }
    for acks in [2, -2] {
        let response = node.ask(12, &produce_request(acks, "orders", &batches));
        let response = response.read(ProduceResponse::decode);
        assert_eq!(only(&response).error_code, ErrorCode::INVALID_REQUIRED_ACKS);
    }
    assert_eq!(node.read_all("orders", 0).1.len(), 3);
}

fn only<'r>(response: &'r ProduceResponse<'r>) -> &'r PartitionProduceResponse<'r> {
    let topic = response.responses.first().expect("a topic");
    topic.partition_responses.first().expect("a partition")
}

#[test]
fn partitions_of_one_request_fare_on_their_own() {
    let mut node = node_with(&[]);
    let time = node.now().wall;
    let mut torn = batch(time, &["torn"], None);
    let last = torn.len() - 1;
    if let Some(byte) = torn.get_mut(last) {
        *byte ^= 1;
    }
    let batches = [
        (0, batch(time, &["a"], None)),
        (1, torn),
        (7, batch(time, &["b"], None)),
    ];
    let response = node.ask(12, &produce_request(-1, "orders", &batches));
    let response = response.read(ProduceResponse::decode);
    let topic = response.responses.first().expect("a topic");
    let codes: Vec<_> = topic
        .partition_responses
        .iter()
        .map(|part| (part.index, part.error_code))
        .collect();
    assert_eq!(
        codes,
        [
            (0, OK),
            (1, ErrorCode::CORRUPT_MESSAGE),
            (7, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)
        ]
    );
    assert_eq!(node.read_all("orders", 1).1.len(), 0);
}

#[test]
fn refused_batches_change_nothing() {
    let mut node = node_with(&[("max.message.bytes", "200")]);
    let time = node.now().wall;
    let large = "x".repeat(300);
    let refused = node.produce("orders", 0, batch(time, &[&large], None));
    assert_eq!(refused.error_code, ErrorCode::MESSAGE_TOO_LARGE);
    assert_eq!((refused.base_offset, refused.log_start_offset), (-1, -1));
    let two = [batch(time, &["a"], None), batch(time, &["b"], None)].concat();
    assert_eq!(
        node.produce("orders", 0, two).error_code,
        ErrorCode::INVALID_RECORD
    );
    assert!(!node.produce("orders", 0, Vec::new()).error_code.is_none());
    let internal = node.produce("__consumer_offsets", 0, batch(time, &["a"], None));
    assert_eq!(internal.error_code, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    node.find_coordinator("g");
    let internal = node.produce("__consumer_offsets", 0, batch(time, &["a"], None));
    assert_eq!(internal.error_code, ErrorCode::INVALID_TOPIC_EXCEPTION);
    assert_eq!(node.read_all("orders", 0).1.len(), 0);
    assert_eq!(
        node.produce("orders", 0, batch(time, &["fits"], None))
            .base_offset,
        0
    );
}

#[test]
fn topics_by_id() {
    let mut node = node_with(&[]);
    let id = node.node().image().topics().id_of("orders").expect("an id");
    let bytes = batch(node.now().wall, &["a"], None);
    let request = |topic_id| ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            topic_id,
            partition_data: vec![PartitionProduceData {
                records: Some(Records::View(&bytes)),
                ..PartitionProduceData::default()
            }],
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    };
    let response = node.ask(13, &request(id));
    let response = response.read(ProduceResponse::decode);
    assert_eq!(only(&response).error_code, OK);
    assert_eq!(
        response.responses.first().map(|topic| topic.topic_id),
        Some(id)
    );
    let response = node.ask(13, &request(Uuid([1; 16])));
    let response = response.read(ProduceResponse::decode);
    assert_eq!(only(&response).error_code, ErrorCode::UNKNOWN_TOPIC_ID);
}

#[test]
fn more_replicas_than_there_are_is_as_many_as_there_are() {
    let mut node = node_with(&[("min.insync.replicas", "2")]);
    let bytes = batch(node.now().wall, &["a"], None);
    assert_eq!(node.produce("orders", 0, bytes).error_code, OK);
}

#[test]
fn log_append_time_is_the_brokers() {
    let mut node = node_with(&[("message.timestamp.type", "LogAppendTime")]);
    let bytes = batch(ottla_types::WallMs(5), &["a"], None);
    let answer = node.produce("orders", 0, bytes);
    assert_eq!(answer.log_append_time_ms, node.now().wall.0);
    assert_eq!(records_of(&node.fetch("orders", 0, 0)).len(), 1);
}

#[test]
fn the_configured_bound_of_decompression_holds() {
    let configured = config(&[("ottla.batch.decompressed.max.bytes", "1048576")]);
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, configured).expect("a start");
    node.create_topic("orders", 1, &[]);
    let compressed = |node: &TestNode, size: usize| {
        let mut builder = BatchBuilder::new().compression(Compression::Gzip);
        builder.append(&RecordDraft {
            timestamp: node.now().wall.0,
            value: Some(&vec![b'x'; size]),
            ..RecordDraft::default()
        });
        builder.build().expect("a batch")
    };
    let small = compressed(&node, 1 << 19);
    assert_eq!(node.produce("orders", 0, small).error_code, OK);
    let large = compressed(&node, 1 << 21);
    assert_eq!(
        node.produce("orders", 0, large).error_code,
        ErrorCode::MESSAGE_TOO_LARGE
    );
}

/// Index, code and message of each part of an answer.
fn outcomes(node: &mut TestNode, batches: &[(i32, Vec<u8>)]) -> Vec<(i32, ErrorCode, String)> {
    let response = node.ask(12, &produce_request(1, "orders", batches));
    let mut response = response.read(ProduceResponse::decode);
    let topic = response.responses.pop().expect("a topic");
    let parts = topic.partition_responses.into_iter();
    parts
        .map(|part| {
            let message = part.error_message.unwrap_or_default().to_string();
            (part.index, part.error_code, message)
        })
        .collect()
}

#[test]
fn a_partition_that_is_named_twice_gets_what_comes_last() {
    let mut node = node_with(&[]);
    let time = node.now().wall;
    let batches = [
        (1, batch(time, &["a"], None)),
        (0, batch(time, &["b"], None)),
        (1, batch(time, &["c"], None)),
    ];
    let ok = |index| (index, OK, String::new());
    assert_eq!(outcomes(&mut node, &batches), [ok(0), ok(1)]);
    let found = |node: &mut TestNode, partition| {
        let (_, records) = node.read_all("orders", partition);
        records.into_values().collect::<Vec<_>>()
    };
    assert_eq!(found(&mut node, 0), ["b"]);
    assert_eq!(found(&mut node, 1), ["c"]);

    // A topic may be named twice, with different partitions; one without partitions goes unanswered.
    let [_, second, third] = batches;
    let topic = |parts: &[(i32, Vec<u8>)]| {
        let parts = parts.to_vec();
        let mut request = produce_request(1, "orders", &parts).into_owned();
        request.topic_data.pop().expect("a topic")
    };
    let request = ProduceRequest {
        topic_data: vec![
            topic(std::slice::from_ref(&second)),
            topic(&[]),
            topic(&[third, second]),
        ],
        ..produce_request(1, "orders", &[])
    };
    let response = node.ask(12, &request);
    let response = response.read(ProduceResponse::decode);
    let [answered] = &response.responses[..] else {
        panic!("{response:?}");
    };
    let indices = answered.partition_responses.iter().map(|part| part.index);
    assert_eq!(indices.collect::<Vec<_>>(), [0, 1]);
    assert_eq!(found(&mut node, 0), ["b", "b"]);
    assert_eq!(found(&mut node, 1), ["c", "c"]);
}

#[test]
fn what_is_no_batch_refuses_the_whole_request() {
    let mut node = node_with(&[]);
    let time = node.now().wall;
    let good = batch(time, &["a"], None);
    let with = |at: usize, value: u8| {
        let mut bytes = good.clone();
        *bytes.get_mut(at).expect("a byte") = value;
        bytes
    };
    let magic = "Invalid magic found in record: 3";
    let size = "Record size 5 is less than the minimum record overhead (14)";
    for (damaged, message) in [(with(16, 3), magic), (with(11, 5), size)] {
        for batches in [
            [(0, good.clone()), (1, damaged.clone())],
            [(9, damaged.clone()), (0, good.clone())],
        ] {
            let refused = |index| (index, ErrorCode::CORRUPT_MESSAGE, message.to_owned());
            let all = batches.each_ref().map(|(index, _)| refused(*index));
            assert_eq!(outcomes(&mut node, &batches), all);
        }
    }
    // Transactional batches need the id of their producer, all of the request is refused without.
    let mut builder = BatchBuilder::new()
        .producer(ProducerId(5), ProducerEpoch(0), 0)
        .transactional();
    builder.append(&RecordDraft {
        value: Some(b"t"),
        ..RecordDraft::default()
    });
    let batches = [(0, good.clone()), (1, builder.build().expect("a batch"))];
    let refused = ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
    assert_eq!(
        outcomes(&mut node, &batches),
        [0, 1].map(|index| (index, refused, String::new()))
    );
    // Bytes that are cut short refuse their own partition.
    let batches = [(0, good[..30].to_vec()), (1, good.clone())];
    let invalid = (0, ErrorCode::INVALID_RECORD, String::new());
    assert_eq!(
        outcomes(&mut node, &batches),
        [invalid, (1, OK, String::new())]
    );
    assert_eq!(node.read_all("orders", 0).1.len(), 0);
    assert_eq!(node.read_all("orders", 1).1.len(), 1);
}

#[test]
fn a_topic_that_is_unknown_is_so_whatever_the_acks() {
    let mut node = node_with(&[]);
    let batches = [
        (0, batch(node.now().wall, &["a"], None)),
        (7, batch(node.now().wall, &["b"], None)),
    ];
    let request = ProduceRequest {
        acks: 5,
        ..produce_request(1, "orders", &batches)
    };
    let response = node.ask(12, &request);
    let response = response.read(ProduceResponse::decode);
    let parts = response
        .responses
        .iter()
        .flat_map(|t| &t.partition_responses);
    let codes: Vec<_> = parts.map(|part| part.error_code).collect();
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    assert_eq!(codes, [ErrorCode::INVALID_REQUIRED_ACKS, unknown]);
}

/// What a connection sends behind one another, as frames without their lengths.
fn frames(node: &mut TestNode) -> Vec<Vec<u8>> {
    let time = node.now().wall;
    let start = node.init_producer();
    let plain = |value: &str| batch(time, &[value], None);
    let of = |next, value: &str| batch(time, &[value], Some(Sequence { next, ..start }));
    let mut damaged = plain("damaged");
    *damaged.last_mut().expect("bytes") ^= 1;
    let requests = [
        (1, "orders", vec![(0, plain("a"))]),
        (1, "orders", vec![(1, plain("b"))]),
        (0, "orders", vec![(0, plain("unanswered"))]),
        (1, "orders", vec![(0, damaged)]),
        (1, "missing", vec![(0, plain("c"))]),
        (1, "orders", vec![(1, of(0, "d")), (0, of(0, "e"))]),
        (1, "orders", vec![(0, of(1, "f"))]),
        (1, "orders", vec![(0, of(1, "f"))]),
        (1, "orders", vec![(0, of(5, "out of order"))]),
        (1, "orders", vec![(0, of(2, "g"))]),
        (7, "orders", vec![(0, plain("h"))]),
        (1, "orders", vec![(2, plain("no such partition"))]),
        (0, "orders", vec![(0, of(9, "closes"))]),
        (1, "orders", vec![(0, plain("comes too late"))]),
    ];
    let header = ottla_protocol::messages::RequestHeader::default();
    let encode = |(acks, topic, batches): &(i16, &str, Vec<(i32, Vec<u8>)>)| {
        let request = produce_request(*acks, topic, batches);
        let frame = ottla_protocol::encode_request(12, &header, &request).expect("it encodes");
        frame.to_vec().expect("it lies in memory").split_off(4)
    };
    requests.iter().map(encode).collect()
}

#[test]
fn requests_behind_one_another_get_what_each_gets_alone() {
    use ottla_node::Reply;

    let run = |together: bool| {
        let mut node = node_with(&[]);
        let frames = frames(&mut node);
        let facts = node.connection();
        let (now, mut out, mut replies) = (node.now(), Vec::new(), Vec::new());
        let frames = frames.iter().map(|frame| (RequestToken(9), &**frame));
        if together {
            node.node()
                .handle_each(now, facts, frames, &mut out, &mut replies);
        } else {
            for (token, frame) in frames {
                replies.push(node.node().handle(now, facts, token, frame, &mut out));
                if matches!(replies.last(), Some(Reply::Close)) {
                    break;
                }
            }
        }
        let text: Vec<_> = replies.iter().map(|reply| format!("{reply:?}")).collect();
        let logs = [node.read_all("orders", 0), node.read_all("orders", 1)];
        (text, logs)
    };
    let (alone, together) = (run(false), run(true));
    assert_eq!(alone, together);
    assert_eq!(alone.0.len(), 13, "what follows a close is not looked at");
    assert_eq!(alone.1[0].1.len(), 5, "a, unanswered, e, f, g");
}
