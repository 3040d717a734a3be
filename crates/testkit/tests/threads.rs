//! One node under several threads, as a broker runs it: no wake-up is lost, whatever the order.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use ottla_node::{ConnectionFacts, Node, Output, Partition, Reply};
use ottla_protocol::{
    Request, encode_request,
    messages::{FetchRequest, FetchResponse, ProduceResponse, RequestHeader, ResponseHeader},
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{TestNode, batch, config, fetch_request, produce_request, records_of};
use ottla_types::{Now, RequestToken};
use ottla_wire::Reader;

const PRODUCERS: usize = 3;
const BATCHES: usize = 60;
/// Time stands still for the node: whoever waits this long was forgotten.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// What the threads share.
struct Shell {
    node: Arc<Node>,
    now: Now,
    connection: ConnectionFacts,
    tokens: AtomicU64,
    waiting: Mutex<BTreeMap<RequestToken, Sender<()>>>,
    syncs: Mutex<Sender<Arc<Partition>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shell {
    fn carry_out(&self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Wake(token) => {
                    if let Some(sender) = lock(&self.waiting).get(&token) {
                        sender.send(()).unwrap_or_default();
                    }
                }
                Output::Sync(partition) => {
                    lock(&self.syncs).send(partition).unwrap_or_default();
                }
                Output::ShowIndex(_) => {}
                other => panic!("not ordered here: {other:?}"),
            }
        }
    }

    /// Asks and waits, and gives the frame of the response.
    fn ask<R: Request>(&self, version: i16, request: &R) -> Vec<u8> {
        let token = RequestToken(self.tokens.fetch_add(1, Ordering::Relaxed));
        let (sender, woken) = channel();
        lock(&self.waiting).insert(token, sender);
        let frame = encode_request(version, &RequestHeader::default(), request);
        let frame = frame.expect("a request").to_vec().expect("in memory");
        let body = frame.get(4..).unwrap_or_default();
        let mut out = Vec::new();
        let mut reply = self
            .node
            .handle(self.now, &self.connection, token, body, &mut out);
        loop {
            self.carry_out(std::mem::take(&mut out));
            match reply {
                Reply::Ready(frame) => {
                    lock(&self.waiting).remove(&token);
                    return frame.to_vec().expect("readable ranges");
                }
                Reply::Parked(parked) => {
                    woken.recv_timeout(FORGOTTEN).expect("to be woken");
                    reply = self
                        .node
                        .resume(self.now, &self.connection, parked, false, &mut out);
                }
                Reply::NoReply | Reply::Close => panic!("{reply:?}"),
            }
        }
    }

    fn flush(&self, partitions: &Mutex<Receiver<Arc<Partition>>>) {
        loop {
            let next = lock(partitions).recv();
            let Ok(partition) = next else { return };
            let end = partition.sync().expect("a sync");
            let mut out = Vec::new();
            self.node.synced(self.now, &partition, end, &mut out);
            self.carry_out(out);
        }
    }

    fn produce(&self, producer: usize) {
        for number in 0..BATCHES {
            let value = format!("{producer}-{number}");
            let index = i32::try_from(number % 2).unwrap_or(0);
            let batches = [(index, batch(self.now.wall, &[&value], None))];
            let frame = self.ask(12, &produce_request(-1, "orders", &batches));
            let mut reader = body(&frame);
            let response = ProduceResponse::decode(&mut reader, 12).expect("a response");
            let topic = response.responses.first().expect("a topic");
            let part = topic.partition_responses.first().expect("a partition");
            assert!(part.error_code.is_none(), "{part:?}");
        }
    }

    /// Reads a partition until all its records were seen.
    fn consume(&self, index: i32) {
        let mut seen = BTreeSet::new();
        let mut next = 0;
        while seen.len() < PRODUCERS * BATCHES / 2 {
            let request = FetchRequest {
                max_wait_ms: i32::MAX,
                ..fetch_request("orders", index, next)
            };
            let frame = self.ask(12, &request);
            let mut reader = body(&frame);
            let response = FetchResponse::decode(&mut reader, 12).expect("a response");
            let topic = response.responses.first().expect("a topic");
            let part = topic.partitions.first().expect("a partition");
            assert!(part.error_code.is_none(), "{part:?}");
            for (offset, value) in records_of(part) {
                if offset >= next {
                    assert_eq!(offset, next);
                    assert!(seen.insert(value));
                    next = offset + 1;
                }
            }
        }
    }
}

fn body(frame: &[u8]) -> Reader<'_> {
    let mut reader = Reader::new(frame.get(4..).unwrap_or_default());
    // Both APIs have a flexible header at the version used.
    ResponseHeader::decode(&mut reader, 1).expect("a header");
    reader
}

#[test]
fn every_append_reaches_whoever_waits_for_it() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut starter = TestNode::start(disk, config(&[])).expect("a start");
    starter.create_topic("orders", 2, &[("internal.segment.bytes", "2000")]);
    let (syncs, partitions) = channel();
    let partitions = Mutex::new(partitions);
    let shell = Shell {
        node: Arc::clone(starter.node()),
        now: starter.now(),
        connection: starter.connection().clone(),
        tokens: AtomicU64::new(1000),
        waiting: Mutex::new(BTreeMap::new()),
        syncs: Mutex::new(syncs),
    };
    thread::scope(|scope| {
        let shell = &shell;
        let partitions = &partitions;
        for _ in 0..2 {
            scope.spawn(move || shell.flush(partitions));
        }
        let consumers = [0, 1, 0].map(|index| scope.spawn(move || shell.consume(index)));
        let producers: [_; PRODUCERS] =
            std::array::from_fn(|producer| scope.spawn(move || shell.produce(producer)));
        let ended: Vec<_> = producers
            .into_iter()
            .chain(consumers)
            .map(thread::ScopedJoinHandle::join)
            .collect();
        // The flushers end with the last sender.
        *lock(&shell.syncs) = channel().0;
        assert!(ended.iter().all(Result::is_ok));
    });
    for partition in starter.node().all_partitions() {
        assert_eq!(partition.high_watermark(), partition.log().log_end_offset());
    }
}
