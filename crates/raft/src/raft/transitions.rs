//! From one role to the next, and what each step makes durable and tells.

use std::collections::{BTreeMap, BTreeSet};

use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Offset};

use super::Raft;
use crate::{
    io::{Fault, Output},
    replica::{ElectionState, ReplicaKey},
    role::{Ballot, Election, Follower, Leader, Resigned, Role, Unattached, Work},
};

impl Raft {
    pub(super) fn set_election(&mut self, election: ElectionState) {
        if election != self.election {
            debug_assert!(election.epoch >= self.election.epoch);
            self.election = election;
            self.output(Output::PersistElection(election));
        }
    }

    /// Takes a new role; of a leader, the fetches that it kept are answered.
    pub(super) fn switch(&mut self, role: Role) {
        let old = std::mem::replace(&mut self.role, role);
        self.peers.forget();
        if let Role::Leader(leader) = old {
            self.output(Output::Resigned {
                epoch: leader.epoch,
            });
            for token in leader.parked.into_keys() {
                let response = self.refused_fetch(ErrorCode::NOT_LEADER_OR_FOLLOWER);
                self.respond(token, response);
            }
        }
    }

    /// Without a leader in the current epoch; an election timer that runs already runs on.
    pub(super) fn wait_for_election(&mut self) {
        let fresh = self.election_deadline();
        let election_deadline = self.is_voter().then(|| match &self.role {
            Role::Unattached(state) => state.election_deadline.unwrap_or(fresh),
            Role::Resigned(state) if state.deadline > self.now => state.deadline,
            Role::Follower(state) if state.deadline > self.now => state.deadline,
            Role::Resigned(_)
            | Role::Follower(_)
            | Role::Prospective(_)
            | Role::Candidate(_)
            | Role::Leader(_) => fresh,
        });
        self.switch(Role::Unattached(Unattached { election_deadline }));
    }

    pub(super) fn become_unattached(&mut self, epoch: LeaderEpoch) {
        self.set_election(ElectionState::new(epoch));
        self.wait_for_election();
        self.output(Output::BecameUnattached { epoch });
    }

    /// Gives its vote, and lets the candidate have an election timeout to make use of it.
    pub(super) fn vote_for(&mut self, candidate: ReplicaKey) {
        self.set_election(ElectionState {
            voted: Some(candidate),
            ..self.election
        });
        let election_deadline = self.is_voter().then(|| self.election_deadline());
        self.switch(Role::Unattached(Unattached { election_deadline }));
    }

    /// Asks whether it would be elected, before it disturbs anyone with a new epoch.
    pub(super) fn become_prospective(&mut self) {
        if !self.is_voter() {
            self.switch(Role::Unattached(Unattached {
                election_deadline: None,
            }));
            return;
        }
        let wait = self.jitter.up_to_twice(self.timing.election_timeout);
        let mut election = Election::new(self.voters.current(), self.now + wait);
        election.record(self.local.id, Ballot::Granted);
        let is_won = election.is_won();
        self.switch(Role::Prospective(election));
        if is_won {
            self.become_candidate();
        }
    }

    /// A pre-vote that is lost or timed out: back to the leader it had, if it had one.
    pub(super) fn give_up_asking(&mut self) {
        match self
            .election
            .leader
            .filter(|leader| *leader != self.local.id)
        {
            Some(leader) => self.follow(leader),
            None => self.wait_for_election(),
        }
    }

    /// Asks for votes in a new epoch. Its own counts once it is on the disk.
    pub(super) fn become_candidate(&mut self) {
        let epoch = LeaderEpoch(self.election.epoch.0.saturating_add(1));
        self.set_election(ElectionState {
            epoch,
            leader: None,
            voted: Some(self.local),
        });
        let wait = self.jitter.up_to_twice(self.timing.election_timeout);
        let election = Election::new(self.voters.current(), self.now + wait);
        self.switch(Role::Candidate(election));
        self.output(Output::BecameUnattached { epoch });
    }

    pub(super) fn on_election_persisted(&mut self) {
        let Some(persisted) = self.persisting.take() else {
            return;
        };
        if persisted != self.election {
            return;
        }
        if let Role::Candidate(election) = &mut self.role {
            election.record(self.local.id, Ballot::Granted);
            self.count_votes();
        }
    }

    pub(super) fn become_leader(&mut self, granting_voters: Vec<BrokerId>) {
        let epoch = self.election.epoch;
        self.set_election(ElectionState {
            leader: Some(self.local.id),
            ..self.election
        });
        let epoch_start = self.log.end();
        let others = self.other_voters();
        self.switch(Role::Leader(Leader {
            epoch,
            epoch_start,
            since: self.now,
            progress: BTreeMap::new(),
            next_begin: others.iter().map(|voter| (voter.id, self.now)).collect(),
            parked: BTreeMap::new(),
        }));
        self.output(Output::BecameLeader { epoch, epoch_start });
        self.output(Output::AppendLeaderChange {
            epoch,
            leader: self.local.id,
            voters: self.voters.current().iter().map(|voter| voter.id).collect(),
            granting_voters,
        });
    }

    pub(super) fn become_follower(&mut self, epoch: LeaderEpoch, leader: BrokerId) {
        let voted = self.election.voted.filter(|_| epoch == self.election.epoch);
        self.set_election(ElectionState {
            epoch,
            leader: Some(leader),
            voted,
        });
        self.follow(leader);
        self.output(Output::BecameFollower { epoch, leader });
    }

    pub(super) fn follow(&mut self, leader: BrokerId) {
        self.switch(Role::Follower(Follower {
            leader,
            deadline: self.fetch_deadline(),
            has_fetched: false,
            leader_high_watermark: Offset::NONE,
            work: Work::Nothing,
        }));
    }

    pub(super) fn become_resigned(&mut self, preferred: Vec<ReplicaKey>) {
        let to_tell: BTreeSet<_> = self.other_voters().iter().map(|voter| voter.id).collect();
        let deadline = self.election_deadline();
        self.switch(Role::Resigned(Resigned {
            deadline,
            to_tell,
            preferred,
        }));
    }

    /// A valid message named the leader of an epoch at least as high as ours. False if that cannot be.
    pub(super) fn heard_of_leader(&mut self, epoch: LeaderEpoch, leader: BrokerId) -> bool {
        if epoch == self.election.epoch
            && let Some(known) = self.election.leader
        {
            if known != leader {
                self.output(Output::Fault(Fault::ConflictingLeader {
                    epoch,
                    known,
                    named: leader,
                }));
                return false;
            }
            let waits = matches!(self.role, Role::Unattached(_) | Role::Prospective(_));
            if waits && leader != self.local.id {
                self.follow(leader);
                self.output(Output::BecameFollower { epoch, leader });
            }
            return true;
        }
        if leader == self.local.id {
            // It says we lead an epoch in which we know we do not: an echo of a lost life.
            if epoch > self.election.epoch {
                self.become_unattached(epoch);
            }
            return false;
        }
        self.become_follower(epoch, leader);
        true
    }
}
