use std::io::IoSlice;

use super::*;
use crate::fs::Access;

type Damage = Box<dyn Fn(&mut Vec<u8>)>;
type Overwrite = fn(&mut Vec<u8>);

fn filled(fs: &MemoryFileSystem) -> Vec<(i64, String)> {
    let log = open_small(fs);
    for round in 0..12 {
        append(&log, &[&format!("v{round}"), "x"]);
    }
    assert!(log.segment_count() >= 3);
    contents(&log)
}

fn change(fs: &MemoryFileSystem, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = PathBuf::from(DIR).join(name);
    let mut bytes = fs.read(&path).unwrap_or_default();
    change(&mut bytes);
    let file = fs.open(&path, Access::Create).unwrap();
    file.set_len(0).unwrap();
    file.write_at(&[IoSlice::new(&bytes)], 0).unwrap();
}

fn last_log(fs: &MemoryFileSystem) -> String {
    let mut names = names(fs);
    names.retain(|name| name.ends_with(".log"));
    names.pop().unwrap()
}

#[test]
fn after_a_clean_stop_no_batch_is_read() {
    let fs = disk();
    filled(&fs);
    let (log, _) = open_with(&fs, small(), OpenState::default());
    let expected = contents(&log);
    let end = log.close_clean().unwrap();
    assert!(matches!(
        try_append(&log, &batch(&["late"], 0), EPOCH),
        Err(AppendError::Storage(_))
    ));
    fs.fail_reads(true);
    let start = OpenState {
        clean: true,
        recovery_point: end,
        ..OpenState::default()
    };
    // Only the epochs and the newest producer snapshot are read.
    assert!(Log::open(Arc::new(fs.clone()), DIR.into(), small(), start).is_err());
    fs.fail_reads(false);
    let (log, recovered) = reopen_clean(&fs, end);
    assert_eq!(recovered, Recovered::default());
    assert_eq!(log.log_end_offset(), end);
    assert_eq!(contents(&log), expected);
    assert_eq!(log.durable_end_offset(), end);
    append(&log, &["next"]);
    assert_eq!(contents(&log).len(), expected.len() + 1);
}

#[test]
fn a_damaged_tail_is_cut_off() {
    let whole = disk();
    let expected = filled(&whole);
    let name = last_log(&whole);
    let len = file(&whole, &name).len();
    let cases: [(&str, Damage, usize); 5] = [
        ("torn", Box::new(|bytes| bytes.truncate(bytes.len() - 1)), 1),
        ("zeroed tail", Box::new(|bytes| bytes.extend([0; 500])), 0),
        (
            "garbage tail",
            Box::new(|bytes| bytes.extend([0xa5; 70])),
            0,
        ),
        (
            "bit flip in the last batch",
            Box::new(move |bytes| bytes[len - 2] ^= 1),
            1,
        ),
        ("half a header", Box::new(|bytes| bytes.extend([0; 10])), 0),
    ];
    for (case, damage, batches_lost) in cases {
        let fs = whole.fork();
        change(&fs, &name, damage);
        let (log, recovered) = open_with(&fs, small(), OpenState::default());
        let left = expected.len() - batches_lost * 2;
        assert_eq!(contents(&log), expected[..left], "{case}");
        assert!(recovered.cut.is_some(), "{case}");
        append(&log, &["again"]);
        drop(log);
        let (log, recovered) = open_with(&fs, small(), OpenState::default());
        assert_eq!(contents(&log).len(), left + 1, "{case}");
        assert_eq!(recovered.cut, None, "{case}");
    }
}

#[test]
fn damage_in_a_segment_removes_those_behind_it() {
    let fs = disk();
    let expected = filled(&fs);
    change(&fs, "00000000000000000000.log", |bytes| {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
    });
    let (log, recovered) = open_with(&fs, small(), OpenState::default());
    let cut = recovered.cut.unwrap();
    assert!(cut.segments >= 2, "{cut:?}");
    let left: usize = cut.end.0.try_into().unwrap();
    assert_eq!(contents(&log), expected[..left]);
    assert_eq!(
        names(&fs)
            .iter()
            .filter(|name| name.ends_with(".log"))
            .count(),
        1
    );
}

fn quarantined(fs: &MemoryFileSystem) -> Vec<String> {
    let mut names = names(fs);
    names.retain(|name| name.ends_with(".quarantined"));
    names
}

#[test]
fn whole_batches_behind_damage_are_set_aside() {
    let whole = disk();
    let expected = filled(&whole);
    let logs: Vec<_> = names(&whole)
        .into_iter()
        .filter(|name| name.ends_with(".log"))
        .collect();
    // A value, and the size of the batch.
    for flipped in [70, 8] {
        let fs = whole.fork();
        change(&fs, &logs[0], |bytes| bytes[flipped] ^= 0x55);
        let damaged = file(&fs, &logs[0]);
        let (log, recovered) = open_with(&fs, small(), OpenState::default());
        let cut = recovered.cut.unwrap();
        assert_eq!((cut.end, cut.segments), (Offset(0), logs.len() - 1));
        assert_eq!(cut.quarantined, cut.bytes);
        assert_eq!(recovered.quarantined_files, logs.len());
        assert_eq!(log.log_end_offset(), Offset(0));
        let tail = format!("{}.0.quarantined", logs[0]);
        assert_eq!(file(&fs, &tail), damaged);
        for log in &logs[1..] {
            assert_eq!(file(&fs, &format!("{log}.quarantined")), file(&whole, log));
        }
        // Nothing of it comes back, or goes.
        append(&log, &["next"]);
        drop(log);
        let before = quarantined(&fs);
        let (log, recovered) = open_with(&fs, small(), OpenState::default());
        assert_eq!(recovered.quarantined_files, logs.len());
        assert_eq!((contents(&log).len(), quarantined(&fs)), (1, before));
        drop(log);

        // The same names once more.
        fs.remove_file(&PathBuf::from(DIR).join(&logs[0])).unwrap();
        for name in &logs {
            change(&fs, name, |bytes| *bytes = file(&whole, name));
        }
        change(&fs, &logs[0], |bytes| bytes[flipped] ^= 0x11);
        let (_log, recovered) = open_with(&fs, small(), OpenState::default());
        assert_eq!(recovered.quarantined_files, 2 * logs.len());
    }
    // Of a log that is whole, and of one with a damaged end, nothing is kept.
    assert_eq!(contents(&open_small(&whole)), expected);
    assert!(quarantined(&whole).is_empty());
}

#[test]
fn damage_is_set_aside_whenever_the_power_is_cut() {
    let fs = disk();
    filled(&fs);
    change(&fs, "00000000000000000000.log", |bytes| bytes[70] ^= 1);
    fs.sync_all();
    let open = |fs: &MemoryFileSystem| {
        let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
        Log::open(fs, PathBuf::from(DIR), small(), OpenState::default())
    };
    let whole = fs.fork();
    open(&whole).unwrap();
    let expected: Vec<_> = quarantined(&whole)
        .into_iter()
        .map(|name| (file(&whole, &name), name))
        .collect();
    assert!(expected.len() > 2);
    let steps = crate::fs::enumerate_crashes(
        &fs,
        4,
        |fs| drop(open(fs)),
        |left, cut| {
            open(left).unwrap();
            let found: Vec<_> = quarantined(left)
                .into_iter()
                .map(|name| (file(left, &name), name))
                .collect();
            assert!(found == expected, "{cut:?}: {:?}", quarantined(left));
        },
    );
    assert!(steps > 8);
}

#[test]
fn damage_is_cut_off_and_told_of_when_there_is_no_space_to_set_it_aside() {
    let fs = disk();
    filled(&fs);
    change(&fs, "00000000000000000000.log", |bytes| bytes[70] ^= 1);
    fs.limit_space(Some(0));
    let (_log, recovered) = open_with(&fs, small(), OpenState::default());
    let cut = recovered.cut.unwrap();
    // The whole segments need none.
    assert!(
        cut.quarantined > 0 && cut.quarantined < cut.bytes,
        "{cut:?}"
    );
    assert_eq!(recovered.quarantined_files, cut.segments);
}

#[test]
fn a_damaged_batch_before_the_recovery_point_is_met_by_its_readers() {
    let fs = disk();
    let expected = filled(&fs);
    let (log, _) = open_with(&fs, small(), OpenState::default());
    let end = log.close_clean().unwrap();
    change(&fs, "00000000000000000000.log", |bytes| bytes[11] = 0);
    let (log, recovered) = reopen_clean(&fs, end);
    assert_eq!(recovered.cut, None);
    let error = log.read(Offset(0), 1, end, true).unwrap_err();
    assert_eq!(error.code(), ottla_types::ErrorCode::CORRUPT_MESSAGE);
    assert!(log.fault().is_none());
    let (last, _) = expected.last().unwrap();
    assert!(
        !log.read(Offset(*last), 1, end, true)
            .unwrap()
            .data
            .is_empty()
    );
}

#[test]
fn only_what_lies_behind_the_recovery_point_is_read() {
    let fs = disk();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    let value = "x".repeat(1000);
    for _ in 0..200 {
        append(&log, &[&value]);
    }
    let point = log.checkpoint().unwrap();
    assert_eq!(point, Offset(200));
    for _ in 0..5 {
        append(&log, &[&value]);
    }
    let size = log.size();
    drop(log);
    let start = OpenState {
        recovery_point: point,
        ..OpenState::default()
    };
    let (log, recovered) = open_with(&fs, LogConfig::default(), start);
    assert_eq!(log.log_end_offset(), Offset(205));
    assert!(recovered.bytes_read < size / 10, "{recovered:?}");
    assert_eq!(contents(&log).len(), 205);
}

#[test]
fn indexes_that_are_missing_wrong_or_too_long_do_no_harm() {
    let whole = disk();
    let log = open_small(&whole);
    for round in 0..12 {
        append(&log, &[&format!("v{round}"), "x"]);
    }
    let expected = contents(&log);
    let end = log.close_clean().unwrap();
    let indexes: Vec<_> = names(&whole)
        .into_iter()
        .filter(|name| name.ends_with("index"))
        .collect();
    assert!(indexes.len() >= 6);
    let damages: [(&str, Overwrite); 5] = [
        ("empty", Vec::clear),
        ("odd", |bytes| bytes.push(0)),
        ("zeroed tail", |bytes| bytes.extend([0; 24 * 50])),
        ("all ones", |bytes| bytes.fill(0xff)),
        ("shifted", |bytes| {
            bytes.iter_mut().for_each(|b| *b = b.wrapping_add(3))
        }),
    ];
    for name in &indexes {
        for (damage, apply) in damages {
            for clean in [true, false] {
                let fs = whole.fork();
                change(&fs, name, apply);
                let start = OpenState {
                    clean,
                    recovery_point: end,
                    ..OpenState::default()
                };
                let (log, _) = open_with(&fs, small(), start);
                let case = format!("{name} {damage} clean={clean}");
                assert_eq!(contents(&log), expected, "{case}");
                append(&log, &["next"]);
                assert_eq!(contents(&log).len(), expected.len() + 1, "{case}");
            }
        }
        let fs = whole.fork();
        fs.remove_file(&PathBuf::from(DIR).join(name)).unwrap();
        let (log, _) = reopen_clean(&fs, end);
        assert_eq!(contents(&log), expected, "{name} removed");
    }
}

#[test]
fn files_left_by_removal_and_compaction_are_settled() {
    let whole = disk();
    let expected = filled(&whole);
    let put = |fs: &MemoryFileSystem, name: &str, bytes: &[u8]| {
        change(fs, name, |to| *to = bytes.to_vec());
    };
    let first = file(&whole, "00000000000000000000.log");

    let fs = whole.fork();
    put(&fs, "00000000000000000000.log.deleted", b"old");
    put(&fs, "00000000000000000777.index", b"orphan..");
    put(&fs, "00000000000000000000.log.cleaned", &first[..10]);
    put(&fs, "00000000000000000000.log.swap", &first[..20]);
    let (log, _) = open_with(&fs, small(), OpenState::default());
    assert_eq!(contents(&log), expected, "unfinished compaction is undone");
    assert!(
        names(&fs).iter().all(|name| !name.contains("777")
            && !name.ends_with("deleted")
            && !name.ends_with("cleaned")
            && !name.ends_with("swap")),
        "{:?}",
        names(&fs)
    );

    let fs = whole.fork();
    let second = names(&fs)
        .into_iter()
        .filter(|name| name.ends_with(".log"))
        .nth(1)
        .unwrap();
    let mut both = first.clone();
    both.extend(file(&fs, &second));
    put(&fs, "00000000000000000000.log.swap", &both);
    let config = LogConfig {
        segment_bytes: 10_000,
        ..small()
    };
    let (log, _) = open_with(&fs, config, OpenState::default());
    assert_eq!(contents(&log), expected, "a finished one is completed");
    assert!(!names(&fs).contains(&second));
}

#[test]
fn a_log_that_ends_before_its_start_begins_anew() {
    let fs = disk();
    filled(&fs);
    let start = OpenState {
        log_start_offset: Offset(1000),
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, small(), start);
    assert_eq!(log.log_start_offset(), Offset(1000));
    assert_eq!(log.log_end_offset(), Offset(1000));
    assert_eq!(append(&log, &["a"]).first_offset, Offset(1000));
}

#[test]
fn epochs_are_what_a_scan_gives() {
    let fs = disk();
    let log = open_small(&fs);
    for epoch in [0, 0, 2, 2, 2, 5] {
        try_append(&log, &batch(&["a", "b"], 0), LeaderEpoch(epoch)).unwrap();
    }
    let expected = log.epochs();
    log.checkpoint().unwrap();
    assert_eq!(
        file(&fs, "leader-epoch-checkpoint"),
        b"0\n3\n0 0\n2 4\n5 10\n"
    );
    drop(log);
    for damage in [&b""[..], b"0\n1\n0 0\n", b"\0\0\0\0", b"0\n2\n0 0\n9 300\n"] {
        change(&fs, "leader-epoch-checkpoint", |bytes| {
            *bytes = damage.to_vec()
        });
        let log = open_small(&fs);
        assert_eq!(log.epochs(), expected, "{damage:?}");
    }
}

/// A compacted log of two segments; the second batch, which ends the first one, is not synced.
fn ends_unsynced(fs: &MemoryFileSystem) -> u64 {
    let config = LogConfig {
        compact: true,
        ..LogConfig::default()
    };
    let log = open_with(fs, config, OpenState::default()).0;
    append(&log, &["a"]);
    log.flush().unwrap();
    let synced = log.size();
    append(&log, &["b"]);
    log.roll(at(0)).unwrap();
    append(&log, &["c"]);
    synced
}

fn open_compact(fs: &MemoryFileSystem, compact: bool, recovery_point: i64) -> (Log, Recovered) {
    let config = LogConfig {
        compact,
        ..LogConfig::default()
    };
    let start = OpenState {
        recovery_point: Offset(recovery_point),
        ..OpenState::default()
    };
    open_with(fs, config, start)
}

#[test]
fn what_a_power_cut_took_is_no_hole_of_compaction() {
    let fs = disk();
    let synced = ends_unsynced(&fs);
    change(&fs, "00000000000000000000.log", |bytes| {
        bytes.truncate(usize::try_from(synced).unwrap());
    });
    let (log, recovered) = open_compact(&fs, true, 1);
    assert_eq!(log.log_end_offset(), Offset(1));
    assert_eq!(recovered.cut.unwrap().segments, 1);
    assert_eq!(contents(&log), [(0, "a".to_owned())]);
}

/// A batch that a follower got.
fn fetched(offset: i64, value: &str) -> Vec<u8> {
    let mut bytes = sequenced(1, 0, 0, &[value]);
    bytes[..8].copy_from_slice(&offset.to_be_bytes());
    bytes[12..16].copy_from_slice(&[0; 4]);
    bytes
}

#[test]
fn offsets_that_were_compacted_away_elsewhere_leave_no_hole_between_segments() {
    let fs = disk();
    let log = open_small(&fs);
    let mut expected = Vec::new();
    for offset in (3..100).step_by(6) {
        log.append_as_follower(at(0), &fetched(offset, "a"), EPOCH)
            .unwrap();
        expected.push((offset, "a".to_owned()));
    }
    assert!(log.segment_count() > 2);
    drop(log);
    let (log, recovered) = open_with(&fs, small(), OpenState::default());
    assert_eq!((recovered.cut, contents(&log)), (None, expected));
}

#[test]
fn a_hole_in_what_was_synced_stays_however_often_the_log_is_opened() {
    for compact in [true, false] {
        let fs = disk();
        let (log, _) = open_compact(&fs, compact, 0);
        append(&log, &["a"]);
        // Too far to be in the same segment.
        let far = i64::from(i32::MAX) + 9;
        log.append_as_follower(at(0), &fetched(far, "b"), EPOCH)
            .unwrap();
        append(&log, &["c"]);
        log.flush().unwrap();
        let expected = contents(&log);
        drop(log);
        for _ in 0..3 {
            let (log, recovered) = open_compact(&fs, compact, 0);
            assert_eq!((recovered.cut, contents(&log)), (None, expected.clone()));
            assert_eq!(log.producer(ProducerId(1)).unwrap().last_sequence(), 0);
        }
    }
}

#[test]
fn timestamps_are_found_when_what_a_closing_entry_named_is_cut_off() {
    let fs = disk();
    let config = |index_interval_bytes| LogConfig {
        index_interval_bytes,
        ..LogConfig::default()
    };
    let log = open_with(&fs, config(10_000), OpenState::default()).0;
    for timestamp in [10, 90, 20, 30, 95] {
        try_append(&log, &batch(&["a"], timestamp), EPOCH).unwrap();
    }
    let start = OpenState {
        recovery_point: log.close_clean().unwrap(),
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, config(100), start);
    log.truncate_to(at(0), Offset(4)).unwrap();
    let found = log.offset_for_timestamp(80).unwrap().unwrap();
    assert_eq!((found.offset, found.timestamp), (Offset(1), 90));
}
