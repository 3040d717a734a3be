//! Votes, asked for and given; leaders that begin and end.

use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Mono, Offset, RequestToken};

use super::Raft;
use crate::{
    message::{BeginQuorumEpochRequest, EndQuorumEpochRequest, Outcome, Response, VoteRequest},
    replica::ReplicaKey,
    role::{Ballot, Role},
};

impl Raft {
    pub(super) fn on_vote(&mut self, token: RequestToken, request: &VoteRequest) {
        let (error, granted) = match self.judge_vote(request) {
            Ok(granted) => (ErrorCode::NONE, granted),
            Err(error) => (error, false),
        };
        if granted && !request.pre_vote && self.election.voted != Some(request.replica) {
            self.vote_for(request.replica);
        }
        let outcome = self.outcome(error);
        self.respond(token, Response::Vote { outcome, granted });
    }

    fn judge_vote(&mut self, request: &VoteRequest) -> Result<bool, ErrorCode> {
        let ahead_of_itself = if request.pre_vote {
            request.last_epoch > request.epoch
        } else {
            request.last_epoch >= request.epoch
        };
        let is_negative = request.last_offset < Offset(0) || request.last_epoch < LeaderEpoch(0);
        if is_negative || ahead_of_itself {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        if request.epoch < self.election.epoch {
            return Err(ErrorCode::FENCED_LEADER_EPOCH);
        }
        if request.replica.id < BrokerId(0) {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        if request.epoch > self.election.epoch {
            self.become_unattached(request.epoch);
        }
        self.check_voter_key(request.voter.as_ref())?;
        Ok(if request.pre_vote {
            self.would_vote(request)
        } else {
            self.may_vote(request)
        })
    }

    fn check_voter_key(&self, voter: Option<&ReplicaKey>) -> Result<(), ErrorCode> {
        match voter {
            Some(voter) if !voter.covers(&self.local) => Err(ErrorCode::INVALID_VOTER_KEY),
            Some(_) | None => Ok(()),
        }
    }

    fn would_vote(&self, request: &VoteRequest) -> bool {
        let may = match &self.role {
            Role::Leader(_) => false,
            // Its leader answers: a candidate cannot be needed.
            Role::Follower(follower) => !follower.has_fetched,
            Role::Unattached(_) | Role::Prospective(_) | Role::Candidate(_) | Role::Resigned(_) => {
                true
            }
        };
        may && self
            .log
            .is_covered_by(request.last_epoch, request.last_offset)
    }

    fn may_vote(&self, request: &VoteRequest) -> bool {
        match &self.role {
            Role::Unattached(_) | Role::Prospective(_) => {}
            Role::Candidate(_) | Role::Leader(_) | Role::Follower(_) | Role::Resigned(_) => {
                return false;
            }
        }
        if let Some(voted) = &self.election.voted {
            return voted.covers(&request.replica);
        }
        self.election.leader.is_none()
            && self
                .log
                .is_covered_by(request.last_epoch, request.last_offset)
    }

    pub(super) fn on_vote_response(&mut self, voter: BrokerId, granted: bool) {
        let ballot = if granted {
            Ballot::Granted
        } else {
            Ballot::Rejected
        };
        if let Role::Prospective(election) | Role::Candidate(election) = &mut self.role {
            election.record(voter, ballot);
            self.count_votes();
        }
    }

    pub(super) fn count_votes(&mut self) {
        match &self.role {
            Role::Prospective(election) if election.is_won() => self.become_candidate(),
            Role::Prospective(election) if election.is_lost() => self.give_up_asking(),
            Role::Candidate(election) if election.is_won() => {
                let granting = election.with(Ballot::Granted);
                self.become_leader(granting);
            }
            // A candidate that lost waits for its timer: somebody else may be winning.
            Role::Unattached(_)
            | Role::Prospective(_)
            | Role::Candidate(_)
            | Role::Leader(_)
            | Role::Follower(_)
            | Role::Resigned(_) => {}
        }
    }

    pub(super) fn on_begin_quorum_epoch(
        &mut self,
        token: RequestToken,
        request: &BeginQuorumEpochRequest,
    ) {
        let error = self.hear_leader(request.epoch, request.leader, request.voter.as_ref());
        let outcome = self.outcome_of(error);
        self.respond(token, Response::BeginQuorumEpoch(outcome));
    }

    pub(super) fn on_end_quorum_epoch(
        &mut self,
        token: RequestToken,
        request: &EndQuorumEpochRequest,
    ) {
        let heard = self.hear_leader(request.epoch, request.leader, None);
        if heard.is_ok() {
            let deadline = self.succession_deadline(&request.preferred);
            if let Role::Follower(follower) = &mut self.role {
                follower.deadline = follower.deadline.min(deadline);
                follower.has_fetched = false;
            }
        }
        let outcome = self.outcome_of(heard);
        self.respond(token, Response::EndQuorumEpoch(outcome));
    }

    fn hear_leader(
        &mut self,
        epoch: LeaderEpoch,
        leader: BrokerId,
        voter: Option<&ReplicaKey>,
    ) -> Result<(), ErrorCode> {
        if leader < BrokerId(0) || epoch < LeaderEpoch(0) {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        if epoch < self.election.epoch {
            return Err(ErrorCode::FENCED_LEADER_EPOCH);
        }
        if !self.heard_of_leader(epoch, leader) {
            // Not INVALID_REQUEST, which ends the process of a peer that runs Apache Kafka.
            return Err(ErrorCode::UNKNOWN_SERVER_ERROR);
        }
        self.check_voter_key(voter)
    }

    fn outcome_of(&self, result: Result<(), ErrorCode>) -> Outcome {
        self.outcome(result.err().unwrap_or(ErrorCode::NONE))
    }

    /// The first successor asks at once, each one after it twice as late as the one before.
    fn succession_deadline(&self, preferred: &[ReplicaKey]) -> Mono {
        let longest = self.timing.election_backoff_max;
        let place = preferred
            .iter()
            .position(|candidate| candidate.id == self.local.id);
        let wait = match place {
            Some(0) => return self.now,
            Some(place) => {
                let halvings = u32::try_from(preferred.len() - 1).unwrap_or(u32::MAX);
                let doublings = u32::try_from(place - 1).unwrap_or(u32::MAX);
                let step = longest
                    .checked_div(1u32.checked_shl(halvings).unwrap_or(u32::MAX))
                    .unwrap_or_default();
                step.saturating_mul(1u32.checked_shl(doublings).unwrap_or(u32::MAX))
            }
            None => longest,
        };
        self.now + wait.min(longest)
    }
}
