//! Membership of a group, by the classic protocol.

mod join;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use ottla_protocol::{
    ApiKey,
    messages::{
        FindCoordinatorRequest, FindCoordinatorResponse, HeartbeatRequest, HeartbeatResponse,
        LeaveGroupRequest, LeaveGroupResponse, OffsetCommitRequest, OffsetCommitResponse,
        OffsetFetchRequest, OffsetFetchResponse,
        leave_group_request::MemberIdentity,
        offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic},
        offset_fetch_request::{
            OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics,
        },
    },
};
use ottla_types::{ErrorCode, LeaderEpoch, TopicPartition};
use tokio::{
    task::JoinHandle,
    time::{Instant, interval_at, sleep, timeout_at},
};

use super::{ConsumerConfig, Place};
use crate::{ClientError, Cluster, Connection, cluster::is_coordinator_lost};
use join::{Joined, Plan};

/// Topics go by name up to this version of OffsetCommit and OffsetFetch.
const LAST_BY_NAME: i16 = 9;

/// What the heartbeats have found out.
const FINE: u8 = 0;
const REBALANCE: u8 = 1;
const EXPELLED: u8 = 2;

#[derive(Clone, Debug, Default)]
pub(super) struct Identity {
    member_id: String,
    generation: i32,
    protocol: String,
}

#[derive(Debug)]
enum State {
    Outside,
    Joining(JoinHandle<Result<Joined, ClientError>>),
    Member {
        heartbeat: JoinHandle<()>,
        is_leader: bool,
        /// The topics and partition counts that the assignment was made from.
        topics: BTreeMap<Arc<str>, usize>,
    },
}

#[derive(Debug)]
pub(super) struct Group {
    cluster: Arc<Cluster>,
    config: ConsumerConfig,
    identity: Identity,
    state: State,
    news: Arc<AtomicU8>,
    again: bool,
    coordinator: Option<Arc<Connection>>,
    joining_topics: BTreeMap<Arc<str>, usize>,
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Group {
    pub(super) fn new(cluster: Arc<Cluster>, config: ConsumerConfig) -> Self {
        Self {
            cluster,
            config,
            identity: Identity {
                generation: -1,
                ..Identity::default()
            },
            state: State::Outside,
            news: Arc::new(AtomicU8::new(FINE)),
            again: false,
            coordinator: None,
            joining_topics: BTreeMap::new(),
        }
    }

    fn id(&self) -> &str {
        self.config.group.as_deref().unwrap_or_default()
    }

    pub(super) const fn is_member(&self) -> bool {
        matches!(self.state, State::Member { .. })
    }

    /// Whether joining takes all partitions away at first.
    pub(super) fn revokes_all(&self) -> bool {
        self.identity.protocol != join::COOPERATIVE || self.news.load(Ordering::Acquire) == EXPELLED
    }

    /// Whether the group, or a change of the topics, asks for a new round.
    pub(super) fn must_rejoin(&self, topics: &BTreeMap<Arc<str>, usize>) -> bool {
        match &self.state {
            State::Outside => true,
            State::Joining(_) => false,
            State::Member {
                is_leader,
                topics: joined,
                ..
            } => {
                let changed = if *is_leader {
                    joined != topics
                } else {
                    !joined.keys().eq(topics.keys())
                };
                self.again || changed || self.news.load(Ordering::Acquire) != FINE
            }
        }
    }

    pub(super) fn start_join(
        &mut self,
        topics: BTreeMap<Arc<str>, usize>,
        owned: Vec<TopicPartition>,
    ) {
        self.stop();
        if self.news.swap(FINE, Ordering::AcqRel) == EXPELLED {
            self.identity.generation = -1;
            self.identity.member_id.clear();
        }
        self.again = false;
        let plan = Plan {
            cluster: Arc::clone(&self.cluster),
            config: self.config.clone(),
            identity: self.identity.clone(),
            topics: topics.clone(),
            owned,
        };
        self.joining_topics = topics;
        self.state = State::Joining(tokio::spawn(join::run(plan)));
    }

    /// The partitions assigned, once a round has ended; `None` when none has by `deadline`.
    pub(super) async fn finish_join(
        &mut self,
        deadline: Instant,
    ) -> Result<Option<Vec<TopicPartition>>, ClientError> {
        let State::Joining(task) = &mut self.state else {
            return Ok(None);
        };
        let Ok(ended) = timeout_at(deadline, task).await else {
            return Ok(None);
        };
        self.state = State::Outside;
        let joined = ended.map_err(|_| ClientError::Disconnected)??;
        self.identity = joined.identity;
        self.coordinator = Some(Arc::clone(&joined.coordinator));
        self.again = joined.revoked;
        let heartbeat = Heartbeat {
            cluster: Arc::clone(&self.cluster),
            config: self.config.clone(),
            identity: self.identity.clone(),
            coordinator: joined.coordinator,
            news: Arc::clone(&self.news),
        };
        self.state = State::Member {
            heartbeat: tokio::spawn(heartbeat.run()),
            is_leader: joined.is_leader,
            topics: std::mem::take(&mut self.joining_topics),
        };
        Ok(Some(joined.partitions))
    }

    fn stop(&mut self) {
        match std::mem::replace(&mut self.state, State::Outside) {
            State::Outside => {}
            State::Joining(task) => task.abort(),
            State::Member { heartbeat, .. } => heartbeat.abort(),
        }
    }

    /// Commits; a coordinator that has moved is looked up again.
    pub(super) async fn commit(
        &mut self,
        offsets: &BTreeMap<TopicPartition, Place>,
    ) -> Result<(), ClientError> {
        let deadline = Instant::now() + self.cluster.config().api_timeout;
        loop {
            let coordinator = self.coordinator(deadline).await?;
            match self.commit_to(&coordinator, offsets).await {
                Err(error) if error.is_retriable() && Instant::now() < deadline => {
                    self.forget_coordinator(&error);
                    sleep(self.cluster.config().retry_backoff).await;
                }
                result => return result,
            }
        }
    }

    async fn commit_to(
        &self,
        coordinator: &Connection,
        offsets: &BTreeMap<TopicPartition, Place>,
    ) -> Result<(), ClientError> {
        let metadata = self.cluster.metadata();
        let id_of = |topic: &str| metadata.topics.get(topic).map(|topic| topic.id);
        let mut version = coordinator.version_of(ApiKey::OFFSET_COMMIT)?;
        if offsets
            .keys()
            .any(|partition| id_of(&partition.topic).is_none_or(|id| id.is_zero()))
        {
            version = version.min(LAST_BY_NAME);
        }
        let mut request = OffsetCommitRequest {
            group_id: self.id().into(),
            generation_id_or_member_epoch: self.identity.generation,
            member_id: self.identity.member_id.as_str().into(),
            group_instance_id: self.config.instance.as_deref().map(Into::into),
            ..OffsetCommitRequest::default()
        };
        for (partition, place) in offsets {
            let entry = OffsetCommitRequestPartition {
                partition_index: partition.partition.0,
                committed_offset: place.offset,
                committed_leader_epoch: place.epoch.unwrap_or(LeaderEpoch::NONE).0,
                committed_metadata: Some("".into()),
                ..OffsetCommitRequestPartition::default()
            };
            match request.topics.last_mut() {
                Some(topic) if *topic.name == *partition.topic => topic.partitions.push(entry),
                _ => request.topics.push(OffsetCommitRequestTopic {
                    name: partition.topic.as_ref().into(),
                    topic_id: id_of(&partition.topic).unwrap_or_default(),
                    partitions: vec![entry],
                    ..OffsetCommitRequestTopic::default()
                }),
            }
        }
        let reply = coordinator.call_at(version, &request).await?;
        let response = reply.decode(OffsetCommitResponse::decode)?;
        for topic in &response.topics {
            for partition in &topic.partitions {
                ClientError::check(partition.error_code, None)?;
            }
        }
        Ok(())
    }

    /// The committed offsets of `partitions`; those without one are left out.
    pub(super) async fn committed(
        &mut self,
        partitions: &[TopicPartition],
    ) -> Result<BTreeMap<TopicPartition, Place>, ClientError> {
        let deadline = Instant::now() + self.cluster.config().api_timeout;
        let coordinator = self.coordinator(deadline).await?;
        let result = self.committed_at(&coordinator, partitions).await;
        if let Err(error) = &result {
            self.forget_coordinator(error);
        }
        result
    }

    async fn committed_at(
        &self,
        coordinator: &Connection,
        partitions: &[TopicPartition],
    ) -> Result<BTreeMap<TopicPartition, Place>, ClientError> {
        let version = coordinator
            .version_of(ApiKey::OFFSET_FETCH)?
            .min(LAST_BY_NAME);
        let request = self.offset_fetch(version, partitions);
        let reply = coordinator.call_at(version, &request).await?;
        let response = reply.decode(OffsetFetchResponse::decode)?;
        ClientError::check(response.error_code, None)?;
        let mut found = BTreeMap::new();
        let mut add = |topic: &str, index: i32, code: ErrorCode, offset: i64, epoch: i32| {
            ClientError::check(code, None)?;
            if offset >= 0 {
                let epoch = (epoch >= 0).then_some(LeaderEpoch(epoch));
                found.insert(TopicPartition::new(topic, index), Place { offset, epoch });
            }
            Ok::<_, ClientError>(())
        };
        for topic in &response.topics {
            for part in &topic.partitions {
                let (offset, epoch) = (part.committed_offset, part.committed_leader_epoch);
                add(
                    &topic.name,
                    part.partition_index,
                    part.error_code,
                    offset,
                    epoch,
                )?;
            }
        }
        for group in &response.groups {
            ClientError::check(group.error_code, None)?;
            for topic in &group.topics {
                for part in &topic.partitions {
                    let (offset, epoch) = (part.committed_offset, part.committed_leader_epoch);
                    add(
                        &topic.name,
                        part.partition_index,
                        part.error_code,
                        offset,
                        epoch,
                    )?;
                }
            }
        }
        Ok(found)
    }

    fn offset_fetch<'a>(
        &'a self,
        version: i16,
        partitions: &'a [TopicPartition],
    ) -> OffsetFetchRequest<'a> {
        let mut topics: Vec<(&str, Vec<i32>)> = Vec::new();
        for partition in partitions {
            match topics.last_mut() {
                Some((topic, indexes)) if **topic == *partition.topic => {
                    indexes.push(partition.partition.0);
                }
                _ => topics.push((&partition.topic, vec![partition.partition.0])),
            }
        }
        if version < 8 {
            let topic = |(name, indexes): (&'a str, Vec<i32>)| OffsetFetchRequestTopic {
                name: name.into(),
                partition_indexes: indexes,
                ..OffsetFetchRequestTopic::default()
            };
            return OffsetFetchRequest {
                group_id: self.id().into(),
                topics: Some(topics.into_iter().map(topic).collect()),
                ..OffsetFetchRequest::default()
            };
        }
        let topic = |(name, indexes): (&'a str, Vec<i32>)| OffsetFetchRequestTopics {
            name: name.into(),
            partition_indexes: indexes,
            ..OffsetFetchRequestTopics::default()
        };
        OffsetFetchRequest {
            groups: vec![OffsetFetchRequestGroup {
                group_id: self.id().into(),
                topics: Some(topics.into_iter().map(topic).collect()),
                ..OffsetFetchRequestGroup::default()
            }],
            require_stable: true,
            ..OffsetFetchRequest::default()
        }
    }

    /// Leaves, unless membership is static: then the place is kept.
    pub(super) async fn leave(&mut self) {
        self.stop();
        if self.config.instance.is_some() || self.identity.member_id.is_empty() {
            return;
        }
        let Some(coordinator) = self.coordinator.take() else {
            return;
        };
        // Without an answer the session runs out instead.
        drop(self.leave_at(&coordinator).await);
    }

    async fn leave_at(&self, coordinator: &Connection) -> Result<(), ClientError> {
        let version = coordinator.version_of(ApiKey::LEAVE_GROUP)?;
        let mut request = LeaveGroupRequest {
            group_id: self.id().into(),
            ..LeaveGroupRequest::default()
        };
        if version < 3 {
            request.member_id = self.identity.member_id.as_str().into();
        } else {
            request.members = vec![MemberIdentity {
                member_id: self.identity.member_id.as_str().into(),
                reason: (version >= 5).then(|| "the consumer is being closed".into()),
                ..MemberIdentity::default()
            }];
        }
        let reply = coordinator.call_at(version, &request).await?;
        let response = reply.decode(LeaveGroupResponse::decode)?;
        ClientError::check(response.error_code, None)
    }

    async fn coordinator(&mut self, deadline: Instant) -> Result<Arc<Connection>, ClientError> {
        if let Some(coordinator) = &self.coordinator
            && coordinator.is_open()
        {
            return Ok(Arc::clone(coordinator));
        }
        let coordinator = find_coordinator(&self.cluster, self.id(), deadline).await?;
        self.coordinator = Some(Arc::clone(&coordinator));
        Ok(coordinator)
    }

    fn forget_coordinator(&mut self, error: &ClientError) {
        if matches!(error, ClientError::Disconnected)
            || error.code().is_some_and(is_coordinator_lost)
        {
            self.coordinator = None;
        }
    }
}

/// Asks until there is a coordinator: its topic may have to be made first.
async fn find_coordinator(
    cluster: &Cluster,
    group: &str,
    deadline: Instant,
) -> Result<Arc<Connection>, ClientError> {
    loop {
        let connection = cluster.any(deadline, "findCoordinator").await?;
        match find_by(cluster, &connection, group).await {
            Err(error) if error.is_retriable() && Instant::now() < deadline => {
                sleep(cluster.config().retry_backoff).await;
            }
            result => return result,
        }
    }
}

async fn find_by(
    cluster: &Cluster,
    connection: &Connection,
    group: &str,
) -> Result<Arc<Connection>, ClientError> {
    let version = connection.version_of(ApiKey::FIND_COORDINATOR)?;
    let mut request = FindCoordinatorRequest::default();
    if version < 4 {
        request.key = group.into();
    } else {
        request.coordinator_keys = vec![group.into()];
    }
    let reply = connection.call_at(version, &request).await?;
    let response = reply.decode(FindCoordinatorResponse::decode)?;
    ClientError::check(response.error_code, response.error_message.as_deref())?;
    let mut node = response.node_id;
    if let Some(found) = response.coordinators.first() {
        ClientError::check(found.error_code, found.error_message.as_deref())?;
        node = found.node_id;
    }
    cluster.node(node).await
}

/// Tells the coordinator that the member is alive, in the background.
struct Heartbeat {
    cluster: Arc<Cluster>,
    config: ConsumerConfig,
    identity: Identity,
    coordinator: Arc<Connection>,
    news: Arc<AtomicU8>,
}

impl Heartbeat {
    async fn run(mut self) {
        let period = self.config.heartbeat_interval;
        let mut ticks = interval_at(Instant::now() + period, period);
        loop {
            ticks.tick().await;
            let news = match self.beat().await {
                Ok(()) => continue,
                Err(error) => match error.code() {
                    Some(ErrorCode::REBALANCE_IN_PROGRESS) => REBALANCE,
                    Some(code) if !code.is_retriable() => EXPELLED,
                    _ => {
                        self.find_again().await;
                        continue;
                    }
                },
            };
            self.news.store(news, Ordering::Release);
            if news == EXPELLED {
                return;
            }
        }
    }

    async fn beat(&self) -> Result<(), ClientError> {
        let request = HeartbeatRequest {
            group_id: self.config.group.as_deref().unwrap_or_default().into(),
            generation_id: self.identity.generation,
            member_id: self.identity.member_id.as_str().into(),
            group_instance_id: self.config.instance.as_deref().map(Into::into),
            ..HeartbeatRequest::default()
        };
        let reply = self.coordinator.call(&request).await?;
        let response = reply.decode(HeartbeatResponse::decode)?;
        ClientError::check(response.error_code, None)
    }

    async fn find_again(&mut self) {
        let group = self.config.group.as_deref().unwrap_or_default();
        let deadline = Instant::now() + self.config.session_timeout;
        if let Ok(found) = find_coordinator(&self.cluster, group, deadline).await {
            self.coordinator = found;
        }
    }
}
