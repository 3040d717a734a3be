//! The response to a produce request, while it is made and while it waits.

use std::{borrow::Cow, sync::Arc};

use ottla_protocol::messages::{
    ProduceResponse,
    produce_response::{
        BatchIndexAndErrorMessage, LeaderIdAndEpoch, NodeEndpoint, PartitionProduceResponse,
        TopicProduceResponse,
    },
};
use ottla_types::{BrokerId, ErrorCode, Mono, Offset, RequestToken};

use crate::{
    call::Call,
    output::Reply,
    parked::Waiting,
    partition::{Partition, ProduceRefusal, Produced},
};

/// The response to a request, and which of its partitions wait for the in-sync set.
#[derive(Debug, Default)]
pub(crate) struct ProduceState<'a> {
    responses: Vec<TopicProduceResponse<'a>>,
    waits: Vec<Wait>,
}

/// Where in a response a partition stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) topic: usize,
    pub(super) partition: usize,
}

#[derive(Debug)]
struct Wait {
    place: Place,
    partition: Arc<Partition>,
    /// Up to where the high watermark has to come.
    offset: Offset,
}

impl<'a> ProduceState<'a> {
    pub(super) const fn new(responses: Vec<TopicProduceResponse<'a>>) -> Self {
        Self {
            responses,
            waits: Vec::new(),
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.responses
            .iter()
            .flat_map(|topic| &topic.partition_responses)
            .any(|response| response.error_code != ErrorCode::NONE)
    }

    /// Takes up what came of an append.
    pub(super) fn appended(
        &mut self,
        place: Place,
        partition: &Arc<Partition>,
        outcome: Result<Produced, ProduceRefusal>,
    ) {
        let produced = match outcome {
            Ok(produced) => produced,
            Err(refusal) => return self.refuse(place, refused_by(partition, refusal)),
        };
        let Some(response) = self.response_at(place) else {
            return;
        };
        response.base_offset = produced.base_offset.0;
        response.log_append_time_ms = produced.log_append_time.0;
        response.log_start_offset = produced.log_start_offset.0;
        self.waits.extend(produced.wait_for.map(|offset| Wait {
            place,
            partition: Arc::clone(partition),
            offset,
        }));
    }

    /// Answers the request, or parks it until what it waits for is there.
    pub(super) fn finish_or_park(mut self, call: &Call<'_>, deadline: Mono) -> Reply {
        let waiting = self.settle();
        if waiting && call.now.mono < deadline {
            let state = Box::new(self.into_owned());
            return call.park(Some(deadline), Waiting::Produce(state));
        }
        if waiting {
            self.time_out(call.token);
        }
        self.respond(call)
    }

    /// Leaves every partition it waits on.
    pub(crate) fn cancel(&mut self, token: RequestToken) {
        for wait in self.waits.drain(..) {
            wait.partition.stop_waiting(token);
        }
    }

    /// Takes up what was acknowledged; whether something is still waiting.
    fn settle(&mut self) -> bool {
        for wait in std::mem::take(&mut self.waits) {
            match wait.partition.acknowledged(wait.offset) {
                None => self.waits.push(wait),
                Some(Ok(())) => {}
                Some(Err(code)) => self.refuse(wait.place, ProduceRefusal::bare(code).into()),
            }
        }
        !self.waits.is_empty()
    }

    fn time_out(&mut self, token: RequestToken) {
        for wait in std::mem::take(&mut self.waits) {
            wait.partition.stop_waiting(token);
            let refusal = ProduceRefusal::bare(ErrorCode::REQUEST_TIMED_OUT);
            self.refuse(wait.place, refusal.into());
        }
    }

    fn refuse(&mut self, place: Place, refused: PartitionProduceResponse<'static>) {
        if let Some(response) = self.response_at(place) {
            *response = PartitionProduceResponse {
                index: response.index,
                ..refused
            };
        }
    }

    fn response_at(&mut self, place: Place) -> Option<&mut PartitionProduceResponse<'a>> {
        let topic = self.responses.get_mut(place.topic)?;
        topic.partition_responses.get_mut(place.partition)
    }

    fn into_owned(self) -> ProduceState<'static> {
        let responses = self.responses.into_iter();
        ProduceState {
            responses: responses.map(TopicProduceResponse::into_owned).collect(),
            waits: self.waits,
        }
    }

    fn respond(self, call: &Call<'_>) -> Reply {
        let mut response = ProduceResponse {
            responses: self.responses,
            ..ProduceResponse::default()
        };
        if call.version() >= FIRST_WITH_LEADERS {
            response.node_endpoints = endpoints(call, &response.responses);
        }
        call.respond(&response)
    }
}

/// The refusal of a partition that is here.
pub(super) fn refused_by(
    partition: &Partition,
    refusal: ProduceRefusal,
) -> PartitionProduceResponse<'static> {
    let leader =
        (refusal.code == ErrorCode::NOT_LEADER_OR_FOLLOWER).then(|| partition.leader_and_epoch());
    refused(refusal, leader)
}

/// A refusal, with leader and epoch where another broker leads.
pub(super) fn refused(
    refusal: ProduceRefusal,
    leader: Option<(i32, i32)>,
) -> PartitionProduceResponse<'static> {
    let mut response = PartitionProduceResponse::from(refusal);
    if let Some((leader_id, leader_epoch)) = leader {
        response.current_leader = LeaderIdAndEpoch {
            leader_id,
            leader_epoch,
            ..LeaderIdAndEpoch::default()
        };
    }
    response
}

impl From<ProduceRefusal> for PartitionProduceResponse<'static> {
    fn from(refusal: ProduceRefusal) -> Self {
        Self {
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
            ..Self::default()
        }
    }
}

/// Where the leaders are that the responses name.
fn endpoints(
    call: &Call<'_>,
    responses: &[TopicProduceResponse<'_>],
) -> Vec<NodeEndpoint<'static>> {
    let leaders: Vec<i32> = responses
        .iter()
        .flat_map(|topic| &topic.partition_responses)
        .map(|response| response.current_leader.leader_id)
        .filter(|leader| *leader != BrokerId::NONE.0)
        .collect();
    if leaders.is_empty() {
        return Vec::new();
    }
    let endpoints = call.endpoints_of(&leaders).into_iter();
    endpoints
        .map(|(node_id, host, port, rack)| NodeEndpoint {
            node_id,
            host: Cow::Owned(host),
            port,
            rack: rack.map(Cow::Owned),
            ..NodeEndpoint::default()
        })
        .collect()
}

/// The first version that names leaders.
const FIRST_WITH_LEADERS: i16 = 10;
