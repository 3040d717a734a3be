//! Numbers that need not be secret: session ids, which broker to name first.

use std::sync::atomic::{AtomicU64, Ordering};

use ottla_types::{SplitMix64, Uuid};

/// A SplitMix64 sequence from a seed that many draw from at the same time.
#[derive(Debug)]
pub(crate) struct Random {
    state: AtomicU64,
}

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            state: AtomicU64::new(seed),
        }
    }

    pub(crate) fn next(&self) -> u64 {
        let state = self.state.fetch_add(SplitMix64::STEP, Ordering::Relaxed);
        SplitMix64::new(state).next()
    }

    /// An id that is new with all likelihood.
    pub(crate) fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        let (high, low) = bytes.split_at_mut(8);
        high.copy_from_slice(&self.next().to_be_bytes());
        low.copy_from_slice(&self.next().to_be_bytes());
        // No id of Kafka's begins with a dash in its text.
        bytes[0] &= 0x7f;
        // Version 4, variant 1, as Java's.
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Uuid(bytes)
    }

    /// A number from 1 to `i32::MAX`.
    pub(crate) fn positive(&self) -> i32 {
        i32::try_from(self.next() >> 33).unwrap_or(i32::MAX).max(1)
    }
}
