use super::*;
use crate::fs::Crash;

/// Segments of one batch each, `count` of them, the batch of segment `n` written at `n` seconds.
fn segments(fs: &MemoryFileSystem, count: i64, config: LogConfig) -> Log {
    let log = open_with(fs, config, OpenState::default()).0;
    for index in 0..count {
        if index > 0 {
            log.roll(at(0)).unwrap();
        }
        try_append(&log, &batch(&["a", "b"], index * 1000), EPOCH).unwrap();
    }
    log
}

fn bases(log: &Log) -> Vec<i64> {
    log.segments().iter().map(|(base, _)| base.0).collect()
}

#[test]
fn old_segments_go_by_time_but_none_past_the_high_watermark() {
    let fs = disk();
    let config = LogConfig {
        retention_ms: 1000,
        ..LogConfig::default()
    };
    let log = segments(&fs, 4, config);
    assert!(log.apply_retention(at(1000), Offset(8)).unwrap().is_empty());
    assert_eq!(
        log.apply_retention(at(9000), Offset(3)).unwrap(),
        [Offset(0)]
    );
    assert_eq!(log.log_start_offset(), Offset(2));
    assert_eq!(bases(&log), [2, 4, 6]);
    assert_eq!(log.epochs(), [(EPOCH, Offset(2))]);
    let removed = log.apply_retention(at(9000), Offset(8)).unwrap();
    assert_eq!(removed, [Offset(2), Offset(4), Offset(6)]);
    assert_eq!(bases(&log), [8], "the last one is replaced by an empty one");
    assert_eq!((log.log_start_offset(), log.size()), (Offset(8), 0));
    assert!(
        log.apply_retention(at(99_000), Offset(8))
            .unwrap()
            .is_empty()
    );
    assert_eq!(append(&log, &["c"]).first_offset, Offset(8));
}

#[test]
fn removed_files_stay_until_their_time_has_come() {
    let fs = disk();
    let config = LogConfig {
        retention_ms: 1000,
        ..LogConfig::default()
    };
    let log = segments(&fs, 3, config);
    log.flush().unwrap();
    log.apply_retention(at(2500), Offset(6)).unwrap();
    let deleted = || -> Vec<String> {
        let is_deleted = |name: &String| name.ends_with(".deleted");
        names(&fs).into_iter().filter(is_deleted).collect()
    };
    assert!(deleted().contains(&"00000000000000000000.log.deleted".to_owned()));
    assert!(deleted().contains(&"00000000000000000000.index.deleted".to_owned()));
    assert!(
        deleted().contains(&"00000000000000000002.snapshot.deleted".to_owned())
            || bases(&log)[0] == 2
    );
    assert_eq!(log.delete_pending(at(62_499)).unwrap(), 1);
    assert!(!deleted().is_empty());
    assert_eq!(log.delete_pending(at(62_500)).unwrap(), 0);
    assert!(deleted().is_empty());
}

#[test]
fn removed_segments_are_gone_though_there_was_no_space_at_some_step() {
    for step in 0.. {
        let fs = disk();
        let log = segments(&fs, 4, LogConfig::default());
        log.checkpoint().unwrap();
        log.delete_records_before(Offset(6)).unwrap();
        let end = fs.steps() + step;
        fs.fail_at(end, std::io::ErrorKind::StorageFull);
        let removed = log.apply_retention(at(0), Offset(8));
        let is_over = fs.steps() <= end;
        if log.fault().is_none() {
            removed.unwrap();
            let left = fs.crash(Crash::KeepAll);
            let (log, _) = open_with(&left, LogConfig::default(), OpenState::default());
            assert_eq!(bases(&log), [6], "step {step}");
        }
        if is_over {
            return assert!(step > 12, "{step}");
        }
    }
}

#[test]
fn segments_whose_removal_was_refused_go_with_the_next_one() {
    let fs = disk();
    segments(&fs, 4, LogConfig::default()).checkpoint().unwrap();
    let owner = PathBuf::from(DIR).join("partition.metadata");
    fs.replace(&owner, b"version: 0").unwrap();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    log.delete_records_before(Offset(6)).unwrap();
    let size = log.size();
    // Whose the directory is has to be synced, and cannot be opened.
    fs.limit_open_files(Some(0));
    assert!(log.apply_retention(at(0), Offset(8)).is_err());
    assert_eq!((bases(&log), log.size()), (vec![0, 2, 4, 6], size));
    fs.limit_open_files(None);
    assert!(log.fault().is_none());
    log.apply_retention(at(0), Offset(8)).unwrap();
    log.truncate_fully_and_start_at(at(0), Offset(20)).unwrap();
    let left = fs.crash(Crash::KeepAll);
    let (log, _) = open_with(&left, LogConfig::default(), OpenState::default());
    assert_eq!(bases(&log), [20]);
}

#[test]
fn a_log_is_kept_below_its_size() {
    let fs = disk();
    let one = i64::try_from(batch(&["a", "b"], 0).len()).unwrap();
    let config = LogConfig {
        retention_bytes: one * 2 + 1,
        retention_ms: -1,
        ..LogConfig::default()
    };
    let log = segments(&fs, 5, config);
    log.apply_retention(at(0), Offset(10)).unwrap();
    // Three are more than the limit, and two less: Kafka keeps what does not fit wholly beyond it.
    assert_eq!(bases(&log), [4, 6, 8]);
    log.update_config(LogConfig {
        delete: false,
        retention_bytes: 0,
        ..LogConfig::default()
    });
    assert!(log.apply_retention(at(0), Offset(10)).unwrap().is_empty());
}

#[test]
fn deleted_records_cannot_be_read_and_their_segments_go() {
    let fs = disk();
    let config = LogConfig {
        delete: false,
        ..LogConfig::default()
    };
    let log = segments(&fs, 4, config);
    assert_eq!(log.delete_records_before(Offset(5)).unwrap(), Offset(5));
    assert_eq!(log.delete_records_before(Offset(3)).unwrap(), Offset(5));
    assert_eq!(contents(&log).first().unwrap().0, 5);
    let removed = log.apply_retention(at(0), Offset(8)).unwrap();
    assert_eq!(removed, [Offset(0), Offset(2)]);
    assert_eq!(log.delete_records_before(Offset(99)).unwrap(), Offset(8));
}

#[test]
fn a_segment_is_closed_by_size_time_index_and_offset() {
    let open = |config| open_with(&disk(), config, OpenState::default()).0;
    let size = u64::try_from(batch(&["a"], 0).len()).unwrap();

    let log = open(LogConfig {
        segment_bytes: size * 2,
        ..LogConfig::default()
    });
    append_each(&log, 5);
    assert_eq!(bases(&log), [0, 2, 4], "size");

    let log = open(LogConfig {
        segment_ms: 100,
        ..LogConfig::default()
    });
    for timestamp in [50, 150, 151, 152] {
        try_append(&log, &batch(&["a"], timestamp), EPOCH).unwrap();
    }
    assert_eq!(bases(&log), [0, 2], "time of the records");
    assert!(!log.roll_if_old(at(251)).unwrap());
    assert!(log.roll_if_old(at(252)).unwrap());
    assert!(!log.roll_if_old(at(999)).unwrap(), "an empty one stays");

    let log = open(LogConfig {
        segment_index_bytes: 16,
        index_interval_bytes: 0,
        ..LogConfig::default()
    });
    append_each(&log, 6);
    assert_eq!(bases(&log), [0, 2, 4], "index");

    let log = open(LogConfig::default());
    append(&log, &["a"]);
    let far = i64::from(i32::MAX) + 2;
    let mut bytes = batch(&["far"], 0);
    bytes[..8].copy_from_slice(&far.to_be_bytes());
    bytes[12..16].copy_from_slice(&[0; 4]);
    log.append_as_follower(at(0), &bytes, EPOCH).unwrap();
    assert_eq!(bases(&log), [0, far], "offset");
    assert_eq!(
        contents(&log),
        [(0, "a".to_owned()), (far, "far".to_owned())]
    );
}

#[test]
fn the_end_is_cut_off_at_a_batch() {
    let fs = disk();
    let log = open_small(&fs);
    for epoch in 0..6 {
        try_append(&log, &batch(&["a", "b"], 0), LeaderEpoch(epoch)).unwrap();
    }
    assert_eq!(log.truncate_to(at(0), Offset(99)).unwrap(), Offset(12));
    assert_eq!(log.truncate_to(at(0), Offset(8)).unwrap(), Offset(8));
    assert_eq!(log.latest_epoch(), Some(LeaderEpoch(3)));
    assert_eq!(log.truncate_to(at(0), Offset(5)).unwrap(), Offset(4));
    assert_eq!(contents(&log).len(), 4);
    assert_eq!(
        log.durable_end_offset(),
        Offset(0).max(log.durable_end_offset())
    );
    let bytes = batch(&["c"], 0);
    assert_eq!(
        try_append(&log, &bytes, LeaderEpoch(9))
            .unwrap()
            .first_offset,
        Offset(4)
    );
    assert_eq!(
        log.end_offset_for_epoch(LeaderEpoch(5)),
        Some((LeaderEpoch(1), Offset(4)))
    );

    log.truncate_fully_and_start_at(at(0), Offset(50)).unwrap();
    assert_eq!(
        (log.log_start_offset(), log.log_end_offset()),
        (Offset(50), Offset(50))
    );
    assert_eq!(
        (log.size(), log.epochs().len(), log.producers().len()),
        (0, 0, 0)
    );
    assert_eq!(append(&log, &["d"]).first_offset, Offset(50));
}

fn append_each(log: &Log, count: usize) {
    for _ in 0..count {
        append(log, &["a"]);
    }
}

#[test]
fn producers_of_removed_segments_are_known_whatever_the_recovery_point() {
    let fs = disk();
    let log = open_with(&fs, LogConfig::default(), OpenState::default()).0;
    append(&log, &["a"]);
    let recovery_point = log.checkpoint().unwrap();
    let bytes = sequenced(7, 0, 0, &["b", "c"]);
    try_append(&log, &bytes, EPOCH).unwrap();
    log.roll(at(0)).unwrap();
    append(&log, &["d"]);
    log.flush().unwrap();
    log.delete_records_before(Offset(3)).unwrap();
    log.apply_retention(at(0), Offset(4)).unwrap();
    drop(log);
    let start = OpenState {
        recovery_point,
        ..OpenState::default()
    };
    let left = fs.crash(Crash::LoseUnsynced);
    let log = open_with(&left, LogConfig::default(), start).0;
    let known = log.producer(ProducerId(7)).expect("the producer");
    assert_eq!(
        (log.log_start_offset(), known.last_sequence()),
        (Offset(3), 1)
    );
}
