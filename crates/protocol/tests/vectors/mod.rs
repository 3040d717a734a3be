//! One line of golden vectors, checked in both directions.

use ottla_protocol::{
    group::GroupKey,
    json::{Json as _, from_json, to_json},
    messages::ControlRecordTypeSchema,
    metadata::MetadataRecord,
    quorum_state, recode,
    share::ShareKey,
    transaction::TransactionKey,
};
use ottla_wire::Writer;
use serde_json::{Value, json};

/// Checks the frame of a key or value of a coordinator.
macro_rules! coordinator {
    ($vector:expr, $framed:expr, $key:ident) => {{
        if $vector.message.ends_with("Key") {
            let key = $key::decode(&$framed).map_err(|error| error.to_string())?;
            same_number("type", $vector.record_type()?, key.record_type())?;
            same_value($vector.value, &key.to_json()["data"])?;
            same_bytes("the frame", &$framed, key.encode())
        } else {
            // Zeros are empty fields, and a key may be followed by anything.
            let mut key = $vector.record_type()?.to_be_bytes().to_vec();
            key.resize(256, 0);
            let key = $key::decode(&key).map_err(|error| error.to_string())?;
            let (value, version) = key
                .decode_value(&$framed)
                .map_err(|error| error.to_string())?;
            same_number("version", $vector.version, version)?;
            same_value($vector.value, &value.to_json(version)["data"])?;
            same_bytes("the frame", &$framed, value.encode(version))
        }
    }};
}

/// Decodes and encodes what `line` holds; the error says what differs.
pub(crate) fn check_line(line: &str) -> Result<(), String> {
    let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let vector = Vector::of(&line)?;
    vector
        .check_body()
        .and_then(|()| vector.check_frame())
        .and_then(|()| vector.check_file())
        .map_err(|difference| format!("{} v{}: {difference}", vector.message, vector.version))
}

struct Vector<'l> {
    line: &'l Value,
    message: &'l str,
    version: i16,
    body: Vec<u8>,
    value: &'l Value,
}

impl<'l> Vector<'l> {
    fn of(line: &'l Value) -> Result<Self, String> {
        Ok(Self {
            line,
            message: line["message"].as_str().ok_or("no `message`")?,
            version: line["version"]
                .as_i64()
                .and_then(|version| i16::try_from(version).ok())
                .ok_or("no `version`")?,
            body: bytes_of(&line["hex"]).ok_or("no `hex`")?,
            value: line.get("value").ok_or("no `value`")?,
        })
    }

    /// The body without a frame: to itself, to the value, and from the value.
    fn check_body(&self) -> Result<(), String> {
        let again = recode(self.message, self.version, &self.body);
        same_bytes("encoded again", &self.body, again)?;
        let value = to_json(self.message, self.version, &self.body);
        same_value(self.value, &value.map_err(|error| error.to_string())?)?;
        let value = self.value_with_unknown_tags()?;
        let encoded = from_json(self.message, self.version, &value);
        same_bytes("encoded from the value", &self.body, encoded)
    }

    /// The value with the unknown tagged fields put where they belong.
    fn value_with_unknown_tags(&self) -> Result<Value, String> {
        let mut value = self.value.clone();
        for tag in self.line["unknownTags"].as_array().into_iter().flatten() {
            let path = tag["path"].as_str().ok_or("a tag without `path`")?;
            let object = value.pointer_mut(path).and_then(Value::as_object_mut);
            let tags = object
                .ok_or_else(|| format!("no object at `{path}`"))?
                .entry("_unknownTags")
                .or_insert_with(|| json!([]));
            tags.as_array_mut()
                .ok_or("no list of tags")?
                .push(tag.clone());
        }
        Ok(value)
    }

    /// What lies around the body in a log, for the families that are stored.
    fn check_frame(&self) -> Result<(), String> {
        let Some(framed) = bytes_of(&self.line["framed"]) else {
            return self.check_control_key();
        };
        match self.line["family"].as_str().unwrap_or_default() {
            "metadata" => self.check_metadata(&framed),
            "group" => coordinator!(self, framed, GroupKey),
            "transaction" => coordinator!(self, framed, TransactionKey),
            "share" => coordinator!(self, framed, ShareKey),
            "storage" if !self.line["type"].is_null() => {
                let mut w = Writer::new();
                w.uvarint(1);
                w.uvarint(u32::from(self.record_type()?.unsigned_abs()));
                w.uvarint(u32::from(self.version.unsigned_abs()));
                w.put_slice(&self.body);
                same_bytes::<String>("the frame", &framed, Ok(w.into_vec()))
            }
            _ => {
                let mut w = Writer::new();
                w.i16(self.version);
                w.put_slice(&self.body);
                same_bytes::<String>("the frame", &framed, Ok(w.into_vec()))?;
                self.check_control_key()
            }
        }
    }

    fn check_metadata(&self, framed: &[u8]) -> Result<(), String> {
        let (record, version) = MetadataRecord::decode(framed).map_err(|e| e.to_string())?;
        same_number("type", self.record_type()?, record.record_type())?;
        same_number("version", self.version, version)?;
        same_value(self.value, &record.to_json(version)["data"])?;
        let (parsed, _) =
            MetadataRecord::from_json(&record.to_json(version)).map_err(|e| e.to_string())?;
        same_number(
            "type of the parsed record",
            self.record_type()?,
            parsed.record_type(),
        )?;
        same_bytes("the frame", framed, record.into_owned().encode(version))
    }

    fn check_control_key(&self) -> Result<(), String> {
        let Some(key) = bytes_of(&self.line["key"]) else {
            return Ok(());
        };
        let type_ = match self.message {
            "EndTxnMarker" => 1,
            "LeaderChangeMessage" => 2,
            "SnapshotHeaderRecord" => 3,
            "SnapshotFooterRecord" => 4,
            "KRaftVersionRecord" => 5,
            "VotersRecord" => 6,
            _ => return Err("a key of no known control record".to_owned()),
        };
        let schema = ControlRecordTypeSchema { type_ };
        let mut w = Writer::new();
        w.i16(ControlRecordTypeSchema::MAX_VERSION);
        schema
            .encode(&mut w, ControlRecordTypeSchema::MAX_VERSION)
            .map_err(|error| error.to_string())?;
        same_bytes::<String>("the control key", &key, Ok(w.into_vec()))
    }

    /// The file `quorum-state`, which is never in binary form.
    fn check_file(&self) -> Result<(), String> {
        let Some(text) = self.line["file"].as_str() else {
            return Ok(());
        };
        let (state, version) = quorum_state::parse(text).map_err(|error| error.to_string())?;
        same_number("data_version", self.version, version)?;
        same_value(self.value, &state.to_json(version))?;
        let again = quorum_state::to_text(&state, version);
        if again == text {
            return Ok(());
        }
        Err(format!("the file is {again} instead of {text}"))
    }

    fn record_type(&self) -> Result<i16, String> {
        let number = self.line["type"].as_i64();
        number
            .and_then(|number| i16::try_from(number).ok())
            .ok_or_else(|| "no `type`".to_owned())
    }
}

fn same_number(what: &str, expected: i16, found: i16) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{what} is {found} instead of {expected}"))
}

fn same_bytes<E: ToString>(
    what: &str,
    expected: &[u8],
    found: Result<Vec<u8>, E>,
) -> Result<(), String> {
    let found = found.map_err(|error| format!("{what}: {}", error.to_string()))?;
    if found == expected {
        return Ok(());
    }
    let at = found
        .iter()
        .zip(expected)
        .take_while(|(a, b)| a == b)
        .count();
    Err(format!(
        "{what}, byte {at} on is {} instead of {}",
        hex_at(&found, at),
        hex_at(expected, at)
    ))
}

/// A few bytes from `at` on.
fn hex_at(bytes: &[u8], at: usize) -> String {
    let window = bytes.iter().skip(at).take(8);
    let hex: String = window.map(|byte| format!("{byte:02x}")).collect();
    if hex.is_empty() {
        "the end".to_owned()
    } else {
        hex
    }
}

fn same_value(expected: &Value, found: &Value) -> Result<(), String> {
    match first_difference(expected, found) {
        None => Ok(()),
        Some((path, expected, found)) => Err(format!(
            "the value at `{path}` is {found} instead of {expected}"
        )),
    }
}

/// Path and both sides of the first difference.
fn first_difference(expected: &Value, found: &Value) -> Option<(String, String, String)> {
    let inside = |name: &dyn std::fmt::Display, expected: Option<&Value>, found: Option<&Value>| {
        let nothing = || "nothing".to_owned();
        let (path, expected, found) = match (expected, found) {
            (Some(expected), Some(found)) => first_difference(expected, found)?,
            (expected, found) => (
                String::new(),
                expected.map_or_else(nothing, ToString::to_string),
                found.map_or_else(nothing, ToString::to_string),
            ),
        };
        Some((format!("/{name}{path}"), expected, found))
    };
    match (expected, found) {
        (Value::Object(left), Value::Object(right)) => {
            let extra = right.keys().filter(|name| !left.contains_key(*name));
            left.keys()
                .chain(extra)
                .find_map(|name| inside(name, left.get(name), right.get(name)))
        }
        (Value::Array(left), Value::Array(right)) => (0..left.len().max(right.len()))
            .find_map(|index| inside(&index, left.get(index), right.get(index))),
        _ if expected == found => None,
        _ => Some((String::new(), expected.to_string(), found.to_string())),
    }
}

/// The bytes of a text of hexadecimal digits.
pub(crate) fn bytes_of(hex: &Value) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex
        .as_str()?
        .chars()
        .map(|digit| digit.to_digit(16))
        .collect();
    digits?
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from((high << 4) | low).ok(),
            _ => None,
        })
        .collect()
}
