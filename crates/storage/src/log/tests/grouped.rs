//! Batches that are appended together against batches that are appended one by one.

use std::io::ErrorKind;

use ottla_records::TimestampType;
use ottla_types::ErrorCode;
use proptest::prelude::*;

use super::*;
use crate::Verification;

/// What a producer sends.
#[derive(Clone, Debug)]
struct Sent {
    /// Id, epoch and sequence number of an idempotent producer.
    producer: Option<(i64, i16, i32)>,
    transactional: bool,
    values: usize,
    timestamp: i64,
}

impl Sent {
    fn bytes(&self, name: &str) -> Vec<u8> {
        let mut builder = BatchBuilder::new();
        if let Some((id, epoch, sequence)) = self.producer {
            builder = builder.producer(ProducerId(id), ProducerEpoch(epoch), sequence);
            if self.transactional {
                builder = builder.transactional();
            }
        }
        fill(builder, &vec![name; self.values], self.timestamp)
    }
}

fn sent() -> impl Strategy<Value = Sent> {
    let sequenced = (1..3_i64, 0..2_i16, 0..6_i32).prop_map(Some);
    (
        prop_oneof![1 => Just(None), 3 => sequenced],
        prop::bool::weighted(0.1),
        prop_oneof![4 => 1..3_usize, 1 => 20..30_usize],
        prop_oneof![4 => 0..9_i64, 1 => 90..99_i64],
    )
        .prop_map(|(producer, transactional, values, timestamp)| Sent {
            producer,
            transactional,
            values,
            timestamp,
        })
}

fn groups() -> impl Strategy<Value = Vec<Vec<Sent>>> {
    prop::collection::vec(prop::collection::vec(sent(), 0..12), 1..8)
}

fn configs() -> impl Strategy<Value = LogConfig> {
    (
        prop_oneof![Just(400_u64), Just(2_000), Just(1 << 20)],
        prop_oneof![Just(0_u64), Just(100), Just(300)],
        prop_oneof![Just(24_u64), Just(1 << 20)],
        prop_oneof![Just(50_i64), Just(i64::MAX)],
        any::<bool>(),
    )
        .prop_map(|(segment, interval, index, age, append_time)| LogConfig {
            segment_bytes: segment,
            index_interval_bytes: interval,
            segment_index_bytes: index,
            segment_ms: age,
            timestamp_type: if append_time {
                TimestampType::LogAppendTime
            } else {
                TimestampType::CreateTime
            },
            ..LogConfig::default()
        })
}

/// Appends a group; what came of each, with the error as a client sees it.
fn append_group(log: &Log, ms: i64, group: &[Vec<u8>]) -> Vec<Result<Appended, ErrorCode>> {
    let batches: Vec<_> = group.iter().map(|bytes| validated(bytes)).collect();
    let batches = batches.iter().map(|batch| (batch, Verification::Off));
    let outcomes = log.append_each_as_leader(at(ms), batches, EPOCH);
    outcomes
        .into_iter()
        .map(|outcome| outcome.map_err(|error| error.code()))
        .collect()
}

fn append_one_by_one(log: &Log, ms: i64, group: &[Vec<u8>]) -> Vec<Result<Appended, ErrorCode>> {
    let append = |bytes: &Vec<u8>| {
        log.append_as_leader(at(ms), &validated(bytes), EPOCH)
            .map_err(|error| error.code())
    };
    group.iter().map(append).collect()
}

fn encoded(round: usize, group: &[Sent]) -> Vec<Vec<u8>> {
    let name = |index| format!("{round}-{index}");
    let encode = |(index, sent): (usize, &Sent)| sent.bytes(&name(index));
    group.iter().enumerate().map(encode).collect()
}

/// All files and what they hold.
fn all_files(fs: &MemoryFileSystem) -> Vec<(String, Vec<u8>)> {
    names(fs)
        .into_iter()
        .map(|name| (name.clone(), file(fs, &name)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_group_leaves_what_its_batches_leave_one_by_one(config in configs(), groups in groups()) {
        let (together, apart) = (disk(), disk());
        let (grouped, _) = open_with(&together, config.clone(), OpenState::default());
        let (single, _) = open_with(&apart, config, OpenState::default());
        for ((round, group), ms) in groups.iter().enumerate().zip((0..).step_by(20)) {
            let group = encoded(round, group);
            prop_assert_eq!(
                append_group(&grouped, ms, &group),
                append_one_by_one(&single, ms, &group)
            );
            prop_assert_eq!(grouped.producers(), single.producers());
            prop_assert_eq!(grouped.segments(), single.segments());
            let end = single.log_end_offset();
            prop_assert_eq!(grouped.log_end_offset(), end);
            prop_assert_eq!(grouped.last_stable_offset(end), single.last_stable_offset(end));
        }
        grouped.close_clean().unwrap();
        single.close_clean().unwrap();
        prop_assert_eq!(all_files(&together), all_files(&apart));
    }

    #[test]
    fn what_a_faulty_disk_took_of_a_group_is_what_it_said(
        config in configs(),
        groups in groups(),
        step in 0..40_u64,
        no_space in any::<bool>(),
    ) {
        let fs = disk();
        let (log, _) = open_with(&fs, config, OpenState::default());
        let kind = if no_space { ErrorKind::StorageFull } else { ErrorKind::Other };
        if no_space {
            // A sync that fails is the end of the log, for whatever reason: none is left to be done.
            log.flush().unwrap();
        }
        fs.fail_at(fs.steps() + step, kind);
        let mut expected = Vec::new();
        for (round, group) in groups.iter().enumerate() {
            let bytes = encoded(round, group);
            let outcomes = append_group(&log, 0, &bytes);
            prop_assert_eq!(outcomes.len(), group.len());
            for ((index, sent), outcome) in group.iter().enumerate().zip(outcomes) {
                let Ok(appended) = outcome else { continue };
                let holds = expected.len().try_into().unwrap_or(i64::MAX);
                if appended.duplicate {
                    prop_assert!(appended.last_offset.0 < holds, "of what was not written");
                    continue;
                }
                prop_assert_eq!(appended.first_offset.0, holds);
                let name = format!("{round}-{index}");
                expected.extend((holds..).map(|at| (at, name.clone())).take(sent.values));
            }
        }
        if no_space {
            prop_assert!(log.fault().is_none());
            prop_assert_eq!(&contents(&log), &expected);
        }
        drop(log);
        // A write that failed otherwise may have reached the disk, as a whole or in part.
        let (log, _) = open_with(&fs, small(), OpenState::default());
        prop_assert!(contents(&log).starts_with(&expected));
    }
}

#[test]
fn a_group_is_written_in_one_step() {
    let fs = disk();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    append(&log, &["first"]);
    let group: Vec<_> = (0..32)
        .map(|sequence| sequenced(7, 0, sequence, &["v"]))
        .collect();
    let before = fs.steps();
    let outcomes = append_group(&log, 0, &group);
    assert_eq!(fs.steps() - before, 1);
    let offsets: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| outcome.unwrap().first_offset.0)
        .collect();
    assert_eq!(offsets, (1..33).collect::<Vec<_>>());
}

#[test]
fn a_failed_write_fails_each_batch_in_it_and_no_other() {
    let fs = disk();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    append(&log, &["first"]);
    // The third begins a second write: it repeats the first, and that was not written.
    let group = [
        sequenced(7, 0, 0, &["a"]),
        sequenced(7, 0, 1, &["b"]),
        sequenced(7, 0, 0, &["a"]),
        sequenced(7, 0, 9, &["out of order"]),
    ];
    fs.fail_at(fs.steps(), ErrorKind::StorageFull);
    let outcomes = append_group(&log, 0, &group);
    let failed = Err(ErrorCode::KAFKA_STORAGE_ERROR);
    assert_eq!(outcomes[..2], [failed, failed]);
    let third = outcomes[2].unwrap();
    assert_eq!((third.first_offset, third.duplicate), (Offset(1), false));
    assert_eq!(outcomes[3], Err(ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER));
    assert_eq!(
        contents(&log),
        [(0, "first".to_owned()), (1, "a".to_owned())]
    );
}
