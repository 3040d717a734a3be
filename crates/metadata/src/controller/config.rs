//! What the controller must know of its node.

use std::time::Duration;

use ottla_config::BrokerConfig;
use ottla_types::BrokerId;

use crate::Bootstrap;

/// What the controller must know of its node and cluster.
#[derive(Clone, Debug)]
pub struct ControllerConfig {
    /// Id of the cluster.
    pub cluster_id: String,
    /// The node's own configuration.
    pub broker: BrokerConfig,
    /// The first records of an empty log.
    pub bootstrap: Bootstrap,
}

impl ControllerConfig {
    /// The node's id.
    #[must_use]
    pub fn node_id(&self) -> BrokerId {
        self.broker.identity.node_id
    }

    /// How long a broker may be silent.
    #[must_use]
    pub fn session_timeout(&self) -> Duration {
        millis(i64::from(self.broker.identity.session_timeout_ms))
    }

    /// How often the log must grow, if at all.
    pub(super) fn max_idle_interval(&self) -> Option<Duration> {
        let interval = i64::from(self.broker.metadata_log.max_idle_interval_ms);
        (interval > 0).then(|| millis(interval))
    }

    /// How often leaders are brought back to preferred replicas, if at all.
    pub(super) fn balance_interval(&self) -> Option<Duration> {
        let is_on = self.broker.text("auto.leader.rebalance.enable")? == "true";
        let seconds = self
            .broker
            .text("leader.imbalance.check.interval.seconds")?;
        let seconds: u64 = seconds.parse().ok()?;
        is_on.then(|| Duration::from_secs(seconds.max(1)))
    }

    /// How often unclean elections are tried for partitions that nobody leads.
    pub(super) fn unclean_check_interval(&self) -> Duration {
        let text = self.broker.text("unclean.leader.election.interval.ms");
        let configured = text.and_then(|text| text.parse().ok());
        millis(configured.unwrap_or(300_000))
    }
}

fn millis(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}
