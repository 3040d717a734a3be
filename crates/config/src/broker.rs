//! The configuration of a node.

use std::{fmt, sync::Arc};

use crate::{
    ConfigMap,
    error::ConfigError,
    key::Scope,
    listeners::Listeners,
    rules,
    sections::{
        Groups, Identity, Logs, MetadataLog, Network, Offsets, Quorum, Replication, Topics,
        Transactions,
    },
    table::{find, is_dynamic_only},
    validate::base_name,
    value::Value,
    values::Values,
};

/// The configuration of a node: typed values by area, every other key by name.
///
/// It never changes. Dynamic configuration gives another one, see [`BrokerConfig::with_dynamic`].
#[derive(Clone)]
#[non_exhaustive]
pub struct BrokerConfig {
    /// Who the node is.
    pub identity: Identity,
    /// Where it listens.
    pub listeners: Listeners,
    /// The controller quorum.
    pub quorum: Quorum,
    /// The metadata log.
    pub metadata_log: MetadataLog,
    /// Sockets and requests.
    pub network: Network,
    /// What holds for all topics.
    pub topics: Topics,
    /// Log directories and their housekeeping.
    pub logs: Logs,
    /// Followers and their leaders.
    pub replication: Replication,
    /// Committed offsets.
    pub offsets: Offsets,
    /// Group coordination.
    pub groups: Groups,
    /// Transactions and producer ids.
    pub transactions: Transactions,
    values: Arc<Values>,
    layers: Layers,
}

/// Where values come from, the strongest first.
#[derive(Clone)]
pub(crate) struct Layers {
    /// Dynamic configuration of this broker.
    pub(crate) own: Arc<ConfigMap>,
    /// Dynamic configuration of all brokers.
    pub(crate) shared: Arc<ConfigMap>,
    /// File, environment and command line, keys that no table knows included.
    pub(crate) fixed: Arc<ConfigMap>,
    fixed_values: Arc<Values>,
}

impl BrokerConfig {
    pub(crate) fn of(fixed: ConfigMap) -> Result<Self, ConfigError> {
        let values = Arc::new(Values::parse(&fixed)?);
        let layers = Layers {
            own: Arc::default(),
            shared: Arc::default(),
            fixed: Arc::new(fixed),
            fixed_values: Arc::clone(&values),
        };
        Self::assemble(values, layers)
    }

    /// This configuration under dynamic configuration: `shared` of all brokers, `own` of this one.
    /// Dynamic configuration that it already has goes.
    ///
    /// # Errors
    /// When a value does not fit its key, or the values do not fit each other.
    pub fn with_dynamic(&self, shared: &ConfigMap, own: &ConfigMap) -> Result<Self, ConfigError> {
        let mut values = (*self.layers.fixed_values).clone();
        for (name, text) in shared.iter().chain(own) {
            // Keys of files that came into the metadata some other way have no effect, as in Apache Kafka.
            if let Some(key) = find(Scope::Broker, name).filter(|key| key.is_dynamic()) {
                // It replaces the keys of the same meaning, as in Apache Kafka.
                for other in key
                    .synonyms
                    .iter()
                    .filter_map(|name| find(Scope::Broker, name))
                {
                    values.set(other.name, other.default_value());
                }
                values.set(key.name, key.parse(text)?);
            }
        }
        let layers = Layers {
            own: Arc::new(own.clone()),
            shared: Arc::new(shared.clone()),
            ..self.layers.clone()
        };
        Self::assemble(Arc::new(values), layers)
    }

    fn assemble(values: Arc<Values>, layers: Layers) -> Result<Self, ConfigError> {
        let config = Self {
            identity: Identity::of(&values),
            listeners: Listeners::of(
                &values,
                layers.fixed.contains_key("security.inter.broker.protocol"),
            )?,
            quorum: Quorum::of(&values),
            metadata_log: MetadataLog::of(&values),
            network: Network::of(&values),
            topics: Topics::of(&values),
            logs: Logs::of(&values),
            replication: Replication::of(&values),
            offsets: Offsets::of(&values),
            groups: Groups::of(&values),
            transactions: Transactions::of(&values),
            values,
            layers,
        };
        rules::check(&config)?;
        Ok(config)
    }

    /// The value in force of a key; `None` for keys that no table knows.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.values.find(key)
    }

    /// The value in force of a key as text, also of a key that no table knows; `None` when not set.
    /// Secrets give `[hidden]`.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        match self.value(key) {
            Some(value) => value.to_text(),
            None => self.layers.fixed.get(key).cloned(),
        }
    }

    /// Keys of file, environment and command line that no table knows.
    pub fn unknown_keys(&self) -> impl Iterator<Item = &str> {
        let names = self.layers.fixed.keys().map(String::as_str);
        names.filter(|name| find(Scope::Broker, base_name(name)).is_none() || is_dynamic_only(name))
    }

    pub(crate) fn values(&self) -> &Values {
        &self.values
    }

    pub(crate) fn layers(&self) -> &Layers {
        &self.layers
    }
}

/// Shows the typed values only: texts as they were given may be secrets.
impl fmt::Debug for BrokerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrokerConfig")
            .field("identity", &self.identity)
            .field("listeners", &self.listeners)
            .field("quorum", &self.quorum)
            .finish_non_exhaustive()
    }
}
