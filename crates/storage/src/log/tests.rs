use std::{path::PathBuf, sync::Arc};

use ottla_records::{
    BatchBuilder, BatchView, Compression, Decompressor, RecordDraft, any_batches,
    control::EndTxnMarker,
    validate::{Rules, TargetCompression, ValidatedBatch, validate_produce_batch},
};
use ottla_types::{LeaderEpoch, Mono, Now, Offset, ProducerEpoch, ProducerId, WallMs};

use super::{AppendError, Appended, Log, LogConfig, OpenState, Recovered};
use crate::fs::{FileSystem, MemoryFileSystem};

mod cleaning;
mod closing;
mod crash;
mod descriptors;
mod durability;
mod embedded;
mod flushing;
mod grouped;
mod indexes;
mod model;
mod reading;
mod recovery;
mod retaining;
mod sending;
mod transactions;

const DIR: &str = "/data/t-0";
const EPOCH: LeaderEpoch = LeaderEpoch(0);

fn at(ms: i64) -> Now {
    Now {
        mono: Mono::from_ms(ms.unsigned_abs()),
        wall: WallMs(ms),
    }
}

/// Segments of at most a few batches, an index entry for nearly every batch.
fn small() -> LogConfig {
    LogConfig {
        segment_bytes: 400,
        index_interval_bytes: 100,
        ..LogConfig::default()
    }
}

/// A disk with the directory above the log's.
fn disk() -> MemoryFileSystem {
    let fs = MemoryFileSystem::new();
    fs.create_dir_all("/data".as_ref()).unwrap();
    fs.sync_all();
    fs
}

fn open_with(fs: &MemoryFileSystem, config: LogConfig, start: OpenState) -> (Log, Recovered) {
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    Log::open(fs, PathBuf::from(DIR), config, start).unwrap()
}

fn open_small(fs: &MemoryFileSystem) -> Log {
    open_with(fs, small(), OpenState::default()).0
}

fn reopen_clean(fs: &MemoryFileSystem, recovery_point: Offset) -> (Log, Recovered) {
    let start = OpenState {
        clean: true,
        recovery_point,
        ..OpenState::default()
    };
    open_with(fs, small(), start)
}

/// A batch with one record per value; all have `timestamp`.
fn batch(values: &[&str], timestamp: i64) -> Vec<u8> {
    fill(BatchBuilder::new(), values, timestamp)
}

fn fill(mut builder: BatchBuilder, values: &[&str], timestamp: i64) -> Vec<u8> {
    for value in values {
        builder.append(&RecordDraft {
            timestamp,
            value: Some(value.as_bytes()),
            ..RecordDraft::default()
        });
    }
    builder.build().unwrap()
}

fn validated(bytes: &[u8]) -> ValidatedBatch<'_> {
    let rules = Rules {
        timestamp_after_max_ms: i64::MAX,
        compression: TargetCompression::Producer,
        ..Rules::default()
    };
    validate_produce_batch(bytes, &rules, WallMs(0), &mut Decompressor::new()).unwrap()
}

fn try_append(log: &Log, bytes: &[u8], epoch: LeaderEpoch) -> Result<Appended, AppendError> {
    log.append_as_leader(at(0), &validated(bytes), epoch)
}

/// Appends a batch of one record per value with leader epoch 0.
fn append(log: &Log, values: &[&str]) -> Appended {
    try_append(log, &batch(values, 0), EPOCH).unwrap()
}

/// Offsets and values of what can be read.
fn contents(log: &Log) -> Vec<(i64, String)> {
    let end = log.log_end_offset();
    let mut next = log.log_start_offset();
    let mut found = Vec::new();
    let mut decompressor = Decompressor::new();
    while next < end {
        let slice = log.read(next, 1, end, true).unwrap();
        if slice.data.is_empty() {
            break;
        }
        for batch in any_batches(&slice.data) {
            let batch = batch.unwrap();
            batch.check_crc().unwrap();
            for record in batch.records(&mut decompressor).unwrap() {
                let record = record.unwrap();
                let value = record.value.unwrap_or_default();
                if record.offset >= next {
                    found.push((record.offset.0, String::from_utf8_lossy(value).into_owned()));
                }
            }
            next = batch.header().last_offset().next();
        }
    }
    found
}

fn names(fs: &MemoryFileSystem) -> Vec<String> {
    let entries = fs.read_dir(DIR.as_ref()).unwrap();
    entries
        .into_iter()
        .map(|entry| entry.name.into_string().unwrap())
        .collect()
}

fn file(fs: &MemoryFileSystem, name: &str) -> Vec<u8> {
    fs.read(&PathBuf::from(DIR).join(name)).unwrap()
}

/// A batch of an idempotent producer, one record per value.
fn sequenced(id: i64, epoch: i16, sequence: i32, values: &[&str]) -> Vec<u8> {
    let builder = BatchBuilder::new();
    fill(
        builder.producer(ProducerId(id), ProducerEpoch(epoch), sequence),
        values,
        0,
    )
}

/// A batch of a transaction, one record per value.
fn transactional(id: i64, epoch: i16, sequence: i32, values: &[&str]) -> Vec<u8> {
    let builder = BatchBuilder::new().transactional();
    fill(
        builder.producer(ProducerId(id), ProducerEpoch(epoch), sequence),
        values,
        0,
    )
}

/// Ends a transaction.
fn end_transaction(
    log: &Log,
    id: i64,
    epoch: i16,
    committed: bool,
) -> Result<Appended, AppendError> {
    let marker = EndTxnMarker {
        committed,
        coordinator_epoch: 1,
    };
    let bytes = marker
        .batch(ProducerId(id), ProducerEpoch(epoch), 0)
        .unwrap();
    log.append_control(at(0), &bytes, log.latest_epoch().unwrap_or(EPOCH))
}
