//! The life of a compacted log: at each step of a clean every group of segments is the old one or the
//! new one, whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use ottla_records::{BatchBuilder, OutputLimit, RecordDraft};
use ottla_storage::{
    CleanError, CleanTools, Cleaned, Log, LogConfig, OffsetMap,
    directory::{LogDirectory, OffsetCheckpoint, PartitionOffsets},
    fs::{Crash, FileSystem},
};
use ottla_types::{LeaderEpoch, Offset, SplitMix64};

use super::{
    Disk, Ended, Promises, Scenario,
    contents::{Record, at, contents, validated},
    directory_life::Either,
    disk::check_untouched,
    log_life::{PARTITION, config, partition, start_or_make, start_with},
};

#[derive(Clone, Debug)]
pub(super) struct CompactPromise {
    /// Whether the partition must be there.
    is_made: bool,
    /// What was appended, as far as it was not cleaned away.
    written: Vec<Record>,
    /// What a clean makes of that, group after group.
    cleaned: Option<Vec<Record>>,
    /// Keys by the offsets of their records.
    keys: BTreeMap<i64, u64>,
    /// Everything before is durable.
    durable: i64,
    first_dirty: Either<i64>,
}

impl Default for CompactPromise {
    fn default() -> Self {
        Self {
            is_made: false,
            written: Vec::new(),
            cleaned: None,
            keys: BTreeMap::new(),
            durable: 0,
            first_dirty: Either::of(0),
        }
    }
}

impl CompactPromise {
    const fn is_durable(&mut self, end: i64) {
        (self.is_made, self.durable) = (true, end);
    }
}

/// The life, drawn from a seed.
#[derive(Debug)]
pub(super) struct CompactLife {
    pub(super) seed: u64,
}

/// What is done.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Appends a batch of records, with keys and sizes drawn from the number.
    Put(u64),
    Roll,
    Flush,
    Checkpoint,
    Clean,
    Unlink,
    KillAndOpen,
}

fn compacted() -> LogConfig {
    LogConfig {
        compact: true,
        delete: false,
        ..config()
    }
}

fn acts(seed: u64) -> Vec<Act> {
    let mut random = SplitMix64::new(seed ^ 0x00c0_3fac);
    let mut acts = Vec::new();
    for round in 0..3 {
        for _ in 0..2 + random.below(2) {
            for _ in 0..1 + random.below(3) {
                acts.push(Act::Put(random.next()));
            }
            acts.push(Act::Roll);
        }
        acts.push(Act::Put(random.next()));
        acts.push(match round {
            0 => Act::Flush,
            _ => Act::Checkpoint,
        });
        acts.push(Act::Clean);
        acts.push(match round {
            1 => Act::KillAndOpen,
            _ => Act::Unlink,
        });
    }
    acts
}

impl Scenario for CompactLife {
    type Promise = CompactPromise;

    fn name(&self) -> String {
        "compaction".to_owned()
    }

    fn story(&self) -> String {
        format!("{:#?}\n", acts(self.seed))
    }

    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<CompactPromise>,
        first: bool,
    ) -> Result<(), Ended> {
        let after = [Act::Put(1), Act::Roll, Act::Put(2), Act::Flush, Act::Clean];
        let mut life = Life::open(fs, promises)?;
        for act in if first {
            acts(self.seed)
        } else {
            after.to_vec()
        } {
            life = life.act(act)?;
        }
        Ok(())
    }

    fn check(&self, disk: &Disk, promise: &CompactPromise) {
        let fs = disk.file_system();
        let found = start_with(&fs, compacted()).expect("a start");
        let Some((directory, log)) = found else {
            assert!(!promise.is_made, "the partition is gone");
            return;
        };
        let found = contents(&log).expect("records");
        check_contents(&found, promise);
        let first_dirty = first_dirty_of(&directory);
        let allowed = &promise.first_dirty;
        assert!(
            allowed.allows(&first_dirty),
            "clean up to {first_dirty}, not {allowed:?}"
        );
        drop((directory, log));
        check_against_scan(disk, &found);

        let again = disk.fork();
        let (directory, log) = started(&again);
        check_untouched(disk.memory(), again.memory());
        let first_uncleanable = log.segments().last().map_or(0, |(base, _)| base.0);
        let expected = cleaned(&found, &promise.keys, first_uncleanable);
        clean(&log, first_dirty).expect("a clean");
        assert_eq!(
            contents(&log).expect("records"),
            expected,
            "after another clean"
        );
        for record in &expected {
            let first = expected.iter().find(|r| r.timestamp >= record.timestamp);
            let found = log.offset_for_timestamp(record.timestamp);
            let found = found.expect("a look-up").map(|found| found.offset.0);
            assert_eq!(found, first.map(|first| first.offset), "by timestamp");
        }
        log.flush().expect("a flush");
        drop((directory, log));
        let left = Disk {
            memory: again.memory.crash(Crash::LoseUnsynced),
            ..*disk
        };
        let (_directory, log) = started(&left);
        assert_eq!(
            contents(&log).expect("records"),
            expected,
            "after another power cut"
        );
    }
}

/// What is there, on a disk without a fault.
fn started(disk: &Disk) -> (LogDirectory, Log) {
    let started = start_with(&disk.file_system(), compacted());
    started.expect("a start").expect("the log")
}

/// The old records from some offset on, and what became of those before: one group of segments after
/// the other is replaced.
fn check_contents(found: &[Record], promise: &CompactPromise) {
    // What was not durable may be missing before what is there: a gap in a compacted log means nothing.
    let is_possible = |records: &[Record]| {
        let mut left = found.iter().peekable();
        let all_there = records
            .iter()
            .all(|record| left.next_if_eq(&record).is_some() || record.offset >= promise.durable);
        all_there && left.next().is_none()
    };
    let is_whole = match &promise.cleaned {
        None => is_possible(&promise.written),
        Some(cleaned) => {
            let ends = promise.written.iter().map(|record| record.offset + 1);
            std::iter::once(0).chain(ends).any(|end| {
                let new = cleaned.iter().filter(|record| record.offset < end);
                let old = promise.written.iter().filter(|r| r.offset >= end);
                is_possible(&new.chain(old).cloned().collect::<Vec<_>>())
            })
        }
    };
    let offsets = |records: &[Record]| -> Vec<i64> { records.iter().map(|r| r.offset).collect() };
    assert!(
        is_whole,
        "found {:?}, wrote {:?}, durable before {}, clean {:?}",
        offsets(found),
        offsets(&promise.written),
        promise.durable,
        promise.cleaned.as_deref().map(offsets),
    );
}

/// Without anything but its segments, the log holds the same.
fn check_against_scan(disk: &Disk, found: &[Record]) {
    let bare = disk.fork();
    for entry in bare.memory.read_dir(Path::new(PARTITION)).expect("a list") {
        let name = entry.name.to_string_lossy();
        if !name.ends_with(".log") && name != "partition.metadata" {
            let path = Path::new(PARTITION).join(&entry.name);
            bare.memory.remove_file(&path).expect("removed");
        }
    }
    let (_directory, log) = started(&bare);
    assert_eq!(
        contents(&log).expect("records"),
        found,
        "a scan says something else"
    );
}

/// What is left of records of which those before `end` are cleaned.
fn cleaned(records: &[Record], keys: &BTreeMap<i64, u64>, end: i64) -> Vec<Record> {
    let mut seen = BTreeSet::new();
    let mut left: Vec<_> = records
        .iter()
        .rev()
        .filter(|record| record.offset >= end || seen.insert(keys[&record.offset]))
        .cloned()
        .collect();
    left.reverse();
    left
}

fn first_dirty_of(directory: &LogDirectory) -> i64 {
    let offsets = directory.read_checkpoint(OffsetCheckpoint::Cleaner);
    let offsets = offsets.expect("a checkpoint, or none");
    offsets.get(&partition()).map_or(0, |offset| offset.0)
}

fn clean(log: &Log, first_dirty: i64) -> Result<Cleaned, CleanError> {
    let end = log.log_end_offset();
    let dirty = log.dirtiness(at(0).wall, end, Some(Offset(first_dirty)))?;
    let mut tools = CleanTools {
        map: &mut OffsetMap::new(1 << 16, 0.9, 1),
        limit: OutputLimit::default(),
        pace: &mut |_| true,
    };
    log.clean(at(0), &dirty, &mut tools)
}

struct Life<'a> {
    fs: Arc<dyn FileSystem>,
    directory: LogDirectory,
    log: Log,
    promises: &'a Promises<CompactPromise>,
}

impl<'a> Life<'a> {
    fn open(
        fs: Arc<dyn FileSystem>,
        promises: &'a Promises<CompactPromise>,
    ) -> Result<Self, Ended> {
        let (directory, log) = start_or_make(&fs, promises, compacted())?;
        let which = OffsetCheckpoint::Cleaner;
        let kept = promises.attempt(|| directory.read_checkpoint(which))?;
        let first_dirty = kept.get(&partition()).map_or(0, |offset| offset.0);
        let found = promises.attempt_on(&log, || contents(&log))?;
        promises.change(|promise| {
            promise.written = found;
            promise.cleaned = None;
            promise.first_dirty = Either::of(first_dirty);
        });
        Ok(Self {
            fs,
            directory,
            log,
            promises,
        })
    }

    fn act(self, act: Act) -> Result<Self, Ended> {
        let (log, promises) = (&self.log, self.promises);
        match act {
            Act::Put(seed) => self.put(seed)?,
            Act::Roll => promises.attempt_on(log, || log.roll(at(0)))?,
            Act::Flush => {
                let end = promises.attempt_on(log, || log.flush())?.0;
                promises.change(|promise| promise.is_durable(end));
            }
            Act::Checkpoint => {
                let point = promises.attempt_on(log, || log.checkpoint())?;
                let end = log.durable_end_offset().0;
                promises.change(|promise| promise.is_durable(end));
                self.write(OffsetCheckpoint::RecoveryPoint, point.0)?;
            }
            Act::Clean => self.clean()?,
            Act::Unlink => {
                let now = at(1_000_000);
                promises.attempt_on(log, || log.delete_pending(now))?;
            }
            Act::KillAndOpen => {
                let fs = Arc::clone(&self.fs);
                drop(self);
                return Self::open(fs, promises);
            }
        }
        Ok(self)
    }

    fn write(&self, which: OffsetCheckpoint, offset: i64) -> Result<(), Ended> {
        let offsets = PartitionOffsets::from([(partition(), Offset(offset))]);
        self.promises
            .attempt(|| self.directory.write_checkpoint(which, &offsets))
    }

    fn put(&self, seed: u64) -> Result<(), Ended> {
        let mut random = SplitMix64::new(seed);
        let mut builder = BatchBuilder::new();
        let end = self.log.log_end_offset().0;
        self.promises.change(|promise| {
            for offset in end..=end + random.below(3).cast_signed() {
                let key = random.below(5);
                let mut value = format!("{key}:{offset}:").into_bytes();
                let size = [10, 600, 1300][usize::try_from(random.below(3)).unwrap_or(0)];
                value.resize(size, b'.');
                let is_tombstone = random.below(6) == 0;
                let timestamp = 1000 + random.below(30).cast_signed();
                builder.append(&RecordDraft {
                    timestamp,
                    key: Some(&key.to_be_bytes()),
                    value: (!is_tombstone).then_some(&value),
                    ..RecordDraft::default()
                });
                promise.keys.insert(offset, key);
                promise.written.push(Record {
                    offset,
                    value: if is_tombstone { Vec::new() } else { value },
                    timestamp,
                    epoch: 0,
                    producer: (-1, -1),
                });
            }
        });
        let bytes = builder.build().expect("a batch");
        let batch = validated(&bytes);
        let append = || self.log.append_as_leader(at(0), &batch, LeaderEpoch(0));
        let appended = self.promises.attempt_on(&self.log, append)?;
        assert_eq!(appended.first_offset.0, end);
        Ok(())
    }

    fn clean(&self) -> Result<(), Ended> {
        let end = self.log.segments().last().map_or(0, |(base, _)| base.0);
        let first_dirty = self.promises.change(|promise| {
            let left = cleaned(&promise.written, &promise.keys, end);
            promise.cleaned = Some(left);
            promise.first_dirty.clone()
        });
        let first_dirty = first_dirty.now();
        let (log, promises) = (&self.log, self.promises);
        let done = promises.attempt_on(log, || clean(log, first_dirty))?;
        assert_eq!(done.end.0, end, "cleaned up to");
        let found = promises.attempt_on(log, || contents(log))?;
        self.promises.change(|promise| {
            let left = promise.cleaned.take().expect("begun");
            assert!(found == left, "cleaned, there are {found:?}");
            promise.written = left;
            promise.is_durable(promise.durable.max(end));
            promise.first_dirty.begin(end);
        });
        self.write(OffsetCheckpoint::Cleaner, end)?;
        self.promises.change(|promise| promise.first_dirty.done());
        Ok(())
    }
}
