//! Snapshots of producer state.

use std::path::Path;

use ottla_protocol::messages::{ProducerSnapshot, producer_snapshot::ProducerEntry};
use ottla_records::crc32c;
use ottla_wire::Reader;

use super::{print, read};
use crate::{Io, exception::Exception};

/// The version that is written today.
const VERSION: i16 = 1;
/// What the checksum covers: everything after itself.
const CRC_END: usize = 6;

pub(super) fn dump(path: &Path, io: &Io) -> Result<(), Exception> {
    let bytes = read(path, path)?;
    match decode(&bytes) {
        Ok(snapshot) => {
            for entry in &snapshot.producer_entries {
                print(&io.out, format_args!("{}", line(entry)));
            }
        }
        Err(message) => io.err.line(message),
    }
    Ok(())
}

fn decode(bytes: &[u8]) -> Result<ProducerSnapshot, String> {
    let mut reader = Reader::trusted(bytes);
    let refused = |why: String| format!("Snapshot failed schema validation: {why}");
    let short = |_| refused("null".to_owned());
    let version = reader.i16().map_err(short)?;
    if version != VERSION {
        return Err(refused(format!(
            "Snapshot contained an unknown file version {version}"
        )));
    }
    let snapshot = ProducerSnapshot::decode(&mut reader, version).map_err(short)?;
    let computed = crc32c(bytes.get(CRC_END..).unwrap_or_default());
    if computed != snapshot.crc {
        return Err(format!(
            "Snapshot is corrupt (CRC is no longer valid). Stored crc: {}. Computed crc: {computed}",
            snapshot.crc
        ));
    }
    Ok(snapshot)
}

fn line(entry: &ProducerEntry) -> String {
    let open = match entry.current_txn_first_offset {
        offset @ 0.. => format!("OptionalLong[{offset}]"),
        _ => "OptionalLong.empty".to_owned(),
    };
    let mut line = format!(
        "producerId: {} producerEpoch: {} coordinatorEpoch: {} currentTxnFirstOffset: {open} lastTimestamp: {}",
        entry.producer_id, entry.epoch, entry.coordinator_epoch, entry.timestamp
    );
    if entry.last_offset >= 0 {
        line.push_str(&format!(
            " firstSequence: {} lastSequence: {} lastOffset: {} offsetDelta: {} timestamp: {}",
            first_sequence(entry),
            entry.last_sequence,
            entry.last_offset,
            entry.offset_delta,
            entry.timestamp
        ));
    }
    line
}

/// Sequences go round from the largest to 0.
fn first_sequence(entry: &ProducerEntry) -> i32 {
    if entry.last_sequence < entry.offset_delta {
        return i32::MAX
            .wrapping_sub(entry.offset_delta.wrapping_sub(entry.last_sequence))
            .wrapping_add(1);
    }
    entry.last_sequence.wrapping_sub(entry.offset_delta)
}
