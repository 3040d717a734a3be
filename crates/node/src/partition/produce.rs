//! Appends: from clients, and from this node's own coordinators.

use std::sync::Arc;

use ottla_config::{CompressionPolicy, TopicConfig};
use ottla_records::{
    BatchBuilder, Compression, Decompressor, OutputLimit, RecordDraft, TimestampType,
    validate::{Rules, TargetCompression, ValidatedBatch, validate_produce_batch},
};
use ottla_types::{ErrorCode, Now, Offset, RequestToken, Saturate, WallMs};

use crate::{node::Node, output::Output};

use super::{Partition, produce_refusal::ProduceRefusal};

/// When a produce request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acks {
    /// Never.
    None,
    /// When the leader has appended.
    Leader,
    /// When the in-sync set has.
    All,
}

impl Acks {
    pub(crate) const fn from_wire(acks: i16) -> Option<Self> {
        match acks {
            0 => Some(Self::None),
            1 => Some(Self::Leader),
            -1 => Some(Self::All),
            _ => None,
        }
    }
}

/// What a produce request says that holds for all its partitions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProducerCall {
    pub(crate) now: Now,
    pub(crate) api_version: i16,
    pub(crate) acks: Acks,
    pub(crate) token: RequestToken,
}

/// An accepted append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Produced {
    pub(crate) base_offset: Offset,
    /// -1 unless the topic stamps records with the time of the append.
    pub(crate) log_append_time: WallMs,
    pub(crate) log_start_offset: Offset,
    /// Where the watermark has to come before it is acknowledged.
    pub(crate) wait_for: Option<Offset>,
}

/// Keys and values of records that a coordinator writes; `None` is a tombstone.
pub(crate) type InternalBatch = Vec<(Vec<u8>, Option<Vec<u8>>)>;

impl Partition {
    /// Appends what a producer sent.
    pub(crate) fn produce(
        self: &Arc<Self>,
        node: &Node,
        call: &ProducerCall,
        records: &[u8],
        out: &mut Vec<Output>,
    ) -> Result<Produced, ProduceRefusal> {
        let config = self.config.load();
        let rules = rules(&config, call.api_version);
        let mut decompressor = Decompressor::with_limit(node.output_limit());
        let batch = validate_produce_batch(records, &rules, call.now.wall, &mut decompressor)
            .map_err(|refusal| ProduceRefusal::of_batch(&refusal, self))?;
        if batch.header().is_transactional() {
            return Err(ProduceRefusal::bare(ErrorCode::INVALID_TXN_STATE));
        }
        self.append(call.now, &batch, &config, call.acks, call.token, out)
    }

    /// Appends records of this node's own, to be acknowledged by the in-sync set.
    ///
    /// Gives the offset the watermark has to come to.
    pub(crate) fn append_internal(
        self: &Arc<Self>,
        now: Now,
        records: &InternalBatch,
        out: &mut Vec<Output>,
    ) -> Result<Offset, ErrorCode> {
        let config = self.config.load();
        let mut builder = BatchBuilder::new();
        for (key, value) in records {
            builder.append(&RecordDraft {
                timestamp: now.wall.0,
                key: Some(key),
                value: value.as_deref(),
                ..RecordDraft::default()
            });
        }
        let bytes = builder
            .build()
            .map_err(|_| ErrorCode::RECORD_LIST_TOO_LARGE)?;
        let mut rules = rules(&config, LATEST_PRODUCE);
        rules.compression = TargetCompression::Producer;
        let mut decompressor = Decompressor::with_limit(OutputLimit::default());
        let batch = validate_produce_batch(&bytes, &rules, now.wall, &mut decompressor)
            .map_err(|refusal| refusal.code())?;
        let produced = self
            .append(now, &batch, &config, Acks::All, RequestToken(0), out)
            .map_err(|refusal| refusal.code)?;
        Ok(Offset(
            produced
                .base_offset
                .0
                .saturating_add(i64::from(batch.records_count())),
        ))
    }

    fn append(
        self: &Arc<Self>,
        now: Now,
        batch: &ValidatedBatch<'_>,
        config: &TopicConfig,
        acks: Acks,
        token: RequestToken,
        out: &mut Vec<Output>,
    ) -> Result<Produced, ProduceRefusal> {
        let mut state = self.state.lock();
        self.check_in_service().map_err(ProduceRefusal::bare)?;
        if acks == Acks::All {
            state
                .leader
                .check_enough_replicas()
                .map_err(|code| ProduceRefusal::by_log(code, self.log.log_start_offset()))?;
        }
        let appended = self
            .log
            .append_as_leader(now, std::slice::from_ref(batch), self.leader_epoch())
            .map_err(|error| ProduceRefusal::of_append(&error, self))?;
        let end = Offset(appended.last_offset.0.saturating_add(1));
        let durable = acks == Acks::All && config.acks_all_sync;
        if !appended.duplicate {
            let bytes: i64 = batch.size_in_bytes().saturate();
            state.hidden.add(end, bytes);
            state.leader.appended(end, durable);
            // `flush.messages` may have had the log synced.
            state.leader.synced(self.log.durable_end_offset());
        }
        self.publish(&mut state, out);
        let wait_for = (acks == Acks::All && state.leader.high_watermark() < end).then_some(end);
        if wait_for.is_some() && token != RequestToken(0) {
            state.leader.wait(token, end);
        }
        drop(state);
        if durable && wait_for.is_some() {
            self.ask_sync(out);
        }
        Ok(Produced {
            base_offset: appended.first_offset,
            log_append_time: appended.log_append_time,
            log_start_offset: self.log.log_start_offset(),
            wait_for,
        })
    }
}

/// Whose time the records of a topic carry.
pub(crate) const fn timestamp_type(config: &TopicConfig) -> TimestampType {
    match config.timestamp_type {
        ottla_config::TimestampType::CreateTime => TimestampType::CreateTime,
        ottla_config::TimestampType::LogAppendTime => TimestampType::LogAppendTime,
    }
}

/// The latest version of Produce.
const LATEST_PRODUCE: i16 = 13;

fn rules(config: &TopicConfig, produce_version: i16) -> Rules {
    Rules {
        produce_version,
        max_batch_bytes: config.max_message_bytes.saturate(),
        segment_bytes: config.segment_bytes.saturate(),
        compacted: config.cleanup.compact,
        timestamp_type: timestamp_type(config),
        timestamp_before_max_ms: config.before_max_ms,
        timestamp_after_max_ms: config.after_max_ms,
        compression: match config.compression {
            CompressionPolicy::Producer => TargetCompression::Producer,
            CompressionPolicy::Uncompressed => codec(Compression::None, None),
            CompressionPolicy::Gzip { level } => codec(Compression::Gzip, Some(level)),
            CompressionPolicy::Snappy => codec(Compression::Snappy, None),
            CompressionPolicy::Lz4 { level } => codec(Compression::Lz4, Some(level)),
            CompressionPolicy::Zstd { level } => codec(Compression::Zstd, Some(level)),
        },
    }
}

const fn codec(codec: Compression, level: Option<i32>) -> TargetCompression {
    TargetCompression::Codec { codec, level }
}
