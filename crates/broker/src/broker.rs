//! Starting and stopping.

use std::{
    net::{SocketAddr, ToSocketAddrs as _},
    path::Path,
    sync::Arc,
    time::Duration,
};

use crossbeam_channel::{bounded, unbounded};
use ottla_config::{BrokerConfig, Endpoint};
use ottla_metadata::{
    Endpoint as AdvertisedEndpoint, MetadataVersion, RegisterBroker, RegisterController,
    supported_features,
};
use ottla_net::{BindOptions, ConnectionQuota, Limits, Listener, QuotaLimits, Server, Wakers};
use ottla_node::{
    Directories, Node, OpenedStorage, Quorum, QuorumStart, is_sole_voter, open_storage,
};
use ottla_storage::fs::{FileSystem, OsFileSystem};
use ottla_types::{BrokerEpoch, Saturate, Uuid};
use tokio::{runtime::Runtime, sync::watch, task::JoinSet};
use tracing::{error, info, warn};

use crate::{
    StartError, cleaner,
    clock::Clock,
    descriptors,
    dispatch::Dispatch,
    entropy,
    error::with_causes,
    housekeeping::{Housekeeper, Inbox},
    metadata::{MetadataMessage, MetadataThread},
    movers,
    queue::Queue,
    service::NodeService,
    threads::Threads,
    work::Workers,
};

/// What a node is started with.
#[derive(Debug)]
pub struct Options {
    /// Its configuration.
    pub config: BrokerConfig,
    /// The cluster to found or to belong to (`CLUSTER_ID`).
    pub cluster_id: Option<String>,
}

/// How long a broker waits for the controller to let it go.
const LEAVE: Duration = Duration::from_secs(5);
/// At least so many threads serve connections, so that one that waits for the disk delays only its own.
const THREADS_MIN: usize = 4;

/// A running node.
#[derive(Debug)]
pub struct Broker {
    node: Arc<Node>,
    clock: Clock,
    runtime: Runtime,
    servers: JoinSet<()>,
    stop: watch::Sender<bool>,
    addresses: Vec<(String, SocketAddr)>,
    dispatch: Dispatch,
    metadata: MetadataThread,
    workers: Workers,
    housekeeper: Housekeeper,
    cleaners: Threads,
    movers: Threads,
}

impl Broker {
    /// Starts a node and returns when it serves.
    ///
    /// # Errors
    /// When a directory, a listener or the metadata log cannot be used. Nothing runs then.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let Options { config, cluster_id } = options;
        check_supported(&config)?;
        let clock = Clock::start();
        descriptors::allow_all();
        let fs: Arc<dyn FileSystem> = Arc::new(OsFileSystem);
        fs.open_files().limit_to(descriptors::for_logs());
        let (now, seed) = (clock.now().wall, entropy::number()?);
        let opened = open_storage(&fs, &config, cluster_id.as_deref(), now, seed)?;
        let listeners = bind(&config)?;
        let addresses: Vec<(String, SocketAddr)> = listeners
            .iter()
            .map(|listener| (listener.name().to_owned(), listener.local_addr()))
            .collect();
        let (node, quorum) = open_node(&config, opened, fs, clock, &addresses)?;
        let (metadata, messages) = unbounded();
        let (deadlines, deadline_receiver) = unbounded();
        let (moves, wishes) = bounded(1);
        let (unshown, to_show) = unbounded();
        let dispatch = Dispatch {
            wakers: Wakers::new(),
            jobs: Queue::new(),
            metadata,
            deadlines,
            moves,
            unshown,
            failed: watch::channel(false).0,
        };
        let workers = Workers::start(&node, clock, &dispatch)?;
        let inbox = Inbox {
            deadlines: deadline_receiver,
            to_show,
        };
        let housekeeper = Housekeeper::start(&node, &config, clock, dispatch.clone(), inbox)?;
        let (started, has_started) = bounded(1);
        let metadata =
            MetadataThread::start(&node, quorum, clock, dispatch.clone(), messages, started)?;
        has_started
            .recv()
            .map_err(|_| StartError::MetadataStopped)?;
        for path in node
            .directories()
            .set_strays_aside(&node.image(), node.node_id())?
        {
            warn!(
                "{} belongs to no partition of this node and was set aside",
                path.display()
            );
        }
        let cleaners = cleaner::start(&node, clock, &dispatch)?;
        let movers = movers::start(&node, &config, clock, &dispatch, &wishes)?;
        let mut broker = Self {
            node,
            clock,
            runtime: runtime()?,
            servers: JoinSet::new(),
            stop: watch::channel(false).0,
            addresses,
            dispatch,
            metadata,
            workers,
            housekeeper,
            cleaners,
            movers,
        };
        broker.serve(&config, listeners);
        info!(
            "[KafkaRaftServer nodeId={}] Kafka Server started",
            config.identity.node_id.0
        );
        Ok(broker)
    }

    /// Names and addresses of the listeners.
    #[must_use]
    pub fn addresses(&self) -> &[(String, SocketAddr)] {
        &self.addresses
    }

    /// Id of the cluster.
    #[must_use]
    pub fn cluster_id(&self) -> &str {
        self.node.cluster_id()
    }

    /// Completes when the metadata log, or every log directory, has failed: the process has to end then, without a clean stop.
    pub fn failed(&self) -> impl Future<Output = ()> + use<> {
        let mut failed = self.dispatch.failed.subscribe();
        async move {
            // The sender lives as long as the broker.
            drop(failed.wait_for(|failed| *failed).await);
        }
    }

    /// The runtime that serves the connections.
    #[must_use]
    pub const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    fn serve(&mut self, config: &BrokerConfig, listeners: Vec<Listener>) {
        let service = NodeService {
            node: Arc::clone(&self.node),
            clock: self.clock,
            dispatch: self.dispatch.clone(),
            controller_listeners: config.listeners.controller_names.clone(),
        };
        let quota = ConnectionQuota::new(quota_limits(config));
        let wakers = self.dispatch.wakers.clone();
        let server = Server::new(Arc::new(service), wakers, limits(config), quota);
        for listener in listeners {
            let server = server.clone();
            let mut stop = self.stop.subscribe();
            let task = async move {
                let stopped = async move {
                    drop(stop.wait_for(|stop| *stop).await);
                };
                if let Err(fault) = server.serve(listener, stopped).await {
                    warn!("A listener has failed: {fault}");
                }
            };
            self.servers.spawn_on(task, self.runtime.handle());
        }
    }

    /// Stops the node in good order.
    ///
    /// # Errors
    /// When something could not be written; the next start then recovers.
    pub fn stop(mut self) -> Result<(), StartError> {
        drop(self.dispatch.metadata.send(MetadataMessage::ShutDown));
        self.stop.send_replace(true);
        let servers = std::mem::take(&mut self.servers);
        self.runtime.block_on(async move {
            drop(tokio::time::timeout(LEAVE, servers.join_all()).await);
        });
        self.metadata.join();
        self.movers.stop();
        self.cleaners.stop();
        self.housekeeper.stop();
        self.workers.stop(&self.dispatch);
        self.node.close()?;
        info!(
            "[KafkaRaftServer nodeId={}] shut down completed",
            self.node.node_id().0
        );
        Ok(())
    }
}

/// Puts a node and its part in the quorum together from what its directories hold.
fn open_node(
    config: &BrokerConfig,
    opened: OpenedStorage,
    fs: Arc<dyn FileSystem>,
    clock: Clock,
    addresses: &[(String, SocketAddr)],
) -> Result<(Arc<Node>, Quorum), StartError> {
    let OpenedStorage {
        identity,
        directories,
        unusable,
        bootstrap,
        metadata_id,
        is_new,
    } = opened;
    for (path, cause) in &unusable {
        let path = path.display();
        error!(
            "Failed to create or validate data directory {path}: {}",
            with_causes(cause)
        );
        warn!("Stopping serving logs in dir {path}");
    }
    if is_new {
        info!(
            "Formatting the log directories with metadata.version {}.",
            MetadataVersion::LATEST
        );
    }
    let directories = Directories::new(
        Arc::clone(&fs),
        directories,
        unusable.into_iter().map(|(path, _)| path).collect(),
        config.transactions.producer_id_expiration_ms.into(),
        entropy::number()?,
    )?;
    for (directory, cause) in directories.failed() {
        let path = directory.path().display();
        error!("Error while loading log dir {path}: {}", with_causes(cause));
        warn!("Stopping serving logs in dir {path}");
    }
    let incarnation = entropy::uuid()?;
    let mut quorum = Quorum::open(
        QuorumStart {
            fs,
            directory: Path::new(&config.metadata_log.dir).to_owned(),
            directory_id: metadata_id,
            cluster_id: identity.cluster_id.clone(),
            bootstrap,
            broker: Some(registration(
                config,
                &identity.cluster_id,
                &directories,
                incarnation,
                addresses,
            )),
            controller: controller_registration(config, incarnation, addresses),
            config: config.clone(),
            seed: entropy::seed()?,
        },
        clock.now(),
    )?;
    if let Some(cut) = quorum.take_cut() {
        warn!("{cut}");
    }
    let node = Arc::new(Node::new(
        identity.cluster_id,
        config.clone(),
        directories,
        entropy::number()?,
    ));
    Ok((node, quorum))
}

fn check_supported(config: &BrokerConfig) -> Result<(), StartError> {
    let roles = &config.identity.roles;
    if !roles.broker || !roles.controller {
        let message =
            "process.roles must be broker,controller: separate controllers do not work yet";
        return Err(StartError::Unsupported(message.to_owned()));
    }
    if config.quorum.voters.len() > 1 || !is_sole_voter(config) {
        let message = "a controller quorum of more than this node does not work yet";
        return Err(StartError::Unsupported(message.to_owned()));
    }
    let secured = config
        .listeners
        .listeners
        .iter()
        .find(|endpoint| endpoint.protocol.uses_tls() || endpoint.protocol.uses_sasl());
    match secured {
        Some(endpoint) => Err(StartError::Unsupported(format!(
            "listener {endpoint}: security protocol {} does not work yet",
            endpoint.protocol
        ))),
        None => Ok(()),
    }
}

fn runtime() -> Result<Runtime, StartError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.max(THREADS_MIN))
        .thread_name("connections")
        .enable_all()
        .build()
        .map_err(StartError::system("start the runtime"))
}

fn bind(config: &BrokerConfig) -> Result<Vec<Listener>, StartError> {
    let size = |bytes: i32| usize::try_from(bytes).ok();
    let options = BindOptions {
        backlog: config.network.listen_backlog.max(1).saturate(),
        send_buffer_bytes: size(config.network.send_buffer_bytes),
        receive_buffer_bytes: size(config.network.receive_buffer_bytes),
        ..BindOptions::default()
    };
    let mut listeners = Vec::new();
    for endpoint in &config.listeners.listeners {
        let address = resolve(endpoint)?;
        let listener = Listener::bind(&endpoint.listener, address, &options)
            .map_err(|source| StartError::Bind { address, source })?;
        listeners.push(listener);
    }
    Ok(listeners)
}

fn resolve(endpoint: &Endpoint) -> Result<SocketAddr, StartError> {
    let host = match endpoint.host.as_deref() {
        None | Some("") => "::",
        Some(host) => host,
    };
    let unknown = || StartError::UnknownHost {
        host: host.to_owned(),
        port: endpoint.port,
    };
    (host, endpoint.port)
        .to_socket_addrs()
        .map_err(|_| unknown())?
        .next()
        .ok_or_else(unknown)
}

/// The endpoints of some listeners as they are told to others.
fn advertised(
    endpoints: &[&Endpoint],
    addresses: &[(String, SocketAddr)],
) -> Vec<AdvertisedEndpoint> {
    endpoints
        .iter()
        .map(|endpoint| {
            let bound = addresses
                .iter()
                .find(|(name, _)| *name == endpoint.listener);
            let port = match (endpoint.port, bound) {
                (0, Some((_, address))) => address.port(),
                (port, _) => port,
            };
            AdvertisedEndpoint {
                name: endpoint.listener.clone(),
                host: match endpoint.host.as_deref() {
                    None | Some("") => hostname(),
                    Some(host) => host.to_owned(),
                },
                port,
                security_protocol: endpoint.protocol.id(),
            }
        })
        .collect()
}

/// What an address that is every interface is advertised as.
fn hostname() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .map(|name| name.trim().to_owned())
        .ok()
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "localhost".to_owned())
}

fn registration(
    config: &BrokerConfig,
    cluster_id: &str,
    directories: &Directories,
    incarnation_id: Uuid,
    addresses: &[(String, SocketAddr)],
) -> RegisterBroker {
    let listeners = &config.listeners;
    let own: Vec<&Endpoint> = listeners
        .advertised
        .iter()
        .filter(|endpoint| !listeners.is_controller(&endpoint.listener))
        .collect();
    RegisterBroker {
        cluster_id: cluster_id.to_owned(),
        broker: config.identity.node_id,
        incarnation_id,
        listeners: advertised(&own, addresses),
        features: supported_features(),
        rack: config.identity.rack.clone(),
        log_dirs: directories
            .online()
            .map(|directory| directory.id())
            .collect(),
        previous_broker_epoch: directories.previous_epoch().unwrap_or(BrokerEpoch::NONE),
    }
}

fn controller_registration(
    config: &BrokerConfig,
    incarnation_id: Uuid,
    addresses: &[(String, SocketAddr)],
) -> RegisterController {
    let listeners = &config.listeners;
    let own: Vec<&Endpoint> = listeners
        .advertised
        .iter()
        .chain(&listeners.listeners)
        .filter(|endpoint| listeners.is_controller(&endpoint.listener))
        .take(listeners.controller_names.len())
        .collect();
    RegisterController {
        controller: config.identity.node_id,
        incarnation_id,
        listeners: advertised(&own, addresses),
        features: supported_features(),
    }
}

fn limits(config: &BrokerConfig) -> Limits {
    let network = &config.network;
    let idle = match network.connections_max_idle_ms {
        ms if ms < 0 => Duration::MAX,
        ms => Duration::from_millis(ms.saturate()),
    };
    let mut limits = Limits {
        request_max_bytes: network.request_max_bytes.saturate(),
        max_idle: idle,
        ..Limits::default()
    };
    if let Ok(bytes) = usize::try_from(network.queued_max_request_bytes) {
        limits.receive_bytes = bytes;
    }
    limits
}

fn quota_limits(config: &BrokerConfig) -> QuotaLimits {
    let network = &config.network;
    let configured: usize = network.max_connections.saturate();
    QuotaLimits {
        connections: configured.min(descriptors::for_connections()),
        per_address: network.max_connections_per_ip.saturate(),
        overrides: network
            .max_connections_per_ip_overrides
            .iter()
            .filter_map(|(host, limit)| {
                let address = (host.as_str(), 0).to_socket_addrs().ok()?.next()?;
                Some((address.ip(), (*limit).saturate()))
            })
            .collect(),
    }
}
