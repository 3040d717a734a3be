//! From file, environment and command line to the configuration of a node.

use std::fmt;

use crate::{ConfigMap, broker::BrokerConfig, error::ConfigError, properties::Properties};

mod environment;
mod legacy;

pub use environment::credential_files;

/// What a node is configured with. Nothing here is read: the caller has read it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The configuration file. Without one the values of Apache Kafka's sample file hold, on loopback.
    pub file: Option<Properties>,
    /// Names and values of the environment; only those of `KAFKA_` and `CLUSTER_ID` are looked at.
    pub environment: Vec<(String, String)>,
    /// Keys and values of the command line, the strongest.
    pub overrides: Vec<(String, String)>,
    /// Log directory when there is no file and nothing else names one.
    pub default_log_dir: String,
}

/// A configuration, and what there is to say about it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The configuration.
    pub config: BrokerConfig,
    /// What an operator should know.
    pub warnings: Vec<Warning>,
    /// Cluster id that the environment gives, to format storage with.
    pub cluster_id: Option<String>,
}

impl Sources {
    /// Puts the sources together: the environment over the file, the command line over both.
    ///
    /// # Errors
    /// The first thing that is wrong, in Apache Kafka's order and words.
    pub fn load(self) -> Result<Loaded, ConfigError> {
        let environment::Settings {
            keys,
            cluster_id,
            mut warnings,
        } = environment::read(&self.environment);
        let mut given = match &self.file {
            Some(file) => owned(file.iter()),
            // An environment that says what the node is stands alone, as in Apache Kafka's image.
            None if keys.contains_key("process.roles") => ConfigMap::new(),
            None => owned(SAMPLE.iter().copied()),
        };
        given.extend(keys);
        given.extend(self.overrides);
        let names_dirs = given.contains_key("log.dirs") || given.contains_key("log.dir");
        if self.file.is_none() && !names_dirs && !self.default_log_dir.is_empty() {
            given.insert("log.dirs".to_owned(), self.default_log_dir);
        }
        legacy::translate(&mut given, &mut warnings);
        same_ids(&mut given)?;
        let config = BrokerConfig::of(given)?;
        warnings.extend(
            config
                .unknown_keys()
                .map(|key| match legacy::is_removed(key) {
                    true => Warning::RemovedKey {
                        key: key.to_owned(),
                    },
                    false => Warning::UnknownKey {
                        key: key.to_owned(),
                    },
                }),
        );
        let identity = &config.identity;
        if identity.heartbeat_interval_ms.saturating_mul(2) > identity.session_timeout_ms {
            warnings.push(Warning::SlowHeartbeat {
                heartbeat_ms: identity.heartbeat_interval_ms,
                session_ms: identity.session_timeout_ms,
            });
        }
        Ok(Loaded {
            config,
            warnings,
            cluster_id,
        })
    }
}

/// Splits an argument of `--override` into key and value.
///
/// # Errors
/// [`ConfigError::NotAnOverride`] without `=` or key.
pub fn parse_override(text: &str) -> Result<(String, String), ConfigError> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        _ => Err(ConfigError::NotAnOverride {
            text: text.to_owned(),
        }),
    }
}

/// `node.id` and its former name `broker.id` fill each other.
fn same_ids(given: &mut ConfigMap) -> Result<(), ConfigError> {
    match (
        given.get("node.id").cloned(),
        given.get("broker.id").cloned(),
    ) {
        (Some(node), Some(broker)) if node.trim() != broker.trim() => {
            return Err(ConfigError::NodeIdMismatch);
        }
        (Some(node), None) => drop(given.insert("broker.id".to_owned(), node)),
        (None, Some(broker)) => drop(given.insert("node.id".to_owned(), broker)),
        _ => {}
    }
    Ok(())
}

fn owned<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> ConfigMap {
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// What an operator should know about a configuration that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// No table knows the key.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// A key that Apache Kafka has removed.
    RemovedKey {
        /// The key.
        key: String,
    },
    /// A variable for the Java machine.
    JavaVariable {
        /// Its name.
        name: String,
    },
    /// The file is of the time before KRaft.
    BeforeKRaft {
        /// Id that the node takes.
        node_id: String,
        /// Listener that was added for controller traffic.
        listener: String,
    },
    /// A late heartbeat would fence the broker.
    SlowHeartbeat {
        /// `broker.heartbeat.interval.ms`
        heartbeat_ms: i32,
        /// `broker.session.timeout.ms`
        session_ms: i32,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey { key } => write!(f, "{key} is not a known configuration"),
            Self::RemovedKey { key } => {
                write!(f, "{key} is no longer a configuration and has no effect")
            }
            Self::JavaVariable { name } => {
                write!(
                    f,
                    "{name} is ignored: it is meant for a Java machine, and there is none"
                )
            }
            Self::BeforeKRaft { node_id, listener } => write!(
                f,
                "process.roles is not set: the configuration is taken for one from before KRaft, \
                 and the node runs as broker and controller {node_id} with the listener {listener} added"
            ),
            Self::SlowHeartbeat {
                heartbeat_ms,
                session_ms,
            } => write!(
                f,
                "broker.heartbeat.interval.ms ({heartbeat_ms} ms) must be less than or equal to half of the \
                 broker.session.timeout.ms ({session_ms} ms). The broker.session.timeout.ms is configured on \
                 controller. The broker.heartbeat.interval.ms is configured on broker. If a broker doesn't send \
                 heartbeat request within broker.session.timeout.ms, it loses broker lease. Please increase \
                 broker.session.timeout.ms or decrease broker.heartbeat.interval.ms."
            ),
        }
    }
}

/// What differs from the defaults in the `server.properties` that Apache Kafka ships, on loopback.
const SAMPLE: &[(&str, &str)] = &[
    ("process.roles", "broker,controller"),
    ("node.id", "1"),
    ("controller.quorum.bootstrap.servers", "localhost:9093"),
    (
        "listeners",
        "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093",
    ),
    ("inter.broker.listener.name", "PLAINTEXT"),
    ("controller.listener.names", "CONTROLLER"),
    ("offsets.topic.replication.factor", "1"),
    ("share.coordinator.state.topic.replication.factor", "1"),
    ("share.coordinator.state.topic.min.isr", "1"),
    ("transaction.state.log.replication.factor", "1"),
    ("transaction.state.log.min.isr", "1"),
];

#[cfg(test)]
mod tests;
