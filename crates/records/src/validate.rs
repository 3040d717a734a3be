//! The checks a leader makes of what a producer sent, as far as they need no lock.
//!
//! Responsible for refusing what Apache Kafka refuses, with its error code, and for the changes of the
//! header that follow from the topic's settings. Not responsible for sequence numbers, transactions
//! and offsets: those need the state of the partition.
//!
//! V1  bytes of an uncompressed batch are walked in place; nothing is allocated for an accepted one
//! V2  a compressed batch is decoded in pieces; only where it must be rebuilt are its records held
//! V3  an accepted batch is whole, its checksum is right, its last offset is the number of its records
//!     less one, and its records can be read back
//!
//! As Apache, it takes an uncompressed batch whose records have odd offset deltas, and a `LogAppendTime`
//! batch on a topic with create time (which loses that bit). Unlike Apache, it refuses a compressed
//! batch whose records contradict their lengths: no consumer could read past it.
//!
//! Spec: KIP-32 (timestamps), KIP-98 (v2), KIP-110 (zstd), KIP-467 (per-record errors), KIP-937.

use ottla_types::{Offset, Saturate, WallMs};

use crate::{
    BatchBuilder, BatchError, BatchHeader, BatchView, Compression, Decompressor, HEADER_LEN,
    RecordFault, RecordView, TimestampType,
    compression::Framing,
    cursor::{Cursor, Input},
    header::{MAGIC_OFFSET, SIZE_FIELD_END},
    record::{Skimmed, skim_record},
    stamp::{recompute_crc, set_max_timestamp},
};

mod refusal;

pub use refusal::{MAX_RECORD_ERRORS, RecordError, RecordErrorKind, Refusal};

/// What the topic and the request ask of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Version of the Produce request.
    pub produce_version: i16,
    /// `max.message.bytes`: most bytes of a batch.
    pub max_batch_bytes: usize,
    /// `segment.bytes`: most bytes of what one request appends to a partition.
    pub segment_bytes: usize,
    /// Whether `cleanup.policy` contains `compact`: every record then needs a key.
    pub compacted: bool,
    /// `message.timestamp.type`.
    pub timestamp_type: TimestampType,
    /// `message.timestamp.before.max.ms`: how far a timestamp may lie in the past.
    pub timestamp_before_max_ms: i64,
    /// `message.timestamp.after.max.ms`: how far a timestamp may lie in the future.
    pub timestamp_after_max_ms: i64,
    /// `compression.type`.
    pub compression: TargetCompression,
}

impl Default for Rules {
    /// The defaults of a topic in Apache Kafka 4.3, and its latest Produce version.
    fn default() -> Self {
        Self {
            produce_version: 13,
            max_batch_bytes: 1_048_588,
            segment_bytes: 1 << 30,
            compacted: false,
            timestamp_type: TimestampType::CreateTime,
            timestamp_before_max_ms: i64::MAX,
            timestamp_after_max_ms: 3_600_000,
            compression: TargetCompression::Producer,
        }
    }
}

/// How the batch is to be stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetCompression {
    /// As it came.
    #[default]
    Producer,
    /// With this codec; a batch that has it already is not touched, whatever its level.
    Codec {
        /// The codec.
        codec: Compression,
        /// Its level, `None` for Kafka's default.
        level: Option<i32>,
    },
}

/// A batch that may be appended, with its header as it will be stored but for the leader's stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatedBatch<'a> {
    header: [u8; HEADER_LEN],
    fields: BatchHeader,
    payload: Payload<'a>,
    has_max_timestamp: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Payload<'a> {
    AsSent(&'a [u8]),
    /// The whole batch; the payload follows its header.
    Rebuilt(Vec<u8>),
}

impl<'a> ValidatedBatch<'a> {
    /// The header to store. [`stamp`](crate::stamp()) sets base offset and leader epoch.
    #[must_use]
    pub const fn header_bytes(&self) -> &[u8; HEADER_LEN] {
        &self.header
    }

    /// The header, decoded.
    #[must_use]
    pub const fn header(&self) -> &BatchHeader {
        &self.fields
    }

    /// What follows the header: the producer's bytes, unless the batch was rebuilt.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        match &self.payload {
            Payload::AsSent(bytes) => bytes,
            Payload::Rebuilt(batch) => batch.get(HEADER_LEN..).unwrap_or_default(),
        }
    }

    /// The producer's own bytes after the header, or `None` if the batch was rebuilt.
    #[must_use]
    pub const fn payload_as_sent(&self) -> Option<&'a [u8]> {
        match &self.payload {
            Payload::AsSent(bytes) => Some(bytes),
            Payload::Rebuilt(_) => None,
        }
    }

    /// Bytes of the batch as it will be stored.
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        self.fields.size_in_bytes()
    }

    /// Number of records, at least 1.
    #[must_use]
    pub const fn records_count(&self) -> i32 {
        self.fields.records_count()
    }

    /// Largest timestamp, as stored.
    #[must_use]
    pub const fn max_timestamp(&self) -> i64 {
        self.fields.max_timestamp()
    }

    /// How far after the base offset the index finds the largest timestamp: at the batch's last record.
    /// `None` if no record has a timestamp.
    #[must_use]
    pub fn offset_delta_of_max_timestamp(&self) -> Option<i32> {
        self.has_max_timestamp
            .then_some(self.fields.last_offset_delta)
    }
}

/// Checks what a producer sent for one partition, which must be one whole v2 batch. A cut second batch
/// behind it is dropped, as Apache Kafka does.
///
/// `now` is the append time of the topics that use it, and what timestamps are compared with.
///
/// # Errors
/// [`Refusal`], which knows its protocol error and the records that are to blame.
pub fn validate_produce_batch<'a>(
    bytes: &'a [u8],
    rules: &Rules,
    now: WallMs,
    decompressor: &mut Decompressor,
) -> Result<ValidatedBatch<'a>, Refusal> {
    let batch = the_only_batch(bytes)?;
    let sent = check_envelope(&batch, rules)?;
    let target = match rules.compression {
        TargetCompression::Producer => sent,
        TargetCompression::Codec { codec, .. } => codec,
    };
    check_header(&batch)?;
    let mut walk = Walk::new(&batch, rules, now, sent);
    if sent == Compression::None {
        walk.run(&mut Cursor::new(batch.payload()))?;
    } else {
        let mut stream = decompressor
            .stream(sent, Framing::Standard, batch.payload())
            .map_err(BatchError::Compression)?;
        walk.run(&mut stream)?;
    }
    let max_timestamp = walk.finish()?;
    let validated = if target == sent {
        keep(&batch, rules, now, max_timestamp)
    } else {
        rebuild(&batch, rules, now, decompressor)?
    };
    check_stored_size(&validated, rules)?;
    Ok(validated)
}

/// The batch, if it is the only one.
fn the_only_batch(bytes: &[u8]) -> Result<BatchView<'_>, Refusal> {
    let first = next_batch(bytes)?.ok_or(Refusal::NoBatch)?;
    let (batch, rest) = bytes.split_at_checked(first).ok_or(Refusal::NoBatch)?;
    if batch.get(MAGIC_OFFSET) != Some(&2) {
        return Err(Refusal::OldMagic);
    }
    if next_batch(rest)?.is_some() {
        return Err(Refusal::ManyBatches);
    }
    match BatchView::parse(batch) {
        Ok((batch, _)) => Ok(batch),
        Err(error) => Err(Refusal::Corrupt(error)),
    }
}

/// Size of the batch at the front of `bytes`; `None` if it is not whole.
///
/// Only the smallest size of any format is asked for here, so that a message of an old format is
/// refused as such.
fn next_batch(bytes: &[u8]) -> Result<Option<usize>, Refusal> {
    let mut cursor = Cursor::new(bytes);
    let (Some(_), Some(size)) = (cursor.i64(), cursor.i32()) else {
        return Ok(None);
    };
    if size < SMALLEST_SIZE {
        return Err(Refusal::Corrupt(BatchError::Size { size }));
    }
    match bytes.get(MAGIC_OFFSET) {
        None => return Ok(None),
        Some(0..=2) => {}
        Some(&magic) => {
            return Err(Refusal::Corrupt(BatchError::Magic(magic.cast_signed())));
        }
    }
    let whole = usize::try_from(size)
        .ok()
        .and_then(|size| size.checked_add(SIZE_FIELD_END));
    Ok(whole.filter(|&whole| whole <= bytes.len()))
}

/// Size, checksum and codec: what can be said before anything in the header is believed.
fn check_envelope(batch: &BatchView<'_>, rules: &Rules) -> Result<Compression, Refusal> {
    if rules.produce_version < FIRST_ZSTD_VERSION && batch.compression()? == Compression::Zstd {
        return Err(Refusal::ZstdTooEarly);
    }
    if batch.base_offset().0 != 0 {
        return Err(Refusal::BaseOffset(batch.base_offset()));
    }
    let size = batch.bytes().len();
    if size > rules.max_batch_bytes {
        return Err(Refusal::TooLarge {
            size,
            limit: rules.max_batch_bytes,
        });
    }
    batch.check_crc().map_err(Refusal::Corrupt)?;
    Ok(batch.compression()?)
}

fn check_header(batch: &BatchView<'_>) -> Result<(), Refusal> {
    let count = batch.records_count();
    let spanned = i64::from(batch.last_offset_delta()).saturating_add(1);
    if spanned <= 0 {
        return Err(Refusal::OffsetRange(batch.last_offset_delta()));
    }
    if count <= 0 || i64::from(count) != spanned {
        return Err(Refusal::Count {
            declared: count,
            spanned,
        });
    }
    if batch.is_control() {
        return Err(Refusal::Control);
    }
    if batch.has_producer_id() && batch.base_sequence() < 0 {
        return Err(Refusal::Sequence(batch.base_sequence()));
    }
    Ok(())
}

/// One pass over the records.
struct Walk<'r> {
    rules: &'r Rules,
    now: i64,
    base_timestamp: i64,
    append_time: Option<i64>,
    count: u32,
    /// The reference looks at offset deltas in compressed batches only, and readers count on what it
    /// lets pass.
    compressed: bool,
    max_timestamp: i64,
    errors: Vec<RecordError>,
    bad_delta: Option<i32>,
}

impl<'r> Walk<'r> {
    fn new(batch: &BatchView<'_>, rules: &'r Rules, now: WallMs, sent: Compression) -> Self {
        Self {
            rules,
            now: now.0,
            base_timestamp: batch.base_timestamp(),
            append_time: batch.append_time(),
            count: batch.records_count().saturate(),
            compressed: sent != Compression::None,
            max_timestamp: NO_TIMESTAMP,
            errors: Vec::new(),
            bad_delta: None,
        }
    }

    fn run(&mut self, input: &mut impl Input) -> Result<(), Refusal> {
        for index in 0..self.count {
            let record = skim_record(input).map_err(|fault| self.place(fault, index))?;
            self.check(index, &record);
        }
        if !input.at_end().map_err(|fault| fault.at(self.count))? {
            return Err(RecordFault::TrailingBytes.at(self.count).into());
        }
        Ok(())
    }

    /// The reference throws at a length that does not end, except where it reads from a codec.
    #[cold]
    fn place(&self, fault: RecordFault, index: u32) -> BatchError {
        match fault {
            RecordFault::LengthVarint if self.compressed => RecordFault::Varint.at(index),
            fault => fault.at(index),
        }
    }

    #[inline]
    fn check(&mut self, index: u32, record: &Skimmed) {
        let timestamp = match self.append_time {
            Some(time) => time,
            None => self.base_timestamp.wrapping_add(record.timestamp_delta),
        };
        let fault = if self.rules.compacted && !record.has_key {
            Some(RecordErrorKind::NoKey)
        } else if let Some(kind) = self.timestamp_fault(timestamp) {
            Some(kind)
        } else if self.compressed && u32::try_from(record.offset_delta) != Ok(index) {
            self.bad_delta.get_or_insert(record.offset_delta);
            None
        } else {
            None
        };
        match fault {
            None => self.max_timestamp = self.max_timestamp.max(timestamp),
            Some(kind) => self.note(RecordError { index, kind }),
        }
    }

    fn timestamp_fault(&self, timestamp: i64) -> Option<RecordErrorKind> {
        let rules = self.rules;
        if rules.timestamp_type == TimestampType::CreateTime && timestamp != NO_TIMESTAMP {
            // The subtraction wraps in the reference too: a timestamp near the least number is refused
            // as one from the future.
            let age = self.now.wrapping_sub(timestamp);
            let bad = age > rules.timestamp_before_max_ms
                || age.wrapping_neg() > rules.timestamp_after_max_ms;
            return bad.then(|| RecordErrorKind::Timestamp {
                timestamp,
                earliest: self.now.wrapping_sub(rules.timestamp_before_max_ms),
                latest: self.now.wrapping_add(rules.timestamp_after_max_ms),
            });
        }
        self.append_time.map(|_| RecordErrorKind::AppendTime)
    }

    #[cold]
    fn note(&mut self, error: RecordError) {
        if self.errors.len() < MAX_RECORD_ERRORS {
            self.errors.push(error);
        }
    }

    /// The largest timestamp of the records.
    fn finish(self) -> Result<i64, Refusal> {
        if let Some(delta) = self.bad_delta {
            return Err(Refusal::OffsetDelta(delta));
        }
        if !self.errors.is_empty() {
            return Err(Refusal::Records(self.errors));
        }
        Ok(self.max_timestamp)
    }
}

/// The batch as it came, its header corrected where the timestamps ask for it.
fn keep<'a>(
    batch: &BatchView<'a>,
    rules: &Rules,
    now: WallMs,
    max_timestamp: i64,
) -> ValidatedBatch<'a> {
    let payload = batch.payload();
    let max_timestamp = match rules.timestamp_type {
        TimestampType::CreateTime => max_timestamp,
        TimestampType::LogAppendTime => now.0,
    };
    let mut fields = *batch.header();
    let mut header = fields.encode();
    if batch.timestamp_type() != rules.timestamp_type || batch.max_timestamp() != max_timestamp {
        set_max_timestamp(&mut header, rules.timestamp_type, max_timestamp);
        recompute_crc(&mut header, payload);
        fields = BatchHeader::parse(&header).unwrap_or(fields);
    }
    ValidatedBatch {
        header,
        fields,
        payload: Payload::AsSent(payload),
        has_max_timestamp: max_timestamp != NO_TIMESTAMP,
    }
}

/// The records in a new batch with the codec that the topic asks for.
fn rebuild<'a>(
    batch: &BatchView<'_>,
    rules: &Rules,
    now: WallMs,
    decompressor: &mut Decompressor,
) -> Result<ValidatedBatch<'a>, Refusal> {
    let TargetCompression::Codec { codec, level } = rules.compression else {
        return Err(Refusal::Rebuild);
    };
    let mut builder = BatchBuilder::new()
        .compression(codec)
        .level(level)
        .producer(
            batch.producer_id(),
            batch.producer_epoch(),
            batch.base_sequence(),
        );
    if batch.is_transactional() {
        builder = builder.transactional();
    }
    if rules.timestamp_type == TimestampType::LogAppendTime {
        builder = builder.log_append_time(now.0);
    }
    for (record, offset) in batch.records(decompressor)?.zip(0..) {
        // Numbered anew: uncompressed batches may have had other deltas.
        builder.append_view(&RecordView {
            offset: Offset(offset),
            ..record?
        });
    }
    let bytes = builder.build().map_err(|_| Refusal::Rebuild)?;
    let header = *bytes.first_chunk().ok_or(Refusal::Rebuild)?;
    let fields = BatchHeader::parse(&bytes).map_err(|_| Refusal::Rebuild)?;
    Ok(ValidatedBatch {
        header,
        fields,
        payload: Payload::Rebuilt(bytes),
        has_max_timestamp: fields.max_timestamp() != NO_TIMESTAMP,
    })
}

/// A rebuilt batch may have grown.
fn check_stored_size(batch: &ValidatedBatch<'_>, rules: &Rules) -> Result<(), Refusal> {
    let size = batch.size_in_bytes();
    if size > rules.max_batch_bytes {
        return Err(Refusal::TooLarge {
            size,
            limit: rules.max_batch_bytes,
        });
    }
    if size > rules.segment_bytes {
        return Err(Refusal::LargerThanSegment {
            size,
            limit: rules.segment_bytes,
        });
    }
    Ok(())
}

const NO_TIMESTAMP: i64 = -1;
/// The first Produce version that may carry zstd. Spec: KIP-110.
const FIRST_ZSTD_VERSION: i16 = 7;
/// The smallest size field of any format: a message of magic 0 without key and value.
const SMALLEST_SIZE: i32 = 14;
