//! What the leader knows of one follower.

use std::time::Duration;

use ottla_types::{BrokerEpoch, BrokerId, Mono, Offset};

/// A follower's fetch that the log answered with records or with nothing, never with an error or a
/// diverging epoch: only such a fetch says that the follower holds the leader's log up to `offset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowerFetch {
    /// The follower.
    pub broker: BrokerId,
    /// Its registration, `NONE` from a broker that does not say.
    pub broker_epoch: BrokerEpoch,
    /// First offset it does not have.
    pub offset: Offset,
    /// First offset it still has.
    pub log_start: Offset,
}

/// Progress of one follower within the current leader epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowerProgress {
    /// Its log end; `None` until it has fetched in this leader epoch.
    pub log_end: Option<Offset>,
    /// Its log start; `NONE` until it has fetched in this leader epoch.
    pub log_start: Offset,
    /// Broker epoch of its last fetch.
    pub broker_epoch: BrokerEpoch,
    /// When it last had all that the leader had.
    pub last_caught_up: Option<Mono>,
    last_fetch: Option<(Mono, Offset)>,
}

impl FollowerProgress {
    /// A follower that has not fetched yet. A member of the in-sync set counts as caught up at the
    /// moment of the election, so that it has the whole lag time to show itself.
    pub(crate) const fn unknown(in_sync_since: Option<Mono>) -> Self {
        Self {
            log_end: None,
            log_start: Offset::NONE,
            broker_epoch: BrokerEpoch::NONE,
            last_caught_up: in_sync_since,
            last_fetch: None,
        }
    }

    pub(crate) fn fetched(&mut self, now: Mono, fetch: &FollowerFetch, leader_end: Offset) {
        let caught_up = if fetch.offset >= leader_end {
            Some(now)
        } else {
            // It has what the leader had when it last asked: it was caught up then.
            self.last_fetch
                .filter(|(_, end_then)| fetch.offset >= *end_then)
                .map(|(then, _)| then)
        };
        self.last_caught_up = self.last_caught_up.max(caught_up);
        self.log_end = Some(fetch.offset);
        self.log_start = fetch.log_start;
        self.broker_epoch = fetch.broker_epoch;
        self.last_fetch = Some((now, leader_end));
    }

    /// Whether it is at the leader's end, or was within `lag_time_max`.
    pub(crate) fn is_caught_up(
        &self,
        now: Mono,
        leader_end: Offset,
        lag_time_max: Duration,
    ) -> bool {
        self.log_end == Some(leader_end)
            || self
                .last_caught_up
                .is_some_and(|then| now.since(then) <= lag_time_max)
    }
}
