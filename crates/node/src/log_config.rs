//! A topic's configuration in the terms of its log.

use ottla_config::TopicConfig;
use ottla_storage::LogConfig;
use ottla_types::Saturate;

use crate::partition::timestamp_type;

/// What the log of a partition needs of its topic's configuration.
pub(crate) fn log_config(topic: &TopicConfig) -> LogConfig {
    LogConfig {
        segment_bytes: topic.segment_bytes.saturate(),
        segment_ms: topic.segment_ms,
        segment_jitter_ms: topic.segment_jitter_ms,
        segment_index_bytes: topic.segment_index_bytes.saturate(),
        index_interval_bytes: topic.index_interval_bytes.saturate(),
        retention_ms: topic.retention_ms,
        retention_bytes: topic.retention_bytes,
        delete: topic.cleanup.delete,
        compact: topic.cleanup.compact,
        delete_retention_ms: topic.delete_retention_ms,
        min_compaction_lag_ms: topic.min_compaction_lag_ms,
        max_compaction_lag_ms: topic.max_compaction_lag_ms,
        file_delete_delay_ms: topic.file_delete_delay_ms.saturate(),
        timestamp_type: timestamp_type(topic),
        flush_messages: topic.flush_messages,
        flush_ms: topic.flush_ms,
        preallocate: topic.preallocate,
        ..LogConfig::default()
    }
}
