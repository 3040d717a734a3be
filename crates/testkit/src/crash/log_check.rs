//! What a log must be like after a power cut.

use std::{collections::BTreeMap, path::Path};

use ottla_records::{AnyHeader, any_batches};
use ottla_storage::{
    AbortedTransaction, Log,
    fs::{Crash, FileSystem as _, MemoryFileSystem},
};
use ottla_types::{LeaderEpoch, Offset, ProducerId};

use super::{
    Disk,
    contents::{NOBODY, Record, at, batch, contents, validated},
    disk::check_untouched,
    log_life::{LogPromise, PARTITION, start},
};

/// Starts on what a power cut has left, and compares it with what was promised.
pub(super) fn check(disk: &Disk, promise: &LogPromise) {
    let fs = disk.file_system();
    let Some((directory, log)) = start(&fs).expect("a start") else {
        assert!(!promise.is_made, "the partition is gone");
        return;
    };
    let found = contents(&log).expect("records");
    check_contents(&log, &found, promise);
    check_derived(&log, &found, promise);
    let before = summary(&log, found.clone());
    drop((directory, log));
    check_against_scan(disk, &before);

    let again = disk.fork();
    let (directory, log) = start(&again.file_system())
        .expect("a start")
        .expect("the log, once more");
    check_untouched(disk.memory(), again.memory());
    assert_eq!(
        before,
        summary(&log, contents(&log).expect("records")),
        "starting again changed the log"
    );

    log.checkpoint().expect("a checkpoint");
    check_indexes(again.memory(), &log, &found, promise);
    let (end, value) = (log.log_end_offset(), b"after".to_vec());
    let bytes = batch(std::slice::from_ref(&value), 2000, NOBODY);
    let epoch = LeaderEpoch(promise.epoch);
    let appended = log.append_as_leader(at(0), &validated(&bytes), epoch);
    assert_eq!(appended.expect("an append").first_offset, end);
    log.flush().expect("a flush");
    drop((directory, log));
    let left = Disk {
        memory: again.memory.crash(Crash::LoseUnsynced),
        ..*disk
    };
    let (_directory, log) = start(&left.file_system())
        .expect("a start")
        .expect("the log, after another power cut");
    let mut expected = found;
    expected.push(Record {
        offset: end.0,
        value,
        timestamp: 2000,
        epoch: epoch.0,
        producer: (-1, -1),
    });
    assert!(
        contents(&log).expect("records") == expected,
        "a record was flushed after recovery, and is gone"
    );
}

/// Everything durable is there, nothing is there that was not written, and nothing is missing between.
fn check_contents(log: &Log, found: &[Record], promise: &LogPromise) {
    let (start, end) = (log.log_start_offset().0, log.log_end_offset().0);
    assert!(
        (promise.least_start..=promise.most_start.max(promise.least_start)).contains(&start),
        "the log starts at {start}, not within {}..={}",
        promise.least_start,
        promise.most_start
    );
    let next = found.last().map_or(start, |last| last.offset + 1);
    assert_eq!(next, end, "the end of the log");
    let is_possible = |written: &Vec<Record>| {
        let readable = written.iter().filter(|record| record.offset >= start);
        let least = readable.clone().filter(|r| r.offset < promise.durable);
        found.len() >= least.count() && readable.take(found.len()).eq(found)
    };
    let offsets = |records: &[Record]| -> Vec<(i64, String)> {
        let show = |record: &Record| {
            let value = String::from_utf8_lossy(&record.value);
            (record.offset, value.trim_end_matches('.').to_owned())
        };
        records.iter().map(show).collect()
    };
    assert!(
        is_possible(&promise.written) || promise.before_cut.as_ref().is_some_and(is_possible),
        "found {:?} from {start}, wrote {:?}, durable before {}, before a cut {:?}",
        offsets(found),
        offsets(&promise.written),
        promise.durable,
        promise.before_cut.as_deref().map(offsets),
    );
}

/// Producers, epochs and aborted transactions are what the records say.
fn check_derived(log: &Log, found: &[Record], promise: &LogPromise) {
    let end = log.log_end_offset().0;
    let mut last: BTreeMap<i64, i32> = BTreeMap::new();
    for record in found {
        assert_eq!(
            log.epoch_at(Offset(record.offset)),
            Some(LeaderEpoch(record.epoch)),
            "the epoch of offset {}",
            record.offset
        );
        if record.producer.1 >= 0 {
            last.insert(record.producer.0, record.producer.1);
        }
    }
    let known = |id: i64| log.producer(ProducerId(id));
    for (id, sequence) in &last {
        let known = known(*id).unwrap_or_else(|| panic!("producer {id} is forgotten"));
        assert_eq!(known.last_sequence(), *sequence, "producer {id}");
    }
    for (id, sequence) in &promise.sequences {
        let known = known(*id).unwrap_or_else(|| panic!("producer {id} is forgotten"));
        assert!(
            known.last_sequence() >= *sequence,
            "producer {id}: {known:?}"
        );
    }
    check_transactions(log, promise, end);
    for record in found {
        let first = found
            .iter()
            .find(|other| other.timestamp >= record.timestamp);
        let indexed = log
            .offset_for_timestamp(record.timestamp)
            .expect("a look-up");
        assert_eq!(
            indexed.map(|indexed| indexed.offset.0),
            first.map(|first| first.offset),
            "the first offset at timestamp {}",
            record.timestamp
        );
    }
}

fn check_transactions(log: &Log, promise: &LogPromise, end: i64) {
    if promise.before_cut.is_some() {
        return;
    }
    let start = log.log_start_offset();
    let found = log.aborted_transactions(start, Offset(i64::MAX));
    let found: Vec<_> = found
        .expect("aborted transactions")
        .iter()
        .map(|aborted| (aborted.producer_id.0, aborted.first_offset.max(start).0))
        .collect();
    let aborted = promise.aborted.iter();
    let expected: Vec<_> = aborted
        .filter(|(.., marker)| (start.0..end).contains(marker))
        .map(|(id, first, _)| (*id, start.0.max(*first)))
        .collect();
    assert_eq!(found, expected, "aborted transactions");
}

/// Without anything but its segments, the log is the same.
fn check_against_scan(disk: &Disk, before: &Summary) {
    let bare = disk.fork();
    let mut starts_with_first = false;
    for entry in bare.memory.read_dir(Path::new(PARTITION)).expect("a list") {
        let name = entry.name.to_string_lossy();
        starts_with_first |= name == "00000000000000000000.log";
        if !name.ends_with(".log") && name != "partition.metadata" {
            let path = Path::new(PARTITION).join(&entry.name);
            bare.memory.remove_file(&path).expect("removed");
        }
    }
    for which in [
        "recovery-point-offset-checkpoint",
        "log-start-offset-checkpoint",
    ] {
        bare.memory
            .remove_file(&Path::new("/data").join(which))
            .ok();
    }
    // What went with the first segments can be known from elsewhere only.
    if before.0 == Offset(0) && starts_with_first {
        let (_directory, log) = start(&bare.file_system())
            .expect("a start")
            .expect("the log");
        assert_eq!(
            *before,
            summary(&log, contents(&log).expect("records")),
            "a scan says something else"
        );
    }
}

type Summary = (
    Offset,
    Offset,
    Vec<(LeaderEpoch, Offset)>,
    Vec<(ProducerId, i32, Option<Offset>)>,
    Vec<AbortedTransaction>,
    Vec<Record>,
);

fn summary(log: &Log, records: Vec<Record>) -> Summary {
    let aborted = log.aborted_transactions(Offset(0), Offset(i64::MAX));
    let producers = log.producers().into_iter();
    let producers = producers.map(|(id, state)| {
        let transaction = state.current_txn_first_offset;
        (id, state.last_sequence(), transaction)
    });
    (
        log.log_start_offset(),
        log.log_end_offset(),
        log.epochs(),
        producers.collect(),
        aborted.expect("aborted transactions"),
        records,
    )
}

/// The index files lead to what a scan of the batches finds.
fn check_indexes(disk: &MemoryFileSystem, log: &Log, found: &[Record], promise: &LogPromise) {
    for (base, _) in log.segments() {
        let base = base.0;
        let read = |extension: &str| {
            let path = Path::new(PARTITION).join(format!("{base:020}.{extension}"));
            disk.read(&path).unwrap_or_default()
        };
        let mut batches = Vec::new();
        let (mut position, bytes) = (0, read("log"));
        for batch in any_batches(&bytes) {
            let header = batch.expect("a batch").header();
            let AnyHeader::V2(header) = header else {
                continue;
            };
            batches.push((position, header));
            position += header.size_in_bytes();
        }
        let mut before = (-1, -1);
        let index = read("index");
        assert_eq!(index.len() % 8, 0, "the offset index of {base}");
        for entry in index.chunks(8) {
            let entry = (number(&entry[..4]), number(&entry[4..]));
            let leads = batches.iter().any(|(position, header)| {
                (header.last_offset().0 - base, i64::try_from(*position)) == (entry.0, Ok(entry.1))
            });
            assert!(leads, "the offset index of {base} leads to {entry:?}");
            assert!(
                before.0 < entry.0 && before.1 < entry.1,
                "the offset index of {base}"
            );
            before = entry;
        }
        let mut before = -1;
        let times = read("timeindex");
        assert_eq!(times.len() % 12, 0, "the time index of {base}");
        for entry in times.chunks(12) {
            let (time, relative) = (number(&entry[..8]), number(&entry[8..]));
            let until = |header: &&_| -> bool {
                let (_, header): &(usize, ottla_records::BatchHeader) = header;
                header.last_offset().0 - base <= relative
            };
            let largest = batches.iter().filter(until).map(|(_, h)| h.max_timestamp());
            assert_eq!(
                largest.max(),
                Some(time),
                "the time index of {base} at {relative}"
            );
            assert!(before < time, "the time index of {base}");
            before = time;
        }
        let largest = batches.iter().map(|(_, header)| header.max_timestamp());
        let largest = largest.max().filter(|largest| *largest >= 0);
        assert_eq!(
            largest.unwrap_or(-1),
            before,
            "the last entry of the time index of {base}"
        );
        let start = log.log_start_offset().0;
        check_transaction_index(&read("txnindex"), (base, start), &batches, promise);
    }
    for record in found {
        let slice = log.read(Offset(record.offset), 1, log.log_end_offset(), true);
        let data = slice.expect("a batch").data;
        let first = any_batches(&data)
            .next()
            .expect("a batch")
            .expect("a batch");
        let AnyHeader::V2(header) = first.header() else {
            continue;
        };
        let inside = header.base_offset().0..=header.last_offset().0;
        assert!(
            inside.contains(&record.offset),
            "reading at {}",
            record.offset
        );
    }
}

fn check_transaction_index(
    bytes: &[u8],
    (base, start): (i64, i64),
    batches: &[(usize, ottla_records::BatchHeader)],
    promise: &LogPromise,
) {
    if promise.before_cut.is_some() {
        return;
    }
    assert_eq!(bytes.len() % 34, 0, "the transaction index of {base}");
    let entries = bytes.chunks(34);
    let is_here = |(.., marker): &(i64, i64, i64)| {
        let mut headers = batches.iter().map(|(_, header)| header);
        *marker >= start && headers.any(|header| header.base_offset().0 == *marker)
    };
    let all = entries.map(|entry| {
        (
            number(&entry[2..10]),
            start.max(number(&entry[10..18])),
            number(&entry[18..26]),
        )
    });
    // What lies before the start of the log may not be known any more: not even a marker in this
    // segment, if its transaction began before and there was no space to write down who had begun one.
    let found: Vec<_> = all.filter(|entry| entry.2 >= start).collect();
    let expected = promise.aborted.iter().filter(|entry| is_here(entry));
    let expected: Vec<_> = expected
        .map(|(id, first, marker)| (*id, start.max(*first), *marker))
        .collect();
    assert_eq!(found, expected, "the transaction index of {base}");
}

/// A big-endian number of 4 or 8 bytes.
fn number(bytes: &[u8]) -> i64 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | i64::from(*byte))
}
