//! Administration: topics, configurations, offsets.

mod configs;
mod offsets;
mod topics;

use std::sync::Arc;

use ottla_protocol::{
    ApiKey,
    messages::{DescribeClusterRequest, DescribeClusterResponse},
};
use tokio::time::{Instant, sleep};

use crate::{ClientConfig, ClientError, Cluster, Connection};

pub use configs::{AlterConfig, AlterConfigKind, ConfigEntry, ConfigResource};
pub use offsets::OffsetSpec;
pub use topics::{
    DescribedPartition, DescribedTopic, NewPartitions, NewTopic, Reassignment, TopicListing,
    TopicResult,
};

/// Asks a cluster about itself, and changes it.
#[derive(Clone, Debug)]
pub struct Admin {
    cluster: Arc<Cluster>,
}

/// A broker as the cluster knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerNode {
    /// Its id.
    pub id: i32,
    /// Host of the listener that the question came in by.
    pub host: String,
    /// Port of that listener.
    pub port: i32,
    /// Its rack.
    pub rack: Option<String>,
    /// Whether the controller has fenced it.
    pub is_fenced: bool,
}

impl Admin {
    /// Nothing is connected yet.
    #[must_use]
    pub fn new(config: ClientConfig) -> Self {
        Self {
            cluster: Arc::new(Cluster::new(config)),
        }
    }

    /// The connections this client uses.
    #[must_use]
    pub const fn cluster(&self) -> &Arc<Cluster> {
        &self.cluster
    }

    /// The brokers that take requests, by id.
    ///
    /// # Errors
    /// As every call: the broker's refusal, or no answer in time.
    pub async fn brokers(&self) -> Result<Vec<BrokerNode>, ClientError> {
        self.retry("listNodes", async |connection| {
            if connection.version_of(ApiKey::DESCRIBE_CLUSTER).is_err() {
                return Err(ClientError::UnsupportedApi(ApiKey::DESCRIBE_CLUSTER));
            }
            let request = DescribeClusterRequest::default();
            let reply = connection.call(&request).await?;
            let response = reply.decode(DescribeClusterResponse::decode)?;
            ClientError::check(response.error_code, response.error_message.as_deref())?;
            let mut brokers: Vec<_> = response
                .brokers
                .iter()
                .map(|broker| BrokerNode {
                    id: broker.broker_id,
                    host: broker.host.clone().into_owned(),
                    port: broker.port,
                    rack: broker.rack.as_deref().map(str::to_owned),
                    is_fenced: broker.is_fenced,
                })
                .collect();
            brokers.sort_by_key(|broker| broker.id);
            Ok(brokers)
        })
        .await
    }

    /// Runs `attempt` on a connection to any broker until it succeeds, fails for good, or the API
    /// timeout has passed.
    pub(crate) async fn retry<T>(
        &self,
        call: &str,
        attempt: impl AsyncFn(&Connection) -> Result<T, ClientError>,
    ) -> Result<T, ClientError> {
        let config = self.cluster.config();
        let deadline = Instant::now() + config.api_timeout;
        loop {
            let connection = self.cluster.any(deadline, call).await?;
            match attempt(&connection).await {
                Err(error) if error.is_retriable() && Instant::now() < deadline => {
                    sleep(config.retry_backoff).await;
                }
                result => return result,
            }
        }
    }
}
