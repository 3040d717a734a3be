//! The configuration of a topic.

use std::collections::BTreeMap;

use crate::{
    ConfigMap,
    broker::BrokerConfig,
    error::ConfigError,
    key::{Key, Scope, Type},
    table::keys,
    value::{Typed, Value},
    values::{number, unit_of},
};

/// The configuration of a topic: its own values, under them those of the node, under them the defaults.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TopicConfig {
    /// `segment.bytes`, or `internal.segment.bytes`
    pub segment_bytes: i32,
    /// `segment.ms`
    pub segment_ms: i64,
    /// `segment.jitter.ms`
    pub segment_jitter_ms: i64,
    /// `segment.index.bytes`
    pub segment_index_bytes: i32,
    /// `index.interval.bytes`
    pub index_interval_bytes: i32,
    /// `retention.ms`; -1 for ever
    pub retention_ms: i64,
    /// `retention.bytes`; -1 without limit
    pub retention_bytes: i64,
    /// `max.message.bytes`
    pub max_message_bytes: i32,
    /// `cleanup.policy`
    pub cleanup: CleanupPolicy,
    /// `compression.type` and the level of that codec
    pub compression: CompressionPolicy,
    /// `message.timestamp.type`
    pub timestamp_type: TimestampType,
    /// `message.timestamp.before.max.ms`
    pub before_max_ms: i64,
    /// `message.timestamp.after.max.ms`
    pub after_max_ms: i64,
    /// `min.insync.replicas`
    pub min_insync_replicas: i32,
    /// `flush.messages`
    pub flush_messages: i64,
    /// `flush.ms`
    pub flush_ms: i64,
    /// `file.delete.delay.ms`
    pub file_delete_delay_ms: i64,
    /// `preallocate`
    pub preallocate: bool,
    /// `delete.retention.ms`
    pub delete_retention_ms: i64,
    /// `min.cleanable.dirty.ratio`
    pub min_cleanable_dirty_ratio: f64,
    /// `min.compaction.lag.ms`
    pub min_compaction_lag_ms: i64,
    /// `max.compaction.lag.ms`
    pub max_compaction_lag_ms: i64,
    /// `unclean.leader.election.enable`
    pub unclean_leader_election: bool,
    /// `ottla.acks.all.sync`
    pub acks_all_sync: bool,
    /// `leader.replication.throttled.replicas`
    pub leader_throttled_replicas: Vec<String>,
    /// `follower.replication.throttled.replicas`
    pub follower_throttled_replicas: Vec<String>,
    /// `remote.storage.enable`
    pub remote_storage_enable: bool,
    /// `remote.log.copy.disable`
    pub remote_copy_disable: bool,
    /// `remote.log.delete.on.disable`
    pub remote_delete_on_disable: bool,
    /// `local.retention.ms`; -2 for `retention.ms`
    pub local_retention_ms: i64,
    /// `local.retention.bytes`; -2 for `retention.bytes`
    pub local_retention_bytes: i64,
}

impl TopicConfig {
    /// The configuration of a topic with these values of its own. Keys that no table knows have no effect.
    ///
    /// # Errors
    /// When a value does not fit its key.
    pub fn resolve(node: &BrokerConfig, overrides: &ConfigMap) -> Result<Self, ConfigError> {
        let values = Resolved::of(node, overrides)?;
        let internal: Option<i32> = values.get("internal.segment.bytes");
        Ok(Self {
            segment_bytes: internal.unwrap_or_else(|| values.get("segment.bytes")),
            segment_ms: values.get("segment.ms"),
            segment_jitter_ms: values.get("segment.jitter.ms"),
            segment_index_bytes: values.get("segment.index.bytes"),
            index_interval_bytes: values.get("index.interval.bytes"),
            retention_ms: values.get("retention.ms"),
            retention_bytes: values.get("retention.bytes"),
            max_message_bytes: values.get("max.message.bytes"),
            cleanup: CleanupPolicy::of(&values),
            compression: CompressionPolicy::of(&values),
            timestamp_type: TimestampType::of(&values),
            before_max_ms: values.get("message.timestamp.before.max.ms"),
            after_max_ms: values.get("message.timestamp.after.max.ms"),
            min_insync_replicas: values.get("min.insync.replicas"),
            flush_messages: values.get("flush.messages"),
            flush_ms: values.get("flush.ms"),
            file_delete_delay_ms: values.get("file.delete.delay.ms"),
            preallocate: values.get("preallocate"),
            delete_retention_ms: values.get("delete.retention.ms"),
            min_cleanable_dirty_ratio: values.get("min.cleanable.dirty.ratio"),
            min_compaction_lag_ms: values.get("min.compaction.lag.ms"),
            max_compaction_lag_ms: values.get("max.compaction.lag.ms"),
            unclean_leader_election: values.get("unclean.leader.election.enable"),
            acks_all_sync: values.get("ottla.acks.all.sync"),
            leader_throttled_replicas: values.get("leader.replication.throttled.replicas"),
            follower_throttled_replicas: values.get("follower.replication.throttled.replicas"),
            remote_storage_enable: values.get("remote.storage.enable"),
            remote_copy_disable: values.get("remote.log.copy.disable"),
            remote_delete_on_disable: values.get("remote.log.delete.on.disable"),
            local_retention_ms: values.get("local.retention.ms"),
            local_retention_bytes: values.get("local.retention.bytes"),
        })
    }
}

/// Values in force of all topic keys.
struct Resolved(BTreeMap<&'static str, Value>);

impl Resolved {
    fn of(node: &BrokerConfig, overrides: &ConfigMap) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        for key in keys(Scope::Topic) {
            let value = match overrides.get(key.name) {
                Some(text) => key.parse(text)?,
                None => inherited(node, key),
            };
            values.insert(key.name, value);
        }
        Ok(Self(values))
    }

    fn get<T: Typed>(&self, key: &str) -> T {
        let value = self.0.get(key).and_then(T::read);
        value.unwrap_or_else(|| panic!("the table declares {key} with another type"))
    }
}

/// What a key of a topic is when the topic does not say: the first of its synonyms that is set on the node.
pub(crate) fn inherited(node: &BrokerConfig, key: &Key) -> Value {
    let set = key.synonyms.iter().find_map(|name| {
        let value = node.value(name).filter(|value| **value != Value::Null)?;
        Some(converted(key, name, value))
    });
    set.unwrap_or_else(|| key.default_value())
}

/// A value of a node's key as one of the topic's: in milliseconds, and -1 for any unlimited retention.
fn converted(key: &Key, synonym: &str, value: &Value) -> Value {
    match (key.kind, number(value)) {
        (Type::Long, Some(number)) => {
            let number = number.saturating_mul(unit_of(synonym));
            let is_unlimited = key.name == "retention.ms" && number < 0;
            Value::Long(if is_unlimited { -1 } else { number })
        }
        _ => value.clone(),
    }
}

/// What happens to old records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleanupPolicy {
    /// Old segments are deleted.
    pub delete: bool,
    /// Only the last record of each key is kept.
    pub compact: bool,
}

impl CleanupPolicy {
    fn of(values: &Resolved) -> Self {
        let names: Vec<String> = values.get("cleanup.policy");
        let has = |policy: &str| names.iter().any(|name| name == policy);
        Self {
            delete: has("delete"),
            compact: has("compact"),
        }
    }
}

/// Codec that batches are stored with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompressionPolicy {
    /// The one the client chose.
    Producer,
    /// None.
    Uncompressed,
    /// gzip.
    Gzip {
        /// 1 to 9, or -1 for the codec's own default.
        level: i32,
    },
    /// Snappy.
    Snappy,
    /// LZ4.
    Lz4 {
        /// 1 to 17.
        level: i32,
    },
    /// Zstandard.
    Zstd {
        /// -131072 to 22.
        level: i32,
    },
}

impl CompressionPolicy {
    fn of(values: &Resolved) -> Self {
        let name: String = values.get("compression.type");
        match name.as_str() {
            "uncompressed" => Self::Uncompressed,
            "gzip" => Self::Gzip {
                level: values.get("compression.gzip.level"),
            },
            "snappy" => Self::Snappy,
            "lz4" => Self::Lz4 {
                level: values.get("compression.lz4.level"),
            },
            "zstd" => Self::Zstd {
                level: values.get("compression.zstd.level"),
            },
            _ => Self::Producer,
        }
    }
}

/// Which time records carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampType {
    /// That of the client.
    CreateTime,
    /// That of the append.
    LogAppendTime,
}

impl TimestampType {
    fn of(values: &Resolved) -> Self {
        let name: String = values.get("message.timestamp.type");
        if name == "LogAppendTime" {
            Self::LogAppendTime
        } else {
            Self::CreateTime
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sources;

    fn node(overrides: &[(&str, &str)]) -> BrokerConfig {
        let overrides = overrides
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        Sources {
            overrides,
            ..Sources::default()
        }
        .load()
        .unwrap()
        .config
    }

    #[test]
    fn without_settings_the_defaults_of_the_topic_table_hold() {
        let node = node(&[]);
        for key in keys(Scope::Topic) {
            assert_eq!(inherited(&node, key), key.default_value(), "{}", key.name);
        }
        let topic = TopicConfig::resolve(&node, &ConfigMap::new()).unwrap();
        assert_eq!(topic.retention_ms, 604_800_000);
        assert_eq!(
            topic.cleanup,
            CleanupPolicy {
                delete: true,
                compact: false
            }
        );
        assert_eq!(topic.compression, CompressionPolicy::Producer);
    }

    #[test]
    fn the_finest_unit_of_the_node_counts() {
        for (overrides, expected) in [
            (&[("log.retention.hours", "2")][..], 7_200_000),
            (
                &[("log.retention.hours", "2"), ("log.retention.minutes", "3")],
                180_000,
            ),
            (
                &[("log.retention.minutes", "3"), ("log.retention.ms", "4")],
                4,
            ),
            (&[("log.retention.minutes", "-7")], -1),
        ] {
            let topic = TopicConfig::resolve(&node(overrides), &ConfigMap::new()).unwrap();
            assert_eq!(topic.retention_ms, expected, "{overrides:?}");
        }
    }

    #[test]
    fn values_of_the_topic_come_first() {
        let node = node(&[
            ("log.cleanup.policy", "compact"),
            ("compression.type", "gzip"),
        ]);
        let overrides = [
            ("compression.type", "zstd"),
            ("compression.zstd.level", "7"),
        ];
        let overrides = overrides.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let topic = TopicConfig::resolve(&node, &overrides.into()).unwrap();
        assert_eq!(
            topic.cleanup,
            CleanupPolicy {
                delete: false,
                compact: true
            }
        );
        assert_eq!(topic.compression, CompressionPolicy::Zstd { level: 7 });
    }
}
