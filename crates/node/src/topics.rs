//! What a topic's name says about it.

/// Topics that the cluster keeps its own state in; clients may not write to them.
const INTERNAL_TOPICS: [&str; 3] = [OFFSETS_TOPIC, TRANSACTION_TOPIC, SHARE_STATE_TOPIC];

/// Group metadata and committed offsets.
pub const OFFSETS_TOPIC: &str = "__consumer_offsets";
/// State of transactional ids.
const TRANSACTION_TOPIC: &str = "__transaction_state";
/// State of share partitions.
const SHARE_STATE_TOPIC: &str = "__share_group_state";

/// Longest topic name, in characters.
const NAME_LENGTH_MAX: usize = 249;

/// Whether `name` is one of the cluster's own topics.
#[must_use]
pub fn is_internal_topic(name: &str) -> bool {
    INTERNAL_TOPICS.contains(&name)
}

/// Whether `name` may name a topic: 1 to 249 of `[a-zA-Z0-9._-]`, not `.` or `..`.
#[must_use]
pub fn is_valid_topic_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && name.len() <= NAME_LENGTH_MAX
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_as_kafka_does() {
        let longest = "x".repeat(NAME_LENGTH_MAX);
        for good in ["a", "a.b_c-D9", "...", longest.as_str()] {
            assert!(is_valid_topic_name(good), "{good}");
        }
        let too_long = "x".repeat(NAME_LENGTH_MAX + 1);
        for bad in ["", ".", "..", "a/b", "a b", "\u{e9}", too_long.as_str()] {
            assert!(!is_valid_topic_name(bad), "{bad}");
        }
    }
}
