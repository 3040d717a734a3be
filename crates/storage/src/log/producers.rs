//! What a partition knows of the producers that wrote to it.
//!
//! Responsible for sequence numbers, epochs, duplicates and open transactions. A pure function of the
//! log's prefix: what snapshot and replay give is what appending gave.
//!
//! P1  nothing changes before the batches are written: an append plans a [`Change`], and commits it after
//! P2  the last five batches of a producer are known, so that each of them sent again is recognised
//!
//! Spec: KIP-98, KIP-360, KIP-447, KIP-890.

use std::collections::BTreeMap;

use ottla_records::{BatchHeader, control::EndTxnMarker};
use ottla_types::{Offset, ProducerEpoch, ProducerId};

use super::{error::AppendError, index::TxnEntry};

/// What is known of one producer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerState {
    /// Last epoch.
    pub epoch: ProducerEpoch,
    /// Its last batches of that epoch, at most five, oldest first.
    pub batches: Vec<ProducerBatch>,
    /// Epoch of the coordinator of its last marker, -1 for none.
    pub coordinator_epoch: i32,
    /// Timestamp of its last batch or marker, ms since 1970.
    pub last_timestamp: i64,
    /// First offset of its open transaction.
    pub current_txn_first_offset: Option<Offset>,
}

/// A batch of a producer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProducerBatch {
    /// Sequence number of its last record.
    pub last_sequence: i32,
    /// Offset of its last record.
    pub last_offset: Offset,
    /// Last offset minus first offset.
    pub offset_delta: i32,
    /// Its largest timestamp, ms since 1970.
    pub timestamp: i64,
}

impl ProducerBatch {
    /// Offset of its first record.
    #[must_use]
    pub fn first_offset(&self) -> Offset {
        self.last_offset.plus(-i64::from(self.offset_delta))
    }

    /// Sequence number of its first record.
    #[must_use]
    pub const fn first_sequence(&self) -> i32 {
        // 0 follows 2^31 - 1.
        self.last_sequence.wrapping_sub(self.offset_delta) & i32::MAX
    }
}

impl ProducerState {
    const UNKNOWN: Self = Self {
        epoch: ProducerEpoch::NONE,
        batches: Vec::new(),
        coordinator_epoch: -1,
        last_timestamp: -1,
        current_txn_first_offset: None,
    };

    /// Sequence number of the last record, -1 for none.
    #[must_use]
    pub fn last_sequence(&self) -> i32 {
        self.batches.last().map_or(-1, |batch| batch.last_sequence)
    }

    fn duplicate_of(&self, header: &BatchHeader) -> Option<ProducerBatch> {
        if header.producer_epoch() != self.epoch {
            return None;
        }
        let same = |batch: &&ProducerBatch| {
            batch.last_sequence == header.last_sequence()
                && batch.first_sequence() == header.base_sequence()
        };
        self.batches.iter().find(same).copied()
    }

    fn enter_epoch(&mut self, epoch: ProducerEpoch) {
        if self.epoch != epoch {
            self.batches.clear();
            self.epoch = epoch;
        }
    }

    fn push(&mut self, batch: ProducerBatch) {
        if self.batches.len() == BATCHES_KEPT {
            self.batches.remove(0);
        }
        self.batches.push(batch);
        self.last_timestamp = batch.timestamp;
    }
}

/// Who writes, which decides what is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A producer: everything is checked.
    Client,
    /// A coordinator of this broker, or a transaction marker: epochs are checked, sequences are not.
    Coordinator,
    /// A leader that has checked already.
    Replication,
}

/// A planned change.
#[derive(Debug, Default)]
pub(crate) struct Change {
    touched: Vec<(ProducerId, ProducerState)>,
    started: Vec<(Offset, ProducerId)>,
    completed: Vec<Completed>,
}

impl Change {
    fn get(&self, id: ProducerId) -> Option<&ProducerState> {
        let touched = self.touched.iter().find(|(touched, _)| *touched == id);
        touched.map(|(_, state)| state)
    }

    /// Whether the batch is sent again and what is planned knows of it.
    pub(crate) fn repeats(&self, header: &BatchHeader) -> bool {
        header.has_producer_id()
            && self
                .get(header.producer_id())
                .is_some_and(|state| state.duplicate_of(header).is_some())
    }
}

#[derive(Clone, Copy, Debug)]
struct Completed {
    producer_id: ProducerId,
    first_offset: Offset,
    last_offset: Offset,
    aborted: bool,
}

/// The producers of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Producers {
    states: BTreeMap<i64, ProducerState>,
    /// Open transactions by first offset.
    open: BTreeMap<i64, ProducerId>,
    /// First and last offset of transactions whose marker may not be replicated yet.
    unreplicated: BTreeMap<i64, i64>,
}

impl Producers {
    pub(crate) fn get(&self, id: ProducerId) -> Option<&ProducerState> {
        self.states.get(&id.0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (ProducerId, &ProducerState)> {
        self.states
            .iter()
            .map(|(id, state)| (ProducerId(*id), state))
    }

    /// Takes a producer from a snapshot.
    pub(crate) fn restore(&mut self, id: ProducerId, state: ProducerState) {
        if let Some(first) = state.current_txn_first_offset {
            self.open.insert(first.0, id);
        }
        self.states.insert(id.0, state);
    }

    /// The batch that is sent again, if it is, once `change` is made.
    pub(crate) fn duplicate_of(
        &self,
        change: &Change,
        header: &BatchHeader,
    ) -> Option<ProducerBatch> {
        let id = header.producer_id();
        let state = change.get(id).or_else(|| self.get(id))?;
        state.duplicate_of(header)
    }

    /// Adds a batch, whose offsets are final, to what is planned; one that is refused adds nothing.
    pub(crate) fn plan(
        &self,
        change: &mut Change,
        header: &BatchHeader,
        marker: Option<EndTxnMarker>,
        origin: Origin,
    ) -> Result<(), AppendError> {
        let known = change.touched.len();
        let planned = self.plan_touched(change, header, marker, origin);
        if planned.is_err() {
            change.touched.truncate(known);
        }
        planned
    }

    fn plan_touched(
        &self,
        change: &mut Change,
        header: &BatchHeader,
        marker: Option<EndTxnMarker>,
        origin: Origin,
    ) -> Result<(), AppendError> {
        let id = header.producer_id();
        let place = match change
            .touched
            .iter()
            .position(|(touched, _)| *touched == id)
        {
            Some(place) => place,
            None => {
                let state = self.get(id).cloned().unwrap_or(ProducerState::UNKNOWN);
                change.touched.push((id, state));
                change.touched.len() - 1
            }
        };
        let Some((_, state)) = change.touched.get_mut(place) else {
            return Ok(());
        };
        check_epoch(state, header, origin)?;
        match marker {
            Some(marker) => {
                let completed = end_transaction(state, header, marker, origin)?;
                change.completed.extend(completed);
            }
            // The quorum's control batches say nothing of producers.
            None if header.is_control() => {}
            None => {
                let started = add_batch(state, header, origin)?;
                change.started.extend(started.map(|first| (first, id)));
            }
        }
        Ok(())
    }

    /// Makes the planned change, and returns the transactions that were aborted.
    pub(crate) fn commit(&mut self, change: Change) -> Vec<TxnEntry> {
        for (id, state) in change.touched {
            self.states.insert(id.0, state);
        }
        for (first, id) in change.started {
            self.open.insert(first.0, id);
        }
        let mut aborted = Vec::new();
        for txn in change.completed {
            let stable = self
                .open
                .iter()
                .find(|(_, id)| **id != txn.producer_id)
                .map_or_else(|| txn.last_offset.next().0, |(first, _)| *first);
            self.open.remove(&txn.first_offset.0);
            self.unreplicated
                .insert(txn.first_offset.0, txn.last_offset.0);
            if txn.aborted {
                aborted.push(TxnEntry {
                    producer_id: txn.producer_id.0,
                    first_offset: txn.first_offset.0,
                    last_offset: txn.last_offset.0,
                    last_stable_offset: stable,
                });
            }
        }
        aborted
    }

    /// First offset of a transaction that is open, or whose marker lies at or after `high_watermark`.
    pub(crate) fn first_unstable(&mut self, high_watermark: Offset) -> Option<Offset> {
        self.unreplicated
            .retain(|_, last| *last >= high_watermark.0);
        let open = self.open.keys().next();
        let unreplicated = self.unreplicated.keys().next();
        open.into_iter()
            .chain(unreplicated)
            .min()
            .copied()
            .map(Offset)
    }

    /// Whether every transaction is over and replicated.
    pub(crate) fn is_stable(&self) -> bool {
        self.open.is_empty() && self.unreplicated.is_empty()
    }

    /// Forgets producers that wrote nothing for `expiration_ms` and have no open transaction.
    pub(crate) fn expire(&mut self, now_ms: i64, expiration_ms: i64) -> usize {
        let before = self.states.len();
        self.states.retain(|_, state| {
            state.current_txn_first_offset.is_some()
                || now_ms.saturating_sub(state.last_timestamp) < expiration_ms
        });
        before - self.states.len()
    }
}

fn check_epoch(
    state: &ProducerState,
    header: &BatchHeader,
    origin: Origin,
) -> Result<(), AppendError> {
    if origin == Origin::Replication || header.producer_epoch() >= state.epoch {
        return Ok(());
    }
    Err(AppendError::InvalidProducerEpoch {
        producer_id: header.producer_id(),
        epoch: header.producer_epoch(),
        current: state.epoch,
    })
}

fn check_sequence(state: &ProducerState, header: &BatchHeader) -> Result<(), AppendError> {
    let (last, first) = (state.last_sequence(), header.base_sequence());
    let in_order = if state.epoch == ProducerEpoch::NONE {
        // Nothing is known: retention may have removed it.
        true
    } else if header.producer_epoch() == state.epoch {
        i64::from(first) == i64::from(last) + 1 || (first == 0 && last == i32::MAX)
    } else {
        first == 0
    };
    if in_order {
        return Ok(());
    }
    Err(AppendError::OutOfOrderSequence {
        producer_id: header.producer_id(),
        epoch: header.producer_epoch(),
        sequence: first,
        last,
    })
}

/// Returns the first offset of the transaction that the batch begins.
fn add_batch(
    state: &mut ProducerState,
    header: &BatchHeader,
    origin: Origin,
) -> Result<Option<Offset>, AppendError> {
    if origin == Origin::Client {
        check_sequence(state, header)?;
    }
    if origin != Origin::Replication
        && state.current_txn_first_offset.is_some()
        && !header.is_transactional()
    {
        return Err(AppendError::InvalidTxnState(header.producer_id()));
    }
    state.enter_epoch(header.producer_epoch());
    state.push(ProducerBatch {
        last_sequence: header.last_sequence(),
        last_offset: header.last_offset(),
        offset_delta: header.last_offset_delta(),
        timestamp: header.max_timestamp(),
    });
    if !header.is_transactional() || state.current_txn_first_offset.is_some() {
        return Ok(None);
    }
    state.current_txn_first_offset = Some(header.base_offset());
    Ok(state.current_txn_first_offset)
}

fn end_transaction(
    state: &mut ProducerState,
    header: &BatchHeader,
    marker: EndTxnMarker,
    origin: Origin,
) -> Result<Option<Completed>, AppendError> {
    if origin != Origin::Replication && marker.coordinator_epoch < state.coordinator_epoch {
        return Err(AppendError::TransactionCoordinatorFenced {
            epoch: marker.coordinator_epoch,
            current: state.coordinator_epoch,
        });
    }
    state.enter_epoch(header.producer_epoch());
    state.coordinator_epoch = marker.coordinator_epoch;
    state.last_timestamp = header.max_timestamp();
    let first = state.current_txn_first_offset.take();
    Ok(first.map(|first_offset| Completed {
        producer_id: header.producer_id(),
        first_offset,
        last_offset: header.base_offset(),
        aborted: !marker.committed,
    }))
}

/// Batches of one producer that are remembered.
const BATCHES_KEPT: usize = 5;
