//! What a node does with its disks by the clock, at its end, and when one of them fails.
//!
//! A log whose write or sync fails takes its whole directory offline: none of its partitions is served
//! or written to any more, the controller hears of it, and the other directories serve on. Lack of
//! space is no failure.
//!
//! U1  no log of a directory that failed answers anything but that failure
//!
//! Spec: KIP-112, KIP-858 (failures of log directories).

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use ottla_storage::{Fault, Log, StorageError, close_together};
use ottla_types::{Now, Offset, Uuid};

use crate::{
    directories::{DirectoryError, paths},
    node::Node,
    output::Output,
    partition::Partition,
};

/// Threads that close logs: each waits for the disk most of the time.
const CLOSERS: usize = 8;

/// A log directory that has just been taken offline.
#[derive(Clone, Debug)]
pub struct FailedDirectory {
    /// Its id.
    pub id: Uuid,
    /// Where it is.
    pub path: PathBuf,
    /// What failed.
    pub cause: Fault,
    /// The partitions that were served from it.
    pub partitions: Vec<Arc<Partition>>,
    /// Why the process has to end, if it has to: the words of Apache Kafka.
    pub fatal: Option<String>,
}

impl Node {
    /// Takes up that the partition's log is durable up to `end`.
    pub fn synced(&self, now: Now, partition: &Arc<Partition>, end: Offset, out: &mut Vec<Output>) {
        partition.synced(end, out);
        self.coordinators().watermark_moved(now, partition, out);
        partition.sync_ended(out);
    }

    /// Takes up that the partition's log failed: its directory goes offline, and whoever waits for a
    /// partition in there is told. If nothing was lost (a file could not be opened, or space is
    /// missing), the next append or checkpoint tries again.
    pub fn log_failed(&self, now: Now, partition: &Arc<Partition>, out: &mut Vec<Output>) {
        partition.sync_ended(out);
        if let Some(fault) = partition.log().fault() {
            self.directories().report(partition.directory(), fault);
        }
        self.follow_failures(now, out);
    }

    /// Removes the directories of deleted partitions.
    ///
    /// # Errors
    /// When the disk refuses; what is left goes at the next start.
    pub fn remove_doomed(&self, now: Now, out: &mut Vec<Output>) -> Result<(), DirectoryError> {
        let outcome = self.directories().remove_doomed();
        self.follow_failures(now, out);
        outcome
    }

    /// Takes the partitions of directories that have failed out of service.
    pub fn follow_failures(&self, now: Now, out: &mut Vec<Output>) {
        for directory in self.directories().take_failed() {
            let Some(cause) = directory.fault() else {
                continue;
            };
            let mut partitions = self.all_partitions();
            partitions.retain(|partition| partition.directory() == directory.id());
            for partition in &partitions {
                self.lose(now, partition, cause, out);
            }
            out.push(Output::DirectoryFailed(FailedDirectory {
                id: directory.id(),
                path: directory.path().to_owned(),
                cause: cause.clone(),
                partitions,
                fatal: self.why_fatal(directory.path()),
            }));
        }
    }

    /// Takes a partition whose directory has failed out of service.
    pub(crate) fn lose(
        &self,
        now: Now,
        partition: &Arc<Partition>,
        cause: &Fault,
        out: &mut Vec<Output>,
    ) {
        partition.log().take_out_of_service(cause);
        partition.wake_all(out);
        self.coordinators().log_failed(now, partition, out);
    }

    fn why_fatal(&self, failed: &std::path::Path) -> Option<String> {
        let directories = self.directories();
        if directories.online().next().is_none() {
            let all = directories.all().iter();
            let mut all: Vec<PathBuf> = all.map(|directory| directory.path().to_owned()).collect();
            all.extend_from_slice(directories.unopened());
            let all = paths(&all);
            return Some(format!(
                "Shutdown broker because all log dirs in {all} have failed"
            ));
        }
        let metadata = crate::quorum::metadata_directory(self.static_config());
        (metadata == failed).then(|| {
            let path = failed.display();
            format!("Shutdown broker because the metadata log dir {path} has failed")
        })
    }

    /// Writes the index entries of a partition's last segment to its files, where Apache Kafka's tools
    /// look for those of a log in use.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn show_index_entries(
        &self,
        now: Now,
        partition: &Arc<Partition>,
        out: &mut Vec<Output>,
    ) -> Result<(), StorageError> {
        match partition.show_index_entries() {
            Ok(()) | Err(StorageError::Latched(_)) => Ok(()),
            Err(fault) => {
                self.log_failed(now, partition, out);
                Err(fault)
            }
        }
    }

    /// Flushes the logs that were not for the `flush.ms` of their topics. Called every
    /// `log.flush.scheduler.interval.ms`.
    ///
    /// # Errors
    /// The first failure; the other logs are flushed all the same.
    pub fn flush_old(&self, now: Now, out: &mut Vec<Output>) -> Result<(), StorageError> {
        let mut outcome = Ok(());
        for partition in self.partitions_cell().load().iter() {
            match partition.log().flush_if_old(now) {
                Ok(false) | Err(StorageError::Closed | StorageError::Latched(_)) => {}
                Ok(true) => self.synced(now, partition, partition.log().durable_end_offset(), out),
                Err(fault) => {
                    self.log_failed(now, partition, out);
                    outcome = outcome.and(Err(fault));
                }
            }
        }
        outcome
    }

    /// Flushes what was appended since the last time, and writes the recovery points, log starts and
    /// watermarks of all partitions: a start after a crash reads only what came later.
    ///
    /// # Errors
    /// When the disk refuses; the older ones still stand.
    pub fn checkpoint(&self, now: Now, out: &mut Vec<Output>) -> Result<(), DirectoryError> {
        let partitions = self.all_partitions();
        let mut outcome = Ok(());
        for partition in &partitions {
            let log = partition.log();
            if log.recovery_point() < log.log_end_offset() && log.fault().is_none() {
                match log.checkpoint() {
                    Ok(_) => self.synced(now, partition, log.durable_end_offset(), out),
                    // Its topic was deleted meanwhile.
                    Err(StorageError::Closed) => {}
                    // The others are written down all the same.
                    Err(fault) => {
                        self.log_failed(now, partition, out);
                        outcome = outcome.and(Err(fault));
                    }
                }
            }
        }
        let written = self.directories().checkpoint(&partitions, &BTreeSet::new());
        self.follow_failures(now, out);
        outcome?;
        written
    }

    /// Closes all logs and marks the directories as left in good order. Nothing may be asked of the
    /// node after this. A directory that went offline before is left as it is.
    ///
    /// # Errors
    /// When something could not be written; the next start then recovers that directory.
    pub fn close(&self) -> Result<(), DirectoryError> {
        let partitions = self.all_partitions();
        let mut outcome = Ok(());
        let mut unclean = BTreeSet::new();
        for directory in self.directories().online() {
            let inside = |partition: &&Arc<Partition>| partition.directory() == directory.id();
            let logs: Vec<_> = partitions
                .iter()
                .filter(inside)
                .map(|it| it.log())
                .collect();
            let logs: Vec<&Log> = logs.iter().map(|log| &**log).collect();
            // One log that cannot be closed does not keep the others from it.
            for closed in close_together(self.directories().fs(), &logs, CLOSERS) {
                if let Err(fault) = closed {
                    unclean.insert(directory.id());
                    outcome = outcome.and(Err(fault));
                }
            }
        }
        // What a log says that could not be closed may not be on disk.
        let written = self.directories().checkpoint(&partitions, &unclean);
        if written.is_ok() {
            self.directories()
                .mark_clean(self.broker_epoch(), &unclean)?;
        }
        outcome?;
        written
    }

    /// Rolls and deletes segments that are due; gives the first failure.
    ///
    /// # Errors
    /// When a log could not be changed.
    pub fn apply_retention(&self, now: Now, out: &mut Vec<Output>) -> Result<(), StorageError> {
        let mut outcome = Ok(());
        for partition in self.partitions_cell().load().iter() {
            match partition.apply_retention(now) {
                // Its topic was deleted meanwhile, or its directory is offline.
                Ok(()) | Err(StorageError::Closed | StorageError::Latched(_)) => {}
                Err(fault) => {
                    self.log_failed(now, partition, out);
                    outcome = outcome.and(Err(fault));
                }
            }
        }
        outcome
    }
}
