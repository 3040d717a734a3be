//! Persisted records as Kafka's tools print them.

use ottla_wire::Reader;
use serde_json::{Value, json};

use super::{Json, JsonError};
use crate::{
    group::{GroupKey, GroupValue},
    messages::*,
    metadata::MetadataRecord,
    share::{ShareKey, ShareValue},
    transaction::{TransactionKey, TransactionValue},
};

macro_rules! metadata_json {
    ($($record:ident)*) => {
        impl MetadataRecord<'_> {
            /// Kafka's name of the record's type, such as `TOPIC_RECORD`.
            #[must_use]
            pub fn type_name(&self) -> String {
                match self {
                    $(Self::$record(_) => type_name(stringify!($record)),)*
                }
            }

            /// The record as Kafka's tools print it: `type`, `version`, `data`.
            #[must_use]
            pub fn to_json(&self, version: i16) -> Value {
                let data = match self {
                    $(Self::$record(record) => record.to_json(version),)*
                };
                json!({"type": self.type_name(), "version": version, "data": data})
            }

            /// Reads what [`Self::to_json`] gives; gives the version too.
            ///
            /// # Errors
            /// When it is not of that form, or no record has that type.
            pub fn from_json(value: &Value) -> Result<(Self, i16), JsonError> {
                let part = |name: &'static str| {
                    let missing = || JsonError::Missing { path: format!("/{name}") };
                    value.get(name).ok_or_else(missing)
                };
                let version = i16::from_json(part("version")?, 0)?;
                let (kind, data) = (part("type")?, part("data")?);
                $(if kind.as_str() == Some(type_name(stringify!($record)).as_str()) {
                    let record = $record::from_json(data, version);
                    let record = record.map_err(|error| error.inside(&"data"))?;
                    return Ok((Self::$record(record), version));
                })*
                Err(JsonError::UnknownMessage)
            }
        }
    };
}

crate::generated::families::metadata_records! { metadata_json }

macro_rules! coordinator_json {
    ($key:ident $value:ident $what:literal: $($name:ident $name_key:ident $name_value:ident)*) => {
        impl $key<'_> {
            /// The key as Kafka's formatters print it: `type` and `data`.
            #[must_use]
            pub fn to_json(&self) -> Value {
                json!({"type": self.record_type(), "data": self.data_json()})
            }

            /// The key as `kafka-dump-log` prints it: the type is text there.
            #[must_use]
            pub fn to_dump_json(&self) -> Value {
                json!({"type": self.record_type().to_string(), "data": self.data_json()})
            }

            fn data_json(&self) -> Value {
                match self {
                    $(Self::$name(key) => key.to_json(0),)*
                }
            }
        }

        impl $value<'_> {
            /// The value as Kafka's formatters print it: `version` and `data`.
            #[must_use]
            pub fn to_json(&self, version: i16) -> Value {
                json!({"version": version, "data": self.data_json(version)})
            }

            fn data_json(&self, version: i16) -> Value {
                match self {
                    $(Self::$name(value) => value.to_json(version),)*
                }
            }
        }
    };
}

crate::generated::families::group_records! { coordinator_json GroupKey GroupValue "" }
crate::generated::families::transaction_records! { coordinator_json TransactionKey TransactionValue "" }
crate::generated::families::share_records! { coordinator_json ShareKey ShareValue "" }

impl GroupValue<'_> {
    /// The value as `kafka-dump-log` prints it: the version is text there, and subscription and
    /// assignment of consumers are decoded.
    #[must_use]
    pub fn to_dump_json(&self, version: i16) -> Value {
        let mut data = self.data_json(version);
        if let Self::GroupMetadata(group) = self
            && group.protocol_type == "consumer"
            && let Some(Value::Array(members)) = data.get_mut("members")
        {
            for (json, member) in members.iter_mut().zip(&group.members) {
                let subscription = consumer_protocol(&member.subscription, |r, version| {
                    Some(
                        ConsumerProtocolSubscription::decode(r, version)
                            .ok()?
                            .to_json(version),
                    )
                });
                replace(json, "subscription", subscription);
                let assignment = consumer_protocol(&member.assignment, |r, version| {
                    Some(
                        ConsumerProtocolAssignment::decode(r, version)
                            .ok()?
                            .to_json(version),
                    )
                });
                replace(json, "assignment", assignment);
            }
        }
        json!({"version": version.to_string(), "data": data})
    }
}

impl TransactionValue<'_> {
    /// The value as `kafka-dump-log` prints it: the version is text there.
    #[must_use]
    pub fn to_dump_json(&self, version: i16) -> Value {
        json!({"version": version.to_string(), "data": self.data_json(version)})
    }
}

impl ShareValue<'_> {
    /// The value as `kafka-dump-log` prints it: the version is text there.
    #[must_use]
    pub fn to_dump_json(&self, version: i16) -> Value {
        json!({"version": version.to_string(), "data": self.data_json(version)})
    }
}

/// Decodes a message of the consumer protocol, which has its version in front. `None` leaves the
/// bytes as they are.
fn consumer_protocol(
    bytes: &[u8],
    decode: impl FnOnce(&mut Reader<'_>, i16) -> Option<Value>,
) -> Option<Value> {
    let mut reader = Reader::trusted(bytes);
    let version = reader.i16().ok()?;
    decode(&mut reader, version)
}

fn replace(object: &mut Value, name: &str, new: Option<Value>) {
    if let (Some(place), Some(new)) = (object.get_mut(name), new) {
        *place = new;
    }
}

/// `TopicRecord` becomes `TOPIC_RECORD`.
fn type_name(message: &str) -> String {
    let mut name = String::new();
    for char in message.chars() {
        if char.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(char.to_ascii_uppercase());
    }
    name
}
