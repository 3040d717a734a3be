//! One request as its handler sees it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use ottla_metadata::{Broker, CreateTopics, Image, NewTopic};
use ottla_protocol::{ApiKey, Response};
use ottla_types::{BrokerId, Mono, Now, RequestToken, Saturate};

use crate::{
    metadata_thread::{MetadataCommand, MetadataRequest},
    node::Node,
    output::{Output, Parked, Reply},
    parked::Waiting,
    topics::OFFSETS_TOPIC,
};

/// What a node needs to know of the connection a request came on.
#[derive(Clone, Debug)]
pub struct ConnectionFacts {
    /// Name of the listener.
    pub listener: Arc<str>,
    /// Whether the listener is a controller's.
    pub is_controller: bool,
    /// Address on this side.
    pub local: SocketAddr,
    /// Address of the client.
    pub peer: SocketAddr,
}

/// What a response needs to know of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) api_key: ApiKey,
    pub(crate) version: i16,
    pub(crate) correlation_id: i32,
}

impl Envelope {
    /// Encodes `response`. A response that cannot be expressed at the request's version is a fault
    /// of ours; the peer sees the connection close rather than bytes it cannot read.
    pub(crate) fn respond<R: Response>(&self, response: &R) -> Reply {
        ottla_protocol::encode_response(self.version, self.correlation_id, response)
            .map_or(Reply::Close, Reply::Ready)
    }
}

/// A request in the hands of its handler.
pub(crate) struct Call<'c> {
    pub(crate) node: &'c Node,
    pub(crate) now: Now,
    pub(crate) connection: &'c ConnectionFacts,
    /// Names this request to whoever may wake it.
    pub(crate) token: RequestToken,
    pub(crate) envelope: Envelope,
    pub(crate) client_id: &'c str,
    pub(crate) out: &'c mut Vec<Output>,
}

impl Call<'_> {
    pub(crate) const fn version(&self) -> i16 {
        self.envelope.version
    }

    pub(crate) fn listener(&self) -> &str {
        &self.connection.listener
    }

    pub(crate) const fn is_controller_listener(&self) -> bool {
        self.connection.is_controller
    }

    pub(crate) fn respond<R: Response>(&self, response: &R) -> Reply {
        self.envelope.respond(response)
    }

    pub(crate) fn park(&self, deadline: Option<Mono>, waiting: Waiting) -> Reply {
        Reply::Parked(Parked {
            token: self.token,
            deadline,
            envelope: self.envelope,
            waiting,
        })
    }

    /// Parks the request until the controller has decided `command`, or `timeout_ms` have passed.
    pub(crate) fn ask_controller(&mut self, command: MetadataCommand, timeout_ms: i32) -> Reply {
        let timeout_ms: u64 = timeout_ms.saturate();
        self.node.await_controller(self.token);
        let deadline = self.now.mono + Duration::from_millis(timeout_ms);
        let waiting = Waiting::Controller(Box::new(command.clone()));
        self.out.push(Output::Metadata(MetadataRequest {
            token: Some(self.token),
            command,
        }));
        self.park(Some(deadline), waiting)
    }

    /// Has the controller make a topic that a client mentioned, unless that is under way already.
    pub(crate) fn create_topic_soon(&mut self, name: &str) {
        if !self.node.note_creation(name) {
            return;
        }
        let topic = if name == OFFSETS_TOPIC {
            self.node.offsets_topic()
        } else {
            NewTopic {
                name: name.to_owned(),
                num_partitions: -1,
                replication_factor: -1,
                assignments: Vec::new(),
                configs: Vec::new(),
            }
        };
        let command = MetadataCommand::CreateTopics(CreateTopics {
            topics: vec![topic],
            validate_only: false,
        });
        self.out.push(Output::Metadata(MetadataRequest {
            token: None,
            command,
        }));
    }

    /// Host and port under which clients of this listener reach `broker`.
    ///
    /// A listener bound to every address and advertised by nobody is reached, in a cluster of one,
    /// at the address that this connection came to.
    pub(crate) fn advertised(&self, image: &Image, broker: &Broker) -> Option<(String, i32)> {
        let endpoint = broker.listener(self.listener())?;
        let alone = broker.id == self.node.node_id() && is_only_broker(image, broker.id);
        if alone && self.node.advertises_local_address(self.listener()) {
            return Some((self.connection.local.ip().to_string(), endpoint.port.into()));
        }
        Some((endpoint.host.clone(), endpoint.port.into()))
    }
}

fn is_only_broker(image: &Image, id: BrokerId) -> bool {
    image.cluster().brokers().all(|broker| broker.id == id)
}
