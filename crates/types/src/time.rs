//! Two clocks that must not be mixed: monotonic time for timeouts, wall time for records.

use std::{
    fmt,
    ops::{Add, Sub},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::cast::Saturate;

/// A point in monotonic time, in nanoseconds since an arbitrary start.
///
/// Timeouts, sessions and leases use this; it never goes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mono(pub u64);

impl Mono {
    /// The point at `ms` milliseconds after the start.
    #[must_use]
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms.saturating_mul(1_000_000))
    }

    /// Time since `earlier`; zero if `earlier` lies later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Mono {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        let nanos: u64 = duration.as_nanos().saturate();
        Self(self.0.saturating_add(nanos))
    }
}

impl Sub<Duration> for Mono {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        let nanos: u64 = duration.as_nanos().saturate();
        Self(self.0.saturating_sub(nanos))
    }
}

/// Wall-clock time in milliseconds since the Unix epoch, Kafka's timestamp.
///
/// Record timestamps and retention use this; it may jump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallMs(pub i64);

impl WallMs {
    /// Kafka's "no timestamp".
    pub const NONE: Self = Self(-1);
}

impl fmt::Display for WallMs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Both clocks, read at one moment by the shell and handed down as an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// For timeouts.
    pub mono: Mono,
    /// For record timestamps and retention.
    pub wall: WallMs,
}

impl From<SystemTime> for Now {
    /// Both clocks from one that may jump, for a program that has no other at hand: timeouts jump with it.
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            mono: Mono(since.as_nanos().saturate()),
            wall: WallMs(since.as_millis().saturate()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monotonic_arithmetic_saturates() {
        assert_eq!(Mono(5).since(Mono(9)), Duration::ZERO);
        assert_eq!(Mono(u64::MAX) + Duration::from_secs(1), Mono(u64::MAX));
        assert_eq!(
            Mono::from_ms(3) - Duration::from_millis(1),
            Mono::from_ms(2)
        );
    }

    #[test]
    fn both_clocks_can_come_from_one() {
        let now = Now::from(UNIX_EPOCH + Duration::from_micros(2_500));
        assert_eq!((now.mono, now.wall), (Mono(2_500_000), WallMs(2)));
        let before = UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(Now::from(before), Now::default());
    }
}
