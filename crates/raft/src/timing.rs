//! How long the quorum waits for what.

use std::time::Duration;

use ottla_types::SplitMix64;

/// Timeouts of the quorum, by default Kafka's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// `controller.quorum.election.timeout.ms`: an election timer runs between once and twice this.
    pub election_timeout: Duration,
    /// `controller.quorum.fetch.timeout.ms`: how long a follower does without an answer of its leader.
    /// A leader that did not hear from a majority for one and a half times this resigns.
    pub fetch_timeout: Duration,
    /// `controller.quorum.election.backoff.max.ms`: the longest wait of a successor of a leader that left.
    pub election_backoff_max: Duration,
    /// `controller.quorum.request.timeout.ms`: when a request counts as lost.
    pub request_timeout: Duration,
    /// `controller.quorum.retry.backoff.ms`: pause before a failed request is repeated.
    pub retry_backoff: Duration,
    /// How long a leader may keep a fetch that has nothing to get.
    pub fetch_max_wait: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            election_timeout: Duration::from_secs(1),
            fetch_timeout: Duration::from_secs(2),
            election_backoff_max: Duration::from_secs(1),
            request_timeout: Duration::from_secs(2),
            retry_backoff: Duration::from_millis(20),
            fetch_max_wait: Duration::from_millis(500),
        }
    }
}

impl Timing {
    pub(crate) fn check_quorum(&self) -> Duration {
        self.fetch_timeout * 3 / 2
    }

    pub(crate) fn begin_epoch_resend(&self) -> Duration {
        self.fetch_timeout / 2
    }
}

/// Spreads election timers, from a seed: the machine has no source of randomness of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Jitter {
    numbers: SplitMix64,
}

impl Jitter {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            numbers: SplitMix64::new(seed),
        }
    }

    /// Between `least` and twice `least`.
    pub(crate) fn up_to_twice(&mut self, least: Duration) -> Duration {
        let span = u64::try_from(least.as_nanos()).unwrap_or(u64::MAX);
        least + Duration::from_nanos(self.numbers.below(span))
    }
}
