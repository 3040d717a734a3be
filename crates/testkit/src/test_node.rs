//! The harness.

use std::{
    cell::Cell,
    collections::{BTreeMap, VecDeque},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use ottla_config::{BrokerConfig, ConfigError, Sources};
use ottla_metadata::{Endpoint, RegisterBroker, RegisterController, supported_features};
use ottla_node::{
    ConnectionFacts, Directories, DirectoryError, FormatError, MetadataLogError, MetadataReply,
    Node, Output, Parked, Partition, Quorum, QuorumOutput, QuorumStart, Reply, open_storage,
};
use ottla_protocol::{ApiKey, Request, encode_request, messages::RequestHeader};
use ottla_storage::{directory::DirectoryError as StorageError, fs::FileSystem};
use ottla_types::{BrokerEpoch, Mono, Now, Offset, RequestToken, Saturate as _, Uuid, WallMs};

use crate::answer::{Answer, Response};

/// Why a node did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant is the error it holds")]
pub enum StartError {
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error(transparent)]
    Metadata(#[from] MetadataLogError),
    #[error("the broker was not unfenced in time")]
    Fenced,
}

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
            Self::Node(Output::Wake(_) | Output::Tick(_)) => None,
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

/// When the clocks of a test start: wall time in milliseconds.
const START_MS: i64 = 1_700_000_000_000;
/// Longest a broker may need to be unfenced.
const START_LIMIT: Duration = Duration::from_secs(60);
/// Most ticks that may follow one another at one time.
const MOST_TICKS: usize = 1000;

/// A configuration for one node, with `overrides` over what suits tests: few partitions of the
/// offsets topic, and no records by the clock.
///
/// # Panics
/// When a value is refused: the test has failed.
#[must_use]
pub fn config(overrides: &[(&str, &str)]) -> BrokerConfig {
    let defaults = [
        ("offsets.topic.num.partitions", "2"),
        ("group.initial.rebalance.delay.ms", "0"),
        ("metadata.max.idle.interval.ms", "0"),
    ];
    let sources = Sources {
        overrides: defaults
            .iter()
            .chain(overrides)
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        default_log_dir: "/data".to_owned(),
        ..Sources::default()
    };
    let loaded: Result<_, ConfigError> = sources.load();
    loaded.expect("a good configuration").config
}

impl TestNode {
    /// Starts a node, which formats an empty disk, and lets time pass until it serves.
    ///
    /// # Errors
    /// As a real start.
    pub fn start(fs: Arc<dyn FileSystem>, config: BrokerConfig) -> Result<Self, StartError> {
        let now = Now {
            mono: Mono(0),
            wall: WallMs(START_MS),
        };
        Self::start_at(fs, config, now)
    }

    /// As [`Self::start`], at another time.
    ///
    /// # Errors
    /// As a real start.
    pub fn start_at(
        fs: Arc<dyn FileSystem>,
        config: BrokerConfig,
        now: Now,
    ) -> Result<Self, StartError> {
        let mut node = Self::open(fs, config, now)?;
        node.become_unfenced()?;
        Ok(node)
    }

    /// As [`Self::start`], with some orders held back from the beginning.
    ///
    /// # Errors
    /// As a real start.
    pub fn start_holding(
        fs: Arc<dyn FileSystem>,
        config: BrokerConfig,
        kinds: &[Hold],
    ) -> Result<Self, StartError> {
        let now = Now {
            mono: Mono(0),
            wall: WallMs(START_MS),
        };
        let mut node = Self::open(fs, config, now)?;
        kinds.iter().for_each(|kind| node.hold(*kind));
        node.become_unfenced()?;
        Ok(node)
    }

    fn open(fs: Arc<dyn FileSystem>, config: BrokerConfig, now: Now) -> Result<Self, StartError> {
        let start = start_number();
        let opened = open_storage(&fs, &config, Some(CLUSTER), now.wall, start)?;
        let expiration = config.transactions.producer_id_expiration_ms.into();
        let directories = Directories::new(Arc::clone(&fs), opened.directories, expiration, start)?;
        let mut seed = [9; 32];
        let (front, _) = seed.split_at_mut(8);
        front.copy_from_slice(&start.to_be_bytes());
        let mut incarnation = [5; 16];
        let (front, _) = incarnation.split_at_mut(8);
        front.copy_from_slice(&start.to_be_bytes());
        let incarnation_id = Uuid(incarnation);
        let quorum = Quorum::open(
            QuorumStart {
                fs,
                directory: Path::new(&config.metadata_log.dir).to_owned(),
                directory_id: opened.metadata_id,
                cluster_id: CLUSTER.to_owned(),
                bootstrap: opened.bootstrap,
                broker: Some(broker_registration(&config, &directories, incarnation_id)),
                controller: RegisterController {
                    controller: config.identity.node_id,
                    incarnation_id,
                    listeners: vec![endpoint("CONTROLLER", 9093)],
                    features: supported_features(),
                },
                config: config.clone(),
                seed,
            },
            now,
        )?;
        Ok(Self {
            node: Arc::new(Node::new(CLUSTER.to_owned(), config, directories, start)),
            quorum,
            now,
            connection: ConnectionFacts {
                listener: "PLAINTEXT".into(),
                is_controller: false,
                local: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9092),
                peer: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 50_000),
            },
            orders: VecDeque::new(),
            held: BTreeMap::new(),
            parked: BTreeMap::new(),
            answers: BTreeMap::new(),
            next_token: 1,
            tick: None,
            metadata_fault: None,
            client_id: "test".to_owned(),
        })
    }

    fn become_unfenced(&mut self) -> Result<(), StartError> {
        let limit = self.now.mono + START_LIMIT;
        loop {
            self.turn_quorum();
            self.settle();
            if let Some(fault) = self.metadata_fault.take() {
                return Err(fault.into());
            }
            if self.quorum.is_running() {
                self.node.directories().set_strays_aside()?;
                return Ok(());
            }
            let due = self.quorum.next_deadline().unwrap_or(limit);
            if due >= limit {
                return Err(StartError::Fenced);
            }
            self.set_mono(due);
        }
    }

    /// Stops in good order.
    ///
    /// # Errors
    /// As a real stop: the next start recovers then.
    pub fn stop(mut self) -> Result<(), DirectoryError> {
        self.quorum.shut_down();
        for _ in 0..100 {
            self.turn_quorum();
            self.settle();
            if self.quorum.has_left() || self.metadata_fault.is_some() {
                break;
            }
            if let Some(due) = self.quorum.next_deadline() {
                self.set_mono(due);
            }
        }
        self.node.close(self.now)
    }

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
            .to_vec();
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
                    None => self.node.sync_failed(self.now, &partition, &mut out),
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
        let outputs = match self.quorum.turn(self.now) {
            Ok(outputs) => outputs,
            Err(fault) => {
                self.metadata_fault = Some(fault);
                return;
            }
        };
        let mut out = Vec::new();
        for output in outputs {
            match output {
                QuorumOutput::Publish(image) => {
                    // A fault leaves its partition without a log, which requests then say.
                    drop(self.node.publish(self.now, image, &mut out));
                }
                QuorumOutput::Replied(token, reply) => {
                    let reply: MetadataReply = reply;
                    self.node.controller_replied(token, reply, &mut out);
                }
                QuorumOutput::Registered(epoch) => self.node.set_broker_epoch(epoch),
                QuorumOutput::Leader(id) => self.node.set_active_controller(id),
            }
        }
        self.order(out);
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
                frame: frame.to_vec(),
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

/// Id of the cluster that test nodes found.
const CLUSTER: &str = "4L6g3nShT-eMCtK--X86sw";

/// A number that no start of this test had before, and that is the same whenever the test runs:
/// each test has a thread.
fn start_number() -> u64 {
    thread_local! {
        static STARTS: Cell<u64> = const { Cell::new(0) };
    }
    STARTS.set(STARTS.get() + 1);
    STARTS.get()
}

fn endpoint(name: &str, port: u16) -> Endpoint {
    Endpoint {
        name: name.to_owned(),
        host: "localhost".to_owned(),
        port,
        security_protocol: 0,
    }
}

fn broker_registration(
    config: &BrokerConfig,
    directories: &Directories,
    incarnation_id: Uuid,
) -> RegisterBroker {
    RegisterBroker {
        cluster_id: CLUSTER.to_owned(),
        broker: config.identity.node_id,
        incarnation_id,
        listeners: vec![endpoint("PLAINTEXT", 9092)],
        features: supported_features(),
        rack: None,
        log_dirs: directories
            .all()
            .iter()
            .map(|directory| directory.id())
            .collect(),
        previous_broker_epoch: directories.previous_epoch().unwrap_or(BrokerEpoch::NONE),
    }
}
