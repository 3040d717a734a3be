//! The records of a classic group in `__consumer_offsets`: a key and a value, each with a type or
//! version of two bytes in front.

use std::borrow::Cow;

use ottla_protocol::messages::{
    ConsumerGroupMetadataKey, GroupMetadataKey, GroupMetadataValue, LegacyOffsetCommitKey,
    LegacyOffsetCommitValue, OffsetCommitKey, OffsetCommitValue, ShareGroupMetadataKey,
    StreamsGroupMetadataKey,
};
use ottla_types::Offset;
use ottla_wire::{DecodeError, EncodeError, Reader, Writer};

/// A record as it is appended: key, and value or tombstone.
pub type KeyValue = (Vec<u8>, Option<Vec<u8>>);

/// Why a record of the log was not understood. The state is as before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordFault {
    /// Key or value is not of its form.
    #[error("group record at offset {offset} cannot be decoded")]
    Malformed {
        /// Where the record lies.
        offset: Offset,
        /// What was wrong.
        source: DecodeError,
    },
    /// The value is of a version that is not known.
    #[error("group record at offset {offset} has a value of unknown version {version}")]
    UnknownVersion {
        /// Where the record lies.
        offset: Offset,
        /// The version in front of the value.
        version: i16,
    },
}

/// A record that a classic group consists of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum GroupRecord<'a> {
    Offset {
        key: OffsetCommitKey<'a>,
        value: Option<OffsetCommitValue<'a>>,
    },
    Group {
        key: GroupMetadataKey<'a>,
        value: Option<GroupMetadataValue<'a>>,
    },
    /// A group of another type is there, or is gone.
    OtherType { group: Cow<'a, str>, is_there: bool },
}

impl<'a> GroupRecord<'a> {
    /// Reads a record; `None` when it is not one of a classic group. Trailing bytes are ignored.
    pub(crate) fn decode(
        key: &'a [u8],
        value: Option<&'a [u8]>,
        offset: Offset,
    ) -> Result<Option<Self>, RecordFault> {
        let malformed = |source| RecordFault::Malformed { offset, source };
        let mut key = Reader::new(key);
        let record = match key.i16().map_err(malformed)? {
            LegacyOffsetCommitKey::TYPE => {
                let key = LegacyOffsetCommitKey::decode(&mut key, 0).map_err(malformed)?;
                let value = read_value(value, 0, offset, LegacyOffsetCommitValue::decode)?;
                Self::Offset {
                    key: OffsetCommitKey {
                        group: key.group,
                        topic: key.topic,
                        partition: key.partition,
                    },
                    value: value.map(|value| OffsetCommitValue {
                        offset: value.offset,
                        metadata: value.metadata,
                        commit_timestamp: value.commit_timestamp,
                        ..OffsetCommitValue::default()
                    }),
                }
            }
            OffsetCommitKey::TYPE => Self::Offset {
                key: OffsetCommitKey::decode(&mut key, 0).map_err(malformed)?,
                value: read_value(
                    value,
                    OffsetCommitValue::MAX_VERSION,
                    offset,
                    OffsetCommitValue::decode,
                )?,
            },
            GroupMetadataKey::TYPE => Self::Group {
                key: GroupMetadataKey::decode(&mut key, 0).map_err(malformed)?,
                value: read_value(
                    value,
                    GroupMetadataValue::MAX_VERSION,
                    offset,
                    GroupMetadataValue::decode,
                )?,
            },
            ConsumerGroupMetadataKey::TYPE
            | ShareGroupMetadataKey::TYPE
            | StreamsGroupMetadataKey::TYPE => Self::OtherType {
                group: key.string().map_err(malformed)?,
                is_there: value.is_some(),
            },
            _ => return Ok(None),
        };
        Ok(Some(record))
    }
}

fn read_value<'a, T>(
    value: Option<&'a [u8]>,
    last_version: i16,
    offset: Offset,
    decode: impl FnOnce(&mut Reader<'a>, i16) -> Result<T, DecodeError>,
) -> Result<Option<T>, RecordFault> {
    let Some(value) = value else {
        return Ok(None);
    };
    let malformed = |source| RecordFault::Malformed { offset, source };
    let mut value = Reader::new(value);
    let version = value.i16().map_err(malformed)?;
    if !(0..=last_version).contains(&version) {
        return Err(RecordFault::UnknownVersion { offset, version });
    }
    decode(&mut value, version).map(Some).map_err(malformed)
}

/// Where an offset is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OffsetPlace<'a> {
    pub(crate) group: &'a str,
    pub(crate) topic: &'a str,
    pub(crate) partition: i32,
}

/// An offset commit. Kafka 4.3 writes version 1 if there is an explicit expiry, else version 4.
pub(crate) fn offset_record(
    place: OffsetPlace<'_>,
    value: &OffsetCommitValue<'_>,
) -> Result<KeyValue, EncodeError> {
    let version = if value.expire_timestamp == -1 { 4 } else { 1 };
    let value = framed(version, |w| value.encode(w, version))?;
    Ok((offset_key(place)?, Some(value)))
}

pub(crate) fn offset_tombstone(place: OffsetPlace<'_>) -> Result<KeyValue, EncodeError> {
    Ok((offset_key(place)?, None))
}

/// The state of a group. Kafka writes version 3, the last one in plain form.
pub(crate) fn group_record(
    group: &str,
    value: &GroupMetadataValue<'_>,
) -> Result<KeyValue, EncodeError> {
    let value = framed(3, |w| value.encode(w, 3))?;
    Ok((group_key(group)?, Some(value)))
}

pub(crate) fn group_tombstone(group: &str) -> Result<KeyValue, EncodeError> {
    Ok((group_key(group)?, None))
}

fn offset_key(place: OffsetPlace<'_>) -> Result<Vec<u8>, EncodeError> {
    let key = OffsetCommitKey {
        group: Cow::Borrowed(place.group),
        topic: Cow::Borrowed(place.topic),
        partition: place.partition,
    };
    framed(OffsetCommitKey::TYPE, |w| key.encode(w, 0))
}

fn group_key(group: &str) -> Result<Vec<u8>, EncodeError> {
    let key = GroupMetadataKey {
        group: Cow::Borrowed(group),
    };
    framed(GroupMetadataKey::TYPE, |w| key.encode(w, 0))
}

fn framed(
    front: i16,
    body: impl FnOnce(&mut Writer) -> Result<(), EncodeError>,
) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    writer.i16(front);
    body(&mut writer)?;
    Ok(writer.into_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset_bytes(value: &OffsetCommitValue<'_>) -> (Vec<u8>, Vec<u8>) {
        let place = OffsetPlace {
            group: "g",
            topic: "t",
            partition: 0,
        };
        let (key, value) = offset_record(place, value).unwrap();
        (key, value.unwrap())
    }

    /// The sizes are those in a log of Apache Kafka 4.3.1.
    #[test]
    fn records_have_the_form_that_apache_kafka_writes() {
        let (key, value) = offset_bytes(&OffsetCommitValue {
            offset: 3,
            leader_epoch: 0,
            topic_id: ottla_types::Uuid([7; 16]),
            ..OffsetCommitValue::default()
        });
        assert_eq!((key.len(), value.len()), (12, 42));
        assert_eq!((&key[..2], &value[..2]), (&[0, 1][..], &[0, 4][..]));

        let empty = GroupMetadataValue {
            protocol: None,
            leader: None,
            ..GroupMetadataValue::default()
        };
        let (key, value) = group_record("g", &empty).unwrap();
        let value = value.unwrap();
        assert_eq!((key.len(), value.len()), (5, 24));
        assert_eq!((&key[..2], &value[..2]), (&[0, 2][..], &[0, 3][..]));
    }

    #[test]
    fn an_explicit_expiry_takes_the_old_form() {
        let (key, value) = offset_bytes(&OffsetCommitValue {
            expire_timestamp: 9,
            ..OffsetCommitValue::default()
        });
        assert_eq!(value[..2], [0, 1]);
        let read = GroupRecord::decode(&key, Some(&value), Offset(0)).unwrap();
        let Some(GroupRecord::Offset {
            value: Some(read), ..
        }) = read
        else {
            panic!("not an offset");
        };
        assert_eq!(read.expire_timestamp, 9);
    }

    #[test]
    fn unknown_types_are_passed_over_and_unknown_versions_are_not() {
        assert_eq!(GroupRecord::decode(&[0, 99, 1], None, Offset(4)), Ok(None));
        let (key, mut value) = offset_bytes(&OffsetCommitValue::default());
        value.push(0xee);
        assert!(GroupRecord::decode(&key, Some(&value), Offset(4)).is_ok());
        value[1] = 5;
        let fault = RecordFault::UnknownVersion {
            offset: Offset(4),
            version: 5,
        };
        assert_eq!(
            GroupRecord::decode(&key, Some(&value), Offset(4)),
            Err(fault)
        );
        assert!(GroupRecord::decode(&key[..5], None, Offset(4)).is_err());
    }

    #[test]
    fn the_oldest_form_of_an_offset_is_understood() {
        let key = [0, 0, 0, 1, b'g', 0, 1, b't', 0, 0, 0, 2];
        let mut value = vec![0, 0];
        value.extend(5_i64.to_be_bytes());
        value.extend([0, 1, b'm']);
        value.extend(8_i64.to_be_bytes());
        let read = GroupRecord::decode(&key, Some(&value), Offset(0)).unwrap();
        let Some(GroupRecord::Offset {
            key,
            value: Some(value),
        }) = read
        else {
            panic!("not an offset");
        };
        assert_eq!(
            (key.partition, value.offset, value.commit_timestamp),
            (2, 5, 8)
        );
    }
}
