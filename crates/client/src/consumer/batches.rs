//! Fetched batches, decoded as they are looked at.

use std::{collections::BTreeSet, ops::ControlFlow};

use bytes::Bytes;
use ottla_records::{
    AnyBatch, Decompressor, RecordView, TimestampType, any_batches,
    control::{ControlType, EndTxnMarker},
};
use ottla_types::{LeaderEpoch, Offset, ProducerId, TopicPartition};

use super::{Isolation, Place};
use crate::ClientError;

/// A record as it is handed out, with what its batch says of it.
#[derive(Clone, Copy, Debug)]
pub struct Consumed<'a> {
    /// The record.
    pub record: RecordView<'a>,
    /// What its timestamp means; `None` for records older than timestamps.
    pub timestamp_type: Option<TimestampType>,
    /// Epoch of the leader that wrote it.
    pub leader_epoch: Option<LeaderEpoch>,
}

/// Batches of one partition that one fetch brought.
#[derive(Clone, Debug)]
pub struct PartitionBatches {
    pub(super) partition: TopicPartition,
    pub(super) bytes: Bytes,
    /// Offset of the first record that is wanted: a batch may start before it.
    pub(super) from: i64,
    pub(super) isolation: Isolation,
    /// Producer and first offset of aborted transactions, by offset.
    pub(super) aborted: Vec<(i64, ProducerId)>,
    pub(super) check_crcs: bool,
}

impl PartitionBatches {
    /// Where they are from.
    #[must_use]
    pub const fn partition(&self) -> &TopicPartition {
        &self.partition
    }

    /// Offset of the first record that is wanted: a batch may start before it.
    #[must_use]
    pub const fn from(&self) -> i64 {
        self.from
    }

    /// The place after the last record in them.
    pub(super) fn end(&self) -> Option<Place> {
        let last = any_batches(&self.bytes).flatten().last()?;
        Some(Place {
            offset: last.header().last_offset().next().0.max(self.from),
            epoch: epoch_of(&last),
        })
    }

    /// Calls `each` for every record from the position on, in order, until it breaks.
    ///
    /// # Errors
    /// When a batch is corrupt.
    pub fn for_each(
        &self,
        decompressor: &mut Decompressor,
        mut each: impl FnMut(Consumed<'_>) -> ControlFlow<()>,
    ) -> Result<(), ClientError> {
        let mut open = OpenAborts::new(&self.aborted);
        for batch in any_batches(&self.bytes) {
            let batch = batch.map_err(|error| self.corrupt(None, &error.to_string()))?;
            let last = batch.header().last_offset();
            if self.check_crcs {
                batch
                    .check_crc()
                    .map_err(|error| self.corrupt(Some(last), &error.to_string()))?;
            }
            if self.isolation == Isolation::ReadCommitted && open.hides(&batch, decompressor) {
                continue;
            }
            if is_control(&batch) {
                continue;
            }
            let timestamp_type = batch.header().timestamp_type();
            let leader_epoch = epoch_of(&batch);
            let records = batch
                .records(decompressor)
                .map_err(|error| self.corrupt(Some(last), &error.to_string()))?;
            for record in records {
                let record =
                    record.map_err(|error| self.corrupt(Some(last), &error.to_string()))?;
                if record.offset.0 < self.from {
                    continue;
                }
                let consumed = Consumed {
                    record,
                    timestamp_type,
                    leader_epoch,
                };
                if each(consumed).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn corrupt(&self, at: Option<Offset>, text: &str) -> ClientError {
        let partition = &self.partition;
        let text = match at {
            Some(offset) => format!(
                "Record batch for partition {partition} at offset {offset} is invalid, cause: {text}"
            ),
            None => format!("Record batch for partition {partition} is invalid, cause: {text}"),
        };
        ClientError::Records(text.into())
    }
}

fn epoch_of(batch: &AnyBatch<'_>) -> Option<LeaderEpoch> {
    match batch {
        AnyBatch::V2(batch) => {
            Some(batch.partition_leader_epoch()).filter(|epoch| *epoch != LeaderEpoch::NONE)
        }
        AnyBatch::Legacy(_) => None,
    }
}

fn is_control(batch: &AnyBatch<'_>) -> bool {
    matches!(batch, AnyBatch::V2(batch) if batch.is_control())
}

/// Which producers have an aborted transaction open at the batch that is looked at.
struct OpenAborts<'a> {
    ahead: std::slice::Iter<'a, (i64, ProducerId)>,
    open: BTreeSet<ProducerId>,
}

impl<'a> OpenAborts<'a> {
    fn new(aborted: &'a [(i64, ProducerId)]) -> Self {
        Self {
            ahead: aborted.iter(),
            open: BTreeSet::new(),
        }
    }

    fn hides(&mut self, batch: &AnyBatch<'_>, decompressor: &mut Decompressor) -> bool {
        let AnyBatch::V2(batch) = batch else {
            return false;
        };
        let last = batch.last_offset().0;
        while let Some((first, producer)) = self.ahead.as_slice().first()
            && *first <= last
        {
            self.open.insert(*producer);
            self.ahead.next();
        }
        let producer = batch.producer_id();
        if batch.is_control() {
            let marker = batch
                .records(decompressor)
                .ok()
                .and_then(|mut records| records.next()?.ok())
                .and_then(|record| EndTxnMarker::parse(record.key?, record.value?));
            if marker.is_some_and(|marker| marker.control_type() == ControlType::Abort) {
                self.open.remove(&producer);
            }
            return false;
        }
        batch.is_transactional() && self.open.contains(&producer)
    }
}
