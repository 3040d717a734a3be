//! Writing v2 batches.

use ottla_types::{LeaderEpoch, Offset, ProducerEpoch, ProducerId, WallMs};
use ottla_wire::varint;
use thiserror::Error;

use crate::{
    BatchHeader, Compression, CompressionError, Header, RecordView, TimestampType,
    header::{
        CONTROL_BIT, DELETE_HORIZON_BIT, HEADER_LEN, LOG_APPEND_TIME_BIT, NO_SEQUENCE,
        SIZE_FIELD_END, TRANSACTIONAL_BIT,
    },
    record::Headers,
    stamp::recompute_crc,
};

/// A record to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordDraft<'a> {
    /// In ms since the epoch, -1 for none.
    pub timestamp: i64,
    /// Its key, `None` for null.
    pub key: Option<&'a [u8]>,
    /// Its value, `None` for null.
    pub value: Option<&'a [u8]>,
    /// Its headers.
    pub headers: &'a [Header<'a>],
}

impl<'a> RecordDraft<'a> {
    /// Without headers.
    #[must_use]
    pub const fn new(timestamp: WallMs, key: Option<&'a [u8]>, value: Option<&'a [u8]>) -> Self {
        Self {
            timestamp: timestamp.0,
            key,
            value,
            headers: &[],
        }
    }
}

/// Why a batch cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The batch, or a field of a record, is larger than a 32-bit length can say.
    #[error("batch or field is larger than {} bytes", i32::MAX)]
    TooLarge,
    /// A record's offset lies before the base offset, before an earlier record, or too far ahead.
    #[error("offset {0} does not fit the batch")]
    Offset(Offset),
    /// The codec refused.
    #[error(transparent)]
    Compression(#[from] CompressionError),
}

/// Collects records into one v2 batch.
///
/// The first fault of an append is kept, and [`build`](Self::build) returns it.
#[derive(Clone, Debug)]
pub struct BatchBuilder {
    header: BatchHeader,
    compression: Compression,
    level: Option<i32>,
    append_time: Option<i64>,
    base_timestamp: Option<i64>,
    /// 61 bytes kept free for the header, then the records, not compressed.
    bytes: Vec<u8>,
    fault: Option<BuildError>,
}

impl Default for BatchBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl BatchBuilder {
    /// Without compression, create time, not idempotent, base offset 0, no leader epoch.
    #[must_use]
    pub fn new() -> Self {
        Self {
            header: BatchHeader {
                base_offset: 0,
                size: 0,
                leader_epoch: LeaderEpoch::NONE.0,
                crc: 0,
                attributes: 0,
                last_offset_delta: -1,
                base_timestamp: -1,
                max_timestamp: -1,
                producer_id: ProducerId::NONE.0,
                producer_epoch: ProducerEpoch::NONE.0,
                base_sequence: NO_SEQUENCE,
                records_count: 0,
            },
            compression: Compression::None,
            level: None,
            append_time: None,
            base_timestamp: None,
            bytes: vec![0; HEADER_LEN],
            fault: None,
        }
    }

    /// Compresses the records, at Kafka's default level.
    #[must_use]
    pub const fn compression(mut self, codec: Compression) -> Self {
        self.compression = codec;
        self
    }

    /// The codec's own level; see [`Compression::compress`].
    #[must_use]
    pub const fn level(mut self, level: Option<i32>) -> Self {
        self.level = level;
        self
    }

    /// Offset of the first record.
    #[must_use]
    pub const fn base_offset(mut self, offset: Offset) -> Self {
        self.header.base_offset = offset.0;
        self
    }

    /// Epoch of the leader that appends the batch.
    #[must_use]
    pub const fn leader_epoch(mut self, epoch: LeaderEpoch) -> Self {
        self.header.leader_epoch = epoch.0;
        self
    }

    /// Gives the batch the leader's append time, in ms since the epoch.
    #[must_use]
    pub const fn log_append_time(mut self, now: i64) -> Self {
        self.header.attributes |= LOG_APPEND_TIME_BIT;
        self.append_time = Some(now);
        self
    }

    /// Makes the batch that of an idempotent producer.
    #[must_use]
    pub const fn producer(mut self, id: ProducerId, epoch: ProducerEpoch, sequence: i32) -> Self {
        self.header.producer_id = id.0;
        self.header.producer_epoch = epoch.0;
        self.header.base_sequence = sequence;
        self
    }

    /// Makes the batch part of a transaction.
    #[must_use]
    pub const fn transactional(mut self) -> Self {
        self.header.attributes |= TRANSACTIONAL_BIT;
        self
    }

    /// Makes the records markers that consumers do not see.
    #[must_use]
    pub const fn control(mut self) -> Self {
        self.header.attributes |= CONTROL_BIT;
        self
    }

    /// Stores when tombstones and markers may go, in the place of the base timestamp. Spec: KIP-534.
    #[must_use]
    pub const fn delete_horizon(mut self, horizon_ms: i64) -> Self {
        self.header.attributes |= DELETE_HORIZON_BIT;
        self.base_timestamp = Some(horizon_ms);
        self
    }

    /// Adds a record at the offset after the last one.
    pub fn append(&mut self, record: &RecordDraft<'_>) -> &mut Self {
        let delta = self.header.last_offset_delta.saturating_add(1);
        self.push(
            delta,
            record.timestamp,
            record.key,
            record.value,
            &Encoded::Draft(record.headers),
        )
    }

    /// Adds a record at `offset`, which must lie after the last one: compaction leaves gaps.
    pub fn append_at(&mut self, offset: Offset, record: &RecordDraft<'_>) -> &mut Self {
        match self.delta(offset) {
            Some(delta) => self.push(
                delta,
                record.timestamp,
                record.key,
                record.value,
                &Encoded::Draft(record.headers),
            ),
            None => self.refuse(BuildError::Offset(offset)),
        }
    }

    /// Adds a record of another batch, at its own offset.
    pub fn append_view(&mut self, record: &RecordView<'_>) -> &mut Self {
        match self.delta(record.offset) {
            Some(delta) => self.push(
                delta,
                record.timestamp,
                record.key,
                record.value,
                &Encoded::View(record.headers),
            ),
            None => self.refuse(BuildError::Offset(record.offset)),
        }
    }

    /// Moves the last offset past the last record: what compaction removed still counts.
    pub fn keep_last_offset(&mut self, offset: Offset) -> &mut Self {
        match i32::try_from(offset.0.wrapping_sub(self.header.base_offset)) {
            Ok(delta) if delta >= self.header.last_offset_delta => {
                self.header.last_offset_delta = delta;
                self
            }
            _ => self.refuse(BuildError::Offset(offset)),
        }
    }

    /// Raises the largest timestamp to at least `timestamp`: what compaction removed still counts.
    pub fn keep_max_timestamp(&mut self, timestamp: i64) -> &mut Self {
        self.header.max_timestamp = self.header.max_timestamp.max(timestamp);
        self
    }

    /// Bytes of the batch so far, before compression.
    #[must_use]
    pub const fn size_in_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Records so far.
    #[must_use]
    pub const fn records_count(&self) -> i32 {
        self.header.records_count
    }

    /// The batch. Without records it is the empty batch that compaction leaves behind.
    ///
    /// # Errors
    /// The first fault of an append, [`BuildError::TooLarge`], [`BuildError::Compression`].
    pub fn build(mut self) -> Result<Vec<u8>, BuildError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut bytes = self.bytes;
        // An empty batch has nothing to compress.
        if self.compression != Compression::None && self.header.records_count > 0 {
            let plain = bytes.get(HEADER_LEN..).unwrap_or_default();
            let mut compressed = vec![0; HEADER_LEN];
            self.compression
                .compress_into(self.level, plain, &mut compressed)?;
            bytes = compressed;
            self.header.attributes |= self.compression.id();
        }
        self.header.size = i32::try_from(bytes.len().saturating_sub(SIZE_FIELD_END))
            .map_err(|_| BuildError::TooLarge)?;
        self.header.base_timestamp = self.base_timestamp.unwrap_or(-1);
        if let Some(now) = self.append_time {
            self.header.max_timestamp = now;
        }
        let mut header = self.header.encode();
        recompute_crc(&mut header, bytes.get(HEADER_LEN..).unwrap_or_default());
        if let Some(place) = bytes.first_chunk_mut() {
            *place = header;
        }
        Ok(bytes)
    }

    /// How far `offset` lies from the base, if a record may follow there.
    fn delta(&self, offset: Offset) -> Option<i32> {
        let delta = i32::try_from(offset.0.checked_sub(self.header.base_offset)?).ok()?;
        (delta > self.header.last_offset_delta).then_some(delta)
    }

    fn refuse(&mut self, fault: BuildError) -> &mut Self {
        self.fault.get_or_insert(fault);
        self
    }

    fn push(
        &mut self,
        offset_delta: i32,
        timestamp: i64,
        key: Option<&[u8]>,
        value: Option<&[u8]>,
        headers: &Encoded<'_>,
    ) -> &mut Self {
        let base_timestamp = *self.base_timestamp.get_or_insert(timestamp);
        let delta = timestamp.wrapping_sub(base_timestamp);
        let length = [
            Some(1),
            Some(varint::len_i64(delta)),
            Some(varint::len_i32(offset_delta)),
            nullable_len(key),
            nullable_len(value),
            headers.encoded_len(),
        ]
        .into_iter()
        .try_fold(0usize, |sum, part| sum.checked_add(part?))
        .and_then(|length| i32::try_from(length).ok());
        let Some(length) = length else {
            return self.refuse(BuildError::TooLarge);
        };
        let out = &mut self.bytes;
        varint::write_i32(out, length);
        out.push(0);
        varint::write_i64(out, delta);
        varint::write_i32(out, offset_delta);
        write_nullable(out, key);
        write_nullable(out, value);
        headers.write(out);
        self.header.last_offset_delta = offset_delta;
        self.header.records_count = self.header.records_count.saturating_add(1);
        self.header.max_timestamp = self.header.max_timestamp.max(timestamp);
        self
    }

    /// As [`TimestampType`], what the batch will say.
    #[must_use]
    pub const fn timestamp_type(&self) -> TimestampType {
        self.header.timestamp_type()
    }
}

/// Headers to write: given one by one, or copied as they are encoded.
enum Encoded<'a> {
    Draft(&'a [Header<'a>]),
    View(Headers<'a>),
}

impl Encoded<'_> {
    fn encoded_len(&self) -> Option<usize> {
        match self {
            Self::Draft(headers) => headers.iter().try_fold(
                varint::len_i32(i32::try_from(headers.len()).ok()?),
                |sum, header| {
                    sum.checked_add(nullable_len(Some(header.key))?)?
                        .checked_add(nullable_len(header.value)?)
                },
            ),
            Self::View(headers) => {
                let count = i32::try_from(headers.count_left()).ok()?;
                varint::len_i32(count).checked_add(headers.encoded().len())
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Draft(headers) => {
                varint::write_i32(out, saturated(headers.len()));
                for header in *headers {
                    write_nullable(out, Some(header.key));
                    write_nullable(out, header.value);
                }
            }
            Self::View(headers) => {
                varint::write_i32(out, ottla_types::Saturate::saturate(headers.count_left()));
                out.extend_from_slice(headers.encoded());
            }
        }
    }
}

/// Lengths were checked by [`nullable_len`] before anything is written.
fn saturated(length: usize) -> i32 {
    ottla_types::Saturate::saturate(length)
}

fn nullable_len(bytes: Option<&[u8]>) -> Option<usize> {
    let Some(bytes) = bytes else {
        return Some(1);
    };
    let prefix = varint::len_i32(i32::try_from(bytes.len()).ok()?);
    bytes.len().checked_add(prefix)
}

fn write_nullable(out: &mut Vec<u8>, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => {
            varint::write_i32(out, saturated(bytes.len()));
            out.extend_from_slice(bytes);
        }
        None => varint::write_i32(out, -1),
    }
}
