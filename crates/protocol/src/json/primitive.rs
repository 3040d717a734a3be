//! What structs are made of.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use ottla_types::{ErrorCode, Uuid};
use serde_json::{Number, Value};

use super::{Json, JsonError};
use crate::Records;

macro_rules! integers {
    ($($type:ty = $what:literal;)*) => {$(
        impl Json for $type {
            fn to_json(&self, _version: i16) -> Value {
                Value::from(*self)
            }

            fn from_json(value: &Value, _version: i16) -> Result<Self, JsonError> {
                value
                    .as_i64()
                    .and_then(|value| Self::try_from(value).ok())
                    .ok_or_else(|| JsonError::wrong_type($what))
            }
        }
    )*};
}

integers! {
    i8 = "an int8";
    i16 = "an int16";
    i32 = "an int32";
    i64 = "an int64";
    u16 = "a uint16";
    u32 = "a uint32";
}

impl Json for bool {
    fn to_json(&self, _version: i16) -> Value {
        Value::Bool(*self)
    }

    fn from_json(value: &Value, _version: i16) -> Result<Self, JsonError> {
        value
            .as_bool()
            .ok_or_else(|| JsonError::wrong_type("a bool"))
    }
}

impl Json for f64 {
    fn to_json(&self, _version: i16) -> Value {
        let text = || {
            Value::from(if self.is_nan() {
                "NaN"
            } else {
                infinity(*self)
            })
        };
        Number::from_f64(*self).map_or_else(text, Value::Number)
    }

    fn from_json(value: &Value, _version: i16) -> Result<Self, JsonError> {
        match value {
            Value::String(text) => match text.as_str() {
                "NaN" => Some(Self::NAN),
                "Infinity" => Some(Self::INFINITY),
                "-Infinity" => Some(Self::NEG_INFINITY),
                _ => None,
            },
            value => value.as_f64(),
        }
        .ok_or_else(|| JsonError::wrong_type("a float64"))
    }
}

fn infinity(value: f64) -> &'static str {
    if value > 0.0 { "Infinity" } else { "-Infinity" }
}

impl Json for ErrorCode {
    fn to_json(&self, version: i16) -> Value {
        self.0.to_json(version)
    }

    fn from_json(value: &Value, version: i16) -> Result<Self, JsonError> {
        i16::from_json(value, version).map(Self)
    }
}

impl Json for Uuid {
    fn to_json(&self, _version: i16) -> Value {
        Value::String(self.to_string())
    }

    fn from_json(value: &Value, _version: i16) -> Result<Self, JsonError> {
        value
            .as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| JsonError::wrong_type("a uuid"))
    }
}

impl Json for Cow<'_, str> {
    fn to_json(&self, _version: i16) -> Value {
        Value::String(self.clone().into_owned())
    }

    fn from_json(value: &Value, _version: i16) -> Result<Self, JsonError> {
        let text = value.as_str();
        text.map(|text| Cow::Owned(text.to_owned()))
            .ok_or_else(|| JsonError::wrong_type("a string"))
    }
}

impl Json for Cow<'_, [u8]> {
    fn to_json(&self, _version: i16) -> Value {
        Value::String(STANDARD.encode(self))
    }

    fn from_json(value: &Value, _version: i16) -> Result<Self, JsonError> {
        value
            .as_str()
            .and_then(|text| STANDARD.decode(text).ok())
            .map(Cow::Owned)
            .ok_or_else(|| JsonError::wrong_type("base64 text"))
    }
}

impl Json for Records<'_> {
    fn to_json(&self, version: i16) -> Value {
        let joined = match self.as_slice() {
            Some(bytes) => Cow::Borrowed(bytes),
            None => Cow::Owned(
                self.to_vec()
                    .expect("invariant: messages shown lie in memory"),
            ),
        };
        joined.to_json(version)
    }

    fn from_json(value: &Value, version: i16) -> Result<Self, JsonError> {
        let bytes = Cow::<[u8]>::from_json(value, version)?;
        Ok(Self::Shared(vec![Bytes::from(bytes.into_owned()).into()]))
    }
}

impl<T: Json> Json for Option<T> {
    fn to_json(&self, version: i16) -> Value {
        self.as_ref()
            .map_or(Value::Null, |value| value.to_json(version))
    }

    fn from_json(value: &Value, version: i16) -> Result<Self, JsonError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_json(value, version).map(Some),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn to_json(&self, version: i16) -> Value {
        Value::Array(self.iter().map(|item| item.to_json(version)).collect())
    }

    fn from_json(value: &Value, version: i16) -> Result<Self, JsonError> {
        let items = value.as_array();
        items
            .ok_or_else(|| JsonError::wrong_type("an array"))?
            .iter()
            .enumerate()
            .map(|(index, item)| T::from_json(item, version).map_err(|error| error.inside(&index)))
            .collect()
    }
}
