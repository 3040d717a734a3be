//! Starting and stopping.

use std::{
    cell::Cell,
    collections::{BTreeMap, VecDeque},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use ottla_config::{BrokerConfig, ConfigError, Sources};
use ottla_metadata::{Endpoint, RegisterBroker, RegisterController, supported_features};
use ottla_node::{
    ConnectionFacts, Directories, DirectoryError, FormatError, MetadataLogError, Node, Quorum,
    QuorumStart, open_storage,
};
use ottla_storage::{directory::DirectoryError as StorageError, fs::FileSystem};
use ottla_types::{BrokerEpoch, Mono, Now, Uuid, WallMs};

use super::{Hold, TestNode};

/// Why a node did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant is the error it holds")]
pub enum StartError {
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error(transparent)]
    Metadata(#[from] MetadataLogError),
    #[error("the broker was not unfenced in time")]
    Fenced,
}

/// When the clocks of a test start: wall time in milliseconds.
const START_MS: i64 = 1_700_000_000_000;
/// Longest a broker may need to be unfenced.
const START_LIMIT: Duration = Duration::from_secs(60);

/// A configuration for one node, with `overrides` over what suits tests: few partitions of the
/// offsets topic, and no records by the clock.
///
/// # Panics
/// When a value is refused: the test has failed.
#[must_use]
pub fn config(overrides: &[(&str, &str)]) -> BrokerConfig {
    let defaults = [
        ("offsets.topic.num.partitions", "2"),
        ("group.initial.rebalance.delay.ms", "0"),
        ("metadata.max.idle.interval.ms", "0"),
    ];
    let sources = Sources {
        overrides: defaults
            .iter()
            .chain(overrides)
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        default_log_dir: "/data".to_owned(),
        ..Sources::default()
    };
    let loaded: Result<_, ConfigError> = sources.load();
    loaded.expect("a good configuration").config
}

impl TestNode {
    /// Starts a node, which formats an empty disk, and lets time pass until it serves.
    ///
    /// # Errors
    /// As a real start.
    pub fn start(fs: Arc<dyn FileSystem>, config: BrokerConfig) -> Result<Self, StartError> {
        let now = Now {
            mono: Mono(0),
            wall: WallMs(START_MS),
        };
        Self::start_at(fs, config, now)
    }

    /// As [`Self::start`], at another time.
    ///
    /// # Errors
    /// As a real start.
    pub fn start_at(
        fs: Arc<dyn FileSystem>,
        config: BrokerConfig,
        now: Now,
    ) -> Result<Self, StartError> {
        let mut node = Self::open(fs, config, now)?;
        node.become_unfenced()?;
        Ok(node)
    }

    /// As [`Self::start`], with some orders held back from the beginning.
    ///
    /// # Errors
    /// As a real start.
    pub fn start_holding(
        fs: Arc<dyn FileSystem>,
        config: BrokerConfig,
        kinds: &[Hold],
    ) -> Result<Self, StartError> {
        let now = Now {
            mono: Mono(0),
            wall: WallMs(START_MS),
        };
        let mut node = Self::open(fs, config, now)?;
        kinds.iter().for_each(|kind| node.hold(*kind));
        node.become_unfenced()?;
        Ok(node)
    }

    fn open(fs: Arc<dyn FileSystem>, config: BrokerConfig, now: Now) -> Result<Self, StartError> {
        let start = start_number();
        let opened = open_storage(&fs, &config, Some(CLUSTER), now.wall, start)?;
        let expiration = config.transactions.producer_id_expiration_ms.into();
        let directories = Directories::new(
            Arc::clone(&fs),
            opened.directories,
            opened.unusable.into_iter().map(|(path, _)| path).collect(),
            expiration,
            start,
        )?;
        let mut seed = [9; 32];
        let (front, _) = seed.split_at_mut(8);
        front.copy_from_slice(&start.to_be_bytes());
        let mut incarnation = [5; 16];
        let (front, _) = incarnation.split_at_mut(8);
        front.copy_from_slice(&start.to_be_bytes());
        let incarnation_id = Uuid(incarnation);
        let quorum = Quorum::open(
            QuorumStart {
                fs,
                directory: Path::new(&config.metadata_log.dir).to_owned(),
                directory_id: opened.metadata_id,
                cluster_id: CLUSTER.to_owned(),
                bootstrap: opened.bootstrap,
                broker: Some(broker_registration(&config, &directories, incarnation_id)),
                controller: RegisterController {
                    controller: config.identity.node_id,
                    incarnation_id,
                    listeners: vec![endpoint("CONTROLLER", 9093)],
                    features: supported_features(),
                },
                config: config.clone(),
                seed,
            },
            now,
        )?;
        Ok(Self {
            node: Arc::new(Node::new(CLUSTER.to_owned(), config, directories, start)),
            quorum,
            now,
            connection: ConnectionFacts {
                listener: "PLAINTEXT".into(),
                is_controller: false,
                local: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9092),
                peer: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 50_000),
            },
            orders: VecDeque::new(),
            held: BTreeMap::new(),
            parked: BTreeMap::new(),
            answers: BTreeMap::new(),
            next_token: 1,
            tick: None,
            metadata_fault: None,
            fatal: None,
            client_id: "test".to_owned(),
        })
    }

    fn become_unfenced(&mut self) -> Result<(), StartError> {
        let limit = self.now.mono + START_LIMIT;
        loop {
            self.turn_quorum();
            self.settle();
            if let Some(fault) = self.metadata_fault.take() {
                return Err(fault.into());
            }
            if self.quorum.is_running() {
                self.node
                    .directories()
                    .set_strays_aside(&self.node.image(), self.node.node_id())?;
                return Ok(());
            }
            let due = self.quorum.next_deadline().unwrap_or(limit);
            if due >= limit {
                return Err(StartError::Fenced);
            }
            self.set_mono(due);
        }
    }

    /// Stops in good order.
    ///
    /// # Errors
    /// As a real stop: the next start recovers then.
    pub fn stop(mut self) -> Result<(), DirectoryError> {
        self.quorum.shut_down();
        for _ in 0..100 {
            self.turn_quorum();
            self.settle();
            if self.quorum.has_left() || self.metadata_fault.is_some() {
                break;
            }
            if let Some(due) = self.quorum.next_deadline() {
                self.set_mono(due);
            }
        }
        self.node.close()
    }
}

/// Id of the cluster that test nodes found.
const CLUSTER: &str = "4L6g3nShT-eMCtK--X86sw";

/// A number that no start of this test had before, and that is the same whenever the test runs:
/// each test has a thread.
fn start_number() -> u64 {
    STARTS.set(STARTS.get() + 1);
    STARTS.get()
}

/// Counts the starts of this thread from `number` on, so that what follows is the same whenever it
/// is repeated.
pub(crate) fn number_starts_from(number: u64) {
    STARTS.set(number);
}

thread_local! {
    static STARTS: Cell<u64> = const { Cell::new(0) };
}

fn endpoint(name: &str, port: u16) -> Endpoint {
    Endpoint {
        name: name.to_owned(),
        host: "localhost".to_owned(),
        port,
        security_protocol: 0,
    }
}

fn broker_registration(
    config: &BrokerConfig,
    directories: &Directories,
    incarnation_id: Uuid,
) -> RegisterBroker {
    RegisterBroker {
        cluster_id: CLUSTER.to_owned(),
        broker: config.identity.node_id,
        incarnation_id,
        listeners: vec![endpoint("PLAINTEXT", 9092)],
        features: supported_features(),
        rack: None,
        log_dirs: directories
            .online()
            .map(|directory| directory.id())
            .collect(),
        previous_broker_epoch: directories.previous_epoch().unwrap_or(BrokerEpoch::NONE),
    }
}
