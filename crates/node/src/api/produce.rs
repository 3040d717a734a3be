//! Produce (key 0), versions 3-13.
//!
//! KIPs: 98 (idempotence), 467 (record errors), 516 (topic ids), 951 (current leader).
//! Transactional batches are refused with `INVALID_TXN_STATE`: there are no transactions yet.
//!
//! As in Apache Kafka, a request is looked at as a whole before its partitions are: one batch that is
//! none, or a transactional one without a transactional id, refuses all of it; and a partition that
//! is named twice gets what comes last.
//!
//! Requests that came one behind the other on a connection are a [`Group`]. Each batch is checked
//! outside all locks; then the batches of each partition are appended together, in the order in which
//! they came; then each request is answered. With acks=all a request is parked until the high watermark
//! has passed its last record on every partition.

mod state;
mod whole;

use std::{sync::Arc, time::Duration};

use ottla_protocol::{
    Records,
    messages::{
        ProduceRequest,
        produce_request::{PartitionProduceData, TopicProduceData},
        produce_response::{PartitionProduceResponse, TopicProduceResponse},
    },
};
use ottla_records::Decompressor;
use ottla_types::{ErrorCode, Mono, Now, RequestToken, Saturate};

use crate::{
    call::{Call, ConnectionFacts, Envelope},
    node::Node,
    output::{Output, Reply},
    partition::{Acks, Append, Partition, ProduceRefusal},
    topics::is_internal_topic,
};

pub(crate) use state::ProduceState;
use state::{Place, refused, refused_by};

/// Client id under which Apache's own tools may write to internal topics.
const ADMIN_CLIENT_ID: &str = "__admin_client";

/// Produce requests of one connection that are handled together.
pub(crate) struct Group<'a> {
    node: &'a Node,
    now: Now,
    connection: &'a ConnectionFacts,
    decompressor: Decompressor,
    requests: Vec<Checked<'a>>,
    appends: Vec<Placed<'a>>,
}

/// What a request says that holds for all its partitions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker<'r> {
    pub(crate) token: RequestToken,
    pub(crate) envelope: Envelope,
    pub(crate) client_id: &'r str,
}

/// A request whose batches were checked. What is not refused yet is among the appends.
struct Checked<'a> {
    token: RequestToken,
    envelope: Envelope,
    acks: Option<Acks>,
    deadline: Mono,
    state: ProduceState<'a>,
}

/// A batch to be appended, and where the answer goes.
struct Placed<'a> {
    request: usize,
    place: Place,
    partition: Arc<Partition>,
    append: Append<'a>,
}

impl<'a> Group<'a> {
    pub(crate) fn new(node: &'a Node, now: Now, connection: &'a ConnectionFacts) -> Self {
        Self {
            node,
            now,
            connection,
            decompressor: Decompressor::with_limit(node.output_limit()),
            requests: Vec::new(),
            appends: Vec::new(),
        }
    }

    /// Adds a request. `false` if the group has to be finished before another request is looked at:
    /// this one may close the connection.
    pub(crate) fn add(&mut self, asker: Asker<'_>, mut request: ProduceRequest<'a>) -> bool {
        let acks = Acks::from_wire(request.acks);
        let before = self.appends.len();
        let whole = whole::check(&request);
        whole::keep_last(&mut request.topic_data);
        let topics = request.topic_data.into_iter().enumerate();
        let responses = topics
            .map(|(index, topic)| match &whole {
                Ok(()) => self.add_topic(asker, acks, index, topic),
                Err(refusal) => refuse_topic(topic, refusal),
            })
            .collect();
        let state = ProduceState::new(responses);
        let timeout_ms: u64 = request.timeout_ms.saturate();
        let added = self.appends.get(before..).unwrap_or_default();
        // An idempotent producer's batch may be refused for its sequence number.
        let may_fail = state.has_errors()
            || added
                .iter()
                .any(|placed| placed.append.batch.header().has_producer_id());
        self.requests.push(Checked {
            token: asker.token,
            envelope: asker.envelope,
            acks,
            deadline: self.now.mono + Duration::from_millis(timeout_ms),
            state,
        });
        acks != Some(Acks::None) || !may_fail
    }

    /// Appends what was added, and adds a reply for each request, up to one that closes the connection.
    pub(crate) fn finish(&mut self, out: &mut Vec<Output>, replies: &mut Vec<Reply>) {
        self.append(out);
        let mut closed = false;
        for request in self.requests.drain(..) {
            let Checked {
                token,
                envelope,
                acks,
                deadline,
                mut state,
            } = request;
            if closed {
                state.cancel(token);
                continue;
            }
            let call = Call {
                node: self.node,
                now: self.now,
                connection: self.connection,
                token,
                envelope,
                client_id: "",
                out,
            };
            let reply = match acks {
                Some(Acks::None) if state.has_errors() => Reply::Close,
                Some(Acks::None) => Reply::NoReply,
                _ => state.finish_or_park(&call, deadline),
            };
            closed = matches!(reply, Reply::Close);
            replies.push(reply);
        }
    }

    fn add_topic(
        &mut self,
        asker: Asker<'_>,
        acks: Option<Acks>,
        index: usize,
        topic: TopicProduceData<'a>,
    ) -> TopicProduceResponse<'a> {
        let mut partition_responses = Vec::with_capacity(topic.partition_data.len());
        for data in &topic.partition_data {
            let place = Place {
                topic: index,
                partition: partition_responses.len(),
            };
            let response = match self.check(asker, acks, &topic, data) {
                Ok((partition, append)) => {
                    self.appends.push(Placed {
                        request: self.requests.len(),
                        place,
                        partition,
                        append,
                    });
                    PartitionProduceResponse::default()
                }
                Err(refused) => refused,
            };
            partition_responses.push(PartitionProduceResponse {
                index: data.index,
                ..response
            });
        }
        TopicProduceResponse {
            name: topic.name,
            topic_id: topic.topic_id,
            partition_responses,
            ..TopicProduceResponse::default()
        }
    }

    /// Finds the partition, and checks what it is sent.
    #[expect(clippy::result_large_err, reason = "it is where it goes at once")]
    fn check(
        &mut self,
        asker: Asker<'_>,
        acks: Option<Acks>,
        topic: &TopicProduceData<'a>,
        data: &PartitionProduceData<'a>,
    ) -> Result<(Arc<Partition>, Append<'a>), PartitionProduceResponse<'static>> {
        let version = asker.envelope.version;
        let found = if version >= FIRST_WITH_TOPIC_IDS {
            self.node.partition_by_id(topic.topic_id, data.index)
        } else {
            self.node.partition_by_name(&topic.name, data.index)
        };
        let partition = found
            .map_err(|missing| refused(ProduceRefusal::bare(missing.error_code), missing.leader))?;
        let bare = |code| refused(ProduceRefusal::bare(code), None);
        let acks = acks.ok_or_else(|| bare(ErrorCode::INVALID_REQUIRED_ACKS))?;
        if is_internal_topic(partition.topic()) && asker.client_id != ADMIN_CLIENT_ID {
            return Err(bare(ErrorCode::INVALID_TOPIC_EXCEPTION));
        }
        let batch = partition
            .check(self.now, version, bytes_of(data), &mut self.decompressor)
            .map_err(|refusal| refused_by(&partition, refusal))?;
        let append = Append {
            batch,
            acks,
            token: asker.token,
        };
        Ok((partition, append))
    }

    /// Appends each partition's batches together, in the order in which they came.
    fn append(&mut self, out: &mut Vec<Output>) {
        // One partition after the other; the sort is stable.
        self.appends
            .sort_by_key(|placed| (placed.partition.topic_id(), placed.partition.index()));
        let is_same = |a: &Placed<'_>, b: &Placed<'_>| Arc::ptr_eq(&a.partition, &b.partition);
        for together in self.appends.chunk_by(is_same) {
            let Some(Placed { partition, .. }) = together.first() else {
                continue;
            };
            let appends = together.iter().map(|placed| &placed.append);
            let outcomes = partition.append_each(self.now, appends, out);
            for (placed, outcome) in together.iter().zip(outcomes) {
                if let Some(request) = self.requests.get_mut(placed.request) {
                    request.state.appended(placed.place, partition, outcome);
                }
            }
        }
        self.appends.clear();
    }
}

/// Goes on with a request that was woken, or whose time is up.
pub(crate) fn resume(call: &Call<'_>, state: ProduceState<'static>, deadline: Mono) -> Reply {
    state.finish_or_park(call, deadline)
}

fn refuse_topic<'a>(
    topic: TopicProduceData<'a>,
    refusal: &ProduceRefusal,
) -> TopicProduceResponse<'a> {
    let data = topic.partition_data.iter();
    TopicProduceResponse {
        name: topic.name,
        topic_id: topic.topic_id,
        partition_responses: data
            .map(|data| PartitionProduceResponse {
                index: data.index,
                ..refusal.clone().into()
            })
            .collect(),
        ..TopicProduceResponse::default()
    }
}

/// The records for a partition; nothing is as good as none.
fn bytes_of<'a>(data: &PartitionProduceData<'a>) -> &'a [u8] {
    match data.records {
        Some(Records::View(bytes)) => bytes,
        // What is decoded is a view.
        Some(Records::Shared(_)) | None => &[],
    }
}

/// The first version that names topics by their ids.
const FIRST_WITH_TOPIC_IDS: i16 = 13;
