use std::io::ErrorKind;

use super::*;
use crate::{StorageError, fs::Crash};

fn is_latched(result: Result<impl std::fmt::Debug, StorageError>) -> bool {
    matches!(result, Err(StorageError::Latched(_)))
}

#[test]
fn a_failed_sync_takes_the_log_out_of_service() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    log.flush().unwrap();
    append(&log, &["b"]);
    fs.fail_sync();
    assert!(matches!(log.flush(), Err(StorageError::Io(_))));
    assert_eq!(log.durable_end_offset(), Offset(1));
    assert!(log.fault().is_some());
    // A second sync would succeed, and lie.
    assert!(is_latched(log.flush()));
    assert!(matches!(
        try_append(&log, &batch(&["c"], 0), EPOCH),
        Err(AppendError::Storage(StorageError::Latched(_)))
    ));
    assert!(log.read(Offset(0), 100, Offset(2), true).is_err());
    assert!(is_latched(log.truncate_to(at(0), Offset(1))));
    assert!(is_latched(log.checkpoint()));
    assert!(is_latched(log.close_clean()));
    assert!(is_latched(log.apply_retention(at(0), Offset(2))));
    let (log, _) = open_with(
        &fs.crash(Crash::LoseUnsynced),
        small(),
        OpenState::default(),
    );
    assert_eq!(contents(&log), [(0, "a".to_owned())]);
}

#[test]
fn a_failed_write_takes_the_log_out_of_service() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    fs.fail_at(fs.steps(), ErrorKind::Other);
    assert!(matches!(
        try_append(&log, &batch(&["b"], 0), EPOCH),
        Err(AppendError::Storage(StorageError::Io(_)))
    ));
    assert_eq!(log.log_end_offset(), Offset(1));
    assert!(is_latched(log.flush()));
    let log = open_small(&fs);
    assert_eq!(contents(&log), [(0, "a".to_owned())]);
}

#[test]
fn a_write_without_space_is_cut_back_and_may_be_tried_again() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    let path = PathBuf::from(DIR).join("00000000000000000000.log");
    let before = fs.metadata(&path).unwrap().len;
    let used: u64 = fs
        .read_dir(DIR.as_ref())
        .unwrap()
        .iter()
        .map(|entry| entry.metadata.len)
        .sum();
    fs.limit_space(Some(used + 30));
    let bytes = batch(&["b"], 0);
    let error = try_append(&log, &bytes, EPOCH).unwrap_err();
    assert!(matches!(error, AppendError::NoSpace(_)), "{error}");
    assert_eq!(fs.metadata(&path).unwrap().len, before);
    assert_eq!(contents(&log), [(0, "a".to_owned())]);
    // Neither does the first batch of an epoch begin it.
    let error = try_append(&log, &bytes, LeaderEpoch(1)).unwrap_err();
    assert!(matches!(error, AppendError::NoSpace(_)), "{error}");
    assert_eq!(log.latest_epoch(), Some(EPOCH));
    log.flush().unwrap();
    fs.limit_space(None);
    try_append(&log, &bytes, EPOCH).unwrap();
    log.flush().unwrap();
    assert_eq!(contents(&log).len(), 2);
    assert!(log.fault().is_none());
}

#[test]
fn a_log_is_not_cut_while_there_is_no_space_to_write_its_epochs() {
    let fs = disk();
    let log = open_small(&fs);
    for round in 0..3 {
        try_append(&log, &batch(&["a"], 0), LeaderEpoch(round)).unwrap();
    }
    log.flush().unwrap();
    fs.limit_space(Some(fs.space_used()));
    let refused = log.truncate_to(at(0), Offset(1));
    assert!(matches!(refused, Err(StorageError::Io(fault)) if fault.is_no_space()));
    assert_eq!((log.log_end_offset(), contents(&log).len()), (Offset(3), 3));
    fs.limit_space(None);
    assert_eq!(log.truncate_to(at(0), Offset(1)).unwrap(), Offset(1));
    assert!(log.fault().is_none());
}

#[test]
fn lack_of_space_at_any_step_loses_nothing_that_was_flushed() {
    let run = |limit: u64| -> bool {
        let fs = disk();
        let log = open_small(&fs);
        fs.limit_space(Some(limit));
        let mut flushed = 0;
        for round in 0..8 {
            let bytes = batch(&[&format!("v{round}")], 0);
            match try_append(&log, &bytes, LeaderEpoch(round)) {
                Ok(_) => {}
                Err(AppendError::NoSpace(_)) => {
                    fs.limit_space(None);
                    try_append(&log, &bytes, LeaderEpoch(round)).unwrap();
                }
                Err(error) => panic!("{error}"),
            }
            flushed = log.flush().unwrap().0;
        }
        fs.limit_space(None);
        log.checkpoint().unwrap();
        assert_eq!((flushed, contents(&log).len()), (8, 8));
        drop(log);
        let log = open_small(&fs.crash(Crash::LoseUnsynced));
        assert_eq!(contents(&log).len(), 8);
        true
    };
    assert!((0..1500).step_by(23).all(run));
}

#[test]
fn epochs_are_written_before_a_start_may_rely_on_it() {
    let fs = disk();
    let file = PathBuf::from(DIR).join("leader-epoch-checkpoint");
    let log = open_small(&fs);
    append(&log, &["a"]);
    try_append(&log, &batch(&["b"], 0), LeaderEpoch(3)).unwrap();
    log.flush().unwrap();
    let epochs = log.epochs();
    drop(log);
    let fs = fs.crash(Crash::LoseUnsynced);
    fs.limit_space(Some(0));
    let log = open_small(&fs);
    assert_eq!(log.epochs(), epochs);
    assert_eq!(contents(&log).len(), 2);
    assert!(fs.metadata(&file).is_err());
    assert!(log.checkpoint().is_err());
    assert_eq!(log.recovery_point(), Offset(0));
    fs.limit_space(None);
    log.checkpoint().unwrap();
    assert_eq!(log.recovery_point(), Offset(2));
    let fs = fs.crash(Crash::LoseUnsynced);
    assert_eq!(reopen_clean(&fs, Offset(2)).0.epochs(), epochs);
}

#[test]
fn an_epoch_without_a_record_is_not_written() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    let end = log.close_clean().unwrap();
    drop(log);
    let (log, _) = reopen_clean(&fs, end);
    log.assign_epoch(LeaderEpoch(1)).unwrap();
    assert_eq!(log.latest_epoch(), Some(LeaderEpoch(1)));
    let before = fs.steps();
    log.close_clean().unwrap();
    assert_eq!(fs.steps(), before, "nothing was appended");
    drop(log);
    let (log, _) = reopen_clean(&fs, end);
    assert_eq!(log.epochs(), [(EPOCH, Offset(0))]);
    log.assign_epoch(LeaderEpoch(2)).unwrap();
    try_append(&log, &batch(&["b"], 0), LeaderEpoch(2)).unwrap();
    let end = log.close_clean().unwrap();
    drop(log);
    let epochs = reopen_clean(&fs, end).0.epochs();
    assert_eq!(epochs, [(EPOCH, Offset(0)), (LeaderEpoch(2), Offset(1))]);
}

#[test]
fn an_error_at_any_step_either_latches_or_changes_nothing() {
    for step in 0..120 {
        let fs = disk();
        let log = open_small(&fs);
        fs.fail_at(fs.steps() + step, ErrorKind::Other);
        let mut durable = 0;
        for round in 0..10 {
            append_unless_latched(&log, round);
            if let Ok(end) = log.flush() {
                durable = end.0;
            }
        }
        log.checkpoint().ok();
        let log = open_small(&fs.crash(Crash::LoseUnsynced));
        let found = contents(&log);
        assert!(
            found.len() >= usize::try_from(durable).unwrap(),
            "step {step}"
        );
    }
}

fn append_unless_latched(log: &Log, round: i32) {
    let end = log.log_end_offset();
    let bytes = batch(&[&format!("v{round}")], 0);
    if try_append(log, &bytes, LeaderEpoch(round / 2)).is_err() {
        assert_eq!(log.log_end_offset(), end);
        assert!(log.fault().is_some());
    }
}

#[test]
fn the_recovery_point_waits_for_the_indexes_of_closed_segments() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    log.roll(at(0)).unwrap();
    append(&log, &["b"]);
    assert_eq!(log.recovery_point(), Offset(0));
    log.flush().unwrap();
    assert_eq!(log.recovery_point(), Offset(1));
    assert!(names(&fs).contains(&"00000000000000000001.snapshot".to_owned()));
    assert!(names(&fs).contains(&"00000000000000000000.timeindex".to_owned()));
    assert_eq!(log.checkpoint().unwrap(), Offset(2));
}

#[test]
fn closed_logs_have_kafkas_files() {
    let fs = disk();
    let config = LogConfig {
        index_interval_bytes: 100,
        ..LogConfig::default()
    };
    let log = open_with(&fs, config, OpenState::default()).0;
    for timestamp in [5, 9, 7, 8] {
        try_append(&log, &batch(&["a", "b"], timestamp), EPOCH).unwrap();
    }
    let size = u8::try_from(batch(&["a", "b"], 0).len()).unwrap();
    log.close_clean().unwrap();
    assert_eq!(
        names(&fs),
        [
            "00000000000000000000.index",
            "00000000000000000000.log",
            "00000000000000000000.timeindex",
            "00000000000000000008.snapshot",
            "leader-epoch-checkpoint",
        ]
    );
    // An entry before the batch that begins more than 100 bytes behind the last one.
    assert_eq!(
        file(&fs, "00000000000000000000.index"),
        [0, 0, 0, 5, 0, 0, 0, size * 2]
    );
    assert_eq!(
        file(&fs, "00000000000000000000.timeindex"),
        [0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 3]
    );
    assert_eq!(file(&fs, "leader-epoch-checkpoint"), b"0\n1\n0 0\n");
    assert_eq!(file(&fs, "00000000000000000008.snapshot").len(), 10);
}

#[test]
fn deleted_records_that_were_not_synced_do_not_keep_the_log_from_opening() {
    let fs = disk();
    let log = open_small(&fs);
    log.flush().unwrap();
    let values: Vec<String> = (0..12).map(|round| format!("value {round:080}")).collect();
    for value in &values {
        append(&log, &[value]);
    }
    assert!(log.segment_count() >= 4);
    let log_start = log.delete_records_before(Offset(10)).unwrap();
    // Killed, not cut off from power; the log start was written down.
    drop(log);
    let start = OpenState {
        log_start_offset: log_start,
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, small(), start);
    assert_eq!(log.durable_end_offset(), Offset(0), "nothing was synced");
    let recovery_point = log.checkpoint().unwrap();
    let left = fs.crash(Crash::LoseUnsynced);
    let start = OpenState {
        recovery_point,
        ..start
    };
    let (again, recovered) = open_with(&left, small(), start);
    assert_eq!(recovered.cut, None);
    assert_eq!(contents(&again), contents(&log));
}

#[test]
fn a_log_that_begins_anew_leaves_no_snapshot_behind() {
    let fs = disk();
    let log = open_small(&fs);
    try_append(&log, &sequenced(1, 0, 0, &["a", "b"]), EPOCH).unwrap();
    log.checkpoint().unwrap();
    drop(log);
    let path = PathBuf::from(DIR).join("00000000000000000000.log");
    fs.remove_file(&path).unwrap();
    let start = OpenState {
        recovery_point: Offset(2),
        log_start_offset: Offset(9),
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, small(), start);
    assert!(log.producers().is_empty());
    let left = names(&fs);
    assert!(
        !left.iter().any(|name| name.ends_with(".snapshot")),
        "{left:?}"
    );
}
