//! Framing of the records that Kafka persists, one enum a family.
//!
//! Responsible for the type and version in front of a record. Not responsible for batches.
//!
//! R1  what Apache Kafka reads is read, what it refuses is refused with the same kind of error:
//!     metadata records tolerate versions above the known ones but no byte after the record,
//!     coordinator records the other way about
//!
//! Spec: KIP-631 (metadata records), KIP-915 (coordinator records).

use ottla_wire::{DecodeError, EncodeError, Reader, Writer};

/// Why a persisted record cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The frame of a metadata record is of another version than 1.
    #[error("frame version {0} is not known")]
    UnknownFrameVersion(u32),
    /// No record of the family has this type.
    #[error("record type {0} is not known")]
    UnknownType(i64),
    /// The record does not exist in this version.
    #[error("version {0} is not known")]
    UnknownVersion(i64),
    /// The bytes are not of that form.
    #[error(transparent)]
    Malformed(#[from] DecodeError),
    /// Bytes are left after the record.
    #[error("{0} bytes are left over")]
    Trailing(usize),
}

/// Frame version of all metadata records.
const FRAME_VERSION: u32 = 1;

fn begin_metadata<'a>(bytes: &'a [u8]) -> Result<(Reader<'a>, i16, i16), RecordError> {
    let mut r = Reader::trusted(bytes);
    let frame = r.uvarint()?;
    if frame != FRAME_VERSION {
        return Err(RecordError::UnknownFrameVersion(frame));
    }
    let kind = r.uvarint()?;
    let kind = i16::try_from(kind).map_err(|_| RecordError::UnknownType(i64::from(kind)))?;
    let version = r.uvarint()?;
    let version =
        i16::try_from(version).map_err(|_| RecordError::UnknownVersion(i64::from(version)))?;
    Ok((r, kind, version))
}

fn put_prefix(w: &mut Writer, kind: i16, version: i16) {
    w.uvarint(FRAME_VERSION);
    w.uvarint(u32::from(kind.unsigned_abs()));
    w.uvarint(u32::from(version.unsigned_abs()));
}

macro_rules! metadata_family {
    ($($record:ident)*) => {
        /// A record of the metadata log. Variants are named after their messages.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is its message")]
        pub enum MetadataRecord<'a> {
            $($record($record<'a>),)*
        }

        impl<'a> MetadataRecord<'a> {
            /// Reads a framed record; gives its version too.
            ///
            /// # Errors
            /// What Apache Kafka refuses as well.
            pub fn decode(bytes: &'a [u8]) -> Result<(Self, i16), RecordError> {
                let (mut r, kind, version) = begin_metadata(bytes)?;
                let record = match kind {
                    $($record::TYPE => Self::$record($record::decode(&mut r, version)?),)*
                    _ => return Err(RecordError::UnknownType(i64::from(kind))),
                };
                match r.remaining() {
                    0 => Ok((record, version)),
                    left => Err(RecordError::Trailing(left)),
                }
            }

            /// Writes the record with its frame.
            ///
            /// # Errors
            /// When a field is set that the version cannot express.
            pub fn encode(&self, version: i16) -> Result<Vec<u8>, EncodeError> {
                let mut w = Writer::new();
                match self {
                    $(Self::$record(record) => {
                        put_prefix(&mut w, $record::TYPE, version);
                        record.encode(&mut w, version)?;
                    })*
                }
                Ok(w.into_vec())
            }

            /// Type of the record, as its frame says it.
            #[must_use]
            pub fn record_type(&self) -> i16 {
                match self {
                    $(Self::$record(_) => $record::TYPE,)*
                }
            }

            /// The same, borrowing nothing.
            #[must_use]
            pub fn into_owned(self) -> MetadataRecord<'static> {
                match self {
                    $(Self::$record(record) => MetadataRecord::$record(record.into_owned()),)*
                }
            }
        }
    };
}

macro_rules! coordinator_family {
    ($key:ident $value:ident $what:literal: $($name:ident $name_key:ident $name_value:ident)*) => {
        #[doc = concat!("Key of a record in ", $what, ". Variants are named after their messages.")]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is its message")]
        pub enum $key<'a> {
            $($name($name_key<'a>),)*
        }

        #[doc = concat!("Value of a record in ", $what, ". Variants are named after their messages.")]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is its message")]
        pub enum $value<'a> {
            $($name($name_value<'a>),)*
        }

        impl<'a> $key<'a> {
            /// Reads a key with the type in front of it.
            ///
            /// # Errors
            /// What Apache Kafka refuses as well.
            pub fn decode(bytes: &'a [u8]) -> Result<Self, RecordError> {
                let mut r = Reader::trusted(bytes);
                match r.i16()? {
                    $($name_key::TYPE => Ok(Self::$name($name_key::decode(&mut r, 0)?)),)*
                    kind => Err(RecordError::UnknownType(i64::from(kind))),
                }
            }

            /// Writes the key with its type in front.
            ///
            /// # Errors
            /// When a text is longer than its length field can say.
            pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
                let mut w = Writer::new();
                match self {
                    $(Self::$name(key) => {
                        w.i16($name_key::TYPE);
                        key.encode(&mut w, 0)?;
                    })*
                }
                Ok(w.into_vec())
            }

            /// Reads the value that belongs to this key; gives its version too.
            ///
            /// # Errors
            /// What Apache Kafka refuses as well.
            pub fn decode_value<'v>(&self, bytes: &'v [u8]) -> Result<($value<'v>, i16), RecordError> {
                let mut r = Reader::trusted(bytes);
                let version = r.i16()?;
                let value = match self {
                    $(Self::$name(_) => {
                        if !($name_value::MIN_VERSION..=$name_value::MAX_VERSION).contains(&version) {
                            return Err(RecordError::UnknownVersion(i64::from(version)));
                        }
                        $value::$name($name_value::decode(&mut r, version)?)
                    })*
                };
                Ok((value, version))
            }

            /// Type of the record, as its key says it.
            #[must_use]
            pub fn record_type(&self) -> i16 {
                match self {
                    $(Self::$name(_) => $name_key::TYPE,)*
                }
            }
        }

        impl $value<'_> {
            /// Writes the value with its version in front.
            ///
            /// # Errors
            /// When a field is set that the version cannot express.
            pub fn encode(&self, version: i16) -> Result<Vec<u8>, EncodeError> {
                let mut w = Writer::new();
                w.i16(version);
                match self {
                    $(Self::$name(value) => value.encode(&mut w, version)?,)*
                }
                Ok(w.into_vec())
            }
        }
    };
}

/// Records of the metadata log (`__cluster_metadata`).
pub mod metadata {
    use super::*;
    pub use crate::generated::families::metadata::*;
    crate::generated::families::metadata_records! { metadata_family }
}

/// Records of the group coordinator (`__consumer_offsets`).
pub mod group {
    use super::*;
    pub use crate::generated::families::group::*;
    crate::generated::families::group_records! { coordinator_family GroupKey GroupValue "`__consumer_offsets`" }
}

/// Records of the transaction coordinator (`__transaction_state`).
pub mod transaction {
    use super::*;
    pub use crate::generated::families::transaction::*;
    crate::generated::families::transaction_records! { coordinator_family TransactionKey TransactionValue "`__transaction_state`" }
}

/// Records of the share coordinator (`__share_group_state`).
pub mod share {
    use super::*;
    pub use crate::generated::families::share::*;
    crate::generated::families::share_records! { coordinator_family ShareKey ShareValue "`__share_group_state`" }
}
