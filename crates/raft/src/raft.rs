//! The quorum machine: its state, its inputs and outputs, and the transitions between roles.

use std::collections::VecDeque;

use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Mono, Offset, RequestToken};

use crate::{
    io::{Fault, Input, Output},
    log::{LogState, LogView},
    message::{Outcome, Request, Response},
    peers::Peers,
    replica::{ElectionState, ReplicaKey, VoterHistory},
    role::{Role, Unattached, Work},
    timing::{Jitter, Timing},
};

mod following;
mod leading;
mod sending;
mod transitions;
mod voting;

pub use leading::ReplicaStatus;

/// What the machine starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaftStart {
    /// Now.
    pub now: Mono,
    /// This node and the directory of its metadata log.
    pub local: ReplicaKey,
    /// The voter set before any record of the log: configured, or of the latest snapshot.
    pub voters: Vec<ReplicaKey>,
    /// Voter sets in the log after that, with the offsets of their records, ascending.
    pub voter_changes: Vec<(Offset, Vec<ReplicaKey>)>,
    /// What `quorum-state` says; the default when there is none.
    pub election: ElectionState,
    /// The log, durable up to its end.
    pub log: LogState,
    /// Timeouts.
    pub timing: Timing,
    /// Spreads the election timers; should differ between nodes.
    pub seed: u64,
}

/// One node of the quorum, voter or observer.
///
/// ```text
///            timer                majority would vote            majority voted
/// Unattached ------> Prospective --------------------> Candidate --------------> Leader
///    ^  |                |  ^                             | timer                  |
///    |  | leader known   |  +-----------------------------+       majority silent, |
///    |  v                |                                        told to resign   v
///    | Follower <--------+ lost, leader known                                  Resigned
///    |    | timer: to Prospective                                                  |
///    +----+------------------------------------------------------------------------+
///      higher epoch, from anywhere                                   timer, next epoch
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raft {
    local: ReplicaKey,
    voters: VoterHistory,
    timing: Timing,
    jitter: Jitter,
    now: Mono,
    election: ElectionState,
    /// The state the shell is writing, while it does.
    persisting: Option<ElectionState>,
    log: LogView,
    sync_queued: bool,
    high_watermark: Option<Offset>,
    role: Role,
    peers: Peers,
    /// Counts the voters tried by a node that looks for the leader.
    tried: usize,
    outputs: VecDeque<Output>,
    halted: bool,
}

impl Raft {
    /// A machine in the role that the stored state calls for.
    ///
    /// A node that led the stored epoch, or voted for itself in it, does not go on where it was: it
    /// cannot know what of its epoch it has lost, so that only a later epoch can make it leader.
    #[must_use]
    pub fn new(start: RaftStart) -> Self {
        let mut voters = VoterHistory::new(start.voters);
        for (offset, set) in start.voter_changes {
            voters.appended(offset, set);
        }
        let log = LogView::new(start.log);
        let mut raft = Self {
            local: start.local,
            voters,
            timing: start.timing,
            jitter: Jitter::new(start.seed),
            now: start.now,
            election: start.election,
            persisting: None,
            high_watermark: log.latest_snapshot().map(|snapshot| snapshot.end_offset),
            log,
            sync_queued: false,
            role: Role::Unattached(Unattached {
                election_deadline: None,
            }),
            peers: Peers::new(),
            tried: 0,
            outputs: VecDeque::new(),
            halted: false,
        };
        raft.begin();
        raft
    }

    fn begin(&mut self) {
        let stored = self.election;
        if stored.epoch < self.log.last_epoch() {
            self.become_unattached(self.log.last_epoch());
        } else if self.is_sole_voter() {
            self.become_prospective();
        } else if stored.leader == Some(self.local.id) {
            self.become_resigned(Vec::new());
        } else if let Some(leader) = stored.leader {
            self.become_follower(stored.epoch, leader);
        } else {
            self.wait_for_election();
        }
        self.proceed();
    }

    /// Takes a fact in. What follows from it comes out of [`Raft::poll_output`].
    pub fn handle(&mut self, now: Mono, input: Input) {
        if self.halted {
            return;
        }
        self.now = self.now.max(now);
        match input {
            Input::Tick => {}
            Input::ElectionPersisted => self.on_election_persisted(),
            Input::Appended { end, epoch } => self.on_appended(end, epoch),
            Input::VotersAppended { offset, voters } => {
                self.voters.appended(offset, voters);
                self.on_voters_changed();
            }
            Input::Synced { end } => self.on_synced(end),
            Input::Truncated { end } => self.on_truncated(end),
            Input::AppendRefused { id } => self.on_append_refused(id),
            Input::SnapshotsChanged {
                log_start,
                oldest,
                latest,
            } => self.log.snapshots_changed(log_start, oldest, latest),
            Input::SnapshotPartStored { snapshot, position } => {
                self.on_snapshot_part_stored(snapshot, position);
            }
            Input::SnapshotInstalled { snapshot, voters } => {
                self.on_snapshot_installed(snapshot, voters);
            }
            Input::Request { token, request } => self.on_request(token, request),
            Input::Response { id, response } => self.on_response(id, response),
            Input::RequestFailed { id } => {
                if let Some(to) = self.peers.answered(id) {
                    self.peers.back_off(self.now, to, &self.timing);
                }
            }
            Input::Resign => {
                if self.is_leader() {
                    self.resign();
                }
            }
        }
        self.proceed();
    }

    /// The next order, to be carried out before the one after it is asked for.
    pub fn poll_output(&mut self) -> Option<Output> {
        if self.persisting.is_some() {
            return None;
        }
        loop {
            let output = self.outputs.pop_front()?;
            if matches!(output, Output::SyncLog) {
                self.sync_queued = false;
            }
            if self.is_overtaken(&output) {
                continue;
            }
            if let Output::PersistElection(state) = output {
                self.persisting = Some(state);
            }
            return Some(output);
        }
    }

    /// When [`Input::Tick`] is due, if nothing else happens before.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Mono> {
        if self.halted {
            return None;
        }
        let role = self.role_deadline().filter(|_| self.persisting.is_none());
        [role, self.peers.next_deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    /// This node.
    #[must_use]
    pub const fn local(&self) -> ReplicaKey {
        self.local
    }

    /// The epoch this node is in.
    #[must_use]
    pub const fn epoch(&self) -> LeaderEpoch {
        self.election.epoch
    }

    /// The leader of the epoch, if known.
    #[must_use]
    pub const fn leader(&self) -> Option<BrokerId> {
        self.election.leader
    }

    /// Whether this node leads.
    #[must_use]
    pub const fn is_leader(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    /// Whether this node may vote.
    #[must_use]
    pub fn is_voter(&self) -> bool {
        self.voters.contains(&self.local)
    }

    /// The current voters, committed or not.
    #[must_use]
    pub fn voters(&self) -> &[ReplicaKey] {
        self.voters.current()
    }

    /// The epoch in which this node may append records: it leads, and its LeaderChange is in the log.
    #[must_use]
    pub fn append_epoch(&self) -> Option<LeaderEpoch> {
        let may = self.is_leader() && self.log.last_epoch() == self.election.epoch;
        may.then_some(self.election.epoch)
    }

    /// First offset that is not known to be committed; `None` until anything is known.
    #[must_use]
    pub const fn high_watermark(&self) -> Option<Offset> {
        self.high_watermark
    }

    /// End of the log.
    #[must_use]
    pub const fn log_end(&self) -> Offset {
        self.log.end()
    }

    /// Whether a [`Fault::TruncationBelowHighWatermark`] has stopped the machine.
    #[must_use]
    pub const fn is_halted(&self) -> bool {
        self.halted
    }

    /// Checks what must hold after every input: the high watermark lies within the log, what is
    /// synced too; a leader is the one that its election state names, and a follower follows it.
    ///
    /// # Panics
    /// When it does not hold: a bug of this crate, or of a shell that told what did not happen.
    pub fn check_invariants(&self) {
        let end = self.log.end();
        assert!(self.log.synced() <= end, "synced past the log end");
        assert!(
            self.high_watermark.is_none_or(|committed| committed <= end),
            "high watermark past the log end"
        );
        match &self.role {
            Role::Leader(leader) => {
                assert_eq!(leader.epoch, self.election.epoch);
                assert_eq!(self.election.leader, Some(self.local.id));
                assert_eq!(self.election.voted, Some(self.local));
            }
            Role::Follower(follower) => {
                assert_eq!(self.election.leader, Some(follower.leader));
                assert_ne!(follower.leader, self.local.id);
            }
            Role::Candidate(_) => assert_eq!(self.election.voted, Some(self.local)),
            Role::Unattached(_) | Role::Prospective(_) | Role::Resigned(_) => {}
        }
    }

    /// Whether an order became void while it waited its turn.
    fn is_overtaken(&self, output: &Output) -> bool {
        let work = match &self.role {
            Role::Follower(follower) => follower.work,
            Role::Unattached(_)
            | Role::Prospective(_)
            | Role::Candidate(_)
            | Role::Leader(_)
            | Role::Resigned(_) => Work::Nothing,
        };
        match output {
            Output::SyncLog => self.log.is_synced(),
            Output::AppendLeaderChange { epoch, .. } => {
                !self.is_leader() || *epoch != self.election.epoch
            }
            Output::AppendFetched { id, .. } => work != Work::Appending(*id),
            Output::Truncate { to } => work != Work::Truncating(*to),
            Output::StoreSnapshotPart { id, .. } => {
                !matches!(work, Work::Downloading(download) if download.storing == Some(*id))
            }
            Output::InstallSnapshot { snapshot } => work != Work::Installing(*snapshot),
            Output::PersistElection(_)
            | Output::BecameLeader { .. }
            | Output::BecameFollower { .. }
            | Output::BecameUnattached { .. }
            | Output::Resigned { .. }
            | Output::HighWatermark(_)
            | Output::Send { .. }
            | Output::Respond { .. }
            | Output::Fault(_) => false,
        }
    }

    /// Fires what is due and sends what may be sent.
    fn proceed(&mut self) {
        if self.halted {
            return;
        }
        self.peers.expire(self.now);
        self.expire_parked();
        // A slow disk is no reason to give up an election whose vote it is writing.
        while self.persisting.is_none() && self.fire_role_timer() {}
        self.send_due();
    }

    fn role_deadline(&self) -> Option<Mono> {
        match &self.role {
            Role::Unattached(unattached) => unattached.election_deadline,
            Role::Prospective(election) | Role::Candidate(election) => Some(election.deadline),
            Role::Leader(leader) => self.leader_deadline(leader),
            Role::Follower(follower) => Some(follower.deadline),
            Role::Resigned(resigned) => Some(resigned.deadline),
        }
    }

    fn fire_role_timer(&mut self) -> bool {
        match &self.role {
            Role::Unattached(state) if self.is_due(state.election_deadline) => {
                self.become_prospective();
            }
            Role::Prospective(election) if self.is_due(Some(election.deadline)) => {
                self.give_up_asking();
            }
            Role::Candidate(election) if self.is_due(Some(election.deadline)) => {
                self.become_prospective();
            }
            Role::Leader(leader) if self.is_due(self.quorum_deadline(leader)) => self.resign(),
            Role::Follower(follower) if self.is_due(Some(follower.deadline)) => {
                if self.is_voter() {
                    self.become_prospective();
                } else {
                    self.wait_for_election();
                }
            }
            Role::Resigned(resigned) if self.is_due(Some(resigned.deadline)) => {
                self.become_unattached(LeaderEpoch(self.election.epoch.0.saturating_add(1)));
            }
            Role::Unattached(_)
            | Role::Prospective(_)
            | Role::Candidate(_)
            | Role::Leader(_)
            | Role::Follower(_)
            | Role::Resigned(_) => return false,
        }
        true
    }

    fn is_due(&self, deadline: Option<Mono>) -> bool {
        deadline.is_some_and(|deadline| deadline <= self.now)
    }

    fn is_sole_voter(&self) -> bool {
        self.voters.current().len() == 1 && self.is_voter()
    }

    fn other_voters(&self) -> Vec<ReplicaKey> {
        let others = self.voters.current().iter();
        others
            .filter(|voter| voter.id != self.local.id)
            .copied()
            .collect()
    }

    fn election_deadline(&mut self) -> Mono {
        let wait = self.jitter.up_to_twice(self.timing.election_timeout);
        if self.is_sole_voter() {
            // Nobody else can be elected, so there is nothing to wait for.
            self.now
        } else {
            self.now + wait
        }
    }

    fn fetch_deadline(&self) -> Mono {
        self.now + self.timing.fetch_timeout
    }

    fn output(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    fn respond(&mut self, token: RequestToken, response: Response) {
        self.output(Output::Respond { token, response });
    }

    fn outcome(&self, error: ErrorCode) -> Outcome {
        Outcome {
            error,
            leader: self.election.leader,
            epoch: self.election.epoch,
        }
    }

    fn on_request(&mut self, token: RequestToken, request: Request) {
        match request {
            Request::Vote(vote) => self.on_vote(token, &vote),
            Request::BeginQuorumEpoch(begin) => self.on_begin_quorum_epoch(token, &begin),
            Request::EndQuorumEpoch(end) => self.on_end_quorum_epoch(token, &end),
            Request::Fetch(fetch) => self.on_fetch(token, fetch),
            Request::FetchSnapshot(part) => self.on_fetch_snapshot(token, &part),
        }
    }

    fn on_voters_changed(&mut self) {
        let is_voter = self.is_voter();
        let fresh = self.election_deadline();
        let others = self.other_voters();
        match &mut self.role {
            Role::Unattached(state) if is_voter => {
                state.election_deadline.get_or_insert(fresh);
            }
            Role::Unattached(state) => state.election_deadline = None,
            Role::Leader(leader) => {
                let now = self.now;
                leader
                    .next_begin
                    .retain(|id, _| others.iter().any(|voter| voter.id == *id));
                for voter in others {
                    leader.next_begin.entry(voter.id).or_insert(now);
                }
                self.advance_high_watermark();
            }
            Role::Prospective(_) | Role::Candidate(_) | Role::Follower(_) | Role::Resigned(_) => {}
        }
    }

    fn on_appended(&mut self, end: Offset, epoch: LeaderEpoch) {
        self.log.appended(end, epoch);
        self.queue_sync();
        match &self.role {
            Role::Leader(_) => self.wake_fetches(),
            Role::Follower(_) => self.follow_high_watermark(),
            Role::Unattached(_) | Role::Prospective(_) | Role::Candidate(_) | Role::Resigned(_) => {
            }
        }
    }

    fn queue_sync(&mut self) {
        if !self.log.is_synced() && !self.sync_queued {
            self.sync_queued = true;
            self.output(Output::SyncLog);
        }
    }

    fn on_synced(&mut self, end: Offset) {
        self.log.synced_to(end);
        self.queue_sync();
        let is_synced = self.log.is_synced();
        match &mut self.role {
            Role::Leader(_) => self.advance_high_watermark(),
            Role::Follower(follower) => {
                if is_synced && matches!(follower.work, Work::Appending(_)) {
                    follower.work = Work::Nothing;
                }
            }
            Role::Unattached(_) | Role::Prospective(_) | Role::Candidate(_) | Role::Resigned(_) => {
            }
        }
    }

    /// Stops for good: what was still to be done is dropped, it may rest on what is lost.
    fn halt(&mut self, fault: Fault) {
        self.outputs.clear();
        self.persisting = None;
        self.output(Output::Fault(fault));
        self.halted = true;
    }
}

#[cfg(test)]
mod tests;
