//! A log against a list of batches: everything that can happen to one, in any order.
//!
//! What is not tried: cutting off what was cleaned already or may have been (a leader that was not in
//! sync was elected), and losing a transaction's marker after its records were cleaned.

use std::collections::BTreeSet;

use ottla_records::OutputLimit;
use proptest::prelude::*;

use super::*;
use crate::{CleanTools, OffsetMap, fs::Crash};

mod checks;
mod history;

use history::{Batch, Clean, History, Role, Row};

/// Where batches come from.
#[derive(Clone, Copy, Debug)]
enum From {
    /// Clients.
    Clients,
    /// The leader of the partition; with `gap`, other batches were compacted away there before.
    Leader { gap: bool },
}

#[derive(Clone, Copy, Debug)]
enum Writer {
    Plain,
    Idempotent(i64),
    Transactional(i64),
}

#[derive(Clone, Debug)]
enum Step {
    Append {
        from: From,
        writer: Writer,
        codec: usize,
        records: Vec<(u8, bool, u8)>,
    },
    SendAgain(i64),
    End {
        from: From,
        id: i64,
        committed: bool,
    },
    Epoch,
    Replicate(u8),
    Flush,
    Checkpoint,
    Roll,
    Clean {
        keys: usize,
        after_ms: i64,
    },
    Retain {
        after_ms: i64,
    },
    DeletePending,
    DeleteBefore(u8),
    Truncate(u8),
    StartAt(i8),
    Policy(Policy),
    ReopenClean,
    ReopenDirty,
    PowerCut(u64),
}

#[derive(Clone, Copy, Debug)]
enum Policy {
    Delete,
    Compact,
    Both,
}

fn from() -> impl Strategy<Value = From> {
    prop_oneof![
        4 => Just(From::Clients),
        2 => Just(From::Leader { gap: false }),
        1 => Just(From::Leader { gap: true }),
    ]
}

fn append(writer: impl Strategy<Value = Writer>) -> impl Strategy<Value = Step> {
    let record = (0..7u8, prop::bool::weighted(0.8), any::<u8>());
    let records = prop::collection::vec(record, 1..4);
    (from(), writer, 0..Compression::ALL.len(), records).prop_map(
        |(from, writer, codec, records)| Step::Append {
            from,
            writer,
            codec,
            records,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> {
    prop_oneof![
        1 => Just(Policy::Delete),
        2 => Just(Policy::Compact),
        2 => Just(Policy::Both),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => append(Just(Writer::Plain)),
        3 => append((1..3i64).prop_map(Writer::Idempotent)),
        5 => append((3..5i64).prop_map(Writer::Transactional)),
        1 => (1..3i64).prop_map(Step::SendAgain),
        4 => (from(), 3..5i64, any::<bool>())
            .prop_map(|(from, id, committed)| Step::End { from, id, committed }),
        1 => Just(Step::Epoch),
        5 => any::<u8>().prop_map(Step::Replicate),
        1 => Just(Step::Flush),
        1 => Just(Step::Checkpoint),
        3 => Just(Step::Roll),
        4 => (1..9usize, 0..80i64).prop_map(|(keys, after_ms)| Step::Clean { keys, after_ms }),
        2 => (0..150i64).prop_map(|after_ms| Step::Retain { after_ms }),
        1 => Just(Step::DeletePending),
        1 => any::<u8>().prop_map(Step::DeleteBefore),
        2 => any::<u8>().prop_map(Step::Truncate),
        1 => (-8..8i8).prop_map(Step::StartAt),
        1 => policy().prop_map(Step::Policy),
        1 => Just(Step::ReopenClean),
        2 => Just(Step::ReopenDirty),
        2 => any::<u64>().prop_map(Step::PowerCut),
    ]
}

/// The log, the files that stand beside it, and what must be in it.
struct World {
    fs: MemoryFileSystem,
    log: Option<Log>,
    config: LogConfig,
    history: History,
    now: i64,
    epoch: i32,
    start: i64,
    high_watermark: i64,
    /// As in the checkpoints.
    recovery_point: i64,
    kept_start: i64,
    first_dirty: i64,
    /// What was cleaned goes by batches before this offset: they are on the disk, and not cut off.
    settled: Option<i64>,
    /// Producers whose last batch was cut off, when the one before may have been cleaned for it.
    unsure: BTreeSet<i64>,
    /// Markers before this offset may be taken for replicated: nothing kept says they are not.
    forgotten: i64,
}

impl World {
    fn new(policy: Policy) -> Self {
        let fs = disk();
        let mut world = Self {
            fs,
            log: None,
            config: with_policy(policy),
            history: History::default(),
            now: 1000,
            epoch: 0,
            start: 0,
            high_watermark: 0,
            recovery_point: 0,
            kept_start: 0,
            first_dirty: 0,
            settled: None,
            unsure: BTreeSet::new(),
            forgotten: 0,
        };
        world.open(false);
        world
    }

    fn log(&self) -> &Log {
        self.log.as_ref().unwrap()
    }

    fn end(&self) -> i64 {
        self.log().log_end_offset().0
    }

    fn now(&self) -> Now {
        at(self.now)
    }

    fn apply(&mut self, step: &Step) {
        match step {
            Step::Append {
                from,
                writer,
                codec,
                records,
            } => self.write(*from, *writer, Compression::ALL[*codec], records),
            Step::SendAgain(id) => self.send_again(*id),
            Step::End {
                from,
                id,
                committed,
            } => self.end_transaction(*from, *id, *committed),
            Step::Epoch => self.epoch += 1,
            Step::Replicate(part) => self.replicate(*part),
            Step::Flush => {
                assert_eq!(self.log().flush().unwrap().0, self.end());
                self.recovery_point = self.end();
            }
            Step::Checkpoint => {
                self.recovery_point = self.log().checkpoint().unwrap().0;
                self.kept_start = self.start;
            }
            Step::Roll => self.log().roll(self.now()).unwrap(),
            Step::Clean { keys, after_ms } => {
                self.now += after_ms;
                self.clean(*keys);
            }
            Step::Retain { after_ms } => {
                self.now += after_ms;
                self.retain();
            }
            Step::DeletePending => drop(self.log().delete_pending(self.now()).unwrap()),
            Step::DeleteBefore(part) => {
                let before = between(self.start, self.high_watermark, *part);
                self.start = self.log().delete_records_before(Offset(before)).unwrap().0;
                assert_eq!(self.start, before);
            }
            Step::Truncate(part) => self.truncate(*part),
            Step::StartAt(by) => self.start_at((self.end() + i64::from(*by)).max(0)),
            Step::Policy(policy) => {
                self.config = with_policy(*policy);
                self.log().update_config(self.config.clone());
            }
            Step::ReopenClean => {
                self.recovery_point = self.log().close_clean().unwrap().0;
                self.kept_start = self.start;
                let recovered = self.open(true);
                assert_eq!(recovered.bytes_read, 0);
            }
            Step::ReopenDirty => {
                let end = self.end();
                let recovered = self.open(false);
                assert_eq!((self.end(), recovered.cut), (end, None));
            }
            Step::PowerCut(seed) => self.cut_power(*seed),
        }
    }

    fn write(
        &mut self,
        from: From,
        writer: Writer,
        codec: Compression,
        records: &[(u8, bool, u8)],
    ) {
        let (producer, role) = match writer {
            Writer::Plain => (None, Role::Plain),
            Writer::Idempotent(id) => (Some(id), Role::Plain),
            Writer::Transactional(id) => (Some(id), Role::Transactional),
        };
        let known = producer.and_then(|id| self.log().producer(ProducerId(id)));
        let sequence = known.map_or(0, |known| known.last_sequence() + 1);
        let first = self.first_of(from);
        let row = |(offset, (key, has_value, timestamp)): (i64, &(u8, bool, u8))| Row {
            offset,
            timestamp: self.now + i64::from(*timestamp) - 128,
            // A clean takes what has no key.
            key: (*key < 6).then(|| format!("k{key}")),
            value: has_value.then(|| format!("v{offset}")),
        };
        let left: Vec<Row> = (first..).zip(records).map(row).collect();
        self.append(
            from,
            codec,
            Batch {
                first,
                last: first + i64::try_from(records.len()).unwrap() - 1,
                epoch: self.epoch,
                producer,
                sequence,
                role,
                left,
                horizon: None,
            },
        );
    }

    fn first_of(&self, from: From) -> i64 {
        match from {
            From::Clients | From::Leader { gap: false } => self.end(),
            From::Leader { gap: true } => self.end() + 3,
        }
    }

    fn append(&mut self, from: From, codec: Compression, batch: Batch) {
        let mut bytes = bytes_of(&batch, codec);
        let epoch = LeaderEpoch(self.epoch);
        let appended = match (from, batch.role) {
            (From::Clients, Role::Marker { .. }) => {
                self.log().append_control(self.now(), &bytes, epoch)
            }
            (From::Clients, _) => {
                let validated = validated(&bytes);
                self.log().append_as_leader(self.now(), &validated, epoch)
            }
            (From::Leader { .. }, _) => {
                bytes[..8].copy_from_slice(&batch.first.to_be_bytes());
                bytes[12..16].copy_from_slice(&self.epoch.to_be_bytes());
                self.log().append_as_follower(self.now(), &bytes, epoch)
            }
        };
        let appended = appended.unwrap();
        let placed = (appended.first_offset.0, appended.last_offset.0);
        assert_eq!(placed, (batch.first, batch.last));
        assert!(!appended.duplicate);
        if let Some(id) = batch.producer {
            self.unsure.remove(&id);
        }
        self.history.batches.push(batch);
    }

    fn end_transaction(&mut self, from: From, id: i64, committed: bool) {
        let open = self
            .history
            .producers()
            .get(&id)
            .and_then(|known| known.open);
        if open.is_none() {
            return;
        }
        let first = self.first_of(from);
        let marker = Batch {
            first,
            last: first,
            epoch: self.epoch,
            producer: Some(id),
            sequence: -1,
            role: Role::Marker { committed },
            left: Vec::new(),
            horizon: None,
        };
        self.append(from, Compression::None, marker);
    }

    /// The last batch of a producer once more.
    fn send_again(&self, id: i64) {
        let sent = |batch: &&Batch| batch.producer == Some(id);
        let Some(batch) = self.history.batches.iter().rfind(sent) else {
            return;
        };
        if self.unsure.contains(&id) {
            return;
        }
        // What is in it is not compared.
        let records = batch.first..=batch.last;
        let row = |offset| Row {
            offset,
            timestamp: 0,
            key: None,
            value: None,
        };
        let again = Batch {
            left: records.map(row).collect(),
            ..batch.clone()
        };
        let bytes = bytes_of(&again, Compression::None);
        let epoch = LeaderEpoch(self.epoch);
        let appended = self
            .log()
            .append_as_leader(self.now(), &validated(&bytes), epoch);
        let appended = appended.unwrap();
        let placed = (appended.first_offset.0, appended.last_offset.0);
        assert_eq!(
            (placed, appended.duplicate),
            ((batch.first, batch.last), true)
        );
    }

    fn replicate(&mut self, part: u8) {
        let upto = between(self.high_watermark, self.end(), part);
        let batches = self.history.batches.iter().map(|batch| batch.last + 1);
        let replicated = batches.take_while(|end| *end <= upto).last();
        self.high_watermark = replicated.unwrap_or(0).max(self.high_watermark);
    }

    fn clean(&mut self, keys: usize) {
        if !self.config.compact {
            return;
        }
        // Markers that are taken for replicated count.
        let settled = self.high_watermark.max(self.forgotten.min(self.end()));
        if settled > self.log().durable_end_offset().0 {
            self.log().flush().unwrap();
        }
        let upto = Offset(self.high_watermark);
        let kept = Some(Offset(self.first_dirty));
        let dirty = self.log().dirtiness(WallMs(self.now), upto, kept).unwrap();
        assert!(self.start <= dirty.first_dirty.0);
        assert!(dirty.first_dirty.0 <= self.first_dirty.max(self.start));
        let bases: Vec<i64> = self.bases();
        let mut map = map_of(keys);
        let mut tools = CleanTools {
            map: &mut map,
            limit: OutputLimit::default(),
            pace: &mut |_| true,
        };
        let cleaned = self.log().clean(self.now(), &dirty, &mut tools).unwrap();
        let end = cleaned.end.0;
        assert!(end >= dirty.first_dirty.0);
        assert!(
            end > dirty.first_dirty.0 || dirty.dirty_bytes == 0,
            "no progress: {dirty:?} {cleaned:?}"
        );
        if end > dirty.first_dirty.0 {
            // The segment in which the map was full is rewritten to its end.
            let rewritten = bases.into_iter().find(|base| *base >= end);
            self.history.clean(&Clean {
                dirty: dirty.first_dirty.0,
                end,
                rewritten: rewritten.unwrap_or(i64::MAX).min(dirty.first_uncleanable.0),
                now: self.now,
                retention_ms: self.config.delete_retention_ms,
            });
            self.settled = self.settled.max(Some(settled));
        }
        self.first_dirty = end;
    }

    fn retain(&mut self) {
        let expected = self.expected_removal();
        let removed = self
            .log()
            .apply_retention(self.now(), Offset(self.high_watermark))
            .unwrap();
        let removed: Vec<i64> = removed.into_iter().map(|base| base.0).collect();
        assert_eq!(removed, expected);
        let first = self.bases()[0];
        self.history.forget_before(first);
        self.start = self.start.max(first);
    }

    fn truncate(&mut self, part: u8) {
        let least = self.settled.unwrap_or(0).max(self.start).min(self.end());
        let to = self.before_gap(between(least, self.end(), part));
        let end = self.log().truncate_to(self.now(), Offset(to)).unwrap().0;
        // What was there and is compacted away was a batch, too.
        let cut = self.cut(to);
        assert!(cut == end || (self.settled.is_some() && cut <= end && end <= to));
        self.lower_to(end);
    }

    /// The offset, or the end of the last batch before it when there is a gap: a log that is opened again
    /// does not know that it went on there.
    fn before_gap(&self, offset: i64) -> i64 {
        let batches = &self.history.batches;
        let kept = batches.partition_point(|batch| batch.last < offset);
        let (before, rest) = batches.split_at(kept);
        let end = before.last().map_or(0, |before| before.last + 1);
        match rest.first() {
            Some(first) if end < first.first => end.max(self.bases()[0]).min(offset),
            _ => offset,
        }
    }

    fn cut(&mut self, offset: i64) -> i64 {
        if self.settled.is_some() {
            let cut = self.history.batches.iter().rev();
            let cut = cut.take_while(|batch| batch.last >= offset);
            self.unsure.extend(cut.filter_map(|batch| batch.producer));
        }
        self.history.cut(offset)
    }

    fn start_at(&mut self, offset: i64) {
        let start = Offset(offset);
        self.log()
            .truncate_fully_and_start_at(self.now(), start)
            .unwrap();
        self.history = History::default();
        self.start = offset;
        self.kept_start = offset;
        self.settled = None;
        self.lower_to(offset);
    }

    /// What the files beside the log must not be ahead of.
    fn lower_to(&mut self, end: i64) {
        self.start = self.start.min(end);
        self.kept_start = self.kept_start.min(end);
        self.recovery_point = self.recovery_point.min(end);
        self.first_dirty = self.first_dirty.min(end);
        self.high_watermark = self.high_watermark.min(end);
        self.forgotten = end;
    }

    fn cut_power(&mut self, seed: u64) {
        let durable = self.log().durable_end_offset().0;
        self.fs = self.fs.crash(match seed % 3 {
            0 => Crash::Ordered(seed),
            1 => Crash::Subset(seed),
            _ => Crash::Mixed(seed),
        });
        self.open(false);
        let end = self.end();
        assert!(end >= durable, "{end} < {durable}");
        assert_eq!(self.cut(end), end, "it ends between batches");
        self.lower_to(end);
    }

    fn open(&mut self, clean: bool) -> Recovered {
        self.log = None;
        let start = OpenState {
            clean,
            recovery_point: Offset(self.recovery_point),
            log_start_offset: Offset(self.kept_start),
            now: self.now(),
        };
        let (log, recovered) = open_with(&self.fs, self.config.clone(), start);
        self.log = Some(log);
        self.forgotten = self.end();
        // Deleted records are back if nobody wrote down that they are deleted.
        self.start = self.kept_start.max(self.bases()[0]);
        recovered
    }

    fn bases(&self) -> Vec<i64> {
        let segments = self.log().segments().into_iter();
        segments.map(|(base, _)| base.0).collect()
    }
}

fn with_policy(policy: Policy) -> LogConfig {
    LogConfig {
        compact: !matches!(policy, Policy::Delete),
        delete: !matches!(policy, Policy::Compact),
        delete_retention_ms: 100,
        retention_ms: 300,
        retention_bytes: 1500,
        file_delete_delay_ms: 50,
        ..small()
    }
}

/// As far between the two as `part` says.
fn between(least: i64, most: i64, part: u8) -> i64 {
    least + (most - least).max(0) * i64::from(part) / 255
}

fn map_of(keys: usize) -> OffsetMap {
    let (keys, slots) = (u16::try_from(keys).unwrap(), 32);
    OffsetMap::new(32 * 24, (f64::from(keys) + 0.5) / f64::from(slots), 7)
}

fn bytes_of(batch: &Batch, codec: Compression) -> Vec<u8> {
    let producer = batch.producer.map(ProducerId);
    if let Role::Marker { committed } = batch.role {
        let marker = EndTxnMarker {
            committed,
            coordinator_epoch: 1,
        };
        return marker
            .batch(producer.unwrap(), ProducerEpoch(0), 900)
            .unwrap();
    }
    let mut builder = BatchBuilder::new().compression(codec);
    if let Some(id) = producer {
        builder = builder.producer(id, ProducerEpoch(0), batch.sequence);
    }
    if batch.role == Role::Transactional {
        builder = builder.transactional();
    }
    for row in &batch.left {
        builder.append(&RecordDraft {
            timestamp: row.timestamp,
            key: row.key.as_deref().map(str::as_bytes),
            value: row.value.as_deref().map(str::as_bytes),
            ..RecordDraft::default()
        });
    }
    builder.build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_log_is_a_list_of_batches(
        policy in policy(),
        steps in prop::collection::vec(step(), 1..70),
    ) {
        let mut world = World::new(policy);
        for step in &steps {
            world.apply(step);
            world.check();
        }
        world.check_producers_without_indexes();
    }
}

#[test]
fn the_epochs_of_records_that_are_back_are_found_in_two_segments() {
    let append = |codec, records: &[bool]| Step::Append {
        from: From::Clients,
        writer: Writer::Plain,
        codec,
        records: records.iter().map(|has_value| (0, *has_value, 0)).collect(),
    };
    let steps = [
        append(0, &[false]),
        Step::Epoch,
        Step::Roll,
        append(1, &[false, true]),
        append(1, &[false]),
        Step::Replicate(192),
        append(0, &[false]),
        Step::Flush,
        append(0, &[false]),
        append(0, &[false]),
        Step::DeleteBefore(170),
        Step::Clean {
            keys: 1,
            after_ms: 0,
        },
        Step::ReopenDirty,
    ];
    let mut world = World::new(Policy::Compact);
    for step in &steps {
        world.apply(step);
        world.check();
    }
}

#[test]
fn the_epoch_behind_a_gap_is_known_when_records_before_it_were_deleted() {
    let append = |from| Step::Append {
        from,
        writer: Writer::Plain,
        codec: 0,
        records: vec![(0, false, 0)],
    };
    let mut world = World::new(Policy::Delete);
    let mut steps: Vec<Step> = (0..6).map(|_| append(From::Clients)).collect();
    steps.extend([
        Step::Replicate(85),
        Step::DeleteBefore(128),
        Step::Truncate(0),
        append(From::Leader { gap: true }),
        Step::Checkpoint,
        Step::ReopenDirty,
    ]);
    for step in &steps {
        world.apply(step);
        world.check();
    }
}
