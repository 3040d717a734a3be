//! Produce requests: encoded once, sent over and over.

use std::{
    collections::VecDeque,
    io::Write,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use ottla_protocol::{
    Records, encode_request,
    messages::{
        ProduceRequest, ProduceResponse, ResponseHeader,
        produce_request::{PartitionProduceData, TopicProduceData},
    },
};
use ottla_types::{Saturate, Uuid};
use ottla_wire::Reader;

use crate::{
    BenchError,
    batch::Batch,
    client::{Client, Inbox, header, refused, version},
    clock,
    error::While,
    figures::{histogram, record},
    load::{Lane, Tally},
};

/// A request as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Prepared {
    frame: Vec<u8>,
    batch_bytes: usize,
}

impl Prepared {
    /// A request for the partition of `lane`.
    ///
    /// # Errors
    /// None in practice: the version can express the request.
    pub fn of(lane: &Lane, batch: usize, value: usize, acks: i16) -> Result<Self, BenchError> {
        let batch = Batch::of(batch, value, clock::wall());
        Self::with_batch(lane.topic_id, lane.partition, &batch, acks)
    }

    /// A request with a batch of one's own.
    ///
    /// # Errors
    /// None in practice: the version can express the request.
    pub fn with_batch(
        topic_id: Uuid,
        partition: i32,
        batch: &Batch,
        acks: i16,
    ) -> Result<Self, BenchError> {
        let request = ProduceRequest {
            acks,
            timeout_ms: 30_000,
            topic_data: vec![TopicProduceData {
                topic_id,
                partition_data: vec![PartitionProduceData {
                    index: partition,
                    records: Some(Records::View(&batch.bytes)),
                    ..PartitionProduceData::default()
                }],
                ..TopicProduceData::default()
            }],
            ..ProduceRequest::default()
        };
        let frame = encode_request(version::PRODUCE, &header(), &request)?
            .to_vec()
            .expect("invariant: requests lie in memory");
        Ok(Self {
            frame,
            batch_bytes: batch.bytes.len(),
        })
    }

    /// Sends it and waits for its acknowledgement.
    ///
    /// # Errors
    /// When it is refused.
    pub fn send(&self, client: &mut Client) -> Result<(), BenchError> {
        client.send(&self.frame)?;
        check_answer(client.inbox())
    }
}

/// Sends one record until it is taken. A broker may name itself leader before it has made the log.
///
/// # Errors
/// When the server refuses for any other reason, or for half a minute.
pub fn wait_writable(
    client: &mut Client,
    topic_id: Uuid,
    partition: i32,
) -> Result<(), BenchError> {
    let batch = Batch::of(1, 1, clock::wall());
    let request = Prepared::with_batch(topic_id, partition, &batch, 1)?;
    let answer = clock::poll(Duration::from_secs(30), || match request.send(client) {
        Err(BenchError::Refused { code, .. }) if code.is_retriable() => None,
        other => Some(other),
    });
    answer.ok_or(BenchError::Timeout("making a partition"))?
}

/// Fills a partition with batches of 16 KiB, at least `bytes` in all.
///
/// # Errors
/// When the server refuses.
pub fn fill(
    client: &mut Client,
    topic_id: Uuid,
    partition: i32,
    bytes: u64,
) -> Result<(), BenchError> {
    let batch = Batch::of(16 * 1024, 1000, clock::wall());
    let request = Prepared::with_batch(topic_id, partition, &batch, 1)?;
    let size: u64 = batch.bytes.len().saturate();
    for _ in 0..bytes.div_ceil(size) {
        request.send(client)?;
    }
    Ok(())
}

/// Keeps `in_flight` requests on the way: as many as were answered at once go out in one write.
///
/// # Errors
/// When the server refuses or disappears.
pub fn closed(
    lane: Lane,
    request: &Prepared,
    in_flight: usize,
    mut tally: Tally,
) -> Result<Tally, BenchError> {
    let shared = tally.shared();
    let mut client = lane.client;
    let frames = request.frame.repeat(in_flight);
    let mut sent: VecDeque<Instant> = VecDeque::with_capacity(in_flight);
    while !shared.has_ended() {
        let missing = in_flight - sent.len();
        let now = clock::now();
        client.send(&frames[..missing * request.frame.len()])?;
        sent.extend(std::iter::repeat_n(now, missing));
        receive(&mut client, request, &mut sent, &mut tally)?;
    }
    while !sent.is_empty() {
        receive(&mut client, request, &mut sent, &mut tally)?;
    }
    Ok(tally)
}

/// Waits for an answer and takes those that came with it.
fn receive(
    client: &mut Client,
    request: &Prepared,
    sent: &mut VecDeque<Instant>,
    tally: &mut Tally,
) -> Result<(), BenchError> {
    loop {
        check_answer(client.inbox())?;
        if let Some(sent) = sent.pop_front() {
            tally.answered(sent, request.batch_bytes);
        }
        if sent.is_empty() || !client.inbox().has_frame() {
            return Ok(());
        }
    }
}

/// Sends at fixed times from a thread of its own. No slot is skipped: what is late goes out at once,
/// and its latency counts from when it should have gone.
///
/// # Errors
/// When the server refuses or disappears.
pub fn open(
    lane: Lane,
    request: &Prepared,
    rate: u32,
    mut tally: Tally,
) -> Result<Tally, BenchError> {
    let interval = Duration::from_secs(1) * lane.count / rate.max(1);
    let begin = clock::now() + Duration::from_secs(1) * lane.index / rate.max(1);
    let shared = tally.shared();
    let (mut stream, mut inbox) = lane.client.split();
    let frame = request.frame.clone();
    let (on_the_way, expected) = mpsc::channel();
    let sender = thread::spawn(move || -> Result<_, BenchError> {
        clock::wake_precisely();
        let mut delay = histogram();
        let mut intended = begin;
        while !shared.has_ended() {
            clock::sleep_until(intended);
            record(&mut delay, clock::now().saturating_duration_since(intended));
            stream.write_all(&frame).during("sending a request")?;
            // The receiver is gone only after an error, which it returns.
            if on_the_way.send(intended).is_err() {
                break;
            }
            intended += interval;
        }
        Ok(delay)
    });
    for intended in expected {
        check_answer(&mut inbox)?;
        tally.answered(intended, request.batch_bytes);
    }
    let delay = sender
        .join()
        .map_err(|_| BenchError::Unsupported("a sending thread"))??;
    tally.delay = Some(delay);
    Ok(tally)
}

fn check_answer(inbox: &mut Inbox) -> Result<(), BenchError> {
    let mut reader = Reader::new(inbox.next_frame()?);
    ResponseHeader::decode(&mut reader, 1)?;
    let answer = ProduceResponse::decode(&mut reader, version::PRODUCE)?;
    for partition in answer
        .responses
        .iter()
        .flat_map(|topic| &topic.partition_responses)
    {
        refused("Produce", partition.error_code)?;
    }
    Ok(())
}
