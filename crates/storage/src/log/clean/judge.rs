//! What becomes of a batch and its records.

use std::collections::BTreeMap;

use ottla_records::{AnyHeader, BatchHeader, RecordView, control::EndTxnMarker};
use ottla_types::{Offset, ProducerEpoch};

use super::{
    super::{index::TxnEntry, producers::Producers},
    offset_map::OffsetMap,
    transactions::{MarkerUse, Transactions},
};

/// Where the last batch of a producer lies.
#[derive(Clone, Copy, Debug)]
struct LastBatch {
    /// Of its records, if it has any in the log.
    offset: Option<Offset>,
    epoch: ProducerEpoch,
}

/// Decides, in the order of the log.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub(super) map: &'a OffsetMap,
    /// The map knows the records before this offset.
    pub(super) mapped_end: Offset,
    pub(super) now_ms: i64,
    pub(super) transactions: Transactions,
    producers: BTreeMap<i64, LastBatch>,
}

/// What becomes of a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fate {
    /// Whether it stays when none of its records does.
    pub(super) keeps_place: bool,
    /// Whether all of its records go.
    pub(super) drops_records: bool,
    /// Whether it is a marker that is kept for a while only.
    pub(super) is_passing_marker: bool,
    /// The aborted transaction that is to be named in the index.
    pub(super) aborted: Option<TxnEntry>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        map: &'a OffsetMap,
        mapped_end: Offset,
        now_ms: i64,
        transactions: Transactions,
        producers: &Producers,
    ) -> Self {
        let last = producers.iter().map(|(id, state)| {
            let offset = state.batches.last().map(|batch| batch.last_offset);
            let epoch = state.epoch;
            (id.0, LastBatch { offset, epoch })
        });
        Self {
            map,
            mapped_end,
            now_ms,
            transactions,
            producers: last.collect(),
        }
    }

    /// What becomes of a v2 batch in a group of segments that ends at `group_end`.
    pub(super) fn batch(
        &mut self,
        header: &BatchHeader,
        marker: Option<EndTxnMarker>,
        group_end: Offset,
    ) -> Fate {
        let keeps_place = header.next_offset() == group_end || self.is_last_of_producer(header);
        if !header.is_control() {
            return Fate {
                keeps_place,
                drops_records: self.transactions.meet_batch(header),
                is_passing_marker: false,
                aborted: None,
            };
        }
        let used = self.transactions.meet_control(header, marker);
        let is_over = header
            .delete_horizon_ms()
            .is_some_and(|horizon| horizon <= self.now_ms);
        Fate {
            keeps_place,
            drops_records: used == MarkerUse::Emptied && is_over,
            is_passing_marker: used == MarkerUse::Emptied,
            aborted: match used {
                MarkerUse::Needed { aborted } => aborted,
                MarkerUse::Emptied | MarkerUse::Other => None,
            },
        }
    }

    /// Whether a record stays. `keeps_old_tombstones`: those of batches that cannot hold a horizon.
    pub(super) fn keeps(
        &self,
        batch: &AnyHeader,
        record: &RecordView<'_>,
        keeps_old_tombstones: bool,
    ) -> bool {
        if record.offset >= self.mapped_end {
            return true;
        }
        let Some(key) = record.key else {
            return false;
        };
        if self.map.get(key).is_some_and(|last| record.offset.0 < last) {
            return false;
        }
        record.value.is_some()
            || match batch {
                AnyHeader::V2(header) => header
                    .delete_horizon_ms()
                    .is_none_or(|horizon| self.now_ms < horizon),
                AnyHeader::Legacy(_) => keeps_old_tombstones,
            }
    }

    /// Whether the sequence numbers, or the epoch, of its producer are known from this batch alone.
    fn is_last_of_producer(&self, header: &BatchHeader) -> bool {
        if !header.has_producer_id() {
            return false;
        }
        match self.producers.get(&header.producer_id().0) {
            None => false,
            Some(LastBatch {
                offset: Some(offset),
                ..
            }) => header.last_offset() == *offset,
            Some(LastBatch {
                offset: None,
                epoch,
            }) => header.is_control() && header.producer_epoch() == *epoch,
        }
    }
}
