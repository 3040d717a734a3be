//! Structs as JSON objects.

use std::ops::RangeInclusive;

use ottla_wire::UnknownTags;
use serde_json::{Map, Value};

use super::{Json, JsonError};

/// Writes the `Json` of structs from rows of: field, its name, its versions, and whether it is
/// `field` or `tagged`.
macro_rules! structs {
    ($($module:ident $name:ident $(<$lt:lifetime>)? $($tags:ident)? {
        $($field:ident $json:literal $versions:expr, $role:ident;)*
    })*) => {$(
        impl $(<$lt>)? $crate::json::Json for $module::$name $(<$lt>)? {
            fn to_json(&self, version: i16) -> serde_json::Value {
                let default = Self::default();
                let mut object = $crate::json::object::ObjectWriter::new(version);
                $(object.$role($json, $versions, &self.$field, &default.$field);)*
                object.finish()
            }

            fn from_json(
                value: &serde_json::Value,
                version: i16,
            ) -> Result<Self, $crate::json::JsonError> {
                let object = $crate::json::object::ObjectReader::new(value, version)?;
                let mut out = Self::default();
                $(object.$role($json, $versions, &mut out.$field)?;)*
                $(out.$tags = object.unknown_tags()?;)?
                Ok(out)
            }
        }
    )*};
}

pub(crate) use structs;

pub(crate) struct ObjectWriter {
    map: Map<String, Value>,
    version: i16,
}

impl ObjectWriter {
    pub(crate) fn new(version: i16) -> Self {
        Self {
            map: Map::new(),
            version,
        }
    }

    pub(crate) fn field<T: Json>(
        &mut self,
        name: &str,
        versions: RangeInclusive<i16>,
        value: &T,
        _default: &T,
    ) {
        if versions.contains(&self.version) {
            self.map
                .insert(name.to_owned(), value.to_json(self.version));
        }
    }

    pub(crate) fn tagged<T: Json + PartialEq>(
        &mut self,
        name: &str,
        versions: RangeInclusive<i16>,
        value: &T,
        default: &T,
    ) {
        if value != default {
            self.field(name, versions, value, default);
        }
    }

    pub(crate) fn finish(self) -> Value {
        Value::Object(self.map)
    }
}

pub(crate) struct ObjectReader<'v> {
    map: &'v Map<String, Value>,
    version: i16,
}

impl<'v> ObjectReader<'v> {
    pub(crate) fn new(value: &'v Value, version: i16) -> Result<Self, JsonError> {
        let map = value
            .as_object()
            .ok_or_else(|| JsonError::wrong_type("an object"))?;
        Ok(Self { map, version })
    }

    pub(crate) fn field<T: Json>(
        &self,
        name: &str,
        versions: RangeInclusive<i16>,
        place: &mut T,
    ) -> Result<(), JsonError> {
        if versions.contains(&self.version) && !self.map.contains_key(name) {
            let path = String::new();
            return Err(JsonError::Missing { path }.inside(&name));
        }
        self.tagged(name, versions, place)
    }

    pub(crate) fn tagged<T: Json>(
        &self,
        name: &str,
        _versions: RangeInclusive<i16>,
        place: &mut T,
    ) -> Result<(), JsonError> {
        if let Some(value) = self.map.get(name) {
            *place = T::from_json(value, self.version).map_err(|error| error.inside(&name))?;
        }
        Ok(())
    }

    pub(crate) fn unknown_tags(&self) -> Result<UnknownTags<'static>, JsonError> {
        let mut tags = UnknownTags::default();
        let Some(list) = self.map.get(UNKNOWN_TAGS) else {
            return Ok(tags);
        };
        let wrong = || JsonError::wrong_type("a list of tags").inside(&UNKNOWN_TAGS);
        for entry in list.as_array().ok_or_else(wrong)? {
            let tag = entry.get("tag").and_then(Value::as_u64);
            let bytes = entry.get("hex").and_then(Value::as_str).and_then(unhex);
            let tag = tag.and_then(|tag| u32::try_from(tag).ok());
            tags.push(tag.ok_or_else(wrong)?, &bytes.ok_or_else(wrong)?);
        }
        Ok(tags)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    digits?
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from((high << 4) | low).ok(),
            _ => None,
        })
        .collect()
}

/// Where unknown tagged fields are read from.
const UNKNOWN_TAGS: &str = "_unknownTags";
