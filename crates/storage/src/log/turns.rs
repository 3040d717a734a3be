//! One sync at a time, shared by all who wait for one.

use parking_lot::{Condvar, Mutex};

/// Who is at it.
#[derive(Debug, Default)]
pub(super) struct Turns {
    is_taken: Mutex<bool>,
    ended: Condvar,
}

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub(super) struct TheTurn<'a>(&'a Turns);

impl Turns {
    /// Waits for the turn of others to end; takes the next one, unless `is_done` says after one of
    /// theirs that nothing is left to do.
    pub(super) fn take_unless(&self, is_done: impl Fn() -> bool) -> Option<TheTurn<'_>> {
        let mut is_taken = self.is_taken.lock();
        while *is_taken {
            self.ended.wait(&mut is_taken);
            if is_done() {
                return None;
            }
        }
        *is_taken = true;
        Some(TheTurn(self))
    }
}

impl Drop for TheTurn<'_> {
    fn drop(&mut self) {
        *self.0.is_taken.lock() = false;
        self.0.ended.notify_all();
    }
}
