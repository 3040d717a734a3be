//! Transactional batches that wait for the coordinator to confirm their transaction.
//!
//! Before the first batch of a transaction is appended, the leader asks the coordinator whether the
//! transaction is open. Meanwhile the transaction may end; a guard that was taken before is void then,
//! so that no batch comes behind the marker that should have ended its transaction.
//!
//! Spec: KIP-890.

use std::collections::BTreeMap;

use ottla_records::BatchHeader;
use ottla_types::{Now, ProducerEpoch, ProducerId};

use super::{Log, error::AppendError, producers::Producers};

/// Shows that a transaction was confirmed, for the append that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerificationGuard(u64);

/// What is asked of the transaction of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// Nothing: `transaction.partition.verification.enable` is off.
    #[default]
    Off,
    /// It is open in this log, or the guard is still valid.
    Required(Option<VerificationGuard>),
}

/// The first batch of a transaction, about to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstBatch {
    /// Its producer.
    pub producer_id: ProducerId,
    /// Epoch of the producer.
    pub epoch: ProducerEpoch,
    /// First sequence number.
    pub sequence: i32,
    /// Whether the producer's epoch rises with every transaction (`transaction.version` 2).
    pub supports_epoch_bump: bool,
}

/// Transactions that are being confirmed.
#[derive(Debug, Default)]
pub(super) struct Verifications {
    pending: BTreeMap<i64, Pending>,
    given: u64,
}

#[derive(Clone, Copy, Debug)]
struct Pending {
    guard: VerificationGuard,
    epoch: ProducerEpoch,
    lowest_sequence: i32,
    supports_epoch_bump: bool,
    since_ms: i64,
}

impl Log {
    /// Takes a guard before the coordinator is asked about the transaction of `first`. `None` if it is
    /// open in this log already: then nobody needs to be asked.
    pub fn start_verification(&self, now: Now, first: &FirstBatch) -> Option<VerificationGuard> {
        if is_open(&self.producers.lock(), first.producer_id, first.epoch) {
            return None;
        }
        Some(self.verifications.lock().start(now, first))
    }
}

impl Verifications {
    fn start(&mut self, now: Now, first: &FirstBatch) -> VerificationGuard {
        self.given += 1;
        let new = Pending {
            guard: VerificationGuard(self.given),
            epoch: first.epoch,
            lowest_sequence: first.sequence,
            supports_epoch_bump: first.supports_epoch_bump,
            since_ms: now.wall.0,
        };
        let pending = self.pending.entry(first.producer_id.0).or_insert(new);
        if first.epoch > pending.epoch {
            pending.epoch = first.epoch;
            pending.lowest_sequence = first.sequence;
        } else if first.epoch == pending.epoch {
            // Of batches under way at once, the one with the least number must be the first.
            pending.lowest_sequence = pending.lowest_sequence.min(first.sequence);
        }
        pending.guard
    }

    /// Checks a transactional batch of a producer.
    pub(super) fn check(
        &self,
        producers: &Producers,
        header: &BatchHeader,
        verification: Verification,
    ) -> Result<(), AppendError> {
        let Verification::Required(guard) = verification else {
            return Ok(());
        };
        let (id, epoch) = (header.producer_id(), header.producer_epoch());
        if !header.is_transactional() || header.is_control() || is_open(producers, id, epoch) {
            return Ok(());
        }
        let Some(pending) = self.pending.get(&id.0).filter(|p| Some(p.guard) == guard) else {
            return Err(AppendError::UnverifiedTransaction(id));
        };
        let must_begin = pending.supports_epoch_bump && producers.get(id).is_none();
        let sequence = header.base_sequence();
        if sequence > pending.lowest_sequence || (must_begin && sequence != 0) {
            return Err(AppendError::OutOfOrderSequence {
                producer_id: id,
                epoch,
                sequence,
                last: producers.get(id).map_or(-1, |state| state.last_sequence()),
            });
        }
        Ok(())
    }

    /// A batch or marker of a transaction was appended: guards that were given are void.
    pub(super) fn end(&mut self, id: ProducerId) {
        self.pending.remove(&id.0);
    }

    /// Forgets what was asked long ago.
    pub(super) fn expire(&mut self, now_ms: i64, expiration_ms: i64) {
        self.pending
            .retain(|_, pending| now_ms.saturating_sub(pending.since_ms) < expiration_ms);
    }
}

fn is_open(producers: &Producers, id: ProducerId, epoch: ProducerEpoch) -> bool {
    producers
        .get(id)
        .is_some_and(|state| state.epoch == epoch && state.current_txn_first_offset.is_some())
}
