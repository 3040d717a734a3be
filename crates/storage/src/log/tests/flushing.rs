//! When a log syncs by itself, and how long the files of its segments are.

use super::*;
use crate::fs::Crash;

fn with(change: impl FnOnce(&mut LogConfig)) -> (MemoryFileSystem, Log) {
    let (fs, mut config) = (disk(), small());
    change(&mut config);
    let log = open_with(&fs, config, OpenState::default()).0;
    (fs, log)
}

fn after_power_cut(fs: &MemoryFileSystem) -> usize {
    contents(&open_small(&fs.crash(Crash::LoseUnsynced))).len()
}

#[test]
fn the_append_that_makes_it_too_many_unsynced_records_syncs_them() {
    let (fs, log) = with(|config| config.flush_messages = 3);
    append(&log, &["a"]);
    append(&log, &["b"]);
    assert_eq!(log.durable_end_offset(), Offset(0));
    append(&log, &["c"]);
    assert_eq!(log.durable_end_offset(), Offset(3));
    append(&log, &["d", "e"]);
    assert_eq!(log.durable_end_offset(), Offset(3));
    assert_eq!(after_power_cut(&fs), 3);
    let mut replicated = batch(&["f"], 0);
    replicated[..8].copy_from_slice(&5_i64.to_be_bytes());
    replicated[12..16].copy_from_slice(&0_i32.to_be_bytes());
    log.append_as_follower(at(0), &replicated, EPOCH).unwrap();
    assert_eq!(log.durable_end_offset(), Offset(6));
    assert_eq!(after_power_cut(&fs), 6);
}

#[test]
fn an_append_that_cannot_be_synced_is_refused() {
    let (fs, log) = with(|config| config.flush_messages = 1);
    append(&log, &["a"]);
    fs.fail_sync();
    let error = try_append(&log, &batch(&["b"], 0), EPOCH).unwrap_err();
    assert!(matches!(error, AppendError::Storage(_)), "{error}");
    assert!(log.fault().is_some());
}

#[test]
fn what_is_unsynced_for_too_long_is_synced_when_somebody_looks() {
    let (fs, log) = with(|config| config.flush_ms = 100);
    append(&log, &["a"]);
    assert!(!log.flush_if_old(at(99)).unwrap());
    assert!(log.flush_if_old(at(100)).unwrap());
    assert_eq!(after_power_cut(&fs), 1);
    assert!(!log.flush_if_old(at(500)).unwrap(), "nothing is unsynced");
    append(&log, &["b"]);
    assert!(log.flush_if_old(at(500)).unwrap());
    append(&log, &["c"]);
    assert!(!log.flush_if_old(at(599)).unwrap());
    let never = with(|_| {}).1;
    append(&never, &["a"]);
    assert!(!never.flush_if_old(at(i64::MAX / 1_000_000)).unwrap());
}

#[test]
fn a_preallocated_segment_is_as_long_as_allowed_until_it_is_closed() {
    let (fs, log) = with(|config| config.preallocate = true);
    let len = |base: &str| {
        let path = PathBuf::from(DIR).join(format!("{base}.log"));
        fs.metadata(&path).unwrap().len
    };
    assert_eq!(len("00000000000000000000"), 400);
    append(&log, &["a"]);
    let size = log.size();
    assert_eq!(len("00000000000000000000"), 400);
    log.roll(at(0)).unwrap();
    assert_eq!(len("00000000000000000000"), size);
    assert_eq!(len("00000000000000000001"), 400);
    append(&log, &["b"]);
    let end = log.close_clean().unwrap();
    assert_eq!(len("00000000000000000001"), log.size() - size);
    drop(log);
    let (log, recovered) = reopen_clean(&fs, end);
    assert_eq!(recovered.bytes_read, 0);
    assert_eq!(contents(&log).len(), 2);
    append(&log, &["c"]);
    assert_eq!(contents(&log).len(), 3);
}

#[test]
fn a_preallocated_tail_is_no_damage_after_a_kill() {
    let (fs, log) = with(|config| config.preallocate = true);
    for value in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        append(&log, &[value]);
    }
    assert!(log.segment_count() > 1);
    let killed = fs.crash(Crash::KeepAll);
    assert_eq!(contents(&open_small(&killed)).len(), 8);
}

#[test]
fn jitter_rolls_sooner_by_less_than_itself_and_than_the_segments_time() {
    let rolls_after = |segment_ms: i64, jitter_ms: i64| {
        let (_, log) = with(|config| {
            config.segment_ms = segment_ms;
            config.segment_jitter_ms = jitter_ms;
        });
        log.append_as_leader(at(1), &validated(&batch(&["a"], 1)), EPOCH)
            .unwrap();
        (0..=segment_ms + 2)
            .find(|ms| log.roll_if_old(at(*ms)).unwrap())
            .unwrap()
            - 1
    };
    assert_eq!(rolls_after(1000, 0), 1001);
    let jittered = rolls_after(1000, 400);
    assert!((602..1001).contains(&jittered), "{jittered}");
    assert_eq!(
        rolls_after(1000, 400),
        jittered,
        "the same for the same segment"
    );
    assert!(rolls_after(10, i64::MAX) >= 1);
}

#[test]
fn threads_that_wait_for_a_sync_share_it() {
    let (fs, log) = with(|config| config.segment_bytes = 1 << 20);
    append(&log, &["first"]);
    log.flush().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let appended =
                        log.append_as_leader(at(1), &validated(&batch(&["a"], 1)), EPOCH);
                    let end = appended.unwrap().last_offset.next();
                    assert!(log.flush().unwrap() >= end);
                    assert!(log.durable_end_offset() >= end);
                }
            });
        }
    });
    let kept = open_small(&fs.crash(Crash::LoseUnsynced));
    assert_eq!(contents(&kept).len(), 161);
}
