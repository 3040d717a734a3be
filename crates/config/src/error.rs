//! What can be wrong with a configuration, in Apache Kafka's words where it has any.
//!
//! These texts travel: operators search for them, and clients get them in AlterConfigs answers.

use ottla_types::ErrorCode;
use thiserror::Error;

use crate::alter::AlterOp;
use crate::key::{Scope, Type};
use crate::listeners::ListenerError;
use crate::quorum::QuorumError;
use crate::rules::Requirement;

/// Why a configuration is refused.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A key without default is not given.
    #[error("Missing required configuration \"{key}\" which has no default value.")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value does not fit its key.
    #[error("Invalid value {value} for configuration {key}: {reason}")]
    Invalid {
        /// The key.
        key: String,
        /// The value as it was given.
        value: String,
        /// What is wrong with it.
        reason: Reason,
    },
    /// A list that must have items has none.
    #[error("Configuration '{key}' must not be empty. Valid values include: {}", allowed_items(.allowed))]
    EmptyList {
        /// The key.
        key: String,
        /// Items it may have; empty when any.
        allowed: &'static [&'static str],
    },
    /// A list has an empty item.
    #[error("Configuration '{key}' values must not be empty.")]
    EmptyItem {
        /// The key.
        key: String,
    },
    /// `node.id` and `broker.id` differ.
    #[error("You must set `node.id` to the same value as `broker.id`.")]
    NodeIdMismatch,
    /// Neither voters nor bootstrap servers are given.
    #[error(
        "If using process.roles, either controller.quorum.bootstrap.servers must contain the set of bootstrap controllers or controller.quorum.voters must contain a parseable set of controllers."
    )]
    NoQuorum,
    /// The classic group protocol is missing from `group.coordinator.rebalance.protocols`.
    #[error("Disabling the 'classic' protocol is not supported.")]
    NoClassicProtocol,
    /// A server-side assignor that is not known.
    #[error("Class {class} cannot be found")]
    UnknownAssignor {
        /// Its name.
        class: String,
    },
    /// Share groups have one assignor.
    #[error("group.share.assignors must contain exactly one assignor, but found {count}")]
    ShareAssignors {
        /// How many there are.
        count: usize,
    },
    /// A codec id that is not known.
    #[error("Unknown compression type id: {id}")]
    UnknownCodec {
        /// The id.
        id: i32,
    },
    /// `max.connections.per.ip.overrides` or `listener.security.protocol.map` is not a list of pairs.
    #[error("Error parsing configuration property '{key}': {entry} has no colon")]
    NotAPair {
        /// The key.
        key: &'static str,
        /// The entry without a colon.
        entry: String,
    },
    /// The count of a pair in `max.connections.per.ip.overrides` is not a number.
    #[error("For input string: \"{value}\"")]
    NotACount {
        /// The text in place of the count.
        value: String,
    },
    /// Two keys contradict each other.
    #[error("requirement failed: {0}")]
    Requirement(#[from] Requirement),
    /// Bounds of group settings contradict each other.
    #[error("{larger} must be greater than {}{smaller}", or_equal_to(*.or_equal))]
    NotLarger {
        /// Key whose value is too small.
        larger: &'static str,
        /// Key whose value is too large.
        smaller: &'static str,
        /// Whether equal values would do.
        or_equal: bool,
    },
    /// Bounds of group settings contradict each other, said from the other side.
    #[error("{smaller} must be less than {}{larger}", or_equal_to(*.or_equal))]
    NotSmaller {
        /// Key whose value is too large.
        smaller: &'static str,
        /// Key whose value is too small.
        larger: &'static str,
        /// Whether equal values would do.
        or_equal: bool,
    },
    /// The listeners make no sense.
    #[error(transparent)]
    Listener(#[from] ListenerError),
    /// The description of the quorum makes no sense.
    #[error(transparent)]
    Quorum(#[from] QuorumError),
    /// A `\u` escape of a properties file is not followed by four hexadecimal digits.
    #[error("Malformed \\uxxxx encoding.")]
    MalformedEscape {
        /// Line of the file, counted from 1.
        line: usize,
    },
    /// A key that a topic, group or client metrics subscription does not have.
    #[error("{}: {key}", unknown_key(*.scope))]
    UnknownKey {
        /// What was to have it.
        scope: Scope,
        /// The key.
        key: String,
    },
    /// A key is set to nothing.
    #[error("Null value not supported for : {key}")]
    NullValue {
        /// The key.
        key: String,
    },
    /// Items are added to or taken from a key that is not a list.
    #[error("Can't {op} to key {key} because its type is not LIST.")]
    NotAList {
        /// What was to be done.
        op: AlterOp,
        /// The key.
        key: String,
    },
    /// Items are added to or taken from a broker key that is not a list.
    #[error("Config value {} is not allowed for config key: {key}", .op.to_string().to_lowercase())]
    NotABrokerList {
        /// What was to be done.
        op: AlterOp,
        /// The key.
        key: String,
    },
    /// The bounds of compaction contradict each other.
    #[error(
        "conflict topic config setting min.compaction.lag.ms ({min}) > max.compaction.lag.ms ({max})"
    )]
    CompactionLags {
        /// `min.compaction.lag.ms`
        min: i64,
        /// `max.compaction.lag.ms`
        max: i64,
    },
    /// A topic is to be tiered, the node has no tiered storage.
    #[error(
        "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage."
    )]
    NoRemoteStorage,
    /// A topic is to be tiered and compacted.
    #[error(
        "Remote log storage only supports topics with cleanup.policy=delete or cleanup.policy being an empty list."
    )]
    RemoteCompacted,
    /// Nothing more is copied to remote storage, yet local data would be deleted before remote ones.
    #[error(
        "When `remote.log.copy.disable` is set to true, the `{local}` and `{total}` must be set to the identical value because there will be no more logs copied to the remote storage."
    )]
    RemoteCopyDisabled {
        /// Key of the local limit.
        local: &'static str,
        /// Key of the whole limit.
        total: &'static str,
    },
    /// A client metrics subscription without name.
    #[error("Subscription name can't be empty")]
    NoSubscriptionName,
    /// The push interval of a client metrics subscription is out of bounds.
    #[error(
        "Invalid value {value} for interval.ms, interval must be between 100 and 3600000 (1 hour)"
    )]
    PushInterval {
        /// The interval.
        value: i32,
    },
    /// A condition of a client metrics subscription makes no sense.
    #[error("Illegal client matching pattern: {pattern}")]
    MatchPattern {
        /// The condition.
        pattern: String,
    },
    /// Keys that only a file can set.
    #[error("Cannot update these configs dynamically: [{}]", .keys.join(", "))]
    NotDynamic {
        /// The keys.
        keys: Vec<String>,
    },
    /// Keys that change only for one listener.
    #[error(
        "These security configs can be dynamically updated only per-listener using the listener prefix: [{}]",
        .keys.join(", ")
    )]
    OnlyPerListener {
        /// The keys.
        keys: Vec<String>,
    },
    /// Keys that change only for one broker.
    #[error(
        "Cannot update these configs at default cluster level, broker id must be specified: [{}]",
        .keys.join(", ")
    )]
    OnlyPerBroker {
        /// The keys.
        keys: Vec<String>,
    },
    /// A number of threads changes too much at once.
    #[error(
        "Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for {key}={value}, {reason} for configuration Invalid dynamic configuration"
    )]
    ThreadCount {
        /// The key.
        key: &'static str,
        /// The new number.
        value: i32,
        /// The bound it breaks.
        reason: ThreadBound,
    },
    /// A dynamic configuration of brokers is refused.
    #[error(transparent)]
    OfBroker(Box<Self>),
    /// An override without `=`.
    #[error("Invalid command line properties: {text}")]
    NotAnOverride {
        /// The argument.
        text: String,
    },
}

impl ConfigError {
    pub(crate) fn invalid(key: &str, value: &str, reason: Reason) -> Self {
        Self::Invalid {
            key: key.to_owned(),
            value: value.to_owned(),
            reason,
        }
    }

    /// Protocol error when the configuration came in a request.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::OfBroker(_)
            | Self::NullValue { .. }
            | Self::UnknownKey {
                scope: Scope::ClientMetrics,
                ..
            }
            | Self::NoSubscriptionName
            | Self::PushInterval { .. } => ErrorCode::INVALID_REQUEST,
            _ => ErrorCode::INVALID_CONFIG,
        }
    }
}

/// Bound of the number of threads in one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ThreadBound {
    /// At least half of what there is.
    #[error("value should be at least half the current value {0}")]
    Half(i32),
    /// At most double of what there is.
    #[error("value should not be greater than double the current value {0}")]
    Double(i32),
}

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Reason {
    /// Not a number of the type.
    #[error("Not a number of type {0}")]
    NotANumber(Type),
    /// Neither true nor false.
    #[error("Expected value to be either true or false")]
    NotABoolean,
    /// Too small.
    #[error("Value must be at least {0}")]
    AtLeast(i64),
    /// Too large.
    #[error("Value must be no more than {0}")]
    AtMost(i64),
    /// Too small.
    #[error("Value must be at least {0}")]
    AtLeastRatio(f64),
    /// Too large.
    #[error("Value must be no more than {0}")]
    AtMostRatio(f64),
    /// Not a gzip level.
    #[error("Value must be between 1 and 9 or equal to -1")]
    GzipLevel,
    /// None of the allowed texts.
    #[error("String must be one of: {}", .0.join(", "))]
    OneOf(&'static [&'static str]),
    /// None of the allowed texts in any case.
    #[error("String must be one of (case insensitive): {}", .0.join(", "))]
    OneOfIgnoringCase(&'static [&'static str]),
    /// Empty text.
    #[error("String must be non-empty")]
    EmptyText,
    /// Not a replica list.
    #[error(
        "{key} must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],..."
    )]
    ReplicaList {
        /// The key.
        key: String,
    },
    /// Not an offset reset.
    #[error(
        "Invalid value `{value}` for configuration {key}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'."
    )]
    OffsetReset {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// A class that does not come with Apache Kafka.
    #[error("Class {0} could not be found.")]
    ClassNotFound(String),
    /// More local than total retention.
    #[error("Value must not be more than {key} property value: {limit}")]
    MoreThan {
        /// Key with the limit.
        key: &'static str,
        /// The limit.
        limit: i64,
    },
    /// Unlimited local retention under limited total retention.
    #[error("Value must not be -1 as {key} value is set as {limit}.")]
    UnlimitedUnder {
        /// Key with the limit.
        key: &'static str,
        /// The limit.
        limit: i64,
    },
}

const fn unknown_key(scope: Scope) -> &'static str {
    match scope {
        Scope::Topic => "Unknown topic config name",
        Scope::Group => "Unknown group config name",
        Scope::ClientMetrics => "Unknown client metrics configuration",
        Scope::Broker => "Unknown broker config name",
    }
}

fn allowed_items(allowed: &[&str]) -> String {
    if allowed.is_empty() {
        return "any non-empty value".to_owned();
    }
    format!("[{}]", allowed.join(", "))
}

const fn or_equal_to(or_equal: bool) -> &'static str {
    if or_equal { "or equal to " } else { "" }
}
