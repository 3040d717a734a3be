//! Cuts the power at every step of a clean.

use std::cell::RefCell;

use super::*;
use crate::fs::{CrashPoint, enumerate_crashes};

/// What a start must find: one of the two, group by group.
#[derive(Clone, Debug, Default)]
struct Promise {
    /// The last values, which no clean changes.
    last: std::collections::BTreeMap<String, String>,
    /// All that was ever written.
    written: Vec<Seen>,
    end: i64,
    recovery_point: i64,
    /// Of producers, what is known.
    producers: Vec<(ProducerId, i32)>,
}

fn last_values(seen: &[Seen]) -> std::collections::BTreeMap<String, String> {
    let mut last = std::collections::BTreeMap::new();
    for record in seen {
        match &record.value {
            Some(value) => drop(last.insert(record.key.clone(), value.clone())),
            None => drop(last.remove(&record.key)),
        }
    }
    last
}

fn sequences(log: &Log) -> Vec<(ProducerId, i32)> {
    let all = log.producers().into_iter();
    all.map(|(id, state)| (id, state.last_sequence())).collect()
}

/// A log with several closed segments on disk, of which some merge into one.
fn prepare(fs: &MemoryFileSystem, keeps_point: bool) -> Promise {
    let log = open_compacted(fs);
    let sequenced = |sequence: i32, key: &str, value: &str| {
        let builder = BatchBuilder::new().producer(ProducerId(1), ProducerEpoch(0), sequence);
        keyed(builder, &[(key, Some(value))])
    };
    for round in 0..3 {
        for key in ["a", "b", "c"] {
            put(&log, &[(key, Some(&round.to_string()))]);
        }
        try_append(&log, &sequenced(round, "d", &round.to_string()), EPOCH).unwrap();
        if round == 1 {
            put(&log, &[("b", None)]);
        }
        roll(&log);
    }
    put(&log, &[("e", Some("end"))]);
    let end = log.checkpoint().unwrap();
    let written = seen(&log);
    Promise {
        last: last_values(&written),
        written,
        end: log.log_end_offset().0,
        recovery_point: if keeps_point { end.0 } else { 0 },
        producers: sequences(&log),
    }
}

fn try_open(fs: &MemoryFileSystem, promise: &Promise) -> Option<Log> {
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    let start = OpenState {
        recovery_point: Offset(promise.recovery_point),
        ..OpenState::default()
    };
    let opened = Log::open(fs, DIR.into(), compacted(), start);
    opened.ok().map(|(log, _)| log)
}

fn open_after(fs: &MemoryFileSystem, promise: &Promise) -> Log {
    try_open(fs, promise).unwrap()
}

fn check_promise(fs: &MemoryFileSystem, promise: &Promise, point: CrashPoint) {
    let log = open_after(fs, promise);
    assert_eq!(
        log.log_end_offset().0,
        promise.end,
        "{point:?} {:?}",
        names(fs)
    );
    let found = seen(&log);
    assert!(found.is_sorted_by(|a, b| a.offset < b.offset), "{point:?}");
    for record in &found {
        assert!(
            promise.written.contains(record),
            "{point:?}: invented {record:?}"
        );
    }
    assert_eq!(
        last_values(&found),
        promise.last,
        "{point:?} {:?}",
        names(fs)
    );
    assert_eq!(sequences(&log), promise.producers, "{point:?}");
    for name in names(fs) {
        let is_left = [".cleaned", ".swap", ".deleted"]
            .iter()
            .any(|end| name.ends_with(end));
        assert!(!is_left, "{point:?}: {name}");
    }
    let listed = log.segments();
    drop(log);
    let again = open_after(fs, promise);
    assert_eq!(
        (again.segments(), seen(&again)),
        (listed, found),
        "{point:?}"
    );
    // It can be cleaned on.
    clean(&again, 1_000_000, 0);
    assert_eq!(last_values(&seen(&again)), promise.last, "{point:?}");
}

fn check(keeps_point: bool) {
    let start = disk();
    let promise = prepare(&start, keeps_point);
    let promise = RefCell::new(promise);
    let steps = enumerate_crashes(
        &start,
        2,
        |fs| {
            let Some(log) = try_open(fs, &promise.borrow()) else {
                return;
            };
            for now in [0, RETENTION_MS, 2 * RETENTION_MS] {
                if try_clean(&log, now, 0, 1000).is_err() {
                    return;
                }
            }
            log.delete_pending(at(10_000_000)).ok();
        },
        |fs, point| {
            if matches!(point.crash, crate::fs::Crash::Mixed(_)) && point.step % 15 == 0 {
                let promise = promise.borrow();
                enumerate_crashes(
                    fs,
                    1,
                    |fs| drop(try_open(fs, &promise)),
                    |fs, point| check_promise(fs, &promise, point),
                );
            }
            check_promise(fs, &promise.borrow(), point);
        },
    );
    assert!(steps > 40, "{steps}");
}

#[test]
fn a_clean_that_is_cut_short_is_undone_or_finished() {
    check(true);
}

#[test]
fn so_it_is_when_everything_is_read_again() {
    check(false);
}

#[test]
fn a_failed_step_leaves_a_log_that_opens_whole() {
    let start = disk();
    let promise = prepare(&start, true);
    let mut step = 0;
    loop {
        let fs = start.fork();
        fs.fail_at(step, std::io::ErrorKind::Other);
        let Some(log) = try_open(&fs, &promise) else {
            step += 1;
            continue;
        };
        let cleaned = try_clean(&log, 0, 0, 1000);
        let is_over = cleaned.is_ok() && fs.steps() < step;
        if log.fault().is_none() {
            assert_eq!(last_values(&seen(&log)), promise.last, "step {step}");
        }
        drop(log);
        let point = CrashPoint {
            step,
            crash: crate::fs::Crash::KeepAll,
            completed: false,
        };
        check_promise(&fs.fork(), &promise, point);
        if is_over {
            break;
        }
        step += 1;
    }
    assert!(step > 30);
}
