//! Produce (key 0), versions 3-13.
//!
//! KIPs: 98 (idempotence), 467 (record errors), 516 (topic ids), 951 (current leader).
//! Transactional batches are refused with `INVALID_TXN_STATE`: there are no transactions yet.
//!
//! A batch is checked outside the partition's lock, stamped and written inside it. With acks=all
//! the request is parked until the high watermark has passed its last record on every partition.

use std::{borrow::Cow, sync::Arc, time::Duration};

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
    partition::{Acks, Partition, ProduceRefusal, Produced, ProducerCall},
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

pub(crate) fn handle(call: &mut Call<'_>, request: ProduceRequest<'_>) -> Reply {
    let acks = Acks::from_wire(request.acks);
    let token = call.token;
    let topics: Vec<_> = request
        .topic_data
        .iter()
        .map(|topic| {
            let parts = topic
                .partition_data
                .iter()
                .map(|data| match acks {
                    None => Part::refused(data.index, ErrorCode::INVALID_REQUIRED_ACKS),
                    Some(acks) => produce_one(call, topic, data, acks, token),
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
    acks: Acks,
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
                ..Part::refused(data.index, missing.error_code)
            };
        }
    };
    if is_internal_topic(partition.topic()) && call.client_id() != ADMIN_CLIENT_ID {
        return Part::refused(data.index, ErrorCode::INVALID_TOPIC_EXCEPTION);
    }
    let producer = ProducerCall {
        now: call.now,
        api_version: call.version(),
        acks,
        token,
    };
    let records = data
        .records
        .as_ref()
        .map_or(&[][..], |records| records.as_slice().unwrap_or_default());
    match partition.produce(call.node, &producer, records, call.out) {
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

impl Part {
    fn refused(index: i32, code: ErrorCode) -> Self {
        Self {
            index,
            outcome: Err(ProduceRefusal::bare(code)),
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
