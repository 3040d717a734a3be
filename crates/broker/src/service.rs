//! The node as a service of the connections.

use std::sync::Arc;

use ottla_net::{ConnectionContext, Peer, Reply as NetReply, Resume, Service};
use ottla_node::{ConnectionFacts, Node, Parked, Reply};
use ottla_types::{Mono, RequestToken};

use crate::{clock::Clock, dispatch::Dispatch};

/// What connections talk to.
#[derive(Debug)]
pub(crate) struct NodeService {
    pub(crate) node: Arc<Node>,
    pub(crate) clock: Clock,
    pub(crate) dispatch: Dispatch,
    pub(crate) controller_listeners: Vec<String>,
}

impl NodeService {
    fn reply(reply: Reply) -> NetReply<Parked> {
        match reply {
            Reply::Ready(frame) => NetReply::Ready(frame),
            Reply::NoReply => NetReply::NoReply,
            Reply::Close => NetReply::Close,
            Reply::Parked(parked) => {
                let deadline = parked.deadline();
                NetReply::Parked { parked, deadline }
            }
        }
    }
}

impl Service for NodeService {
    type Session = ConnectionFacts;
    type Parked = Parked;

    fn now(&self) -> Mono {
        self.clock.mono()
    }

    fn opened(&self, peer: &Peer) -> ConnectionFacts {
        ConnectionFacts {
            is_controller: self
                .controller_listeners
                .iter()
                .any(|name| **name == *peer.listener),
            listener: Arc::clone(&peer.listener),
            local: peer.local,
            peer: peer.peer,
        }
    }

    fn handle(
        &self,
        connection: &mut ConnectionContext<ConnectionFacts>,
        frame: &[u8],
    ) -> NetReply<Parked> {
        let mut replies = Vec::with_capacity(1);
        let request = (connection.token(), frame);
        self.handle_each(connection, std::iter::once(request), &mut replies);
        replies.pop().unwrap_or(NetReply::Close)
    }

    fn handle_each<'f>(
        &self,
        connection: &mut ConnectionContext<ConnectionFacts>,
        requests: impl Iterator<Item = (RequestToken, &'f [u8])>,
        replies: &mut Vec<NetReply<Parked>>,
    ) {
        let (mut out, mut decided) = (Vec::new(), Vec::new());
        let now = self.clock.now();
        self.node
            .handle_each(now, &connection.session, requests, &mut out, &mut decided);
        self.dispatch.carry_out(out);
        replies.extend(decided.into_iter().map(Self::reply));
    }

    fn resume(
        &self,
        connection: &mut ConnectionContext<ConnectionFacts>,
        parked: Parked,
        cause: Resume,
    ) -> NetReply<Parked> {
        let mut out = Vec::new();
        let stopping = cause == Resume::Stopping;
        let now = self.clock.now();
        let reply = self
            .node
            .resume(now, &connection.session, parked, stopping, &mut out);
        self.dispatch.carry_out(out);
        Self::reply(reply)
    }

    fn closed(&self, _connection: &mut ConnectionContext<ConnectionFacts>, parked: Vec<Parked>) {
        for parked in parked {
            self.node.cancel(parked);
        }
    }
}
