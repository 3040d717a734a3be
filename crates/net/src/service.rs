//! What a server serves.

use std::{net::SocketAddr, sync::Arc};

use ottla_types::{Mono, RequestToken};
use ottla_wire::Frame;

/// The brain behind the connections.
///
/// Every method is called from a connection's task and must not block for long: other connections
/// of the same worker wait meanwhile.
pub trait Service: Send + Sync + 'static {
    /// What the service keeps per connection.
    type Session: Send;
    /// A request that waits. Its connection owns it.
    type Parked: Send;

    /// The clock on which the deadlines of parked requests are measured.
    fn now(&self) -> Mono;

    /// A connection was accepted.
    fn opened(&self, peer: &Peer) -> Self::Session;

    /// A request arrived; `frame` is without its length prefix and may be empty.
    fn handle(
        &self,
        connection: &mut ConnectionContext<Self::Session>,
        frame: &[u8],
    ) -> Reply<Self::Parked>;

    /// Requests arrived one behind the other and start together, each with its token: all are
    /// [`Order::Pipelined`], or it is one alone. Adds a reply for each, in order, up to the first that
    /// closes the connection; those behind that one are not started. The default handles one after the
    /// other.
    fn handle_each<'f>(
        &self,
        connection: &mut ConnectionContext<Self::Session>,
        requests: impl Iterator<Item = (RequestToken, &'f [u8])>,
        replies: &mut Vec<Reply<Self::Parked>>,
    ) {
        for (token, frame) in requests {
            connection.set_token(token);
            let reply = self.handle(connection, frame);
            let closes = matches!(reply, Reply::Last(_) | Reply::Close);
            replies.push(reply);
            if closes {
                return;
            }
        }
    }

    /// A parked request was woken, its deadline passed, or the server stops. The context carries
    /// the token that the request had when it was parked; it may be parked again.
    fn resume(
        &self,
        connection: &mut ConnectionContext<Self::Session>,
        parked: Self::Parked,
        cause: Resume,
    ) -> Reply<Self::Parked>;

    /// When this request may start. The default knows Produce, API key 0.
    fn order(&self, frame: &[u8]) -> Order {
        match frame {
            [0, 0, ..] => Order::Pipelined,
            _ => Order::InTurn,
        }
    }

    /// The connection ended; `parked` holds what still waited. The default drops both.
    fn closed(&self, connection: &mut ConnectionContext<Self::Session>, parked: Vec<Self::Parked>) {
        drop(parked);
        let _ = connection;
    }
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Reply<P> {
    /// Send this, length prefix included.
    Ready(Frame),
    /// Send this, then close the connection.
    Last(Frame),
    /// The request has no answer.
    NoReply,
    /// Close without an answer, once the answers of earlier requests have left.
    Close,
    /// Keep this until its token is woken or `deadline` passes, then resume it.
    Parked {
        /// What the service needs to go on.
        parked: P,
        /// When to resume without having been woken. One that has passed resumes at once.
        deadline: Option<Mono>,
    },
}

/// Why a parked request is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Its token was woken.
    Woken,
    /// Its deadline passed.
    Expired,
    /// The server stops: answer now if there is an answer, park again if one will come within
    /// [`Limits::drain`](crate::Limits::drain).
    Stopping,
}

/// When a request may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Beside earlier requests that are [`Order::Pipelined`] too and wait.
    Pipelined,
    /// When every earlier request is answered.
    InTurn,
}

/// Who is at the other end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Number of the connection, unique among those that share their [`Wakers`](crate::Wakers).
    pub id: u64,
    /// Name of the listener that accepted it.
    pub listener: Arc<str>,
    /// The peer's address.
    pub peer: SocketAddr,
    /// The address the peer connected to.
    pub local: SocketAddr,
}

/// A connection as the service sees it.
#[derive(Debug)]
pub struct ConnectionContext<S> {
    /// The service's own state.
    pub session: S,
    peer: Peer,
    token: RequestToken,
}

impl<S> ConnectionContext<S> {
    pub(crate) fn new(peer: Peer, session: S) -> Self {
        Self {
            session,
            peer,
            token: RequestToken(0),
        }
    }

    /// Who is at the other end.
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// Names the request in hand for [`Wakers::wake`](crate::Wakers::wake), already while it is
    /// handled: a wake that comes before the request is parked is not lost.
    pub fn token(&self) -> RequestToken {
        self.token
    }

    pub(crate) fn set_token(&mut self, token: RequestToken) {
        self.token = token;
    }
}
