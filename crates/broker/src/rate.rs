//! How fast the threads that work in the background may read and write.

use std::time::Duration;

use ottla_types::Mono;

/// How many bytes were read and written, against how many may be.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    /// When everything so far would be done at the limit.
    due: Option<Mono>,
}

impl Rate {
    /// How long to wait after another `bytes`, at `limit` bytes in a second.
    #[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
    pub(crate) fn pause(&mut self, now: Mono, bytes: u64, limit: f64) -> Duration {
        let taken = bytes as f64 / limit.max(1.0);
        let taken = Duration::try_from_secs_f64(taken).unwrap_or(Duration::MAX);
        let due = self.due.map_or(now, |due| due.max(now)) + taken;
        self.due = Some(due);
        match due.since(now) {
            // Many short waits cost more than few long ones.
            short if short < SHORTEST => Duration::ZERO,
            pause => pause,
        }
    }
}

const SHORTEST: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_kept_over_many_small_steps() {
        let mut rate = Rate::default();
        let mut now = Mono(0);
        for _ in 0..1000 {
            now = now + rate.pause(now, 1000, 1e6);
        }
        let taken = now.since(Mono(0));
        assert!(taken <= Duration::from_secs(1) && taken > Duration::from_millis(970));
        let mut free = Rate::default();
        assert_eq!(free.pause(now, 1 << 40, f64::MAX), Duration::ZERO);
        // An idle time is not made up for.
        let later = now + Duration::from_secs(60);
        assert_eq!(rate.pause(later, 500_000, 1e6), Duration::from_millis(500));
    }
}
