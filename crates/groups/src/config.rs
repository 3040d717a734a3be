//! What a coordinator is told by the broker's configuration.

use std::time::Duration;

/// The settings of a coordinator. The default is Apache Kafka's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupConfig {
    /// `group.min.session.timeout.ms`.
    pub min_session_timeout_ms: i32,
    /// `group.max.session.timeout.ms`.
    pub max_session_timeout_ms: i32,
    /// `group.max.size`: members a group may have.
    pub max_size: usize,
    /// `group.initial.rebalance.delay.ms`.
    pub initial_rebalance_delay_ms: i32,
    /// How long a member that has just joined is kept before it must send heartbeats. Not a
    /// setting in Kafka either: five minutes.
    pub new_member_join_timeout_ms: i32,
    /// `offset.metadata.max.bytes`, counted in UTF-16 units as Kafka does.
    pub offset_metadata_max_size: usize,
    /// `offsets.retention.minutes`, in milliseconds.
    pub offsets_retention_ms: i64,
    /// `offsets.retention.check.interval.ms`.
    pub offsets_retention_check_interval: Duration,
    /// `offsets.commit.timeout.ms`: how long an append may wait for the high watermark.
    pub offset_commit_timeout: Duration,
}

impl Default for GroupConfig {
    fn default() -> Self {
        Self {
            min_session_timeout_ms: 6_000,
            max_session_timeout_ms: 30 * 60 * 1_000,
            max_size: 0x7fff_ffff,
            initial_rebalance_delay_ms: 3_000,
            new_member_join_timeout_ms: 5 * 60 * 1_000,
            offset_metadata_max_size: 4_096,
            offsets_retention_ms: 7 * 24 * 60 * 60 * 1_000,
            offsets_retention_check_interval: Duration::from_secs(600),
            offset_commit_timeout: Duration::from_secs(5),
        }
    }
}

/// A duration from a wire field; negative ones are none.
pub(crate) fn millis(ms: i32) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}
