//! Batches of any format: what a segment that has seen many versions of Kafka holds.

use ottla_types::Offset;

use crate::{
    BatchError, BatchHeader, BatchView, Compression, Decompressor, LegacyBatch, LegacyHeader,
    LegacyRecords, RecordView, Records, TimestampType, header::MAGIC_OFFSET,
};

/// The front of a batch of any format, decoded from the bytes that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyHeader {
    /// Magic 2.
    V2(BatchHeader),
    /// Magic 0 or 1.
    Legacy(LegacyHeader),
}

impl AnyHeader {
    /// Decodes the front of a batch; the rest need not be there. 61 bytes are always enough.
    ///
    /// # Errors
    /// As [`BatchHeader::parse`] and [`LegacyHeader::parse`].
    pub fn parse(bytes: &[u8]) -> Result<Self, BatchError> {
        match bytes.get(MAGIC_OFFSET) {
            Some(0 | 1) => LegacyHeader::parse(bytes).map(Self::Legacy),
            _ => BatchHeader::parse(bytes).map(Self::V2),
        }
    }

    /// Bytes of the whole batch.
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        match self {
            Self::V2(header) => header.size_in_bytes(),
            Self::Legacy(header) => header.size_in_bytes(),
        }
    }

    /// Format version.
    #[must_use]
    pub const fn magic(&self) -> i8 {
        match self {
            Self::V2(_) => 2,
            Self::Legacy(header) => header.magic(),
        }
    }

    /// Offset of the last record.
    #[must_use]
    pub fn last_offset(&self) -> Offset {
        match self {
            Self::V2(header) => header.last_offset(),
            Self::Legacy(header) => header.offset(),
        }
    }

    /// Largest timestamp, -1 if there is none.
    #[must_use]
    pub const fn max_timestamp(&self) -> i64 {
        match self {
            Self::V2(header) => header.max_timestamp(),
            Self::Legacy(header) => header.timestamp(),
        }
    }

    /// Where the timestamps come from; magic 0 has none.
    #[must_use]
    pub const fn timestamp_type(&self) -> Option<TimestampType> {
        match self {
            Self::V2(header) => Some(header.timestamp_type()),
            Self::Legacy(header) => header.timestamp_type(),
        }
    }

    /// Stored checksum: CRC-32C in v2, CRC-32 before.
    #[must_use]
    pub const fn crc(&self) -> u32 {
        match self {
            Self::V2(header) => header.crc(),
            Self::Legacy(header) => header.crc(),
        }
    }

    /// The codec.
    ///
    /// # Errors
    /// [`BatchError::Codec`] when no codec has the number.
    pub fn compression(&self) -> Result<Compression, BatchError> {
        match self {
            Self::V2(header) => header.compression(),
            Self::Legacy(header) => header.compression(),
        }
    }
}

/// One batch of any format, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyBatch<'a> {
    /// Magic 2.
    V2(BatchView<'a>),
    /// Magic 0 or 1.
    Legacy(LegacyBatch<'a>),
}

impl<'a> AnyBatch<'a> {
    /// The batch at the front of `bytes`, and what follows it. The checksum is not looked at.
    ///
    /// # Errors
    /// As [`BatchView::parse`] and [`LegacyBatch::parse`].
    pub fn parse(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), BatchError> {
        match bytes.get(MAGIC_OFFSET) {
            Some(0 | 1) => {
                LegacyBatch::parse(bytes).map(|(batch, rest)| (Self::Legacy(batch), rest))
            }
            _ => BatchView::parse(bytes).map(|(batch, rest)| (Self::V2(batch), rest)),
        }
    }

    /// The decoded front.
    #[must_use]
    pub const fn header(&self) -> AnyHeader {
        match self {
            Self::V2(batch) => AnyHeader::V2(*batch.header()),
            Self::Legacy(batch) => AnyHeader::Legacy(*batch.header()),
        }
    }

    /// The whole batch.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        match self {
            Self::V2(batch) => batch.bytes(),
            Self::Legacy(batch) => batch.bytes(),
        }
    }

    /// Compares the checksum.
    ///
    /// # Errors
    /// [`BatchError::Crc`] when it differs.
    pub fn check_crc(&self) -> Result<(), BatchError> {
        match self {
            Self::V2(batch) => batch.check_crc(),
            Self::Legacy(batch) => batch.check_crc(),
        }
    }

    /// Offset of the first record. A compressed batch of magic 0 or 1 must be decompressed for it.
    ///
    /// # Errors
    /// As [`LegacyBatch::records`].
    pub fn base_offset(&self, decompressor: &mut Decompressor) -> Result<Offset, BatchError> {
        match self {
            Self::V2(batch) => Ok(batch.base_offset()),
            Self::Legacy(batch) => match batch.records(decompressor)?.next() {
                Some(first) => first.map(|record| record.offset),
                None => Ok(batch.header().offset()),
            },
        }
    }

    /// The records.
    ///
    /// # Errors
    /// As [`BatchView::records`] and [`LegacyBatch::records`].
    pub fn records<'d>(
        &self,
        decompressor: &'d mut Decompressor,
    ) -> Result<AnyRecords<'d>, BatchError>
    where
        'a: 'd,
    {
        match self {
            Self::V2(batch) => batch.records(decompressor).map(AnyRecords::V2),
            Self::Legacy(batch) => batch.records(decompressor).map(AnyRecords::Legacy),
        }
    }
}

/// The records of an [`AnyBatch`].
#[derive(Clone, Debug)]
pub enum AnyRecords<'a> {
    /// Magic 2.
    V2(Records<'a>),
    /// Magic 0 or 1.
    Legacy(LegacyRecords<'a>),
}

impl<'a> Iterator for AnyRecords<'a> {
    type Item = Result<RecordView<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::V2(records) => records.next(),
            Self::Legacy(records) => records.next(),
        }
    }
}

/// The batches that follow each other in `bytes`, whatever their formats. A last batch that is not
/// whole ends the iteration without an error; any other fault is returned once, and ends it too.
#[must_use]
pub const fn any_batches(bytes: &[u8]) -> AnyBatches<'_> {
    AnyBatches { rest: bytes }
}

/// See [`any_batches`].
#[derive(Clone, Debug)]
pub struct AnyBatches<'a> {
    rest: &'a [u8],
}

impl<'a> AnyBatches<'a> {
    /// What has not been returned yet; after the end, the batch that is not whole.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for AnyBatches<'a> {
    type Item = Result<AnyBatch<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        match AnyBatch::parse(self.rest) {
            Ok((batch, rest)) => {
                self.rest = rest;
                Some(Ok(batch))
            }
            Err(BatchError::Truncated { .. }) => None,
            Err(error) => {
                self.rest = &[];
                Some(Err(error))
            }
        }
    }
}
