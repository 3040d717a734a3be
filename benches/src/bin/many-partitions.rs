//! What many partitions cost: making them, memory while they are idle, starting again after a clean
//! stop and after a crash. The crate that is measured is `ottla-storage`, in this process.
#![expect(clippy::print_stdout, reason = "figures are its output")]

use std::{error::Error, path::Path, sync::Arc, thread};

use ottla_benches::{args::Args, batch::Batch, clock, usage::Usage};
use ottla_records::{
    Decompressor,
    validate::{Rules, validate_produce_batch},
};
use ottla_storage::{
    Log, LogConfig, OpenState, close_together,
    directory::{LogDirectory, OffsetCheckpoint, PartitionDirectory, PartitionOffsets, Role},
    fs::{FileSystem, OsFileSystem},
};
use ottla_types::{
    BrokerEpoch, LeaderEpoch, Now, Offset, PartitionIndex, Saturate, TopicPartition, Uuid, WallMs,
};
use rustix::process::{Resource, getrlimit};

type Failure = Box<dyn Error + Send + Sync>;

/// Partitions of one topic.
const PER_TOPIC: i32 = 100;

fn main() -> Result<(), Failure> {
    let mut args = Args::from_process()?;
    let count: usize = args.value("partitions")?.unwrap_or(10_000);
    let threads: usize = args.value("threads")?.unwrap_or(2);
    let base = args.text("dir").map_or_else(std::env::temp_dir, Into::into);
    args.finish()?;
    let home = tempfile::tempdir_in(base)?;
    let descriptors = getrlimit(Resource::Nofile).current;
    println!("{count} partitions, {threads} threads, at most {descriptors:?} descriptors");

    let bench = Bench {
        fs: Arc::new(OsFileSystem),
        threads,
    };
    let directory = LogDirectory::open(Arc::clone(&bench.fs), home.path())?;
    let logs = bench.fill(&directory, count)?;
    bench.stop(&directory, &logs, "stopped")?;
    drop(logs);
    let logs = bench.start(&directory, "after a clean stop")?;
    bench.stop(&directory, &logs, "stopped, untouched")?;
    drop(logs);
    let logs = bench.start(&directory, "after a clean stop, untouched")?;
    bench.checkpoint(&directory, &logs)?;
    drop(logs);
    let logs = bench.start(&directory, "after a crash")?;
    bench.touch(&logs)
}

struct Bench {
    fs: Arc<dyn FileSystem>,
    threads: usize,
}

impl Bench {
    /// Makes partitions with one batch each.
    fn fill(&self, directory: &LogDirectory, count: usize) -> Result<Vec<Log>, Failure> {
        let names: Vec<_> = (0..count).map(name).collect();
        measured("made, with one batch each", count, || {
            self.each(&names, |index, name| {
                let id = Uuid(u128::try_from(index + 1)?.to_be_bytes());
                let path = directory.create_partition(name, id)?.path;
                let log = self.open(&path, OpenState::default())?;
                append(&log)?;
                Ok(log)
            })
        })
    }

    fn stop(&self, directory: &LogDirectory, logs: &[Log], what: &str) -> Result<(), Failure> {
        let points = measured(what, logs.len(), || {
            let all: Vec<&Log> = logs.iter().collect();
            let closed = close_together(&*self.fs, &all, self.threads);
            let points = closed.into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok((0..).map(name).zip(points).collect::<PartitionOffsets>())
        })?;
        directory.write_checkpoint(OffsetCheckpoint::RecoveryPoint, &points)?;
        directory.mark_clean_shutdown(BrokerEpoch(1))?;
        Ok(())
    }

    /// What a crash after this leaves is not all written down.
    fn checkpoint(&self, directory: &LogDirectory, logs: &[Log]) -> Result<(), Failure> {
        let points = measured("checkpointed, then one batch each", logs.len(), || {
            self.each(logs, |index, log| {
                let point = log.checkpoint()?;
                append(log)?;
                Ok((name(index), point))
            })
        })?;
        let points: PartitionOffsets = points.into_iter().collect();
        directory.write_checkpoint(OffsetCheckpoint::RecoveryPoint, &points)?;
        Ok(())
    }

    fn start(&self, directory: &LogDirectory, what: &str) -> Result<Vec<Log>, Failure> {
        let clean = directory.take_clean_shutdown()?.is_some();
        let begun = clock::now();
        let points = directory.read_checkpoint(OffsetCheckpoint::RecoveryPoint)?;
        let mut partitions = directory.scan()?.partitions;
        partitions.retain(|partition| partition.role == Role::Current);
        println!("{:>10.1?} to list them", begun.elapsed());
        // In the order in which they were made.
        partitions.sort_by_key(|found| topic_number(&found.partition));
        measured(what, partitions.len(), || {
            self.each(&partitions, |_, found: &PartitionDirectory| {
                let point = points.get(&found.partition).copied();
                let state = OpenState {
                    clean,
                    recovery_point: point.unwrap_or(Offset(0)),
                    now: now(),
                    ..OpenState::default()
                };
                self.open(&found.path, state)
            })
        })
    }

    /// Reads every log once.
    fn touch(&self, logs: &[Log]) -> Result<(), Failure> {
        measured("read once", logs.len(), || {
            self.each(logs, |_, log| {
                let end = log.log_end_offset();
                Ok(log.read(Offset(0), 1 << 20, end, true)?.data.len())
            })
        })?;
        Ok(())
    }

    fn open(&self, path: &Path, state: OpenState) -> Result<Log, Failure> {
        let fs = Arc::clone(&self.fs);
        Ok(Log::open(fs, path.to_owned(), LogConfig::default(), state)?.0)
    }

    /// Does `work` for every item, in order, on all threads.
    fn each<T: Sync, R: Send>(
        &self,
        items: &[T],
        work: impl Fn(usize, &T) -> Result<R, Failure> + Sync,
    ) -> Result<Vec<R>, Failure> {
        let share = items.len().div_ceil(self.threads).max(1);
        let work = &work;
        thread::scope(|scope| {
            let parts: Vec<_> = items
                .chunks(share)
                .enumerate()
                .map(|(part, items)| {
                    scope.spawn(move || {
                        let numbered = items.iter().enumerate();
                        numbered
                            .map(|(at, item)| work(part * share + at, item))
                            .collect::<Result<Vec<R>, Failure>>()
                    })
                })
                .collect();
            let mut all = Vec::with_capacity(items.len());
            for part in parts {
                all.extend(part.join().map_err(|_| "a thread panicked")??);
            }
            Ok(all)
        })
    }
}

/// Runs `work` and says how long it took and how much memory its result holds.
fn measured<R>(
    what: &str,
    count: usize,
    work: impl FnOnce() -> Result<R, Failure>,
) -> Result<R, Failure> {
    let (before, begun) = (Usage::own()?, clock::now());
    let result = work()?;
    let (taken, after) = (begun.elapsed(), Usage::own()?);
    let count: u64 = count.max(1).saturate();
    println!(
        "{taken:>10.1?} {what}: {:.1?} each, CPU {:.1?}, {} bytes of memory each more",
        taken / u32::try_from(count)?,
        (after - before).cpu(),
        after.resident.saturating_sub(before.resident) / count,
    );
    Ok(result)
}

fn append(log: &Log) -> Result<(), Failure> {
    let batch = Batch::of(1, 100, now().wall);
    let mut decompressor = Decompressor::new();
    let rules = Rules::default();
    let valid = validate_produce_batch(&batch.bytes, &rules, now().wall, &mut decompressor)
        .map_err(|refusal| format!("{refusal:?}"))?;
    log.append_as_leader(now(), &valid, LeaderEpoch(0))?;
    Ok(())
}

fn now() -> Now {
    Now {
        wall: WallMs(1_800_000_000_000),
        ..Now::default()
    }
}

fn name(index: usize) -> TopicPartition {
    let index = i32::try_from(index).unwrap_or(i32::MAX);
    TopicPartition {
        topic: format!("topic-{}", index / PER_TOPIC).into(),
        partition: PartitionIndex(index % PER_TOPIC),
    }
}

fn topic_number(partition: &TopicPartition) -> (usize, i32) {
    let number = partition.topic.rsplit('-').next();
    let number = number.and_then(|digits| digits.parse().ok());
    (number.unwrap_or_default(), partition.partition.0)
}
