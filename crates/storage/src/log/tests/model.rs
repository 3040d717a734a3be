//! A log against a list of records.

use proptest::prelude::*;

use super::*;
use crate::fs::Crash;

#[derive(Clone, Debug)]
enum Step {
    Append { values: u8, timestamp: u8 },
    Epoch,
    Flush,
    Checkpoint,
    Roll,
    Truncate(u8),
    DeleteBefore(u8),
    Retain,
    ReopenClean,
    ReopenDirty,
    PowerCut(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..4u8, any::<u8>()).prop_map(|(values, timestamp)| Step::Append { values, timestamp }),
        1 => Just(Step::Epoch),
        2 => Just(Step::Flush),
        1 => Just(Step::Checkpoint),
        1 => Just(Step::Roll),
        1 => any::<u8>().prop_map(Step::Truncate),
        1 => any::<u8>().prop_map(Step::DeleteBefore),
        1 => Just(Step::Retain),
        1 => Just(Step::ReopenClean),
        1 => Just(Step::ReopenDirty),
        1 => any::<u64>().prop_map(Step::PowerCut),
    ]
}

#[derive(Clone, Debug, PartialEq)]
struct Record {
    offset: i64,
    value: String,
    timestamp: i64,
    epoch: i32,
    batch: i64,
}

struct World {
    fs: MemoryFileSystem,
    log: Option<Log>,
    records: Vec<Record>,
    start: i64,
    epoch: i32,
    recovery_point: i64,
    batches: i64,
}

impl World {
    fn log(&self) -> &Log {
        self.log.as_ref().unwrap()
    }

    fn apply(&mut self, step: &Step) {
        let end = self.log().log_end_offset().0;
        match *step {
            Step::Append { values, timestamp } => self.append(values, timestamp.into()),
            Step::Epoch => self.epoch += 1,
            Step::Flush => {
                assert_eq!(self.log().flush().unwrap().0, end);
                self.recovery_point = end;
            }
            Step::Checkpoint => {
                self.log().checkpoint().unwrap();
                self.recovery_point = self.log().durable_end_offset().0;
            }
            Step::Roll => self.log().roll(at(0)).unwrap(),
            Step::Truncate(part) => {
                let to = self.start + (end - self.start) * i64::from(part) / 256;
                let end = self.log().truncate_to(at(0), Offset(to)).unwrap().0;
                self.recovery_point = self.recovery_point.min(end);
                let gone = self.records.iter().find(|record| record.offset >= to);
                let batch = gone.map_or(i64::MAX, |record| record.batch);
                let first = self.records.iter().find(|record| record.batch == batch);
                assert_eq!(end, first.map_or(to, |first| first.offset));
                self.records.retain(|record| record.batch < batch);
                self.start = self.start.min(end);
            }
            Step::DeleteBefore(part) => {
                let before = self.start + (end - self.start) * i64::from(part) / 512;
                self.start = self.log().delete_records_before(Offset(before)).unwrap().0;
            }
            Step::Retain => drop(self.log().apply_retention(at(0), Offset(end)).unwrap()),
            Step::ReopenClean => {
                self.recovery_point = self.log().close_clean(at(0)).unwrap().0;
                let recovered = self.reopen(true);
                assert_eq!(recovered.bytes_read, 0);
            }
            Step::ReopenDirty => {
                self.reopen(false);
            }
            Step::PowerCut(seed) => {
                let durable = self.log().durable_end_offset().0;
                self.fs = self.fs.crash(Crash::Mixed(seed));
                self.reopen(false);
                let end = self.log().log_end_offset().0;
                assert!(end >= durable, "{end} < {durable}");
                self.records.retain(|record| record.offset < end);
            }
        }
    }

    fn append(&mut self, values: u8, timestamp: i64) {
        let end = self.log().log_end_offset().0;
        let values: Vec<_> = (0..values).map(|n| format!("{end}-{n}")).collect();
        let texts: Vec<_> = values.iter().map(String::as_str).collect();
        let appended = try_append(
            self.log(),
            &batch(&texts, timestamp),
            LeaderEpoch(self.epoch),
        );
        assert_eq!(appended.unwrap().first_offset, Offset(end));
        self.batches += 1;
        for (value, offset) in values.into_iter().zip(end..) {
            self.records.push(Record {
                offset,
                value,
                timestamp,
                epoch: self.epoch,
                batch: self.batches,
            });
        }
    }

    fn reopen(&mut self, clean: bool) -> Recovered {
        self.log = None;
        let start = OpenState {
            clean,
            recovery_point: Offset(self.recovery_point),
            log_start_offset: Offset(self.start),
            ..OpenState::default()
        };
        let (log, recovered) = open_with(&self.fs, small(), start);
        self.log = Some(log);
        recovered
    }

    /// Slices begin with the batch that holds the offset, and end before the bound.
    fn check_bounds(&self) {
        let end = self.log().log_end_offset().0;
        for offset in (self.start..end).step_by(3) {
            for bound in [offset + 1, (offset + end) / 2 + 1, end] {
                let (from, bound) = (Offset(offset), Offset(bound));
                let slice = self.log().read(from, usize::MAX, bound, true).unwrap();
                let mut next = None;
                for batch in any_batches(&slice.data) {
                    let last = batch.unwrap().header().last_offset();
                    assert!(last < bound, "{last} is not before {bound}");
                    assert!(next.is_some() || last >= from);
                    next = Some(last.next());
                }
                let holds = |record: &&Record| record.offset == offset;
                let batch = self.records.iter().find(holds).unwrap().batch;
                let last = self.records.iter().filter(|record| record.batch == batch);
                let is_before = last.max_by_key(|record| record.offset).unwrap().offset < bound.0;
                assert_eq!(next.is_some(), is_before, "at {from} before {bound}");
            }
        }
    }

    fn check(&self) {
        let log = self.log();
        assert_eq!(log.log_start_offset().0, self.start);
        let live = || {
            self.records
                .iter()
                .filter(|record| record.offset >= self.start)
        };
        let expected: Vec<_> = live().map(|r| (r.offset, r.value.clone())).collect();
        assert_eq!(contents(log), expected);
        for timestamp in [0, 60, 128, 250] {
            let found = log.offset_for_timestamp(timestamp).unwrap();
            let first = live().find(|record| record.timestamp >= timestamp);
            assert_eq!(
                found.map(|f| (f.offset.0, f.timestamp, f.leader_epoch.0)),
                first.map(|r| (r.offset, r.timestamp, r.epoch)),
                "timestamp {timestamp}"
            );
        }
        for record in live() {
            let epoch = log.epoch_at(Offset(record.offset));
            assert_eq!(epoch, Some(LeaderEpoch(record.epoch)), "{record:?}");
        }
        self.check_bounds();
        let bytes: u64 = log.segments().iter().map(|(_, size)| size).sum();
        assert_eq!(log.size(), bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_log_is_a_list_of_records(steps in proptest::collection::vec(step(), 1..50)) {
        let fs = disk();
        let log = open_small(&fs);
        let mut world = World {
            fs,
            log: Some(log),
            records: Vec::new(),
            start: 0,
            epoch: 0,
            recovery_point: 0,
            batches: 0,
        };
        for step in &steps {
            world.apply(step);
            world.check();
        }
    }
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
