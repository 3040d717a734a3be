//! Message sets of magic 0 and 1: what clients and brokers wrote before Kafka 0.11. Only read, and written anew where
//! compaction leaves part of a wrapper.
//!
//! ```text
//!  0 offset i64 | 8 size i32 | 12 crc u32 (CRC-32 of the rest) | 16 magic i8 | 17 attributes i8
//! 18 timestamp i64 (magic 1 only) | key: i32 length, bytes | value: i32 length, bytes
//! ```
//! A compressed message (a wrapper) holds messages in its value, and has the offset of the last. In
//! magic 1 the offsets inside count from 0; in magic 0 they are absolute.

use std::iter::FusedIterator;

use ottla_types::Offset;

use crate::{
    BatchError, Compression, Decompressor, RecordFault, RecordView, TimestampType,
    compression::Framing,
    cursor::Cursor,
    header::{LOG_APPEND_TIME_BIT, MAGIC_OFFSET, whole_size},
    record::Headers,
};

mod rebuild;

pub use rebuild::rebuild_legacy;

/// The fixed front of a message of magic 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegacyHeader {
    offset: i64,
    size: i32,
    crc: u32,
    magic: i8,
    attributes: i16,
    timestamp: i64,
}

impl LegacyHeader {
    /// Decodes the front of a message: 18 bytes of magic 0, 26 of magic 1.
    ///
    /// # Errors
    /// [`BatchError::Truncated`] with fewer, [`BatchError::Magic`] for another format,
    /// [`BatchError::Size`] for a size no message can have.
    pub fn parse(bytes: &[u8]) -> Result<Self, BatchError> {
        let available = bytes.len();
        let short = |needed| BatchError::Truncated { needed, available };
        let magic = bytes.get(MAGIC_OFFSET).ok_or_else(|| short(FRONT_V0))?;
        let (front, min_size) = match magic {
            0 => (FRONT_V0, OVERHEAD_V0),
            1 => (FRONT_V1, OVERHEAD_V1),
            _ => return Err(BatchError::Magic(magic.cast_signed())),
        };
        let header = Self::decode(bytes).ok_or_else(|| short(front))?;
        if header.size < min_size {
            return Err(BatchError::Size { size: header.size });
        }
        Ok(header)
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let mut header = Self {
            offset: cursor.i64()?,
            size: cursor.i32()?,
            crc: cursor.u32()?,
            magic: cursor.i8()?,
            attributes: i16::from(cursor.u8()?),
            timestamp: NO_TIMESTAMP,
        };
        if header.magic > 0 {
            header.timestamp = cursor.i64()?;
        }
        Some(header)
    }

    /// Format version, 0 or 1.
    #[must_use]
    pub const fn magic(&self) -> i8 {
        self.magic
    }

    /// Offset of the message; of a wrapper, that of the last message inside.
    #[must_use]
    pub const fn offset(&self) -> Offset {
        Offset(self.offset)
    }

    /// Bytes of the message, offset and size field included.
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        whole_size(self.size)
    }

    /// Stored CRC-32.
    #[must_use]
    pub const fn crc(&self) -> u32 {
        self.crc
    }

    /// The codec of a wrapper, [`Compression::None`] for a plain message.
    ///
    /// # Errors
    /// [`BatchError::Codec`] when no codec has the number.
    pub fn compression(&self) -> Result<Compression, BatchError> {
        match Compression::from_attributes(self.attributes)? {
            // Never written in these formats, and the reference has no decoder for it here.
            Compression::Zstd => Err(BatchError::Codec(4)),
            codec => Ok(codec),
        }
    }

    /// Where the timestamp comes from; magic 0 has none.
    #[must_use]
    pub const fn timestamp_type(&self) -> Option<TimestampType> {
        if self.magic == 0 {
            None
        } else if self.attributes & LOG_APPEND_TIME_BIT == 0 {
            Some(TimestampType::CreateTime)
        } else {
            Some(TimestampType::LogAppendTime)
        }
    }

    /// In ms since the epoch; of a wrapper, the largest inside; -1 in magic 0.
    #[must_use]
    pub const fn timestamp(&self) -> i64 {
        self.timestamp
    }
}

/// One message, plain or a wrapper, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegacyBatch<'a> {
    header: LegacyHeader,
    bytes: &'a [u8],
}

impl<'a> LegacyBatch<'a> {
    /// The message at the front of `bytes`, and what follows it. The checksum is not looked at.
    ///
    /// # Errors
    /// As [`LegacyHeader::parse`], and [`BatchError::Truncated`] if the message is not whole.
    pub fn parse(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), BatchError> {
        let header = LegacyHeader::parse(bytes)?;
        let needed = header.size_in_bytes();
        let (bytes, rest) = bytes
            .split_at_checked(needed)
            .ok_or(BatchError::Truncated {
                needed,
                available: bytes.len(),
            })?;
        Ok((Self { header, bytes }, rest))
    }

    /// The decoded front.
    #[must_use]
    pub const fn header(&self) -> &LegacyHeader {
        &self.header
    }

    /// The whole message.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Compares the checksum.
    ///
    /// # Errors
    /// [`BatchError::Crc`] when it differs.
    pub fn check_crc(&self) -> Result<(), BatchError> {
        let computed = crc32fast::hash(self.bytes.get(MAGIC_OFFSET..).unwrap_or_default());
        if computed == self.header.crc {
            return Ok(());
        }
        Err(BatchError::Crc {
            stored: self.header.crc,
            computed,
        })
    }

    /// The messages: itself, or those inside. A wrapper is decompressed into `decompressor`'s buffer.
    ///
    /// # Errors
    /// [`BatchError::Codec`], [`BatchError::Compression`], [`BatchError::Record`] for fields that pass
    /// the end or a wrapper without a value or without messages.
    pub fn records<'d>(
        &self,
        decompressor: &'d mut Decompressor,
    ) -> Result<LegacyRecords<'d>, BatchError>
    where
        'a: 'd,
    {
        let (key, value) = self.key_and_value()?;
        let codec = self.header.compression()?;
        if codec == Compression::None {
            return Ok(LegacyRecords(State::Plain(Some(
                self.record(key, value, None),
            ))));
        }
        let value = value.ok_or_else(|| RecordFault::Ended.at(0))?;
        let framing = if self.header.magic == 0 {
            Framing::Magic0
        } else {
            Framing::Standard
        };
        let plain = decompressor.decompress_framed(codec, framing, value)?;
        Wrapper::open(self.header, plain)
            .map(|wrapper| LegacyRecords(State::Wrapped(Some(wrapper))))
    }

    fn key_and_value(&self) -> Result<(Nullable<'a>, Nullable<'a>), BatchError> {
        let front = if self.header.magic == 0 {
            FRONT_V0
        } else {
            FRONT_V1
        };
        let mut cursor = Cursor::new(self.bytes.get(front..).unwrap_or_default());
        let key = read_nullable(&mut cursor)?;
        Ok((key, read_nullable(&mut cursor)?))
    }

    fn record(
        &self,
        key: Nullable<'a>,
        value: Nullable<'a>,
        append_time: Option<i64>,
    ) -> RecordView<'a> {
        RecordView {
            offset: self.header.offset(),
            timestamp: match append_time {
                Some(time) if self.header.magic > 0 => time,
                _ => self.header.timestamp,
            },
            key,
            value,
            headers: Headers::default(),
            size_in_bytes: self.bytes.len(),
            attributes: 0,
        }
    }
}

type Nullable<'a> = Option<&'a [u8]>;

fn read_nullable<'a>(cursor: &mut Cursor<'a>) -> Result<Nullable<'a>, BatchError> {
    let ended = RecordFault::Ended.at(0);
    match usize::try_from(cursor.i32().ok_or(ended)?) {
        Ok(length) => cursor.take(length).map(Some).ok_or(ended),
        Err(_) => Ok(None),
    }
}

/// The messages of a plain message (one) or of a wrapper. The first fault ends the iteration.
#[derive(Clone, Debug)]
pub struct LegacyRecords<'a>(State<'a>);

#[derive(Clone, Debug)]
enum State<'a> {
    Plain(Option<RecordView<'a>>),
    Wrapped(Option<Wrapper<'a>>),
}

#[derive(Clone, Debug)]
struct Wrapper<'a> {
    rest: &'a [u8],
    magic: i8,
    /// What the offsets inside count from.
    offset_base: i64,
    append_time: Option<i64>,
    index: u32,
}

impl<'a> Wrapper<'a> {
    fn open(header: LegacyHeader, plain: &'a [u8]) -> Result<Self, BatchError> {
        let mut last_inner = None;
        let mut rest = plain;
        while let Some((message, after)) = next_inner(rest)? {
            last_inner = Some(message.header.offset);
            rest = after;
        }
        let last_inner = last_inner.ok_or_else(|| RecordFault::Ended.at(0))?;
        let offset_base = match (header.magic, header.offset) {
            // Some clients never set the offset of the wrapper.
            (0, _) | (_, 0) => 0,
            (_, offset) if offset < last_inner => return Err(RecordFault::Length.at(0)),
            (_, offset) => offset.wrapping_sub(last_inner),
        };
        Ok(Self {
            rest: plain,
            magic: header.magic,
            offset_base,
            append_time: (header.timestamp_type() == Some(TimestampType::LogAppendTime))
                .then_some(header.timestamp),
            index: 0,
        })
    }

    fn read(&mut self) -> Result<Option<RecordView<'a>>, BatchError> {
        let Some((message, rest)) = next_inner(self.rest)? else {
            return Ok(None);
        };
        if message.header.magic != self.magic {
            return Err(BatchError::Magic(message.header.magic));
        }
        if message.header.compression()? != Compression::None {
            return Err(BatchError::Nested);
        }
        message.check_crc()?;
        let (key, value) = message.key_and_value()?;
        let mut record = message.record(key, value, self.append_time);
        record.offset = record.offset.plus(self.offset_base);
        self.rest = rest;
        self.index = self.index.saturating_add(1);
        Ok(Some(record))
    }
}

/// The next message inside a wrapper. One that is cut at the end is no error, as in Apache.
fn next_inner(rest: &[u8]) -> Result<Option<(LegacyBatch<'_>, &[u8])>, BatchError> {
    match LegacyBatch::parse(rest) {
        Ok(found) => Ok(Some(found)),
        Err(BatchError::Truncated { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

impl<'a> Iterator for LegacyRecords<'a> {
    type Item = Result<RecordView<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            State::Plain(record) => record.take().map(Ok),
            State::Wrapped(wrapper) => {
                let item = wrapper.as_mut()?.read().transpose();
                if !matches!(item, Some(Ok(_))) {
                    *wrapper = None;
                }
                item
            }
        }
    }
}

impl FusedIterator for LegacyRecords<'_> {}

const FRONT_V0: usize = 18;
const FRONT_V1: usize = 26;
/// Smallest size fields: both lengths, and nothing else.
const OVERHEAD_V0: i32 = 14;
const OVERHEAD_V1: i32 = 22;
const NO_TIMESTAMP: i64 = -1;
