//! The consumer: batches out of assigned partitions, in a group or without one.

mod assignor;
mod batches;
mod fetcher;
mod group;
pub(crate) mod offsets;

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use ottla_types::{ErrorCode, LeaderEpoch, TopicPartition};
use tokio::time::{Instant, sleep};

pub use batches::{Consumed, PartitionBatches};
use fetcher::Fetcher;
use group::Group;

use crate::{ClientConfig, ClientError, Cluster, ClusterMetadata, OffsetSpec, cluster::Topics};

/// Whether records of open and aborted transactions are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// All records.
    #[default]
    ReadUncommitted,
    /// Only what is committed.
    ReadCommitted,
}

impl Isolation {
    pub(crate) const fn wire(self) -> i8 {
        match self {
            Self::ReadUncommitted => 0,
            Self::ReadCommitted => 1,
        }
    }
}

/// Where a partition is started without a committed offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AutoReset {
    /// At its first record.
    Earliest,
    /// After its last record.
    #[default]
    Latest,
    /// Nowhere: it is an error.
    None,
}

/// How a consumer reads. Keys of Apache's consumer stand in the fields' docs.
#[derive(Clone, Debug)]
pub struct ConsumerConfig {
    /// `group.id`.
    pub group: Option<String>,
    /// `group.instance.id`.
    pub instance: Option<String>,
    /// `auto.offset.reset`.
    pub auto_reset: AutoReset,
    /// `isolation.level`.
    pub isolation: Isolation,
    /// `enable.auto.commit` and `auto.commit.interval.ms`.
    pub auto_commit: Option<Duration>,
    /// `session.timeout.ms`.
    pub session_timeout: Duration,
    /// `heartbeat.interval.ms`.
    pub heartbeat_interval: Duration,
    /// `max.poll.interval.ms`.
    pub max_poll_interval: Duration,
    /// `fetch.min.bytes`.
    pub fetch_min_bytes: i32,
    /// `fetch.max.bytes`.
    pub fetch_max_bytes: i32,
    /// `max.partition.fetch.bytes`.
    pub max_partition_fetch_bytes: i32,
    /// `fetch.max.wait.ms`.
    pub fetch_max_wait: Duration,
    /// `check.crcs`.
    pub check_crcs: bool,
    /// `allow.auto.create.topics`.
    pub allow_auto_create: bool,
    /// `exclude.internal.topics`.
    pub exclude_internal: bool,
    /// `client.rack`.
    pub rack: String,
}

impl Default for ConsumerConfig {
    fn default() -> Self {
        Self {
            group: None,
            instance: None,
            auto_reset: AutoReset::Latest,
            isolation: Isolation::ReadUncommitted,
            auto_commit: Some(Duration::from_secs(5)),
            session_timeout: Duration::from_secs(45),
            heartbeat_interval: Duration::from_secs(3),
            max_poll_interval: Duration::from_secs(300),
            fetch_min_bytes: 1,
            fetch_max_bytes: 50 << 20,
            max_partition_fetch_bytes: 1 << 20,
            fetch_max_wait: Duration::from_millis(500),
            check_crcs: true,
            allow_auto_create: true,
            exclude_internal: true,
            rack: String::new(),
        }
    }
}

/// The topics of a group member.
#[derive(Clone)]
pub enum Subscription {
    /// These.
    Topics(Vec<Arc<str>>),
    /// All whose name is accepted, also those made later.
    Matching(Arc<dyn Fn(&str) -> bool + Send + Sync>),
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topics(topics) => f.debug_tuple("Topics").field(topics).finish(),
            Self::Matching(_) => f.write_str("Matching"),
        }
    }
}

/// Where a partition is read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// Wherever the group left off.
    Committed,
    /// To be looked up.
    Reset(OffsetSpec),
    /// Here.
    At(Place),
}

/// An offset, with the epoch of the leader that wrote what came before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    offset: i64,
    epoch: Option<LeaderEpoch>,
}

impl Place {
    const fn at(offset: i64) -> Self {
        Self {
            offset,
            epoch: None,
        }
    }
}

/// Reads partitions, alone or as a member of a group.
#[derive(Debug)]
pub struct Consumer {
    cluster: Arc<Cluster>,
    config: ConsumerConfig,
    subscription: Option<Subscription>,
    positions: BTreeMap<TopicPartition, Position>,
    group: Option<Group>,
    fetcher: Fetcher,
    metadata_due: Option<Instant>,
    commit_due: Option<Instant>,
}

impl Consumer {
    /// Nothing is connected yet.
    #[must_use]
    pub fn new(client: ClientConfig, config: ConsumerConfig) -> Self {
        let cluster = Arc::new(Cluster::new(client));
        let group = config
            .group
            .as_ref()
            .map(|_| Group::new(Arc::clone(&cluster), config.clone()));
        Self {
            fetcher: Fetcher::new(Arc::clone(&cluster), config.clone()),
            cluster,
            config,
            subscription: None,
            positions: BTreeMap::new(),
            group,
            metadata_due: None,
            commit_due: None,
        }
    }

    /// Joins the group at the next poll. Needs a `group`.
    pub fn subscribe(&mut self, subscription: Subscription) {
        self.subscription = Some(subscription);
    }

    /// Reads these partitions, with no part in any group's assignment.
    pub fn assign(&mut self, partitions: impl IntoIterator<Item = TopicPartition>) {
        self.subscription = None;
        let start = self.start();
        self.positions = partitions
            .into_iter()
            .map(|partition| (partition, start))
            .collect();
    }

    /// The partitions that are read.
    pub fn assignment(&self) -> impl Iterator<Item = &TopicPartition> {
        self.positions.keys()
    }

    /// The offset of the next record of a partition, if it is known.
    #[must_use]
    pub fn position(&self, partition: &TopicPartition) -> Option<i64> {
        match self.positions.get(partition)? {
            Position::At(place) => Some(place.offset),
            Position::Committed | Position::Reset(_) => None,
        }
    }

    /// Reads on from `offset`. Batches that were fetched but not yet handed out are dropped.
    pub fn seek(&mut self, partition: &TopicPartition, offset: i64) {
        if let Some(position) = self.positions.get_mut(partition) {
            *position = Position::At(Place::at(offset));
        }
    }

    /// Reads on from the first or last offset.
    pub fn seek_to(&mut self, partition: &TopicPartition, spec: OffsetSpec) {
        if let Some(position) = self.positions.get_mut(partition) {
            *position = Position::Reset(spec);
        }
    }

    /// Batches of assigned partitions, as soon as there are some; none when `limit` passes first.
    /// The positions move past what is returned.
    ///
    /// # Errors
    /// What trying again does not heal.
    pub async fn poll(&mut self, limit: Duration) -> Result<Vec<PartitionBatches>, ClientError> {
        let deadline = Instant::now() + limit;
        loop {
            self.follow_metadata(deadline).await?;
            self.follow_group(deadline).await?;
            self.commit_if_due().await;
            self.find_positions(deadline).await?;
            let fetched = self.fetcher.poll(&mut self.positions, deadline).await?;
            if self.fetcher.take_stale() {
                self.metadata_due = Some(Instant::now());
            }
            if !fetched.is_empty() {
                return Ok(fetched);
            }
            if Instant::now() >= deadline {
                return Ok(Vec::new());
            }
        }
    }

    /// Commits the positions of all assigned partitions.
    ///
    /// # Errors
    /// When the coordinator refuses, or there is no group.
    pub async fn commit(&mut self) -> Result<(), ClientError> {
        let offsets: BTreeMap<_, _> = self
            .positions
            .iter()
            .filter_map(|(partition, position)| match position {
                Position::At(place) => Some((partition.clone(), *place)),
                Position::Committed | Position::Reset(_) => None,
            })
            .collect();
        match &mut self.group {
            Some(group) if !offsets.is_empty() => group.commit(&offsets).await,
            Some(_) => Ok(()),
            None => Err(ClientError::Argument("there is no group".into())),
        }
    }

    /// Commits if that is automatic, and leaves the group.
    pub async fn close(mut self) {
        if self.config.auto_commit.is_some() && self.group.is_some() {
            // Closing goes on: the group gives the partitions to others, who start earlier.
            drop(self.commit().await);
        }
        if let Some(group) = &mut self.group {
            group.leave().await;
        }
    }

    fn start(&self) -> Position {
        match self.group {
            Some(_) => Position::Committed,
            None => self.reset_position(),
        }
    }

    const fn reset_position(&self) -> Position {
        match self.config.auto_reset {
            AutoReset::Earliest => Position::Reset(OffsetSpec::Earliest),
            AutoReset::Latest => Position::Reset(OffsetSpec::Latest),
            AutoReset::None => Position::Committed,
        }
    }

    /// Keeps the metadata of the topics fresh; a topic that is missing is asked for again soon.
    async fn follow_metadata(&mut self, deadline: Instant) -> Result<(), ClientError> {
        if self.metadata_due.is_some_and(|due| due > Instant::now()) {
            return Ok(());
        }
        let names: Vec<Arc<str>> = match &self.subscription {
            Some(Subscription::Topics(topics)) => topics.clone(),
            Some(Subscription::Matching(_)) => Vec::new(),
            None => {
                let topics = self.positions.keys().map(|key| Arc::clone(&key.topic));
                let mut topics: Vec<_> = topics.collect();
                topics.dedup();
                topics
            }
        };
        let topics = match &self.subscription {
            Some(Subscription::Matching(_)) => Topics::All,
            _ => Topics::Named(&names),
        };
        let create = self.config.allow_auto_create;
        let client = self.cluster.config();
        match self.cluster.refresh(topics, create, deadline).await {
            Ok(metadata) => {
                let age = if self.is_complete(&metadata, &names)? {
                    client.metadata_max_age
                } else {
                    client.retry_backoff
                };
                self.metadata_due = Some(Instant::now() + age);
            }
            Err(ClientError::Timeout(_)) => {}
            Err(error) if error.is_retriable() => {
                sleep(client.retry_backoff).await;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn is_complete(
        &self,
        metadata: &ClusterMetadata,
        names: &[Arc<str>],
    ) -> Result<bool, ClientError> {
        for (name, topic) in &metadata.topics {
            if !topic.error.is_none() && !topic.error.is_retriable() && names.contains(name) {
                let text = match topic.error {
                    ErrorCode::INVALID_TOPIC_EXCEPTION => {
                        format!("Invalid topics: [{name}]")
                    }
                    _ => format!("Not authorized to access topics: [{name}]"),
                };
                return Err(ClientError::api_with(topic.error, Some(&text)));
            }
        }
        let known = |name: &Arc<str>| {
            metadata.topics.get(name).is_some_and(|topic| {
                topic.error.is_none() && topic.partitions.iter().all(|part| part.leader >= 0)
            })
        };
        let assigned = |partition: &TopicPartition| {
            metadata
                .partition(&partition.topic, partition.partition.0)
                .is_some()
        };
        Ok(names.iter().all(known)
            && (self.subscription.is_some() || self.positions.keys().all(assigned)))
    }

    /// Takes part in the group, and takes over what it assigns.
    async fn follow_group(&mut self, deadline: Instant) -> Result<(), ClientError> {
        let Some(subscription) = &self.subscription else {
            return Ok(());
        };
        let Some(group) = &mut self.group else {
            return Err(ClientError::Argument("a subscription needs a group".into()));
        };
        let topics = topics_of(subscription, &self.cluster.metadata(), &self.config);
        if group.must_rejoin(&topics) {
            if self.config.auto_commit.is_some() && group.is_member() {
                // A refusal here means that the partitions are lost already.
                drop(self.commit().await);
            }
            let Some(group) = &mut self.group else {
                return Ok(());
            };
            let owned: Vec<_> = self.positions.keys().cloned().collect();
            if group.revokes_all() {
                self.positions.clear();
            }
            group.start_join(topics, owned);
        }
        let Some(group) = &mut self.group else {
            return Ok(());
        };
        if let Some(assigned) = group.finish_join(deadline).await? {
            self.adopt(assigned);
        }
        Ok(())
    }

    fn adopt(&mut self, assigned: Vec<TopicPartition>) {
        let start = self.start();
        let mut positions = BTreeMap::new();
        for partition in assigned {
            let position = self.positions.get(&partition).copied().unwrap_or(start);
            positions.insert(partition, position);
        }
        self.positions = positions;
        self.commit_due = self
            .config
            .auto_commit
            .map(|interval| Instant::now() + interval);
    }

    async fn commit_if_due(&mut self) {
        let Some(interval) = self.config.auto_commit else {
            return;
        };
        let joined = self.group.as_ref().is_some_and(Group::is_member);
        if joined && self.commit_due.is_some_and(|due| due <= Instant::now()) {
            self.commit_due = Some(Instant::now() + interval);
            // The next commit covers this one.
            drop(self.commit().await);
        }
    }

    async fn find_positions(&mut self, deadline: Instant) -> Result<(), ClientError> {
        self.find_committed(deadline).await?;
        for spec in [OffsetSpec::Earliest, OffsetSpec::Latest] {
            let wanted: Vec<_> = self
                .positions
                .iter()
                .filter(|(_, position)| **position == Position::Reset(spec))
                .map(|(partition, _)| partition.clone())
                .collect();
            if wanted.is_empty() {
                continue;
            }
            let isolation = self.config.isolation;
            match offsets::list_offsets(&self.cluster, &wanted, spec, isolation).await {
                Ok(found) => {
                    for (partition, offset) in found {
                        self.positions
                            .insert(partition, Position::At(Place::at(offset)));
                    }
                }
                Err(error) => self.pause(error, deadline).await?,
            }
        }
        Ok(())
    }

    async fn find_committed(&mut self, deadline: Instant) -> Result<(), ClientError> {
        let wanted: Vec<_> = self
            .positions
            .iter()
            .filter(|(_, position)| **position == Position::Committed)
            .map(|(partition, _)| partition.clone())
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let found = match &mut self.group {
            Some(group) => match group.committed(&wanted).await {
                Ok(found) => found,
                Err(error) => return self.pause(error, deadline).await,
            },
            None => BTreeMap::new(),
        };
        for partition in wanted {
            let position = match found.get(&partition) {
                Some(place) => Position::At(*place),
                None => self.reset_position(),
            };
            if position == Position::Committed {
                return Err(ClientError::NoOffset(partition.to_string().into()));
            }
            self.positions.insert(partition, position);
        }
        Ok(())
    }

    /// After an error that may pass: a moment, and newer metadata.
    async fn pause(&mut self, error: ClientError, deadline: Instant) -> Result<(), ClientError> {
        if !error.is_retriable() && !matches!(error, ClientError::Timeout(_)) {
            return Err(error);
        }
        self.metadata_due = Some(Instant::now());
        let backoff = self.cluster.config().retry_backoff;
        sleep(backoff.min(deadline.saturating_duration_since(Instant::now()))).await;
        Ok(())
    }
}

/// The topics a subscription stands for now.
fn topics_of(
    subscription: &Subscription,
    metadata: &ClusterMetadata,
    config: &ConsumerConfig,
) -> BTreeMap<Arc<str>, usize> {
    let partitions = |name: &Arc<str>| {
        metadata
            .topics
            .get(name)
            .map_or(0, |topic| topic.partitions.len())
    };
    match subscription {
        Subscription::Topics(topics) => topics
            .iter()
            .map(|name| (Arc::clone(name), partitions(name)))
            .collect(),
        Subscription::Matching(accepts) => metadata
            .topics
            .iter()
            .filter(|(name, topic)| {
                accepts(name) && !(topic.is_internal && config.exclude_internal)
            })
            .map(|(name, topic)| (Arc::clone(name), topic.partitions.len()))
            .collect(),
    }
}
