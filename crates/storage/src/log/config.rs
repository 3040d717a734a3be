//! The settings of a log.

use ottla_records::TimestampType;

/// Settings of one partition's log, named as the topic's settings are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// `segment.bytes`: a segment is closed rather than made larger.
    pub segment_bytes: u64,
    /// `segment.ms`: a segment is closed when its records span more.
    pub segment_ms: i64,
    /// `segment.jitter.ms`: by how much `segment_ms` is shortened at most.
    pub segment_jitter_ms: i64,
    /// `segment.index.bytes`: a segment is closed when an index would be larger.
    pub segment_index_bytes: u64,
    /// `index.interval.bytes`: bytes between two entries of an index.
    pub index_interval_bytes: u64,
    /// `retention.ms`, negative for ever.
    pub retention_ms: i64,
    /// `retention.bytes`, negative for no limit.
    pub retention_bytes: i64,
    /// Whether `cleanup.policy` contains `delete`: retention by time and size.
    pub delete: bool,
    /// Whether `cleanup.policy` contains `compact`: offsets may be missing anywhere.
    pub compact: bool,
    /// `delete.retention.ms`: how long a tombstone, or the marker of a transaction without records,
    /// stays after it was first cleaned.
    pub delete_retention_ms: i64,
    /// `min.compaction.lag.ms`: a segment with a younger record is not cleaned.
    pub min_compaction_lag_ms: i64,
    /// `max.compaction.lag.ms`: a log with an older dirty record is cleaned whatever its dirty ratio.
    pub max_compaction_lag_ms: i64,
    /// `file.delete.delay.ms`: how long a removed file stays for those who still read it.
    pub file_delete_delay_ms: u64,
    /// `message.timestamp.type`.
    pub timestamp_type: TimestampType,
    /// `producer.id.expiration.ms`: an idle producer is forgotten.
    pub producer_id_expiration_ms: i64,
    /// `flush.messages`: an append that leaves so many records unsynced syncs them.
    pub flush_messages: i64,
    /// `flush.ms`: how long [`Log::flush_if_old`](super::Log::flush_if_old) leaves records unsynced.
    pub flush_ms: i64,
    /// `preallocate`: a new segment's file is made as long as `segment_bytes`, and cut when it is
    /// closed.
    pub preallocate: bool,
}

impl Default for LogConfig {
    /// The defaults of Apache Kafka 4.3.
    fn default() -> Self {
        Self {
            segment_bytes: 1 << 30,
            segment_ms: 7 * DAY_MS,
            segment_jitter_ms: 0,
            segment_index_bytes: 10 << 20,
            index_interval_bytes: 4096,
            retention_ms: 7 * DAY_MS,
            retention_bytes: -1,
            delete: true,
            compact: false,
            delete_retention_ms: DAY_MS,
            min_compaction_lag_ms: 0,
            max_compaction_lag_ms: i64::MAX,
            file_delete_delay_ms: 60_000,
            timestamp_type: TimestampType::CreateTime,
            producer_id_expiration_ms: DAY_MS,
            flush_messages: i64::MAX,
            flush_ms: i64::MAX,
            preallocate: false,
        }
    }
}

impl LogConfig {
    /// Length of a new segment's file.
    pub(super) const fn first_len(&self) -> u64 {
        if self.preallocate {
            self.segment_bytes
        } else {
            0
        }
    }
}

impl LogConfig {
    /// How long a segment is appended to: of a compacted log no longer than its records may stay dirty.
    pub(crate) fn segment_ms_max(&self) -> i64 {
        if self.compact && self.max_compaction_lag_ms > 0 {
            self.segment_ms.min(self.max_compaction_lag_ms)
        } else {
            self.segment_ms
        }
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
