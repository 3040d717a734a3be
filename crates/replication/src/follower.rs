//! Follower side of one partition.
//!
//! Owns where to fetch from next, where to truncate, and the high watermark as the leader tells it.
//! Never sees bytes: what was appended, truncated and synced is told.
//!
//! F1  it never asks past what it holds, nor, when it syncs before it fetches, past what is durable
//! F2  its high watermark never exceeds its log end
//!
//! Spec: KIP-101, KIP-279, KIP-595 (diverging epochs), KIP-320 (fencing).

use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Offset};

/// Where an epoch ends in a log: the epoch and the offset after its last record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochEnd {
    /// Epoch; `NONE` when the log knows none as old.
    pub epoch: LeaderEpoch,
    /// Offset after the epoch's last record; `NONE` when unknown.
    pub end: Offset,
}

/// What a follower starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowerStart {
    /// Leader to fetch from.
    pub leader: BrokerId,
    /// Its epoch.
    pub leader_epoch: LeaderEpoch,
    /// First offset of the local log.
    pub log_start: Offset,
    /// End of the local log.
    pub log_end: Offset,
    /// Up to where the local log is durable.
    pub synced_end: Offset,
    /// Epoch of the last local record, `NONE` when there is none.
    pub last_epoch: LeaderEpoch,
    /// High watermark known locally.
    pub high_watermark: Offset,
    /// Whether a fetch past an offset promises that the log is durable up to it.
    pub sync_before_fetch: bool,
}

/// What the next fetch asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchPosition {
    /// Leader to ask.
    pub leader: BrokerId,
    /// Epoch it is believed to lead in.
    pub leader_epoch: LeaderEpoch,
    /// First offset wanted.
    pub offset: Offset,
    /// Epoch of the record before it, `NONE` when there is none.
    pub last_fetched_epoch: LeaderEpoch,
    /// First offset held.
    pub log_start: Offset,
}

/// What to do about a refused fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Fetch the same again at once.
    Retry,
    /// Fetch again after `replica.fetch.backoff.ms`.
    RetryLater,
    /// Ask the leader where its log starts and ends, then call [`Follower::out_of_range`].
    AskBounds,
    /// Do not fetch until metadata names another leader epoch.
    AwaitMetadata,
}

/// A follower of one partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    leader: BrokerId,
    leader_epoch: LeaderEpoch,
    log_start: Offset,
    log_end: Offset,
    synced_end: Offset,
    last_epoch: LeaderEpoch,
    high_watermark: Offset,
    sync_before_fetch: bool,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Fetching,
    Truncating,
    AskingBounds,
    AwaitingMetadata,
}

impl Follower {
    /// A new follower.
    #[must_use]
    pub fn new(start: FollowerStart) -> Self {
        Self {
            leader: start.leader,
            leader_epoch: start.leader_epoch,
            log_start: start.log_start,
            log_end: start.log_end,
            synced_end: start.synced_end.min(start.log_end),
            last_epoch: start.last_epoch,
            high_watermark: start.high_watermark.max(start.log_start).min(start.log_end),
            sync_before_fetch: start.sync_before_fetch,
            state: State::Fetching,
        }
    }

    /// Leader to fetch from.
    #[must_use]
    pub const fn leader(&self) -> BrokerId {
        self.leader
    }

    /// Epoch it leads in.
    #[must_use]
    pub const fn leader_epoch(&self) -> LeaderEpoch {
        self.leader_epoch
    }

    /// High watermark as far as it is known and held here.
    #[must_use]
    pub const fn high_watermark(&self) -> Offset {
        self.high_watermark
    }

    /// End of the local log.
    #[must_use]
    pub const fn log_end(&self) -> Offset {
        self.log_end
    }

    /// Whether the leader's disk promise makes this follower wait for its own sync now.
    #[must_use]
    pub fn needs_sync(&self) -> bool {
        self.sync_before_fetch && self.synced_end < self.log_end
    }

    /// What to fetch next; `None` while a truncation, a sync, the leader's bounds or metadata is
    /// awaited. The leader answers a position that is not in its log by where they diverge.
    #[must_use]
    pub fn next_fetch(&self) -> Option<FetchPosition> {
        if self.state != State::Fetching || self.needs_sync() {
            return None;
        }
        Some(FetchPosition {
            leader: self.leader,
            leader_epoch: self.leader_epoch,
            offset: self.log_end,
            last_fetched_epoch: self.last_epoch,
            log_start: self.log_start,
        })
    }

    /// Fetched records were appended: the log ends at `end`, its last record is of `last_epoch`.
    pub fn appended(&mut self, end: Offset, last_epoch: LeaderEpoch) {
        self.log_end = self.log_end.max(end);
        self.last_epoch = last_epoch;
    }

    /// The local log is durable up to `end`.
    pub fn synced(&mut self, end: Offset) {
        self.synced_end = self.synced_end.max(end.min(self.log_end));
    }

    /// An answer said where the leader's high watermark and log start are. To be told after its
    /// records were appended. Gives the local high watermark if it rose.
    pub fn leader_reported(&mut self, high_watermark: Offset, log_start: Offset) -> Option<Offset> {
        self.log_start = self.log_start.max(log_start.min(self.log_end));
        let reached = high_watermark.max(self.log_start).min(self.log_end);
        if reached <= self.high_watermark {
            return None;
        }
        self.high_watermark = reached;
        Some(reached)
    }

    /// The leader's log diverges: its epoch at or before the one asked for ends at `leader.end`.
    /// `local` is the largest epoch at or before `leader.epoch` in the local log and its end, or
    /// `None` when it has none so old.
    ///
    /// Gives the offset to truncate to; the shell then calls [`Follower::truncated`] and fetches
    /// again, which may diverge again at an older epoch.
    pub fn diverged(&mut self, leader: EpochEnd, local: Option<EpochEnd>) -> Offset {
        self.state = State::Truncating;
        let target = if leader.end == Offset::NONE {
            self.high_watermark
        } else {
            match local {
                // The leader does not have our epoch: go back to where ours ends, ask from there.
                Some(local) if local.epoch < leader.epoch => local.end,
                Some(local) => local.end.min(leader.end),
                None => leader.end,
            }
        };
        target.min(self.log_end).max(self.log_start)
    }

    /// The log was cut back: it ends at `end`, its last record is of `last_epoch` (`NONE` when
    /// nothing is left). The high watermark follows down.
    pub fn truncated(&mut self, end: Offset, last_epoch: LeaderEpoch) {
        self.log_end = end;
        self.log_start = self.log_start.min(end);
        self.last_epoch = last_epoch;
        self.synced_end = self.synced_end.min(end);
        self.high_watermark = self.high_watermark.min(end);
        self.state = State::Fetching;
    }

    /// The log was emptied and begins again at `start`, where the leader's log starts.
    pub fn restarted(&mut self, start: Offset) {
        self.log_start = start;
        self.log_end = start;
        self.synced_end = start;
        self.high_watermark = start;
        self.last_epoch = LeaderEpoch::NONE;
        self.state = State::Fetching;
    }

    /// The leader refused a fetch.
    pub fn refused(&mut self, code: ErrorCode) -> Reaction {
        match code {
            ErrorCode::CORRUPT_MESSAGE => Reaction::Retry,
            ErrorCode::OFFSET_OUT_OF_RANGE => {
                self.state = State::AskingBounds;
                Reaction::AskBounds
            }
            ErrorCode::FENCED_LEADER_EPOCH => {
                self.state = State::AwaitingMetadata;
                Reaction::AwaitMetadata
            }
            _ => Reaction::RetryLater,
        }
    }

    /// Where the leader's log starts and ends, after [`Reaction::AskBounds`].
    pub fn out_of_range(&mut self, leader_start: Offset, leader_end: Offset) -> OutOfRange {
        self.state = State::Truncating;
        if leader_end < self.log_end {
            OutOfRange::TruncateTo(leader_end)
        } else if self.log_end < leader_start {
            OutOfRange::RestartAt(leader_start)
        } else {
            self.state = State::Fetching;
            OutOfRange::FetchAgain
        }
    }

    /// Metadata names this leader and epoch. An older epoch is ignored; a newer one begins anew
    /// from the end of the local log.
    pub fn leader_changed(&mut self, leader: BrokerId, leader_epoch: LeaderEpoch) {
        if leader_epoch > self.leader_epoch {
            self.leader = leader;
            self.leader_epoch = leader_epoch;
            self.state = State::Fetching;
        }
    }

    /// Whether a fetch promises durability changed.
    pub fn sync_before_fetch_changed(&mut self, sync_before_fetch: bool) {
        self.sync_before_fetch = sync_before_fetch;
    }
}

/// What to do with a log that lies outside the leader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfRange {
    /// The leader's log is shorter: cut back to its end, then [`Follower::truncated`].
    TruncateTo(Offset),
    /// The leader's log starts later: empty the log and begin there, then [`Follower::restarted`].
    RestartAt(Offset),
    /// The position lies within the leader's log by now.
    FetchAgain,
}

#[cfg(test)]
mod tests;
