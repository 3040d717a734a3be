//! The node: what all handlers share.
//!
//! Responsible for finding partitions and coordinators, for the published metadata image and for
//! handing requests to their APIs. Not responsible for sockets, threads, clocks or entropy.
//!
//! N3  an image is published only after the logs of the partitions it adds exist
//! N4  every map that clients choose the keys of is bounded or seeded

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI32, AtomicI64, Ordering},
    },
};

use arc_swap::ArcSwap;
use ottla_config::{BrokerConfig, ConfigMap, Described};
use ottla_metadata::{Broker, Image, LevelRange, NewTopic, supported_features};
use ottla_records::OutputLimit;
use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, RequestToken, Saturate, TopicId};
use parking_lot::Mutex;

use crate::{
    apply::Unmade, assignments::Assignments, call::Call, cleaning::Cleaning,
    coordinators::Coordinators, directories::Directories, fetch_session::FetchSessions,
    metadata_thread::MetadataReply, moves::Moves, output::Output, partition::Partition,
    partitions::Partitions, producer_ids::ProducerIds, random::Random, topics::OFFSETS_TOPIC,
};

/// Why a partition cannot be served, and where to turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) error_code: ErrorCode,
    /// Leader and its epoch, where another broker leads.
    pub(crate) leader: Option<(i32, i32)>,
}

/// The brain of one process. Synchronous, thread-safe; time is an argument.
#[derive(Debug)]
pub struct Node {
    node_id: BrokerId,
    cluster_id: String,
    static_config: BrokerConfig,
    config: ArcSwap<BrokerConfig>,
    output_limit: OutputLimit,
    features: BTreeMap<String, LevelRange>,
    image: ArcSwap<Image>,
    partitions: ArcSwap<Partitions>,
    directories: Directories,
    fetch_sessions: FetchSessions,
    producer_ids: ProducerIds,
    assignments: Assignments,
    moves: Moves,
    unmade: Unmade,
    coordinators: Coordinators,
    cleaning: Cleaning,
    answers: Mutex<BTreeMap<RequestToken, Option<MetadataReply>>>,
    creating: Mutex<BTreeSet<String>>,
    random: Random,
    broker_epoch: AtomicI64,
    active_controller: AtomicI32,
}

impl Node {
    /// A node that hosts nothing yet; [`Self::publish`] brings the partitions.
    #[must_use]
    pub fn new(
        cluster_id: String,
        config: BrokerConfig,
        directories: Directories,
        seed: u64,
    ) -> Self {
        let slots: usize = config.network.fetch_session_slots.saturate();
        directories.cordon(&config.logs.cordoned_dirs);
        Self {
            node_id: config.identity.node_id,
            cluster_id,
            output_limit: OutputLimit(config.logs.decompressed_max_bytes.saturate()),
            features: supported_features(),
            image: ArcSwap::from_pointee(Image::default()),
            partitions: ArcSwap::from_pointee(Partitions::new(seed)),
            directories,
            fetch_sessions: FetchSessions::new(slots),
            producer_ids: ProducerIds::default(),
            assignments: Assignments::default(),
            moves: Moves::default(),
            unmade: Unmade::default(),
            coordinators: Coordinators::new(&config, seed),
            cleaning: Cleaning::default(),
            answers: Mutex::new(BTreeMap::new()),
            creating: Mutex::new(BTreeSet::new()),
            random: Random::new(seed),
            broker_epoch: AtomicI64::new(-1),
            active_controller: AtomicI32::new(-1),
            config: ArcSwap::from_pointee(config.clone()),
            static_config: config,
        }
    }

    /// Id of this node.
    #[must_use]
    pub const fn node_id(&self) -> BrokerId {
        self.node_id
    }

    /// Id of the cluster.
    #[must_use]
    pub fn cluster_id(&self) -> &str {
        &self.cluster_id
    }

    /// What the cluster looks like.
    #[must_use]
    pub fn image(&self) -> Arc<Image> {
        self.image.load_full()
    }

    pub(crate) const fn image_cell(&self) -> &ArcSwap<Image> {
        &self.image
    }

    pub(crate) const fn partitions_cell(&self) -> &ArcSwap<Partitions> {
        &self.partitions
    }

    /// The configuration in force: the file's, with the cluster's dynamic values over it.
    #[must_use]
    pub fn config(&self) -> Arc<BrokerConfig> {
        self.config.load_full()
    }

    pub(crate) const fn static_config(&self) -> &BrokerConfig {
        &self.static_config
    }

    pub(crate) fn set_config(&self, config: BrokerConfig) {
        self.directories.cordon(&config.logs.cordoned_dirs);
        self.config.store(Arc::new(config));
    }

    /// The log directories.
    #[must_use]
    pub const fn directories(&self) -> &Directories {
        &self.directories
    }

    pub(crate) const fn coordinators(&self) -> &Coordinators {
        &self.coordinators
    }

    pub(crate) const fn cleaning(&self) -> &Cleaning {
        &self.cleaning
    }

    pub(crate) const fn output_limit(&self) -> OutputLimit {
        self.output_limit
    }

    pub(crate) const fn supported_features(&self) -> &BTreeMap<String, LevelRange> {
        &self.features
    }

    pub(crate) const fn fetch_sessions(&self) -> &FetchSessions {
        &self.fetch_sessions
    }

    pub(crate) const fn unmade(&self) -> &Unmade {
        &self.unmade
    }

    pub(crate) const fn moves(&self) -> &Moves {
        &self.moves
    }

    pub(crate) const fn assignments(&self) -> &Assignments {
        &self.assignments
    }

    pub(crate) const fn producer_ids(&self) -> &ProducerIds {
        &self.producer_ids
    }

    /// Epoch of this broker's registration, -1 before it.
    #[must_use]
    pub fn broker_epoch(&self) -> BrokerEpoch {
        BrokerEpoch(self.broker_epoch.load(Ordering::Acquire))
    }

    /// Notes the epoch of this broker's registration.
    pub fn set_broker_epoch(&self, epoch: BrokerEpoch) {
        self.broker_epoch.store(epoch.0, Ordering::Release);
    }

    /// The controller that leads the metadata quorum, -1 for none known.
    #[must_use]
    pub fn active_controller(&self) -> BrokerId {
        BrokerId(self.active_controller.load(Ordering::Acquire))
    }

    /// Notes who leads the metadata quorum.
    pub fn set_active_controller(&self, id: BrokerId) {
        self.active_controller.store(id.0, Ordering::Release);
    }

    pub(crate) fn random_positive(&self) -> i32 {
        self.random.positive()
    }

    /// An unfenced broker to name as controller: brokers forward what only the controller can do.
    pub(crate) fn any_active_broker(&self, image: &Image) -> BrokerId {
        let active: Vec<BrokerId> = image
            .cluster()
            .brokers()
            .filter(|broker| !broker.fenced)
            .map(|broker| broker.id)
            .collect();
        let pick: usize = self.random_positive().saturate();
        pick.checked_rem(active.len())
            .and_then(|index| active.get(index).copied())
            .unwrap_or(BrokerId::NONE)
    }

    /// Whether a listener is bound to every address and nobody advertised another one for it.
    pub(crate) fn advertises_local_address(&self, listener: &str) -> bool {
        let listeners = &self.static_config.listeners;
        !listeners.advertised_given
            && listeners
                .listeners
                .iter()
                .find(|endpoint| endpoint.listener == listener)
                .is_some_and(|endpoint| {
                    matches!(endpoint.host.as_deref(), None | Some("" | "0.0.0.0" | "::"))
                })
    }

    /// The offsets topic as it is to be made.
    pub(crate) fn offsets_topic(&self) -> NewTopic {
        let offsets = &self.static_config.offsets;
        let config = |key: &str, value: String| (key.to_owned(), Some(value));
        NewTopic {
            name: OFFSETS_TOPIC.to_owned(),
            num_partitions: offsets.topic_num_partitions,
            replication_factor: offsets.topic_replication_factor,
            assignments: Vec::new(),
            configs: vec![
                config("cleanup.policy", "compact".to_owned()),
                config("segment.bytes", offsets.topic_segment_bytes.to_string()),
                config("compression.type", "producer".to_owned()),
            ],
        }
    }

    /// Notes that a topic is being made; whether that is news.
    pub(crate) fn note_creation(&self, name: &str) -> bool {
        let mut creating = self.creating.lock();
        creating.len() < MAX_CREATING && creating.insert(name.to_owned())
    }

    /// Takes up what the controller decided on a request: keeps the reply for whoever waits.
    pub fn controller_replied(
        &self,
        token: Option<RequestToken>,
        reply: MetadataReply,
        out: &mut Vec<Output>,
    ) {
        if let MetadataReply::CreateTopics(outcomes) = &reply {
            let mut creating = self.creating.lock();
            for outcome in outcomes {
                creating.remove(&outcome.name);
            }
        }
        if let MetadataReply::AssignedReplicas(outcome) = &reply {
            let outcomes = outcome.as_deref().ok();
            if self.assignments.answered(outcomes) {
                self.send_assignments(out);
            }
        }
        // Whoever asked may be gone.
        if let Some(token) = token
            && let Some(place) = self.answers.lock().get_mut(&token)
        {
            *place = Some(reply);
            out.push(Output::Wake(token));
        }
    }

    /// Makes a place for the controller's reply to a request.
    pub(crate) fn await_controller(&self, token: RequestToken) {
        self.answers.lock().insert(token, None);
    }

    /// Nobody waits for the controller's reply any more.
    pub(crate) fn forget_controller_reply(&self, token: RequestToken) {
        self.answers.lock().remove(&token);
    }

    pub(crate) fn take_controller_reply(&self, token: RequestToken) -> Option<MetadataReply> {
        let mut answers = self.answers.lock();
        let reply = answers.get_mut(&token)?.take()?;
        answers.remove(&token);
        Some(reply)
    }

    /// A topic's configuration as DescribeConfigs and CreateTopics answer it.
    pub(crate) fn describe_topic(&self, overrides: &ConfigMap) -> Vec<Described> {
        ottla_config::describe_topic(&self.config.load(), overrides, None)
    }

    pub(crate) fn partition_by_id(
        &self,
        id: TopicId,
        index: i32,
    ) -> Result<Arc<Partition>, Missing> {
        if let Some(partition) = self.partitions.load().by_id(id, index) {
            return Ok(Arc::clone(partition));
        }
        let image = self.image.load();
        let topic = image.topics().by_id(id);
        Err(self.missing(
            topic.map(|topic| &**topic),
            index,
            ErrorCode::UNKNOWN_TOPIC_ID,
        ))
    }

    pub(crate) fn partition_by_name(
        &self,
        name: &str,
        index: i32,
    ) -> Result<Arc<Partition>, Missing> {
        if let Some(partition) = self.partitions.load().by_name(name, index) {
            return Ok(Arc::clone(partition));
        }
        let image = self.image.load();
        let topic = image.topics().by_name(name);
        let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
        Err(self.missing(topic.map(|topic| &**topic), index, unknown))
    }

    fn missing(
        &self,
        topic: Option<&ottla_metadata::Topic>,
        index: i32,
        unknown: ErrorCode,
    ) -> Missing {
        let Some(topic) = topic else {
            return Missing {
                error_code: unknown,
                leader: None,
            };
        };
        let Some(partition) = topic.partition(ottla_types::PartitionIndex(index)) else {
            let error_code = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
            return Missing {
                error_code,
                leader: None,
            };
        };
        let leader = partition.leader.filter(|leader| *leader != self.node_id);
        // A partition of ours that has no log has lost its directory.
        let is_lost = partition
            .directory_of(self.node_id)
            .is_some_and(|directory| !self.directories.may_hold(directory));
        let error_code = if is_lost || partition.leader == Some(self.node_id) {
            ErrorCode::KAFKA_STORAGE_ERROR
        } else {
            ErrorCode::NOT_LEADER_OR_FOLLOWER
        };
        let leader = leader.map(|leader| (leader.0, partition.leader_epoch.0));
        Missing { error_code, leader }
    }

    /// Every hosted partition.
    #[must_use]
    pub fn all_partitions(&self) -> Vec<Arc<Partition>> {
        self.partitions.load().iter().cloned().collect()
    }
}

/// Most topics that clients may have under creation at a time.
const MAX_CREATING: usize = 10_000;

/// Host, port and rack of brokers as responses name new leaders.
pub(crate) type NodeEndpointFacts = (i32, String, i32, Option<String>);

impl Call<'_> {
    /// Where the brokers of these ids are reached on this listener.
    pub(crate) fn endpoints_of(&self, ids: &[i32]) -> Vec<NodeEndpointFacts> {
        let image = self.node.image();
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids.iter()
            .filter_map(|id| image.cluster().broker(BrokerId(*id)))
            .filter_map(|broker: &Broker| {
                let (host, port) = self.advertised(&image, broker)?;
                Some((broker.id.0, host, port, broker.rack.clone()))
            })
            .collect()
    }
}
