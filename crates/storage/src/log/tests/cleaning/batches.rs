//! Producers, transactions, compression, timestamps.

use ottla_records::{AnyHeader, BatchHeader, TimestampType};

use super::*;

fn idempotent(id: i64, sequence: i32) -> BatchBuilder {
    BatchBuilder::new().producer(ProducerId(id), ProducerEpoch(0), sequence)
}

fn append_keyed(log: &Log, builder: BatchBuilder, records: &[(&str, Option<&str>)]) {
    try_append(log, &keyed(builder, records), EPOCH).unwrap();
}

fn in_transaction(log: &Log, id: i64, sequence: i32, records: &[(&str, Option<&str>)]) {
    append_keyed(log, idempotent(id, sequence).transactional(), records);
}

/// Headers of all batches, and how many records each holds.
fn headers(log: &Log) -> Vec<(BatchHeader, usize)> {
    let batches = all_batches(log).into_iter();
    batches
        .filter_map(|(header, records)| match header {
            AnyHeader::V2(header) => Some((header, records.len())),
            AnyHeader::Legacy(_) => None,
        })
        .collect()
}

/// Base offset, last offset and records of all batches.
fn shapes(log: &Log) -> Vec<(i64, i64, usize)> {
    let headers = headers(log).into_iter();
    headers
        .map(|(header, records)| (header.base_offset().0, header.last_offset().0, records))
        .collect()
}

/// What only the files of batches say.
fn from_batches_alone(fs: &MemoryFileSystem) -> Log {
    let bare = fs.fork();
    for name in names(&bare) {
        if !name.ends_with(".log") {
            bare.remove_file(&PathBuf::from(DIR).join(name)).unwrap();
        }
    }
    open_compacted(&bare)
}

#[test]
fn the_last_batch_of_a_producer_stays_without_records() {
    let fs = disk();
    let log = open_compacted(&fs);
    append_keyed(&log, idempotent(1, 0), &[("a", Some("1"))]);
    append_keyed(
        &log,
        idempotent(1, 1),
        &[("a", Some("2")), ("b", Some("1"))],
    );
    append_keyed(&log, idempotent(2, 0), &[("a", Some("3"))]);
    put(&log, &[("a", Some("4")), ("b", Some("2"))]);
    roll(&log);
    clean(&log, 0, 0);
    assert_eq!(shapes(&log), [(1, 2, 0), (3, 3, 0), (4, 5, 2)]);
    let (empty, _) = headers(&log)[0];
    assert_eq!(empty.size_in_bytes(), 61);
    assert_eq!((empty.base_sequence(), empty.last_sequence()), (1, 2));
    assert_eq!((empty.base_timestamp(), empty.max_timestamp()), (-1, 0));
    let again = from_batches_alone(&fs);
    for id in [1, 2] {
        let state = |log: &Log| {
            let state = log.producer(ProducerId(id)).unwrap();
            (state.epoch, state.last_sequence())
        };
        assert_eq!(state(&again), state(&log));
    }
    // Once it wrote something else, the empty batch goes.
    append_keyed(&log, idempotent(1, 3), &[("c", Some("1"))]);
    roll(&log);
    clean(&log, 0, 6);
    assert_eq!(shapes(&log), [(3, 3, 0), (4, 5, 2), (6, 6, 1)]);
}

#[test]
fn a_segment_ends_where_the_next_begins() {
    let log = open_compacted(&disk());
    put(&log, &[("a", Some("1"))]);
    roll(&log);
    put(&log, &[("a", Some("2"))]);
    roll(&log);
    put(&log, &[("a", Some("3"))]);
    log.update_config(LogConfig {
        segment_bytes: 1,
        ..compacted()
    });
    clean(&log, 0, 0);
    let bases: Vec<_> = log.segments().iter().map(|(base, _)| base.0).collect();
    assert_eq!(bases, [0, 1, 2]);
    assert_eq!(shapes(&log), [(0, 0, 0), (1, 1, 1), (2, 2, 1)]);
    // In one segment, only the last of the two is needed.
    log.update_config(compacted());
    roll(&log);
    clean(&log, 0, 2);
    assert_eq!(shapes(&log), [(2, 2, 1)]);
    assert_eq!(log.segments().len(), 2);
}

#[test]
fn aborted_records_go_and_their_marker_after_them() {
    let fs = disk();
    let log = open_compacted(&fs);
    put(&log, &[("a", Some("0"))]);
    in_transaction(&log, 1, 0, &[("a", Some("1"))]);
    in_transaction(&log, 2, 0, &[("b", Some("1"))]);
    end_transaction(&log, 1, 0, false).unwrap();
    end_transaction(&log, 2, 0, true).unwrap();
    in_transaction(&log, 1, 1, &[("c", Some("1"))]);
    end_transaction(&log, 1, 0, true).unwrap();
    roll(&log);
    let aborted = |log: &Log| {
        log.aborted_transactions(Offset(0), Offset(100))
            .unwrap()
            .len()
    };
    assert_eq!(aborted(&log), 1);
    assert_eq!(clean(&log, 1000, 0), 7);
    // The aborted value hides nothing.
    assert_eq!(texts(&log), ["0 a=0", "2 b=1", "5 c=1"]);
    // The batch was there in this clean: its marker and index entry stay.
    let bases = |log: &Log| shapes(log).iter().map(|shape| shape.0).collect::<Vec<_>>();
    assert_eq!(bases(&log), [0, 2, 3, 4, 5, 6]);
    assert_eq!(aborted(&log), 1);

    put(&log, &[("x", Some("1"))]);
    roll(&log);
    clean(&log, 2000, 7);
    // Now the marker has no batch: it gets its time.
    assert_eq!(bases(&log), [0, 2, 3, 4, 5, 6, 7]);
    assert_eq!(
        headers(&log)[2].0.delete_horizon_ms(),
        Some(2000 + RETENTION_MS)
    );
    assert_eq!(aborted(&log), 0);
    clean(&log, 2000 + RETENTION_MS - 1, 0);
    assert_eq!(bases(&log), [0, 2, 3, 4, 5, 6, 7]);
    clean(&log, 2000 + RETENTION_MS, 0);
    assert_eq!(bases(&log), [0, 2, 4, 5, 6, 7]);
    let again = from_batches_alone(&fs);
    assert_eq!(again.last_stable_offset(Offset(8)), Offset(8));
    assert_eq!(aborted(&again), 0);
}

#[test]
fn a_marker_stays_as_long_as_an_empty_batch_of_its_transaction() {
    let fs = disk();
    let log = open_compacted(&fs);
    in_transaction(&log, 1, 0, &[("a", Some("1"))]);
    end_transaction(&log, 1, 0, false).unwrap();
    in_transaction(&log, 2, 0, &[("a", Some("2"))]);
    end_transaction(&log, 2, 0, true).unwrap();
    put(&log, &[("a", Some("3"))]);
    roll(&log);
    for now in [0, 1000, 2000, 3000] {
        clean(&log, now, 0);
        let expected = [(0, 0, 0), (1, 1, 1), (2, 2, 0), (3, 3, 1), (4, 4, 1)];
        assert_eq!(shapes(&log), expected, "{now}");
        let aborted = log.aborted_transactions(Offset(0), Offset(5)).unwrap();
        assert_eq!(aborted.len(), 1);
        assert!(from_batches_alone(&fs).producer(ProducerId(1)).is_some());
    }
    // Both producers go on, and the old batches are not needed any more.
    in_transaction(&log, 1, 1, &[("b", Some("1"))]);
    end_transaction(&log, 1, 0, true).unwrap();
    in_transaction(&log, 2, 1, &[("c", Some("1"))]);
    end_transaction(&log, 2, 0, true).unwrap();
    roll(&log);
    for now in [4000, 5000, 6000] {
        clean(&log, now, 0);
    }
    assert_eq!(
        shapes(&log),
        [(4, 4, 1), (5, 5, 1), (6, 6, 1), (7, 7, 1), (8, 8, 1)]
    );
}

#[test]
fn an_aborted_transaction_that_reaches_past_what_is_cleaned_stays_aborted() {
    let log = open_compacted(&disk());
    in_transaction(&log, 1, 0, &[("a", Some("1"))]);
    put(&log, &[("b", Some("1"))]);
    put(&log, &[("c", Some("1"))]);
    put(&log, &[("d", Some("1"))]);
    in_transaction(&log, 1, 1, &[("e", Some("1"))]);
    end_transaction(&log, 1, 0, false).unwrap();
    roll(&log);
    // The map holds two keys: the rest of the segment is copied.
    let cleaned = try_clean(&log, 0, 0, 2).unwrap();
    assert!(cleaned.map_full);
    assert_eq!(texts(&log), ["1 b=1", "2 c=1", "3 d=1"]);
    let aborted = log.aborted_transactions(Offset(0), Offset(6)).unwrap();
    assert_eq!(aborted.len(), 1);
    clean(&log, 0, cleaned.end.0);
    assert_eq!(texts(&log), ["1 b=1", "2 c=1", "3 d=1"]);
}

#[test]
fn rewritten_batches_keep_their_codec_and_times() {
    for codec in Compression::ALL {
        for append_time in [None, Some(77)] {
            let log = open_with(
                &disk(),
                LogConfig {
                    segment_bytes: 100_000,
                    ..compacted()
                },
                OpenState::default(),
            )
            .0;
            let mut builder = BatchBuilder::new().compression(codec);
            if let Some(time) = append_time {
                builder = builder.log_append_time(time);
            }
            for (key, timestamp) in [("a", 30), ("b", 10), ("c", 20)] {
                builder.append(&RecordDraft {
                    timestamp,
                    key: Some(key.as_bytes()),
                    value: Some(b"value value value value value"),
                    headers: &[ottla_records::Header {
                        key: b"h",
                        value: None,
                    }],
                });
            }
            let mut bytes = builder.build().unwrap();
            let header = bytes.first_chunk_mut().unwrap();
            ottla_records::stamp(header, Offset(0), LeaderEpoch(3));
            log.append_as_follower(at(0), &bytes, LeaderEpoch(3))
                .unwrap();
            try_append(
                &log,
                &keyed(BatchBuilder::new(), &[("a", Some("2"))]),
                LeaderEpoch(4),
            )
            .unwrap();
            roll(&log);
            clean(&log, 0, 0);
            let slice = log.read(Offset(0), 1, Offset(4), true).unwrap();
            let (batch, _) = BatchView::parse(&slice.data).unwrap();
            assert_eq!(batch.compression(), Ok(codec));
            assert_eq!(
                (batch.base_offset(), batch.last_offset()),
                (Offset(0), Offset(2))
            );
            assert_eq!(
                (batch.records_count(), batch.partition_leader_epoch()),
                (2, LeaderEpoch(3))
            );
            let mut decompressor = Decompressor::new();
            let records: Vec<_> = batch
                .records(&mut decompressor)
                .unwrap()
                .map(|record| {
                    let record = record.unwrap();
                    assert_eq!(record.headers.count_left(), 1);
                    (record.offset.0, record.timestamp)
                })
                .collect();
            let time = |timestamp| append_time.unwrap_or(timestamp);
            assert_eq!(records, [(1, time(10)), (2, time(20))]);
            assert_eq!(batch.max_timestamp(), time(20));
            let is_append_time = batch.timestamp_type() == TimestampType::LogAppendTime;
            assert_eq!(is_append_time, append_time.is_some());
            assert_eq!(
                log.epochs(),
                [(LeaderEpoch(3), Offset(0)), (LeaderEpoch(4), Offset(3))]
            );
        }
    }
}

#[test]
fn indexes_of_a_cleaned_segment_are_what_a_scan_gives() {
    let fs = disk();
    let config = LogConfig {
        segment_bytes: 10_000,
        ..compacted()
    };
    let log = open_with(&fs, config, OpenState::default()).0;
    for round in 0..6 {
        for key in 0..5 {
            let key = format!("key-{key}");
            let builder = BatchBuilder::new();
            let bytes = keyed_at(builder, &[(&key, Some("value"))], 100 - round * 7);
            try_append(&log, &bytes, EPOCH).unwrap();
        }
    }
    in_transaction(&log, 1, 0, &[("x", Some("1"))]);
    end_transaction(&log, 1, 0, false).unwrap();
    roll(&log);
    clean(&log, 0, 0);
    let base = log.segments()[0].0.0;
    let indexes = |fs: &MemoryFileSystem| {
        ["index", "timeindex", "txnindex"].map(|kind| file(fs, &format!("{base:020}.{kind}")))
    };
    let cleaned = indexes(&fs);
    assert!(cleaned.iter().all(|index| !index.is_empty()));
    let bare = fs.fork();
    for kind in ["index", "timeindex", "txnindex"] {
        let path = PathBuf::from(DIR).join(format!("{base:020}.{kind}"));
        bare.remove_file(&path).unwrap();
    }
    for name in names(&bare) {
        if name.ends_with(".snapshot") {
            bare.remove_file(&PathBuf::from(DIR).join(name)).unwrap();
        }
    }
    open_compacted(&bare).close_clean().unwrap();
    assert_eq!(indexes(&bare), cleaned);
}
