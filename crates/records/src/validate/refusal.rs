//! Why a leader does not append what a producer sent.

use ottla_types::{ErrorCode, Offset};
use thiserror::Error;

use crate::{BatchError, CompressionError, RecordFault};

/// A refusal; the text of an answer is its `Display`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No whole batch.
    #[error("produce requests must have at least one record batch per partition")]
    NoBatch,
    /// More than one batch.
    #[error("produce requests are only allowed to contain exactly one record batch per partition")]
    ManyBatches,
    /// A message set of magic 0 or 1.
    #[error("produce requests are only allowed to contain record batches with magic version 2")]
    OldMagic,
    /// Size, magic or checksum are wrong.
    #[error(transparent)]
    Corrupt(BatchError),
    /// Zstandard in a Produce version that does not know it.
    #[error("produce requests before version 7 are not allowed to use zstd compression")]
    ZstdTooEarly,
    /// The codec bits name none.
    #[error("codec {0} does not exist")]
    UnknownCodec(u8),
    /// A producer numbers from 0.
    #[error("the base offset of the record batch should be 0, but it is {0}")]
    BaseOffset(Offset),
    /// The batch is larger than the topic allows.
    #[error("the record batch size of {size} bytes exceeds the maximum of {limit} bytes")]
    TooLarge {
        /// Bytes of the batch.
        size: usize,
        /// `max.message.bytes`.
        limit: usize,
    },
    /// The batch does not fit a segment.
    #[error("the record batch size of {size} bytes exceeds the segment size of {limit} bytes")]
    LargerThanSegment {
        /// Bytes of the batch.
        size: usize,
        /// `segment.bytes`.
        limit: usize,
    },
    /// The last offset lies before the first.
    #[error("batch has an invalid last offset delta {0}")]
    OffsetRange(i32),
    /// The number of records is not what the offsets span.
    #[error("batch declares {declared} records and spans {spanned} offsets")]
    Count {
        /// As declared.
        declared: i32,
        /// Last offset delta plus one.
        spanned: i64,
    },
    /// Control batches are the broker's own.
    #[error("clients are not allowed to write control records")]
    Control,
    /// An idempotent producer without a sequence number.
    #[error("invalid sequence number {0} in record batch with a producer id")]
    Sequence(i32),
    /// A record, or the compressed part, is malformed.
    #[error(transparent)]
    Structure(BatchError),
    /// The records of a compressed batch are not at 0, 1, 2, ...
    #[error("offset delta {0} does not follow the record before")]
    OffsetDelta(i32),
    /// Records that the topic does not take.
    #[error("one or more records have been rejected")]
    Records(Vec<RecordError>),
    /// The batch cannot be stored with the topic's codec.
    #[error("the record batch cannot be compressed again")]
    Rebuild,
}

impl Refusal {
    /// The protocol error.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NoBatch
            | Self::ManyBatches
            | Self::OldMagic
            | Self::BaseOffset(_)
            | Self::OffsetRange(_)
            | Self::Count { .. }
            | Self::Control
            | Self::Sequence(_) => ErrorCode::INVALID_RECORD,
            Self::Structure(BatchError::Compression(CompressionError::Limit(_))) => {
                ErrorCode::MESSAGE_TOO_LARGE
            }
            // The reference has no answer of its own for these: what its libraries throw becomes this.
            Self::Structure(
                BatchError::Compression(_)
                | BatchError::Record {
                    fault: RecordFault::LengthVarint,
                    ..
                },
            )
            | Self::UnknownCodec(_)
            | Self::OffsetDelta(_)
            | Self::Rebuild => ErrorCode::UNKNOWN_SERVER_ERROR,
            Self::Structure(_) => ErrorCode::INVALID_RECORD,
            Self::Corrupt(_) => ErrorCode::CORRUPT_MESSAGE,
            Self::ZstdTooEarly => ErrorCode::UNSUPPORTED_COMPRESSION_TYPE,
            Self::TooLarge { .. } => ErrorCode::MESSAGE_TOO_LARGE,
            Self::LargerThanSegment { .. } => ErrorCode::RECORD_LIST_TOO_LARGE,
            // One bad timestamp decides for all.
            Self::Records(errors) if errors.iter().any(|error| error.kind.is_timestamp()) => {
                ErrorCode::INVALID_TIMESTAMP
            }
            Self::Records(_) => ErrorCode::INVALID_RECORD,
        }
    }

    /// The records to blame, for the answer from Produce v8 on. Spec: KIP-467.
    #[must_use]
    pub fn record_errors(&self) -> &[RecordError] {
        match self {
            Self::Records(errors) => errors,
            _ => &[],
        }
    }
}

impl From<BatchError> for Refusal {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Codec(codec) => Self::UnknownCodec(codec),
            other => Self::Structure(other),
        }
    }
}

/// A record that the topic does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("record {index}: {kind}")]
pub struct RecordError {
    /// Its position in the batch, from 0.
    pub index: u32,
    /// What is wrong.
    pub kind: RecordErrorKind,
}

/// What the topic does not take about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecordErrorKind {
    /// No key on a compacted topic.
    #[error("Compacted topic cannot accept message without key")]
    NoKey,
    /// The timestamp is too far from the broker's clock.
    #[error("timestamp {timestamp} is out of range, it should be within [{earliest}, {latest}]")]
    Timestamp {
        /// Of the record, in ms since the epoch.
        timestamp: i64,
        /// Least that is taken; wraps where the setting is unlimited.
        earliest: i64,
        /// Largest that is taken.
        latest: i64,
    },
    /// Only a leader may say that it set the timestamps.
    #[error(
        "Invalid timestamp type in message. Producer should not set timestamp type to LogAppendTime."
    )]
    AppendTime,
}

impl RecordErrorKind {
    const fn is_timestamp(self) -> bool {
        matches!(self, Self::Timestamp { .. } | Self::AppendTime)
    }
}

/// Most record errors that one refusal lists; the rest are as wrong, but the answer stays small.
pub const MAX_RECORD_ERRORS: usize = 1_000;
