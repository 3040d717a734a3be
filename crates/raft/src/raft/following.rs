//! What comes back: answers to requests, and what a follower does with them.

use ottla_types::{ErrorCode, LeaderEpoch, Offset};

use super::Raft;
use crate::{
    io::{Destination, Fault, Output, RequestId},
    log::SnapshotId,
    message::{FetchResponse, FetchSnapshotResponse, Response},
    replica::{ReplicaKey, VoterHistory},
    role::{Download, Role, Work},
};

impl Raft {
    pub(super) fn on_response(&mut self, id: RequestId, response: Response) {
        let Some(from) = self.peers.answered(id) else {
            return;
        };
        let outcome = *response.outcome();
        if outcome.error == ErrorCode::UNSUPPORTED_VERSION
            && matches!(response, Response::Vote { .. })
            && matches!(self.role, Role::Prospective(_))
        {
            // A voter that knows no pre-vote: ask for the vote itself.
            self.become_candidate();
            return;
        }
        let is_stale = outcome.epoch < self.election.epoch
            || outcome.error == ErrorCode::UNKNOWN_LEADER_EPOCH
            || outcome.error == ErrorCode::BROKER_NOT_AVAILABLE;
        if is_stale {
            self.peers.back_off(self.now, from, &self.timing);
        } else if outcome.epoch > self.election.epoch {
            match outcome.leader {
                Some(leader) => {
                    self.heard_of_leader(outcome.epoch, leader);
                }
                None => self.become_unattached(outcome.epoch),
            }
        } else if self.learn_leader(from, &response) {
            self.on_current_response(id, from, response);
        }
    }

    /// A response of our own epoch may name its leader. Says whether the response still matters.
    fn learn_leader(&mut self, from: Destination, response: &Response) -> bool {
        let Some(leader) = response.outcome().leader else {
            return true;
        };
        let searches = matches!(self.role, Role::Unattached(_));
        let is_news = self.election.leader.is_none() || searches;
        if is_news || self.election.leader != Some(leader) {
            if !self.heard_of_leader(self.election.epoch, leader) {
                self.peers.back_off(self.now, from, &self.timing);
            }
            return false;
        }
        true
    }

    fn on_current_response(&mut self, id: RequestId, from: Destination, response: Response) {
        let error = response.outcome().error;
        let voter = match from {
            Destination::Node(voter) => Some(voter),
            Destination::Bootstrap => None,
        };
        match response {
            // It is not the voter it was taken for: no vote will come from there.
            Response::Vote { granted, .. }
                if error.is_none() || error == ErrorCode::INVALID_VOTER_KEY =>
            {
                if let Some(voter) = voter {
                    self.on_vote_response(voter, granted && error.is_none());
                }
            }
            Response::BeginQuorumEpoch(_)
                if error.is_none() || error == ErrorCode::INVALID_VOTER_KEY => {}
            Response::EndQuorumEpoch(_) if error.is_none() => {
                if let (Role::Resigned(resigned), Some(voter)) = (&mut self.role, voter) {
                    resigned.to_tell.remove(&voter);
                }
            }
            Response::Fetch(fetch) if error.is_none() => self.on_fetched(id, from, &fetch),
            Response::FetchSnapshot(part) => self.on_snapshot_part(id, from, &part),
            Response::Vote { .. }
            | Response::BeginQuorumEpoch(_)
            | Response::EndQuorumEpoch(_)
            | Response::Fetch(_) => self.peers.back_off(self.now, from, &self.timing),
        }
    }

    fn on_fetched(&mut self, id: RequestId, from: Destination, fetch: &FetchResponse) {
        let deadline = self.fetch_deadline();
        let Role::Follower(follower) = &mut self.role else {
            self.peers.back_off(self.now, from, &self.timing);
            return;
        };
        follower.deadline = deadline;
        follower.has_fetched = true;
        if let Some(snapshot) = fetch.snapshot {
            self.start_download(from, snapshot);
        } else if let Some(leader) = fetch.diverging {
            self.truncate(from, self.log.truncation_target(leader));
        } else {
            follower.leader_high_watermark = fetch.high_watermark;
            if let Some(at) = fetch.records_from {
                if at == self.log.end() {
                    follower.work = Work::Appending(id);
                    self.output(Output::AppendFetched {
                        id,
                        at,
                        max_epoch: self.election.epoch,
                    });
                } else {
                    self.peers.back_off(self.now, from, &self.timing);
                }
            }
            self.follow_high_watermark();
        }
    }

    fn truncate(&mut self, from: Destination, to: Offset) {
        if let Some(high_watermark) = self.high_watermark.filter(|committed| to < *committed) {
            self.halt(Fault::TruncationBelowHighWatermark { to, high_watermark });
            return;
        }
        if to >= self.log.end() {
            // Nothing to cut: the leader will see it the same way, or change its mind.
            self.peers.back_off(self.now, from, &self.timing);
            return;
        }
        if let Role::Follower(follower) = &mut self.role {
            follower.work = Work::Truncating(to);
            self.output(Output::Truncate { to });
        }
    }

    pub(super) fn on_truncated(&mut self, end: Offset) {
        self.log.truncated(end);
        self.voters.truncated(end);
        self.on_voters_changed();
        if let Role::Follower(follower) = &mut self.role
            && matches!(follower.work, Work::Truncating(_))
        {
            follower.work = Work::Nothing;
        }
    }

    pub(super) fn on_append_refused(&mut self, id: RequestId) {
        if let Role::Follower(follower) = &mut self.role
            && follower.work == Work::Appending(id)
        {
            follower.work = Work::Nothing;
            let leader = Destination::Node(follower.leader);
            self.peers.back_off(self.now, leader, &self.timing);
        }
    }

    /// What the leader has committed and this node holds.
    pub(super) fn follow_high_watermark(&mut self) {
        let Role::Follower(follower) = &self.role else {
            return;
        };
        let reached = follower.leader_high_watermark.min(self.log.end());
        if reached > self.high_watermark.unwrap_or(Offset(0)) {
            self.high_watermark = Some(reached);
            self.voters.committed(reached);
            self.output(Output::HighWatermark(reached));
        }
    }

    fn start_download(&mut self, from: Destination, snapshot: SnapshotId) {
        if self
            .high_watermark
            .is_some_and(|committed| snapshot.end_offset < committed)
        {
            // Older than what is held and committed here: a leader would lose by it.
            self.peers.back_off(self.now, from, &self.timing);
            return;
        }
        if let Role::Follower(follower) = &mut self.role {
            follower.work = Work::Downloading(Download {
                snapshot,
                position: 0,
                size: 0,
                storing: None,
            });
        }
    }

    fn on_snapshot_part(&mut self, id: RequestId, from: Destination, part: &FetchSnapshotResponse) {
        let deadline = self.fetch_deadline();
        let Role::Follower(follower) = &mut self.role else {
            return;
        };
        let Work::Downloading(mut download) = follower.work else {
            return;
        };
        let error = part.outcome.error;
        let fits = part.snapshot == download.snapshot
            && part.position == download.position
            && part.length > 0
            && part.position.saturating_add(part.length) <= part.size;
        if !error.is_none() || !fits {
            // Gone, or not what was asked for: the next fetch says which snapshot there is.
            follower.work = Work::Nothing;
            self.peers.back_off(self.now, from, &self.timing);
            return;
        }
        follower.deadline = deadline;
        download.size = part.size;
        download.storing = Some(id);
        follower.work = Work::Downloading(download);
        self.output(Output::StoreSnapshotPart {
            id,
            snapshot: download.snapshot,
            position: download.position,
        });
    }

    pub(super) fn on_snapshot_part_stored(&mut self, snapshot: SnapshotId, position: u64) {
        let Role::Follower(follower) = &mut self.role else {
            return;
        };
        let Work::Downloading(mut download) = follower.work else {
            return;
        };
        if download.snapshot != snapshot || download.storing.is_none() {
            return;
        }
        download.storing = None;
        download.position = position;
        if position >= download.size {
            follower.work = Work::Installing(snapshot);
            self.output(Output::InstallSnapshot { snapshot });
        } else {
            follower.work = Work::Downloading(download);
        }
    }

    pub(super) fn on_snapshot_installed(
        &mut self,
        snapshot: SnapshotId,
        voters: Option<Vec<ReplicaKey>>,
    ) {
        self.log.restarted_at(snapshot);
        match voters {
            Some(voters) => self.voters = VoterHistory::new(voters),
            None => self.voters.truncated(Offset(0)),
        }
        self.on_voters_changed();
        if self
            .high_watermark
            .is_none_or(|known| known < snapshot.end_offset)
        {
            self.high_watermark = Some(snapshot.end_offset);
            self.output(Output::HighWatermark(snapshot.end_offset));
        }
        if let Role::Follower(follower) = &mut self.role
            && follower.work == Work::Installing(snapshot)
        {
            follower.work = Work::Nothing;
        }
        if self.election.epoch < snapshot.epoch {
            self.become_unattached(LeaderEpoch(snapshot.epoch.0));
        }
    }
}
