//! Keys and values as text.

use ottla_protocol::{
    RecordError,
    group::GroupKey,
    json::{to_json, to_text},
    metadata::MetadataRecord,
    share::ShareKey,
    transaction::TransactionKey,
};
use ottla_records::RecordView;
use ottla_wire::{DecodeError, DecodeErrorKind};

use super::{frame::Frame, of_option};
use crate::{exception::Exception, options::Parsed};

/// How a log's records are read.
#[derive(Debug)]
pub(super) enum Decoder {
    Group,
    Transaction,
    Metadata,
    Share,
    RemoteLog,
    Plain { key: Class, value: Class },
}

/// A decoder class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    String,
    Integer,
    Long,
}

const PACKAGE: &str = "org.apache.kafka.tools.api.";

impl Decoder {
    /// Whether the options ask for keys and values.
    pub(super) fn is_wanted(parsed: &Parsed) -> bool {
        let options = [
            "print-data-log",
            "value-decoder-class",
            "key-decoder-class",
            "offsets-decoder",
            "transaction-log-decoder",
            "cluster-metadata-decoder",
            "share-group-state-decoder",
            "remote-log-metadata-decoder",
        ];
        options.iter().any(|option| parsed.has(option))
    }

    /// The one that the options ask for; `None` when nothing is to be printed.
    pub(super) fn of(parsed: &Parsed) -> Result<Option<Self>, Exception> {
        let special = [
            ("offsets-decoder", Self::Group),
            ("transaction-log-decoder", Self::Transaction),
            ("cluster-metadata-decoder", Self::Metadata),
            ("share-group-state-decoder", Self::Share),
            ("remote-log-metadata-decoder", Self::RemoteLog),
        ];
        for (option, decoder) in special {
            if parsed.has(option) {
                return Ok(Some(decoder));
            }
        }
        if !Self::is_wanted(parsed) {
            return Ok(None);
        }
        Ok(Some(Self::Plain {
            key: Class::of(parsed, "key-decoder-class")?,
            value: Class::of(parsed, "value-decoder-class")?,
        }))
    }

    /// The key and value to be printed.
    pub(super) fn text(
        &self,
        record: &RecordView<'_>,
    ) -> Result<(Option<String>, Option<String>), Exception> {
        match self {
            Self::Plain { key, value } => Ok((
                record.key.map(|bytes| key.text(bytes)).transpose()?,
                record.value.map(|bytes| value.text(bytes)).transpose()?,
            )),
            Self::Metadata => Ok((None, Some(metadata(record)))),
            Self::RemoteLog => Ok((None, Some(remote_log(record)))),
            Self::Group => coordinator(record, group),
            Self::Transaction => coordinator(record, transaction),
            Self::Share => coordinator(record, share),
        }
    }
}

impl Class {
    fn of(parsed: &Parsed, option: &str) -> Result<Self, Exception> {
        let class = parsed
            .value(option)
            .map_err(|error| of_option(&error))?
            .unwrap_or_default();
        match class.strip_prefix(PACKAGE) {
            Some("StringDecoder" | "DefaultDecoder") => Ok(Self::String),
            Some("IntegerDecoder") => Ok(Self::Integer),
            Some("LongDecoder") => Ok(Self::Long),
            _ => Err(Exception::new(
                "java.lang.RuntimeException",
                "Failed to load decoder class",
            )),
        }
    }

    fn text(self, bytes: &[u8]) -> Result<String, Exception> {
        let underflow = || Exception {
            class: "java.nio.BufferUnderflowException".to_owned(),
            message: None,
        };
        match self {
            Self::String => Ok(ottla_wire::text(bytes).into_owned()),
            Self::Integer => {
                let number = bytes.first_chunk().ok_or_else(underflow)?;
                Ok(i32::from_be_bytes(*number).to_string())
            }
            Self::Long => {
                let number = bytes.first_chunk().ok_or_else(underflow)?;
                Ok(i64::from_be_bytes(*number).to_string())
            }
        }
    }
}

fn metadata(record: &RecordView<'_>) -> String {
    metadata_json(record.value.unwrap_or_default())
        .unwrap_or_else(|why| format!("Error at {}, skipping. {why}", record.offset))
}

fn metadata_json(bytes: &[u8]) -> Result<String, String> {
    let frame = Frame::of(bytes)?;
    match MetadataRecord::decode(bytes) {
        Ok((value, version)) => Ok(to_text(&value.to_json(version))),
        Err(RecordError::UnknownType(_)) => Err(frame.unknown()),
        Err(RecordError::Trailing(left)) => Err(format!(
            "Found {left} byte(s) of garbage after {}",
            frame.kind
        )),
        Err(_) => Err(frame.malformed()),
    }
}

/// Records of tiered storage: framed like metadata records.
fn remote_log(record: &RecordView<'_>) -> String {
    remote_log_json(record.value.unwrap_or_default())
        .unwrap_or_else(|why| format!("Error at offset {}, skipping. {why}", record.offset))
}

fn remote_log_json(bytes: &[u8]) -> Result<String, String> {
    let frame = Frame::of(bytes)?;
    let message = match frame.kind {
        0 => "RemoteLogSegmentMetadataRecord",
        1 => "RemoteLogSegmentMetadataUpdateRecord",
        2 => "RemotePartitionDeleteMetadataRecord",
        3 => "RemoteLogSegmentMetadataSnapshotRecord",
        _ => return Err(frame.unknown()),
    };
    let json = to_json(message, frame.version, frame.body).map_err(|_| frame.malformed())?;
    Ok(to_text(&json))
}

/// What a coordinator's record prints as: its key and its value.
type Parts = Result<(String, Option<String>), RecordError>;

fn coordinator(
    record: &RecordView<'_>,
    parts: impl Fn(&[u8], Option<&[u8]>) -> Parts,
) -> Result<(Option<String>, Option<String>), Exception> {
    let Some(key) = record.key else {
        return Err(Exception::new(
            "java.lang.RuntimeException",
            format!(
                "Failed to decode message at offset {} using the specified decoder (message had a missing key)",
                record.offset
            ),
        ));
    };
    Ok(match parts(key, record.value) {
        Ok((key, value)) => (
            Some(key),
            Some(value.unwrap_or_else(|| "<DELETE>".to_owned())),
        ),
        Err(RecordError::UnknownType(kind)) => {
            let text = format!(
                "Unknown record type {kind} at offset {}, skipping.",
                record.offset
            );
            (Some(text), None)
        }
        Err(error) => {
            let text = format!(
                "Error at offset {}, skipping. {}",
                record.offset,
                fault(&error)
            );
            (Some(text), None)
        }
    })
}

fn fault(error: &RecordError) -> String {
    match error {
        RecordError::UnknownVersion(version) => format!("Unknown version {version}"),
        RecordError::Malformed(DecodeError {
            kind: DecodeErrorKind::Truncated { .. },
            ..
        }) => "null".to_owned(),
        other => other.to_string(),
    }
}

macro_rules! parts {
    ($name:ident, $key:ident) => {
        fn $name(key: &[u8], value: Option<&[u8]>) -> Parts {
            let key = $key::decode(key)?;
            let value = match value {
                Some(bytes) => {
                    let (value, version) = key.decode_value(bytes)?;
                    Some(to_text(&value.to_dump_json(version)))
                }
                None => None,
            };
            Ok((to_text(&key.to_dump_json()), value))
        }
    };
}

parts!(group, GroupKey);
parts!(transaction, TransactionKey);
parts!(share, ShareKey);
