//! What can be wrong with a configuration, in Apache Kafka's words where it has any.
//!
//! These texts travel: operators search for them, and clients get them in AlterConfigs answers.

use ottla_types::ErrorCode;
use thiserror::Error;

use crate::key::Type;
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
    #[error("{larger} must be greater than {}{smaller}", or_equal(*.or_equal))]
    NotLarger {
        /// Key whose value is too small.
        larger: &'static str,
        /// Key whose value is too large.
        smaller: &'static str,
        /// Whether equal values would do.
        or_equal: bool,
    },
    /// Bounds of group settings contradict each other, said from the other side.
    #[error("{smaller} must be less than {}{larger}", or_equal(*.or_equal))]
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
    /// An override without `=`.
    #[error("Invalid command line properties: {text}")]
    NotAnOverride {
        /// The argument.
        text: String,
    },
}

impl ConfigError {
    pub(crate) fn invalid(key: &str, value: &str, reason: Reason) -> Self {
        Self::Invalid { key: key.to_owned(), value: value.to_owned(), reason }
    }

    /// Protocol error when the value came in a request about a topic or group.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::INVALID_CONFIG
    }
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

fn allowed_items(allowed: &[&str]) -> String {
    if allowed.is_empty() {
        return "any non-empty value".to_owned();
    }
    format!("[{}]", allowed.join(", "))
}

const fn or_equal(or_equal: bool) -> &'static str {
    if or_equal { "or equal to " } else { "" }
}
