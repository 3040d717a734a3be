//! The log directories of this node, and which partition lives where.
//!
//! Responsible for opening, placing and removing partition directories, and for the checkpoints.
//!
//! D1  a partition's directory bears its topic id before anything is written into it
//! D2  the checkpoints name no partition that is about to be made
//! D3  the mark of a clean stop is taken away before any log is opened, and set only after all are
//!     closed and every checkpoint is written

mod checkpoints;
mod cordoned;
mod cuts;
mod found;
mod moving;
mod stock;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use ottla_config::{ConfigError, TopicConfig};
use ottla_metadata::Topic;
use ottla_storage::{
    Fault, Log, LogConfig, OpenState, StorageError,
    directory::{
        DirectoryError as StorageDirectoryError, LogDirectory, OffsetCheckpoint,
        PartitionDirectory, PartitionOffsets, Role,
    },
    fs::FileSystem,
};
use ottla_types::{
    BrokerEpoch, Now, Offset, PartitionIndex, Saturate, TopicId, TopicPartition, Uuid,
};
use parking_lot::Mutex;

use crate::{log_config::log_config, partition::Partition, random::Random};
use checkpoints::Checkpoints;
use cuts::Cuts;
pub use cuts::LogCut;
use found::Found;
pub(crate) use moving::Copy;

/// Why a partition's directory cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant is the error it holds")]
pub enum DirectoryError {
    #[error(transparent)]
    Directory(#[from] StorageDirectoryError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("no log directory is online")]
    NoneOnline,
    #[error("Log directory {} is offline", .0.display())]
    Offline(PathBuf),
    #[error(
        "Duplicate log directories are found: {}. It is likely because log directory failure happened \
         while broker was replacing current replica with future replica. Recover broker from this \
         failure by manually deleting one of the two directories for this partition. It is recommended \
         to delete the partition in the log directory that is known to have failed recently.",
        paths(.0)
    )]
    Duplicate(Vec<PathBuf>),
    #[error(
        "Shutdown broker because none of the specified log dirs from {} can be created or validated",
        paths(.0)
    )]
    NoneUsable(Vec<PathBuf>),
}

impl DirectoryError {
    /// Whether only space is missing.
    pub(crate) fn is_no_space(&self) -> bool {
        self.refused().is_some_and(|fault| fault.is_no_space())
    }

    /// What the disk refused, if that is it and not merely for lack of space.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.refused().filter(|fault| !fault.is_no_space())
    }

    fn refused(&self) -> Option<Fault> {
        match self {
            Self::Directory(error) => error.fault(),
            Self::Storage(error) => error.fault().cloned(),
            Self::Config(_)
            | Self::NoneOnline
            | Self::Offline(_)
            | Self::Duplicate(_)
            | Self::NoneUsable(_) => None,
        }
    }
}

/// Paths as a text names them.
pub(crate) fn paths(paths: &[PathBuf]) -> String {
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    paths.join(", ")
}

/// A log directory in use.
#[derive(Debug)]
pub struct Directory {
    id: Uuid,
    handle: LogDirectory,
    /// What took it offline: it is left alone from then on.
    fault: OnceLock<Fault>,
    was_clean: bool,
    /// What the checkpoint files hold.
    checkpoints: Mutex<Checkpoints>,
    /// The first dirty offsets, as the cleaner's checkpoint file has them.
    first_dirty: Mutex<PartitionOffsets>,
    partitions: AtomicU64,
    is_cordoned: AtomicBool,
}

/// What a start finds in a log directory.
#[derive(Debug, Default)]
struct Survey {
    /// The broker epoch in which it was left in good order.
    left_in: Option<BrokerEpoch>,
    partitions: Vec<PartitionDirectory>,
    checkpoints: Checkpoints,
    first_dirty: PartitionOffsets,
}

impl Directory {
    /// What took it offline.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.get()
    }

    /// Whether nothing has failed in it.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.fault().is_none()
    }

    /// What is known of a partition's log before it is opened, and its high watermark.
    fn open_state(&self, name: &TopicPartition, is_new: bool, now: Now) -> (OpenState, Offset) {
        let checkpoints = self.checkpoints.lock();
        let offset = |offsets: &PartitionOffsets| {
            let known = offsets.get(name).copied();
            known.filter(|_| !is_new).unwrap_or(Offset(0))
        };
        let start = OpenState {
            // One that was just made is not on disk.
            clean: self.was_clean && !is_new,
            recovery_point: offset(&checkpoints.recovery_points),
            log_start_offset: offset(&checkpoints.log_starts),
            now,
        };
        (start, offset(&checkpoints.high_watermarks))
    }

    /// Gives a directory of which a power cut took the topic id, before there was anything in it, its
    /// topic id.
    fn finish(
        &self,
        directory: &PartitionDirectory,
        topic_id: TopicId,
    ) -> Result<(), StorageDirectoryError> {
        self.handle.finish_partition(directory, topic_id)?;
        // Nobody syncs the directory of a log that was closed in good order.
        if self.was_clean {
            self.handle.sync_partition(directory)?;
        }
        Ok(())
    }

    /// It holds one partition less.
    fn uncount(&self) {
        self.partitions.fetch_sub(1, Ordering::Relaxed);
    }

    /// Takes stock of what stands in it.
    fn survey(handle: &LogDirectory) -> Result<Survey, StorageDirectoryError> {
        let left_in = handle.take_clean_shutdown()?;
        handle.finish_deletions()?;
        Ok(Survey {
            left_in,
            partitions: handle.scan()?.partitions,
            checkpoints: Checkpoints::read(handle)?,
            first_dirty: handle.checkpoint_or_none(OffsetCheckpoint::Cleaner)?,
        })
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.handle.path()
    }
}

/// A log that was opened, and what is known of it.
pub(crate) struct Opened {
    pub(crate) log: Log,
    pub(crate) directory: Uuid,
    pub(crate) high_watermark: Offset,
}

/// All of them.
#[derive(Debug)]
pub struct Directories {
    fs: Arc<dyn FileSystem>,
    all: Vec<Directory>,
    /// Paths of those that could not be opened.
    unopened: Vec<PathBuf>,
    /// Those that failed, and what nobody was told of yet.
    failed: Mutex<Vec<Uuid>>,
    cuts: Cuts,
    /// Partition directories found at the start and not yet claimed by the metadata.
    found: Found,
    /// Where partitions that are not here yet are to be made.
    preferred: Mutex<BTreeMap<TopicPartition, usize>>,
    doomed: Mutex<Vec<(usize, PartitionDirectory)>>,
    placing: Mutex<()>,
    unique: Random,
    previous_epoch: Option<BrokerEpoch>,
    producer_id_expiration_ms: i64,
}

impl Directories {
    /// Takes stock of opened and formatted directories; `unopened` are the paths of the others. One
    /// that cannot be read is offline.
    ///
    /// # Errors
    /// When none is online.
    pub fn new(
        fs: Arc<dyn FileSystem>,
        handles: Vec<LogDirectory>,
        unopened: Vec<PathBuf>,
        producer_id_expiration_ms: i64,
        seed: u64,
    ) -> Result<Self, DirectoryError> {
        let mut all = Vec::new();
        let mut found = Found::default();
        let mut epochs = vec![None; unopened.len()];
        for handle in handles {
            let fault = OnceLock::new();
            let Survey {
                left_in,
                partitions,
                checkpoints,
                first_dirty,
            } = match Directory::survey(&handle) {
                Ok(surveyed) => surveyed,
                Err(error) => {
                    let cause = error.fault().ok_or(error)?;
                    fault.get_or_init(|| cause);
                    Survey::default()
                }
            };
            epochs.push(left_in);
            let was_clean = left_in.is_some();
            let place = all.len();
            found.list(place, partitions);
            let id = handle
                .meta_properties()
                .and_then(|properties| properties.directory_id)
                .unwrap_or_default();
            all.push(Directory {
                id,
                fault,
                was_clean,
                checkpoints: Mutex::new(checkpoints),
                first_dirty: Mutex::new(first_dirty),
                partitions: AtomicU64::new(0),
                is_cordoned: AtomicBool::new(false),
                handle,
            });
        }
        if !all.iter().any(Directory::is_online) {
            let paths = all.iter().map(Directory::path).map(Path::to_owned);
            return Err(DirectoryError::NoneUsable(paths.chain(unopened).collect()));
        }
        Ok(Self {
            fs,
            all,
            unopened,
            failed: Mutex::new(Vec::new()),
            cuts: Cuts::default(),
            found,
            preferred: Mutex::default(),
            doomed: Mutex::new(Vec::new()),
            placing: Mutex::new(()),
            unique: Random::new(seed),
            previous_epoch: common(&epochs),
            producer_id_expiration_ms,
        })
    }

    /// The epoch under which all directories were left in good order.
    #[must_use]
    pub const fn previous_epoch(&self) -> Option<BrokerEpoch> {
        self.previous_epoch
    }

    /// Every directory that could be opened.
    #[must_use]
    pub fn all(&self) -> &[Directory] {
        &self.all
    }

    /// Those in which nothing has failed.
    pub fn online(&self) -> impl Iterator<Item = &Directory> {
        self.all.iter().filter(|directory| directory.is_online())
    }

    /// Those that failed, and how.
    pub fn failed(&self) -> impl Iterator<Item = (&Directory, &Fault)> {
        let failed = |directory| Some((directory, Directory::fault(directory)?));
        self.all.iter().filter_map(failed)
    }

    /// Paths of those that could not be opened.
    #[must_use]
    pub fn unopened(&self) -> &[PathBuf] {
        &self.unopened
    }

    /// What took the directory offline.
    pub(crate) fn fault_of(&self, id: Uuid) -> Option<&Fault> {
        let directory = self.all.iter().find(|directory| directory.id == id);
        directory.and_then(Directory::fault)
    }

    /// Whether a partition that the metadata has in the directory of this id can be served.
    pub(crate) fn may_hold(&self, id: Uuid) -> bool {
        id.is_reserved() || self.online().any(|directory| directory.id == id)
    }

    /// Takes a directory offline for what failed in it; lack of space is no such thing. It is not always
    /// that of the partition: one that was being moved into it is out of service too.
    pub(crate) fn report(&self, id: Uuid, fault: &Fault) {
        if fault.is_no_space() {
            return;
        }
        let holds = |directory: &&Directory| fault.path().starts_with(directory.path());
        let depth = |directory: &&Directory| directory.path().components().count();
        let holder = self.all.iter().filter(holds).max_by_key(depth);
        let named = || self.all.iter().find(|directory| directory.id == id);
        if let Some(directory) = holder.or_else(named)
            && directory.fault.set(fault.clone()).is_ok()
        {
            self.failed.lock().push(directory.id);
        }
    }

    /// Those that failed since the last call.
    pub(crate) fn take_failed(&self) -> Vec<&Directory> {
        let ids = std::mem::take(&mut *self.failed.lock());
        let failed = |directory: &&Directory| ids.contains(&directory.id);
        self.all.iter().filter(failed).collect()
    }

    /// The logs that were cut when they were opened, since the last call.
    #[must_use]
    pub fn take_cuts(&self) -> Vec<LogCut> {
        self.cuts.take()
    }

    /// Notes what failed in the directory; gives the outcome back.
    fn noted<T>(
        &self,
        directory: &Directory,
        outcome: Result<T, impl Into<DirectoryError>>,
    ) -> Result<T, DirectoryError> {
        outcome.map_err(|error| {
            let error = error.into();
            if let Some(fault) = error.fault() {
                self.report(directory.id, &fault);
            }
            error
        })
    }

    /// What the logs of a topic's partitions need of its configuration and of the node's.
    pub(crate) fn log_config(&self, topic: &TopicConfig) -> Arc<LogConfig> {
        Arc::new(LogConfig {
            producer_id_expiration_ms: self.producer_id_expiration_ms,
            ..log_config(topic)
        })
    }

    /// Opens the log of a partition: the one found on disk under its topic id, or a new one, in the
    /// directory that was asked for or `assigned`, or else in the one that holds the fewest partitions.
    ///
    /// One that cannot be opened stays found: no second one is made beside it, and the next change of
    /// the partition's metadata, or the next start, tries again.
    pub(crate) fn open_log(
        &self,
        now: Now,
        topic: &Topic,
        index: PartitionIndex,
        config: Arc<LogConfig>,
        assigned: Uuid,
    ) -> Result<Opened, DirectoryError> {
        let name = TopicPartition {
            topic: Arc::clone(&topic.name),
            partition: index,
        };
        let existing = self.claim(&name, topic, assigned)?;
        let is_new = existing.is_none();
        let (place, found) = match existing {
            Some(existing) => existing,
            None => {
                for directory in self.online() {
                    self.noted(directory, directory.forget(&name))?;
                }
                self.make(&name, topic, assigned)?
            }
        };
        let directory = self.home(place)?;
        let (start, high_watermark) = directory.open_state(&name, is_new, now);
        let opened = Log::open(Arc::clone(&self.fs), found.path.clone(), config, start);
        match self.noted(directory, opened) {
            Ok((log, recovered)) => {
                self.cuts.add(found.path, recovered.cut);
                if !is_new {
                    let lowered = directory.lower_recovery_point(&name, log.log_end_offset());
                    self.noted(directory, lowered)?;
                }
                if !is_new {
                    directory.partitions.fetch_add(1, Ordering::Relaxed);
                }
                Ok(Opened {
                    high_watermark: high_watermark
                        .clamp(log.log_start_offset(), log.log_end_offset()),
                    log,
                    directory: directory.id,
                })
            }
            Err(error) => {
                if is_new {
                    directory.uncount();
                }
                self.found.add(place, found);
                Err(error)
            }
        }
    }

    /// Makes a partition's directory; where a disk refuses, another is tried.
    fn make(
        &self,
        name: &TopicPartition,
        topic: &Topic,
        assigned: Uuid,
    ) -> Result<(usize, PartitionDirectory), DirectoryError> {
        let preferred = self.preferred.lock().remove(name);
        let is_assigned = |directory: &Directory| directory.id == assigned;
        let preferred = preferred.or_else(|| self.all.iter().position(is_assigned));
        loop {
            let (place, directory) = self.place(preferred).ok_or(DirectoryError::NoneOnline)?;
            let made = directory.handle.create_partition(name, topic.id);
            match self.noted(directory, made) {
                Ok(made) => return Ok((place, made)),
                Err(error) => {
                    directory.uncount();
                    if directory.is_online() {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// A place for one more partition, which is counted from here on.
    fn place(&self, preferred: Option<usize>) -> Option<(usize, &Directory)> {
        // Logs are opened by several threads.
        let _placing = self.placing.lock();
        let count = |directory: &Directory| directory.partitions.load(Ordering::Relaxed);
        let online = || {
            let all = self.all.iter().enumerate();
            all.filter(|(_, directory)| directory.is_online())
        };
        let emptiest =
            || online().min_by_key(|(_, directory)| (directory.is_cordoned(), count(directory)));
        let (place, directory) = online()
            .find(|(place, _)| Some(*place) == preferred)
            .or_else(emptiest)?;
        directory.partitions.fetch_add(1, Ordering::Relaxed);
        Some((place, directory))
    }

    /// Marks the directory of a deleted topic's partition; [`Self::remove_doomed`] removes it. One on a
    /// disk that failed is a stray when that is back.
    pub(crate) fn remove(&self, partition: &Partition) -> Result<(), DirectoryError> {
        let id = partition.directory();
        let place = self.all.iter().position(|directory| directory.id == id);
        let place = place.ok_or(DirectoryError::NoneOnline)?;
        let directory = PartitionDirectory {
            partition: partition.name(),
            role: Role::Current,
            path: partition.log().dir().to_owned(),
        };
        let home = self.home(place)?;
        home.uncount();
        self.doom(place, &directory)?;
        if !home.is_online() {
            return Ok(());
        }
        let name = &directory.partition;
        let forgotten = home.change_first_dirty(|offsets| offsets.remove(name).is_some());
        self.noted(home, forgotten)
    }

    /// Removes the directories of deleted partitions. Apache Kafka waits for
    /// `file.delete.delay.ms` first; open readers keep their files here either way.
    ///
    /// # Errors
    /// When the disk refuses; what is left goes at the next start.
    pub fn remove_doomed(&self) -> Result<(), DirectoryError> {
        for (place, directory) in std::mem::take(&mut *self.doomed.lock()) {
            if let Some(home) = self.all.get(place).filter(|home| home.is_online()) {
                self.noted(home, home.handle.remove(&directory))?;
            }
        }
        Ok(())
    }

    /// Up to where the log of a partition was cleaned, as far as that is known.
    pub(crate) fn first_dirty(&self, partition: &Partition) -> Option<Offset> {
        let home = self.home_of(partition)?;
        home.first_dirty.lock().get(&partition.name()).copied()
    }

    /// Writes down up to where the log of a partition was cleaned.
    pub(crate) fn keep_first_dirty(
        &self,
        partition: &Partition,
        offset: Offset,
    ) -> Result<(), DirectoryError> {
        let home = self.home_of(partition).ok_or(DirectoryError::NoneOnline)?;
        let change = |offsets: &mut PartitionOffsets| {
            // Its name may be that of another topic by now.
            !partition.is_retired() && offsets.insert(partition.name(), offset) != Some(offset)
        };
        self.noted(home, home.change_first_dirty(change))
    }

    fn home_of(&self, partition: &Partition) -> Option<&Directory> {
        self.all
            .iter()
            .find(|directory| directory.id == partition.directory())
    }

    pub(crate) fn fs(&self) -> &dyn FileSystem {
        &*self.fs
    }

    /// Writes the checkpoints of every directory that is online, but those `except`ed; gives the first
    /// failure.
    pub(crate) fn checkpoint(
        &self,
        partitions: &[Arc<Partition>],
        except: &BTreeSet<Uuid>,
    ) -> Result<(), DirectoryError> {
        let mut outcome = Ok(());
        for directory in self.online().filter(|home| !except.contains(&home.id)) {
            let written = self.noted(directory, directory.write_checkpoints(partitions));
            outcome = outcome.and(written);
        }
        outcome
    }

    /// Says of every directory that is online, but the `unclean`, that everything is on disk (D3).
    pub(crate) fn mark_clean(
        &self,
        epoch: BrokerEpoch,
        unclean: &BTreeSet<Uuid>,
    ) -> Result<(), DirectoryError> {
        let mut outcome = Ok(());
        for directory in self.online().filter(|dir| !unclean.contains(&dir.id)) {
            let marked = directory.handle.mark_clean_shutdown(epoch);
            let marked = self.noted(directory, marked);
            outcome = outcome.and(marked);
        }
        outcome
    }

    /// Bytes in all and free, of the file system a directory is on; `None` when it does not say.
    pub(crate) fn space(&self, directory: &Directory) -> Option<(i64, i64)> {
        let (total, free) = self.fs.space(directory.path()).ok().flatten()?;
        Some((total.saturate(), free.saturate()))
    }
}

/// The one epoch that every directory names.
fn common(epochs: &[Option<BrokerEpoch>]) -> Option<BrokerEpoch> {
    let (first, rest) = epochs.split_first()?;
    rest.iter()
        .all(|epoch| epoch == first)
        .then_some(*first)
        .flatten()
}
