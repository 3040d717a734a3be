//! The clocks and the entropy of the driver: the one place that reads them.

use std::{
    hash::{BuildHasher, RandomState},
    time::{SystemTime, UNIX_EPOCH},
};

use ottla_types::Saturate;

/// Milliseconds since the epoch.
#[expect(
    clippy::disallowed_methods,
    reason = "the client's driver is a shell: record timestamps come from here"
)]
pub(crate) fn wall_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(-1, |elapsed| elapsed.as_millis().saturate())
}

/// A number that differs between calls and processes; not for secrets.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0u8)
}

/// A number below `bound`, which is not 0.
pub(crate) fn random_below(bound: usize) -> usize {
    let bound: u64 = bound.max(1).saturate();
    (random() % bound).saturate()
}
