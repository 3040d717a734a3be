//! Appends: from clients, and from this node's own coordinators.

use std::sync::Arc;

use ottla_config::{CompressionPolicy, TopicConfig};
use ottla_records::{
    BatchBuilder, Compression, Decompressor, OutputLimit, RecordDraft, TimestampType,
    validate::{Rules, TargetCompression, ValidatedBatch, validate_produce_batch},
};
use ottla_storage::{AppendError, Appended, Verification};
use ottla_types::{
    ErrorCode, Now, Offset, ProducerEpoch, ProducerId, RequestToken, Saturate, WallMs,
};

use crate::output::Output;

use super::{Partition, State, produce_refusal::ProduceRefusal};

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

/// A batch that was checked and is to be appended.
#[derive(Debug)]
pub(crate) struct Append<'a> {
    pub(crate) batch: ValidatedBatch<'a>,
    pub(crate) acks: Acks,
    /// Whom to wake when it is acknowledged; 0 for nobody.
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
    /// Checks what a producer sent; nothing of it depends on other batches.
    pub(crate) fn check<'a>(
        &self,
        now: Now,
        produce_version: i16,
        records: &'a [u8],
        decompressor: &mut Decompressor,
    ) -> Result<ValidatedBatch<'a>, ProduceRefusal> {
        let rules = rules(&self.config.load(), produce_version);
        let batch = validate_produce_batch(records, &rules, now.wall, decompressor)
            .map_err(|refusal| ProduceRefusal::of_batch(&refusal, self))?;
        if batch.header().is_transactional() {
            return Err(ProduceRefusal::bare(ErrorCode::INVALID_TXN_STATE));
        }
        Ok(batch)
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
        // As in Apache Kafka's files: nobody's, and yet numbered.
        let mut builder = BatchBuilder::new().producer(ProducerId::NONE, ProducerEpoch::NONE, 0);
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
        let append = Append {
            batch,
            acks: Acks::All,
            token: RequestToken(0),
        };
        let produced = self
            .append_each(now, std::iter::once(&append), out)
            .pop()
            .unwrap_or_else(|| Err(ProduceRefusal::bare(ErrorCode::UNKNOWN_SERVER_ERROR)))
            .map_err(|refusal| refusal.code)?;
        Ok(Offset(
            produced
                .base_offset
                .0
                .saturating_add(i64::from(append.batch.records_count())),
        ))
    }

    /// Appends batches in order, in one go where that can be; gives what came of each.
    pub(crate) fn append_each<'a>(
        self: &Arc<Self>,
        now: Now,
        appends: impl Iterator<Item = &'a Append<'a>> + Clone,
        out: &mut Vec<Output>,
    ) -> Vec<Result<Produced, ProduceRefusal>> {
        let config = self.config.load();
        let mut state = self.state.lock();
        let was_good = self.log().fault().is_none();
        let appended = self.write_each(&mut state, now, &config, appends.clone());
        // `flush.messages` may have had the log synced.
        state.leader.synced(self.log().durable_end_offset());
        if was_good {
            self.note_failure(out);
        }
        self.publish(&mut state, out);
        let mut wants_sync = false;
        let outcomes = appends
            .zip(appended)
            .map(|(append, appended)| {
                let appended = appended?;
                let end = appended.last_offset.next();
                let waits = append.acks == Acks::All && state.leader.high_watermark() < end;
                if waits && append.token != RequestToken(0) {
                    state.leader.wait(append.token, end);
                }
                wants_sync |= waits && config.acks_all_sync;
                Ok(Produced {
                    base_offset: appended.first_offset,
                    log_append_time: appended.log_append_time,
                    log_start_offset: self.log().log_start_offset(),
                    wait_for: waits.then_some(end),
                })
            })
            .collect();
        drop(state);
        if wants_sync {
            self.ask_sync(out);
        }
        self.ask_to_show(out);
        outcomes
    }

    /// Writes what may be written, and tells the leader of each append.
    fn write_each<'a>(
        &self,
        state: &mut State,
        now: Now,
        config: &TopicConfig,
        appends: impl Iterator<Item = &'a Append<'a>> + Clone,
    ) -> Vec<Result<Appended, ProduceRefusal>> {
        if let Err(code) = self.check_in_service() {
            return appends.map(|_| Err(ProduceRefusal::bare(code))).collect();
        }
        let enough = state.leader.check_enough_replicas();
        let check = |append: &Append<'_>| match append.acks {
            Acks::All => enough,
            Acks::None | Acks::Leader => Ok(()),
        };
        let batches = appends
            .clone()
            .filter(|append| check(append).is_ok())
            .map(|append| (&append.batch, Verification::Off));
        let epoch = self.leader_epoch();
        let mut written = self
            .log()
            .append_each_as_leader(now, batches, epoch)
            .into_iter();
        let mut take = |append: &Append<'_>| {
            check(append)
                .map_err(|code| ProduceRefusal::by_log(code, self.log().log_start_offset()))?;
            let appended = written
                .next()
                .unwrap_or(Err(AppendError::Empty))
                .map_err(|error| ProduceRefusal::of_append(&error, self))?;
            if !appended.duplicate {
                let end = appended.last_offset.next();
                let durable = append.acks == Acks::All && config.acks_all_sync;
                let bytes = append.batch.size_in_bytes().saturate();
                state.hidden.add(end, bytes);
                state.leader.appended(end, durable);
            }
            Ok(appended)
        };
        appends.map(&mut take).collect()
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
