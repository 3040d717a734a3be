//! What a topic's name says about it.

/// Topics that the cluster keeps its own state in; clients may not write to them.
const INTERNAL_TOPICS: [&str; 3] = [OFFSETS_TOPIC, TRANSACTION_TOPIC, SHARE_STATE_TOPIC];

/// Group metadata and committed offsets.
pub const OFFSETS_TOPIC: &str = "__consumer_offsets";
/// State of transactional ids.
const TRANSACTION_TOPIC: &str = "__transaction_state";
/// State of share partitions.
const SHARE_STATE_TOPIC: &str = "__share_group_state";

/// Whether `name` is one of the cluster's own topics.
#[must_use]
pub fn is_internal_topic(name: &str) -> bool {
    INTERNAL_TOPICS.contains(&name)
}
