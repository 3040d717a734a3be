//! The 61 bytes at the front of record batch v2.
//!
//! ```text
//!  0 base offset i64 | 8 size i32 | 12 leader epoch i32 | 16 magic i8 | 17 crc u32
//! 21 attributes i16 | 23 last offset delta i32 | 27 base timestamp i64 | 35 max timestamp i64
//! 43 producer id i64 | 51 producer epoch i16 | 53 base sequence i32 | 57 record count i32 | 61 records
//! ```
//! The size counts the bytes after itself. The checksum covers everything from the attributes on.

use ottla_types::{LeaderEpoch, Offset, ProducerEpoch, ProducerId};

use crate::{BatchError, Compression, cursor::Cursor};

/// Length of the header of a v2 batch, in bytes.
pub const HEADER_LEN: usize = 61;
/// Where the size field ends: a batch is this many bytes longer than its size field says.
pub const SIZE_FIELD_END: usize = 12;
/// Where the format version lies, in every format.
pub const MAGIC_OFFSET: usize = 16;
/// Where the bytes that the checksum covers begin.
pub(crate) const CRC_COVERS_FROM: usize = 21;

/// Where the timestamps of records come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimestampType {
    /// Set by the producer, per record.
    #[default]
    CreateTime,
    /// Set by the leader when it appended the batch; one for the batch.
    LogAppendTime,
}

/// The header of a v2 batch, decoded. Whether the rest of the batch is there is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchHeader {
    pub(crate) base_offset: i64,
    pub(crate) size: i32,
    pub(crate) leader_epoch: i32,
    pub(crate) crc: u32,
    pub(crate) attributes: i16,
    pub(crate) last_offset_delta: i32,
    pub(crate) base_timestamp: i64,
    pub(crate) max_timestamp: i64,
    pub(crate) producer_id: i64,
    pub(crate) producer_epoch: i16,
    pub(crate) base_sequence: i32,
    pub(crate) records_count: i32,
}

pub(crate) const LOG_APPEND_TIME_BIT: i16 = 0x08;
pub(crate) const TRANSACTIONAL_BIT: i16 = 0x10;
pub(crate) const CONTROL_BIT: i16 = 0x20;
pub(crate) const DELETE_HORIZON_BIT: i16 = 0x40;

impl BatchHeader {
    /// Decodes the header from the first 61 bytes of `bytes`; the records need not be there.
    ///
    /// # Errors
    /// [`BatchError::Truncated`] with fewer than 61 bytes, [`BatchError::Magic`] for another format,
    /// [`BatchError::Size`] for a size that is smaller than the header.
    #[inline]
    pub fn parse(bytes: &[u8]) -> Result<Self, BatchError> {
        let header = Self::decode(bytes).ok_or(BatchError::Truncated {
            needed: HEADER_LEN,
            available: bytes.len(),
        });
        // The magic decides first: a short legacy message is not a truncated v2 header.
        match bytes.get(MAGIC_OFFSET) {
            Some(&2) | None => {}
            Some(&magic) => return Err(BatchError::Magic(magic.cast_signed())),
        }
        let header = header?;
        if header.size < MIN_SIZE {
            return Err(BatchError::Size { size: header.size });
        }
        Ok(header)
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes.get(..HEADER_LEN)?);
        let base_offset = cursor.i64()?;
        let size = cursor.i32()?;
        let leader_epoch = cursor.i32()?;
        cursor.i8()?;
        Some(Self {
            base_offset,
            size,
            leader_epoch,
            crc: cursor.u32()?,
            attributes: cursor.i16()?,
            last_offset_delta: cursor.i32()?,
            base_timestamp: cursor.i64()?,
            max_timestamp: cursor.i64()?,
            producer_id: cursor.i64()?,
            producer_epoch: cursor.i16()?,
            base_sequence: cursor.i32()?,
            records_count: cursor.i32()?,
        })
    }

    /// The header as bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_LEN] {
        let mut bytes = [0; HEADER_LEN];
        let mut rest: &mut [u8] = &mut bytes;
        put(&mut rest, self.base_offset.to_be_bytes());
        put(&mut rest, self.size.to_be_bytes());
        put(&mut rest, self.leader_epoch.to_be_bytes());
        put(&mut rest, [2]);
        put(&mut rest, self.crc.to_be_bytes());
        put(&mut rest, self.attributes.to_be_bytes());
        put(&mut rest, self.last_offset_delta.to_be_bytes());
        put(&mut rest, self.base_timestamp.to_be_bytes());
        put(&mut rest, self.max_timestamp.to_be_bytes());
        put(&mut rest, self.producer_id.to_be_bytes());
        put(&mut rest, self.producer_epoch.to_be_bytes());
        put(&mut rest, self.base_sequence.to_be_bytes());
        put(&mut rest, self.records_count.to_be_bytes());
        bytes
    }

    /// Offset of the first record the producer sent; it may be gone after compaction.
    #[must_use]
    pub const fn base_offset(&self) -> Offset {
        Offset(self.base_offset)
    }

    /// Offset of the last record the producer sent; it may be gone after compaction.
    #[must_use]
    pub fn last_offset(&self) -> Offset {
        Offset(
            self.base_offset
                .wrapping_add(i64::from(self.last_offset_delta)),
        )
    }

    /// The offset after the batch.
    #[must_use]
    pub fn next_offset(&self) -> Offset {
        self.last_offset().next()
    }

    /// Last offset minus base offset.
    #[must_use]
    pub const fn last_offset_delta(&self) -> i32 {
        self.last_offset_delta
    }

    /// Bytes of the whole batch, header and size field included.
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        whole_size(self.size)
    }

    /// Epoch of the leader that appended the batch.
    #[must_use]
    pub const fn partition_leader_epoch(&self) -> LeaderEpoch {
        LeaderEpoch(self.leader_epoch)
    }

    /// Stored checksum.
    #[must_use]
    pub const fn crc(&self) -> u32 {
        self.crc
    }

    /// All attribute bits.
    #[must_use]
    pub const fn attributes(&self) -> i16 {
        self.attributes
    }

    /// The codec of the records.
    ///
    /// # Errors
    /// [`BatchError::Codec`] when no codec has the number.
    #[inline]
    pub fn compression(&self) -> Result<Compression, BatchError> {
        Compression::from_attributes(self.attributes)
    }

    /// Where the timestamps come from.
    #[must_use]
    pub const fn timestamp_type(&self) -> TimestampType {
        if self.attributes & LOG_APPEND_TIME_BIT == 0 {
            TimestampType::CreateTime
        } else {
            TimestampType::LogAppendTime
        }
    }

    /// Whether the batch belongs to a transaction.
    #[must_use]
    pub const fn is_transactional(&self) -> bool {
        self.attributes & TRANSACTIONAL_BIT != 0
    }

    /// Whether the records are markers that consumers do not see.
    #[must_use]
    pub const fn is_control(&self) -> bool {
        self.attributes & CONTROL_BIT != 0
    }

    /// Whether the base timestamp is a delete horizon.
    #[must_use]
    pub const fn has_delete_horizon(&self) -> bool {
        self.attributes & DELETE_HORIZON_BIT != 0
    }

    /// When tombstones and markers of the batch may go, in ms since the epoch. Spec: KIP-534.
    #[must_use]
    pub fn delete_horizon_ms(&self) -> Option<i64> {
        self.has_delete_horizon().then_some(self.base_timestamp)
    }

    /// What the timestamp deltas of the records count from, in ms since the epoch.
    #[must_use]
    pub const fn base_timestamp(&self) -> i64 {
        self.base_timestamp
    }

    /// Largest timestamp of the records, or the append time; -1 if there is none.
    #[must_use]
    pub const fn max_timestamp(&self) -> i64 {
        self.max_timestamp
    }

    /// Id of the producer, `NONE` if it is not idempotent.
    #[must_use]
    pub const fn producer_id(&self) -> ProducerId {
        ProducerId(self.producer_id)
    }

    /// Whether the producer is idempotent.
    #[must_use]
    pub const fn has_producer_id(&self) -> bool {
        self.producer_id > ProducerId::NONE.0
    }

    /// Epoch of the producer.
    #[must_use]
    pub const fn producer_epoch(&self) -> ProducerEpoch {
        ProducerEpoch(self.producer_epoch)
    }

    /// Sequence number of the first record, -1 for none.
    #[must_use]
    pub const fn base_sequence(&self) -> i32 {
        self.base_sequence
    }

    /// Sequence number of the last record; 0 follows 2^31 - 1. -1 for none.
    #[must_use]
    pub fn last_sequence(&self) -> i32 {
        if self.base_sequence == NO_SEQUENCE {
            return NO_SEQUENCE;
        }
        let left = i32::MAX.wrapping_sub(self.base_sequence);
        if left < self.last_offset_delta {
            self.last_offset_delta.wrapping_sub(left).wrapping_sub(1)
        } else {
            self.base_sequence.wrapping_add(self.last_offset_delta)
        }
    }

    /// Number of records that the batch says it holds.
    #[must_use]
    pub const fn records_count(&self) -> i32 {
        self.records_count
    }

    /// The timestamp all records of the batch have, if the leader set it.
    pub(crate) fn append_time(&self) -> Option<i64> {
        (self.timestamp_type() == TimestampType::LogAppendTime).then_some(self.max_timestamp)
    }
}

/// "No sequence number".
pub(crate) const NO_SEQUENCE: i32 = -1;
/// The smallest size field: a header without records.
const MIN_SIZE: i32 = 49;

/// Bytes of a batch whose size field holds `size`; 0 for a negative size.
pub(crate) fn whole_size(size: i32) -> usize {
    usize::try_from(size)
        .ok()
        .and_then(|size| size.checked_add(SIZE_FIELD_END))
        .unwrap_or_default()
}

/// Puts `field` at the front of `rest` and passes it. Fields that do not fit are a bug of the caller.
fn put<const N: usize>(rest: &mut &mut [u8], field: [u8; N]) {
    if let Some((front, back)) = std::mem::take(rest).split_first_chunk_mut::<N>() {
        *front = field;
        *rest = back;
    }
}
