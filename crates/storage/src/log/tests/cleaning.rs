use ottla_records::OutputLimit;

use super::*;
use crate::{CleanError, CleanTools, Cleaned, Dirtiness, OffsetMap, StorageError};

mod batches;
mod legacy;
mod power;

const RETENTION_MS: i64 = 100;

/// Compacted, with small segments.
fn compacted() -> LogConfig {
    LogConfig {
        compact: true,
        delete: false,
        delete_retention_ms: RETENTION_MS,
        ..small()
    }
}

fn open_compacted(fs: &MemoryFileSystem) -> Log {
    open_with(fs, compacted(), OpenState::default()).0
}

/// A map that takes so many keys.
fn map_of(keys: usize) -> OffsetMap {
    let slots = (keys * 2).max(16);
    let part = u16::try_from(keys).unwrap();
    OffsetMap::new(
        slots * 24,
        (f64::from(part) + 0.5) / f64::from(u16::try_from(slots).unwrap()),
        7,
    )
}

fn dirtiness(log: &Log, now: i64, checkpoint: i64) -> Dirtiness {
    log.dirtiness(WallMs(now), log.log_end_offset(), Some(Offset(checkpoint)))
        .unwrap()
}

fn try_clean(log: &Log, now: i64, from: i64, keys: usize) -> Result<Cleaned, CleanError> {
    let dirty = log.dirtiness(WallMs(now), log.log_end_offset(), Some(Offset(from)))?;
    let mut map = map_of(keys);
    let mut tools = CleanTools {
        map: &mut map,
        limit: OutputLimit::default(),
        pace: &mut |_| true,
    };
    log.clean(at(now), &dirty, &mut tools)
}

/// Cleans from `from` on with room for many keys; gives the new first dirty offset.
fn clean(log: &Log, now: i64, from: i64) -> i64 {
    let cleaned = try_clean(log, now, from, 1000).unwrap();
    assert!(!cleaned.map_full);
    cleaned.end.0
}

/// A batch of keys and values.
fn keyed(builder: BatchBuilder, records: &[(&str, Option<&str>)]) -> Vec<u8> {
    keyed_at(builder, records, 0)
}

fn keyed_at(
    mut builder: BatchBuilder,
    records: &[(&str, Option<&str>)],
    timestamp: i64,
) -> Vec<u8> {
    for (key, value) in records {
        builder.append(&RecordDraft {
            timestamp,
            key: Some(key.as_bytes()),
            value: value.map(str::as_bytes),
            ..RecordDraft::default()
        });
    }
    builder.build().unwrap()
}

fn put(log: &Log, records: &[(&str, Option<&str>)]) -> Appended {
    try_append(log, &keyed(BatchBuilder::new(), records), EPOCH).unwrap()
}

fn roll(log: &Log) {
    log.roll(at(0)).unwrap();
}

/// A record as it can be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    offset: i64,
    key: String,
    value: Option<String>,
}

/// All batches, with what is in them.
fn all_batches(log: &Log) -> Vec<(ottla_records::AnyHeader, Vec<Seen>)> {
    let end = log.log_end_offset();
    let mut next = log.log_start_offset();
    let mut found = Vec::new();
    let mut decompressor = Decompressor::new();
    while next < end {
        let slice = log.read(next, 1, end, true).unwrap();
        let Some(batch) = any_batches(&slice.data).next() else {
            break;
        };
        let batch = batch.unwrap();
        batch.check_crc().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let records = batch.records(&mut decompressor).unwrap().map(|record| {
            let record = record.unwrap();
            Seen {
                offset: record.offset.0,
                key: text(record.key.unwrap()),
                value: record.value.map(text),
            }
        });
        found.push((batch.header(), records.collect()));
        next = batch.header().last_offset().next();
    }
    found
}

/// Offsets, keys and values of the data that can be read, markers left out.
fn seen(log: &Log) -> Vec<Seen> {
    let is_data = |header: &ottla_records::AnyHeader| match header {
        ottla_records::AnyHeader::V2(header) => !header.is_control(),
        ottla_records::AnyHeader::Legacy(_) => true,
    };
    let batches = all_batches(log).into_iter();
    batches
        .filter(|(header, _)| is_data(header))
        .flat_map(|(_, records)| records)
        .collect()
}

fn texts(log: &Log) -> Vec<String> {
    let text = |seen: Seen| {
        let value = seen.value.unwrap_or_else(|| "-".to_owned());
        format!("{} {}={value}", seen.offset, seen.key)
    };
    seen(log).into_iter().map(text).collect()
}

#[test]
fn of_every_key_the_last_record_stays() {
    let fs = disk();
    let log = open_compacted(&fs);
    put(&log, &[("a", Some("1")), ("b", Some("1"))]);
    put(&log, &[("a", Some("2")), ("c", Some("1"))]);
    roll(&log);
    put(&log, &[("b", Some("2"))]);
    put(&log, &[("b", Some("3"))]);
    roll(&log);
    put(&log, &[("a", Some("3"))]);
    assert_eq!(clean(&log, 0, 0), 6);
    // The newest segment is not cleaned, nor does it count.
    assert_eq!(texts(&log), ["2 a=2", "3 c=1", "5 b=3", "6 a=3"]);
    assert_eq!(log.segments().len(), 2, "small segments became one");
    let bytes: u64 = log.segments().iter().map(|(_, size)| size).sum();
    assert_eq!((log.size(), log.log_end_offset()), (bytes, Offset(7)));
    for name in names(&fs) {
        assert!(
            !name.ends_with(".cleaned") && !name.ends_with(".swap"),
            "{name}"
        );
    }
    assert_eq!(log.delete_pending(at(1_000_000)).unwrap(), 0);
    assert_eq!(
        names(&fs)
            .iter()
            .filter(|n| n.ends_with(".deleted"))
            .count(),
        0
    );

    roll(&log);
    assert_eq!(clean(&log, 0, 6), 7);
    assert_eq!(texts(&log), ["3 c=1", "5 b=3", "6 a=3"]);
    let end = log.close_clean().unwrap();
    let (again, recovered) = open_with(
        &fs,
        compacted(),
        OpenState {
            clean: true,
            recovery_point: end,
            ..OpenState::default()
        },
    );
    assert_eq!(recovered.bytes_read, 0);
    assert_eq!(texts(&again), ["3 c=1", "5 b=3", "6 a=3"]);
}

#[test]
fn nothing_is_written_when_nothing_goes() {
    let fs = disk();
    let log = open_compacted(&fs);
    put(&log, &[("a", Some("1"))]);
    put(&log, &[("b", Some("1"))]);
    roll(&log);
    let before = log.segments();
    let cleaned = try_clean(&log, 0, 0, 10).unwrap();
    assert_eq!((cleaned.end, cleaned.bytes_written), (Offset(2), 0));
    assert_eq!(log.segments(), before);
    assert!(names(&fs).iter().all(|name| !name.contains(".deleted")));
}

#[test]
fn a_tombstone_stays_for_its_time_after_the_first_clean() {
    let log = open_compacted(&disk());
    put(&log, &[("a", Some("1"))]);
    put(&log, &[("a", None), ("b", Some("1"))]);
    roll(&log);
    assert_eq!(clean(&log, 1000, 0), 3);
    assert_eq!(texts(&log), ["1 a=-", "2 b=1"]);
    let horizon = |log: &Log| match all_batches(log)[0].0 {
        ottla_records::AnyHeader::V2(header) => header.delete_horizon_ms(),
        ottla_records::AnyHeader::Legacy(_) => None,
    };
    assert_eq!(horizon(&log), Some(1000 + RETENTION_MS));
    put(&log, &[("c", Some("1"))]);
    roll(&log);
    assert_eq!(clean(&log, 1000 + RETENTION_MS - 1, 3), 4);
    assert_eq!(texts(&log), ["1 a=-", "2 b=1", "3 c=1"]);
    assert_eq!(horizon(&log), Some(1000 + RETENTION_MS), "it is set once");
    put(&log, &[("d", Some("1"))]);
    roll(&log);
    assert_eq!(clean(&log, 1000 + RETENTION_MS, 4), 5);
    assert_eq!(texts(&log), ["2 b=1", "3 c=1", "4 d=1"]);
}

#[test]
fn a_full_map_ends_the_clean_early() {
    let log = open_compacted(&disk());
    for round in 0..3 {
        for key in 0..10 {
            put(&log, &[(&format!("k{key}"), Some(&format!("v{round}")))]);
        }
    }
    roll(&log);
    let mut from = 0;
    let mut cleans = 0;
    while from < 30 {
        let cleaned = try_clean(&log, 0, from, 4).unwrap();
        assert_eq!(cleaned.map_full, cleaned.end < Offset(30), "{cleaned:?}");
        assert!(cleaned.end.0 > from);
        from = cleaned.end.0;
        cleans += 1;
    }
    assert!(cleans > 2);
    let expected: Vec<_> = (0..10)
        .map(|key| format!("{} k{key}=v2", 20 + key))
        .collect();
    assert_eq!(texts(&log), expected);
}

#[test]
fn a_batch_with_more_keys_than_the_map_takes_is_cleaned_in_parts() {
    let log = open_with(
        &disk(),
        LogConfig {
            segment_bytes: 10_000,
            ..compacted()
        },
        OpenState::default(),
    )
    .0;
    let keys: Vec<_> = (0..20).map(|key| format!("k{key}")).collect();
    let records: Vec<_> = keys.iter().map(|key| (key.as_str(), Some("v"))).collect();
    put(&log, &records);
    put(&log, &records);
    roll(&log);
    let mut from = 0;
    while from < 40 {
        let end = try_clean(&log, 0, from, 6).unwrap().end.0;
        assert!(end > from);
        from = end;
    }
    let offsets: Vec<_> = seen(&log).iter().map(|seen| seen.offset).collect();
    assert_eq!(offsets, (20..40).collect::<Vec<_>>());
}

#[test]
fn what_may_be_cleaned_ends_before_the_first_that_may_not() {
    let log = open_compacted(&disk());
    for timestamp in [10, 20, 30] {
        let bytes = keyed_at(BatchBuilder::new(), &[("a", Some("v"))], timestamp);
        try_append(&log, &bytes, EPOCH).unwrap();
        roll(&log);
    }
    let upto = |dirty: Dirtiness| dirty.first_uncleanable.0;
    assert_eq!(upto(dirtiness(&log, 100, 0)), 3);
    let below = log.dirtiness(WallMs(100), Offset(2), None).unwrap();
    assert_eq!(upto(below), 2, "the high watermark");
    log.update_config(LogConfig {
        min_compaction_lag_ms: 75,
        ..compacted()
    });
    assert_eq!(upto(dirtiness(&log, 100, 0)), 2, "min.compaction.lag.ms");
    assert_eq!(upto(dirtiness(&log, 94, 0)), 1);
    log.update_config(compacted());
    try_append(&log, &transactional(5, 0, 0, &["x"]), EPOCH).unwrap();
    roll(&log);
    put(&log, &[("a", Some("v"))]);
    roll(&log);
    assert_eq!(upto(dirtiness(&log, 100, 0)), 3, "an open transaction");
    end_transaction(&log, 5, 0, true).unwrap();
    assert_eq!(upto(dirtiness(&log, 100, 0)), 5);
}

#[test]
fn an_offset_that_cannot_be_is_passed_over() {
    let log = open_compacted(&disk());
    for _ in 0..4 {
        put(&log, &[("a", Some("v"))]);
        roll(&log);
    }
    let found = dirtiness(&log, 0, 2);
    assert_eq!((found.first_dirty, found.was_reset), (Offset(2), false));
    assert_eq!(found.clean_bytes, found.dirty_bytes);
    let found = dirtiness(&log, 0, 99);
    assert_eq!((found.first_dirty, found.was_reset), (Offset(0), true));
    log.delete_records_before(Offset(3)).unwrap();
    let found = dirtiness(&log, 0, 1);
    assert_eq!((found.first_dirty, found.was_reset), (Offset(3), true));
    log.truncate_to(at(0), Offset(3)).unwrap();
    put(&log, &[("a", Some("v"))]);
    let found = dirtiness(&log, 0, 4);
    assert_eq!(
        (found.first_dirty, found.was_reset),
        (Offset(3), false),
        "what was cut off is dirty again"
    );
}

#[test]
fn overdue_records_make_a_log_dirty_enough() {
    let log = open_compacted(&disk());
    for timestamp in [1000, 2000] {
        let bytes = keyed_at(BatchBuilder::new(), &[("a", Some("v"))], timestamp);
        try_append(&log, &bytes, EPOCH).unwrap();
        roll(&log);
    }
    log.update_config(LogConfig {
        max_compaction_lag_ms: 500,
        ..compacted()
    });
    assert!(!dirtiness(&log, 1400, 0).is_due(1.0));
    let overdue = dirtiness(&log, 1600, 0);
    assert_eq!(overdue.overdue_ms, 100);
    assert!(overdue.is_due(1.0));
    assert!(!dirtiness(&log, 1600, 2).is_due(0.0), "nothing is dirty");
    let fresh = Dirtiness {
        overdue_ms: 0,
        ..overdue
    };
    let half = Dirtiness {
        clean_bytes: fresh.dirty_bytes,
        ..fresh
    };
    let pick = |logs: &[(Dirtiness, f64)]| {
        crate::filthiest(logs.iter().enumerate().map(|(i, (d, min))| (i, d, *min)))
    };
    assert_eq!(pick(&[(half, 0.4), (fresh, 0.5)]), Some(1));
    assert_eq!(pick(&[(half, 0.4), (fresh, 1.0)]), Some(0));
    assert_eq!(pick(&[(half, 0.5)]), None, "not more than the least ratio");
    assert_eq!(pick(&[(fresh, 0.5), (overdue, 1.0)]), Some(1));
    // A segment ends when its oldest record must be cleaned.
    let bytes = keyed_at(BatchBuilder::new(), &[("a", Some("v"))], 3000);
    try_append(&log, &bytes, EPOCH).unwrap();
    assert!(!log.roll_if_old(at(3500)).unwrap());
    assert!(log.roll_if_old(at(3501)).unwrap());
}

#[test]
fn readers_of_the_old_segments_read_on() {
    let fs = disk();
    let log = open_compacted(&fs);
    put(&log, &[("a", Some("1"))]);
    put(&log, &[("a", Some("2"))]);
    roll(&log);
    log.flush().unwrap();
    log.release_files();
    let view = log.view();
    let old = Arc::clone(&view.segments[0]);
    assert_eq!(clean(&log, 0, 0), 2);
    log.release_files();
    old.release_files();
    let mut bytes = Vec::new();
    let size = usize::try_from(old.size()).unwrap();
    old.log().unwrap().read_at(&mut bytes, size, 0).unwrap();
    assert_eq!(any_batches(&bytes).count(), 2);
    assert_eq!(texts(&log), ["1 a=2"]);
}

#[test]
fn a_log_that_was_cut_meanwhile_stays_as_it_is() {
    let fs = disk();
    let log = open_compacted(&fs);
    for value in ["1", "2", "3"] {
        put(&log, &[("a", Some(value))]);
        roll(&log);
    }
    let dirty = dirtiness(&log, 0, 0);
    let mut map = map_of(10);
    let mut rounds = 0;
    let mut cut = |_| {
        rounds += 1;
        if rounds == 3 {
            log.truncate_to(at(0), Offset(2)).unwrap();
        }
        true
    };
    let mut tools = CleanTools {
        map: &mut map,
        limit: OutputLimit::default(),
        pace: &mut cut,
    };
    let cleaned = log.clean(at(0), &dirty, &mut tools);
    assert!(
        matches!(cleaned, Err(CleanError::Interrupted)),
        "{cleaned:?}"
    );
    assert_eq!(texts(&log), ["0 a=1", "1 a=2"]);
    assert!(names(&fs).iter().all(|name| !name.ends_with(".cleaned")));

    let mut stop = CleanTools {
        map: &mut map,
        limit: OutputLimit::default(),
        pace: &mut |_| false,
    };
    let dirty = dirtiness(&log, 0, 0);
    let stopped = log.clean(at(0), &dirty, &mut stop);
    assert!(stopped.is_err_and(|error| error.is_passing()));
    put(&log, &[("b", Some("1"))]);
    roll(&log);
    assert_eq!(clean(&log, 0, 0), 3);
    assert_eq!(texts(&log), ["1 a=2", "2 b=1"]);
}

#[test]
fn damage_is_reported_and_left_alone() {
    let fs = disk();
    let log = open_compacted(&fs);
    put(&log, &[("a", Some("1"))]);
    put(&log, &[("a", Some("2"))]);
    roll(&log);
    let path = PathBuf::from(DIR).join("00000000000000000000.log");
    let file = fs.open(&path, crate::fs::Access::Write).unwrap();
    let end = file.len().unwrap();
    file.write_at(&[std::io::IoSlice::new(b"?")], end - 2)
        .unwrap();
    let error = try_clean(&log, 0, 0, 10).unwrap_err();
    assert!(
        matches!(error, CleanError::Storage(StorageError::Corrupt { position, .. }) if position > 0),
        "{error:?}"
    );
    assert!(!error.is_passing());
    assert_eq!(log.fault().map(ToString::to_string), None);
    put(&log, &[("b", Some("1"))]);
    assert!(names(&fs).iter().all(|name| !name.ends_with(".cleaned")));
}

#[test]
fn a_full_disk_leaves_the_log_as_it_is() {
    let fs = disk();
    let log = open_compacted(&fs);
    put(&log, &[("a", Some("1"))]);
    put(&log, &[("a", Some("2")), ("b", Some("1"))]);
    roll(&log);
    log.flush().unwrap();
    fs.limit_space(Some(0));
    let error = try_clean(&log, 0, 0, 10).unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    assert!(log.fault().is_none());
    assert_eq!(texts(&log), ["0 a=1", "1 a=2", "2 b=1"]);
    fs.limit_space(None);
    assert_eq!(clean(&log, 0, 0), 3);
    assert_eq!(texts(&log), ["1 a=2", "2 b=1"]);
}
