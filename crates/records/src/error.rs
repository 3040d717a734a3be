//! What can be wrong with a batch, and with a record inside it.

use thiserror::Error;

use crate::CompressionError;

/// A batch that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The bytes end before the batch does.
    #[error("batch needs {needed} bytes, {available} are there")]
    Truncated {
        /// Bytes that the batch (or its header) needs.
        needed: usize,
        /// Bytes that are there.
        available: usize,
    },
    /// The size field holds a number no batch can have.
    #[error("batch declares {size} bytes after its size field")]
    Size {
        /// The declared number.
        size: i32,
    },
    /// The format version is not one this reader knows.
    #[error("magic {0} is not a known record format")]
    Magic(i8),
    /// The stored checksum is not the checksum of the bytes.
    #[error("stored checksum {stored:#010x}, computed {computed:#010x}")]
    Crc {
        /// As stored in the batch.
        stored: u32,
        /// Of the bytes.
        computed: u32,
    },
    /// The attributes name a codec that does not exist.
    #[error("codec {0} does not exist")]
    Codec(u8),
    /// The number of records is negative.
    #[error("batch declares {0} records")]
    RecordCount(i32),
    /// A record is malformed.
    #[error("record {index}: {fault}")]
    Record {
        /// Position of the record in its batch, from 0.
        index: u32,
        /// What is wrong with it.
        fault: RecordFault,
    },
    /// The compressed part cannot be read.
    #[error(transparent)]
    Compression(#[from] CompressionError),
    /// A compressed message inside a compressed message.
    #[error("compressed message inside a compressed message")]
    Nested,
}

/// A malformed record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecordFault {
    /// The batch ends inside the record.
    #[error("the batch ends inside it")]
    Ended,
    /// A variable-length integer is longer than its type allows.
    #[error("a variable-length integer does not end")]
    Varint,
    /// The length varint itself does not end.
    #[error("its length does not end")]
    LengthVarint,
    /// The declared length is negative, or a field passes it.
    #[error("a field passes its declared length")]
    Length,
    /// Bytes remain between the last field and the declared end.
    #[error("bytes remain before its declared end")]
    Remainder,
    /// Bytes remain after the last record of the batch.
    #[error("bytes remain after the last record")]
    TrailingBytes,
    /// The header count is negative or larger than the bytes can hold.
    #[error("declares {0} headers")]
    HeaderCount(i32),
    /// A header without a key.
    #[error("a header key has length {0}")]
    HeaderKey(i32),
    /// The compressed part cannot be read any further.
    #[error(transparent)]
    Compression(#[from] CompressionError),
}

impl RecordFault {
    /// The batch error that says so of record `index`.
    pub(crate) fn at(self, index: u32) -> BatchError {
        match self {
            Self::Compression(error) => BatchError::Compression(error),
            fault => BatchError::Record { index, fault },
        }
    }
}
