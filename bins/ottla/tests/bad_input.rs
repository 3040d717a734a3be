//! A live broker takes every bad input as Apache Kafka does, while a healthy client works beside it.
//!
//! `inputs/apache-4.3.1.txt` is what the example `bad-input` printed when it talked to Apache Kafka.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod inputs;
mod server;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use inputs::client::{Connection, PATIENCE, Received};
use ottla_protocol::{
    ApiKey,
    messages::{
        ApiVersionsRequest, CreateTopicsRequest, FetchRequest, ListOffsetsRequest,
        create_topics_request::CreatableTopic,
        fetch_request::{FetchPartition, FetchTopic},
        list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic},
    },
};
use server::Server;

const APACHE: &str = include_str!("inputs/apache-4.3.1.txt");
const DIFFERENCES: &str = include_str!("inputs/differences.txt");
const HEALTHY: &str = "healthy";

/// Most memory the broker may have used: the 128 MiB that one compressed batch may grow to are
/// written piece by piece and never held.
const MEMORY_MAX: u64 = 96 << 20;
/// Connections that do nothing, of each kind.
const IDLE: usize = 300;

#[test]
fn every_bad_input_gets_apaches_answer_and_harms_nobody() {
    let server = Server::start_new();
    let address = server.address().to_owned();
    inputs::prepare(&address);
    let healthy = Healthy::start(&address);
    let expected = expected(&served(&address));

    let mut accepted = 0;
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in inputs::lines(&address) {
        let outcomes = line.run(&address);
        let found = inputs::describe(&outcomes);
        let wanted = match expected.get(line.name.as_str()) {
            Some(wanted) => wanted.as_str(),
            None => "an answer in apache-4.3.1.txt",
        };
        if found != wanted {
            wrong.push(format!("{}\t{found}\tinstead of {wanted}", line.name));
        }
        if line.api == ApiKey::PRODUCE && end_offset(&address, inputs::TOPIC) > accepted {
            assert!(
                outcomes.iter().all(|(_, outcome)| outcome.is_success()),
                "{} was refused and written",
                line.name
            );
            accepted = end_offset(&address, inputs::TOPIC);
        }
        seen += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(
        seen,
        expected.len(),
        "answers of Apache Kafka without their inputs"
    );
    let sent = healthy.stop();
    assert!(
        server.peak_memory() < MEMORY_MAX,
        "{} bytes",
        server.peak_memory()
    );

    let before = fetch_all(&address, inputs::TOPIC);
    let directory = server.stop();
    let server = Server::start(directory);
    assert_eq!(
        fetch_all(server.address(), HEALTHY),
        sent,
        "after a restart"
    );
    assert_eq!(fetch_all(server.address(), inputs::TOPIC), before);
    server.stop();
}

#[test]
fn idle_and_half_open_connections_cost_little_and_block_nobody() {
    let server = Server::start_new();
    let address = server.address().to_owned();
    let healthy = Healthy::start(&address);
    let before = server.memory();
    let mut idle = Vec::new();
    for bytes in [&[][..], &[0, 0][..], &[0x06, 0x3f, 0xff, 0xff, 0, 0][..]] {
        for _ in 0..IDLE {
            let mut connection = Connection::open(&address);
            connection.send(bytes);
            idle.push(connection);
        }
    }
    let mut last = Connection::open(&address);
    last.call(0, &ApiVersionsRequest::default());
    let each = server.memory().saturating_sub(before) / u64::try_from(idle.len()).unwrap();
    assert!(each < 40 << 10, "{each} bytes for each connection");
    // Those that sent nothing, or half a length, can still go on.
    for connection in idle.iter_mut().take(IDLE) {
        connection.call(0, &ApiVersionsRequest::default());
    }
    for connection in &mut idle[IDLE..2 * IDLE] {
        connection.send(&[
            0, 14, 0, 18, 0, 0, 0, 0, 0, 77, 0, 4, b'i', b'd', b'l', b'e',
        ]);
        assert!(matches!(connection.receive(PATIENCE), Received::Frame(_)));
    }
    drop(idle);
    let sent = healthy.stop();
    assert_eq!(fetch_all(&address, HEALTHY), sent);
    server.stop();
}

/// What is expected of each input: Apache's answer, a close where this broker does not serve the API,
/// or a difference that is documented.
fn expected(served: &BTreeMap<String, i64>) -> BTreeMap<&'static str, String> {
    let mut expected: BTreeMap<&str, String> = columns(APACHE)
        .map(|(name, outcome)| (name, outcome.to_owned()))
        .collect();
    for (name, outcome) in &mut expected {
        let api = name.split(' ').next().unwrap_or_default();
        let is_api = ApiKey::ALL.iter().any(|key| key.name() == api);
        if is_api && !served.contains_key(api) {
            "closed".clone_into(outcome);
        }
    }
    for (name, outcome) in columns(DIFFERENCES) {
        let before = expected.insert(name, outcome.to_owned());
        assert!(
            before.is_some_and(|before| before != outcome),
            "{name} is no difference"
        );
    }
    expected
}

fn columns(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines()
        .map(|line| line.split_once('\t').expect("two columns"))
}

/// Names of the APIs that the broker advertises.
fn served(address: &str) -> BTreeMap<String, i64> {
    let answer = Connection::open(address).call(0, &ApiVersionsRequest::default());
    let apis = answer["apiKeys"].as_array().unwrap();
    apis.iter()
        .map(|api| {
            let key = api["apiKey"].as_i64().unwrap();
            let name = ApiKey(i16::try_from(key).unwrap()).name();
            (name.to_owned(), key)
        })
        .collect()
}

/// A client that produces and fetches without a pause, each answer as it has to be.
struct Healthy {
    stop: Arc<AtomicBool>,
    work: thread::JoinHandle<Vec<u8>>,
}

impl Healthy {
    fn start(address: &str) -> Self {
        let create = CreateTopicsRequest {
            topics: vec![CreatableTopic {
                name: HEALTHY.into(),
                num_partitions: 1,
                replication_factor: 1,
                ..CreatableTopic::default()
            }],
            ..CreateTopicsRequest::default()
        };
        let mut connection = Connection::open(address);
        let answer = connection.call(7, &create);
        assert_eq!(answer["topics"][0]["errorCode"], 0, "{answer}");
        let stop = Arc::new(AtomicBool::new(false));
        let work = thread::spawn({
            let stop = Arc::clone(&stop);
            move || work(&mut connection, &stop)
        });
        Self { stop, work }
    }

    /// Ends it; the bytes that it fetched while it ran.
    fn stop(self) -> Vec<u8> {
        self.stop.store(true, Ordering::Relaxed);
        self.work.join().expect("the healthy client")
    }
}

fn work(connection: &mut Connection, stop: &AtomicBool) -> Vec<u8> {
    let batch = inputs::batch(2);
    let mut fetched = Vec::new();
    let mut offset = 0;
    while !stop.load(Ordering::Relaxed) || offset < 20 {
        let answer = connection.call(12, &inputs::produce(HEALTHY, 0, Some(&batch)));
        let partition = &answer["responses"][0]["partitionResponses"][0];
        assert_eq!(partition["errorCode"], 0, "{answer}");
        assert_eq!(partition["baseOffset"], offset, "{answer}");
        let records = fetch(connection, HEALTHY, offset);
        assert_eq!(records.len(), batch.len());
        // The stored header has its offset and leader epoch; from the checksum on nothing changes.
        assert_eq!(records[17..], batch[17..], "at offset {offset}");
        fetched.extend(records);
        offset += 2;
    }
    fetched
}

/// Everything that a topic's only partition holds.
fn fetch_all(address: &str, topic: &'static str) -> Vec<u8> {
    let mut connection = Connection::open(address);
    let end = end_offset(address, topic);
    let mut records = Vec::new();
    let mut offset = 0;
    while offset < end {
        let more = fetch(&mut connection, topic, offset);
        for batch in ottla_records::batches(&more) {
            let batch = batch.expect("a batch that can be read");
            batch.check_crc().expect("a batch that is whole");
            offset = batch.header().next_offset().0;
        }
        records.extend(more);
    }
    records
}

fn fetch(connection: &mut Connection, topic: &'static str, offset: i64) -> Vec<u8> {
    let request = FetchRequest {
        max_wait_ms: 10_000,
        min_bytes: 1,
        max_bytes: 16 << 20,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: topic.into(),
            partitions: vec![FetchPartition {
                fetch_offset: offset,
                partition_max_bytes: 16 << 20,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    connection.fetch(&request)
}

fn end_offset(address: &str, topic: &'static str) -> i64 {
    let request = ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: topic.into(),
            partitions: vec![ListOffsetsPartition {
                timestamp: -1,
                ..ListOffsetsPartition::default()
            }],
            ..ListOffsetsTopic::default()
        }],
        ..ListOffsetsRequest::default()
    };
    let answer = Connection::open(address).call(8, &request);
    answer["topics"][0]["partitions"][0]["offset"]
        .as_i64()
        .expect("an offset")
}
