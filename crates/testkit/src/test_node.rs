//! The harness.

mod start;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use ottla_node::{
    ConnectionFacts, DirectoryError, MetadataLogError, MetadataReply, MoveFault, MoveStep, Node,
    Output, Parked, Partition, Quorum, QuorumOutput, Reply,
};
use ottla_protocol::{ApiKey, Request, encode_request, messages::RequestHeader};
use ottla_types::{Mono, Now, Offset, RequestToken, Saturate as _};

pub(crate) use start::number_starts_from;
pub use start::{StartError, config};

use crate::answer::{Answer, Response};

/// Orders of a node that a test may hold back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// Syncs of partitions.
    Syncs,
    /// What came of syncs: the disk is done, and the node is not told yet.
    Reports,
    /// Loads of coordinators.
    Loads,
    /// Commands for the controller.
    Metadata,
}

/// A running node.
#[derive(Debug)]
pub struct TestNode {
    node: Arc<Node>,
    quorum: Quorum,
    now: Now,
    connection: ConnectionFacts,
    orders: VecDeque<Order>,
    held: BTreeMap<Hold, VecDeque<Order>>,
    parked: BTreeMap<RequestToken, (Parked, Asked)>,
    answers: BTreeMap<RequestToken, Answer>,
    next_token: u64,
    tick: Option<Mono>,
    metadata_fault: Option<MetadataLogError>,
    fatal: Option<String>,
    client_id: String,
}

/// Something to carry out.
#[derive(Debug)]
enum Order {
    /// What the node wants.
    Node(Output),
    /// The end of what is durable of a log, if the sync did not fail.
    Report(Arc<Partition>, Option<Offset>),
}

impl Order {
    const fn kind(&self) -> Option<Hold> {
        match self {
            Self::Node(Output::Sync(_)) => Some(Hold::Syncs),
            Self::Node(Output::LoadCoordinator(_)) => Some(Hold::Loads),
            Self::Node(Output::Metadata(_)) => Some(Hold::Metadata),
            Self::Node(
                Output::Wake(_)
                | Output::Tick(_)
                | Output::LogFailed(_)
                | Output::ShowIndex(_)
                | Output::Move
                | Output::DirectoryFailed(_),
            ) => None,
            Self::Report(..) => Some(Hold::Reports),
        }
    }
}

/// What an answer needs to know of its request.
#[derive(Clone, Copy, Debug)]
struct Asked {
    api_key: ApiKey,
    version: i16,
    correlation_id: i32,
}

impl TestNode {
    /// Names the client of the requests from here on.
    pub fn set_client_id(&mut self, client_id: &str) {
        client_id.clone_into(&mut self.client_id);
    }

    /// Puts a request. Everything that can be done for it without letting time pass is done.
    pub fn put<R: Request>(&mut self, version: i16, request: &R) -> RequestToken {
        let token = RequestToken(self.next_token);
        self.next_token += 1;
        let correlation_id: i32 = token.0.saturate();
        let header = RequestHeader {
            correlation_id,
            client_id: Some(self.client_id.clone().into()),
            ..RequestHeader::default()
        };
        let frame = encode_request(version, &header, request)
            .unwrap_or_else(|error| panic!("{} v{version}: {error}", R::API_KEY.name()))
            .to_vec()
            .expect("requests lie in memory");
        let asked = Asked {
            api_key: R::API_KEY,
            version,
            correlation_id,
        };
        self.handle(token, asked, frame.get(4..).unwrap_or_default());
        token
    }

    /// Puts the bytes of a frame, without a length prefix. Only closing is an answer to be looked for.
    pub fn put_frame(&mut self, frame: &[u8]) -> RequestToken {
        let token = RequestToken(self.next_token);
        self.next_token += 1;
        let asked = Asked {
            api_key: ApiKey(-1),
            version: 0,
            correlation_id: 0,
        };
        self.handle(token, asked, frame);
        token
    }

    fn handle(&mut self, token: RequestToken, asked: Asked, frame: &[u8]) {
        let mut out = Vec::new();
        let reply = self
            .node
            .handle(self.now, &self.connection, token, frame, &mut out);
        self.order(out);
        self.take(token, asked, reply);
        self.settle();
    }

    /// The answer to a request, once it is there.
    pub fn answer(&mut self, token: RequestToken) -> Option<Answer> {
        self.answers.remove(&token)
    }

    /// The response to a request that was put.
    ///
    /// # Panics
    /// When there is none (yet): the test has failed.
    pub fn response(&mut self, token: RequestToken) -> Response {
        match self.answer(token) {
            Some(Answer::Response(response)) => response,
            other => panic!("no response to {token:?} but {other:?}"),
        }
    }

    /// Puts a request that is answered without time passing, and gives the response.
    ///
    /// # Panics
    /// When there is none: the test has failed.
    pub fn ask<R: Request>(&mut self, version: i16, request: &R) -> Response {
        let token = self.put(version, request);
        self.response(token)
    }

    /// Closes the connection of a parked request.
    pub fn cancel(&mut self, token: RequestToken) {
        if let Some((parked, _)) = self.parked.remove(&token) {
            self.node.cancel(parked);
        }
    }

    /// Flushes, and writes the checkpoints.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn checkpoint(&mut self) -> Result<(), DirectoryError> {
        let mut out = Vec::new();
        let result = self.node.checkpoint(self.now, &mut out);
        self.order(out);
        self.settle();
        result
    }

    /// Does one step of one move between log directories; `None` if there is nothing to move.
    pub fn step_move(&mut self) -> Option<Result<MoveStep, MoveFault>> {
        let moving = self.node.take_move()?;
        let mut out = Vec::new();
        let step = self.node.step_move(self.now, &moving, &mut out);
        self.node.put_back_move(&moving);
        self.order(out);
        self.settle();
        Some(step)
    }

    /// Tries again to make the partitions that lacked space; whether all are made.
    ///
    /// # Panics
    /// When one cannot be made for another reason: the test has failed.
    pub fn make_unmade(&mut self) -> bool {
        let mut out = Vec::new();
        let faults = self.node.make_unmade(self.now, &mut out);
        assert!(faults.is_empty(), "{faults:?}");
        self.order(out);
        self.settle();
        !self.node.has_unmade()
    }

    /// Moves partitions between log directories until nothing is left to do.
    ///
    /// # Panics
    /// When a move fails or does not come to an end: the test has failed.
    pub fn move_replicas(&mut self) {
        for _ in 0..MOST_STEPS {
            match self.step_move() {
                Some(step) => drop(step.expect("a step of a move")),
                None => return,
            }
        }
        panic!("the moves do not come to an end");
    }

    /// Lets time pass, doing what falls due on the way.
    pub fn advance(&mut self, by: Duration) {
        let until = self.now.mono + by;
        while let Some(due) = self.next_deadline().filter(|due| *due <= until) {
            // What is overdue is due now; something must come of it.
            let due = due.max(self.now.mono + Duration::from_nanos(1)).min(until);
            self.set_mono(due);
            self.do_what_is_due();
            if due == until {
                break;
            }
        }
        self.set_mono(until);
    }

    /// Lets time pass in which nothing of the node runs, as when a disk keeps it waiting.
    pub fn stall(&mut self, by: Duration) {
        self.set_mono(self.now.mono + by);
        self.do_what_is_due();
    }

    /// Sets the wall clock forward alone: for the ages of records, which no timer watches.
    pub fn advance_wall(&mut self, by: Duration) {
        let by: i64 = by.as_millis().saturate();
        self.now.wall.0 += by;
    }

    /// The time.
    #[must_use]
    pub const fn now(&self) -> Now {
        self.now
    }

    /// Holds back orders of a kind until [`Self::release`].
    pub fn hold(&mut self, kind: Hold) {
        self.held.entry(kind).or_default();
    }

    /// Carries out what was held back, and holds back no more.
    pub fn release(&mut self, kind: Hold) {
        if let Some(held) = self.held.remove(&kind) {
            self.orders.extend(held);
            self.settle();
        }
    }

    /// Carries out the oldest order of a kind that is held back; whether there was one.
    pub fn release_one(&mut self, kind: Hold) -> bool {
        let Some(order) = self.held.get_mut(&kind).and_then(VecDeque::pop_front) else {
            return false;
        };
        self.carry_out(order);
        self.settle();
        true
    }

    /// The node itself.
    #[must_use]
    pub fn node(&self) -> &Arc<Node> {
        &self.node
    }

    /// The connection that requests come on.
    #[must_use]
    pub const fn connection(&self) -> &ConnectionFacts {
        &self.connection
    }

    /// What took the metadata log out of service.
    #[must_use]
    pub const fn metadata_fault(&self) -> Option<&MetadataLogError> {
        self.metadata_fault.as_ref()
    }

    /// Why the process of this node would have to end, because a log directory failed.
    #[must_use]
    pub fn fatal(&self) -> Option<&str> {
        self.fatal.as_deref()
    }

    /// How many requests are parked.
    #[must_use]
    pub fn parked(&self) -> usize {
        self.parked.len()
    }

    fn set_mono(&mut self, mono: Mono) {
        let passed: i64 = mono.since(self.now.mono).as_millis().saturate();
        self.now.mono = self.now.mono.max(mono);
        self.now.wall.0 += passed;
    }

    fn next_deadline(&self) -> Option<Mono> {
        let requests = self
            .parked
            .values()
            .filter_map(|(parked, _)| parked.deadline());
        let quorum = self
            .quorum
            .next_deadline()
            .filter(|_| self.metadata_fault.is_none());
        requests.chain(quorum).chain(self.tick).min()
    }

    fn do_what_is_due(&mut self) {
        self.turn_quorum();
        self.tick_if_due();
        let due: Vec<RequestToken> = self
            .parked
            .iter()
            .filter(|(_, (parked, _))| parked.deadline().is_some_and(|at| at <= self.now.mono))
            .map(|(token, _)| *token)
            .collect();
        for token in due {
            self.resume(token);
        }
        self.settle();
    }

    fn tick_if_due(&mut self) -> bool {
        let is_due = self.tick.is_some_and(|tick| tick <= self.now.mono);
        if is_due {
            let mut out = Vec::new();
            self.node.tick(self.now, &mut out);
            self.tick = self.node.next_deadline();
            self.order(out);
        }
        is_due
    }

    fn settle(&mut self) {
        for _ in 0..MOST_TICKS {
            while let Some(order) = self.orders.pop_front() {
                match order.kind().and_then(|kind| self.held.get_mut(&kind)) {
                    Some(held) => held.push_back(order),
                    None => self.carry_out(order),
                }
            }
            if !self.tick_if_due() {
                return;
            }
        }
        panic!("the node wants to be ticked without end");
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Node(output) => self.carry_out_output(output),
            Order::Report(partition, end) => {
                let mut out = Vec::new();
                match end {
                    Some(end) => self.node.synced(self.now, &partition, end, &mut out),
                    None => self.node.log_failed(self.now, &partition, &mut out),
                }
                self.order(out);
            }
        }
    }

    fn carry_out_output(&mut self, output: Output) {
        match output {
            Output::Wake(token) => self.resume(token),
            Output::Sync(partition) => {
                let end = partition.sync().ok();
                self.orders.push_back(Order::Report(partition, end));
            }
            Output::LogFailed(partition) => {
                let mut out = Vec::new();
                self.node.log_failed(self.now, &partition, &mut out);
                self.order(out);
            }
            Output::ShowIndex(partition) => {
                let mut out = Vec::new();
                // What it cannot write is noticed where it matters.
                let _shown = self.node.show_index_entries(self.now, &partition, &mut out);
                self.order(out);
            }
            // Tests say when something is copied.
            Output::Move => {}
            Output::DirectoryFailed(failed) => {
                self.fatal = self.fatal.take().or(failed.fatal);
                self.quorum.directory_failed(self.now, failed.id);
                self.turn_quorum();
            }
            Output::LoadCoordinator(partition) => {
                let mut out = Vec::new();
                // What cannot be loaded goes on refusing.
                let _loaded = self.node.load_coordinator(self.now, &partition, &mut out);
                self.order(out);
            }
            Output::Metadata(request) => {
                if self.metadata_fault.is_none() {
                    match self.quorum.submit(self.now, request) {
                        Ok(()) => self.turn_quorum(),
                        Err(fault) => self.metadata_fault = Some(fault),
                    }
                }
            }
            Output::Tick(at) => self.tick = Some(self.tick.map_or(at, |tick| tick.min(at))),
        }
    }

    fn order(&mut self, out: Vec<Output>) {
        self.orders.extend(out.into_iter().map(Order::Node));
    }

    fn turn_quorum(&mut self) {
        if self.metadata_fault.is_some() {
            return;
        }
        self.quorum.cordon(self.node.directories().cordoned());
        let outputs = match self.quorum.turn(self.now) {
            Ok(outputs) => outputs,
            Err(fault) => {
                self.metadata_fault = Some(fault);
                return;
            }
        };
        let mut out = Vec::new();
        let mut published = None;
        for output in outputs {
            match output {
                QuorumOutput::Publish(image) => {
                    published = Some(image.position().offset);
                    // A fault leaves its partition without a log, which requests then say.
                    drop(self.node.publish(self.now, image, &mut out));
                }
                QuorumOutput::Replied(token, reply) => {
                    let reply: MetadataReply = reply;
                    self.node.controller_replied(token, reply, &mut out);
                }
                QuorumOutput::Registered(epoch) => self.node.set_broker_epoch(epoch),
                QuorumOutput::Leader(id) => self.node.set_active_controller(id),
                QuorumOutput::Conflict(fault) => panic!("a quorum of one: {fault:?}"),
            }
        }
        self.order(out);
        if let Some(offset) = published {
            self.quorum.published(offset);
            self.turn_quorum();
        }
    }

    fn resume(&mut self, token: RequestToken) {
        let Some((parked, asked)) = self.parked.remove(&token) else {
            return;
        };
        let mut out = Vec::new();
        let reply = self
            .node
            .resume(self.now, &self.connection, parked, false, &mut out);
        self.order(out);
        self.take(token, asked, reply);
    }

    fn take(&mut self, token: RequestToken, asked: Asked, reply: Reply) {
        let answer = match reply {
            Reply::Ready(frame) => Answer::Response(Response {
                api_key: asked.api_key,
                version: asked.version,
                correlation_id: asked.correlation_id,
                frame: frame.to_vec().expect("readable ranges"),
            }),
            Reply::NoReply => Answer::None,
            Reply::Close => Answer::Closed,
            Reply::Parked(parked) => {
                self.parked.insert(token, (parked, asked));
                return;
            }
        };
        self.answers.insert(token, answer);
    }
}

/// Most steps of moves in a test.
const MOST_STEPS: usize = 10_000;

/// Most ticks that may follow one another at one time.
const MOST_TICKS: usize = 1000;
