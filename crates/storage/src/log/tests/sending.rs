//! Reads whose bytes stay in their file.

use ottla_wire::Chunk;
use tempfile::TempDir;

use super::*;
use crate::fs::{Access, OsFileSystem};

/// Large enough for a read of two batches to be left in its file.
const VALUE: usize = 100 << 10;

/// A log on the machine's file system, in segments of about five batches.
fn open(directory: &TempDir) -> Log {
    let config = LogConfig {
        segment_bytes: 5 * VALUE as u64 + 1000,
        index_interval_bytes: 100,
        ..LogConfig::default()
    };
    let path = directory.path().join("t-0");
    let fs: Arc<dyn FileSystem> = Arc::new(OsFileSystem);
    Log::open(fs, path, config, OpenState::default()).unwrap().0
}

fn fill_log(log: &Log, batches: u8) {
    for index in 0..batches {
        let value = char::from(b'a' + index).to_string().repeat(VALUE);
        append(log, &[&value, "x"]);
    }
}

/// Bytes to be sent, and whether they stayed in their file.
fn sent(chunk: &Chunk) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    chunk.copy_to(&mut bytes).unwrap();
    (bytes, matches!(chunk, Chunk::Range(_)))
}

#[test]
fn what_is_sent_is_what_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(&directory);
    fill_log(&log, 13);
    let batch = log
        .read(Offset(0), 1, Offset(100), true)
        .unwrap()
        .data
        .len();
    let sizes = [0, 1, 61, batch - 1, batch, batch + 1];
    let sizes = sizes
        .into_iter()
        .chain([192 << 10, 2 * batch, 3 * batch + 7, 1 << 20, usize::MAX]);
    let mut stayed = 0;
    for max_bytes in sizes {
        for (from, bound) in (0..26).flat_map(|from| [1, 9, 10, 21, 99].map(|bound| (from, bound)))
        {
            for at_least_one in [false, true] {
                let (from, bound) = (Offset(from), Offset(bound));
                let read = log.read(from, max_bytes, bound, at_least_one).unwrap();
                let chunk = log.read_to_send(from, max_bytes, bound, at_least_one);
                let (bytes, in_file) = sent(&chunk.unwrap());
                assert!(
                    bytes == read.data,
                    "{max_bytes} bytes from {from:?} to {bound:?}, {at_least_one}"
                );
                assert_eq!(in_file, bytes.len() >= 192 << 10);
                stayed += usize::from(in_file);
            }
        }
    }
    assert!(stayed > 100, "{stayed}");
}

#[test]
fn one_batch_larger_than_is_wanted_comes_whole_or_not_at_all() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(&directory);
    append(&log, &[&"a".repeat(400 << 10)]);
    append(&log, &["b"]);
    let read = |max_bytes, at_least_one| {
        let chunk = log.read_to_send(Offset(0), max_bytes, Offset(2), at_least_one);
        chunk.unwrap()
    };
    let whole = log.read(Offset(0), 1, Offset(2), true).unwrap().data;
    assert!(whole.len() > 400 << 10);
    assert!(sent(&read(200 << 10, true)) == (whole.to_vec(), true));
    assert!(read(200 << 10, false).is_empty());
}

#[test]
fn what_is_to_be_sent_outlives_its_segment() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(&directory);
    fill_log(&log, 12);
    let read = log.read(Offset(0), usize::MAX, Offset(24), true).unwrap();
    let chunk = log.read_to_send(Offset(0), usize::MAX, Offset(24), true);
    log.delete_records_before(Offset(20)).unwrap();
    assert!(!log.apply_retention(at(0), Offset(24)).unwrap().is_empty());
    log.apply_retention(at(1_000_000_000), Offset(24)).unwrap();
    assert!(
        OsFileSystem
            .open(
                &directory.path().join("t-0/00000000000000000000.log"),
                Access::Read
            )
            .is_err()
    );
    drop(log);
    drop(directory);
    assert!(sent(&chunk.unwrap()) == (read.data.to_vec(), true));
}

#[test]
fn nothing_is_sent_of_a_log_that_was_cut_off() {
    let directory = tempfile::tempdir().unwrap();
    let log = open(&directory);
    fill_log(&log, 4);
    let chunk = log
        .read_to_send(Offset(0), usize::MAX, Offset(8), true)
        .unwrap();
    assert!(sent(&chunk).1);
    log.truncate_to(at(0), Offset(4)).unwrap();
    // The file is as long as it was, with other bytes.
    fill_log(&log, 2);
    let mut bytes = Vec::new();
    assert!(chunk.copy_to(&mut bytes).is_err());
    assert!(bytes.is_empty());
    let Chunk::Range(range) = chunk else {
        panic!("{chunk:?}");
    };
    assert!(range.descriptor().is_err());
    let again = log
        .read_to_send(Offset(0), usize::MAX, Offset(8), true)
        .unwrap();
    assert!(sent(&again).1);
}

#[test]
fn a_file_system_without_descriptors_gives_bytes() {
    let fs = disk();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    fill_log(&log, 4);
    let chunk = log
        .read_to_send(Offset(0), usize::MAX, Offset(8), true)
        .unwrap();
    let (bytes, in_file) = sent(&chunk);
    assert!(!in_file && bytes.len() > 4 * VALUE);
}
