//! Produce (key 0), versions 3-13.
//!
//! KIPs: 98 (idempotence), 467 (record errors), 516 (topic ids), 951 (current leader).
//! Transactional batches are refused with `INVALID_TXN_STATE`: there are no transactions yet.
//!
//! As in Apache Kafka, a request is looked at as a whole before its partitions are: one batch that is
//! none, or a transactional one without a transactional id, refuses all of it; and a partition that
//! is named twice gets what comes last.
//!
//! A batch is checked outside the partition's lock, stamped and written inside it. With acks=all
//! the request is parked until the high watermark has passed its last record on every partition.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc, time::Duration};

use ottla_protocol::messages::{
    ProduceRequest, ProduceResponse,
    produce_request::{PartitionProduceData, TopicProduceData},
    produce_response::{
        BatchIndexAndErrorMessage, LeaderIdAndEpoch, NodeEndpoint, PartitionProduceResponse,
        TopicProduceResponse,
    },
};
use ottla_types::{ErrorCode, Mono, Offset, RequestToken, Saturate, Uuid};

use crate::{
    call::Call,
    output::Reply,
    parked::Waiting,
    partition::{Acks, FirstBatch, Partition, ProduceRefusal, Produced, ProducerCall, first_batch},
    topics::is_internal_topic,
};

/// Client id under which Apache's own tools may write to internal topics.
const ADMIN_CLIENT_ID: &str = "__admin_client";

/// A produce request whose records are written and wait for the in-sync set.
#[derive(Debug)]
pub(crate) struct ProduceState {
    topics: Vec<(Cow<'static, str>, Uuid, Vec<Part>)>,
}

#[derive(Debug)]
struct Part {
    index: i32,
    outcome: Result<Produced, ProduceRefusal>,
    /// Where to wait, and up to which offset the high watermark has to come.
    wait: Option<(Arc<Partition>, Offset)>,
    leader: Option<(i32, i32)>,
}

pub(crate) fn handle(call: &mut Call<'_>, mut request: ProduceRequest<'_>) -> Reply {
    let acks = Acks::from_wire(request.acks);
    let token = call.token;
    let whole = check_whole(&request);
    keep_last(&mut request.topic_data);
    let topics: Vec<_> = request
        .topic_data
        .iter()
        .map(|topic| {
            let parts = topic
                .partition_data
                .iter()
                .map(|data| match &whole {
                    Ok(()) => produce_one(call, topic, data, acks, token),
                    Err(refusal) => Part::refused(data.index, refusal.clone()),
                })
                .collect();
            (Cow::Owned(topic.name.to_string()), topic.topic_id, parts)
        })
        .collect();
    let state = ProduceState { topics };
    if acks == Some(Acks::None) {
        return if state.has_errors() {
            Reply::Close
        } else {
            Reply::NoReply
        };
    }
    let timeout_ms: u64 = request.timeout_ms.saturate();
    let deadline = call.now.mono + Duration::from_millis(timeout_ms);
    finish_or_park(call, state, deadline)
}

/// Goes on with a request that was woken, or whose time is up.
pub(crate) fn resume(call: &mut Call<'_>, state: ProduceState, deadline: Mono) -> Reply {
    finish_or_park(call, state, deadline)
}

fn finish_or_park(call: &mut Call<'_>, mut state: ProduceState, deadline: Mono) -> Reply {
    let waiting = state.settle();
    if waiting && call.now.mono < deadline {
        return call.park(Some(deadline), Waiting::Produce(Box::new(state)));
    }
    if waiting {
        state.time_out(call.token);
    }
    respond(call, state)
}

fn produce_one(
    call: &mut Call<'_>,
    topic: &TopicProduceData<'_>,
    data: &PartitionProduceData<'_>,
    acks: Option<Acks>,
    token: RequestToken,
) -> Part {
    let found = if call.version() >= 13 {
        call.node.partition_by_id(topic.topic_id, data.index)
    } else {
        call.node.partition_by_name(&topic.name, data.index)
    };
    let partition = match found {
        Ok(partition) => partition,
        Err(missing) => {
            return Part {
                leader: missing.leader,
                ..Part::bare(data.index, missing.error_code)
            };
        }
    };
    let Some(acks) = acks else {
        return Part::bare(data.index, ErrorCode::INVALID_REQUIRED_ACKS);
    };
    if is_internal_topic(partition.topic()) && call.client_id() != ADMIN_CLIENT_ID {
        return Part::bare(data.index, ErrorCode::INVALID_TOPIC_EXCEPTION);
    }
    let producer = ProducerCall {
        now: call.now,
        api_version: call.version(),
        acks,
        token,
    };
    match partition.produce(call.node, &producer, bytes_of(data), call.out) {
        Ok(produced) => {
            let wait = produced
                .wait_for
                .map(|offset| (Arc::clone(&partition), offset));
            Part {
                index: data.index,
                outcome: Ok(produced),
                wait,
                leader: None,
            }
        }
        Err(refusal) => {
            let leader = (refusal.code == ErrorCode::NOT_LEADER_OR_FOLLOWER)
                .then(|| partition.leader_and_epoch());
            Part {
                index: data.index,
                outcome: Err(refusal),
                wait: None,
                leader,
            }
        }
    }
}

/// What is said of a request before its partitions are looked at.
fn check_whole(request: &ProduceRequest<'_>) -> Result<(), ProduceRefusal> {
    let all = request.topic_data.iter().flat_map(|t| &t.partition_data);
    for data in all {
        let first = first_batch(bytes_of(data))?;
        if first == FirstBatch::Transactional {
            // What comes after it is not looked at any more.
            return match request.transactional_id {
                Some(_) => Ok(()),
                None => Err(ProduceRefusal::bare(
                    ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                )),
            };
        }
    }
    Ok(())
}

/// Leaves each partition once, with what was said of it last, and no topic without partitions.
fn keep_last(topics: &mut Vec<TopicProduceData<'_>>) {
    topics.retain(|topic| !topic.partition_data.is_empty());
    if names_each_once(topics) {
        return;
    }
    let mut last = BTreeMap::new();
    for topic in topics.drain(..) {
        let (_, partitions) = last
            .entry((topic.name.clone(), topic.topic_id))
            .or_insert_with(|| (topic.clone(), BTreeMap::new()));
        let named = topic.partition_data.into_iter();
        partitions.extend(named.map(|data| (data.index, data)));
    }
    topics.extend(last.into_values().map(|(topic, partitions)| {
        let partition_data = partitions.into_values().collect();
        TopicProduceData {
            partition_data,
            ..topic
        }
    }));
}

fn names_each_once(topics: &[TopicProduceData<'_>]) -> bool {
    if let [topic] = topics
        && let [_] = *topic.partition_data
    {
        return true;
    }
    let mut named: Vec<_> = topics
        .iter()
        .flat_map(|topic| {
            let indices = topic.partition_data.iter().map(|data| data.index);
            indices.map(|index| (topic.topic_id, &*topic.name, index))
        })
        .collect();
    named.sort_unstable();
    named.is_sorted_by(|before, after| before < after)
}

fn bytes_of<'d>(data: &'d PartitionProduceData<'_>) -> &'d [u8] {
    let records = data.records.as_ref();
    records.map_or(&[][..], |records| records.as_slice().unwrap_or_default())
}

impl Part {
    fn bare(index: i32, code: ErrorCode) -> Self {
        Self::refused(index, ProduceRefusal::bare(code))
    }

    fn refused(index: i32, refusal: ProduceRefusal) -> Self {
        Self {
            index,
            outcome: Err(refusal),
            wait: None,
            leader: None,
        }
    }
}

impl ProduceState {
    fn parts_mut(&mut self) -> impl Iterator<Item = &mut Part> {
        self.topics.iter_mut().flat_map(|(_, _, parts)| parts)
    }

    fn has_errors(&self) -> bool {
        self.topics
            .iter()
            .flat_map(|(_, _, parts)| parts)
            .any(|part| part.outcome.is_err())
    }

    /// Takes up what was acknowledged; whether something is still waiting.
    fn settle(&mut self) -> bool {
        let mut waiting = false;
        for part in self.parts_mut() {
            let Some((partition, offset)) = &part.wait else {
                continue;
            };
            match partition.acknowledged(*offset) {
                None => waiting = true,
                Some(Ok(())) => part.wait = None,
                Some(Err(code)) => {
                    part.outcome = Err(ProduceRefusal::bare(code));
                    part.wait = None;
                }
            }
        }
        waiting
    }

    fn time_out(&mut self, token: RequestToken) {
        for part in self.parts_mut() {
            if let Some((partition, _)) = part.wait.take() {
                partition.stop_waiting(token);
                part.outcome = Err(ProduceRefusal::bare(ErrorCode::REQUEST_TIMED_OUT));
            }
        }
    }

    /// Leaves every partition it waits on.
    pub(crate) fn cancel(&mut self, token: RequestToken) {
        for part in self.parts_mut() {
            if let Some((partition, _)) = part.wait.take() {
                partition.stop_waiting(token);
            }
        }
    }
}

fn respond(call: &Call<'_>, state: ProduceState) -> Reply {
    let mut leaders = Vec::new();
    let responses = state
        .topics
        .into_iter()
        .map(|(name, topic_id, parts)| {
            leaders.extend(
                parts
                    .iter()
                    .filter_map(|part| part.leader.map(|(leader, _)| leader)),
            );
            TopicProduceResponse {
                name,
                topic_id,
                partition_responses: parts.into_iter().map(partition_response).collect(),
                ..TopicProduceResponse::default()
            }
        })
        .collect();
    let mut response = ProduceResponse {
        responses,
        ..ProduceResponse::default()
    };
    if call.version() >= 10 && !leaders.is_empty() {
        response.node_endpoints = call
            .endpoints_of(&leaders)
            .into_iter()
            .map(|(node_id, host, port, rack)| NodeEndpoint {
                node_id,
                host: Cow::Owned(host),
                port,
                rack: rack.map(Cow::Owned),
                ..NodeEndpoint::default()
            })
            .collect();
    }
    call.respond(&response)
}

fn partition_response(part: Part) -> PartitionProduceResponse<'static> {
    match part.outcome {
        Ok(produced) => PartitionProduceResponse {
            index: part.index,
            base_offset: produced.base_offset.0,
            log_append_time_ms: produced.log_append_time.0,
            log_start_offset: produced.log_start_offset.0,
            ..PartitionProduceResponse::default()
        },
        Err(refusal) => PartitionProduceResponse {
            index: part.index,
            error_code: refusal.code,
            base_offset: -1,
            record_errors: refusal
                .record_errors
                .into_iter()
                .map(|(batch_index, message)| BatchIndexAndErrorMessage {
                    batch_index,
                    batch_index_error_message: message.map(Cow::Owned),
                    ..BatchIndexAndErrorMessage::default()
                })
                .collect(),
            error_message: refusal.message.map(Cow::Owned),
            log_start_offset: refusal.log_start_offset.0,
            current_leader: part.leader.map_or_else(
                LeaderIdAndEpoch::default,
                |(leader_id, leader_epoch)| LeaderIdAndEpoch {
                    leader_id,
                    leader_epoch,
                    ..LeaderIdAndEpoch::default()
                },
            ),
            ..PartitionProduceResponse::default()
        },
    }
}
