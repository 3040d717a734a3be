//! Connections to the brokers of one cluster, made as they are needed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use ottla_protocol::{
    ApiKey,
    messages::{MetadataRequest, MetadataResponse, metadata_request::MetadataRequestTopic},
};
use ottla_types::ErrorCode;
use tokio::{
    sync::Mutex as AsyncMutex,
    time::{Instant, sleep},
};

use crate::{ClientConfig, ClientError, ClusterMetadata, Connection, clock};

const METADATA_LOGGER: &str = "org.apache.kafka.clients.Metadata";
const NETWORK_LOGGER: &str = "org.apache.kafka.clients.NetworkClient";

/// Connections and metadata, shared by everything that talks to one cluster.
#[derive(Debug)]
pub struct Cluster {
    config: ClientConfig,
    /// By node id; bootstrap addresses have the ids -1, -2 and so on, as in Apache's clients.
    connections: AsyncMutex<BTreeMap<i32, Arc<Connection>>>,
    metadata: Mutex<Arc<ClusterMetadata>>,
}

/// Which topics a metadata request is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Topics<'a> {
    All,
    Named(&'a [Arc<str>]),
}

impl Cluster {
    /// Nothing is connected yet.
    #[must_use]
    pub fn new(config: ClientConfig) -> Self {
        Self {
            config,
            connections: AsyncMutex::new(BTreeMap::new()),
            metadata: Mutex::new(Arc::default()),
        }
    }

    /// The configuration.
    #[must_use]
    pub const fn config(&self) -> &ClientConfig {
        &self.config
    }

    /// What the last metadata answer told.
    pub fn metadata(&self) -> Arc<ClusterMetadata> {
        Arc::clone(&self.metadata.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A connection to any node. Tries each known node in turn until `deadline`; `call` names what
    /// it is for.
    ///
    /// # Errors
    /// [`ClientError::Timeout`] when nobody answers by then.
    pub async fn any(&self, deadline: Instant, call: &str) -> Result<Arc<Connection>, ClientError> {
        let mut backoff = self.config.reconnect_backoff;
        loop {
            for node in self.candidates() {
                match self.connect_by(node, deadline).await {
                    Ok(connection) => return Ok(connection),
                    Err(error @ (ClientError::Api { .. } | ClientError::Decode(_))) => {
                        return Err(error);
                    }
                    Err(_) => {}
                }
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let text = format!("Timed out waiting for a node assignment. Call: {call}");
                return Err(ClientError::Timeout(text.into()));
            }
            sleep(backoff.min(left)).await;
            backoff = (backoff * 2).min(self.config.reconnect_backoff_max);
        }
    }

    async fn connect_by(
        &self,
        node: i32,
        deadline: Instant,
    ) -> Result<Arc<Connection>, ClientError> {
        let left = deadline.saturating_duration_since(Instant::now());
        match tokio::time::timeout(left.max(Duration::from_millis(1)), self.node(node)).await {
            Ok(result) => result,
            Err(_) => Err(ClientError::Disconnected),
        }
    }

    /// A connection to the node `id`, the one that is open or a new one.
    ///
    /// # Errors
    /// [`ClientError::Disconnected`] when it cannot be reached, or is not known.
    pub async fn node(&self, id: i32) -> Result<Arc<Connection>, ClientError> {
        let mut connections = self.connections.lock().await;
        if let Some(connection) = connections.get(&id)
            && connection.is_open()
        {
            return Ok(Arc::clone(connection));
        }
        let (host, port) = self.address(id).ok_or(ClientError::Disconnected)?;
        match Connection::open(&host, port, &self.config).await {
            Ok(connection) => {
                let connection = Arc::new(connection);
                connections.insert(id, Arc::clone(&connection));
                Ok(connection)
            }
            Err(error) => {
                connections.remove(&id);
                self.report_unreachable(id, &host, port);
                Err(error)
            }
        }
    }

    /// One metadata answer, which is kept.
    pub(crate) async fn refresh(
        &self,
        topics: Topics<'_>,
        auto_create: bool,
        deadline: Instant,
    ) -> Result<Arc<ClusterMetadata>, ClientError> {
        let connection = self.any(deadline, "fetchMetadata").await?;
        self.refresh_from(&connection, topics, auto_create).await
    }

    pub(crate) async fn refresh_from(
        &self,
        connection: &Connection,
        topics: Topics<'_>,
        auto_create: bool,
    ) -> Result<Arc<ClusterMetadata>, ClientError> {
        let version = connection.version_of(ApiKey::METADATA)?;
        let request = MetadataRequest {
            topics: match topics {
                // The first version says "all" with an empty list.
                Topics::All if version == 0 => Some(Vec::new()),
                Topics::All => None,
                Topics::Named(names) => Some(names.iter().map(|name| named(name)).collect()),
            },
            allow_auto_topic_creation: auto_create || version < 4,
            ..MetadataRequest::default()
        };
        let reply = connection.call_at(version, &request).await?;
        let response = reply.decode(MetadataResponse::decode)?;
        ClientError::check(response.error_code, None)?;
        self.report_topics(&response, connection);
        let metadata = Arc::new(ClusterMetadata::of(&response));
        *self.metadata.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&metadata);
        Ok(metadata)
    }

    /// Known brokers from a random one on, else the bootstrap addresses.
    fn candidates(&self) -> Vec<i32> {
        let mut nodes: Vec<i32> = self.metadata().brokers.keys().copied().collect();
        let start = clock::random_below(nodes.len().max(1));
        nodes.rotate_left(start);
        let bootstrap = (1..)
            .map(|index: i32| -index)
            .take(self.config.bootstrap.len());
        nodes.extend(bootstrap);
        nodes
    }

    fn address(&self, id: i32) -> Option<(String, u16)> {
        if id >= 0 {
            let metadata = self.metadata();
            let node = metadata.brokers.get(&id)?;
            return Some((node.host.clone(), u16::try_from(node.port).ok()?));
        }
        let index = usize::try_from(id.checked_add(1)?.checked_neg()?).ok()?;
        self.config.bootstrap.get(index).cloned()
    }

    fn report_unreachable(&self, id: i32, host: &str, port: u16) {
        let name = if host.parse::<std::net::IpAddr>().is_ok() {
            String::new()
        } else {
            host.to_owned()
        };
        let address = if name.is_empty() { host } else { "127.0.0.1" };
        self.config.warn(
            NETWORK_LOGGER,
            format_args!(
                "Connection to node {id} ({name}/{address}:{port}) could not be established. Node may not be available."
            ),
        );
        // The admin client has no word for it.
        if id < 0 && !self.config.role.starts_with("AdminClient") {
            self.config.warn(
                NETWORK_LOGGER,
                format_args!("Bootstrap broker {host}:{port} (id: {id} rack: null isFenced: false) disconnected"),
            );
        }
    }

    fn report_topics(&self, response: &MetadataResponse<'_>, connection: &Connection) {
        let faults: Vec<_> = response
            .topics
            .iter()
            .filter(|topic| !topic.error_code.is_none())
            .map(|topic| {
                let name = topic.name.as_deref().unwrap_or_default();
                format!("{name}={}", topic.error_code.name())
            })
            .collect();
        if !faults.is_empty() {
            let correlation = connection.last_correlation();
            self.config.warn(
                NETWORK_LOGGER,
                format_args!(
                    "The metadata response from the cluster reported a recoverable issue with correlation id {correlation} : {{{}}}",
                    faults.join(", ")
                ),
            );
        }
        let invalid: Vec<_> = response
            .topics
            .iter()
            .filter(|topic| topic.error_code == ErrorCode::INVALID_TOPIC_EXCEPTION)
            .filter_map(|topic| topic.name.as_deref())
            .collect();
        if !invalid.is_empty() {
            self.config.error(
                METADATA_LOGGER,
                format_args!(
                    "Metadata response reported invalid topics [{}]",
                    invalid.join(", ")
                ),
            );
        }
    }
}

fn named(name: &str) -> MetadataRequestTopic<'_> {
    MetadataRequestTopic {
        name: Some(name.into()),
        ..MetadataRequestTopic::default()
    }
}

/// Whether a code means that the coordinator has to be looked up again.
pub(crate) const fn is_coordinator_lost(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NOT_COORDINATOR | ErrorCode::COORDINATOR_NOT_AVAILABLE
    )
}
