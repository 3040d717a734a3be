use super::*;
use crate::ReadError;

fn offsets(log: &Log, from: i64, max_bytes: usize, bound: i64, at_least_one: bool) -> Vec<i64> {
    let slice = log
        .read(Offset(from), max_bytes, Offset(bound), at_least_one)
        .unwrap();
    any_batches(&slice.data)
        .map(|batch| batch.unwrap().header().last_offset().0)
        .collect()
}

#[test]
fn what_was_appended_is_read_in_order() {
    let fs = disk();
    let log = open_small(&fs);
    let first = append(&log, &["a", "b"]);
    assert_eq!(
        (first.first_offset, first.last_offset),
        (Offset(0), Offset(1))
    );
    for round in 0..20 {
        append(&log, &[&format!("v{round}")]);
    }
    assert!(log.segment_count() > 3, "{:?}", log.segments());
    let expected: Vec<_> = [(0, "a".to_owned()), (1, "b".to_owned())]
        .into_iter()
        .chain((0..20).map(|round| (round + 2, format!("v{round}"))))
        .collect();
    assert_eq!(contents(&log), expected);
    assert_eq!(log.log_end_offset(), Offset(22));
}

#[test]
fn reads_are_bounded_by_bytes_and_by_the_upper_bound() {
    let fs = disk();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    for _ in 0..5 {
        append(&log, &["a", "b"]);
    }
    let size = batch(&["a", "b"], 0).len();
    assert_eq!(offsets(&log, 0, usize::MAX, 100, false), [1, 3, 5, 7, 9]);
    assert_eq!(offsets(&log, 3, usize::MAX, 100, false), [3, 5, 7, 9]);
    assert_eq!(offsets(&log, 3, usize::MAX, 8, false), [3, 5, 7]);
    assert_eq!(offsets(&log, 3, size * 2, 100, false), [3, 5]);
    assert_eq!(offsets(&log, 3, size - 1, 100, true), [3]);
    assert_eq!(offsets(&log, 3, size - 1, 100, false), [0; 0]);
    assert_eq!(offsets(&log, 3, 0, 100, false), [0; 0]);
    assert_eq!(offsets(&log, 8, usize::MAX, 8, true), [0; 0]);
    assert_eq!(offsets(&log, 10, usize::MAX, 100, true), [0; 0]);
}

#[test]
fn offsets_outside_the_log_are_refused_with_its_bounds() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a", "b"]);
    log.delete_records_before(Offset(1)).unwrap();
    for offset in [-1, 0, 3] {
        let error = log.read(Offset(offset), 100, Offset(9), true).unwrap_err();
        assert!(
            matches!(
                error,
                ReadError::OutOfRange {
                    start: Offset(1),
                    end: Offset(2)
                }
            ),
            "{error}"
        );
    }
}

#[test]
fn offsets_are_found_by_timestamp() {
    let fs = disk();
    let log = open_small(&fs);
    for (index, timestamp) in [10, 30, 20, 40, 35, 50, 45].into_iter().enumerate() {
        let bytes = batch(&[&format!("v{index}"), "x"], timestamp);
        try_append(&log, &bytes, LeaderEpoch(1)).unwrap();
    }
    let find = |timestamp| {
        log.offset_for_timestamp(timestamp)
            .unwrap()
            .map(|found| (found.offset.0, found.timestamp, found.leader_epoch.0))
    };
    assert_eq!(find(0), Some((0, 10, 1)));
    assert_eq!(find(10), Some((0, 10, 1)));
    assert_eq!(find(11), Some((2, 30, 1)));
    assert_eq!(find(31), Some((6, 40, 1)));
    assert_eq!(find(41), Some((10, 50, 1)));
    assert_eq!(find(51), None);
    let newest = log.max_timestamp_offset().unwrap().unwrap();
    assert_eq!((newest.offset, newest.timestamp), (Offset(10), 50));
    log.delete_records_before(Offset(5)).unwrap();
    assert_eq!(find(0), Some((5, 20, 1)));
}

#[test]
fn compressed_batches_are_stored_as_they_came() {
    let fs = disk();
    let log = open_small(&fs);
    let bytes = fill(
        BatchBuilder::new().compression(Compression::Lz4),
        &["a", "b"],
        7,
    );
    try_append(&log, &bytes, LeaderEpoch(3)).unwrap();
    let stored = file(&fs, "00000000000000000000.log");
    assert_eq!(stored[16..], bytes[16..]);
    assert_eq!(stored[12..16], [0, 0, 0, 3]);
    assert_eq!(
        log.offset_for_timestamp(7).unwrap().unwrap().offset,
        Offset(0)
    );
}

#[test]
fn the_log_sets_the_append_time_where_the_settings_say_so() {
    let fs = disk();
    let config = LogConfig {
        timestamp_type: ottla_records::TimestampType::LogAppendTime,
        ..LogConfig::default()
    };
    let (log, _) = open_with(&fs, config, OpenState::default());
    let bytes = batch(&["a"], 5);
    let appended = log
        .append_as_leader(at(99), &validated(&bytes), EPOCH)
        .unwrap();
    assert_eq!(appended.log_append_time, WallMs(99));
    let slice = log.read(Offset(0), 100, Offset(1), true).unwrap();
    let (stored, _) = BatchView::parse(&slice.data).unwrap();
    stored.check_crc().unwrap();
    assert_eq!(stored.max_timestamp(), 99);
}

#[test]
fn readers_never_see_what_was_cut_off() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["first"]);
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    check_every_batch(&log);
                }
            });
        }
        for round in 0..200 {
            for epoch in 0..4 {
                let value = format!("{round}");
                let bytes = batch(&[&value, &value], 0);
                try_append(&log, &bytes, LeaderEpoch(round * 4 + epoch)).unwrap();
            }
            log.truncate_to(at(0), Offset(1 + i64::from(round % 3) * 2))
                .unwrap();
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

fn check_every_batch(log: &Log) {
    let mut next = Offset(0);
    while let Ok(slice) = log.read(next, 100, Offset(i64::MAX), true) {
        if slice.data.is_empty() {
            break;
        }
        let (first, _) = BatchView::parse(&slice.data).unwrap();
        first.check_crc().unwrap();
        assert!(first.base_offset() <= next && next <= first.last_offset());
        next = first.next_offset();
    }
}
