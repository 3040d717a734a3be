//! Writing a wrapper of magic 0 or 1 anew, without some of its messages: only compaction does.

use ottla_types::{Offset, Saturate};

use super::LegacyHeader;
use crate::{
    BatchError, Compression, RecordFault, RecordView, TimestampType, header::LOG_APPEND_TIME_BIT,
};

/// The wrapper of `original`'s format and codec that holds `kept`, which came from it. It has the offset
/// of the last of them.
///
/// # Errors
/// [`BatchError::Record`] if `kept` is empty or too large, [`BatchError::Compression`].
pub fn rebuild_legacy(
    original: &LegacyHeader,
    kept: &[RecordView<'_>],
) -> Result<Vec<u8>, BatchError> {
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
        return Err(RecordFault::Ended.at(0));
    };
    let codec = original.compression()?;
    let is_append_time = original.timestamp_type() == Some(TimestampType::LogAppendTime);
    let type_bit = if is_append_time {
        LOG_APPEND_TIME_BIT
    } else {
        0
    };
    let mut plain = Vec::new();
    for record in kept {
        let offset = match original.magic() {
            0 => record.offset.0,
            _ => record.offset.0.wrapping_sub(first.offset.0),
        };
        let inner = Message {
            magic: original.magic(),
            offset: Offset(offset),
            attributes: type_bit,
            timestamp: record.timestamp,
            key: record.key,
            value: record.value,
        };
        inner.write(&mut plain)?;
    }
    if codec == Compression::None {
        return Ok(plain);
    }
    let mut value = Vec::new();
    codec.compress_into(None, &plain, &mut value)?;
    let largest = kept.iter().map(|record| record.timestamp).max();
    let mut bytes = Vec::new();
    let wrapper = Message {
        magic: original.magic(),
        offset: last.offset,
        attributes: codec.id() | type_bit,
        timestamp: if is_append_time {
            original.timestamp()
        } else {
            largest.unwrap_or(-1)
        },
        key: None,
        value: Some(&value),
    };
    wrapper.write(&mut bytes)?;
    Ok(bytes)
}

struct Message<'a> {
    magic: i8,
    offset: Offset,
    attributes: i16,
    timestamp: i64,
    key: Option<&'a [u8]>,
    value: Option<&'a [u8]>,
}

impl Message<'_> {
    fn write(&self, out: &mut Vec<u8>) -> Result<(), BatchError> {
        let mut body = vec![self.magic.cast_unsigned(), self.attributes.to_be_bytes()[1]];
        if self.magic > 0 {
            body.extend(self.timestamp.to_be_bytes());
        }
        for field in [self.key, self.value] {
            match field {
                None => body.extend((-1i32).to_be_bytes()),
                Some(bytes) => {
                    let length: i32 = bytes.len().saturate();
                    body.extend(length.to_be_bytes());
                    body.extend_from_slice(bytes);
                }
            }
        }
        // The checksum stands before what it covers.
        let size = i32::try_from(body.len().saturating_add(4));
        let size = size.map_err(|_| RecordFault::Length.at(0))?;
        out.extend(self.offset.0.to_be_bytes());
        out.extend(size.to_be_bytes());
        out.extend(crc32fast::hash(&body).to_be_bytes());
        out.extend(body);
        Ok(())
    }
}

#[cfg(test)]
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]
mod tests {
    use super::*;
    use crate::{AnyBatch, Decompressor};

    fn wrapper(magic: i8, codec: Compression, attributes: i16) -> Vec<u8> {
        let mut plain = Vec::new();
        for n in 0..4_i64 {
            let offset = if magic == 0 { 100 + n } else { n };
            let inner = Message {
                magic,
                offset: Offset(offset),
                attributes: 0,
                timestamp: 1000 + n,
                key: Some(b"k"),
                value: (n != 2).then_some(b"value"),
            };
            inner.write(&mut plain).unwrap();
        }
        let value = codec.compress(None, &plain).unwrap();
        let outer = Message {
            magic,
            offset: Offset(103),
            attributes: codec.id() | attributes,
            timestamp: 1003,
            key: None,
            value: Some(&value),
        };
        let mut bytes = Vec::new();
        outer.write(&mut bytes).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Vec<(i64, i64, Option<Vec<u8>>)> {
        let (batch, rest) = AnyBatch::parse(bytes).unwrap();
        batch.check_crc().unwrap();
        assert!(rest.is_empty());
        let mut decompressor = Decompressor::new();
        let records = batch.records(&mut decompressor).unwrap();
        records
            .map(|record| {
                let record = record.unwrap();
                let value = record.value.map(<[u8]>::to_vec);
                (record.offset.0, record.timestamp, value)
            })
            .collect()
    }

    #[test]
    fn what_was_kept_reads_as_before() {
        let codecs = [Compression::Gzip, Compression::Snappy, Compression::Lz4];
        for (magic, codec) in codecs
            .into_iter()
            .flat_map(|codec| [(0, codec), (1, codec)])
        {
            for attributes in [0, LOG_APPEND_TIME_BIT] {
                let original = wrapper(magic, codec, attributes);
                let expected = read(&original);
                let (batch, _) = AnyBatch::parse(&original).unwrap();
                let AnyBatch::Legacy(legacy) = batch else {
                    panic!("{batch:?}");
                };
                let mut decompressor = Decompressor::new();
                let records = legacy.records(&mut decompressor).unwrap();
                let all: Vec<_> = records.map(Result::unwrap).collect();
                for kept in [&all[..], &all[1..3], &all[3..], &all[..1]] {
                    let bytes = rebuild_legacy(legacy.header(), kept).unwrap();
                    let is_kept =
                        |found: &&(i64, i64, _)| kept.iter().any(|r| r.offset.0 == found.0);
                    let expected: Vec<_> = expected.iter().filter(is_kept).cloned().collect();
                    assert_eq!(read(&bytes), expected, "{magic} {codec:?} {attributes}");
                    let (again, _) = AnyBatch::parse(&bytes).unwrap();
                    let codec = again.header().compression().unwrap();
                    assert_eq!(codec, legacy.header().compression().unwrap());
                    assert_eq!(again.header().last_offset(), kept.last().unwrap().offset);
                }
            }
        }
    }
}
