//! A cluster of machines in virtual time: lossy network, disks that lose what was not synced.
//!
//! Checks after every order that a machine gives:
//! one leader per epoch, one vote per node and epoch, committed records never lost or changed, every
//! new leader has all of them, and nothing counts as committed that a majority has not synced.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use ottla_raft::{
    Destination, ElectionState, EpochStart, FetchResponse, Input, LogState, Output, Raft,
    RaftStart, ReplicaKey, Request, RequestId, Response, SnapshotId, Timing,
};
use ottla_types::{BrokerId, ErrorCode, LeaderEpoch, Mono, Offset, RequestToken, SplitMix64};

/// A record: the epoch it was written in and what distinguishes it.
type Record = (i32, u64);

/// How much goes wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trouble {
    /// Messages lost, in percent.
    pub(crate) loss: u64,
    /// Longest delay of a message.
    pub(crate) delay_ms: u64,
    /// Whether nodes crash and are cut off.
    pub(crate) crashes: bool,
}

pub(crate) struct World {
    random: Random,
    now: Mono,
    trouble: Trouble,
    voters: Vec<ReplicaKey>,
    nodes: BTreeMap<i32, Node>,
    events: BTreeMap<(Mono, u64), Event>,
    sequence: u64,
    /// Links that carry nothing, each in one direction.
    cut: BTreeSet<(i32, i32)>,
    next_value: u64,
    next_token: u64,
    committed: Vec<Record>,
    /// How much was committed by the leaders up to an epoch.
    committed_by: BTreeMap<i32, usize>,
    leaders: BTreeMap<i32, i32>,
    votes: BTreeMap<(i32, i32), ReplicaKey>,
}

struct Node {
    key: ReplicaKey,
    /// `None` while it is down.
    raft: Option<Raft>,
    life: u64,
    disk: Disk,
    /// Requests it is to answer: who asked, and under which id.
    asked: BTreeMap<RequestToken, (i32, u64, RequestId)>,
    /// What came with an answer.
    received: BTreeMap<RequestId, Vec<Record>>,
    bootstrap: usize,
}

#[derive(Clone)]
struct Disk {
    election: ElectionState,
    persisting: Option<ElectionState>,
    log: Vec<Record>,
    start: usize,
    synced: usize,
    snapshot: Option<SnapshotId>,
    download: Vec<Record>,
}

enum Event {
    Tick(i32),
    Persisted(i32, u64),
    Synced(i32, u64, usize),
    Ask {
        to: i32,
        from: i32,
        life: u64,
        id: RequestId,
        request: Request,
    },
    Answer {
        to: i32,
        life: u64,
        id: RequestId,
        response: Response,
        records: Vec<Record>,
    },
    Produce,
    Mischief,
}

impl World {
    pub(crate) fn new(seed: u64, voters: i32, observers: i32, trouble: Trouble) -> Self {
        let keys: Vec<_> = (1..=voters)
            .map(|id| ReplicaKey::without_directory(BrokerId(id)))
            .collect();
        let mut world = Self {
            random: Random(SplitMix64::new(seed)),
            now: Mono::from_ms(1),
            trouble,
            voters: keys,
            nodes: BTreeMap::new(),
            events: BTreeMap::new(),
            sequence: 0,
            cut: BTreeSet::new(),
            next_value: 0,
            next_token: 0,
            committed: Vec::new(),
            committed_by: BTreeMap::new(),
            leaders: BTreeMap::new(),
            votes: BTreeMap::new(),
        };
        for id in 1..=voters + observers {
            world.nodes.insert(id, Node::new(id));
            world.start(id);
        }
        world.after(50, Event::Produce);
        world.after(300, Event::Mischief);
        world
    }

    pub(crate) fn run_for(&mut self, duration: Duration) {
        let end = self.now + duration;
        while let Some(entry) = self.events.first_entry() {
            if entry.key().0 > end {
                break;
            }
            let ((at, _), event) = entry.remove_entry();
            self.now = at;
            self.on_event(event);
        }
        self.now = end;
    }

    /// Ends all trouble and brings every node back.
    pub(crate) fn heal(&mut self) {
        self.cut.clear();
        self.trouble = Trouble {
            loss: 0,
            delay_ms: 5,
            crashes: false,
        };
        let down: Vec<_> = self.nodes.keys().copied().collect();
        for id in down {
            if self.nodes[&id].raft.is_none() {
                self.start(id);
            }
        }
    }

    pub(crate) fn committed(&self) -> usize {
        self.committed.len()
    }

    /// How many epochs had a leader.
    pub(crate) fn elections(&self) -> usize {
        self.leaders.len()
    }

    /// The leader that all nodes agree on, when they do.
    pub(crate) fn agreed_leader(&self) -> Option<BrokerId> {
        let mut leaders = self
            .nodes
            .values()
            .map(|node| node.raft.as_ref().and_then(Raft::leader));
        let first = leaders.next()??;
        leaders.all(|leader| leader == Some(first)).then_some(first)
    }

    /// The lowest high watermark of all nodes.
    pub(crate) fn lowest_high_watermark(&self) -> usize {
        let marks = self.nodes.values().map(|node| {
            let mark = node.raft.as_ref().and_then(Raft::high_watermark);
            mark.map_or(0, index)
        });
        marks.min().unwrap_or(0)
    }

    fn after(&mut self, ms: u64, event: Event) {
        self.sequence += 1;
        let at = self.now + Duration::from_millis(ms);
        self.events.insert((at, self.sequence), event);
    }

    fn at(&mut self, at: Mono, event: Event) {
        self.sequence += 1;
        self.events.insert((at.max(self.now), self.sequence), event);
    }

    fn start(&mut self, id: i32) {
        let seed = self.random.0.next();
        let (now, voters) = (self.now, self.voters.clone());
        let node = self.node(id);
        node.life += 1;
        let raft = Raft::new(RaftStart {
            now,
            local: node.key,
            voters,
            voter_changes: Vec::new(),
            election: node.disk.election,
            log: node.disk.log_state(),
            timing: Timing::default(),
            seed,
        });
        node.raft = Some(raft);
        self.drain(id);
    }

    /// Loses what was not synced, or some of it.
    fn crash(&mut self, id: i32) {
        let keep = self.random.0.next();
        let persisted = self.random.chance(50);
        let node = self.node(id);
        node.raft = None;
        node.asked.clear();
        node.received.clear();
        let disk = &mut node.disk;
        let unsynced = disk.log.len() - disk.synced;
        let kept = usize::try_from(keep % (unsynced as u64 + 1)).expect("a small number");
        disk.log.truncate(disk.synced + kept);
        disk.synced = disk.log.len();
        if let Some(state) = disk.persisting.take().filter(|_| persisted) {
            disk.election = state;
        }
    }

    fn node(&mut self, id: i32) -> &mut Node {
        self.nodes.get_mut(&id).expect("a node of this world")
    }

    fn is_alive(&self, id: i32, life: u64) -> bool {
        let node = &self.nodes[&id];
        node.raft.is_some() && node.life == life
    }

    fn give(&mut self, id: i32, input: Input) {
        let now = self.now;
        if let Some(raft) = &mut self.node(id).raft {
            raft.handle(now, input);
            raft.check_invariants();
            self.drain(id);
        }
    }

    fn on_event(&mut self, event: Event) {
        match event {
            Event::Tick(id) => {
                let now = self.now;
                let raft = self.nodes[&id].raft.as_ref();
                if raft
                    .and_then(Raft::next_deadline)
                    .is_some_and(|due| due <= now)
                {
                    self.give(id, Input::Tick);
                }
            }
            Event::Persisted(id, life) if self.is_alive(id, life) => {
                let disk = &mut self.node(id).disk;
                disk.election = disk.persisting.take().expect("a state on its way");
                self.check_vote(id);
                self.give(id, Input::ElectionPersisted);
            }
            Event::Synced(id, life, end) if self.is_alive(id, life) => {
                let disk = &mut self.node(id).disk;
                let end = end.min(disk.log.len());
                disk.synced = disk.synced.max(end);
                self.give(id, Input::Synced { end: offset(end) });
            }
            Event::Persisted(..) | Event::Synced(..) => {}
            Event::Ask {
                to,
                from,
                life,
                id,
                request,
            } => {
                let token = RequestToken(self.next_token);
                self.next_token += 1;
                if self.nodes[&to].raft.is_some() {
                    self.node(to).asked.insert(token, (from, life, id));
                    self.give(to, Input::Request { token, request });
                } else if self.is_alive(from, life) {
                    self.give(from, Input::RequestFailed { id });
                }
            }
            Event::Answer {
                to,
                life,
                id,
                response,
                records,
            } => {
                if self.is_alive(to, life) {
                    self.node(to).received.insert(id, records);
                    self.give(to, Input::Response { id, response });
                    self.node(to).received.remove(&id);
                }
            }
            Event::Produce => self.produce(),
            Event::Mischief => self.do_mischief(),
        }
    }

    /// A client writes through every node that believes it leads.
    fn produce(&mut self) {
        let ids: Vec<_> = self.nodes.keys().copied().collect();
        for id in ids {
            let epoch = self.nodes[&id].raft.as_ref().and_then(Raft::append_epoch);
            if let Some(epoch) = epoch {
                self.append(id, epoch);
            }
        }
        let pause = 20 + self.random.below(80);
        self.after(pause, Event::Produce);
    }

    fn append(&mut self, id: i32, epoch: LeaderEpoch) {
        self.next_value += 1;
        let value = self.next_value;
        let log = &mut self.node(id).disk.log;
        log.push((epoch.0, value));
        let end = offset(log.len());
        self.give(id, Input::Appended { end, epoch });
    }

    fn do_mischief(&mut self) {
        let count = self.nodes.len() as u64;
        let id = 1 + i32::try_from(self.random.below(count)).expect("a small number");
        if self.nodes[&id].raft.is_none() {
            self.start(id);
        } else if self.trouble.crashes {
            match self.random.below(6) {
                0 => self.crash(id),
                1 => self.cut_links(id),
                2 => self.cut.clear(),
                3 => self.give(id, Input::Resign),
                _ => self.take_snapshot(id),
            }
        }
        let pause = 100 + self.random.below(900);
        self.after(pause, Event::Mischief);
    }

    /// Cuts a node off, wholly or in one direction.
    fn cut_links(&mut self, id: i32) {
        let way = self.random.below(3);
        for other in self.nodes.keys().copied() {
            if way != 0 {
                self.cut.insert((id, other));
            }
            if way != 1 {
                self.cut.insert((other, id));
            }
        }
    }

    fn take_snapshot(&mut self, id: i32) {
        let Some(raft) = &self.nodes[&id].raft else {
            return;
        };
        let end = raft.high_watermark().map_or(0, index);
        let disk = &mut self.node(id).disk;
        if end <= disk.start || end > disk.synced {
            return;
        }
        let snapshot = SnapshotId {
            end_offset: offset(end),
            epoch: LeaderEpoch(disk.log[end - 1].0),
        };
        disk.snapshot = Some(snapshot);
        disk.start = end;
        self.give(
            id,
            Input::SnapshotsChanged {
                log_start: offset(end),
                oldest: Some(snapshot),
                latest: Some(snapshot),
            },
        );
    }

    fn drain(&mut self, id: i32) {
        while let Some(output) = self.node(id).raft.as_mut().and_then(Raft::poll_output) {
            self.carry_out(id, output);
        }
        if let Some(due) = self.nodes[&id].raft.as_ref().and_then(Raft::next_deadline) {
            self.at(due, Event::Tick(id));
        }
    }

    fn tell(&mut self, id: i32, input: Input) {
        let now = self.now;
        let raft = self.node(id).raft.as_mut().expect("it gave an order");
        raft.handle(now, input);
        raft.check_invariants();
    }

    fn carry_out(&mut self, id: i32, output: Output) {
        let life = self.nodes[&id].life;
        match output {
            Output::PersistElection(state) => {
                let delay = self.disk_delay();
                self.node(id).disk.persisting = Some(state);
                self.after(delay, Event::Persisted(id, life));
            }
            Output::SyncLog => {
                let delay = self.disk_delay();
                let end = self.nodes[&id].disk.log.len();
                self.after(delay, Event::Synced(id, life, end));
            }
            Output::BecameLeader { epoch, .. } => self.check_leader(id, epoch),
            Output::AppendLeaderChange { epoch, .. } => {
                let log = &mut self.node(id).disk.log;
                log.push((epoch.0, 0));
                let end = offset(log.len());
                self.tell(id, Input::Appended { end, epoch });
            }
            Output::AppendFetched {
                id: fetch,
                at,
                max_epoch,
            } => {
                self.append_fetched(id, fetch, at, max_epoch);
            }
            Output::Truncate { to } => {
                let disk = &mut self.node(id).disk;
                disk.log.truncate(index(to));
                disk.synced = disk.synced.min(index(to));
                self.tell(id, Input::Truncated { end: to });
            }
            Output::StoreSnapshotPart {
                id: fetch,
                snapshot,
                position,
            } => {
                let node = self.node(id);
                let part = node.received.remove(&fetch).expect("bytes of the answer");
                node.disk
                    .download
                    .truncate(usize::try_from(position).expect("a small number"));
                node.disk.download.extend(part);
                let position = node.disk.download.len() as u64;
                self.tell(id, Input::SnapshotPartStored { snapshot, position });
            }
            Output::InstallSnapshot { snapshot } => {
                let disk = &mut self.node(id).disk;
                disk.log = std::mem::take(&mut disk.download);
                disk.start = disk.log.len();
                disk.synced = disk.log.len();
                disk.snapshot = Some(snapshot);
                assert_eq!(offset(disk.log.len()), snapshot.end_offset);
                self.tell(
                    id,
                    Input::SnapshotInstalled {
                        snapshot,
                        voters: None,
                    },
                );
            }
            Output::HighWatermark(mark) => self.check_committed(id, mark),
            Output::Send {
                id: request_id,
                to,
                request,
            } => self.send(id, to, request_id, request),
            Output::Respond { token, response } => self.respond(id, token, response),
            Output::Fault(fault) => panic!("node {id}: {fault:?}"),
            Output::BecameFollower { .. }
            | Output::BecameUnattached { .. }
            | Output::Resigned { .. } => {}
        }
    }

    fn append_fetched(&mut self, id: i32, fetch: RequestId, at: Offset, max_epoch: LeaderEpoch) {
        let records = self.node(id).received.remove(&fetch).unwrap_or_default();
        let log = &mut self.node(id).disk.log;
        assert_eq!(offset(log.len()), at);
        let mut appended = Vec::new();
        for record in records {
            if record.0 > max_epoch.0 {
                break;
            }
            log.push(record);
            appended.push((offset(log.len()), LeaderEpoch(record.0)));
        }
        if appended.is_empty() {
            self.tell(id, Input::AppendRefused { id: fetch });
        }
        for (end, epoch) in appended {
            self.tell(id, Input::Appended { end, epoch });
        }
    }

    /// Mostly quick, in troubled times now and then longer than any timeout.
    fn disk_delay(&mut self) -> u64 {
        if self.trouble.crashes && self.random.chance(1) {
            3000
        } else {
            self.random.below(20)
        }
    }

    fn is_lost(&mut self, from: i32, to: i32) -> bool {
        let cut = self.cut.contains(&(from, to));
        let loss = self.trouble.loss;
        cut || self.random.chance(loss)
    }

    fn send(&mut self, from: i32, to: Destination, id: RequestId, request: Request) {
        let to = match to {
            Destination::Node(node) => node.0,
            Destination::Bootstrap => {
                let node = self.node(from);
                node.bootstrap += 1;
                let next = node.bootstrap % self.voters.len();
                self.voters[next].id.0
            }
        };
        let life = self.nodes[&from].life;
        if self.is_lost(from, to) {
            return;
        }
        let delay = self.random.below(self.trouble.delay_ms);
        let ask = Event::Ask {
            to,
            from,
            life,
            id,
            request,
        };
        self.after(delay, ask);
    }

    fn respond(&mut self, from: i32, token: RequestToken, response: Response) {
        let node = self.node(from);
        let Some((to, life, id)) = node.asked.remove(&token) else {
            panic!("node {from} answered twice, or a request of an earlier life");
        };
        let (response, records) = node.disk.fill(response);
        if self.is_lost(from, to) {
            return;
        }
        let delay = self.random.below(self.trouble.delay_ms);
        let answer = Event::Answer {
            to,
            life,
            id,
            response,
            records,
        };
        self.after(delay, answer);
    }

    fn check_vote(&mut self, id: i32) {
        let state = self.nodes[&id].disk.election;
        if let Some(voted) = state.voted {
            let first = *self.votes.entry((id, state.epoch.0)).or_insert(voted);
            assert_eq!(first, voted, "node {id} voted twice in {}", state.epoch);
        }
    }

    fn check_leader(&mut self, id: i32, epoch: LeaderEpoch) {
        let first = *self.leaders.entry(epoch.0).or_insert(id);
        assert_eq!(first, id, "two leaders of epoch {epoch}");
        let disk = &self.nodes[&id].disk;
        assert_eq!(
            disk.election.leader,
            Some(BrokerId(id)),
            "leads before it is on the disk"
        );
        // A slow disk may make it hear of its election when later leaders have committed more.
        let before = self.committed_by.range(..epoch.0).next_back();
        let count = before.map_or(0, |(_, count)| *count);
        assert!(
            disk.log.starts_with(&self.committed[..count]),
            "leader {id} of epoch {epoch} lacks committed records"
        );
    }

    fn check_committed(&mut self, id: i32, mark: Offset) {
        let log = &self.nodes[&id].disk.log;
        let reached = log
            .get(..index(mark))
            .expect("a watermark within the log")
            .to_vec();
        let known = self.committed.len().min(reached.len());
        assert_eq!(reached[..known], self.committed[..known], "node {id}");
        if reached.len() > self.committed.len() {
            let holders = self.voters.iter().filter(|voter| {
                let disk = &self.nodes[&voter.id.0].disk;
                let durable = &disk.log[..disk.synced];
                durable.starts_with(&reached)
            });
            let holders = holders.count();
            assert!(
                holders > self.voters.len() / 2,
                "node {id}: {mark} is committed on {holders} voters"
            );
            // What moves a watermark is always a record of the leader's own epoch.
            let epoch = reached.last().map_or(0, |record| record.0);
            self.committed_by.insert(epoch, reached.len());
            self.committed = reached;
        }
    }
}

impl Node {
    fn new(id: i32) -> Self {
        Self {
            key: ReplicaKey::without_directory(BrokerId(id)),
            raft: None,
            life: 0,
            disk: Disk {
                election: ElectionState::default(),
                persisting: None,
                log: Vec::new(),
                start: 0,
                synced: 0,
                snapshot: None,
                download: Vec::new(),
            },
            asked: BTreeMap::new(),
            received: BTreeMap::new(),
            bootstrap: 0,
        }
    }
}

impl Disk {
    fn log_state(&self) -> LogState {
        let mut epochs: Vec<EpochStart> = Vec::new();
        for (at, (epoch, _)) in self.log.iter().enumerate().skip(self.start) {
            if epochs.last().is_none_or(|last| last.epoch.0 < *epoch) {
                epochs.push(EpochStart {
                    epoch: LeaderEpoch(*epoch),
                    start: offset(at),
                });
            }
        }
        LogState {
            start: offset(self.start),
            end: offset(self.log.len()),
            epochs,
            oldest_snapshot: self.snapshot,
            latest_snapshot: self.snapshot,
        }
    }

    /// Adds the records or bytes that an answer announces.
    fn fill(&self, response: Response) -> (Response, Vec<Record>) {
        match response {
            Response::Fetch(FetchResponse {
                records_from: Some(from),
                ..
            }) => {
                let from = index(from);
                assert!(from >= self.start, "reads what a snapshot replaced");
                let to = self.log.len().min(from + MAX_RECORDS);
                (response, self.log[from..to].to_vec())
            }
            Response::FetchSnapshot(mut part) if part.outcome.error.is_none() => {
                let held = self.snapshot.filter(|snapshot| *snapshot == part.snapshot);
                let Some(snapshot) = held else {
                    part.outcome.error = ErrorCode::SNAPSHOT_NOT_FOUND;
                    return (Response::FetchSnapshot(part), Vec::new());
                };
                let size = index(snapshot.end_offset);
                let from = usize::try_from(part.position).expect("a small number");
                let to = size.min(from + MAX_RECORDS);
                part.size = size as u64;
                part.length = (to - from) as u64;
                (Response::FetchSnapshot(part), self.log[from..to].to_vec())
            }
            other => (other, Vec::new()),
        }
    }
}

fn offset(index: usize) -> Offset {
    Offset(i64::try_from(index).expect("a small log"))
}

fn index(offset: Offset) -> usize {
    usize::try_from(offset.0).expect("no negative offset")
}

const MAX_RECORDS: usize = 5;

struct Random(SplitMix64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
