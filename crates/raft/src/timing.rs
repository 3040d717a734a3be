//! How long the quorum waits for what.

use std::time::Duration;

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
    state: u64,
}

impl Jitter {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Between `least` and twice `least`.
    pub(crate) fn up_to_twice(&mut self, least: Duration) -> Duration {
        let span = u64::try_from(least.as_nanos()).unwrap_or(u64::MAX).max(1);
        least + Duration::from_nanos(self.next() % span)
    }

    /// SplitMix64: passes its tests from any seed, consecutive ones included, which node ids are.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
