//! Which log is cleaned next, and what becomes of it.
//!
//! Responsible for the choice, for cleaning no log twice at a time, and for the checkpoint of what is
//! clean. Not responsible for threads, nor for how fast they may read and write.
//!
//! K1  a log that cannot be cleaned is left alone until the next start; the others go on
//! K2  a checkpoint says that records are clean only after their segments were swapped

use std::{collections::BTreeSet, sync::Arc};

use ottla_records::OutputLimit;
use ottla_storage::{
    CleanError, CleanTools, Cleaned, Dirtiness, OffsetMap, StorageError, filthiest,
};
use ottla_types::{Now, PartitionIndex, TopicId};
use parking_lot::Mutex;

use crate::{Node, directories::DirectoryError, partition::Partition};

/// What the cleaner threads of a node share.
#[derive(Debug, Default)]
pub(crate) struct Cleaning {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    in_progress: BTreeSet<(TopicId, PartitionIndex)>,
    uncleanable: BTreeSet<(TopicId, PartitionIndex)>,
}

/// A log that one thread is to clean.
#[derive(Debug)]
pub struct CleaningJob {
    /// The partition.
    pub partition: Arc<Partition>,
    /// What there is to clean.
    pub dirty: Dirtiness,
}

/// Why a log was not cleaned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CleaningFault {
    /// The log itself.
    #[error(transparent)]
    Log(#[from] CleanError),
    /// It was cleaned, but the checkpoint cannot be written.
    #[error(transparent)]
    Checkpoint(#[from] DirectoryError),
}

impl CleaningFault {
    /// Whether another try may succeed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Log(error) => error.is_passing(),
            Self::Checkpoint(_) => true,
        }
    }
}

impl Node {
    /// Takes the log that needs cleaning most; it is the caller's until [`Node::clean`] returns. Logs
    /// that cannot be looked at are given to `faults`.
    pub fn take_filthiest(
        &self,
        now: Now,
        faults: &mut Vec<(Arc<Partition>, StorageError)>,
    ) -> Option<CleaningJob> {
        let mut state = self.cleaning().state.lock();
        let mut found = Vec::new();
        for partition in self.partitions_cell().load().iter() {
            let config = partition.config();
            let id = id_of(partition);
            if !config.cleanup.compact
                || partition.is_retired()
                || partition.log().fault().is_some()
                || self.moves().of(partition).is_some()
                || state.in_progress.contains(&id)
                || state.uncleanable.contains(&id)
            {
                continue;
            }
            match self.dirtiness(now, partition) {
                Ok(dirty) => found.push((
                    Arc::clone(partition),
                    dirty,
                    config.min_cleanable_dirty_ratio,
                )),
                Err(StorageError::Closed) => {}
                Err(fault) => {
                    state.uncleanable.insert(id);
                    faults.push((Arc::clone(partition), fault));
                }
            }
        }
        let logs = found
            .iter()
            .map(|(partition, dirty, min_ratio)| ((partition, *dirty), dirty, *min_ratio));
        let (partition, dirty) = filthiest(logs)?;
        state.in_progress.insert(id_of(partition));
        Some(CleaningJob {
            partition: Arc::clone(partition),
            dirty,
        })
    }

    /// Cleans the log of a job, with `map` for its keys and `pace` for its rate. Blocks.
    ///
    /// # Errors
    /// [`CleaningFault`]; unless it may pass, the log is not chosen again.
    pub fn clean(
        &self,
        now: Now,
        job: &CleaningJob,
        map: &mut OffsetMap,
        pace: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Cleaned, CleaningFault> {
        let mut tools = CleanTools {
            map,
            // Whatever is in a log was taken once, perhaps under another limit.
            limit: self.output_limit().max(OutputLimit::default()),
            pace,
        };
        let outcome = job.partition.log().clean(now, &job.dirty, &mut tools);
        let outcome = outcome.map_err(CleaningFault::from).and_then(|cleaned| {
            self.directories()
                .keep_first_dirty(&job.partition, cleaned.end)?;
            Ok(cleaned)
        });
        let id = id_of(&job.partition);
        let mut state = self.cleaning().state.lock();
        state.in_progress.remove(&id);
        if outcome.as_ref().is_err_and(|fault| !fault.is_passing()) {
            state.uncleanable.insert(id);
        }
        outcome
    }

    fn dirtiness(&self, now: Now, partition: &Partition) -> Result<Dirtiness, StorageError> {
        let kept = self.directories().first_dirty(partition);
        let log = partition.log();
        let dirty = log.dirtiness(now.wall, partition.high_watermark(), kept)?;
        if dirty.was_reset {
            // Once the log has grown past it, it would look as if it were good. If this fails, the
            // next look tries again.
            drop(
                self.directories()
                    .keep_first_dirty(partition, dirty.first_dirty),
            );
        }
        Ok(dirty)
    }
}

fn id_of(partition: &Partition) -> (TopicId, PartitionIndex) {
    (partition.topic_id(), partition.index())
}
