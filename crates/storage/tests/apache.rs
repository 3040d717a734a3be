//! A log that Apache Kafka 4.3 wrote and closed: two segments, an idempotent producer, committed and
//! aborted transactions, and one that was left open.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use ottla_records::{AnyBatch, any_batches};
use ottla_storage::{
    Log, LogConfig, OpenState,
    fs::{FileSystem, OsFileSystem},
};
use ottla_types::{LeaderEpoch, Now, Offset, ProducerEpoch, ProducerId, WallMs};

const END: Offset = Offset(33);

/// A copy of the fixture in a folder of its own, without the files that `is_left_out` names.
fn copy(is_left_out: impl Fn(&str) -> bool) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files(&fixture()) {
        if !is_left_out(&name) {
            fs::write(dir.path().join(name), bytes).unwrap();
        }
    }
    dir
}

fn fixture() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/kafka-4.3"
    ))
}

fn files(dir: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let entries = OsFileSystem.read_dir(dir).unwrap();
    let read = |name: String| (name.clone(), fs::read(dir.join(name)).unwrap());
    entries
        .into_iter()
        .map(|entry| read(entry.name.into_string().unwrap()))
        .collect()
}

fn open(dir: &tempfile::TempDir, clean: bool) -> Log {
    let config = LogConfig {
        index_interval_bytes: 200,
        ..LogConfig::default()
    };
    let start = OpenState {
        clean,
        recovery_point: if clean { END } else { Offset(0) },
        now: Now {
            wall: WallMs(1_700_000_000_000),
            ..Now::default()
        },
        ..OpenState::default()
    };
    let (log, recovered) =
        Log::open(Arc::new(OsFileSystem), dir.path().into(), config, start).unwrap();
    assert_eq!(recovered.cut, None);
    assert_eq!(recovered.bytes_read == 0, clean);
    log
}

fn check(log: &Log) {
    assert_eq!(
        (log.log_start_offset(), log.log_end_offset()),
        (Offset(0), END)
    );
    assert_eq!(log.epochs(), [(LeaderEpoch(0), Offset(0))]);
    let mut next = Offset(0);
    let mut batches = 0;
    while next < END {
        let slice = log.read(next, 200, END, true).unwrap();
        for batch in any_batches(&slice.data) {
            let AnyBatch::V2(batch) = batch.unwrap() else {
                panic!("an old format");
            };
            batch.check_crc().unwrap();
            assert_eq!(batch.base_offset(), next);
            next = batch.next_offset();
            batches += 1;
        }
    }
    assert_eq!(batches, 18);
    assert_eq!(
        log.last_stable_offset(END),
        Offset(32),
        "one transaction is open"
    );
    let aborted = log.aborted_transactions(Offset(0), END).unwrap();
    let first: Vec<_> = aborted.iter().map(|txn| txn.first_offset.0).collect();
    assert_eq!(first, [20, 28]);
    let idempotent = log.producer(ProducerId(0)).unwrap();
    assert_eq!(
        (idempotent.epoch, idempotent.last_sequence()),
        (ProducerEpoch(0), 15)
    );
    let found = log
        .offset_for_timestamp(1_700_000_000_001)
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.offset, found.timestamp),
        (Offset(2), 1_700_000_002_000)
    );
}

#[test]
fn opens_after_a_clean_stop_without_reading_it() {
    check(&open(&copy(|_| false), true));
}

#[test]
fn is_rebuilt_to_the_same_bytes() {
    let is_derived = |name: &str| !name.ends_with(".log") && name != "partition.metadata";
    let dir = copy(is_derived);
    let log = open(&dir, false);
    check(&log);
    log.close_clean().unwrap();
    let rebuilt = files(dir.path());
    for (name, bytes) in files(&fixture()) {
        assert_eq!(rebuilt.get(&name), Some(&bytes), "{name}");
    }
    check(&open(&dir, true));
}
