//! Fetch requests, each from where the last one of its cursor ended.

use std::{collections::VecDeque, time::Instant};

use ottla_protocol::{
    encode_request,
    messages::{
        FetchRequest, FetchResponse, ResponseHeader,
        fetch_request::{FetchPartition, FetchTopic},
    },
};
use ottla_records::batches;
use ottla_wire::Reader;

use crate::{
    BenchError,
    client::{Inbox, header, refused, version},
    clock,
    load::{Lane, Tally},
};

/// Keeps `in_flight` requests on the way, each with a cursor of its own. A cursor that reaches the end
/// starts again, so that no request ever waits for data.
///
/// # Errors
/// When the server refuses or disappears.
pub fn closed(
    mut lane: Lane,
    size: i32,
    in_flight: usize,
    mut tally: Tally,
) -> Result<Tally, BenchError> {
    let shared = tally.shared();
    let mut waiting: VecDeque<(Instant, i64)> = VecDeque::with_capacity(in_flight);
    for _ in 0..in_flight {
        waiting.push_back((send(&mut lane, size, 0)?, 0));
    }
    while let Some((sent, offset)) = waiting.pop_front() {
        let answer = receive(lane.client.inbox(), offset)?;
        tally.answered(sent, answer.bytes);
        if !shared.has_ended() {
            waiting.push_back((
                send(&mut lane, size, answer.next_offset)?,
                answer.next_offset,
            ));
        }
    }
    Ok(tally)
}

struct Answer {
    bytes: usize,
    next_offset: i64,
}

fn send(lane: &mut Lane, size: i32, fetch_offset: i64) -> Result<Instant, BenchError> {
    let request = FetchRequest {
        max_wait_ms: 500,
        min_bytes: 1,
        max_bytes: size,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic_id: lane.topic_id,
            partitions: vec![FetchPartition {
                partition: lane.partition,
                fetch_offset,
                partition_max_bytes: size,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let frame = encode_request(version::FETCH, &header(), &request)?
        .to_vec()
        .expect("invariant: requests lie in memory");
    let now = clock::now();
    lane.client.send(&frame)?;
    Ok(now)
}

fn receive(inbox: &mut Inbox, asked: i64) -> Result<Answer, BenchError> {
    let mut reader = Reader::new(inbox.next_frame()?);
    ResponseHeader::decode(&mut reader, 1)?;
    let response = FetchResponse::decode(&mut reader, version::FETCH)?;
    refused("Fetch", response.error_code)?;
    let mut answer = Answer {
        bytes: 0,
        next_offset: asked,
    };
    let mut high_watermark = 0;
    for partition in response
        .responses
        .iter()
        .flat_map(|topic| &topic.partitions)
    {
        refused("Fetch", partition.error_code)?;
        high_watermark = partition.high_watermark;
        let records = partition
            .records
            .as_ref()
            .and_then(|records| records.as_slice())
            .unwrap_or(&[]);
        answer.bytes += records.len();
        // The last batch may be cut; the iterator ends before it.
        for batch in batches(records) {
            let Ok(batch) = batch else { break };
            answer.next_offset = batch.header().next_offset().0;
        }
    }
    if answer.next_offset == asked && high_watermark > asked {
        return Err(BenchError::Unsupported(
            "reading on: an answer held no whole batch",
        ));
    }
    if answer.next_offset >= high_watermark {
        answer.next_offset = 0;
    }
    Ok(answer)
}
