//! The one place where the clocks are read.

use std::time::{Duration, Instant, SystemTime};

use ottla_types::{Mono, Now, Saturate, WallMs};

/// Both clocks of the process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: Instant,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the shell reads the clocks")]
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the shell reads the clocks")]
    pub(crate) fn mono(self) -> Mono {
        Mono(
            Instant::now()
                .duration_since(self.start)
                .as_nanos()
                .saturate(),
        )
    }

    #[expect(clippy::disallowed_methods, reason = "the shell reads the clocks")]
    pub(crate) fn now(self) -> Now {
        let wall = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Now {
            mono: self.mono(),
            wall: WallMs(wall.as_millis().saturate()),
        }
    }

    /// How long it is until `deadline`, at most `limit`.
    pub(crate) fn until(self, deadline: Option<Mono>, limit: Duration) -> Duration {
        deadline.map_or(limit, |deadline| deadline.since(self.mono()).min(limit))
    }
}
