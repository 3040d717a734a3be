//! A server on a port of its own, and clients of it.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::{Arc, mpsc},
    time::Duration,
};

use ottla_net::{
    BindOptions, ConnectionQuota, Limits, Listener, QuotaLimits, Resume, Server, Wakers,
};
use ottla_types::RequestToken;
use ottla_wire::Frame;
use socket2::{Domain, Socket, Type};
use tokio::{runtime::Runtime, sync::oneshot, task::JoinHandle};

use crate::script::{Event, Prepared, Script, Verb};

/// API keys as the server tells them apart.
pub(crate) const PRODUCE: u8 = 0;
pub(crate) const OTHER: u8 = 1;

pub(crate) struct Bench {
    pub(crate) wakers: Wakers,
    pub(crate) server: Server<Script>,
    address: SocketAddr,
    events: mpsc::Receiver<Event>,
    prepared: Prepared,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<io::Result<()>>,
    runtime: Runtime,
}

#[derive(Default)]
pub(crate) struct Options {
    pub(crate) limits: Limits,
    pub(crate) quota: QuotaLimits,
    pub(crate) bind: BindOptions,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with_limits(limits: Limits) -> Self {
        Self::with(Options {
            limits,
            ..Options::default()
        })
    }

    pub(crate) fn with(options: Options) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = Listener::bind("TEST", any, &options.bind).expect("bound");
        let address = listener.local_addr();
        let wakers = Wakers::new();
        let (sender, events) = mpsc::channel();
        let script = Arc::new(Script {
            wakers: wakers.clone(),
            events: sender,
            started: tokio::time::Instant::now(),
            prepared: Prepared::default(),
        });
        let prepared = Arc::clone(&script.prepared);
        let quota = ConnectionQuota::new(options.quota);
        let server = Server::new(script, wakers.clone(), options.limits, quota);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let (stop, stopped) = oneshot::channel();
        let serving = {
            let server = server.clone();
            let stopped = async { drop(stopped.await) };
            runtime.spawn(async move { server.serve(listener, stopped).await })
        };
        Self {
            wakers,
            server,
            address,
            events,
            prepared,
            stop: Some(stop),
            serving,
            runtime,
        }
    }

    pub(crate) fn connect(&self) -> Client {
        let client = Client::new(TcpStream::connect(self.address).expect("connected"));
        self.expect(Event::Opened);
        client
    }

    /// A connection with a receive buffer of this size on its side, which does not adapt.
    pub(crate) fn connect_with_receive_buffer(&self, bytes: usize) -> Client {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.set_recv_buffer_size(bytes).expect("set");
        socket.connect(&self.address.into()).expect("connected");
        self.expect(Event::Opened);
        Client::new(socket.into())
    }

    /// A connection that the server may not take, or takes among other events.
    pub(crate) fn knock(&self) -> Client {
        Client::new(TcpStream::connect(self.address).expect("in the backlog"))
    }

    /// Answers the next request that asks for it with this frame.
    pub(crate) fn prepare(&self, frame: Frame) {
        self.prepared.lock().expect("no panic").push_back(frame);
    }

    pub(crate) fn event(&self) -> Event {
        self.events.recv_timeout(PATIENCE).expect("an event")
    }

    /// An event that nobody has asked for yet, if there is one.
    pub(crate) fn event_so_far(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    pub(crate) fn expect(&self, event: Event) {
        assert_eq!(self.event(), event);
    }

    pub(crate) fn expect_handled(&self, text: &str) {
        self.expect(Event::Handled(text.into()));
    }

    pub(crate) fn expect_woken(&self, text: &str) {
        self.expect(Event::Resumed(text.into(), Resume::Woken));
    }

    pub(crate) fn expect_parked(&self, text: &str) -> RequestToken {
        match self.event() {
            Event::Parked(parked, token) if parked == text => token,
            other => panic!("{other:?} instead of parking {text}"),
        }
    }

    /// Tells the server to stop, which does not wait for it.
    pub(crate) fn begin_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits for the server to have stopped.
    pub(crate) fn stopped(self) {
        let ended = self.runtime.block_on(self.serving);
        ended.expect("no panic").expect("served");
    }
}

/// The far side of a connection.
pub(crate) struct Client {
    pub(crate) stream: TcpStream,
}

impl Client {
    pub(crate) fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        stream.set_write_timeout(Some(PATIENCE)).expect("set");
        Self { stream }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("written");
    }

    pub(crate) fn send(&mut self, api_key: u8, verb: Verb, text: &str) {
        self.write(&frame(api_key, verb, text));
    }

    pub(crate) fn end_requests(&self) {
        self.stream.shutdown(Shutdown::Write).expect("shut");
    }

    pub(crate) fn answer(&mut self) -> Vec<u8> {
        let mut prefix = [0; 4];
        self.stream.read_exact(&mut prefix).expect("an answer");
        let length = u32::from_be_bytes(prefix);
        let mut body = vec![0; usize::try_from(length).expect("fits")];
        self.stream.read_exact(&mut body).expect("a whole answer");
        body
    }

    pub(crate) fn expect_answer(&mut self, text: &str) {
        let answer = self.answer();
        assert_eq!(String::from_utf8_lossy(&answer), text);
    }

    /// The server closed the connection and sent nothing more.
    pub(crate) fn expect_end(&mut self) {
        match self.stream.read(&mut [0; 100]) {
            Ok(count) => assert_eq!(count, 0),
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
        }
    }
}

/// A frame with its length prefix.
pub(crate) fn frame(api_key: u8, verb: Verb, text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len() + 3).expect("small");
    let head = [0, api_key, verb as u8];
    [&length.to_be_bytes(), head.as_slice(), text.as_bytes()].concat()
}

/// How long a test waits before it fails.
const PATIENCE: Duration = Duration::from_secs(20);
