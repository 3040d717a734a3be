//! A fetch that waits for bytes.
//!
//! Appends count down what is missing; the one that reaches zero wakes the fetch, once.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use ottla_types::RequestToken;

/// Shared between a parked fetch and the partitions it reads.
#[derive(Debug)]
pub(crate) struct FetchWait {
    token: RequestToken,
    missing_bytes: AtomicI64,
    woken: AtomicBool,
}

impl FetchWait {
    pub(crate) const fn new(token: RequestToken, missing_bytes: i64) -> Self {
        Self {
            token,
            missing_bytes: AtomicI64::new(missing_bytes),
            woken: AtomicBool::new(false),
        }
    }

    /// Notes `bytes` that became visible; the token when that was the last needed.
    pub(crate) fn arrived(&self, bytes: i64) -> Option<RequestToken> {
        let left = self.missing_bytes.fetch_sub(bytes, Ordering::Relaxed) - bytes;
        if left <= 0 { self.wake() } else { None }
    }

    /// The token, the first time somebody wakes this.
    pub(crate) fn wake(&self) -> Option<RequestToken> {
        (!self.woken.swap(true, Ordering::Relaxed)).then_some(self.token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wakes_once_when_enough_arrived() {
        let wait = FetchWait::new(RequestToken(3), 10);
        assert_eq!(wait.arrived(9), None);
        assert_eq!(wait.arrived(1), Some(RequestToken(3)));
        assert_eq!(wait.arrived(50), None);
        assert_eq!(wait.wake(), None);
    }
}
