use super::*;
use crate::{FirstBatch, Verification};

fn open_large(fs: &MemoryFileSystem) -> Log {
    open_with(fs, LogConfig::default(), OpenState::default()).0
}

fn produce(log: &Log, epoch: i16, sequence: i32, count: usize) -> Result<Appended, AppendError> {
    let values = vec!["v"; count];
    try_append(log, &sequenced(1, epoch, sequence, &values), EPOCH)
}

fn out_of_order(result: Result<Appended, AppendError>) -> (i32, i32) {
    match result {
        Err(AppendError::OutOfOrderSequence { sequence, last, .. }) => (sequence, last),
        other => panic!("{other:?}"),
    }
}

#[test]
fn sequence_numbers_must_follow_each_other() {
    let fs = disk();
    let log = open_large(&fs);
    // Of an unknown producer any number is taken.
    produce(&log, 0, 7, 3).unwrap();
    produce(&log, 0, 10, 1).unwrap();
    assert_eq!(out_of_order(produce(&log, 0, 12, 1)), (12, 10));
    assert_eq!(out_of_order(produce(&log, 0, 10, 2)), (10, 10));
    assert_eq!(out_of_order(produce(&log, 1, 1, 1)), (1, 10));
    produce(&log, 1, 0, 1).unwrap();
    assert!(matches!(
        produce(&log, 0, 11, 1),
        Err(AppendError::InvalidProducerEpoch { .. })
    ));
    assert_eq!(log.log_end_offset(), Offset(5));
    let state = log.producer(ProducerId(1)).unwrap();
    assert_eq!((state.epoch, state.last_sequence()), (ProducerEpoch(1), 0));
}

#[test]
fn sequence_numbers_wrap() {
    let fs = disk();
    let log = open_large(&fs);
    produce(&log, 0, i32::MAX - 1, 2).unwrap();
    produce(&log, 0, 0, 1).unwrap();
    let around = produce(&log, 0, 1, 1).unwrap();
    assert_eq!(around.first_offset, Offset(3));
    let again = produce(&log, 0, i32::MAX - 1, 2).unwrap();
    assert!(again.duplicate);

    let log = open_with(&disk(), LogConfig::default(), OpenState::default()).0;
    produce(&log, 0, i32::MAX, 3).unwrap();
    assert!(produce(&log, 0, i32::MAX, 3).unwrap().duplicate);
    produce(&log, 0, 2, 1).unwrap();
}

#[test]
fn the_last_five_batches_are_recognised_when_sent_again() {
    let fs = disk();
    let log = open_large(&fs);
    for sequence in 0..7 {
        produce(&log, 0, sequence * 2, 2).unwrap();
    }
    for sequence in 2..7 {
        let again = produce(&log, 0, sequence * 2, 2).unwrap();
        let first = Offset(i64::from(sequence) * 2);
        assert!(again.duplicate);
        assert_eq!(
            (again.first_offset, again.last_offset),
            (first, first.next())
        );
    }
    assert_eq!(out_of_order(produce(&log, 0, 2, 2)), (2, 13));
    assert_eq!(log.log_end_offset(), Offset(14));
    let end = log.close_clean().unwrap();
    let start = OpenState {
        clean: true,
        recovery_point: end,
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, LogConfig::default(), start);
    assert!(produce(&log, 0, 12, 2).unwrap().duplicate, "one survives");
    assert_eq!(out_of_order(produce(&log, 0, 10, 2)), (10, 13));
}

#[test]
fn a_refused_batch_changes_nothing() {
    let fs = disk();
    let log = open_large(&fs);
    produce(&log, 0, 0, 1).unwrap();
    let before = log.producers();
    let bad = sequenced(1, 0, 5, &["v"]);
    assert!(try_append(&log, &bad, EPOCH).is_err());
    assert_eq!(log.producers(), before);
    assert_eq!(log.log_end_offset(), Offset(1));
}

#[test]
fn the_last_stable_offset_waits_for_open_and_unreplicated_transactions() {
    let fs = disk();
    let log = open_large(&fs);
    let stable = |high_watermark| log.last_stable_offset(Offset(high_watermark)).0;
    append(&log, &["a"]);
    assert_eq!(stable(1), 1);
    try_append(&log, &transactional(1, 0, 0, &["b", "c"]), EPOCH).unwrap();
    try_append(&log, &transactional(2, 0, 0, &["d"]), EPOCH).unwrap();
    assert_eq!((stable(1), stable(4)), (1, 1));
    end_transaction(&log, 1, 0, false).unwrap();
    assert_eq!(stable(4), 1, "the marker is not replicated");
    assert_eq!(stable(5), 3, "the other one is open");
    end_transaction(&log, 2, 0, true).unwrap();
    assert_eq!((stable(5), stable(6)), (3, 6));
    append(&log, &["e"]);
    assert_eq!(stable(7), 7);
}

#[test]
fn the_last_stable_offset_is_in_the_log_when_a_transaction_is_deleted_while_it_is_open() {
    let fs = disk();
    let log = open_large(&fs);
    try_append(&log, &transactional(1, 0, 0, &["a", "b"]), EPOCH).unwrap();
    append(&log, &["c", "d"]);
    log.delete_records_before(Offset(3)).unwrap();
    assert_eq!(log.last_stable_offset(Offset(4)), Offset(3));
    end_transaction(&log, 1, 0, false).unwrap();
    assert_eq!(log.last_stable_offset(Offset(5)), Offset(5));
}

#[test]
fn what_is_known_of_producers_outlives_their_batches_and_an_old_recovery_point() {
    let fs = disk();
    let config = || LogConfig {
        retention_ms: 100,
        ..LogConfig::default()
    };
    let log = open_with(&fs, config(), OpenState::default()).0;
    try_append(&log, &transactional(1, 0, 0, &["a"]), EPOCH).unwrap();
    log.roll(at(0)).unwrap();
    append(&log, &["b"]);
    let known = log.producers();
    let removed = log.apply_retention(at(500), Offset(1)).unwrap();
    assert_eq!(removed, [Offset(0)]);
    drop(log);
    let (log, _) = open_with(&fs, config(), OpenState::default());
    assert_eq!(log.producers(), known);
    assert_eq!(log.last_stable_offset(Offset(2)), Offset(1));
}

#[test]
fn aborted_transactions_are_found_and_kept() {
    let fs = disk();
    let log = open_large(&fs);
    try_append(&log, &transactional(1, 0, 0, &["a", "b"]), EPOCH).unwrap();
    try_append(&log, &transactional(2, 0, 0, &["c"]), EPOCH).unwrap();
    end_transaction(&log, 1, 0, false).unwrap();
    end_transaction(&log, 2, 0, true).unwrap();
    try_append(&log, &transactional(1, 0, 2, &["d"]), EPOCH).unwrap();
    end_transaction(&log, 1, 0, false).unwrap();
    let find = |log: &Log, start, end| -> Vec<(i64, i64)> {
        let found = log
            .aborted_transactions(Offset(start), Offset(end))
            .unwrap();
        let pair = |txn: super::super::AbortedTransaction| (txn.producer_id.0, txn.first_offset.0);
        found.into_iter().map(pair).collect()
    };
    assert_eq!(find(&log, 0, 7), [(1, 0), (1, 5)]);
    assert_eq!(find(&log, 0, 2), [(1, 0)]);
    assert_eq!(find(&log, 4, 7), [(1, 5)]);
    assert_eq!(find(&log, 0, 0), []);
    let end = log.close_clean().unwrap();
    let index = file(&fs, "00000000000000000000.txnindex");
    let mut expected = vec![0, 0];
    // Producer, first offset, marker, and the stable offset: producer 2 was open from offset 2.
    [1i64, 0, 3, 2]
        .iter()
        .for_each(|n| expected.extend(n.to_be_bytes()));
    expected.extend([0, 0]);
    [1i64, 5, 6, 7]
        .iter()
        .for_each(|n| expected.extend(n.to_be_bytes()));
    assert_eq!(index, expected);
    for clean in [true, false] {
        let start = OpenState {
            clean,
            recovery_point: end,
            ..OpenState::default()
        };
        let (log, _) = open_with(&fs.fork(), LogConfig::default(), start);
        assert_eq!(find(&log, 0, 7), [(1, 0), (1, 5)], "clean={clean}");
    }
}

#[test]
fn coordinators_are_fenced_by_epoch() {
    let fs = disk();
    let log = open_large(&fs);
    try_append(&log, &transactional(1, 3, 0, &["a"]), EPOCH).unwrap();
    let outside = sequenced(1, 3, 1, &["b"]);
    assert!(matches!(
        try_append(&log, &outside, EPOCH),
        Err(AppendError::InvalidTxnState(ProducerId(1)))
    ));
    assert!(matches!(
        end_transaction(&log, 1, 2, true),
        Err(AppendError::InvalidProducerEpoch { .. })
    ));
    end_transaction(&log, 1, 4, true).unwrap();
    let old = EndTxnMarker {
        committed: true,
        coordinator_epoch: 0,
    };
    let bytes = old.batch(ProducerId(1), ProducerEpoch(4), 0).unwrap();
    assert!(matches!(
        log.append_control(at(0), &bytes, EPOCH),
        Err(AppendError::TransactionCoordinatorFenced {
            epoch: 0,
            current: 1
        })
    ));
    // A marker with a newer epoch ends the sequence of the old one.
    assert_eq!(log.producer(ProducerId(1)).unwrap().last_sequence(), -1);
    try_append(&log, &transactional(1, 4, 0, &["c"]), EPOCH).unwrap();
}

#[test]
fn idle_producers_are_forgotten_unless_a_transaction_is_open() {
    let fs = disk();
    let log = open_large(&fs);
    produce(&log, 0, 0, 1).unwrap();
    try_append(&log, &transactional(2, 0, 0, &["a"]), EPOCH).unwrap();
    let day = log.config().producer_id_expiration_ms;
    assert_eq!(log.expire_producers(at(day - 1)), 0);
    assert_eq!(log.expire_producers(at(day)), 1);
    assert_eq!(log.producers().len(), 1);
    produce(&log, 0, 99, 1).unwrap();
}

#[test]
fn a_follower_takes_what_its_leader_has_and_checks_no_sequence() {
    let (one, other) = (disk(), disk());
    let leader = open_large(&one);
    produce(&leader, 0, 0, 2).unwrap();
    try_append(&leader, &transactional(2, 0, 0, &["a"]), LeaderEpoch(4)).unwrap();
    end_transaction(&leader, 2, 0, false).unwrap_or_else(|error| panic!("{error}"));
    let slice = leader.read(Offset(0), 10_000, Offset(9), true).unwrap();
    let follower = open_large(&other);
    let mut bytes = slice.data.to_vec();
    bytes.extend_from_slice(&slice.data[..30]);
    follower
        .append_as_follower(at(0), &bytes, LeaderEpoch(4))
        .unwrap();
    assert_eq!(follower.producers(), leader.producers());
    assert_eq!(follower.epochs(), leader.epochs());
    assert_eq!(
        file(&other, "00000000000000000000.log"),
        file(&one, "00000000000000000000.log")
    );
    let again = follower.append_as_follower(at(0), &bytes, LeaderEpoch(4));
    assert!(matches!(again, Err(AppendError::OffsetsOutOfOrder { .. })));

    let late = open_large(&disk());
    let appended = late
        .append_as_follower(at(0), &bytes, LeaderEpoch(3))
        .unwrap();
    assert_eq!(appended.last_offset, Offset(1), "a later epoch is left out");
    bytes[70] ^= 1;
    assert!(matches!(
        open_large(&disk()).append_as_follower(at(0), &bytes, LeaderEpoch(4)),
        Err(AppendError::Corrupt(_))
    ));
}

#[test]
fn a_transaction_begins_only_if_it_was_confirmed_and_has_not_ended_since() {
    let fs = disk();
    let log = open_large(&fs);
    let first = |sequence| FirstBatch {
        producer_id: ProducerId(1),
        epoch: ProducerEpoch(0),
        sequence,
        supports_epoch_bump: true,
    };
    let append = |sequence, guard| {
        let bytes = transactional(1, 0, sequence, &["v"]);
        let batch = validated(&bytes);
        log.append_as_leader_verified(at(0), &batch, EPOCH, Verification::Required(guard))
    };
    let is_unverified = |result: Result<Appended, AppendError>| {
        matches!(
            result,
            Err(AppendError::UnverifiedTransaction(ProducerId(1)))
        )
    };
    assert!(is_unverified(append(0, None)));
    let guard = log.start_verification(at(0), &first(0));
    assert_eq!(out_of_order(append(3, guard)), (3, -1));
    append(0, guard).unwrap();
    assert_eq!(log.start_verification(at(0), &first(1)), None, "it is open");
    append(1, None).unwrap();
    end_transaction(&log, 1, 0, true).unwrap();
    assert!(is_unverified(append(2, guard)));

    let guard = log.start_verification(at(0), &first(2));
    assert_eq!(
        log.start_verification(at(0), &first(3)),
        guard,
        "one for all that wait"
    );
    end_transaction(&log, 1, 0, false).unwrap();
    assert!(is_unverified(append(2, guard)), "the marker came first");
    let again = log.start_verification(at(0), &first(2));
    assert_ne!(again, guard);
    append(2, again).unwrap();
}

#[test]
fn an_aborted_transaction_goes_with_the_batches_that_a_power_cut_took() {
    let fs = disk();
    let log = open_large(&fs);
    let first = transactional(1, 0, 0, &["a", "b"]);
    try_append(&log, &first, EPOCH).unwrap();
    end_transaction(&log, 1, 0, false).unwrap();
    append(&log, &["c"]);
    let recovery_point = log.checkpoint().unwrap();
    let all = |log: &Log| log.aborted_transactions(Offset(0), Offset(100)).unwrap();
    assert_eq!(all(&log).len(), 1);
    drop(log);
    // As in the middle of a cut to the first batch: index and snapshot are as they were.
    let path = PathBuf::from(DIR).join("00000000000000000000.log");
    let file = fs.open(&path, crate::fs::Access::Write).unwrap();
    file.set_len(u64::try_from(first.len()).unwrap()).unwrap();
    drop(file);
    let start = OpenState {
        recovery_point,
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, LogConfig::default(), start);
    assert_eq!(log.log_end_offset(), Offset(2));
    assert_eq!(all(&log), []);
}

#[test]
fn a_reader_learns_of_the_aborted_transactions_in_what_it_read() {
    let fs = disk();
    let log = open_small(&fs);
    for round in 0..8 {
        try_append(&log, &transactional(1, 0, round, &["a"]), EPOCH).unwrap();
        append(&log, &["b"]);
        end_transaction(&log, 1, 0, round % 2 == 0).unwrap();
        append(&log, &["c"]);
    }
    assert!(log.segment_count() > 2);
    log.flush().unwrap();
    let end = log.log_end_offset();
    let mut offset = Offset(0);
    while offset < end {
        for max_bytes in [1, 200, 1000] {
            let data = log.read(offset, max_bytes, end, true).unwrap().data;
            let size = u64::try_from(data.len()).unwrap();
            let last = any_batches(&data).last().unwrap().unwrap();
            let next = last.header().last_offset().next();
            let found = log.aborted_transactions_read(offset, size).unwrap();
            let needed = log.aborted_transactions(offset, next).unwrap();
            assert!(found.starts_with(&needed), "{found:?} {needed:?}");
            assert!(found.len() <= needed.len() + 2, "{found:?} {needed:?}");
        }
        offset = offset.next();
    }
    assert_eq!(log.aborted_transactions_read(Offset(0), 0).unwrap(), []);
}
