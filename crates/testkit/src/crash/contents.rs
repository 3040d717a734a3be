//! What a log holds, record by record, and the batches to write into one.

use ottla_records::{
    BatchBuilder, Decompressor, RecordDraft, any_batches,
    control::EndTxnMarker,
    validate::{Rules, TargetCompression, ValidatedBatch, validate_produce_batch},
};
use ottla_storage::{Log, ReadError};
use ottla_types::{Mono, Now, ProducerEpoch, ProducerId, WallMs};

/// A record, as far as a log must not change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) offset: i64,
    pub(super) value: Vec<u8>,
    pub(super) timestamp: i64,
    pub(super) epoch: i32,
    /// Id of its producer and its sequence number; -1 for none.
    pub(super) producer: (i64, i32),
}

/// Who writes a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Writer {
    pub(super) id: i64,
    pub(super) sequence: i32,
    pub(super) transactional: bool,
}

pub(super) const NOBODY: Writer = Writer {
    id: -1,
    sequence: -1,
    transactional: false,
};

pub(super) fn at(ms: i64) -> Now {
    Now {
        mono: Mono::from_ms(ms.unsigned_abs()),
        wall: WallMs(ms),
    }
}

/// A batch of one record per value.
pub(super) fn batch(values: &[Vec<u8>], timestamp: i64, writer: Writer) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    if writer.id >= 0 {
        let id = ProducerId(writer.id);
        builder = builder.producer(id, ProducerEpoch(0), writer.sequence);
    }
    if writer.transactional {
        builder = builder.transactional();
    }
    for value in values {
        builder.append(&RecordDraft {
            timestamp,
            value: Some(value),
            ..RecordDraft::default()
        });
    }
    builder.build().expect("a batch")
}

pub(super) fn validated(bytes: &[u8]) -> ValidatedBatch<'_> {
    let rules = Rules {
        timestamp_after_max_ms: i64::MAX,
        compression: TargetCompression::Producer,
        ..Rules::default()
    };
    validate_produce_batch(bytes, &rules, WallMs(0), &mut Decompressor::new()).expect("a batch")
}

pub(super) fn marker(id: i64, committed: bool) -> (EndTxnMarker, Vec<u8>) {
    let marker = EndTxnMarker {
        committed,
        coordinator_epoch: 1,
    };
    let batch = marker.batch(ProducerId(id), ProducerEpoch(0), 0);
    (marker, batch.expect("a marker"))
}

/// All records of a log. Panics when they are not what was written.
///
/// # Errors
/// When the disk refuses.
pub(super) fn contents(log: &Log) -> Result<Vec<Record>, ReadError> {
    let end = log.log_end_offset();
    let mut next = log.log_start_offset();
    let mut found = Vec::new();
    let mut decompressor = Decompressor::new();
    while next < end {
        let slice = log.read(next, 1 << 16, end, true)?;
        if slice.data.is_empty() {
            break;
        }
        let before = next;
        for batch in any_batches(&slice.data) {
            let Ok(batch) = batch else { break };
            batch.check_crc().expect("a checksum");
            let header = batch.header();
            let (epoch, id, sequence) = match &header {
                ottla_records::AnyHeader::V2(header) => (
                    header.partition_leader_epoch().0,
                    header.producer_id().0,
                    header.base_sequence(),
                ),
                ottla_records::AnyHeader::Legacy(_) => (-1, -1, -1),
            };
            for (index, record) in (0..).zip(batch.records(&mut decompressor).expect("records")) {
                let record = record.expect("a record");
                if record.offset < next {
                    continue;
                }
                found.push(Record {
                    offset: record.offset.0,
                    value: record.value.unwrap_or_default().to_vec(),
                    timestamp: record.timestamp,
                    epoch,
                    producer: (id, if sequence < 0 { -1 } else { sequence + index }),
                });
            }
            next = header.last_offset().next();
        }
        assert!(next > before, "nothing to be read at {next} of {end}");
    }
    Ok(found)
}
