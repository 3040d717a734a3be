//! Configuration of a node, its topics, groups and client metrics subscriptions, as in Apache Kafka 4.3.
//!
//! Every key stands once in a table: type, default, check, who may change it and when, documentation.
//! From the tables come the typed values ([`BrokerConfig`], [`TopicConfig`]), the checks of changes
//! ([`validate_topic`] and its siblings), the answers to DescribeConfigs ([`describe_topic`] and its
//! siblings) and the reference page ([`documentation()`]).
//!
//! Not responsible for reading anything: files, environment and command line come in as values of
//! [`Sources`]. Nor for what a setting does.
//!
//! ```
//! use ottla_config::{Properties, Sources, TopicConfig};
//!
//! let file = Properties::parse(b"process.roles=broker,controller\n\
//!     node.id=7\n\
//!     controller.listener.names=CONTROLLER\n\
//!     controller.quorum.bootstrap.servers=localhost:9093\n\
//!     listeners=PLAINTEXT://:9092,CONTROLLER://:9093\n\
//!     log.retention.hours=24\n").unwrap();
//! let sources = Sources { file: Some(file), ..Sources::default() };
//! let config = sources.load().unwrap().config;
//! assert_eq!(config.identity.node_id.0, 7);
//!
//! let overrides = [("max.message.bytes".to_owned(), "2000".to_owned())].into();
//! let topic = TopicConfig::resolve(&config, &overrides).unwrap();
//! assert_eq!((topic.max_message_bytes, topic.retention_ms), (2000, 86_400_000));
//! ```

mod alter;
mod broker;
mod check;
mod describe;
mod documentation;
mod error;
mod key;
mod listeners;
mod listing;
mod load;
mod properties;
mod quorum;
mod rules;
mod sections;
mod table;
mod topic;
mod validate;
mod value;
mod values;

use std::collections::BTreeMap;

pub use alter::{AlterOp, Alteration, apply_alterations};
pub use broker::BrokerConfig;
pub use check::Check;
pub use describe::{
    ConfigSource, Described, DescribedType, Synonym, describe_broker, describe_broker_defaults,
    describe_client_metrics, describe_group, describe_topic,
};
pub use documentation::documentation;
pub use error::{ConfigError, Reason, ThreadBound};
pub use key::{DefaultValue, Importance, Key, Scope, Type, UpdateMode};
pub use listeners::{Endpoint, ListenerError, Listeners, SecurityProtocol};
pub use load::{Loaded, Sources, Warning, credential_files, parse_override};
pub use properties::Properties;
pub use quorum::{QuorumError, Voter};
pub use rules::Requirement;
pub use sections::{
    Groups, Identity, Logs, MetadataLog, Network, Offsets, Quorum, Replication, Roles, Topics,
    Transactions,
};
pub use table::{find, keys};
pub use topic::{CleanupPolicy, CompressionPolicy, TimestampType, TopicConfig};
pub use validate::{
    validate_client_metrics, validate_dynamic_broker, validate_group, validate_topic,
};
pub use value::{Secret, Value};

/// Dynamic configuration of one resource: keys and values as text.
pub type ConfigMap = BTreeMap<String, String>;
