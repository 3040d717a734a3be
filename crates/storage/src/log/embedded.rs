//! The calls of a program that keeps a log of its own and is no broker.
//!
//! Nothing in here cannot be had elsewhere, with more to say.

use std::{path::PathBuf, sync::Arc};

use ottla_records::{
    AnyBatch, BatchBuilder, BatchError, Decompressor, RecordDraft, RecordView, any_batches,
};
use ottla_types::{LeaderEpoch, Now, Offset};

use super::{AppendError, Appended, Log, LogConfig, OpenState, ReadError, Recovered, StorageError};
use crate::fs::OsFileSystem;

impl Log {
    /// Opens the log in a directory of the machine's file system, with default settings, and makes it if
    /// it is not there. How it was left is not known, so all of it is read: [`Log::open`] can be told
    /// more, and reads less.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails; damage is repaired.
    pub fn open_dir(dir: impl Into<PathBuf>) -> Result<(Self, Recovered), StorageError> {
        let (config, state) = (LogConfig::default(), OpenState::default());
        Self::open(Arc::new(OsFileSystem), dir.into(), config, state)
    }

    /// Appends records as one batch, not compressed, in the latest leader epoch. They are there after
    /// a power cut once [`Log::flush`] says so.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was.
    pub fn append(&self, now: Now, records: &[RecordDraft<'_>]) -> Result<Appended, AppendError> {
        if records.is_empty() {
            return Err(AppendError::Empty);
        }
        let mut builder = BatchBuilder::new();
        for record in records {
            builder.append(record);
        }
        let batch = builder.build().map_err(AppendError::Unfit)?;
        let epoch = self.latest_epoch().unwrap_or(LeaderEpoch(0));
        self.append_control(now, &batch, epoch)
    }

    /// Gives every record from `from` up to the end of the log to `each`, but for markers of
    /// transactions. Returns the end.
    ///
    /// # Errors
    /// [`ReadError::OutOfRange`] if `from` lies outside the log.
    pub fn replay(
        &self,
        from: Offset,
        mut each: impl FnMut(RecordView<'_>),
    ) -> Result<Offset, ReadError> {
        let (end, mut next) = (self.log_end_offset(), from);
        let mut decompressor = Decompressor::new();
        loop {
            let slice = self.read(next, STRETCH, end, true)?;
            let begun_at = next;
            for batch in any_batches(&slice.data) {
                let found = batch.and_then(|batch| {
                    give(&batch, next, &mut decompressor, &mut each)?;
                    Ok(batch.header().last_offset().next())
                });
                next = found.map_err(|error| ReadError::Corrupt {
                    at: next,
                    source: error,
                })?;
            }
            if next == begun_at {
                return Ok(end);
            }
        }
    }
}

/// The records of a batch that do not lie before `from`.
fn give(
    batch: &AnyBatch<'_>,
    from: Offset,
    decompressor: &mut Decompressor,
    each: &mut impl FnMut(RecordView<'_>),
) -> Result<(), BatchError> {
    batch.check_crc()?;
    if matches!(batch, AnyBatch::V2(batch) if batch.is_control()) {
        return Ok(());
    }
    for record in batch.records(decompressor)? {
        let record = record?;
        if record.offset >= from {
            each(record);
        }
    }
    Ok(())
}

/// Bytes read at once.
const STRETCH: usize = 1 << 20;
