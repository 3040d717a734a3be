//! What the checkpoint files of a log directory say of its partitions.

use std::sync::Arc;

use ottla_storage::directory::{
    DirectoryError as StorageDirectoryError, LogDirectory, OffsetCheckpoint, PartitionOffsets,
};
use ottla_types::{Offset, TopicPartition};

use super::Directory;
use crate::partition::Partition;

/// The offsets of one log directory's checkpoint files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Checkpoints {
    pub(super) recovery_points: PartitionOffsets,
    pub(super) log_starts: PartitionOffsets,
    pub(super) high_watermarks: PartitionOffsets,
    /// Whether the files may say something else, since one could not be written.
    pub(super) is_unsure: bool,
}

impl Checkpoints {
    pub(super) fn read(handle: &LogDirectory) -> Result<Self, StorageDirectoryError> {
        let read = |which| handle.checkpoint_or_none(which);
        Ok(Self {
            recovery_points: read(OffsetCheckpoint::RecoveryPoint)?,
            log_starts: read(OffsetCheckpoint::LogStart)?,
            high_watermarks: read(OffsetCheckpoint::HighWatermark)?,
            is_unsure: false,
        })
    }

    pub(super) fn write(&self, handle: &LogDirectory) -> Result<(), StorageDirectoryError> {
        handle.write_checkpoint(OffsetCheckpoint::RecoveryPoint, &self.recovery_points)?;
        handle.write_checkpoint(OffsetCheckpoint::LogStart, &self.log_starts)?;
        handle.write_checkpoint(OffsetCheckpoint::HighWatermark, &self.high_watermarks)
    }

    /// Whether any of them names a partition.
    pub(super) fn name(&self, partition: &TopicPartition) -> bool {
        self.recovery_points.contains_key(partition)
            || self.log_starts.contains_key(partition)
            || self.high_watermarks.contains_key(partition)
    }

    pub(super) fn remove(&mut self, partition: &TopicPartition) {
        self.recovery_points.remove(partition);
        self.log_starts.remove(partition);
        self.high_watermarks.remove(partition);
    }
}

impl Directory {
    /// Sees to it that the checkpoints say nothing of a partition that is about to be made: they
    /// may still name one of a deleted topic, and would be taken for its own after a power cut.
    pub(super) fn forget(&self, partition: &TopicPartition) -> Result<(), StorageDirectoryError> {
        let mut checkpoints = self.checkpoints.lock();
        if checkpoints.name(partition) {
            let mut without = checkpoints.clone();
            without.remove(partition);
            self.replace_checkpoints(&mut checkpoints, without)?;
        }
        drop(checkpoints);
        self.change_first_dirty(|offsets| offsets.remove(partition).is_some())
    }

    /// Writes the checkpoints of the partitions that are here.
    pub(super) fn write_checkpoints(
        &self,
        partitions: &[Arc<Partition>],
    ) -> Result<(), StorageDirectoryError> {
        let mut checkpoints = self.checkpoints.lock();
        let (mut recovery_points, mut high_watermarks) = (Vec::new(), Vec::new());
        let mut log_starts = PartitionOffsets::new();
        let inside = |partition: &&Arc<Partition>| {
            partition.directory() == self.id && !partition.is_retired()
        };
        for partition in partitions.iter().filter(inside) {
            let name = partition.name();
            let log = partition.log();
            let start = log.log_start_offset();
            if log.segments().first().is_none_or(|(base, _)| start > *base) {
                log_starts.insert(name.clone(), start);
            }
            recovery_points.push((name.clone(), log.recovery_point()));
            high_watermarks.push((name, partition.high_watermark()));
        }
        // Made of all at once, a map has no empty places.
        let now = Checkpoints {
            recovery_points: recovery_points.into_iter().collect(),
            log_starts,
            high_watermarks: high_watermarks.into_iter().collect(),
            is_unsure: false,
        };
        if *checkpoints == now {
            // Nobody else may notice for days that it is gone.
            return self.handle.check_present();
        }
        self.replace_checkpoints(&mut checkpoints, now)
    }

    /// If this fails, the files may name the partitions of before and the new ones.
    pub(super) fn replace_checkpoints(
        &self,
        checkpoints: &mut Checkpoints,
        new: Checkpoints,
    ) -> Result<(), StorageDirectoryError> {
        let written = new.write(&self.handle);
        if written.is_ok() {
            *checkpoints = new;
            checkpoints.is_unsure = false;
        } else {
            checkpoints.recovery_points.extend(new.recovery_points);
            checkpoints.is_unsure = true;
        }
        written
    }

    /// Lowers the recovery point that was kept for a log to its end, if it is past that: what is appended
    /// next would be taken for durable.
    pub(super) fn lower_recovery_point(
        &self,
        name: &TopicPartition,
        end: Offset,
    ) -> Result<(), StorageDirectoryError> {
        let mut checkpoints = self.checkpoints.lock();
        let known = checkpoints.recovery_points.get(name);
        if known.is_none_or(|known| *known <= end) {
            return Ok(());
        }
        checkpoints.recovery_points.insert(name.clone(), end);
        let lower = &checkpoints.recovery_points;
        let written = self
            .handle
            .write_checkpoint(OffsetCheckpoint::RecoveryPoint, lower);
        match written {
            // A log must open without space; it is written with the next checkpoint then.
            Err(error) if error.fault().is_some_and(|fault| fault.is_no_space()) => Ok(()),
            written => written,
        }
    }

    /// Writes the cleaner's checkpoint if `change` says that it changed.
    pub(super) fn change_first_dirty(
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
}
