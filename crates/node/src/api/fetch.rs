//! Fetch (key 1), versions 4-18, as a leader answers consumers.
//!
//! KIPs: 74 (response limit), 98 (isolation), 227 (sessions), 320 (leader epochs), 392 (rack: this
//! node is always the preferred replica), 516 (topic ids), 595 (divergence), 951 (current leader),
//! 1166 (a fetcher's high watermark is read and not needed).
//!
//! A request that finds too few bytes subscribes once to its partitions and is parked. Appends
//! count down what it still needs; it is woken when nothing is missing, and only then reads again.

use std::{borrow::Cow, sync::Arc, time::Duration};

use ottla_protocol::Records;
use ottla_protocol::messages::{
    FetchRequest, FetchResponse,
    fetch_response::{
        AbortedTransaction, EpochEndOffset, FetchableTopicResponse, LeaderIdAndEpoch, NodeEndpoint,
        PartitionData,
    },
};
use ottla_types::{ErrorCode, LeaderEpoch, Mono, Saturate, Uuid};

use crate::{
    call::Call,
    fetch_session::{Answer, FetchPartition, FetchPlan, SessionRequest, TopicRef},
    fetch_wait::FetchWait,
    node::Node,
    output::Reply,
    parked::Waiting,
    partition::{Partition, ReadBound, ReadOutcome, ReadWish},
};

/// A fetch between its first read and its response.
#[derive(Debug)]
pub(crate) struct FetchState {
    plan: FetchPlan,
    bound: ReadBound,
    max_bytes: usize,
    min_bytes: usize,
    replica_id: i32,
    wait: Option<Subscription>,
}

#[derive(Debug)]
struct Subscription {
    wait: Arc<FetchWait>,
    partitions: Vec<Arc<Partition>>,
}

/// One partition's part of the response.
struct Part {
    error_code: ErrorCode,
    read: Option<ReadOutcome>,
    /// Whether the log itself refused the read.
    refused_by_log: bool,
    /// Leader to turn to instead, with an error that says so.
    leader: Option<(i32, i32)>,
    partition: Option<Arc<Partition>>,
}

pub(crate) fn handle(call: &mut Call<'_>, request: FetchRequest<'_>) -> Reply {
    let by_id = call.version() >= 13;
    let replica_id = if call.version() >= 15 {
        request.replica_state.replica_id
    } else {
        request.replica_id
    };
    let asked = asked_partitions(&request, by_id);
    let forgotten = forgotten_partitions(&request, by_id);
    let session = SessionRequest {
        session_id: request.session_id,
        session_epoch: request.session_epoch,
        by_id,
        privileged: replica_id >= 0,
        partitions: &asked,
        forgotten: &forgotten,
    };
    let fresh_id = call.node.random_positive();
    let plan = match call
        .node
        .fetch_sessions()
        .plan(call.now.mono, &session, fresh_id)
    {
        Ok(plan) => plan,
        Err(error_code) => {
            let response = FetchResponse {
                error_code,
                ..FetchResponse::default()
            };
            return call.respond(&response);
        }
    };
    let limit = call.node.config().topics.fetch_max_bytes;
    let state = FetchState {
        plan,
        bound: match (replica_id >= 0, request.isolation_level) {
            (true, _) => ReadBound::LogEnd,
            (false, 1) => ReadBound::LastStable,
            (false, _) => ReadBound::HighWatermark,
        },
        max_bytes: request.max_bytes.min(limit).saturate_bytes(),
        min_bytes: request.min_bytes.min(limit).saturate_bytes(),
        replica_id,
        wait: None,
    };
    let wait_ms: u64 = request.max_wait_ms.saturate();
    let deadline = call.now.mono + Duration::from_millis(wait_ms);
    finish_or_park(call, state, deadline)
}

/// Goes on with a fetch that was woken, or whose time is up.
pub(crate) fn resume(call: &mut Call<'_>, mut state: FetchState, deadline: Mono) -> Reply {
    state.unsubscribe();
    finish_or_park(call, state, deadline)
}

impl FetchState {
    /// Leaves the partitions it waits on.
    pub(crate) fn unsubscribe(&mut self) {
        if let Some(Subscription { wait, partitions }) = self.wait.take() {
            for partition in partitions {
                partition.unsubscribe(&wait);
            }
        }
    }
}

trait SaturateBytes {
    fn saturate_bytes(self) -> usize;
}

impl SaturateBytes for i32 {
    fn saturate_bytes(self) -> usize {
        self.max(0).saturate()
    }
}

fn finish_or_park(call: &mut Call<'_>, mut state: FetchState, deadline: Mono) -> Reply {
    let (parts, bytes, at_once) = read_all(call.node, &state);
    let done = at_once || bytes >= state.min_bytes || call.now.mono >= deadline;
    if done || state.plan.partitions.is_empty() {
        return respond(call, &state, parts);
    }
    let missing = state.min_bytes - bytes;
    let wait = Arc::new(FetchWait::new(call.token, missing.saturate()));
    let partitions: Vec<_> = parts
        .iter()
        .filter_map(|part| part.partition.clone())
        .collect();
    let all_in_service = partitions
        .iter()
        .all(|partition| partition.subscribe(&wait));
    state.wait = Some(Subscription { wait, partitions });
    // What was appended between the read and the subscription was counted by nobody.
    let moved = parts
        .iter()
        .any(|part| match (&part.partition, &part.read) {
            (Some(partition), Some(read)) => partition.visible_end(state.bound) != read.visible_end,
            _ => false,
        });
    if moved || !all_in_service {
        state.unsubscribe();
        return finish_or_park(call, state, deadline);
    }
    call.park(Some(deadline), Waiting::Fetch(Box::new(state)))
}

/// Reads every partition of the plan. Gives the parts, the bytes read, and whether the answer must
/// not wait (an error or a divergence).
fn read_all(node: &Node, state: &FetchState) -> (Vec<Part>, usize, bool) {
    let mut bytes = 0;
    let mut at_once = false;
    let mut parts = Vec::with_capacity(state.plan.partitions.len());
    for asked in &state.plan.partitions {
        let wish = ReadWish {
            offset: asked.fetch_offset,
            max_bytes: asked
                .max_bytes
                .saturate_bytes()
                .min(state.max_bytes.saturating_sub(bytes)),
            min_one: bytes == 0,
            bound: state.bound,
            current_leader_epoch: asked.current_leader_epoch,
            last_fetched_epoch: asked.last_fetched_epoch,
        };
        let part = read_one(node, asked, &wish, state.replica_id);
        if let Some(read) = &part.read {
            bytes += read.size;
            at_once |= read.diverging.is_some();
        }
        at_once |= !part.error_code.is_none();
        parts.push(part);
    }
    (parts, bytes, at_once)
}

fn read_one(node: &Node, asked: &FetchPartition, wish: &ReadWish, replica_id: i32) -> Part {
    let failed = |error_code, leader| Part {
        error_code,
        read: None,
        leader,
        partition: None,
        refused_by_log: false,
    };
    let found = match &asked.topic {
        TopicRef::Id(id) => node.partition_by_id(*id, asked.partition),
        TopicRef::Name(name) => node.partition_by_name(name, asked.partition),
    };
    let partition = match found {
        Ok(partition) => partition,
        Err(missing) => return failed(missing.error_code, missing.leader),
    };
    if replica_id >= 0 {
        return failed(ErrorCode::UNKNOWN_LEADER_EPOCH, None);
    }
    match partition.read(wish) {
        Ok(read) => Part {
            error_code: ErrorCode::NONE,
            read: Some(read),
            leader: None,
            partition: Some(partition),
            refused_by_log: false,
        },
        Err(error_code) => {
            let leader = matches!(
                error_code,
                ErrorCode::NOT_LEADER_OR_FOLLOWER | ErrorCode::FENCED_LEADER_EPOCH
            )
            .then(|| partition.leader_and_epoch());
            Part {
                refused_by_log: true,
                ..failed(error_code, leader)
            }
        }
    }
}

fn respond(call: &Call<'_>, state: &FetchState, parts: Vec<Part>) -> Reply {
    let answers: Vec<Answer> = parts.iter().map(answer_of).collect();
    let selected = state.plan.select(&answers);
    let mut response = FetchResponse {
        session_id: state.plan.session_id(),
        ..FetchResponse::default()
    };
    let mut leaders = Vec::new();
    for ((asked, part), selected) in state.plan.partitions.iter().zip(parts).zip(selected) {
        if !selected {
            continue;
        }
        leaders.extend(part.leader.map(|(leader, _)| leader));
        let data = partition_data(asked.partition, part, state.bound);
        let (topic, topic_id) = match &asked.topic {
            TopicRef::Id(id) => (Cow::Borrowed(""), *id),
            TopicRef::Name(name) => (Cow::Owned(name.to_string()), Uuid::ZERO),
        };
        match response.responses.last_mut() {
            Some(last) if last.topic == topic && last.topic_id == topic_id => {
                last.partitions.push(data);
            }
            _ => response.responses.push(FetchableTopicResponse {
                topic,
                topic_id,
                partitions: vec![data],
                ..FetchableTopicResponse::default()
            }),
        }
    }
    if call.version() >= 16 && !leaders.is_empty() {
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

fn answer_of(part: &Part) -> Answer {
    match &part.read {
        Some(read) => Answer {
            high_watermark: read.high_watermark,
            log_start_offset: read.log_start_offset,
            must_send: read.size > 0 || read.diverging.is_some(),
            has_records: read.size > 0,
            is_error: false,
        },
        None => Answer {
            high_watermark: -1,
            log_start_offset: -1,
            must_send: true,
            has_records: false,
            is_error: true,
        },
    }
}

fn partition_data(index: i32, part: Part, bound: ReadBound) -> PartitionData<'static> {
    let current_leader = part
        .leader
        .map_or_else(LeaderIdAndEpoch::default, |(leader, epoch)| {
            LeaderIdAndEpoch {
                leader_id: leader,
                leader_epoch: epoch,
                ..LeaderIdAndEpoch::default()
            }
        });
    let Some(read) = part.read else {
        return PartitionData {
            partition_index: index,
            error_code: part.error_code,
            high_watermark: -1,
            current_leader,
            // As Apache Kafka: null where the log was asked, empty where it was not.
            aborted_transactions: (!part.refused_by_log).then(Vec::new),
            records: Some(Records::Shared(Vec::new())),
            ..PartitionData::default()
        };
    };
    let aborted = read.aborted.iter().map(|aborted| AbortedTransaction {
        producer_id: aborted.producer_id.0,
        first_offset: aborted.first_offset.0,
        ..AbortedTransaction::default()
    });
    PartitionData {
        partition_index: index,
        high_watermark: read.high_watermark,
        last_stable_offset: read.last_stable_offset,
        log_start_offset: read.log_start_offset,
        diverging_epoch: read
            .diverging
            .map_or_else(EpochEndOffset::default, |(epoch, end)| EpochEndOffset {
                epoch,
                end_offset: end,
                ..EpochEndOffset::default()
            }),
        current_leader,
        aborted_transactions: (bound == ReadBound::LastStable).then(|| aborted.collect()),
        records: Some(Records::Shared(read.records)),
        ..PartitionData::default()
    }
}

fn asked_partitions(request: &FetchRequest<'_>, by_id: bool) -> Vec<FetchPartition> {
    let mut asked = Vec::new();
    for topic in &request.topics {
        let reference = topic_ref(by_id, topic.topic_id, &topic.topic);
        asked.extend(topic.partitions.iter().map(|partition| FetchPartition {
            topic: reference.clone(),
            partition: partition.partition,
            fetch_offset: partition.fetch_offset,
            max_bytes: partition.partition_max_bytes,
            // Any negative epoch is none.
            current_leader_epoch: partition.current_leader_epoch.max(LeaderEpoch::NONE.0),
            last_fetched_epoch: partition.last_fetched_epoch.max(LeaderEpoch::NONE.0),
            log_start_offset: partition.log_start_offset,
        }));
    }
    asked
}

fn forgotten_partitions(request: &FetchRequest<'_>, by_id: bool) -> Vec<(TopicRef, i32)> {
    let mut forgotten = Vec::new();
    for topic in &request.forgotten_topics_data {
        let reference = topic_ref(by_id, topic.topic_id, &topic.topic);
        forgotten.extend(
            topic
                .partitions
                .iter()
                .map(|index| (reference.clone(), *index)),
        );
    }
    forgotten
}

fn topic_ref(by_id: bool, id: Uuid, name: &str) -> TopicRef {
    if by_id {
        TopicRef::Id(id)
    } else {
        TopicRef::Name(name.into())
    }
}
