//! The values in force of all broker keys.

use std::collections::BTreeMap;

use crate::{
    ConfigMap,
    error::ConfigError,
    key::{DefaultValue, Scope},
    table::keys,
    value::{Typed, Value},
};

/// A value for each broker key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Values(BTreeMap<&'static str, Value>);

impl Values {
    /// Parses the values given as text; keys that are not given have their default.
    pub(crate) fn parse(given: &ConfigMap) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        for key in keys(Scope::Broker) {
            let value = match (given.get(key.name), key.default) {
                (Some(text), _) => key.parse(text)?,
                (None, DefaultValue::Required) => {
                    return Err(ConfigError::Missing { key: key.name });
                }
                (None, _) => key.default_value(),
            };
            values.insert(key.name, value);
        }
        Ok(Self(values))
    }

    /// Lays other values over these.
    pub(crate) fn set(&mut self, key: &'static str, value: Value) {
        self.0.insert(key, value);
    }

    pub(crate) fn find(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The value of a key of the table, as the type that the table declares.
    pub(crate) fn get<T: Typed>(&self, key: &str) -> T {
        let value = self.find(key).and_then(T::read);
        value.unwrap_or_else(|| panic!("the table declares {key} with another type"))
    }

    /// The first value that is set among keys of one meaning, in milliseconds.
    pub(crate) fn millis(&self, synonyms: &[&str]) -> Option<i64> {
        synonyms.iter().find_map(|name| {
            let number = number(self.find(name)?)?;
            Some(number.saturating_mul(unit_of(name)))
        })
    }
}

/// The number in a value of any whole type.
pub(crate) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(i64::from(*number)),
        Value::Short(number) => Some(i64::from(*number)),
        Value::Long(number) => Some(*number),
        _ => None,
    }
}

/// Milliseconds in the unit that ends a key's name; 1 for anything else.
pub(crate) fn unit_of(name: &str) -> i64 {
    match name.rsplit('.').next() {
        Some("hours") => 3_600_000,
        Some("minutes") => 60_000,
        _ => 1,
    }
}
