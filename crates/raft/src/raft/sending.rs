//! What each role asks of its peers, as soon as it may.

use ottla_types::BrokerId;

use super::Raft;
use crate::{
    io::{Destination, Output},
    message::{
        BeginQuorumEpochRequest, EndQuorumEpochRequest, FetchRequest, FetchSnapshotRequest,
        Request, VoteRequest,
    },
    replica::ReplicaKey,
    role::{Ballot, Download, Role, Work},
};

impl Raft {
    pub(super) fn send_due(&mut self) {
        match &self.role {
            Role::Unattached(_) => self.look_for_leader(),
            Role::Prospective(election) => {
                let voters = election.with(Ballot::Unanswered);
                self.ask_for_votes(voters, true);
            }
            Role::Candidate(election) => {
                let voters = election.with(Ballot::Unanswered);
                self.ask_for_votes(voters, false);
            }
            Role::Leader(_) => self.announce(),
            Role::Follower(follower) => {
                let to = Destination::Node(follower.leader);
                match follower.work {
                    Work::Nothing => self.fetch(to),
                    Work::Downloading(download) if download.storing.is_none() => {
                        self.fetch_snapshot(to, download);
                    }
                    Work::Downloading(_)
                    | Work::Appending(_)
                    | Work::Truncating(_)
                    | Work::Installing(_) => {}
                }
            }
            Role::Resigned(resigned) => {
                let to_tell: Vec<_> = resigned.to_tell.iter().copied().collect();
                let preferred = resigned.preferred.clone();
                self.tell_end(&to_tell, &preferred);
            }
        }
    }

    fn send(&mut self, to: Destination, request: Request) -> bool {
        let Some(id) = self.peers.begin(self.now, to, &self.timing) else {
            return false;
        };
        self.output(Output::Send { id, to, request });
        true
    }

    fn key_of(&self, voter: BrokerId) -> Option<ReplicaKey> {
        let mut voters = self.voters.current().iter();
        voters.find(|known| known.id == voter).copied()
    }

    /// Asks one voter after the other for records: who is not the leader says who is.
    fn look_for_leader(&mut self) {
        if !self.peers.is_idle() {
            return;
        }
        let voters = self.other_voters();
        if voters.is_empty() {
            if !self.is_sole_voter() {
                self.fetch(Destination::Bootstrap);
            }
            return;
        }
        for _ in 0..voters.len() {
            self.tried = (self.tried + 1) % voters.len();
            if let Some(voter) = voters.get(self.tried)
                && self.try_fetch(Destination::Node(voter.id))
            {
                return;
            }
        }
    }

    fn fetch(&mut self, to: Destination) {
        self.try_fetch(to);
    }

    /// A fetch tells the leader what is synced here, so that it waits until everything is.
    fn try_fetch(&mut self, to: Destination) -> bool {
        if !self.log.is_synced() {
            return false;
        }
        self.send(
            to,
            Request::Fetch(FetchRequest {
                replica: self.local,
                epoch: self.election.epoch,
                offset: self.log.end(),
                last_epoch: self.log.last_epoch(),
                high_watermark: Some(self.high_watermark.unwrap_or(ottla_types::Offset::NONE)),
                max_wait: self.timing.fetch_max_wait,
            }),
        )
    }

    fn fetch_snapshot(&mut self, to: Destination, download: Download) {
        self.send(
            to,
            Request::FetchSnapshot(FetchSnapshotRequest {
                replica: self.local,
                epoch: self.election.epoch,
                snapshot: download.snapshot,
                position: download.position,
            }),
        );
    }

    fn ask_for_votes(&mut self, voters: Vec<BrokerId>, pre_vote: bool) {
        for voter in voters {
            if voter == self.local.id {
                continue;
            }
            let request = VoteRequest {
                epoch: self.election.epoch,
                replica: self.local,
                voter: self.key_of(voter),
                last_epoch: self.log.last_epoch(),
                last_offset: self.log.end(),
                pre_vote,
            };
            self.send(Destination::Node(voter), Request::Vote(request));
        }
    }

    /// Tells the voters that do not fetch that there is a leader.
    fn announce(&mut self) {
        let Role::Leader(leader) = &self.role else {
            return;
        };
        let due: Vec<_> = leader
            .next_begin
            .iter()
            .filter(|(_, at)| **at <= self.now)
            .map(|(voter, _)| *voter)
            .collect();
        let next = self.now + self.timing.begin_epoch_resend();
        for voter in due {
            let request = BeginQuorumEpochRequest {
                leader: self.local.id,
                epoch: self.election.epoch,
                voter: self.key_of(voter),
            };
            self.send(Destination::Node(voter), Request::BeginQuorumEpoch(request));
            if let Role::Leader(leader) = &mut self.role {
                leader.next_begin.insert(voter, next);
            }
        }
    }

    fn tell_end(&mut self, voters: &[BrokerId], preferred: &[ReplicaKey]) {
        for voter in voters {
            let request = EndQuorumEpochRequest {
                leader: self.local.id,
                epoch: self.election.epoch,
                preferred: preferred.to_vec(),
            };
            self.send(Destination::Node(*voter), Request::EndQuorumEpoch(request));
        }
    }
}
