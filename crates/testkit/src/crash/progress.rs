//! What an exploration found.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use super::{faults::FaultId, state::StateId};

/// A state that did not keep a promise.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Name of the scenario.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// Where; `None` when the life itself failed.
    pub place: Option<Place>,
    /// The step that did not happen, or the call that failed.
    pub step: String,
    /// What was wrong.
    pub message: String,
}

/// What was done to a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The power was cut.
    State(StateId),
    /// The disk failed.
    Fault(FaultId),
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Progress {
    states: AtomicU64,
    faults: AtomicU64,
    failed: AtomicU64,
    failures: Mutex<Vec<Failure>>,
}

impl Progress {
    /// Different states that were looked at.
    #[must_use]
    pub fn states(&self) -> u64 {
        self.states.load(Ordering::Relaxed)
    }

    /// Faults that a disk had.
    #[must_use]
    pub fn faults(&self) -> u64 {
        self.faults.load(Ordering::Relaxed)
    }

    /// States and faults in which something was not as promised.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// The first of them, at most [`FAILURES_KEPT`].
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.clone()
    }

    pub(super) fn count_state(&self) {
        self.states.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_fault(&self) {
        self.faults.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn fail(&self, failure: Failure) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() < FAILURES_KEPT {
            failures.push(failure);
        }
    }
}

/// Failures that are described.
pub const FAILURES_KEPT: usize = 20;
