//! Records of a v2 batch, borrowed from its (decompressed) bytes.

use std::iter::FusedIterator;

use ottla_types::Offset;

use crate::{
    BatchError, BatchHeader, RecordFault,
    cursor::{Cursor, Input},
};

/// One record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordView<'a> {
    /// Its offset.
    pub offset: Offset,
    /// In ms since the epoch; the append time of the batch where the leader sets it.
    pub timestamp: i64,
    /// Its key, `None` for null.
    pub key: Option<&'a [u8]>,
    /// Its value, `None` for null: a tombstone on a compacted topic.
    pub value: Option<&'a [u8]>,
    /// Its headers.
    pub headers: Headers<'a>,
    /// Bytes it takes in the batch, its length field included.
    pub size_in_bytes: usize,
    /// The attributes byte of the record: always 0 as yet.
    pub attributes: u8,
}

/// One header of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// Its key: UTF-8 as it came, nobody checked it.
    pub key: &'a [u8],
    /// Its value, `None` for null.
    pub value: Option<&'a [u8]>,
}

/// The headers of a record, already checked; decoded again as they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Headers<'a> {
    bytes: &'a [u8],
    count: u32,
}

impl<'a> Headers<'a> {
    /// How many are left.
    #[must_use]
    pub const fn count_left(&self) -> u32 {
        self.count
    }

    /// The encoded headers.
    pub(crate) const fn encoded(&self) -> &'a [u8] {
        self.bytes
    }
}

impl<'a> Iterator for Headers<'a> {
    type Item = Header<'a>;

    fn next(&mut self) -> Option<Header<'a>> {
        self.count = self.count.checked_sub(1)?;
        let mut cursor = Cursor::new(self.bytes);
        let header = read_header(&mut cursor).ok()?;
        self.bytes = cursor.rest();
        Some(header)
    }
}

/// The records of a batch, in order. The first fault ends the iteration.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    cursor: Cursor<'a>,
    base_offset: i64,
    base_timestamp: i64,
    append_time: Option<i64>,
    index: u32,
    count: u32,
}

impl<'a> Records<'a> {
    pub(crate) fn new(header: &BatchHeader, cursor: Cursor<'a>) -> Result<Self, BatchError> {
        let count = u32::try_from(header.records_count)
            .map_err(|_| BatchError::RecordCount(header.records_count))?;
        Ok(Self {
            cursor,
            base_offset: header.base_offset,
            base_timestamp: header.base_timestamp,
            append_time: header.append_time(),
            index: 0,
            count,
        })
    }

    fn read(&mut self) -> Result<RecordView<'a>, RecordFault> {
        let raw = read_record(&mut self.cursor)?;
        if self.index.wrapping_add(1) == self.count && !self.cursor.rest().is_empty() {
            return Err(RecordFault::TrailingBytes);
        }
        Ok(RecordView {
            offset: Offset(self.base_offset.wrapping_add(i64::from(raw.offset_delta))),
            timestamp: self
                .append_time
                .unwrap_or_else(|| self.base_timestamp.wrapping_add(raw.timestamp_delta)),
            key: raw.key,
            value: raw.value,
            headers: raw.headers,
            size_in_bytes: raw.size_in_bytes,
            attributes: raw.attributes,
        })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<RecordView<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.index >= self.count {
            return None;
        }
        let index = self.index;
        let record = self.read().map_err(|fault| fault.at(index));
        self.index = if record.is_ok() {
            index.wrapping_add(1)
        } else {
            self.count
        };
        Some(record)
    }
}

impl FusedIterator for Records<'_> {}

/// A record as it is stored.
struct RawRecord<'a> {
    attributes: u8,
    timestamp_delta: i64,
    offset_delta: i32,
    key: Option<&'a [u8]>,
    value: Option<&'a [u8]>,
    headers: Headers<'a>,
    size_in_bytes: usize,
}

fn read_record<'a>(outer: &mut Cursor<'a>) -> Result<RawRecord<'a>, RecordFault> {
    let before = outer.rest().len();
    let length = read_length(outer)?;
    let body = usize::try_from(length)
        .map_err(|_| RecordFault::Length)
        .and_then(|length| outer.take(length).ok_or(RecordFault::Ended))?;
    let mut cursor = Cursor::new(body);
    let mut record = read_body(&mut cursor).map_err(|fault| match fault {
        // The batch is whole; it is the record's own length that a field passes.
        RecordFault::Ended => RecordFault::Length,
        fault => fault,
    })?;
    if !cursor.rest().is_empty() {
        return Err(RecordFault::Remainder);
    }
    record.size_in_bytes = before.wrapping_sub(outer.rest().len());
    Ok(record)
}

fn read_body<'a>(cursor: &mut Cursor<'a>) -> Result<RawRecord<'a>, RecordFault> {
    let attributes = cursor.byte()?;
    let timestamp_delta = cursor.varlong()?;
    let offset_delta = cursor.varint()?;
    let key = read_nullable(cursor)?;
    let value = read_nullable(cursor)?;
    let declared = cursor.varint()?;
    let count = check_header_count(declared, crate::cursor::widen(cursor.rest().len()))?;
    let bytes = cursor.rest();
    for _ in 0..count {
        read_header(cursor)?;
    }
    let headers_len = bytes.len().wrapping_sub(cursor.rest().len());
    Ok(RawRecord {
        attributes,
        timestamp_delta,
        offset_delta,
        key,
        value,
        headers: Headers {
            bytes: bytes.get(..headers_len).unwrap_or_default(),
            count,
        },
        size_in_bytes: 0,
    })
}

/// Every negative length means null, as Apache reads it.
fn read_nullable<'a>(cursor: &mut Cursor<'a>) -> Result<Option<&'a [u8]>, RecordFault> {
    match usize::try_from(cursor.varint()?) {
        Ok(length) => cursor.take(length).map(Some).ok_or(RecordFault::Ended),
        Err(_) => Ok(None),
    }
}

fn read_header<'a>(cursor: &mut Cursor<'a>) -> Result<Header<'a>, RecordFault> {
    let length = cursor.varint()?;
    let key = usize::try_from(length)
        .map_err(|_| RecordFault::HeaderKey(length))
        .and_then(|length| cursor.take(length).ok_or(RecordFault::Ended))?;
    Ok(Header {
        key,
        value: read_nullable(cursor)?,
    })
}

fn read_length(input: &mut impl Input) -> Result<i32, RecordFault> {
    input.varint().map_err(|fault| match fault {
        RecordFault::Varint => RecordFault::LengthVarint,
        fault => fault,
    })
}

/// Each header takes at least two bytes, but Apache only refuses a count above the bytes left.
fn check_header_count(declared: i32, bytes_left: u64) -> Result<u32, RecordFault> {
    match u32::try_from(declared) {
        Ok(count) if u64::from(count) <= bytes_left => Ok(count),
        _ => Err(RecordFault::HeaderCount(declared)),
    }
}

/// What validation needs of a record; keys, values and headers are passed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Skimmed {
    pub(crate) timestamp_delta: i64,
    pub(crate) offset_delta: i32,
    pub(crate) has_key: bool,
}

/// Reads over one record, checking its structure, without holding any of it.
#[inline]
pub(crate) fn skim_record<I: Input>(input: &mut I) -> Result<Skimmed, RecordFault> {
    let length = read_length(input)?;
    let length = u64::try_from(length).map_err(|_| RecordFault::Length)?;
    let end = input.position().saturating_add(length);
    input.byte()?;
    let timestamp_delta = input.varlong()?;
    let offset_delta = input.varint()?;
    let has_key = skip_nullable(input, end)?;
    skip_nullable(input, end)?;
    let declared = input.varint()?;
    let left = end.saturating_sub(input.position());
    for _ in 0..check_header_count(declared, left)? {
        let key_length = input.varint()?;
        let key_length =
            u64::try_from(key_length).map_err(|_| RecordFault::HeaderKey(key_length))?;
        skip_within(input, end, key_length)?;
        skip_nullable(input, end)?;
    }
    match input.position().cmp(&end) {
        std::cmp::Ordering::Less => Err(RecordFault::Remainder),
        std::cmp::Ordering::Equal => Ok(Skimmed {
            timestamp_delta,
            offset_delta,
            has_key,
        }),
        std::cmp::Ordering::Greater => Err(RecordFault::Length),
    }
}

#[inline]
fn skip_nullable<I: Input>(input: &mut I, end: u64) -> Result<bool, RecordFault> {
    match u64::try_from(input.varint()?) {
        Ok(length) => skip_within(input, end, length).map(|()| true),
        Err(_) => Ok(false),
    }
}

#[inline]
fn skip_within<I: Input>(input: &mut I, end: u64, length: u64) -> Result<(), RecordFault> {
    if length > end.saturating_sub(input.position()) {
        return Err(RecordFault::Length);
    }
    input.skip(length)
}
