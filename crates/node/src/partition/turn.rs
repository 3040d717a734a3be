//! Whose turn it is to sync a log: one thread's at a time, however many ask.

use std::sync::atomic::{AtomicU8, Ordering};

/// ```text
///          ask            begin
///   idle ------> ordered ------> running ------> idle
///                   ^               | ask    end
///                   |    end        v
///                   +------------ again
/// ```
#[derive(Debug, Default)]
pub(super) struct Turn(AtomicU8);

const IDLE: u8 = 0;
/// A thread is to sync, and has not begun.
const ORDERED: u8 = 1;
/// A thread is at it. What was appended since is perhaps not in it.
const RUNNING: u8 = 2;
/// As running, and another sync is wanted.
const AGAIN: u8 = 3;

impl Turn {
    /// Asks for a sync of what was appended before. `true` if one is to be ordered.
    pub(super) fn ask(&self) -> bool {
        self.step(|state| match state {
            IDLE => ORDERED,
            RUNNING => AGAIN,
            same => same,
        }) == IDLE
    }

    /// A thread begins, before it looks at what there is to sync.
    pub(super) fn begin(&self) {
        self.step(|_| RUNNING);
    }

    /// The thread is done. `true` if another sync is to be ordered.
    pub(super) fn end(&self) -> bool {
        self.step(|state| match state {
            RUNNING => IDLE,
            AGAIN => ORDERED,
            same => same,
        }) == AGAIN
    }

    /// The state before.
    fn step(&self, next: impl Fn(u8) -> u8) -> u8 {
        let stepped = self
            .0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| {
                Some(next(state))
            });
        stepped.unwrap_or(IDLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_ask_during_a_sync_share_the_next() {
        let turn = Turn::default();
        assert!(turn.ask());
        assert!(!turn.ask());
        turn.begin();
        assert!(!turn.ask() && !turn.ask());
        assert!(turn.end());
        assert!(!turn.ask(), "it is ordered");
        turn.begin();
        assert!(!turn.end());
        assert!(turn.ask());
    }
}
