//! What a move of a partition between log directories does to the directories.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ottla_metadata::Topic;
use ottla_storage::{
    Log, LogConfig, OpenState,
    directory::{DirectoryError as StorageDirectoryError, PartitionDirectory, Role},
};
use ottla_types::{Now, Offset, TopicId, TopicPartition, Uuid};

use super::{Directories, Directory, DirectoryError};
use crate::partition::{Home, Partition};

/// Partitions of which a client may say where they are to go before they are there.
const MAX_PREFERRED: usize = 10_000;

impl Directories {
    /// The place of the log directory at `path`.
    pub(crate) fn place_of(&self, path: &str) -> Option<usize> {
        let is_it = |directory: &Directory| directory.path() == Path::new(path);
        self.all.iter().position(is_it)
    }

    /// Whether `path` is one of those that could not be opened.
    pub(crate) fn is_unopened(&self, path: &str) -> bool {
        self.unopened
            .iter()
            .any(|unopened| unopened == Path::new(path))
    }

    /// The log directory at a place.
    pub(crate) fn home(&self, place: usize) -> Result<&Directory, DirectoryError> {
        self.all.get(place).ok_or(DirectoryError::NoneOnline)
    }

    /// Remembers where a partition that is not here yet is to be made.
    pub(crate) fn prefer(&self, name: TopicPartition, place: usize) {
        let mut preferred = self.preferred.lock();
        if preferred.len() < MAX_PREFERRED {
            preferred.insert(name, place);
        }
    }

    /// Takes up a replica that an earlier process began to copy in.
    pub(crate) fn resume_future(
        &self,
        name: &TopicPartition,
        topic: &Topic,
    ) -> Result<Option<(usize, PartitionDirectory)>, DirectoryError> {
        let claimed = self.claim_future(name, topic, Directory::is_online)?;
        if let Some((place, _)) = &claimed {
            self.home(*place)?
                .partitions
                .fetch_add(1, Ordering::Relaxed);
        }
        Ok(claimed)
    }

    /// Makes the directory of a replica that is to be copied in.
    pub(crate) fn make_future(
        &self,
        place: usize,
        name: &TopicPartition,
        topic: TopicId,
    ) -> Result<PartitionDirectory, DirectoryError> {
        let home = self.home(place)?;
        let made = home
            .handle
            .create_future_partition(name, topic, self.unique.uuid());
        let made = self.noted(home, made)?;
        // Nothing else says that the move was asked for.
        self.noted(home, home.handle.sync_partition(&made))?;
        home.partitions.fetch_add(1, Ordering::Relaxed);
        Ok(made)
    }

    /// Opens the log of a replica that is being copied in. Nothing says how much of it is on disk, so
    /// all of it is read.
    pub(crate) fn open_future(
        &self,
        now: Now,
        place: usize,
        directory: &PartitionDirectory,
        config: Arc<LogConfig>,
    ) -> Result<Log, DirectoryError> {
        let home = self.home(place)?;
        let start = OpenState {
            now,
            ..OpenState::default()
        };
        let opened = Log::open(Arc::clone(&self.fs), directory.path.clone(), config, start);
        Ok(self.noted(home, opened)?.0)
    }

    /// Gives up a replica that was being copied in.
    pub(crate) fn abandon_future(
        &self,
        place: usize,
        directory: &PartitionDirectory,
    ) -> Result<(), DirectoryError> {
        self.home(place)?.uncount();
        self.doom(place, directory)
    }

    /// Makes the whole, synced and closed copy of a partition its current replica. `then` lets it be
    /// used, before anything else is written of the log directory's checkpoints: they name the copy's
    /// log start from here on, without which records that were deleted would come back.
    pub(crate) fn promote(
        &self,
        now: Now,
        place: usize,
        copy: &Copy<'_>,
        config: Arc<LogConfig>,
        then: impl FnOnce(Home),
    ) -> Result<(), DirectoryError> {
        let home = self.home(place)?;
        let name = &copy.directory.partition;
        let mut checkpoints = home.checkpoints.lock();
        let mut with = checkpoints.clone();
        with.recovery_points.insert(name.clone(), copy.end);
        with.log_starts.insert(name.clone(), copy.log_start);
        with.high_watermarks
            .insert(name.clone(), copy.high_watermark);
        self.noted(home, home.replace_checkpoints(&mut checkpoints, with))?;
        let promoted = home.handle.promote_future(copy.directory);
        let is_refused = |error: &StorageDirectoryError| {
            error
                .fault()
                .is_some_and(|fault| fault.operation() == "rename")
        };
        let is_renamed = !promoted.as_ref().is_err_and(is_refused);
        copy.is_renamed.store(is_renamed, Ordering::Release);
        let promoted = self.noted(home, promoted)?;
        let start = OpenState {
            clean: true,
            recovery_point: copy.end,
            log_start_offset: copy.log_start,
            now,
        };
        let opened = Log::open(Arc::clone(&self.fs), promoted.path, config, start);
        let (log, _) = self.noted(home, opened)?;
        then(Home {
            log,
            directory: home.id,
        });
        Ok(())
    }

    /// Removes the replica that a partition has been moved away from.
    pub(crate) fn leave(
        &self,
        partition: &Partition,
        old: Uuid,
        path: &Path,
        first_dirty: Option<Offset>,
    ) -> Result<(), DirectoryError> {
        let name = partition.name();
        if let Some(offset) = first_dirty {
            self.keep_first_dirty(partition, offset)?;
        }
        let is_old = |directory: &Directory| directory.id == old;
        let Some(place) = self.all.iter().position(is_old) else {
            return Ok(());
        };
        let home = self.home(place)?;
        let forgotten = home.change_first_dirty(|offsets| offsets.remove(&name).is_some());
        self.noted(home, forgotten)?;
        let directory = PartitionDirectory {
            partition: name,
            role: Role::Current,
            path: path.to_owned(),
        };
        home.uncount();
        self.doom(place, &directory)
    }

    /// Marks a partition directory as deleted; [`Self::remove_doomed`] removes it.
    pub(super) fn doom(
        &self,
        place: usize,
        directory: &PartitionDirectory,
    ) -> Result<(), DirectoryError> {
        let home = self.home(place)?;
        if !home.is_online() {
            return Ok(());
        }
        let doomed = home.handle.mark_deleted(directory, self.unique.uuid());
        self.doomed.lock().push((place, self.noted(home, doomed)?));
        Ok(())
    }
}

/// A copy of a partition that has caught up.
#[derive(Debug)]
pub(crate) struct Copy<'a> {
    pub(crate) directory: &'a PartitionDirectory,
    pub(crate) log_start: Offset,
    pub(crate) end: Offset,
    pub(crate) high_watermark: Offset,
    /// Set when it has, or may have, its new name.
    pub(crate) is_renamed: &'a AtomicBool,
}
