//! The log directories of this node, and which partition lives where.
//!
//! Responsible for opening, placing and removing partition directories, and for the checkpoints.
//!
//! D1  a partition's directory bears its topic id before anything is written into it
//! D2  the checkpoints name no partition that is about to be made
//! D3  the mark of a clean stop is taken away before any log is opened, and set only after all are
//!     closed and every checkpoint is written

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ottla_config::ConfigError;
use ottla_metadata::Topic;
use ottla_storage::{
    Log, LogConfig, OpenState, StorageError,
    directory::{
        DirectoryError as StorageDirectoryError, LogDirectory, OffsetCheckpoint,
        PartitionDirectory, PartitionOffsets, Role, partition_metadata,
    },
    fs::FileSystem,
};
use ottla_types::{BrokerEpoch, Now, Offset, PartitionIndex, Saturate, TopicPartition, Uuid};
use parking_lot::Mutex;

use crate::{partition::Partition, random::Random};

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
}

/// A log directory in use.
#[derive(Debug)]
pub struct Directory {
    id: Uuid,
    handle: LogDirectory,
    was_clean: bool,
    /// What the checkpoint files hold.
    checkpoints: Mutex<Checkpoints>,
    /// The first dirty offsets, as the cleaner's checkpoint file has them.
    first_dirty: Mutex<PartitionOffsets>,
    partitions: AtomicU64,
}

/// The offsets of one log directory's checkpoint files.
#[derive(Clone, Debug, Default)]
struct Checkpoints {
    recovery_points: PartitionOffsets,
    log_starts: PartitionOffsets,
    high_watermarks: PartitionOffsets,
}

impl Checkpoints {
    fn read(handle: &LogDirectory) -> Self {
        // A checkpoint that cannot be read is as good as none, as in Apache Kafka.
        let read = |which| handle.read_checkpoint(which).unwrap_or_default();
        Self {
            recovery_points: read(OffsetCheckpoint::RecoveryPoint),
            log_starts: read(OffsetCheckpoint::LogStart),
            high_watermarks: read(OffsetCheckpoint::HighWatermark),
        }
    }

    fn write(&self, handle: &LogDirectory) -> Result<(), StorageDirectoryError> {
        handle.write_checkpoint(OffsetCheckpoint::RecoveryPoint, &self.recovery_points)?;
        handle.write_checkpoint(OffsetCheckpoint::LogStart, &self.log_starts)?;
        handle.write_checkpoint(OffsetCheckpoint::HighWatermark, &self.high_watermarks)
    }

    /// Whether any of them names a partition.
    fn name(&self, partition: &TopicPartition) -> bool {
        self.recovery_points.contains_key(partition)
            || self.log_starts.contains_key(partition)
            || self.high_watermarks.contains_key(partition)
    }

    fn remove(&mut self, partition: &TopicPartition) {
        self.recovery_points.remove(partition);
        self.log_starts.remove(partition);
        self.high_watermarks.remove(partition);
    }
}

impl Directory {
    /// Sees to it that the checkpoints say nothing of a partition that is about to be made: they
    /// may still name one of a deleted topic, and would be taken for its own after a power cut.
    fn forget(&self, partition: &TopicPartition) -> Result<(), StorageDirectoryError> {
        let mut checkpoints = self.checkpoints.lock();
        if checkpoints.name(partition) {
            let mut without = checkpoints.clone();
            without.remove(partition);
            without.write(&self.handle)?;
            *checkpoints = without;
        }
        drop(checkpoints);
        self.change_first_dirty(|offsets| offsets.remove(partition).is_some())
    }

    /// Writes the cleaner's checkpoint if `change` says that it changed.
    fn change_first_dirty(
        &self,
        change: impl FnOnce(&mut PartitionOffsets) -> bool,
    ) -> Result<(), StorageDirectoryError> {
        let mut first_dirty = self.first_dirty.lock();
        let mut changed = first_dirty.clone();
        if change(&mut changed) {
            self.handle
                .write_checkpoint(OffsetCheckpoint::Cleaner, &changed)?;
            *first_dirty = changed;
        }
        Ok(())
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
    /// Partition directories found at the start and not yet claimed by the metadata.
    found: Mutex<BTreeMap<TopicPartition, (usize, PartitionDirectory)>>,
    doomed: Mutex<Vec<(usize, PartitionDirectory)>>,
    placing: Mutex<()>,
    unique: Random,
    previous_epoch: Option<BrokerEpoch>,
    producer_id_expiration_ms: i64,
}

impl Directories {
    /// Takes stock of opened and formatted directories.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn new(
        fs: Arc<dyn FileSystem>,
        handles: Vec<LogDirectory>,
        producer_id_expiration_ms: i64,
        seed: u64,
    ) -> Result<Self, StorageDirectoryError> {
        let mut all = Vec::new();
        let mut found = BTreeMap::new();
        let mut epochs = Vec::new();
        for handle in handles {
            let left_in = handle.take_clean_shutdown()?;
            epochs.push(left_in);
            let was_clean = left_in.is_some();
            handle.finish_deletions()?;
            let place = all.len();
            for partition in handle.scan()?.partitions {
                if partition.role == Role::Current {
                    found.insert(partition.partition.clone(), (place, partition));
                }
            }
            let id = handle
                .meta_properties()
                .and_then(|properties| properties.directory_id)
                .unwrap_or_default();
            all.push(Directory {
                id,
                was_clean,
                checkpoints: Mutex::new(Checkpoints::read(&handle)),
                first_dirty: Mutex::new(
                    handle
                        .read_checkpoint(OffsetCheckpoint::Cleaner)
                        .unwrap_or_default(),
                ),
                partitions: AtomicU64::new(0),
                handle,
            });
        }
        Ok(Self {
            fs,
            all,
            found: Mutex::new(found),
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

    /// Every directory.
    #[must_use]
    pub fn all(&self) -> &[Directory] {
        &self.all
    }

    /// Opens the log of a partition: the one found on disk under its topic id, or a new one in the
    /// directory that holds the fewest partitions.
    pub(crate) fn open_log(
        &self,
        now: Now,
        topic: &Topic,
        index: PartitionIndex,
        mut config: LogConfig,
    ) -> Result<Opened, DirectoryError> {
        config.producer_id_expiration_ms = self.producer_id_expiration_ms;
        let name = TopicPartition {
            topic: Arc::clone(&topic.name),
            partition: index,
        };
        let claimed = self.found.lock().remove(&name);
        let existing = match claimed {
            Some((place, directory)) => self.check_owner(place, directory, topic)?,
            None => None,
        };
        let (place, path, is_new) = match existing {
            Some((place, path)) => (place, path, false),
            None => {
                for directory in &self.all {
                    directory.forget(&name)?;
                }
                let (place, directory) = self.place().ok_or(DirectoryError::NoneOnline)?;
                let made = directory.handle.create_partition(&name, topic.id);
                if made.is_err() {
                    directory.partitions.fetch_sub(1, Ordering::Relaxed);
                }
                (place, made?.path, true)
            }
        };
        let directory = self.all.get(place).ok_or(DirectoryError::NoneOnline)?;
        let offset = |offsets: &PartitionOffsets| {
            offsets
                .get(&name)
                .copied()
                .filter(|_| !is_new)
                .unwrap_or(Offset(0))
        };
        let (start, high_watermark) = {
            let checkpoints = directory.checkpoints.lock();
            let start = OpenState {
                clean: directory.was_clean || is_new,
                recovery_point: offset(&checkpoints.recovery_points),
                log_start_offset: offset(&checkpoints.log_starts),
                now,
            };
            (start, offset(&checkpoints.high_watermarks))
        };
        let opened = Log::open(Arc::clone(&self.fs), path, config, start);
        match (&opened, is_new) {
            (Ok(_), false) => directory.partitions.fetch_add(1, Ordering::Relaxed),
            (Err(_), true) => directory.partitions.fetch_sub(1, Ordering::Relaxed),
            _ => 0,
        };
        let (log, _) = opened?;
        Ok(Opened {
            high_watermark: high_watermark.clamp(log.log_start_offset(), log.log_end_offset()),
            log,
            directory: directory.id,
        })
    }

    /// Whether the directory on disk is that of the topic; one of another topic of the same name
    /// is set aside.
    fn check_owner(
        &self,
        place: usize,
        directory: PartitionDirectory,
        topic: &Topic,
    ) -> Result<Option<(usize, PathBuf)>, DirectoryError> {
        let owner = partition_metadata::read(&*self.fs, &directory.path)?;
        if owner == Some(topic.id) {
            return Ok(Some((place, directory.path)));
        }
        if let Some(home) = self.all.get(place) {
            home.handle.mark_stray(&directory, self.unique.uuid())?;
        }
        Ok(None)
    }

    /// A place for one more partition, which is counted from here on.
    fn place(&self) -> Option<(usize, &Directory)> {
        // Logs are opened by several threads.
        let _placing = self.placing.lock();
        let count = |directory: &Directory| directory.partitions.load(Ordering::Relaxed);
        let all = self.all.iter().enumerate();
        let (place, directory) = all.min_by_key(|(_, directory)| count(directory))?;
        directory.partitions.fetch_add(1, Ordering::Relaxed);
        Some((place, directory))
    }

    /// Sets aside what was found at the start and no topic has claimed. Called once, when the
    /// metadata has caught up.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_strays_aside(&self) -> Result<Vec<PathBuf>, DirectoryError> {
        let mut aside = Vec::new();
        for (_, (place, directory)) in std::mem::take(&mut *self.found.lock()) {
            if let Some(home) = self.all.get(place) {
                aside.push(home.handle.mark_stray(&directory, self.unique.uuid())?.path);
            }
        }
        Ok(aside)
    }

    /// Marks the directory of a deleted topic's partition; [`Self::remove_doomed`] removes it.
    pub(crate) fn remove(&self, partition: &Partition) -> Result<(), DirectoryError> {
        let place = self
            .all
            .iter()
            .position(|directory| directory.id == partition.directory());
        let Some((place, home)) = place.and_then(|place| Some((place, self.all.get(place)?)))
        else {
            return Err(DirectoryError::NoneOnline);
        };
        home.partitions.fetch_sub(1, Ordering::Relaxed);
        let directory = PartitionDirectory {
            partition: partition.name(),
            role: Role::Current,
            path: partition.log().dir().to_owned(),
        };
        let doomed = home.handle.mark_deleted(&directory, self.unique.uuid())?;
        self.doomed.lock().push((place, doomed));
        let name = &directory.partition;
        Ok(home.change_first_dirty(|offsets| offsets.remove(name).is_some())?)
    }

    /// Removes the directories of deleted partitions. Apache Kafka waits for
    /// `file.delete.delay.ms` first; open readers keep their files here either way.
    ///
    /// # Errors
    /// When the disk refuses; what is left goes at the next start.
    pub fn remove_doomed(&self) -> Result<(), DirectoryError> {
        for (place, directory) in std::mem::take(&mut *self.doomed.lock()) {
            if let Some(home) = self.all.get(place) {
                home.handle.remove(&directory)?;
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
        Ok(home.change_first_dirty(change)?)
    }

    fn home_of(&self, partition: &Partition) -> Option<&Directory> {
        self.all
            .iter()
            .find(|directory| directory.id == partition.directory())
    }

    /// Writes the checkpoints of every directory.
    pub(crate) fn checkpoint(&self, partitions: &[Arc<Partition>]) -> Result<(), DirectoryError> {
        for directory in &self.all {
            let mut checkpoints = directory.checkpoints.lock();
            let mut now = Checkpoints::default();
            let inside = |partition: &&Arc<Partition>| {
                partition.directory() == directory.id && !partition.is_retired()
            };
            for partition in partitions.iter().filter(inside) {
                let name = partition.name();
                let log = partition.log();
                let start = log.log_start_offset();
                if log.segments().first().is_none_or(|(base, _)| start > *base) {
                    now.log_starts.insert(name.clone(), start);
                }
                now.recovery_points
                    .insert(name.clone(), log.recovery_point());
                now.high_watermarks.insert(name, partition.high_watermark());
            }
            // If this fails, the files may name the partitions of before and those of now.
            checkpoints
                .recovery_points
                .extend(now.recovery_points.clone());
            now.write(&directory.handle)?;
            *checkpoints = now;
        }
        Ok(())
    }

    /// Says that everything is on disk (D3).
    pub(crate) fn mark_clean(&self, epoch: BrokerEpoch) -> Result<(), DirectoryError> {
        for directory in &self.all {
            directory.handle.mark_clean_shutdown(epoch)?;
        }
        Ok(())
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
