//! From a record to what is printed.

use std::io::Write as _;

use ottla_client::Consumed;
use ottla_config::Properties;
use ottla_records::TimestampType;
use ottla_types::TopicPartition;

use super::{
    coordinator::{self, Family},
    deserializer::Deserializer,
};
use crate::{
    Sink,
    exception::Exception,
    log::{Level, log},
    options::Parsed,
    properties::{load, pairs},
};

const PACKAGE: &str = "org.apache.kafka.tools.consumer.";

/// Prints records.
#[derive(Debug)]
pub(super) enum Formatter {
    /// The parts of a record as text.
    Default(Box<DefaultFormatter>),
    /// Records of a coordinator's topic as JSON, those of these types.
    Coordinator(Family, &'static [i16]),
    /// Nothing.
    NoOp,
}

impl Formatter {
    pub(super) fn of(parsed: &Parsed, err: &Sink) -> Result<Self, Exception> {
        let value = |name: &str| {
            parsed
                .value(name)
                .map_err(|error| Exception::new(error.class(), error.to_string()))
        };
        let class = value("formatter")?.unwrap_or_default();
        let mut properties = match value("formatter-config")? {
            Some(path) => load(path)?,
            None => Properties::default(),
        };
        let mut given = parsed.values("property");
        given.extend(parsed.values("formatter-property"));
        let given = pairs(&given)?;
        for (key, value) in given.iter() {
            properties.set(key, value);
        }
        for (option, key) in [
            ("key-deserializer", "key.deserializer"),
            ("value-deserializer", "value.deserializer"),
        ] {
            if let Some(class) = value(option)? {
                properties.set(key, class);
            }
        }
        match class.strip_prefix(PACKAGE) {
            Some("DefaultMessageFormatter" | "LoggingMessageFormatter") => Ok(Self::Default(
                Box::new(DefaultFormatter::of(&properties, err)),
            )),
            Some("NoOpMessageFormatter") => Ok(Self::NoOp),
            Some("OffsetsMessageFormatter") => Ok(Self::Coordinator(Family::Group, &[0, 1])),
            Some("GroupMetadataMessageFormatter") => Ok(Self::Coordinator(Family::Group, &[2])),
            Some("TransactionLogMessageFormatter") => {
                Ok(Self::Coordinator(Family::Transaction, &[0]))
            }
            Some("group.share.ShareGroupStateMessageFormatter") => {
                Ok(Self::Coordinator(Family::Share, &[0, 1]))
            }
            _ => Err(Exception::new("java.lang.ClassNotFoundException", class)),
        }
    }

    /// Appends the record.
    pub(super) fn write(
        &mut self,
        partition: &TopicPartition,
        consumed: &Consumed<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Exception> {
        match self {
            Self::Default(formatter) => formatter.write(partition, consumed, out),
            Self::Coordinator(family, types) => coordinator::write(*family, types, consumed, out),
            Self::NoOp => Ok(()),
        }
    }
}

/// Columns, joined by the key separator.
#[derive(Debug)]
pub(super) struct DefaultFormatter {
    timestamp: bool,
    partition: bool,
    offset: bool,
    delivery: bool,
    epoch: bool,
    headers: bool,
    key: bool,
    value: bool,
    key_separator: Vec<u8>,
    line_separator: Vec<u8>,
    headers_separator: Vec<u8>,
    null_literal: Vec<u8>,
    key_deserializer: Option<Deserializer>,
    value_deserializer: Option<Deserializer>,
    headers_deserializer: Option<Deserializer>,
}

impl DefaultFormatter {
    fn of(properties: &Properties, err: &Sink) -> Self {
        let is_set = |key: &str, default: bool| match properties.get(key) {
            Some(value) => value.trim().eq_ignore_ascii_case("true"),
            None => default,
        };
        let bytes = |key: &str, default: &str| {
            let value = properties.get(key).unwrap_or(default);
            value.as_bytes().to_vec()
        };
        let deserializer = |key: &str| deserializer(properties.get(key)?, err);
        Self {
            timestamp: is_set("print.timestamp", false),
            partition: is_set("print.partition", false),
            offset: is_set("print.offset", false),
            delivery: is_set("print.delivery", false),
            epoch: is_set("print.epoch", false),
            headers: is_set("print.headers", false),
            key: is_set("print.key", false),
            value: is_set("print.value", true),
            key_separator: bytes("key.separator", "\t"),
            line_separator: bytes("line.separator", "\n"),
            headers_separator: bytes("headers.separator", ","),
            null_literal: bytes("null.literal", "null"),
            key_deserializer: deserializer("key.deserializer"),
            value_deserializer: deserializer("value.deserializer"),
            headers_deserializer: deserializer("headers.deserializer"),
        }
    }

    fn write(
        &self,
        partition: &TopicPartition,
        consumed: &Consumed<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Exception> {
        let record = &consumed.record;
        let mut first = true;
        if self.timestamp {
            self.separate(&mut first, out);
            let timestamp = record.timestamp;
            match consumed.timestamp_type {
                Some(TimestampType::CreateTime) => {
                    push(out, format_args!("CreateTime:{timestamp}"))
                }
                Some(TimestampType::LogAppendTime) => {
                    push(out, format_args!("LogAppendTime:{timestamp}"));
                }
                None => out.extend_from_slice(b"NO_TIMESTAMP"),
            }
        }
        if self.partition {
            self.separate(&mut first, out);
            push(out, format_args!("Partition:{}", partition.partition));
        }
        if self.offset {
            self.separate(&mut first, out);
            push(out, format_args!("Offset:{}", record.offset));
        }
        if self.delivery {
            self.separate(&mut first, out);
            out.extend_from_slice(b"Delivery:NOT_PRESENT");
        }
        if self.epoch {
            self.separate(&mut first, out);
            out.extend_from_slice(b"Epoch:NOT_PRESENT");
        }
        if self.headers {
            self.separate(&mut first, out);
            self.write_headers(consumed, out)?;
        }
        if self.key {
            self.separate(&mut first, out);
            self.write_bytes(self.key_deserializer, record.key, out)?;
        }
        if self.value {
            self.separate(&mut first, out);
            self.write_bytes(self.value_deserializer, record.value, out)?;
        }
        if !first {
            out.extend_from_slice(&self.line_separator);
        }
        Ok(())
    }

    fn separate(&self, first: &mut bool, out: &mut Vec<u8>) {
        if !std::mem::replace(first, false) {
            out.extend_from_slice(&self.key_separator);
        }
    }

    fn write_headers(&self, consumed: &Consumed<'_>, out: &mut Vec<u8>) -> Result<(), Exception> {
        let mut headers = consumed.record.headers.peekable();
        if headers.peek().is_none() {
            out.extend_from_slice(b"NO_HEADERS");
        }
        while let Some(header) = headers.next() {
            out.extend_from_slice(ottla_wire::text(header.key).as_bytes());
            out.push(b':');
            self.write_bytes(self.headers_deserializer, header.value, out)?;
            if headers.peek().is_some() {
                out.extend_from_slice(&self.headers_separator);
            }
        }
        Ok(())
    }

    fn write_bytes(
        &self,
        deserializer: Option<Deserializer>,
        bytes: Option<&[u8]>,
        out: &mut Vec<u8>,
    ) -> Result<(), Exception> {
        let bytes = bytes.unwrap_or(&self.null_literal);
        match deserializer {
            Some(deserializer) => out.extend_from_slice(&deserializer.text(bytes)?),
            None => out.extend_from_slice(bytes),
        }
        Ok(())
    }
}

/// A class that is not known is logged, and bytes are printed as they are.
fn deserializer(class: &str, err: &Sink) -> Option<Deserializer> {
    let known = Deserializer::named(class);
    let raw = class == "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    if known.is_none() && !raw && !class.is_empty() {
        let logger = format!("{PACKAGE}DefaultMessageFormatter");
        let text = format!("Unable to instantiate a deserializer from {class}");
        log(err, Level::Error, text, &logger);
        err.line(Exception::new("java.lang.ClassNotFoundException", class));
    }
    known
}

/// Writing to memory cannot fail.
fn push(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    drop(out.write_fmt(text));
}
