//! Messages and records in the JSON form of Apache Kafka's own converters.
//!
//! Responsible for values and for the text form of JSON that Kafka's tools print. Not responsible
//! for what a tool prints around it.
//!
//! J1  numbers, booleans and null are themselves; bytes and record sets are base64 text, ids are
//!     base64url text without padding, floats without a number (NaN, infinities) are text
//! J2  an object has the fields of its version, in the order of the schema; a tagged field at its
//!     default is left out
//! J3  unknown tagged fields are no part of the form. Reading accepts them beside the fields, as a
//!     list `_unknownTags` of objects with `tag` and `hex`
//!
//! Spec: `JsonConverter` classes of Apache Kafka 4.3 (KIP-631's tools and `kafka-dump-log`).
//!
//! ```
//! use ottla_protocol::json::{from_json, to_json};
//!
//! let value = to_json("HeartbeatResponse", 1, &[0, 0, 0, 7, 0, 27]).unwrap();
//! assert_eq!(value.to_string(), r#"{"throttleTimeMs":7,"errorCode":27}"#);
//! assert_eq!(from_json("HeartbeatResponse", 1, &value).unwrap(), [0, 0, 0, 7, 0, 27]);
//! ```

use ottla_wire::{DecodeError, EncodeError, Reader, Writer};
use serde_json::Value;

use crate::{generated::each_message, messages::*};

mod family;
pub(crate) mod object;
mod primitive;
mod text;

pub(crate) use object::structs;
pub use text::to_text;

/// Why bytes and JSON could not be turned into one another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// There is no message of that name.
    #[error("no such message")]
    UnknownMessage,
    /// The message does not have that version.
    #[error("no such version")]
    UnknownVersion,
    /// The bytes are not of that form.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The value cannot be encoded in that version.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Bytes are left after the message.
    #[error("{0} bytes are left over")]
    Trailing(usize),
    /// A value is not of the type of its field.
    #[error("`{path}` is not {expected}")]
    WrongType {
        /// Where, as a JSON pointer.
        path: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// A field is missing that the version has.
    #[error("`{path}` is missing")]
    Missing {
        /// Where, as a JSON pointer.
        path: String,
    },
}

impl JsonError {
    fn wrong_type(expected: &'static str) -> Self {
        Self::WrongType {
            path: String::new(),
            expected,
        }
    }

    /// The same error, seen from one level up.
    fn inside(mut self, name: &dyn std::fmt::Display) -> Self {
        if let Self::WrongType { path, .. } | Self::Missing { path } = &mut self {
            *path = format!("/{name}{path}");
        }
        self
    }
}

/// A value with a JSON form: every message, every struct of one, and what they are made of.
pub trait Json: Sized {
    /// The JSON form at `version`.
    fn to_json(&self, version: i16) -> Value;

    /// Reads the JSON form of `version`.
    ///
    /// # Errors
    /// [`JsonError::WrongType`] and [`JsonError::Missing`].
    fn from_json(value: &Value, version: i16) -> Result<Self, JsonError>;
}

macro_rules! json_by_name {
    ($($message:ident)*) => {
        /// The JSON form of the body of `message` at `version`.
        ///
        /// # Errors
        /// When there is no such message or version, or the bytes are not of that form.
        pub fn to_json(message: &str, version: i16, bytes: &[u8]) -> Result<Value, JsonError> {
            let mut reader = Reader::trusted(bytes);
            let value = match message {
                $(stringify!($message) => {
                    check_version(version, $message::MIN_VERSION, $message::MAX_VERSION)?;
                    $message::decode(&mut reader, version)?.to_json(version)
                })*
                _ => return Err(JsonError::UnknownMessage),
            };
            match reader.remaining() {
                0 => Ok(value),
                left => Err(JsonError::Trailing(left)),
            }
        }

        /// The body of `message` at `version`, from its JSON form.
        ///
        /// # Errors
        /// When there is no such message or version, the value is not of that form, or it holds
        /// what the version cannot express.
        pub fn from_json(message: &str, version: i16, value: &Value) -> Result<Vec<u8>, JsonError> {
            let mut writer = Writer::new();
            match message {
                $(stringify!($message) => {
                    check_version(version, $message::MIN_VERSION, $message::MAX_VERSION)?;
                    $message::from_json(value, version)?.encode(&mut writer, version)?;
                })*
                _ => return Err(JsonError::UnknownMessage),
            }
            Ok(writer.into_vec())
        }
    };
}

each_message! { json_by_name }

fn check_version(version: i16, first: i16, last: i16) -> Result<(), JsonError> {
    if (first..=last).contains(&version) {
        Ok(())
    } else {
        Err(JsonError::UnknownVersion)
    }
}
