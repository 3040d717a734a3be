#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a test looks for one order among all"
)]

use std::time::Duration;

use super::*;
use crate::{
    io::{Destination, RequestId},
    log::{EpochEnd, EpochStart, SnapshotId},
    message::{
        BeginQuorumEpochRequest, EndQuorumEpochRequest, FetchRequest, FetchResponse,
        FetchSnapshotResponse, VoteRequest,
    },
};

/// Node 1 with a disk that is always quick: persists and syncs at once, and keeps the other orders.
struct Node {
    raft: Raft,
    now: Mono,
    orders: Vec<Output>,
    token: u64,
}

const EPOCH: i32 = 5;

fn key(id: i32) -> ReplicaKey {
    ReplicaKey::without_directory(BrokerId(id))
}

const fn leader_is(id: i32) -> ElectionState {
    ElectionState {
        epoch: LeaderEpoch(EPOCH),
        leader: Some(BrokerId(id)),
        voted: None,
    }
}

/// A log of `end` records, all of epoch 3.
fn log_of(end: i64) -> LogState {
    LogState {
        end: Offset(end),
        epochs: vec![EpochStart {
            epoch: LeaderEpoch(3),
            start: Offset(0),
        }],
        ..LogState::default()
    }
}

impl Node {
    fn new(voters: &[i32], election: ElectionState, log: LogState) -> Self {
        let raft = Raft::new(RaftStart {
            now: Mono(0),
            local: key(1),
            voters: voters.iter().map(|id| key(*id)).collect(),
            voter_changes: Vec::new(),
            election,
            log,
            timing: Timing::default(),
            seed: 3,
        });
        let mut node = Self {
            raft,
            now: Mono(0),
            orders: Vec::new(),
            token: 0,
        };
        node.drain();
        node
    }

    /// Of three voters, without a leader in epoch 5, with 10 records of epoch 3.
    fn unattached() -> Self {
        let election = ElectionState::new(LeaderEpoch(EPOCH));
        Self::new(&[1, 2, 3], election, log_of(10))
    }

    /// Of three voters, following node 2 in epoch 5, with 10 records of epoch 3.
    fn follower() -> Self {
        Self::new(&[1, 2, 3], leader_is(2), log_of(10))
    }

    /// Of three voters, elected by node 2 in epoch 6.
    fn leader() -> Self {
        let mut node = Self::unattached();
        node.wait_until_it_asks();
        node.answer_votes(2);
        node.answer_votes(2);
        assert!(node.raft.is_leader());
        node
    }

    fn wait_until_it_asks(&mut self) {
        while !matches!(self.raft.role, Role::Prospective(_)) {
            self.pass(Duration::from_millis(100));
        }
    }

    fn pass(&mut self, duration: Duration) {
        self.now = self.now + duration;
        self.give(Input::Tick);
    }

    fn give(&mut self, input: Input) {
        self.raft.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(order) = self.raft.poll_output() {
            match order {
                Output::PersistElection(_) => self.raft.handle(self.now, Input::ElectionPersisted),
                Output::SyncLog => {
                    let end = self.raft.log_end();
                    self.raft.handle(self.now, Input::Synced { end });
                }
                Output::AppendLeaderChange { epoch, .. } => {
                    let end = self.raft.log_end().next();
                    self.raft.handle(self.now, Input::Appended { end, epoch });
                }
                order => self.orders.push(order),
            }
        }
    }

    /// The orders since the last call.
    fn take(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.orders)
    }

    /// The last request sent to `node`.
    fn sent_to(&self, node: i32) -> Option<(RequestId, Request)> {
        let to = Destination::Node(BrokerId(node));
        self.orders.iter().rev().find_map(|order| match order {
            Output::Send {
                id,
                to: sent,
                request,
            } if *sent == to => Some((*id, request.clone())),
            _ => None,
        })
    }

    fn ask(&mut self, request: Request) -> Option<Response> {
        self.token += 1;
        let token = RequestToken(self.token);
        self.give(Input::Request { token, request });
        self.answer_to(token)
    }

    fn answer_to(&self, wanted: RequestToken) -> Option<Response> {
        self.orders.iter().find_map(|order| match order {
            Output::Respond { token, response } if *token == wanted => Some(*response),
            _ => None,
        })
    }

    fn ask_vote(&mut self, request: VoteRequest) -> (ErrorCode, bool) {
        match self.ask(Request::Vote(request)) {
            Some(Response::Vote { outcome, granted }) => (outcome.error, granted),
            other => panic!("{other:?}"),
        }
    }

    fn ask_fetch(&mut self, node: i32, offset: i64, last_epoch: i32) -> Option<FetchResponse> {
        let request = FetchRequest {
            replica: key(node),
            epoch: self.raft.epoch(),
            offset: Offset(offset),
            last_epoch: LeaderEpoch(last_epoch),
            high_watermark: None,
            max_wait: Duration::from_millis(500),
        };
        match self.ask(Request::Fetch(request)) {
            Some(Response::Fetch(answer)) => Some(answer),
            None => None,
            other => panic!("{other:?}"),
        }
    }

    /// Grants the vote or pre-vote that `voter` was asked for last.
    fn answer_votes(&mut self, voter: i32) {
        let (id, request) = self.sent_to(voter).expect("a vote request");
        assert!(matches!(request, Request::Vote(_)), "{request:?}");
        let outcome = self.raft.outcome(ErrorCode::NONE);
        self.give(Input::Response {
            id,
            response: Response::Vote {
                outcome,
                granted: true,
            },
        });
    }

    /// Answers the fetch that was sent to node 2.
    fn answer_fetch(&mut self, answer: FetchResponse) {
        let (id, request) = self.sent_to(2).expect("a fetch");
        assert!(matches!(request, Request::Fetch(_)), "{request:?}");
        let response = Response::Fetch(answer);
        self.give(Input::Response { id, response });
    }

    fn empty_answer(&self) -> FetchResponse {
        FetchResponse {
            outcome: self.raft.outcome(ErrorCode::NONE),
            high_watermark: Offset(0),
            log_start: Offset(0),
            diverging: None,
            snapshot: None,
            records_from: None,
        }
    }
}

fn vote(epoch: i32, candidate: i32, last_epoch: i32, last_offset: i64) -> VoteRequest {
    VoteRequest {
        epoch: LeaderEpoch(epoch),
        replica: key(candidate),
        voter: Some(key(1)),
        last_epoch: LeaderEpoch(last_epoch),
        last_offset: Offset(last_offset),
        pre_vote: false,
    }
}

fn pre_vote(epoch: i32, candidate: i32, last_epoch: i32, last_offset: i64) -> VoteRequest {
    VoteRequest {
        pre_vote: true,
        ..vote(epoch, candidate, last_epoch, last_offset)
    }
}

const GRANTED: (ErrorCode, bool) = (ErrorCode::NONE, true);
const DENIED: (ErrorCode, bool) = (ErrorCode::NONE, false);

#[test]
fn votes_once_for_a_log_that_holds_its_own() {
    let mut node = Node::unattached();
    assert_eq!(node.ask_vote(vote(5, 2, 3, 9)), DENIED);
    assert_eq!(node.ask_vote(vote(5, 2, 2, 50)), DENIED);
    assert_eq!(node.ask_vote(vote(5, 2, 3, 10)), GRANTED);
    assert_eq!(node.ask_vote(vote(5, 3, 4, 90)), DENIED);
    assert_eq!(node.ask_vote(vote(5, 2, 3, 10)), GRANTED);
    assert_eq!(node.raft.election.voted, Some(key(2)));
    // A new epoch, a new vote.
    assert_eq!(node.ask_vote(vote(6, 3, 4, 2)), GRANTED);
    assert_eq!(node.raft.epoch(), LeaderEpoch(6));
}

#[test]
fn a_vote_leaves_only_after_it_is_on_the_disk() {
    let mut raft = Node::unattached().raft;
    let token = RequestToken(1);
    let request = Request::Vote(vote(6, 2, 3, 10));
    raft.handle(Mono(1), Input::Request { token, request });
    let unvoted = ElectionState::new(LeaderEpoch(6));
    assert_eq!(raft.poll_output(), Some(Output::PersistElection(unvoted)));
    assert_eq!(raft.poll_output(), None);
    raft.handle(Mono(1), Input::ElectionPersisted);
    let mut voted = None;
    while let Some(output) = raft.poll_output() {
        match output {
            Output::PersistElection(state) => {
                voted = Some(state);
                assert_eq!(raft.poll_output(), None);
                raft.handle(Mono(1), Input::ElectionPersisted);
            }
            Output::Respond { .. } => {
                assert_eq!(voted.and_then(|state| state.voted), Some(key(2)));
                return;
            }
            _ => {}
        }
    }
    panic!("no answer");
}

#[test]
fn refuses_votes_that_make_no_sense() {
    let mut node = Node::unattached();
    let refused = |code| (code, false);
    assert_eq!(
        node.ask_vote(vote(4, 2, 3, 10)),
        refused(ErrorCode::FENCED_LEADER_EPOCH)
    );
    assert_eq!(
        node.ask_vote(vote(6, 2, 6, 10)),
        refused(ErrorCode::INVALID_REQUEST)
    );
    assert_eq!(node.ask_vote(pre_vote(5, 2, 5, 10)), GRANTED);
    assert_eq!(
        node.ask_vote(vote(6, -1, 3, 10)),
        refused(ErrorCode::INVALID_REQUEST)
    );
    let for_another = VoteRequest {
        voter: Some(key(9)),
        ..vote(6, 2, 3, 10)
    };
    assert_eq!(
        node.ask_vote(for_another),
        refused(ErrorCode::INVALID_VOTER_KEY)
    );
    // The epoch was learnt before the key was looked at, as Apache Kafka does it.
    assert_eq!(node.raft.epoch(), LeaderEpoch(6));
}

#[test]
fn a_follower_that_is_served_promises_no_vote() {
    let mut node = Node::follower();
    assert_eq!(node.ask_vote(pre_vote(5, 3, 3, 10)), GRANTED);
    assert_eq!(node.ask_vote(vote(5, 3, 3, 10)), DENIED);
    let answer = node.empty_answer();
    node.answer_fetch(answer);
    assert_eq!(node.ask_vote(pre_vote(5, 3, 3, 10)), DENIED);
    // A pre-vote of a higher epoch moves even this follower.
    assert_eq!(node.ask_vote(pre_vote(6, 3, 3, 10)), GRANTED);
    assert_eq!(node.raft.leader(), None);
}

#[test]
fn is_elected_by_a_majority_and_commits_in_its_own_epoch() {
    let mut node = Node::unattached();
    node.wait_until_it_asks();
    let (_, request) = node.sent_to(2).unwrap();
    let Request::Vote(asked) = request else {
        panic!("{request:?}");
    };
    assert!(asked.pre_vote);
    assert_eq!(asked.epoch, LeaderEpoch(5));
    node.answer_votes(2);
    assert_eq!(node.raft.epoch(), LeaderEpoch(6));
    assert!(!node.raft.is_leader());
    node.answer_votes(3);
    assert!(node.raft.is_leader());
    assert_eq!(node.raft.append_epoch(), Some(LeaderEpoch(6)));
    let became = Output::BecameLeader {
        epoch: LeaderEpoch(6),
        epoch_start: Offset(10),
    };
    assert!(node.take().contains(&became));

    // A majority holds the records of epoch 3: that alone commits nothing.
    let answer = node.ask_fetch(2, 10, 3).unwrap();
    assert_eq!(answer.records_from, Some(Offset(10)));
    assert_eq!(answer.high_watermark, Offset::NONE);
    assert_eq!(node.raft.high_watermark(), None);
    // With the leader's own first record everything before it is committed.
    assert_eq!(node.ask_fetch(2, 11, 6), None);
    assert_eq!(node.raft.high_watermark(), Some(Offset(11)));
    assert!(node.take().contains(&Output::HighWatermark(Offset(11))));
    let replicas = node.raft.replicas(node.now);
    let ends: Vec<_> = replicas.iter().map(|replica| replica.log_end).collect();
    assert_eq!(ends, [Some(Offset(11)), Some(Offset(11)), None]);
}

#[test]
fn a_fetch_waits_for_records_the_watermark_or_its_time() {
    let mut node = Node::leader();
    assert_eq!(node.ask_fetch(2, 11, 6), None);
    let parked = RequestToken(node.token);
    let (end, epoch) = (Offset(12), LeaderEpoch(6));
    node.give(Input::Appended { end, epoch });
    let Some(Response::Fetch(answer)) = node.answer_to(parked) else {
        panic!("still parked");
    };
    assert_eq!(answer.records_from, Some(Offset(11)));
    assert_eq!(answer.high_watermark, Offset(11));

    // One that knows the watermark is woken when it moves.
    let request = FetchRequest {
        replica: key(3),
        epoch: LeaderEpoch(6),
        offset: Offset(12),
        last_epoch: LeaderEpoch(6),
        high_watermark: Some(Offset(12)),
        max_wait: Duration::from_millis(500),
    };
    assert_eq!(node.ask(Request::Fetch(request)), None);
    let parked = RequestToken(node.token);
    node.pass(Duration::from_millis(499));
    assert_eq!(node.answer_to(parked), None);
    node.pass(Duration::from_millis(1));
    assert!(node.answer_to(parked).is_some());
}

#[test]
fn tells_a_follower_where_it_diverges() {
    let mut node = Node::leader();
    let diverging = |answer: Option<FetchResponse>| answer.unwrap().diverging;
    let end = |epoch, end| {
        Some(EpochEnd {
            epoch: LeaderEpoch(epoch),
            end: Offset(end),
        })
    };
    assert_eq!(diverging(node.ask_fetch(3, 12, 5)), end(3, 10));
    assert_eq!(diverging(node.ask_fetch(3, 12, 3)), end(3, 10));
    assert_eq!(diverging(node.ask_fetch(3, 7, 3)), None);
}

#[test]
fn a_leader_without_a_majority_resigns_and_names_successors() {
    let mut node = Node::leader();
    node.ask_fetch(3, 10, 3);
    node.take();
    for _ in 0..29 {
        node.pass(Duration::from_millis(100));
    }
    assert!(node.raft.is_leader());
    node.pass(Duration::from_millis(100));
    assert!(!node.raft.is_leader());
    assert_eq!(node.raft.append_epoch(), None);
    let orders = node.take();
    let epoch = LeaderEpoch(6);
    assert!(orders.contains(&Output::Resigned { epoch }));
    let successors = orders.iter().find_map(|order| match order {
        Output::Send {
            request: Request::EndQuorumEpoch(end),
            ..
        } => Some(end.preferred.clone()),
        _ => None,
    });
    assert_eq!(successors, Some(vec![key(3), key(2)]));
    let refused = node.ask_fetch(2, 10, 3).unwrap();
    assert_eq!(refused.outcome.error, ErrorCode::NOT_LEADER_OR_FOLLOWER);
    // It never leads this epoch again.
    node.pass(Duration::from_secs(2));
    assert_eq!(node.raft.epoch(), LeaderEpoch(7));
    assert_eq!(node.raft.leader(), None);
}

#[test]
fn parked_fetches_are_answered_when_leadership_is_lost() {
    let mut node = Node::leader();
    assert_eq!(node.ask_fetch(2, 11, 6), None);
    let parked = RequestToken(node.token);
    node.ask_vote(vote(9, 3, 8, 50));
    let Some(Response::Fetch(answer)) = node.answer_to(parked) else {
        panic!("still parked");
    };
    assert_eq!(answer.outcome.error, ErrorCode::NOT_LEADER_OR_FOLLOWER);
    assert_eq!(answer.outcome.epoch, LeaderEpoch(9));
}

#[test]
fn a_restarted_leader_does_not_go_on_in_its_epoch() {
    let mut node = Node::new(&[1, 2, 3], leader_is(1), log_of(10));
    assert!(!node.raft.is_leader());
    assert!(matches!(
        node.sent_to(2),
        Some((_, Request::EndQuorumEpoch(_)))
    ));
    node.pass(Duration::from_secs(2));
    assert_eq!(node.raft.epoch(), LeaderEpoch(6));

    let mut alone = Node::new(&[1], leader_is(1), log_of(10));
    assert_eq!(alone.raft.append_epoch(), Some(LeaderEpoch(6)));
    assert_eq!(alone.raft.high_watermark(), Some(Offset(11)));
    // Told to resign, a sole voter elects itself again.
    alone.give(Input::Resign);
    assert!(alone.raft.is_leader());
    assert!(alone.raft.epoch() > LeaderEpoch(6));
}

#[test]
fn a_log_of_a_later_epoch_than_the_stored_one_counts() {
    let stored = ElectionState {
        epoch: LeaderEpoch(2),
        leader: Some(BrokerId(2)),
        voted: None,
    };
    let node = Node::new(&[1, 2, 3], stored, log_of(10));
    assert_eq!(node.raft.epoch(), LeaderEpoch(3));
    assert_eq!(node.raft.leader(), None);
}

#[test]
fn a_follower_appends_syncs_and_fetches_on() {
    let mut node = Node::follower();
    let answer = FetchResponse {
        records_from: Some(Offset(10)),
        high_watermark: Offset(11),
        ..node.empty_answer()
    };
    node.answer_fetch(answer);
    let append = node.take().into_iter().find_map(|order| match order {
        Output::AppendFetched { id, at, max_epoch } => Some((id, at, max_epoch)),
        _ => None,
    });
    assert!(matches!(append, Some((_, Offset(10), LeaderEpoch(5)))));
    assert_eq!(node.raft.high_watermark(), Some(Offset(10)));
    let (end, epoch) = (Offset(13), LeaderEpoch(5));
    node.give(Input::Appended { end, epoch });
    assert_eq!(node.raft.high_watermark(), Some(Offset(11)));
    let Some((_, Request::Fetch(next))) = node.sent_to(2) else {
        panic!("no fetch");
    };
    assert_eq!((next.offset, next.last_epoch), (Offset(13), LeaderEpoch(5)));
}

#[test]
fn damaged_records_are_fetched_again_after_a_pause() {
    let mut node = Node::follower();
    let answer = FetchResponse {
        records_from: Some(Offset(10)),
        ..node.empty_answer()
    };
    let (id, _) = node.sent_to(2).unwrap();
    node.answer_fetch(answer);
    node.take();
    node.give(Input::AppendRefused { id });
    assert_eq!(node.sent_to(2), None);
    node.pass(Duration::from_millis(20));
    assert!(matches!(node.sent_to(2), Some((_, Request::Fetch(_)))));
}

#[test]
fn a_diverging_follower_truncates_but_never_what_is_committed() {
    let mut node = Node::follower();
    let answer = |node: &Node, end| FetchResponse {
        diverging: Some(EpochEnd {
            epoch: LeaderEpoch(3),
            end: Offset(end),
        }),
        ..node.empty_answer()
    };
    let diverging = answer(&node, 8);
    node.answer_fetch(diverging);
    assert!(node.take().contains(&Output::Truncate { to: Offset(8) }));
    node.give(Input::Truncated { end: Offset(8) });
    let committed = FetchResponse {
        high_watermark: Offset(8),
        ..node.empty_answer()
    };
    node.answer_fetch(committed);
    assert_eq!(node.raft.high_watermark(), Some(Offset(8)));
    let diverging = answer(&node, 7);
    node.answer_fetch(diverging);
    let fault = Fault::TruncationBelowHighWatermark {
        to: Offset(7),
        high_watermark: Offset(8),
    };
    assert_eq!(node.take().last(), Some(&Output::Fault(fault)));
    assert!(node.raft.is_halted());
    assert_eq!(node.raft.next_deadline(), None);
}

#[test]
fn a_follower_far_behind_loads_a_snapshot() {
    let mut node = Node::follower();
    let snapshot = SnapshotId {
        end_offset: Offset(50),
        epoch: LeaderEpoch(4),
    };
    let answer = FetchResponse {
        snapshot: Some(snapshot),
        ..node.empty_answer()
    };
    node.answer_fetch(answer);
    for (position, length) in [(0, 60), (60, 40)] {
        let (id, request) = node.sent_to(2).unwrap();
        assert!(
            matches!(&request, Request::FetchSnapshot(part) if part.position == position),
            "{request:?}"
        );
        let part = FetchSnapshotResponse {
            outcome: node.raft.outcome(ErrorCode::NONE),
            snapshot,
            size: 100,
            position,
            length,
        };
        node.take();
        node.give(Input::Response {
            id,
            response: Response::FetchSnapshot(part),
        });
        assert_eq!(
            node.take(),
            [Output::StoreSnapshotPart {
                id,
                snapshot,
                position
            }]
        );
        let position = position + length;
        node.give(Input::SnapshotPartStored { snapshot, position });
    }
    assert_eq!(node.take(), [Output::InstallSnapshot { snapshot }]);
    node.give(Input::SnapshotInstalled {
        snapshot,
        voters: None,
    });
    assert_eq!(node.raft.high_watermark(), Some(Offset(50)));
    let Some((_, Request::Fetch(next))) = node.sent_to(2) else {
        panic!("no fetch");
    };
    assert_eq!((next.offset, next.last_epoch), (Offset(50), LeaderEpoch(4)));
}

#[test]
fn a_leader_that_is_announced_is_followed() {
    let begin = |epoch, leader| {
        Request::BeginQuorumEpoch(BeginQuorumEpochRequest {
            leader: BrokerId(leader),
            epoch: LeaderEpoch(epoch),
            voter: None,
        })
    };
    let error = |answer: Option<Response>| answer.unwrap().outcome().error;
    let mut node = Node::unattached();
    assert_eq!(error(node.ask(begin(4, 2))), ErrorCode::FENCED_LEADER_EPOCH);
    assert_eq!(error(node.ask(begin(5, 2))), ErrorCode::NONE);
    assert_eq!(node.raft.leader(), Some(BrokerId(2)));
    assert!(matches!(node.sent_to(2), Some((_, Request::Fetch(_)))));
    // Two leaders of one epoch cannot be: the first stands, the operator is told.
    assert_eq!(
        error(node.ask(begin(5, 3))),
        ErrorCode::UNKNOWN_SERVER_ERROR
    );
    assert_eq!(node.raft.leader(), Some(BrokerId(2)));
    let faults = node.take().into_iter();
    assert_eq!(
        faults
            .filter(|order| matches!(order, Output::Fault(_)))
            .count(),
        1
    );
}

#[test]
fn the_first_successor_asks_at_once_and_others_later() {
    let end = |preferred: &[i32]| {
        Request::EndQuorumEpoch(EndQuorumEpochRequest {
            leader: BrokerId(2),
            epoch: LeaderEpoch(EPOCH),
            preferred: preferred.iter().map(|id| key(*id)).collect(),
        })
    };
    let asks_after = |preferred: &[i32]| {
        let mut node = Node::follower();
        node.ask(end(preferred));
        let mut ms = 0;
        while !matches!(node.raft.role, Role::Prospective(_)) {
            ms += 50;
            node.pass(Duration::from_millis(50));
        }
        ms
    };
    assert_eq!(asks_after(&[1, 3]), 0);
    assert_eq!(asks_after(&[3, 1]), 500);
    assert_eq!(asks_after(&[3, 4, 1]), 500);
    assert_eq!(asks_after(&[3, 1, 4]), 250);
    assert_eq!(asks_after(&[3]), 1000);
}

#[test]
fn voters_that_know_no_pre_vote_are_asked_for_the_vote() {
    let mut node = Node::unattached();
    node.wait_until_it_asks();
    let (id, _) = node.sent_to(2).unwrap();
    let outcome = Outcome {
        error: ErrorCode::UNSUPPORTED_VERSION,
        leader: None,
        epoch: LeaderEpoch::NONE,
    };
    node.give(Input::Response {
        id,
        response: Response::Vote {
            outcome,
            granted: false,
        },
    });
    assert_eq!(node.raft.epoch(), LeaderEpoch(6));
    let (_, request) = node.sent_to(2).unwrap();
    assert!(matches!(request, Request::Vote(vote) if !vote.pre_vote));
}

#[test]
fn an_observer_finds_the_leader_and_never_asks_for_votes() {
    let mut node = Node::new(
        &[2, 3],
        ElectionState::new(LeaderEpoch(0)),
        LogState::default(),
    );
    let asked = if node.sent_to(2).is_some() { 2 } else { 3 };
    let (id, request) = node.sent_to(asked).unwrap();
    assert!(matches!(request, Request::Fetch(_)));
    node.take();
    let outcome = Outcome {
        error: ErrorCode::FENCED_LEADER_EPOCH,
        leader: Some(BrokerId(2)),
        epoch: LeaderEpoch(7),
    };
    let refused = FetchResponse {
        outcome,
        ..node.empty_answer()
    };
    node.give(Input::Response {
        id,
        response: Response::Fetch(refused),
    });
    assert_eq!(node.raft.leader(), Some(BrokerId(2)));
    for _ in 0..100 {
        node.pass(Duration::from_millis(100));
        assert_eq!(node.raft.epoch(), LeaderEpoch(7));
    }
    let orders = node.take();
    let all_fetch = orders.iter().all(|order| match order {
        Output::Send { request, .. } => matches!(request, Request::Fetch(_)),
        _ => true,
    });
    assert!(all_fetch);

    let lost = Node::new(&[], ElectionState::default(), LogState::default());
    assert!(matches!(
        lost.orders.last(),
        Some(Output::Send {
            to: Destination::Bootstrap,
            ..
        })
    ));
}

#[test]
fn a_voter_set_holds_from_its_append_and_is_undone_by_truncation() {
    let mut node = Node::follower();
    let (end, epoch) = (Offset(11), LeaderEpoch(5));
    node.give(Input::Appended { end, epoch });
    let offset = Offset(10);
    let voters = vec![key(2), key(3)];
    node.give(Input::VotersAppended { offset, voters });
    assert!(!node.raft.is_voter());
    node.give(Input::Truncated { end: Offset(10) });
    assert!(node.raft.is_voter());
}

#[test]
fn a_leader_that_removed_itself_leaves_once_that_is_committed() {
    let mut node = Node::leader();
    let (end, epoch) = (Offset(12), LeaderEpoch(6));
    node.give(Input::Appended { end, epoch });
    let offset = Offset(11);
    let voters = vec![key(2), key(3)];
    node.give(Input::VotersAppended { offset, voters });
    node.ask_fetch(2, 12, 6);
    assert!(node.raft.is_leader());
    node.ask_fetch(3, 12, 6);
    assert!(!node.raft.is_leader());
    assert_eq!(node.raft.high_watermark(), Some(Offset(12)));
}
