//! The life of one partition's log in its log directory.

use std::{collections::BTreeMap, error::Error, path::Path, sync::Arc};

use ottla_storage::{
    Log, LogConfig, OpenState, StorageError, close_together,
    directory::{
        DirectoryError, Identity, LogDirectory, OffsetCheckpoint, PartitionOffsets, Role,
        partition_metadata,
    },
    fs::FileSystem,
};
use ottla_types::{
    BrokerEpoch, BrokerId, LeaderEpoch, Offset, ProducerId, TopicId, TopicPartition, Uuid,
};

use super::{
    Disk, Ended, Promises, Scenario,
    contents::{self, NOBODY, Record, Writer, at, batch, contents, validated},
    log_check,
};

/// What may be done with a log.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Appends a batch with records of these sizes.
    Append(&'static [usize]),
    /// The same of an idempotent producer.
    Produce(i64, &'static [usize]),
    /// The same within a transaction.
    Transact(i64, &'static [usize]),
    /// Ends the transaction.
    End(i64, bool),
    /// Takes over as the leader of the next epoch.
    Lead,
    Flush,
    /// The same, and tells the next start how far it came.
    FlushAndTell,
    /// Writes down what an unclean start need not read, and up to where.
    Checkpoint,
    /// Lets others see the index entries.
    Show,
    Roll,
    /// Cuts off the end, so many records back.
    Truncate(i64),
    /// Removes everything and goes on so far behind the end.
    Restart(i64),
    /// Deletes records, all but so many of the last.
    DeleteBefore(i64),
    Retain,
    Unlink,
    /// Stops in good order and starts again.
    CloseAndOpen,
    /// The same, as one log of many.
    CloseTogetherAndOpen,
    /// Is killed and starts again.
    KillAndOpen,
}

/// What the log must hold after a power cut.
#[derive(Clone, Debug, Default)]
pub(super) struct LogPromise {
    /// Whether the partition's directory must be there: once the log was flushed.
    pub(super) is_made: bool,
    /// What was appended, durable or not.
    pub(super) written: Vec<Record>,
    /// What that was before a cut that may not have happened.
    pub(super) before_cut: Option<Vec<Record>>,
    /// Everything before is durable.
    pub(super) durable: i64,
    /// The log starts between these.
    pub(super) least_start: i64,
    pub(super) most_start: i64,
    /// Last sequence numbers that must be known.
    pub(super) sequences: BTreeMap<i64, i32>,
    /// Aborted transactions: producer, first offset, offset of the marker.
    pub(super) aborted: Vec<(i64, i64, i64)>,
    /// The last one that led. Whoever elects leaders does not forget it with the log.
    pub(super) epoch: i32,
    /// Numbers the values.
    values: u64,
}

impl LogPromise {
    fn flushed(&mut self, end: i64) {
        (self.is_made, self.durable) = (true, end);
    }
}

/// A life, act by act.
#[derive(Debug)]
pub(super) struct LogLife {
    pub(super) name: &'static str,
    pub(super) acts: Vec<Act>,
}

pub(super) const PARTITION: &str = "/data/orders-0";
pub(super) const TOPIC_ID: TopicId = Uuid([9; 16]);

pub(super) fn config() -> LogConfig {
    LogConfig {
        segment_bytes: 6000,
        index_interval_bytes: 300,
        file_delete_delay_ms: 0,
        producer_id_expiration_ms: i64::MAX,
        ..LogConfig::default()
    }
}

pub(super) fn partition() -> TopicPartition {
    TopicPartition::new("orders", 0)
}

impl Scenario for LogLife {
    type Promise = LogPromise;

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn story(&self) -> String {
        let acts = self.acts.iter().enumerate();
        acts.map(|(number, act)| format!("{number} {act:?}\n"))
            .collect()
    }

    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<LogPromise>,
        is_first: bool,
    ) -> Result<(), Ended> {
        let mut life = Life::open(fs, promises)?;
        let after = [
            Act::Produce(1, &[40]),
            Act::Flush,
            Act::Lead,
            Act::Append(&[700]),
            Act::Checkpoint,
            Act::Append(&[10]),
        ];
        for act in if is_first {
            &self.acts
        } else {
            after.as_slice()
        } {
            life = life.act(act)?;
        }
        Ok(())
    }

    fn check(&self, disk: &Disk, promise: &LogPromise) {
        log_check::check(disk, promise);
    }
}

/// A log in use.
pub(super) struct Life<'a> {
    fs: Arc<dyn FileSystem>,
    directory: LogDirectory,
    pub(super) log: Log,
    epoch: LeaderEpoch,
    promises: &'a Promises<LogPromise>,
}

/// The log as a start finds it; `None` if it is not there.
pub(super) type Started = Result<Option<(LogDirectory, Log)>, Box<dyn Error + Send + Sync>>;

/// Starts.
pub(super) fn start(fs: &Arc<dyn FileSystem>) -> Started {
    start_with(fs, config())
}

/// The same with other settings.
pub(super) fn start_with(fs: &Arc<dyn FileSystem>, config: LogConfig) -> Started {
    let mut directory = LogDirectory::open(Arc::clone(fs), Path::new("/data"))?;
    let identity = Identity {
        cluster_id: "0Fk0ga06Tb2VoeKiDpcKAg".to_owned(),
        node_id: BrokerId(1),
    };
    directory.complete(&identity, Uuid([7; 16]))?;
    let is_clean = directory.take_clean_shutdown()?;
    let all = directory.scan()?.partitions;
    let Some(found) = all.iter().find(|found| found.role == Role::Current) else {
        return Ok(None);
    };
    let owner = partition_metadata::read(&**fs, &found.path)?;
    if directory.is_unfinished(found)? {
        directory.finish_partition(found, TOPIC_ID)?;
    } else if owner != Some(TOPIC_ID) {
        // Of each power cut there may be one.
        let unique = Uuid([u8::try_from(all.len()).expect("a few"); 16]);
        directory.mark_stray(found, unique)?;
        return Ok(None);
    }
    let offset = |which| -> Result<_, DirectoryError> {
        let offsets = directory.checkpoint_or_none(which)?;
        Ok(offsets.get(&partition()).copied().unwrap_or(Offset(0)))
    };
    let start = OpenState {
        clean: is_clean.is_some(),
        recovery_point: offset(OffsetCheckpoint::RecoveryPoint)?,
        log_start_offset: offset(OffsetCheckpoint::LogStart)?,
        now: at(0),
    };
    let (log, _) = Log::open(Arc::clone(fs), found.path.clone(), config, start)?;
    Ok(Some((directory, log)))
}

/// Starts, with a new log if there is none.
pub(super) fn start_or_make<P: Clone>(
    fs: &Arc<dyn FileSystem>,
    promises: &Promises<P>,
    config: LogConfig,
) -> Result<(LogDirectory, Log), Ended> {
    let start = || promises.attempt(|| start_with(fs, config.clone()));
    if let Some(started) = start()? {
        return Ok(started);
    }
    let at = Path::new("/data");
    let directory = promises.attempt(|| LogDirectory::open(Arc::clone(fs), at))?;
    promises.attempt(|| directory.create_partition(&partition(), TOPIC_ID))?;
    drop(directory);
    Ok(start()?.expect("what was just made"))
}

impl<'a> Life<'a> {
    /// Starts, with a new log if there is none.
    pub(super) fn open(
        fs: Arc<dyn FileSystem>,
        promises: &'a Promises<LogPromise>,
    ) -> Result<Self, Ended> {
        let (directory, log) = start_or_make(&fs, promises, config())?;
        let found = promises.attempt_on(&log, || contents(&log))?;
        promises.change(|promise| {
            promise.written = found;
            promise.before_cut = None;
            promise.most_start = log.log_start_offset().0;
            let end = log.log_end_offset().0;
            promise.aborted.retain(|(.., marker)| *marker < end);
        });
        let epoch = LeaderEpoch(promises.now().epoch);
        let life = Self {
            fs,
            directory,
            log,
            epoch,
            promises,
        };
        life.lower_recovery_point()?;
        Ok(life)
    }

    /// Does with the log what the disk may refuse.
    fn attempt<T, E>(&self, call: impl Fn(&Log) -> Result<T, E>) -> Result<T, Ended>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        self.promises.attempt_on(&self.log, || call(&self.log))
    }

    /// One past the end of the log would have records taken for durable that are not.
    fn lower_recovery_point(&self) -> Result<(), Ended> {
        let which = OffsetCheckpoint::RecoveryPoint;
        let read = || self.directory.checkpoint_or_none(which);
        let kept = self.promises.attempt(read)?;
        let end = self.log.log_end_offset();
        match kept.get(&partition()) {
            Some(kept) if *kept > end => self.write(which, end.0),
            _ => Ok(()),
        }
    }

    fn act(mut self, act: &Act) -> Result<Self, Ended> {
        match *act {
            Act::Append(sizes) => self.append(sizes, NOBODY)?,
            Act::Produce(id, sizes) => {
                // Whoever has a transaction open writes within it.
                let transactional = self.in_transaction(id);
                self.append(sizes, self.writer(id, transactional))?;
            }
            Act::Transact(id, sizes) => self.append(sizes, self.writer(id, true))?,
            Act::End(id, committed) => self.end(id, committed)?,
            Act::Lead => {
                self.epoch = LeaderEpoch(self.epoch.0 + 1);
                let epoch = self.epoch.0;
                self.promises.change(|promise| promise.epoch = epoch);
                self.attempt(|log| log.assign_epoch(self.epoch))?;
            }
            Act::Flush => {
                self.flush()?;
            }
            Act::FlushAndTell => self.write(OffsetCheckpoint::RecoveryPoint, self.flush()?)?,
            Act::Checkpoint => self.checkpoint()?,
            Act::Show => self.attempt(Log::show_index_entries)?,
            Act::Roll => self.attempt(|log| log.roll(at(0)))?,
            Act::Truncate(back) => self.truncate(back)?,
            Act::Restart(ahead) => self.restart(ahead)?,
            Act::DeleteBefore(keep) => self.delete(keep)?,
            Act::Retain => {
                let end = self.log.log_end_offset();
                self.attempt(|log| log.apply_retention(at(0), end))?;
            }
            Act::Unlink => drop(self.attempt(|log| log.delete_pending(at(1_000_000)))?),
            Act::CloseAndOpen | Act::CloseTogetherAndOpen => {
                let Some(end) = self.close(matches!(act, Act::CloseTogetherAndOpen))? else {
                    return self.reopen();
                };
                self.promises.change(|promise| promise.flushed(end));
                self.write(OffsetCheckpoint::RecoveryPoint, end)?;
                self.write(OffsetCheckpoint::LogStart, self.log.log_start_offset().0)?;
                let mark = || self.directory.mark_clean_shutdown(BrokerEpoch(1));
                self.promises.attempt(mark)?;
                return self.reopen();
            }
            Act::KillAndOpen => return self.reopen(),
        }
        Ok(self)
    }

    /// `None` if the disk refused: it takes no append then, and is not to be called clean.
    fn close(&self, together: bool) -> Result<Option<i64>, Ended> {
        let close = |log: &Log| {
            if together {
                // The others are closed already.
                let many = [log; 8];
                let closed = close_together(&*self.fs, &many, 1);
                closed.into_iter().next().expect("an outcome")
            } else {
                log.close_clean()
            }
        };
        self.attempt(|log| match close(log) {
            Ok(end) => Ok(Some(end.0)),
            Err(StorageError::Closed) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn reopen(self) -> Result<Self, Ended> {
        let (fs, promises) = (Arc::clone(&self.fs), self.promises);
        drop(self);
        Self::open(fs, promises)
    }

    fn in_transaction(&self, id: i64) -> bool {
        let producer = self.log.producer(ProducerId(id));
        producer.is_some_and(|producer| producer.current_txn_first_offset.is_some())
    }

    fn writer(&self, id: i64, transactional: bool) -> Writer {
        let known = self.log.producer(ProducerId(id));
        Writer {
            id,
            sequence: known.map_or(-1, |known| known.last_sequence()) + 1,
            transactional,
        }
    }

    fn append(&self, sizes: &[usize], writer: Writer) -> Result<(), Ended> {
        let end = self.log.log_end_offset().0;
        let epoch = self.epoch.0;
        let (values, timestamp) = self.promises.change(|promise| {
            let mut values = Vec::new();
            // Neither rising nor all different.
            let timestamp: i64 = 1000 + (promise.values * 7 % 23).cast_signed();
            for (place, size) in (0..).zip(sizes) {
                promise.values += 1;
                let mut value = format!("{}:", promise.values).into_bytes();
                value.resize(value.len().max(*size), b'.');
                let sequence = if writer.id < 0 {
                    -1
                } else {
                    writer.sequence + place
                };
                promise.written.push(Record {
                    offset: end + i64::from(place),
                    value: value.clone(),
                    timestamp,
                    epoch,
                    producer: (writer.id, sequence),
                });
                values.push(value);
            }
            (values, timestamp)
        });
        let bytes = batch(&values, timestamp, writer);
        let batch = validated(&bytes);
        let appended = self.attempt(|log| log.append_as_leader(at(0), &batch, self.epoch))?;
        assert_eq!(appended.first_offset.0, end);
        Ok(())
    }

    fn end(&self, id: i64, committed: bool) -> Result<(), Ended> {
        let (marker, bytes) = contents::marker(id, committed);
        let offset = self.log.log_end_offset().0;
        let first = self
            .log
            .producer(ProducerId(id))
            .and_then(|producer| producer.current_txn_first_offset);
        self.promises.change(|promise| {
            promise.written.push(Record {
                offset,
                value: marker.value().to_vec(),
                timestamp: 0,
                epoch: self.epoch.0,
                producer: (id, -1),
            });
            if let Some(first) = first.filter(|_| !committed) {
                promise.aborted.push((id, first.0, offset));
            }
        });
        self.attempt(|log| log.append_control(at(0), &bytes, self.epoch))?;
        Ok(())
    }

    fn write(&self, which: OffsetCheckpoint, offset: i64) -> Result<(), Ended> {
        let offsets = PartitionOffsets::from([(partition(), Offset(offset))]);
        self.promises
            .attempt(|| self.directory.write_checkpoint(which, &offsets))
    }

    fn flush(&self) -> Result<i64, Ended> {
        let end = self.attempt(Log::flush)?.0;
        self.promises.change(|promise| promise.flushed(end));
        Ok(end)
    }

    fn checkpoint(&self) -> Result<(), Ended> {
        let point = self.attempt(Log::checkpoint)?.0;
        self.promises.change(|promise| {
            promise.flushed(self.log.durable_end_offset().0);
            let producers = self.log.producers().into_iter();
            promise.sequences = producers
                .map(|(id, state)| (id.0, state.last_sequence()))
                .collect();
        });
        self.write(OffsetCheckpoint::RecoveryPoint, point)?;
        let start = self.log.log_start_offset().0;
        self.write(OffsetCheckpoint::LogStart, start)?;
        self.promises.change(|promise| promise.least_start = start);
        Ok(())
    }

    fn truncate(&self, back: i64) -> Result<(), Ended> {
        let start = self.log.log_start_offset().0;
        let offset = (self.log.log_end_offset().0 - back).max(start);
        self.promises.change(|promise| {
            // The batch that holds the offset goes whole.
            let batch = promise
                .written
                .iter()
                .find(|record| record.offset >= offset);
            let kept = batch.map_or(offset, |record| record.offset - 4);
            promise.durable = promise.durable.min(kept);
            promise.least_start = promise.least_start.min(kept);
            promise.sequences.clear();
            promise.before_cut = Some(promise.written.clone());
            promise.written.retain(|record| record.offset < offset);
        });
        let end = self
            .attempt(|log| log.truncate_to(at(0), Offset(offset)))?
            .0;
        self.promises.change(|promise| {
            promise.before_cut = None;
            promise.durable = self.log.durable_end_offset().0;
            promise.written.retain(|record| record.offset < end);
            promise.aborted.retain(|(.., marker)| *marker < end);
        });
        let point = self.log.recovery_point().0.min(end);
        self.write(OffsetCheckpoint::RecoveryPoint, point)?;
        self.lower_start(end)
    }

    /// A start that was kept, and is past the end of the log now, hides what is appended next.
    fn lower_start(&self, end: i64) -> Result<(), Ended> {
        let start = self.log.log_start_offset().0;
        self.write(OffsetCheckpoint::LogStart, start)?;
        self.promises
            .change(|promise| promise.most_start = start.min(end));
        Ok(())
    }

    fn restart(&self, ahead: i64) -> Result<(), Ended> {
        let offset = self.log.log_end_offset().0 + ahead;
        self.promises.change(|promise| {
            promise.durable = 0;
            promise.sequences.clear();
            promise.before_cut = Some(std::mem::take(&mut promise.written));
            // Without a segment it starts where the checkpoint says, which may be old.
            promise.least_start = 0;
            promise.most_start = offset;
        });
        self.attempt(|log| log.truncate_fully_and_start_at(at(0), Offset(offset)))?;
        self.promises.change(|promise| {
            promise.before_cut = None;
            promise.aborted.clear();
            promise.flushed(offset);
            promise.least_start = offset;
        });
        self.write(OffsetCheckpoint::RecoveryPoint, offset)
    }

    fn delete(&self, keep: i64) -> Result<(), Ended> {
        let start = self.log.log_start_offset().0;
        let offset = (self.log.log_end_offset().0 - keep).max(start);
        self.promises.change(|promise| {
            promise.most_start = offset;
            // A log that is lost up to its start begins there anew, and knows no producer.
            if offset > promise.durable {
                promise.sequences.clear();
            }
        });
        self.attempt(|log| log.delete_records_before(Offset(offset)))?;
        self.write(OffsetCheckpoint::LogStart, offset)?;
        self.promises.change(|promise| promise.least_start = offset);
        Ok(())
    }
}
