//! Cuts the power at every step of a life of a log, and looks at what is left.

use std::cell::RefCell;

use super::*;
use crate::{
    StorageError,
    fs::{Crash, CrashPoint, enumerate_crashes},
};

#[derive(Clone, Copy, Debug)]
enum Act {
    Append(&'static [&'static str]),
    /// Of a producer with sequence numbers.
    Produce(i32, &'static [&'static str]),
    Transact(&'static [&'static str]),
    Abort,
    Epoch(i32),
    Flush,
    Checkpoint,
    Roll,
    Truncate(i64),
    Restart(i64),
    DeleteBefore(i64),
    Retain,
    Unlink,
    Close,
}

/// What the log must hold after a power cut.
#[derive(Clone, Debug, Default)]
struct Promise {
    /// What was appended, whether it is durable or not.
    written: Vec<(i64, String)>,
    /// What it was before a cut that may not have happened.
    before_cut: Option<Vec<(i64, String)>>,
    /// Everything before is durable.
    durable: i64,
    recovery_point: i64,
    start: i64,
}

struct Life<'a> {
    log: Log,
    epoch: LeaderEpoch,
    transactions: i32,
    promise: &'a RefCell<Promise>,
}

impl Life<'_> {
    fn act(&mut self, act: Act) -> Result<(), AppendError> {
        let promise = self.promise;
        match act {
            Act::Append(values) => self.write(&batch(values, 0), values)?,
            Act::Produce(sequence, values) => {
                self.write(&sequenced(1, 0, sequence, values), values)?;
            }
            Act::Transact(values) => {
                let bytes = transactional(2, 0, self.transactions, values);
                self.transactions += i32::try_from(values.len()).unwrap();
                self.write(&bytes, values)?;
            }
            Act::Abort => {
                let end = self.log.log_end_offset().0;
                let bytes = EndTxnMarker {
                    committed: false,
                    coordinator_epoch: 1,
                }
                .batch(ProducerId(2), ProducerEpoch(0), 0)
                .unwrap();
                promise.borrow_mut().written.push((end, marker_text()));
                self.log.append_control(at(0), &bytes, self.epoch)?;
            }
            Act::Epoch(epoch) => self.epoch = LeaderEpoch(epoch),
            Act::Flush => {
                let end = self.log.flush()?.0;
                let mut promise = promise.borrow_mut();
                (promise.durable, promise.recovery_point) = (end, end);
            }
            Act::Checkpoint => {
                let point = self.log.checkpoint()?.0;
                promise.borrow_mut().durable = self.log.durable_end_offset().0;
                promise.borrow_mut().recovery_point = point;
            }
            Act::Roll => self.log.roll(at(0))?,
            Act::Truncate(offset) => {
                self.cut(offset, |log| log.truncate_to(at(0), Offset(offset)))?
            }
            Act::Restart(offset) => {
                {
                    let mut promise = promise.borrow_mut();
                    promise.durable = 0;
                    promise.before_cut = Some(std::mem::take(&mut promise.written));
                }
                self.log
                    .truncate_fully_and_start_at(at(0), Offset(offset))?;
                let mut promise = promise.borrow_mut();
                promise.before_cut = None;
                (promise.start, promise.durable) = (offset, offset);
            }
            Act::DeleteBefore(offset) => {
                promise.borrow_mut().start = offset;
                self.log.delete_records_before(Offset(offset))?;
            }
            Act::Retain => {
                let removed = self.log.apply_retention(at(0), self.log.log_end_offset())?;
                assert!(!removed.is_empty());
            }
            Act::Unlink => assert_eq!(self.log.delete_pending(at(1_000_000))?, 0),
            Act::Close => {
                let end = self.log.close_clean()?.0;
                let mut promise = promise.borrow_mut();
                (promise.durable, promise.recovery_point) = (end, end);
            }
        }
        Ok(())
    }

    fn write(&self, bytes: &[u8], values: &[&str]) -> Result<(), AppendError> {
        let end = self.log.log_end_offset().0;
        let records = (end..).zip(values.iter().map(|value| (*value).to_owned()));
        self.promise.borrow_mut().written.extend(records);
        try_append(&self.log, bytes, self.epoch).map(drop)
    }

    fn cut(
        &self,
        offset: i64,
        cut: impl FnOnce(&Log) -> Result<Offset, StorageError>,
    ) -> Result<(), AppendError> {
        {
            let mut promise = self.promise.borrow_mut();
            // The batch that holds the offset goes whole.
            promise.durable = promise.durable.min(offset - 1);
            promise.before_cut = Some(promise.written.clone());
            promise.written.retain(|(at, _)| *at < offset);
        }
        let end = cut(&self.log)?;
        let mut promise = self.promise.borrow_mut();
        promise.before_cut = None;
        promise.durable = end.0;
        promise.recovery_point = promise.recovery_point.min(end.0);
        promise.start = promise.start.min(end.0);
        promise.written.retain(|(at, _)| *at < end.0);
        Ok(())
    }
}

/// How `contents` shows an abort marker.
fn marker_text() -> String {
    String::from_utf8_lossy(
        &EndTxnMarker {
            committed: false,
            coordinator_epoch: 1,
        }
        .value(),
    )
    .into_owned()
}

fn reopen(fs: &MemoryFileSystem, promise: &Promise) -> Log {
    let start = OpenState {
        recovery_point: Offset(promise.recovery_point),
        ..OpenState::default()
    };
    open_with(fs, small(), start).0
}

fn check_promise(fs: &MemoryFileSystem, promise: &Promise, point: CrashPoint) {
    let log = reopen(fs, promise);
    let found: Vec<_> = contents(&log)
        .into_iter()
        .filter(|(offset, _)| *offset >= promise.start)
        .collect();
    let is_possible = |written: &Vec<(i64, String)>| {
        let written: Vec<_> = written
            .iter()
            .filter(|(offset, _)| *offset >= promise.start)
            .cloned()
            .collect();
        let kept = written
            .iter()
            .filter(|(at, _)| *at < promise.durable)
            .count();
        written.starts_with(&found) && found.len() >= kept
    };
    assert!(
        is_possible(&promise.written) || promise.before_cut.as_ref().is_some_and(is_possible),
        "{point:?} {promise:#?} {found:?}"
    );
    check_derived(&log, fs, promise, point);
    let (end, epochs) = (log.log_end_offset(), log.epochs());
    drop(log);
    let (again, recovered) = open_with(
        fs,
        small(),
        OpenState {
            recovery_point: Offset(promise.recovery_point),
            ..OpenState::default()
        },
    );
    assert_eq!(recovered.cut, None, "{point:?}: recovering again cuts more");
    assert_eq!(
        (again.log_end_offset(), again.epochs()),
        (end, epochs),
        "{point:?}"
    );
    append(&again, &["after"]);
    again.flush().unwrap();
}

/// Producers and epochs are what a scan of the whole log gives.
fn check_derived(log: &Log, fs: &MemoryFileSystem, promise: &Promise, point: CrashPoint) {
    let bare = fs.fork();
    for name in names(&bare) {
        if !name.ends_with(".log") {
            bare.remove_file(&PathBuf::from(DIR).join(name)).unwrap();
        }
    }
    let scanned = open_small(&bare);
    assert_eq!(scanned.log_end_offset(), log.log_end_offset(), "{point:?}");
    if promise.start == 0 {
        assert_eq!(scanned.epochs(), log.epochs(), "{point:?}");
        let summary = |log: &Log| -> Vec<_> {
            let all = log.producers().into_iter();
            all.map(|(id, state)| {
                (
                    id,
                    state.epoch,
                    state.last_sequence(),
                    state.current_txn_first_offset,
                )
            })
            .collect()
        };
        assert_eq!(summary(&scanned), summary(log), "{point:?} {:?}", names(fs));
        let bounds = (Offset(0), Offset(i64::MAX));
        assert_eq!(
            scanned.aborted_transactions(bounds.0, bounds.1).unwrap(),
            log.aborted_transactions(bounds.0, bounds.1).unwrap(),
            "{point:?}"
        );
    }
}

fn live(fs: &MemoryFileSystem, config: &LogConfig, acts: &[Act], promise: &RefCell<Promise>) {
    *promise.borrow_mut() = Promise::default();
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    let Ok((log, _)) = Log::open(fs, DIR.into(), config.clone(), OpenState::default()) else {
        return;
    };
    let mut life = Life {
        log,
        epoch: EPOCH,
        transactions: 0,
        promise,
    };
    for act in acts {
        if life.act(*act).is_err() {
            return;
        }
    }
}

fn check(acts: &[Act]) {
    check_with(&small(), acts);
}

fn check_with(config: &LogConfig, acts: &[Act]) {
    let start = disk();
    let promise = RefCell::new(Promise::default());
    let steps = enumerate_crashes(
        &start,
        2,
        |fs| live(fs, config, acts, &promise),
        |fs, point| {
            let promise = promise.borrow();
            if matches!(point.crash, Crash::Mixed(_)) && point.step % 12 == 0 {
                check_crash_while_recovering(fs, &promise);
            }
            check_promise(fs, &promise, point);
        },
    );
    assert!(steps > 10);
}

fn check_crash_while_recovering(fs: &MemoryFileSystem, promise: &Promise) {
    enumerate_crashes(
        fs,
        1,
        |fs| {
            let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
            let start = OpenState {
                recovery_point: Offset(promise.recovery_point),
                ..OpenState::default()
            };
            if let Ok((log, _)) = Log::open(fs, DIR.into(), small(), start) {
                log.flush().ok();
            }
        },
        |fs, point| check_promise(fs, promise, point),
    );
}

#[test]
fn flushed_records_survive_across_segments() {
    check(&[
        Act::Append(&["a", "b"]),
        Act::Flush,
        Act::Append(&["c"]),
        Act::Produce(0, &["d", "e"]),
        Act::Append(&["f"]),
        Act::Flush,
        Act::Produce(2, &["g", "h", "i"]),
        Act::Append(&["j"]),
        Act::Append(&["k"]),
        Act::Epoch(3),
        Act::Append(&["l"]),
        Act::Flush,
        Act::Append(&["m"]),
    ]);
}

#[test]
fn checkpoints_hold_what_they_promise() {
    check(&[
        Act::Produce(0, &["a", "b"]),
        Act::Append(&["c"]),
        Act::Checkpoint,
        Act::Produce(2, &["d"]),
        Act::Append(&["e"]),
        Act::Append(&["f"]),
        Act::Checkpoint,
        Act::Roll,
        Act::Append(&["g"]),
        Act::Append(&["h"]),
        Act::Checkpoint,
        Act::Append(&["i"]),
        Act::Close,
    ]);
}

#[test]
fn transactions_are_rebuilt() {
    check(&[
        Act::Transact(&["a", "b"]),
        Act::Append(&["c"]),
        Act::Checkpoint,
        Act::Abort,
        Act::Transact(&["d"]),
        Act::Flush,
        Act::Append(&["e"]),
        Act::Abort,
        Act::Roll,
        Act::Transact(&["f"]),
        Act::Checkpoint,
        Act::Abort,
        Act::Append(&["g"]),
        Act::Flush,
    ]);
}

#[test]
fn cutting_the_end_off_is_all_or_nothing() {
    check(&[
        Act::Append(&["a", "b"]),
        Act::Produce(0, &["c"]),
        Act::Checkpoint,
        Act::Epoch(1),
        Act::Append(&["d"]),
        Act::Append(&["e"]),
        Act::Roll,
        Act::Produce(1, &["f"]),
        Act::Append(&["g"]),
        Act::Checkpoint,
        Act::Truncate(4),
        Act::Epoch(2),
        Act::Append(&["h"]),
        Act::Append(&["i"]),
        Act::Append(&["j"]),
        Act::Checkpoint,
        Act::Truncate(1),
        Act::Append(&["k"]),
        Act::Flush,
    ]);
}

#[test]
fn removing_the_start_loses_nothing_behind_it() {
    check(&[
        Act::Append(&["a", "b"]),
        Act::Roll,
        Act::Append(&["c"]),
        Act::Roll,
        Act::Epoch(2),
        Act::Append(&["d", "e"]),
        Act::Checkpoint,
        Act::DeleteBefore(3),
        Act::Retain,
        Act::Append(&["f"]),
        Act::Flush,
        Act::Unlink,
        Act::Append(&["g"]),
        Act::Checkpoint,
    ]);
}

#[test]
fn beginning_anew_elsewhere_is_all_or_nothing() {
    check(&[
        Act::Append(&["a", "b"]),
        Act::Roll,
        Act::Append(&["c"]),
        Act::Checkpoint,
        Act::Restart(100),
        Act::Epoch(1),
        Act::Append(&["d", "e"]),
        Act::Flush,
        Act::Append(&["f"]),
    ]);
}

#[test]
fn files_made_at_full_length_lose_nothing_and_invent_nothing() {
    let config = LogConfig {
        preallocate: true,
        ..small()
    };
    let acts = [
        Act::Append(&["a", "b"]),
        Act::Flush,
        Act::Roll,
        Act::Produce(0, &["c", "d"]),
        Act::Checkpoint,
        Act::Roll,
        Act::Append(&["e"]),
        Act::Roll,
        Act::Append(&["f"]),
        Act::Flush,
        Act::Truncate(4),
        Act::Append(&["g"]),
        Act::Checkpoint,
        Act::Append(&["h"]),
        Act::Close,
    ];
    check_with(&config, &acts);
    check_with(
        &config,
        &[
            Act::Append(&["a"]),
            Act::Restart(50),
            Act::Append(&["b"]),
            Act::Flush,
        ],
    );
}
