//! Which transactions were aborted, and which markers still have records, along a walk over batches.
//!
//! A marker is kept as long as a batch of its transaction is there, even an empty one. A reader that
//! met the batch without the marker would take it for part of an open transaction.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ottla_records::{BatchHeader, control::EndTxnMarker};

use super::super::index::TxnEntry;

/// The transactions met so far.
#[derive(Debug, Default)]
pub(super) struct Transactions {
    /// Aborted ones that begin further on, by first offset.
    ahead: VecDeque<TxnEntry>,
    /// Aborted ones that began, by producer, and whether a batch of them was met.
    aborted: BTreeMap<i64, (TxnEntry, bool)>,
    /// Producers of committed ones of which a batch was met.
    committed: BTreeSet<i64>,
}

/// What a marker is good for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum MarkerUse {
    /// No batch of its transaction is left.
    Emptied,
    /// It ends a transaction that has batches.
    Needed {
        /// The entry of the index of aborted transactions that it keeps.
        aborted: Option<TxnEntry>,
    },
    /// It ends no transaction.
    Other,
}

impl Transactions {
    /// With all aborted transactions that have a record in what is walked over, in any order.
    pub(super) fn new(mut aborted: Vec<TxnEntry>) -> Self {
        aborted.sort_unstable_by_key(|entry| (entry.first_offset, entry.last_offset));
        Self {
            ahead: aborted.into(),
            ..Self::default()
        }
    }

    /// Takes up a batch of records; whether its transaction was aborted.
    pub(super) fn meet_batch(&mut self, batch: &BatchHeader) -> bool {
        self.reach(batch.last_offset().0);
        if !batch.is_transactional() {
            return false;
        }
        let id = batch.producer_id().0;
        match self.aborted.get_mut(&id) {
            Some((_, was_met)) => {
                *was_met = true;
                true
            }
            None => {
                self.committed.insert(id);
                false
            }
        }
    }

    /// Takes up a control batch. `marker` is `None` if it holds no marker of a transaction.
    pub(super) fn meet_control(
        &mut self,
        batch: &BatchHeader,
        marker: Option<EndTxnMarker>,
    ) -> MarkerUse {
        self.reach(batch.last_offset().0);
        if batch.records_count() == 0 {
            return MarkerUse::Emptied;
        }
        let id = batch.producer_id().0;
        match marker {
            None => MarkerUse::Other,
            Some(marker) if marker.committed => match self.committed.remove(&id) {
                true => MarkerUse::Needed { aborted: None },
                false => MarkerUse::Emptied,
            },
            Some(_) => match self.aborted.remove(&id) {
                Some((entry, true)) => MarkerUse::Needed {
                    aborted: Some(entry),
                },
                Some((_, false)) | None => MarkerUse::Emptied,
            },
        }
    }

    /// Aborted transactions that begin at or before `offset` have begun.
    fn reach(&mut self, offset: i64) {
        while let Some(entry) = self
            .ahead
            .pop_front_if(|entry| entry.first_offset <= offset)
        {
            // Of one producer the next begins only after the marker of the one before.
            self.aborted
                .entry(entry.producer_id)
                .or_insert((entry, false));
        }
    }
}
