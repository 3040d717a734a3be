//! One connection: the state that its task drives.

use std::{
    future::poll_fn,
    io,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::BufMut;
use ottla_types::{Mono, RequestToken};
use ottla_wire::Frame;
use tokio::{io::AsyncReadExt, net::TcpStream};

use crate::{
    answers::Answers,
    inbox::{Head, Inbox},
    limits::Limits,
    pool::BufferPool,
    quota::Place,
    ring::{Ring, State},
    service::{ConnectionContext, Order, Peer, Reply, Resume, Service},
    timer::Timer,
    wakers::{self, Registration},
};

/// What a connection is made of.
pub(crate) struct Parts<S> {
    pub(crate) service: Arc<S>,
    pub(crate) stream: TcpStream,
    pub(crate) peer: Peer,
    pub(crate) registration: Registration,
    pub(crate) place: Place,
    pub(crate) limits: Arc<Limits>,
    pub(crate) pool: BufferPool,
}

/// A connection, from its first byte to its last.
pub(crate) struct Connection<S: Service> {
    service: Arc<S>,
    context: ConnectionContext<S::Session>,
    stream: TcpStream,
    limits: Arc<Limits>,
    intake: Intake,
    inbox: Inbox,
    ring: Ring<S::Parked>,
    answers: Answers,
    /// Requests that wait behind one that closed the connection.
    abandoned: Vec<S::Parked>,
    /// Scratch for the tokens in the mailbox.
    woken: Vec<RequestToken>,
    timer: Timer,
    /// When a byte last moved or a request was resumed.
    active_at: Mono,
    /// Whether reading waits for the pool and not for the peer.
    starved: bool,
    stop_noticed: bool,
    registration: Registration,
    _place: Place,
}

/// What a connection still takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Intake {
    /// Bytes and requests.
    Open,
    /// The requests that are buffered: the peer sends no more.
    Buffered,
    /// Nothing; answers leave.
    Closed,
}

/// Why a connection ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Everything due was sent.
    Complete,
    /// Nothing happened for too long.
    Idle,
}

impl<S: Service> Connection<S> {
    pub(crate) fn open(parts: Parts<S>) -> Self {
        let session = parts.service.opened(&parts.peer);
        let id = parts.registration.id();
        Self {
            context: ConnectionContext::new(parts.peer, session),
            stream: parts.stream,
            intake: Intake::Open,
            inbox: Inbox::new(parts.pool, id, parts.limits.request_max_bytes),
            limits: parts.limits,
            ring: Ring::new(),
            answers: Answers::default(),
            abandoned: Vec::new(),
            woken: Vec::new(),
            timer: Timer::default(),
            active_at: parts.service.now(),
            starved: false,
            stop_noticed: false,
            service: parts.service,
            registration: parts.registration,
            _place: parts.place,
        }
    }

    /// Serves the connection until it ends.
    pub(crate) async fn run(mut self) {
        let ended = poll_fn(|cx| self.poll(cx)).await;
        let peer = self.context.peer();
        match ended {
            Ok(reason) => {
                tracing::debug!(connection = peer.id, peer = %peer.peer, ?reason, "connection ended")
            }
            Err(error) => {
                tracing::debug!(connection = peer.id, peer = %peer.peer, %error, "connection broke")
            }
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<End>> {
        let mut now = self.service.now();
        self.resume_woken(now, cx);
        self.notice_stop(now);
        for _ in 0..ROUNDS {
            self.resume_expired(now);
            match self.exchange(now, cx) {
                Ok(Exchange::Waiting) => {}
                Ok(Exchange::Complete) => return Poll::Ready(Ok(End::Complete)),
                Ok(Exchange::TurnOver) => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
            let (idle_at, deadline) = (self.idle_at(), self.ring.next_deadline());
            let Some(next) = deadline.or(idle_at) else {
                return Poll::Pending;
            };
            ready!(self.timer.poll(cx, now, next));
            now = self.service.now();
            if idle_at.is_some_and(|idle_at| idle_at <= now) {
                return Poll::Ready(Ok(End::Idle));
            }
        }
        // A service that parks again with a deadline in the past keeps no worker to itself.
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Moves bytes both ways and starts requests, until the peer or an answer is awaited.
    fn exchange(&mut self, now: Mono, cx: &mut Context<'_>) -> io::Result<Exchange> {
        let mut turn = Turn::default();
        self.starved = false;
        loop {
            self.start_requests(&mut turn);
            if self.send(cx)? {
                self.active_at = now;
            }
            if self.is_complete() {
                return Ok(Exchange::Complete);
            }
            if self.may_start_head() {
                if turn.is_over() {
                    return Ok(Exchange::TurnOver);
                }
                continue;
            }
            if !self.wants_bytes() {
                break;
            }
            match self.poll_read(cx) {
                Poll::Ready(Ok(0)) => self.intake = Intake::Buffered,
                Poll::Ready(Ok(_)) => self.active_at = now,
                Poll::Ready(Err(error)) => return Err(error),
                Poll::Pending => break,
            }
        }
        self.inbox.settle();
        Ok(Exchange::Waiting)
    }

    /// Starts what may start of the frames that have arrived.
    fn start_requests(&mut self, turn: &mut Turn) {
        let mut replies = Vec::new();
        while !turn.is_over() && self.may_start_head() {
            match self.inbox.head() {
                Head::Frame(_) => self.start(turn, &mut replies),
                Head::Refused(length) => {
                    let peer = self.context.peer();
                    tracing::info!(connection = peer.id, peer = %peer.peer, length,
                        "closing a connection that announced a frame of a bad length");
                    self.intake = Intake::Closed;
                }
                Head::Partial => break,
            }
        }
        if self.intake == Intake::Closed {
            self.inbox.clear();
        }
    }

    /// Whether what stands at the head of the inbox can be acted upon now.
    fn may_start_head(&self) -> bool {
        if self.intake == Intake::Closed || self.answers.unsent() > self.limits.unsent_bytes {
            return false;
        }
        match self.inbox.head() {
            Head::Frame(length) => {
                let frame = self.inbox.frame(length);
                self.ring.is_empty()
                    || self.ring.order() == Order::Pipelined
                        && self.service.order(frame) == Order::Pipelined
                        && self.ring.len() < self.limits.pipelined_requests
                        && self.fits_beside_waiting(length)
            }
            Head::Refused(_) => true,
            Head::Partial => false,
        }
    }

    fn fits_beside_waiting(&self, bytes: usize) -> bool {
        self.ring.is_empty()
            || self.ring.bytes().saturating_add(bytes) <= self.limits.pipelined_bytes
    }

    /// How many frames from the head on may start together: the one at the head, which may start, and
    /// those behind it that may start even if it waits.
    fn startable(&self, turn: &Turn) -> usize {
        let mut frames = self.inbox.frames();
        let Some(head) = frames.next() else {
            return 0;
        };
        let is_pipelined = |frame: &[u8]| self.service.order(frame) == Order::Pipelined;
        let room = self
            .limits
            .pipelined_requests
            .saturating_sub(self.ring.len());
        let room = room.min(TURN_FRAMES.saturating_sub(turn.frames));
        let (mut count, mut bytes) = (1, head.len());
        while count < room
            && let Some(next) = frames.next()
            && turn.bytes + bytes < TURN_BYTES
            && self.ring.bytes() + bytes + next.len() <= self.limits.pipelined_bytes
            && is_pipelined(head)
            && is_pipelined(next)
        {
            count += 1;
            bytes += next.len();
        }
        count
    }

    /// Has the service handle the frame at the head of the inbox, and those that start with it.
    fn start(&mut self, turn: &mut Turn, replies: &mut Vec<Reply<S::Parked>>) {
        let count = self.startable(turn);
        let (id, first) = (self.registration.id(), self.ring.next_sequence());
        let tokens = (first..).map(|sequence| wakers::token(id, sequence));
        let requests = tokens.zip(self.inbox.frames()).take(count);
        self.service
            .handle_each(&mut self.context, requests, replies);
        for reply in replies.drain(..) {
            let Head::Frame(length) = self.inbox.head() else {
                break;
            };
            turn.add(length);
            // Nothing asks for the order of a request that does not wait.
            let order = match reply {
                Reply::Parked { .. } => self.service.order(self.inbox.frame(length)),
                _ => Order::Pipelined,
            };
            self.inbox.consume(length);
            self.started(reply, length, order);
        }
    }

    /// Puts what became of a request that was started where its turn will come.
    fn started(&mut self, reply: Reply<S::Parked>, length: usize, order: Order) {
        if let Reply::Parked { parked, deadline } = reply {
            self.ring
                .push(State::Parked { parked, deadline }, length, order);
            return;
        }
        let (answer, intake) = conclude(reply, self.intake);
        self.intake = intake;
        if self.ring.is_empty() {
            self.ring.skip();
            if let Some(frame) = answer {
                self.answers.push(frame);
            }
        } else {
            self.ring.push(State::Answered(answer), length, order);
        }
    }

    /// Has the service go on with a parked request.
    fn resume(&mut self, index: usize, parked: S::Parked, cause: Resume, now: Mono) {
        let sequence = self.ring.sequence(index);
        self.context
            .set_token(wakers::token(self.registration.id(), sequence));
        self.active_at = now;
        let state = match self.service.resume(&mut self.context, parked, cause) {
            Reply::Parked { parked, deadline } => State::Parked { parked, deadline },
            reply => {
                if matches!(reply, Reply::Last(_) | Reply::Close) {
                    self.ring.cut_behind(index, &mut self.abandoned);
                }
                let (answer, intake) = conclude(reply, self.intake);
                self.intake = intake;
                State::Answered(answer)
            }
        };
        self.ring.put(index, state);
        while let Some(answer) = self.ring.pop_answered() {
            if let Some(frame) = answer {
                self.answers.push(frame);
            }
        }
    }

    fn resume_woken(&mut self, now: Mono, cx: &Context<'_>) {
        let mut woken = std::mem::take(&mut self.woken);
        self.registration.mailbox().collect(cx.waker(), &mut woken);
        for token in woken.drain(..) {
            if let Some((index, parked)) = self.ring.take_woken(token) {
                self.resume(index, parked, Resume::Woken, now);
            }
        }
        self.woken = woken;
    }

    /// Resumes what has waited long enough, each request once.
    fn resume_expired(&mut self, now: Mono) {
        for _ in 0..self.ring.len() {
            let Some((index, parked)) = self.ring.take_expired(now) else {
                break;
            };
            self.resume(index, parked, Resume::Expired, now);
        }
    }

    /// Takes in nothing more once the server stops, and tells those that wait.
    fn notice_stop(&mut self, now: Mono) {
        if self.stop_noticed || !self.registration.mailbox().is_stopping() {
            return;
        }
        self.stop_noticed = true;
        self.intake = Intake::Closed;
        self.inbox.clear();
        for sequence in self.ring.sequence(0)..self.ring.next_sequence() {
            if let Some((index, parked)) = self.ring.take_sequence(sequence) {
                self.resume(index, parked, Resume::Stopping, now);
            }
        }
    }

    /// Writes what the socket takes; tells whether that was anything.
    fn send(&mut self, cx: &mut Context<'_>) -> io::Result<bool> {
        let mut sent = 0;
        while !self.answers.is_empty() {
            if sent >= SENT_AT_ONCE {
                // Goes on after others of the same worker had their turn.
                cx.waker().wake_by_ref();
                break;
            }
            match self.answers.poll_write(&mut self.stream, cx) {
                Poll::Ready(Ok(0)) => return Err(io::ErrorKind::WriteZero.into()),
                Poll::Ready(Ok(bytes)) => sent += bytes,
                Poll::Ready(Err(error)) => return Err(error),
                Poll::Pending => break,
            }
        }
        Ok(sent > 0)
    }

    /// Whether to read on: no whole frame is buffered, and what is being read may lie here.
    fn wants_bytes(&self) -> bool {
        self.intake == Intake::Open
            && self.inbox.head() == Head::Partial
            && self.answers.unsent() <= self.limits.unsent_bytes
            && self.fits_beside_waiting(self.inbox.needed())
    }

    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        // Asked first, so that a buffer is taken only when there is something to put into it.
        ready!(self.stream.poll_read_ready(cx))?;
        let Some((buffer, room)) = self.inbox.room(cx.waker()) else {
            self.starved = true;
            return Poll::Pending;
        };
        let mut buffer = buffer.limit(room);
        pin!(self.stream.read_buf(&mut buffer)).poll(cx)
    }

    /// Whether all is sent that will ever be.
    fn is_complete(&self) -> bool {
        let nothing_to_start = match self.intake {
            Intake::Open => false,
            Intake::Buffered => self.inbox.head() == Head::Partial,
            Intake::Closed => true,
        };
        nothing_to_start && self.ring.is_empty() && self.answers.is_empty()
    }

    /// When the connection will have done nothing for too long. A waiting request has a time
    /// limit of its own.
    fn idle_at(&self) -> Option<Mono> {
        let within_frame = self.inbox.holds_bytes() && !self.starved && self.answers.is_empty();
        let allowed = if within_frame {
            self.limits.max_stall.min(self.limits.max_idle)
        } else {
            self.limits.max_idle
        };
        self.ring.is_empty().then(|| self.active_at + allowed)
    }
}

impl<S: Service> Drop for Connection<S> {
    fn drop(&mut self) {
        let mut parked = std::mem::take(&mut self.abandoned);
        parked.extend(self.ring.drain_parked());
        self.service.closed(&mut self.context, parked);
    }
}

/// The answer in a reply that ends its request, and what the connection takes in after it.
fn conclude<P>(reply: Reply<P>, intake: Intake) -> (Option<Frame>, Intake) {
    match reply {
        Reply::Ready(frame) => (Some(frame), intake),
        Reply::Last(frame) => (Some(frame), Intake::Closed),
        Reply::Close => (None, Intake::Closed),
        Reply::NoReply | Reply::Parked { .. } => (None, intake),
    }
}

/// How an exchange of bytes left the connection.
enum Exchange {
    /// For the peer, the pool, or a parked request.
    Waiting,
    /// Others of the same worker come first now.
    TurnOver,
    /// Everything was sent.
    Complete,
}

/// What a connection has done since its task was last scheduled.
#[derive(Debug, Default)]
struct Turn {
    frames: usize,
    bytes: usize,
}

impl Turn {
    fn add(&mut self, bytes: usize) {
        self.frames += 1;
        self.bytes += bytes;
    }

    fn is_over(&self) -> bool {
        self.frames >= TURN_FRAMES || self.bytes >= TURN_BYTES
    }
}

/// How often a connection looks at its deadlines before others of the same worker get their turn:
/// a timer that fired early is set again in the second round.
const ROUNDS: usize = 2;

/// Frames and bytes that a connection handles before others of the same worker get their turn.
const TURN_FRAMES: usize = 32;
const TURN_BYTES: usize = 256 * 1024;

/// Bytes that a connection sends before others of the same worker get their turn. Only a peer that
/// reads as fast as files are sent makes it count.
const SENT_AT_ONCE: usize = 4 * 1024 * 1024;
