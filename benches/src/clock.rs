//! The only place that reads the clock or waits for it.

use std::{
    num::NonZeroU64,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use ottla_types::{Saturate, WallMs};

/// Now.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a measuring tool reads the clock, here only"
)]
pub fn now() -> Instant {
    Instant::now()
}

/// The time of day, for records that retention must not find old.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a measuring tool reads the clock, here only"
)]
pub fn wall() -> WallMs {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    WallMs(since.as_millis().saturate())
}

/// Waits for `duration`.
#[expect(
    clippy::disallowed_methods,
    reason = "a measurement lasts as long as it is told to"
)]
pub fn sleep(duration: Duration) {
    thread::sleep(duration);
}

/// Waits until `instant`; returns at once if it has passed.
pub fn sleep_until(instant: Instant) {
    let left = instant.saturating_duration_since(now());
    if !left.is_zero() {
        sleep(left);
    }
}

/// Lets the calling thread wake within about a microsecond of its time, where the kernel's default
/// is 50.
pub fn wake_precisely() {
    // Where the kernel has no such setting, latencies carry its default and say so.
    let _precise = rustix::thread::set_current_timer_slack(NonZeroU64::new(1)).is_ok();
}

/// Asks `ready` every 5 ms until it gives a value or `limit` has passed.
pub fn poll<T>(limit: Duration, mut ready: impl FnMut() -> Option<T>) -> Option<T> {
    let end = now() + limit;
    loop {
        if let Some(value) = ready() {
            return Some(value);
        }
        if now() >= end {
            return None;
        }
        sleep(Duration::from_millis(5));
    }
}
