//! What a leader does: serves fetches, counts replicas, moves the high watermark, resigns.

use std::time::Duration;

use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Mono, Offset, RequestToken};

use super::Raft;
use crate::{
    io::Output,
    log::{EpochEnd, Position, SnapshotId},
    message::{FetchRequest, FetchResponse, FetchSnapshotRequest, FetchSnapshotResponse, Response},
    replica::ReplicaKey,
    role::{Leader, ParkedFetch, Progress, Role},
};

/// What a leader knows of a replica, for DescribeQuorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicaStatus {
    /// Which replica.
    pub replica: ReplicaKey,
    /// Whether it is a voter.
    pub is_voter: bool,
    /// Its log end; `None` of a voter that has not fetched yet.
    pub log_end: Option<Offset>,
    /// When it last fetched; of the leader itself, now.
    pub last_fetch: Option<Mono>,
    /// When it last had all that the leader had; of the leader itself, now.
    pub last_caught_up: Option<Mono>,
}

impl Raft {
    /// The replicas as the leader knows them, voters first; empty when this node does not lead.
    #[must_use]
    pub fn replicas(&self, now: Mono) -> Vec<ReplicaStatus> {
        let Role::Leader(leader) = &self.role else {
            return Vec::new();
        };
        let voters = self.voters.current().iter().map(|voter| {
            if voter.covers(&self.local) {
                return ReplicaStatus {
                    replica: *voter,
                    is_voter: true,
                    log_end: Some(self.log.end()),
                    last_fetch: Some(now),
                    last_caught_up: Some(now),
                };
            }
            status(*voter, true, leader.progress_of(voter))
        });
        let observers = leader
            .progress
            .iter()
            .filter(|(replica, progress)| {
                !self.voters.contains(replica) && now.since(progress.last_fetch) < OBSERVER_SESSION
            })
            .map(|(replica, progress)| status(*replica, false, Some(progress)));
        voters.chain(observers).collect()
    }

    pub(super) fn on_fetch(&mut self, token: RequestToken, request: FetchRequest) {
        let is_negative = request.offset < Offset(0) || request.last_epoch < LeaderEpoch(0);
        let checked = if is_negative || request.last_epoch > request.epoch {
            Err(ErrorCode::INVALID_REQUEST)
        } else {
            self.check_leads(request.epoch)
        };
        if let Err(error) = checked {
            let response = self.refused_fetch(error);
            self.respond(token, response);
            return;
        }
        if self.log.judge(request.offset, request.last_epoch) == Position::Valid {
            self.record_progress(request.replica, request.offset);
            self.advance_high_watermark();
        }
        self.answer_or_park(token, request);
    }

    fn check_leads(&self, epoch: LeaderEpoch) -> Result<(), ErrorCode> {
        if epoch < self.election.epoch {
            Err(ErrorCode::FENCED_LEADER_EPOCH)
        } else if epoch > self.election.epoch {
            Err(ErrorCode::UNKNOWN_LEADER_EPOCH)
        } else if self.is_leader() {
            Ok(())
        } else {
            Err(ErrorCode::NOT_LEADER_OR_FOLLOWER)
        }
    }

    pub(super) fn refused_fetch(&self, error: ErrorCode) -> Response {
        Response::Fetch(FetchResponse {
            outcome: self.outcome(error),
            high_watermark: Offset::NONE,
            log_start: Offset::NONE,
            diverging: None,
            snapshot: None,
            records_from: None,
        })
    }

    fn fetch_answer(&self, request: &FetchRequest) -> FetchResponse {
        let position = self.log.judge(request.offset, request.last_epoch);
        let (diverging, snapshot): (Option<EpochEnd>, Option<SnapshotId>) = match position {
            Position::Valid => (None, None),
            Position::Diverging(end) => (Some(end), None),
            Position::NeedsSnapshot(snapshot) => (None, Some(snapshot)),
        };
        let has_records = position == Position::Valid && request.offset < self.log.end();
        FetchResponse {
            outcome: self.outcome(ErrorCode::NONE),
            high_watermark: self.high_watermark.unwrap_or(Offset::NONE),
            log_start: self.log.start(),
            diverging,
            snapshot,
            records_from: has_records.then_some(request.offset),
        }
    }

    /// Whether an answer says something that the follower should not wait for.
    fn is_news(request: &FetchRequest, answer: &FetchResponse) -> bool {
        answer.records_from.is_some()
            || answer.diverging.is_some()
            || answer.snapshot.is_some()
            || request
                .high_watermark
                .is_some_and(|known| known < answer.high_watermark)
    }

    fn answer_or_park(&mut self, token: RequestToken, request: FetchRequest) {
        let answer = self.fetch_answer(&request);
        let deadline = self.now + request.max_wait;
        let waits = request.max_wait > Duration::ZERO && !Self::is_news(&request, &answer);
        if let Role::Leader(leader) = &mut self.role
            && waits
            && leader.parked.len() < MAX_PARKED_FETCHES
        {
            leader
                .parked
                .insert(token, ParkedFetch { request, deadline });
        } else {
            self.respond(token, Response::Fetch(answer));
        }
    }

    /// Answers the parked fetches for which there is news.
    pub(super) fn wake_fetches(&mut self) {
        self.answer_parked(|raft, parked| {
            Self::is_news(&parked.request, &raft.fetch_answer(&parked.request))
        });
    }

    pub(super) fn expire_parked(&mut self) {
        self.answer_parked(|raft, parked| parked.deadline <= raft.now);
    }

    fn answer_parked(&mut self, is_ready: impl Fn(&Self, &ParkedFetch) -> bool) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        let ready: Vec<_> = leader
            .parked
            .iter()
            .filter(|(_, parked)| is_ready(self, parked))
            .map(|(token, parked)| (*token, self.fetch_answer(&parked.request)))
            .collect();
        for (token, answer) in ready {
            if let Role::Leader(leader) = &mut self.role {
                leader.parked.remove(&token);
            }
            self.respond(token, Response::Fetch(answer));
        }
    }

    pub(super) fn on_fetch_snapshot(
        &mut self,
        token: RequestToken,
        request: &FetchSnapshotRequest,
    ) {
        let error = match self.check_leads(request.epoch) {
            Ok(()) if request.snapshot.end_offset == Offset(0) => ErrorCode::SNAPSHOT_NOT_FOUND,
            Ok(()) => {
                self.record_contact(request.replica);
                ErrorCode::NONE
            }
            Err(error) => error,
        };
        let response = Response::FetchSnapshot(FetchSnapshotResponse {
            outcome: self.outcome(error),
            snapshot: request.snapshot,
            size: 0,
            position: request.position,
            length: 0,
        });
        self.respond(token, response);
    }

    fn record_progress(&mut self, replica: ReplicaKey, end: Offset) {
        let now = self.now;
        let leader_end = self.log.end();
        let is_voter = self.voters.contains(&replica);
        if replica.id == BrokerId::NONE || replica.id == self.local.id {
            return;
        }
        if let Role::Leader(leader) = &mut self.role {
            if !is_voter && !leader.has_room_for(&replica, now) {
                return;
            }
            leader.fetched(replica, now, end, leader_end);
        }
        self.record_contact(replica);
    }

    fn record_contact(&mut self, replica: ReplicaKey) {
        let next = self.now + self.timing.begin_epoch_resend();
        let now = self.now;
        let is_voter = self.voters.contains(&replica);
        if let Role::Leader(leader) = &mut self.role
            && is_voter
        {
            leader.next_begin.insert(replica.id, next);
            leader
                .progress
                .entry(replica)
                .and_modify(|progress| progress.last_fetch = now)
                .or_insert(Progress {
                    end: Offset(0),
                    last_fetch: now,
                    leader_end_at_last_fetch: Offset(i64::MAX),
                    last_caught_up: None,
                });
        }
    }

    /// The offset that a majority of the voters has synced, once it lies in this leader's epoch:
    /// counting copies says nothing of records of earlier epochs (Raft, section 5.4.2).
    pub(super) fn advance_high_watermark(&mut self) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        let mut ends: Vec<Offset> = self
            .voters
            .current()
            .iter()
            .map(|voter| {
                if voter.covers(&self.local) {
                    self.log.synced()
                } else {
                    leader
                        .progress_of(voter)
                        .map_or(Offset(0), |progress| progress.end)
                }
            })
            .collect();
        ends.sort_unstable_by(|left, right| right.cmp(left));
        let Some(majority) = ends.get(ends.len() / 2).copied() else {
            return;
        };
        if majority > leader.epoch_start && self.high_watermark.is_none_or(|known| majority > known)
        {
            self.high_watermark = Some(majority);
            self.voters.committed(majority);
            self.output(Output::HighWatermark(majority));
            self.wake_fetches();
            self.leave_when_removed(majority);
        }
    }

    /// A leader that is no voter any more leads until that is committed.
    fn leave_when_removed(&mut self, high_watermark: Offset) {
        let is_committed = self
            .voters
            .changed_at()
            .is_some_and(|offset| offset < high_watermark);
        if is_committed && !self.is_voter() {
            self.resign();
        }
    }

    pub(super) fn leader_deadline(&self, leader: &Leader) -> Option<Mono> {
        let begin = leader.next_begin.values().min().copied();
        let parked = leader.parked.values().map(|parked| parked.deadline).min();
        [self.quorum_deadline(leader), begin, parked]
            .into_iter()
            .flatten()
            .min()
    }

    /// When a majority of the voters has been silent for too long; `None` for a majority of one.
    pub(super) fn quorum_deadline(&self, leader: &Leader) -> Option<Mono> {
        let voters = self.voters.current();
        let others = voters.iter().filter(|voter| !voter.covers(&self.local));
        let mut contacts: Vec<Mono> = others
            .map(|voter| {
                leader
                    .progress_of(voter)
                    .map_or(leader.since, |progress| progress.last_fetch)
            })
            .collect();
        contacts.sort_unstable_by(|left, right| right.cmp(left));
        let needed = voters.len() / 2 + 1 - usize::from(self.is_voter());
        let last_needed = contacts.get(needed.checked_sub(1)?)?;
        Some(*last_needed + self.timing.check_quorum())
    }

    /// Leads no more in this epoch; the voters with the longest logs should follow.
    pub(super) fn resign(&mut self) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        let mut preferred: Vec<_> = self
            .other_voters()
            .into_iter()
            .map(|voter| {
                let end = leader
                    .progress_of(&voter)
                    .map_or(Offset(0), |progress| progress.end);
                (end, voter)
            })
            .collect();
        preferred.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
        self.become_resigned(preferred.into_iter().map(|(_, voter)| voter).collect());
    }
}

impl Leader {
    /// What is known of a voter; of two directories on one node, the one that fetches.
    pub(crate) fn progress_of(&self, voter: &ReplicaKey) -> Option<&Progress> {
        self.progress
            .iter()
            .filter(|(replica, _)| voter.covers(replica))
            .map(|(_, progress)| progress)
            .max_by_key(|progress| progress.last_fetch)
    }

    fn fetched(&mut self, replica: ReplicaKey, now: Mono, end: Offset, leader_end: Offset) {
        let before = self.progress.get(&replica).copied();
        let caught_up = if end >= leader_end {
            Some(now)
        } else {
            before
                .filter(|then| end >= then.leader_end_at_last_fetch)
                .map(|then| then.last_fetch)
        };
        let last_caught_up = before.and_then(|then| then.last_caught_up).max(caught_up);
        self.progress.insert(
            replica,
            Progress {
                end,
                last_fetch: now,
                leader_end_at_last_fetch: leader_end,
                last_caught_up,
            },
        );
    }

    /// Whether an observer may be remembered, once those that stopped fetching are forgotten.
    fn has_room_for(&mut self, replica: &ReplicaKey, now: Mono) -> bool {
        if self.progress.contains_key(replica) || self.progress.len() < MAX_REPLICAS {
            return true;
        }
        self.progress
            .retain(|_, progress| now.since(progress.last_fetch) < OBSERVER_SESSION);
        self.progress.len() < MAX_REPLICAS
    }
}

fn status(replica: ReplicaKey, is_voter: bool, progress: Option<&Progress>) -> ReplicaStatus {
    ReplicaStatus {
        replica,
        is_voter,
        log_end: progress.map(|progress| progress.end),
        last_fetch: progress.map(|progress| progress.last_fetch),
        last_caught_up: progress.and_then(|progress| progress.last_caught_up),
    }
}

/// Fetches kept waiting; one more is answered at once, with nothing.
const MAX_PARKED_FETCHES: usize = 4096;
/// Replicas remembered; further observers are served but do not show in DescribeQuorum.
const MAX_REPLICAS: usize = 4096;
/// How long a silent observer is remembered.
const OBSERVER_SESSION: Duration = Duration::from_secs(300);
