//! Segments and snapshots: batches and their records.

use std::{collections::BTreeMap, fmt, path::Path};

use ottla_protocol::json::{to_json, to_text};
use ottla_records::{
    AnyBatch, BatchError, BatchView, Decompressor, RecordFault, RecordView, TimestampType,
    control::{ControlType, EndTxnMarker},
};

use super::{
    Settings, absolute_path, base_offset, payload::Decoder, print, problems::Problems, read,
    unfinished,
};
use crate::{Sink, exception::Exception};

/// Offset and size in front of every batch, and the byte that tells its format.
const LOG_OVERHEAD: usize = 12;
const UP_TO_MAGIC: usize = 17;
/// The newest format of batches.
const NEWEST: i8 = 2;
/// Size of the smallest record there ever was.
const SMALLEST: i32 = 14;

const BOOTSTRAP: &str = "bootstrap.checkpoint";

pub(super) fn dump(
    settings: &Settings<'_>,
    path: &Path,
    out: &Sink,
    problems: &mut Problems,
) -> Result<(), Exception> {
    let max_bytes = settings.max_bytes()?;
    let decoder = settings.decoder()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with(".log") {
        let start = base_offset(path)?;
        print(out, format_args!("Log starting offset: {start}"));
    } else if name == BOOTSTRAP {
        print(out, format_args!("KRaft bootstrap snapshot"));
    } else if let Some((offset, epoch)) = snapshot_id(&name) {
        print(
            out,
            format_args!("Snapshot end offset: {offset}, epoch: {epoch}"),
        );
    }
    let mut file = read(path, path)?;
    let limit = usize::try_from(max_bytes).map_err(|_| {
        let size = file.len();
        let path = path.display();
        Exception::illegal_argument(format!(
            "Invalid size: {max_bytes} in read from FileRecords(size={size}, file={path}, start=0, end=2147483647)"
        ))
    })?;
    let later = read_as_newest(&mut file);
    let bytes = file.get(..limit).unwrap_or(&file);
    let mut dump = Dump {
        settings,
        decoder,
        out,
        decompressor: Decompressor::new(),
        later,
        last: -1,
        gaps: Vec::new(),
    };
    let result = dump.batches(bytes, path);
    if !dump.gaps.is_empty() {
        problems.gaps.insert(absolute_path(path), dump.gaps);
    }
    let valid = result?;
    let trailing = bytes.len() - valid;
    if trailing > 0 && max_bytes == i64::from(i32::MAX) {
        print(
            out,
            format_args!("Found {trailing} invalid bytes at the end of {name}"),
        );
    }
    Ok(())
}

/// Has batches of later formats than there are read as the newest, as Apache's tool does; gives their
/// positions and formats.
fn read_as_newest(bytes: &mut [u8]) -> BTreeMap<usize, i8> {
    let mut later = BTreeMap::new();
    let mut at = 0;
    while let Some(batch) = bytes.get_mut(at..).filter(|rest| rest.len() > UP_TO_MAGIC) {
        let size = batch
            .get(8..LOG_OVERHEAD)
            .and_then(|size| size.first_chunk());
        let size = size.map_or(0, |size| i32::from_be_bytes(*size));
        let Some(byte) = batch.get_mut(UP_TO_MAGIC - 1) else {
            break;
        };
        let magic = i8::from_be_bytes([*byte]);
        if magic > NEWEST {
            later.insert(at, magic);
            *byte = NEWEST.cast_unsigned();
        }
        match usize::try_from(size) {
            Ok(size) if size > 0 => at = at.saturating_add(LOG_OVERHEAD).saturating_add(size),
            _ => break,
        }
    }
    later
}

/// `<offset>-<epoch>.checkpoint`.
fn snapshot_id(name: &str) -> Option<(i64, i32)> {
    let (offset, epoch) = name.strip_suffix(".checkpoint")?.split_once('-')?;
    Some((offset.parse().ok()?, epoch.parse().ok()?))
}

/// The batches of a file as far as they are whole, each with its position. A size that cannot be
/// is an error.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Position of the next batch.
    pub(super) const fn position(&self) -> usize {
        self.at
    }

    pub(super) fn next(&mut self, path: &Path) -> Result<Option<AnyBatch<'a>>, Exception> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.len() <= UP_TO_MAGIC {
            return Ok(None);
        }
        let size = rest
            .get(8..LOG_OVERHEAD)
            .and_then(|size| size.first_chunk())
            .map_or(0, |size| i32::from_be_bytes(*size));
        if size < SMALLEST {
            return Err(Exception::new(
                "org.apache.kafka.common.errors.CorruptRecordException",
                format!(
                    "Found record size {size} smaller than minimum record overhead ({SMALLEST}) in file {}.",
                    path.display()
                ),
            ));
        }
        let size = usize::try_from(size).unwrap_or_default();
        if rest.len() < LOG_OVERHEAD + size {
            return Ok(None);
        }
        let (batch, _) = AnyBatch::parse(rest).map_err(|error| {
            Exception::new(
                "org.apache.kafka.common.errors.CorruptRecordException",
                error.to_string(),
            )
        })?;
        self.at += LOG_OVERHEAD + size;
        Ok(Some(batch))
    }
}

struct Dump<'a> {
    settings: &'a Settings<'a>,
    decoder: Option<Decoder>,
    out: &'a Sink,
    decompressor: Decompressor,
    /// Positions of batches of formats that do not exist yet, and the format.
    later: BTreeMap<usize, i8>,
    /// Offset of the record before. A file that does not begin at 0 has a gap in front.
    last: i64,
    gaps: Vec<(i64, i64)>,
}

impl Dump<'_> {
    /// Prints all batches; the result is where they end.
    fn batches(&mut self, bytes: &[u8], path: &Path) -> Result<usize, Exception> {
        let mut walk = Walk::new(bytes, 0);
        loop {
            let position = walk.position();
            let Some(batch) = walk.next(path)? else {
                return Ok(position);
            };
            print(
                self.out,
                format_args!(
                    "{}",
                    BatchLine {
                        batch: &batch,
                        position,
                        magic: self.later.get(&position).copied(),
                    }
                ),
            );
            if self.settings.deep {
                self.records(&batch)?;
            }
        }
    }

    fn records(&mut self, batch: &AnyBatch<'_>) -> Result<(), Exception> {
        let mut decompressor = std::mem::take(&mut self.decompressor);
        let result = self.records_with(batch, &mut decompressor);
        self.decompressor = decompressor;
        result
    }

    fn records_with(
        &mut self,
        batch: &AnyBatch<'_>,
        decompressor: &mut Decompressor,
    ) -> Result<(), Exception> {
        for record in batch.records(decompressor).map_err(|error| fault(&error))? {
            let record = record.map_err(|error| fault(&error))?;
            let offset = record.offset.0;
            if offset != self.last.wrapping_add(1) {
                self.gaps.push((self.last, offset));
            }
            self.last = offset;
            self.record(batch, &record)?;
        }
        Ok(())
    }

    fn record(&self, batch: &AnyBatch<'_>, record: &RecordView<'_>) -> Result<(), Exception> {
        let mut line = String::new();
        let mut prefix = "| ";
        if !self.settings.skip_metadata {
            line.push_str(&metadata(batch, record));
            prefix = " ";
        }
        let is_control = matches!(batch, AnyBatch::V2(batch) if batch.is_control());
        if let Some(decoder) = &self.decoder
            && !is_control
        {
            let (key, payload) = decoder
                .text(record)
                // What is known of the record is printed already when its decoder fails.
                .inspect_err(|_| unfinished(self.out, &line))?;
            if let Some(key) = key {
                line.push_str(&format!("{prefix}key: {key}"));
                prefix = " ";
            }
            if let Some(payload) = payload {
                line.push_str(&format!("{prefix}payload: {payload}"));
            }
        }
        print(self.out, format_args!("{line}"));
        Ok(())
    }
}

fn fault(error: &BatchError) -> Exception {
    let invalid =
        |text: String| Exception::new("org.apache.kafka.common.InvalidRecordException", text);
    match error {
        BatchError::Record {
            fault: RecordFault::HeaderCount(count),
            ..
        } => invalid(format!("Found invalid number of record headers {count}")),
        BatchError::Record {
            fault: RecordFault::HeaderKey(size),
            ..
        } => invalid(format!("Invalid negative header key size {size}")),
        BatchError::Record {
            fault: RecordFault::TrailingBytes,
            ..
        } => invalid("Incorrect declared batch size, records still remaining in file".to_owned()),
        BatchError::Compression(_)
        | BatchError::Record {
            fault: RecordFault::Compression(_),
            ..
        } => Exception::kafka("Failed to decompress record stream"),
        _ => invalid("Found invalid record structure".to_owned()),
    }
}

/// Everything but key and payload.
fn metadata(batch: &AnyBatch<'_>, record: &RecordView<'_>) -> String {
    let size = |bytes: Option<&[u8]>| match bytes {
        Some(bytes) => bytes.len().to_string(),
        None => "-1".to_owned(),
    };
    let kind = timestamp_name(batch.header().timestamp_type());
    let mut line = format!(
        "| offset: {} {kind}: {} keySize: {} valueSize: {}",
        record.offset,
        record.timestamp,
        size(record.key),
        size(record.value)
    );
    match batch {
        AnyBatch::V2(batch) => {
            let keys: Vec<_> = record
                .headers
                .map(|header| ottla_wire::text(header.key).into_owned())
                .collect();
            line.push_str(&format!(
                " sequence: {} headerKeys: [{}]",
                sequence(batch, record),
                keys.join(",")
            ));
            if batch.is_control() {
                line.push_str(&control(record));
            }
        }
        AnyBatch::Legacy(batch) => {
            let valid = batch.check_crc().is_ok();
            line.push_str(&format!(
                " isValid: {valid} crc: {}}}",
                batch.header().crc()
            ));
        }
    }
    line
}

fn sequence(batch: &BatchView<'_>, record: &RecordView<'_>) -> i32 {
    let base = batch.base_sequence();
    if base < 0 {
        return -1;
    }
    let delta = record.offset.0.wrapping_sub(batch.base_offset().0);
    let sum = i64::from(base).wrapping_add(delta);
    // Sequences go round from the largest to 0.
    i32::try_from(sum.rem_euclid(i64::from(i32::MAX) + 1)).unwrap_or(-1)
}

fn control(record: &RecordView<'_>) -> String {
    let (key, value) = (
        record.key.unwrap_or_default(),
        record.value.unwrap_or_default(),
    );
    let Some(kind) = ControlType::parse(key) else {
        return " controlType: UNKNOWN(-1)".to_owned();
    };
    let message = |title: &str, message: &str| {
        let version = value
            .first_chunk()
            .map_or(0, |version| i16::from_be_bytes(*version));
        // The version stands in the message itself.
        let json = (0..=version.max(0))
            .rev()
            .find_map(|version| to_json(message, version, value).ok());
        match json {
            Some(json) => format!(" {title} {}", to_text(&json)),
            None => format!(" {title} null"),
        }
    };
    match kind {
        ControlType::Abort | ControlType::Commit => match EndTxnMarker::parse(key, value) {
            Some(marker) => {
                let name = if kind == ControlType::Abort {
                    "ABORT"
                } else {
                    "COMMIT"
                };
                let epoch = marker.coordinator_epoch;
                format!(" endTxnMarker: {name} coordinatorEpoch: {epoch}")
            }
            None => String::new(),
        },
        ControlType::LeaderChange => message("LeaderChange:", "LeaderChangeMessage"),
        ControlType::SnapshotHeader => message("SnapshotHeader", "SnapshotHeaderRecord"),
        ControlType::SnapshotFooter => message("SnapshotFooter", "SnapshotFooterRecord"),
        ControlType::KraftVersion => message("KRaftVersion", "KRaftVersionRecord"),
        ControlType::KraftVoters => message("KRaftVoters", "VotersRecord"),
        ControlType::Unknown(id) => format!(" controlType: UNKNOWN({id})"),
    }
}

const fn timestamp_name(kind: Option<TimestampType>) -> &'static str {
    match kind {
        Some(TimestampType::CreateTime) => "CreateTime",
        Some(TimestampType::LogAppendTime) => "LogAppendTime",
        None => "NoTimestampType",
    }
}

/// One batch on one line.
struct BatchLine<'a> {
    batch: &'a AnyBatch<'a>,
    position: usize,
    /// The format, when it is a later one than the batch is read as.
    magic: Option<i8>,
}

impl fmt::Display for BatchLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = self.batch.header();
        match self.batch {
            AnyBatch::V2(batch) => {
                let horizon = match batch.delete_horizon_ms() {
                    Some(horizon) => format!("OptionalLong[{horizon}]"),
                    None => "OptionalLong.empty".to_owned(),
                };
                write!(
                    f,
                    "baseOffset: {} lastOffset: {} count: {} baseSequence: {} lastSequence: {} producerId: {} producerEpoch: {} partitionLeaderEpoch: {} isTransactional: {} isControl: {} deleteHorizonMs: {horizon}",
                    batch.base_offset(),
                    batch.last_offset(),
                    batch.records_count(),
                    batch.base_sequence(),
                    batch.last_sequence(),
                    batch.producer_id(),
                    batch.producer_epoch(),
                    batch.partition_leader_epoch(),
                    batch.is_transactional(),
                    batch.is_control()
                )?;
            }
            AnyBatch::Legacy(_) => write!(f, "offset: {}", header.last_offset())?,
        }
        let codec = header.compression().map_or("unknown", |codec| codec.name());
        write!(
            f,
            " position: {} {}: {} size: {} magic: {} compresscodec: {codec} crc: {} isvalid: {}",
            self.position,
            timestamp_name(header.timestamp_type()),
            header.max_timestamp(),
            header.size_in_bytes(),
            self.magic.unwrap_or_else(|| header.magic()),
            header.crc(),
            self.batch.check_crc().is_ok()
        )
    }
}
