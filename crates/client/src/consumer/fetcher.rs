//! Fetch requests: one in flight per leader, the next one sent before the last answer is used.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ottla_protocol::{
    ApiKey,
    messages::{
        FetchRequest, FetchResponse,
        fetch_request::{FetchPartition, FetchTopic},
        fetch_response::PartitionData,
    },
};
use ottla_types::{ErrorCode, ProducerId, Saturate, TopicPartition, Uuid};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until, timeout_at},
};

use super::{AutoReset, ConsumerConfig, PartitionBatches, Position};
use crate::{ClientError, Cluster, ClusterMetadata, OffsetSpec, connection::Reply};

/// Last version in which topics go by name.
const LAST_BY_NAME: i16 = 12;

type Positions = BTreeMap<TopicPartition, Position>;

/// One leader's share of the partitions, with the offsets asked for.
type Asked = Vec<(TopicPartition, Uuid, i64)>;

struct Answer {
    leader: i32,
    asked: Asked,
    reply: Result<Reply, ClientError>,
}

#[derive(Debug)]
pub(super) struct Fetcher {
    cluster: Arc<Cluster>,
    config: ConsumerConfig,
    in_flight: JoinSet<Answer>,
    busy: BTreeSet<i32>,
    stale: bool,
    /// After a failure nothing is sent before this time.
    resume_at: Option<Instant>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

impl Fetcher {
    pub(super) fn new(cluster: Arc<Cluster>, config: ConsumerConfig) -> Self {
        Self {
            cluster,
            config,
            in_flight: JoinSet::new(),
            busy: BTreeSet::new(),
            stale: false,
            resume_at: None,
        }
    }

    /// Whether metadata has proved old since the last call.
    pub(super) fn take_stale(&mut self) -> bool {
        std::mem::take(&mut self.stale)
    }

    /// What one answer brings, or nothing when none comes by `deadline`.
    pub(super) async fn poll(
        &mut self,
        positions: &mut Positions,
        deadline: Instant,
    ) -> Result<Vec<PartitionBatches>, ClientError> {
        self.send(positions);
        if self.in_flight.is_empty() {
            let soon = Instant::now() + self.cluster.config().retry_backoff;
            sleep_until(deadline.min(self.resume_at.unwrap_or(soon))).await;
            return Ok(Vec::new());
        }
        // A group's affairs are looked at now and then while no data come.
        let look = Instant::now() + self.cluster.config().retry_backoff;
        let Ok(Some(joined)) = timeout_at(deadline.min(look), self.in_flight.join_next()).await
        else {
            return Ok(Vec::new());
        };
        let Ok(answer) = joined else {
            // The task was torn down with the runtime.
            return Ok(Vec::new());
        };
        self.busy.remove(&answer.leader);
        let fetched = self.take(answer, positions)?;
        self.send(positions);
        Ok(fetched)
    }

    /// A request to each leader that has none.
    fn send(&mut self, positions: &Positions) {
        if self.resume_at.is_some_and(|at| at > Instant::now()) {
            return;
        }
        self.resume_at = None;
        let metadata = self.cluster.metadata();
        let mut by_leader: BTreeMap<i32, Asked> = BTreeMap::new();
        for (partition, position) in positions {
            let Position::At(place) = position else {
                continue;
            };
            match leader_of(&metadata, partition) {
                Some((leader, id)) if !self.busy.contains(&leader) => by_leader
                    .entry(leader)
                    .or_default()
                    .push((partition.clone(), id, place.offset)),
                Some(_) => {}
                None => self.stale = true,
            }
        }
        for (leader, asked) in by_leader {
            self.busy.insert(leader);
            let cluster = Arc::clone(&self.cluster);
            let config = self.config.clone();
            self.in_flight.spawn(async move {
                let reply = fetch(&cluster, &config, leader, &asked).await;
                Answer {
                    leader,
                    asked,
                    reply,
                }
            });
        }
    }

    fn take(
        &mut self,
        answer: Answer,
        positions: &mut Positions,
    ) -> Result<Vec<PartitionBatches>, ClientError> {
        let result = answer
            .reply
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|reply| {
                let response = reply.decode(FetchResponse::decode)?;
                ClientError::check(response.error_code, None)?;
                Ok((reply, response))
            });
        let (reply, response) = match result {
            Ok(decoded) => decoded,
            Err(error @ (ClientError::Decode(_) | ClientError::UnsupportedApi(_))) => {
                return Err(error);
            }
            Err(_) => {
                self.back_off();
                return Ok(Vec::new());
            }
        };
        let mut fetched = Vec::new();
        for topic in &response.responses {
            for data in &topic.partitions {
                let asked = answer.asked.iter().find(|(partition, id, _)| {
                    partition.partition.0 == data.partition_index
                        && (*topic.topic == *partition.topic
                            || (!id.is_zero() && *id == topic.topic_id))
                });
                if let Some((partition, _, offset)) = asked
                    && is_at(positions.get(partition), *offset)
                    && let Some(batches) = self.taken(reply, partition, *offset, data, positions)?
                {
                    fetched.push(batches);
                }
            }
        }
        Ok(fetched)
    }

    fn taken(
        &mut self,
        reply: &Reply,
        partition: &TopicPartition,
        offset: i64,
        data: &PartitionData<'_>,
        positions: &mut Positions,
    ) -> Result<Option<PartitionBatches>, ClientError> {
        if !data.error_code.is_none() {
            if let Some(position) = self.after_error(partition, offset, data.error_code)? {
                positions.insert(partition.clone(), position);
            }
            return Ok(None);
        }
        let bytes = data.records.as_ref().and_then(|records| records.as_slice());
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
            return Ok(None);
        };
        let mut aborted: Vec<_> = data
            .aborted_transactions
            .iter()
            .flatten()
            .map(|aborted| (aborted.first_offset, ProducerId(aborted.producer_id)))
            .collect();
        aborted.sort_unstable();
        let batches = PartitionBatches {
            partition: partition.clone(),
            bytes: reply.share(bytes),
            from: offset,
            isolation: self.config.isolation,
            aborted,
            check_crcs: self.config.check_crcs,
        };
        let Some(next) = batches.end() else {
            return Ok(None);
        };
        positions.insert(partition.clone(), Position::At(next));
        Ok(Some(batches))
    }

    fn after_error(
        &mut self,
        partition: &TopicPartition,
        offset: i64,
        code: ErrorCode,
    ) -> Result<Option<Position>, ClientError> {
        match code {
            ErrorCode::OFFSET_OUT_OF_RANGE => match self.config.auto_reset {
                AutoReset::Earliest => Ok(Some(Position::Reset(OffsetSpec::Earliest))),
                AutoReset::Latest => Ok(Some(Position::Reset(OffsetSpec::Latest))),
                AutoReset::None => {
                    let text = format!(
                        "Fetch position FetchPosition{{offset={offset}}} is out of range for partition {partition}"
                    );
                    Err(ClientError::api_with(code, Some(&text)))
                }
            },
            code if code.is_retriable()
                || code == ErrorCode::UNKNOWN_SERVER_ERROR
                || code == ErrorCode::FENCED_LEADER_EPOCH =>
            {
                self.back_off();
                Ok(None)
            }
            code => Err(ClientError::api(code)),
        }
    }

    fn back_off(&mut self) {
        self.stale = true;
        self.resume_at = Some(Instant::now() + self.cluster.config().retry_backoff);
    }
}

fn is_at(position: Option<&Position>, offset: i64) -> bool {
    matches!(position, Some(Position::At(place)) if place.offset == offset)
}

fn leader_of(metadata: &ClusterMetadata, partition: &TopicPartition) -> Option<(i32, Uuid)> {
    let known = metadata.partition(&partition.topic, partition.partition.0)?;
    let id = metadata.topics.get(&partition.topic)?.id;
    (known.leader >= 0).then_some((known.leader, id))
}

async fn fetch(
    cluster: &Cluster,
    config: &ConsumerConfig,
    leader: i32,
    asked: &Asked,
) -> Result<Reply, ClientError> {
    let connection = cluster.node(leader).await?;
    let mut version = connection.version_of(ApiKey::FETCH)?;
    if asked.iter().any(|(_, id, _)| id.is_zero()) {
        version = version.min(LAST_BY_NAME);
    }
    let wait: u64 = config.fetch_max_wait.as_millis().saturate();
    let mut request = FetchRequest {
        replica_id: -1,
        max_wait_ms: wait.saturate(),
        min_bytes: config.fetch_min_bytes,
        max_bytes: config.fetch_max_bytes,
        isolation_level: config.isolation.wire(),
        session_id: 0,
        session_epoch: -1,
        rack_id: config.rack.as_str().into(),
        ..FetchRequest::default()
    };
    for (partition, id, offset) in asked {
        let wanted = FetchPartition {
            partition: partition.partition.0,
            current_leader_epoch: -1,
            fetch_offset: *offset,
            last_fetched_epoch: -1,
            log_start_offset: -1,
            partition_max_bytes: config.max_partition_fetch_bytes,
            ..FetchPartition::default()
        };
        match request.topics.last_mut() {
            Some(topic) if *topic.topic == *partition.topic => topic.partitions.push(wanted),
            _ => request.topics.push(FetchTopic {
                topic: partition.topic.as_ref().into(),
                topic_id: *id,
                partitions: vec![wanted],
                ..FetchTopic::default()
            }),
        }
    }
    let reply = connection.call_at(version, &request).await?;
    Ok(reply)
}
