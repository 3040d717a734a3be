//! One directory of `log.dirs`: its lock, its identity, its checkpoints and its partitions.
//!
//! Not responsible for what is inside a partition directory, nor for `bootstrap.checkpoint` and
//! `quorum-state`. Names that are not known are left alone.
//!
//! D1  while a `LogDirectory` lives, no other process that locks `.lock` uses the directory
//! D2  the mark of a clean shutdown is gone from the disk before `take_clean_shutdown` returns
//! D3  a partition directory is removed only under a name that ends in `-delete`, so that a removal
//!     cut short is finished at the next start and never taken for a partition
//! D4  a partition directory survives a power cut under its old name or its new one
//!
//! ```
//! use std::{path::Path, sync::Arc};
//!
//! use ottla_storage::{
//!     directory::{Expected, Identity, LogDirectory, meta_properties},
//!     fs::MemoryFileSystem,
//! };
//! use ottla_types::{BrokerEpoch, BrokerId, TopicPartition, Uuid};
//!
//! # fn main() -> Result<(), ottla_storage::directory::DirectoryError> {
//! let fs = Arc::new(MemoryFileSystem::new());
//! let identity = Identity {
//!     cluster_id: "0Fk0ga06Tb2VoeKiDpcKAg".to_owned(),
//!     node_id: BrokerId(1),
//! };
//!
//! // First start: format it, use it, leave it clean.
//! let mut directory = LogDirectory::open(fs.clone(), Path::new("/data"))?;
//! directory.complete(&identity, Uuid([7; 16]))?;
//! directory.create_partition(&TopicPartition::new("orders", 0), Uuid([9; 16]))?;
//! directory.mark_clean_shutdown(BrokerEpoch(42))?;
//! drop(directory);
//!
//! // Next start: it says whose it is and how it was left.
//! let directory = LogDirectory::open(fs, Path::new("/data"))?;
//! let properties = directory.meta_properties().into_iter();
//! let found = properties.map(|properties| (directory.path(), properties));
//! assert_eq!(meta_properties::agree(found, Expected::default())?, identity);
//! assert_eq!(directory.take_clean_shutdown()?, Some(BrokerEpoch(42)));
//! assert_eq!(directory.scan()?.partitions.len(), 1);
//! # Ok(())
//! # }
//! ```

pub mod checkpoint;
mod clean_shutdown;
mod error;
mod java_properties;
pub mod meta_properties;
pub mod partition_metadata;
mod partition_name;

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use ottla_types::{BrokerEpoch, TopicId, TopicPartition, Uuid};

pub use self::{
    checkpoint::{OffsetCheckpoint, PartitionOffsets},
    clean_shutdown::CLEAN_SHUTDOWN,
    error::{DirectoryError, MetaPropertiesError, TextFileError},
    meta_properties::{Expected, Identity, META_PROPERTIES, MetaProperties},
    partition_metadata::PARTITION_METADATA,
    partition_name::{Role, current_name, parse_name, suffixed_name},
};
use crate::fs::{Access, DirEntry, FileSystem, Lock};
use checkpoint::share_topics;

/// The name of the lock file.
pub const LOCK: &str = ".lock";

/// The directory of the metadata log, which is not one of the broker's partitions.
pub const METADATA_LOG: &str = "__cluster_metadata-0";

/// A locked directory of `log.dirs`. Dropping it releases the lock.
#[derive(Debug)]
pub struct LogDirectory {
    fs: Arc<dyn FileSystem>,
    path: PathBuf,
    properties: Option<MetaProperties>,
    _lock: Box<dyn Lock>,
}

/// A partition's directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartitionDirectory {
    /// The partition; of a deleted or stray one the topic may be cut short.
    pub partition: TopicPartition,
    /// What it is for.
    pub role: Role,
    /// Where it is.
    pub path: PathBuf,
}

/// What stands in a log directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The broker's partitions, in name order.
    pub partitions: Vec<PartitionDirectory>,
    /// The metadata log, when it is here.
    pub metadata_log: Option<PathBuf>,
    /// Directories that are none of Kafka's. Apache Kafka refuses to start over these.
    pub unknown: Vec<OsString>,
}

impl LogDirectory {
    /// Opens a directory of `log.dirs`: makes it when it does not exist, locks it, and reads to
    /// whom it belongs.
    ///
    /// # Errors
    /// When another process uses it, its `meta.properties` is refused, or the disk refuses.
    pub fn open(fs: Arc<dyn FileSystem>, path: &Path) -> Result<Self, DirectoryError> {
        make(&*fs, path)?;
        let lock = fs.lock(&path.join(LOCK)).map_err(|error| {
            if error.kind() == io::ErrorKind::WouldBlock {
                DirectoryError::Locked(path.to_owned())
            } else {
                DirectoryError::io("lock", path)(error)
            }
        })?;
        let file = path.join(META_PROPERTIES);
        let properties = match read(&*fs, &file)? {
            Some(bytes) => Some(MetaProperties::parse(&bytes)?),
            None => None,
        };
        Ok(Self {
            fs,
            path: path.to_owned(),
            properties,
            _lock: lock,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// To whom it belongs; `None` when it is not formatted.
    #[must_use]
    pub const fn meta_properties(&self) -> Option<&MetaProperties> {
        self.properties.as_ref()
    }

    /// Writes to whom it belongs, durably.
    ///
    /// # Errors
    /// When the disk refuses; what was written before then still holds.
    pub fn write_meta_properties(
        &mut self,
        properties: MetaProperties,
    ) -> Result<(), DirectoryError> {
        let file = self.path.join(META_PROPERTIES);
        self.fs
            .replace(&file, properties.encode().as_bytes())
            .map_err(DirectoryError::io("write", &file))?;
        self.properties = Some(properties);
        Ok(())
    }

    /// Gives the directory the newest version's properties where it lacks them: when it is not
    /// formatted, has no directory id, or is of version 0. `new_id` becomes its id if it has none.
    /// Returns its id.
    ///
    /// Call it once [`meta_properties::agree`] has accepted all directories of the node.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn complete(&mut self, identity: &Identity, new_id: Uuid) -> Result<Uuid, DirectoryError> {
        let present = self.properties.as_ref();
        let id = present.and_then(|properties| properties.directory_id);
        let completed = MetaProperties::new(identity, id.unwrap_or(new_id));
        if present != Some(&completed) {
            self.write_meta_properties(completed)?;
        }
        Ok(id.unwrap_or(new_id))
    }

    /// Whether the directory was left with everything on disk, and in which broker epoch (`NONE`
    /// when the mark does not say). The mark is removed, durably, before this returns.
    ///
    /// Call it before anything in the directory is opened.
    ///
    /// # Errors
    /// When the disk refuses. The directory must then not be used.
    pub fn take_clean_shutdown(&self) -> Result<Option<BrokerEpoch>, DirectoryError> {
        let file = self.path.join(CLEAN_SHUTDOWN);
        let Some(bytes) = read(&*self.fs, &file)? else {
            return Ok(None);
        };
        self.fs
            .remove_file(&file)
            .map_err(DirectoryError::io("remove", &file))?;
        self.sync()?;
        Ok(Some(clean_shutdown::parse(&bytes)))
    }

    /// Marks the directory as left with everything on disk, durably.
    ///
    /// Call it last in a shutdown, only when every log of the directory was flushed and closed and
    /// every checkpoint written without an error.
    ///
    /// # Errors
    /// When the disk refuses; the next start then recovers.
    pub fn mark_clean_shutdown(&self, broker_epoch: BrokerEpoch) -> Result<(), DirectoryError> {
        let file = self.path.join(CLEAN_SHUTDOWN);
        self.fs
            .replace(&file, clean_shutdown::encode(broker_epoch).as_bytes())
            .map_err(DirectoryError::io("write", &file))
    }

    /// The offsets of a checkpoint; none when it was never written.
    ///
    /// # Errors
    /// When it is malformed or cannot be read. Apache Kafka then goes on without it.
    pub fn read_checkpoint(
        &self,
        checkpoint: OffsetCheckpoint,
    ) -> Result<PartitionOffsets, DirectoryError> {
        let file = self.path.join(checkpoint.file_name());
        match read(&*self.fs, &file)? {
            Some(bytes) => Ok(checkpoint::parse_offsets(&file, &bytes)?),
            None => Ok(PartitionOffsets::new()),
        }
    }

    /// The same, but a checkpoint that is malformed is as good as none, as in Apache Kafka. One that the
    /// disk does not give is not: without the offsets at which logs start, deleted records come back.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn checkpoint_or_none(
        &self,
        checkpoint: OffsetCheckpoint,
    ) -> Result<PartitionOffsets, DirectoryError> {
        match self.read_checkpoint(checkpoint) {
            Err(DirectoryError::Text(_)) => Ok(PartitionOffsets::new()),
            read => read,
        }
    }

    /// Replaces a checkpoint, durably.
    ///
    /// # Errors
    /// When the disk refuses; the old offsets, or after a failed sync of the directory the new
    /// ones, stand.
    pub fn write_checkpoint(
        &self,
        checkpoint: OffsetCheckpoint,
        offsets: &PartitionOffsets,
    ) -> Result<(), DirectoryError> {
        let file = self.path.join(checkpoint.file_name());
        self.fs
            .replace(&file, checkpoint::encode_offsets(offsets).as_bytes())
            .map_err(DirectoryError::io("write", &file))
    }

    /// Looks whether the directory is still there, where nothing is to be written that would show it.
    ///
    /// # Errors
    /// When it, or the `meta.properties` of a formatted one, is gone.
    pub fn check_present(&self) -> Result<(), DirectoryError> {
        let path = match self.properties {
            Some(_) => self.path.join(META_PROPERTIES),
            None => self.path.clone(),
        };
        match self.fs.metadata(&path) {
            Ok(_) => Ok(()),
            Err(error) => Err(DirectoryError::io("find", &path)(error)),
        }
    }

    /// What stands in the directory. Reads names only.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn scan(&self) -> Result<Scan, DirectoryError> {
        let entries = self
            .fs
            .read_dir(&self.path)
            .map_err(DirectoryError::io("list", &self.path))?;
        let mut scan = Scan::default();
        for entry in entries.into_iter().filter(|entry| entry.metadata.is_dir) {
            let path = self.path.join(&entry.name);
            if entry.name == METADATA_LOG {
                scan.metadata_log = Some(path);
            } else if let Some((partition, role)) = entry.name.to_str().and_then(parse_name) {
                scan.partitions.push(PartitionDirectory {
                    partition,
                    role,
                    path,
                });
            } else if entry.name != REMOTE_INDEX_CACHE {
                scan.unknown.push(entry.name);
            }
        }
        share_topics(scan.partitions.iter_mut().map(|found| &mut found.partition));
        Ok(scan)
    }

    /// Removes every partition directory that is marked as deleted: what a removal that was cut
    /// short left, or one that had not begun. Returns what was removed.
    ///
    /// # Errors
    /// When the disk refuses; the rest is removed at the next call.
    pub fn finish_deletions(&self) -> Result<Vec<PartitionDirectory>, DirectoryError> {
        let mut marked = self.scan()?.partitions;
        marked.retain(|directory| directory.role == Role::Deleted);
        for directory in &marked {
            self.remove_all(&directory.path)?;
        }
        if !marked.is_empty() {
            self.sync()?;
        }
        Ok(marked)
    }

    /// Where the current replica of a partition is, or would be.
    #[must_use]
    pub fn partition_path(&self, partition: &TopicPartition) -> PathBuf {
        self.path.join(current_name(partition))
    }

    /// Makes the directory of a partition, with its topic id. It survives a power cut once the log in it
    /// was flushed, or it was [synced](Self::sync_partition); until then a power cut may take it, or its
    /// topic id ([`Self::is_unfinished`]). What a call that was refused has left is made use of.
    ///
    /// # Errors
    /// When the disk refuses, or `Exists`.
    pub fn create_partition(
        &self,
        partition: &TopicPartition,
        topic_id: TopicId,
    ) -> Result<PartitionDirectory, DirectoryError> {
        self.create(partition, Role::Current, current_name(partition), topic_id)
    }

    /// Makes the directory of a replica that is to be copied in from another log directory, as
    /// [`Self::create_partition`] does.
    ///
    /// # Errors
    /// When the disk refuses, or `Exists`.
    pub fn create_future_partition(
        &self,
        partition: &TopicPartition,
        topic_id: TopicId,
        unique: Uuid,
    ) -> Result<PartitionDirectory, DirectoryError> {
        let name = suffixed_name(partition, unique, Role::Future);
        self.create(partition, Role::Future, name, topic_id)
    }

    fn create(
        &self,
        partition: &TopicPartition,
        role: Role,
        name: String,
        topic_id: TopicId,
    ) -> Result<PartitionDirectory, DirectoryError> {
        let made = PartitionDirectory {
            partition: partition.clone(),
            role,
            path: self.path.join(name),
        };
        let path = &made.path;
        match self.check_free(path) {
            Ok(()) => {}
            Err(DirectoryError::Exists(_)) if self.is_unfinished(&made)? => {}
            Err(error) => return Err(error),
        }
        self.fs
            .create_dir_all(path)
            .map_err(DirectoryError::io("create", path))?;
        partition_metadata::write(&*self.fs, path, topic_id)?;
        Ok(made)
    }

    /// Makes a partition's directory survive a power cut, with its topic id.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync_partition(&self, directory: &PartitionDirectory) -> Result<(), DirectoryError> {
        let file = directory.path.join(PARTITION_METADATA);
        let opened = self.fs.open(&file, Access::Read);
        opened
            .and_then(|file| file.sync_data())
            .map_err(DirectoryError::io("sync", &file))?;
        self.fs
            .sync_dir(&directory.path)
            .map_err(DirectoryError::io("sync", &directory.path))?;
        self.sync()
    }

    /// Whether a directory is what a power cut leaves of one that was made and not synced: it has no
    /// topic id, and no record.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn is_unfinished(&self, directory: &PartitionDirectory) -> Result<bool, DirectoryError> {
        let path = &directory.path;
        let entries = self.fs.read_dir(path);
        let entries = entries.map_err(DirectoryError::io("list", path))?;
        let may_be_there = |entry: &DirEntry| {
            entry.name == PARTITION_METADATA
                || (entry.name == FIRST_SEGMENT && entry.metadata.len == 0)
        };
        Ok(
            entries.iter().all(may_be_there)
                && partition_metadata::read(&*self.fs, path)?.is_none(),
        )
    }

    /// Gives an [unfinished](Self::is_unfinished) directory its topic id.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish_partition(
        &self,
        directory: &PartitionDirectory,
        topic_id: TopicId,
    ) -> Result<(), DirectoryError> {
        partition_metadata::write(&*self.fs, &directory.path, topic_id)
    }

    /// Marks a partition directory as deleted, durably, by its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn mark_deleted(
        &self,
        directory: &PartitionDirectory,
        unique: Uuid,
    ) -> Result<PartitionDirectory, DirectoryError> {
        let name = suffixed_name(&directory.partition, unique, Role::Deleted);
        self.rename(directory, Role::Deleted, name)
    }

    /// Marks a partition directory as stray, durably, by its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn mark_stray(
        &self,
        directory: &PartitionDirectory,
        unique: Uuid,
    ) -> Result<PartitionDirectory, DirectoryError> {
        let name = suffixed_name(&directory.partition, unique, Role::Stray);
        self.rename(directory, Role::Stray, name)
    }

    /// Makes a future replica the current one, durably. The one it replaces is in another log
    /// directory; mark that one as deleted afterwards.
    ///
    /// # Errors
    /// When the disk refuses, or `Exists`.
    pub fn promote_future(
        &self,
        directory: &PartitionDirectory,
    ) -> Result<PartitionDirectory, DirectoryError> {
        self.rename(directory, Role::Current, current_name(&directory.partition))
    }

    fn rename(
        &self,
        directory: &PartitionDirectory,
        role: Role,
        name: String,
    ) -> Result<PartitionDirectory, DirectoryError> {
        let path = self.path.join(name);
        self.check_free(&path)?;
        self.fs
            .rename(&directory.path, &path)
            .map_err(DirectoryError::io("rename", &directory.path))?;
        self.sync()?;
        Ok(PartitionDirectory {
            partition: directory.partition.clone(),
            role,
            path,
        })
    }

    /// Removes a partition directory that is marked as deleted, and all in it, durably.
    ///
    /// # Errors
    /// When the disk refuses: [`finish_deletions`](Self::finish_deletions) removes the rest.
    /// `NotDeleted` when it is not marked.
    pub fn remove(&self, directory: &PartitionDirectory) -> Result<(), DirectoryError> {
        if directory.role != Role::Deleted {
            return Err(DirectoryError::NotDeleted(directory.path.clone()));
        }
        self.remove_all(&directory.path)?;
        self.sync()
    }

    fn remove_all(&self, path: &Path) -> Result<(), DirectoryError> {
        match self.fs.remove_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result.map_err(DirectoryError::io("remove", path)),
        }
    }

    fn check_free(&self, path: &Path) -> Result<(), DirectoryError> {
        match self.fs.metadata(path) {
            Ok(_) => Err(DirectoryError::Exists(path.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(DirectoryError::io("look at", path)(error)),
        }
    }

    fn sync(&self) -> Result<(), DirectoryError> {
        self.fs
            .sync_dir(&self.path)
            .map_err(DirectoryError::io("sync", &self.path))
    }
}

/// Makes a directory and those above it, each durably.
fn make(fs: &dyn FileSystem, path: &Path) -> Result<(), DirectoryError> {
    match fs.metadata(path) {
        Ok(metadata) if metadata.is_dir => Ok(()),
        Ok(_) => Err(DirectoryError::NotADirectory(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(parent) = path.parent().filter(|parent| *parent != Path::new("")) {
                make(fs, parent)?;
            }
            fs.create_dir_all(path)
                .map_err(DirectoryError::io("create", path))?;
            match path.parent() {
                Some(parent) => fs
                    .sync_dir(parent)
                    .map_err(DirectoryError::io("sync", parent)),
                None => Ok(()),
            }
        }
        Err(error) => Err(DirectoryError::io("look at", path)(error)),
    }
}

/// The bytes of a file, `None` when there is none.
fn read(fs: &dyn FileSystem, file: &Path) -> Result<Option<Vec<u8>>, DirectoryError> {
    match fs.read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DirectoryError::io("read", file)(error)),
    }
}

/// The file that a log makes when it is opened for the first time.
const FIRST_SEGMENT: &str = "00000000000000000000.log";

/// Where Apache Kafka keeps the indexes of segments in remote storage.
const REMOTE_INDEX_CACHE: &str = "remote-log-index-cache";

#[cfg(test)]
mod tests;
