//! From frames to handlers.

use std::borrow::Cow;

use ottla_protocol::{ApiKey, messages::ProduceRequest, parse_request};
use ottla_types::{Now, RequestToken};
use ottla_wire::Reader;

use crate::{
    api::{
        self, api_versions,
        produce::{Asker, Group},
    },
    call::{Call, ConnectionFacts, Envelope},
    node::Node,
    output::{Output, Reply},
};

/// A frame that was looked into.
enum Opened<'f> {
    Produce(Envelope, Cow<'f, str>, ProduceRequest<'f>),
    Other(Other<'f>),
}

/// A request with its client's id and its body, or the reply to what is no request.
type Other<'f> = Result<(Envelope, Cow<'f, str>, Reader<'f>), Reply>;

impl Node {
    /// Answers one request frame (without its length prefix), or parks it under `token`.
    pub fn handle(
        &self,
        now: Now,
        connection: &ConnectionFacts,
        token: RequestToken,
        frame: &[u8],
        out: &mut Vec<Output>,
    ) -> Reply {
        let mut replies = Vec::with_capacity(1);
        self.handle_each(now, connection, [(token, frame)], out, &mut replies);
        replies.pop().unwrap_or(Reply::Close)
    }

    /// Answers request frames of one connection in order, or parks each under its token. Adds a reply
    /// for each, up to the first that closes the connection; what comes after it is not looked at.
    ///
    /// Produce requests that follow one another are appended together.
    pub fn handle_each<'f>(
        &self,
        now: Now,
        connection: &ConnectionFacts,
        requests: impl IntoIterator<Item = (RequestToken, &'f [u8])>,
        out: &mut Vec<Output>,
        replies: &mut Vec<Reply>,
    ) {
        let mut group = Group::new(self, now, connection);
        for (token, frame) in requests {
            let other = match open(connection, frame) {
                Opened::Produce(envelope, client_id, request) => {
                    let asker = Asker {
                        token,
                        envelope,
                        client_id: &client_id,
                    };
                    if group.add(asker, request) {
                        continue;
                    }
                    None
                }
                Opened::Other(other) => Some(other),
            };
            group.finish(out, replies);
            if let Some(other) = other.filter(|_| !is_closed(replies)) {
                replies.push(self.answer(now, connection, token, other, out));
            }
            if is_closed(replies) {
                return;
            }
        }
        group.finish(out, replies);
    }

    fn answer(
        &self,
        now: Now,
        connection: &ConnectionFacts,
        token: RequestToken,
        other: Other<'_>,
        out: &mut Vec<Output>,
    ) -> Reply {
        let (envelope, client_id, mut reader) = match other {
            Ok(request) => request,
            Err(reply) => return reply,
        };
        let mut call = Call {
            node: self,
            now,
            connection,
            token,
            envelope,
            client_id: &client_id,
            out,
        };
        api::dispatch(&mut call, &mut reader)
    }
}

fn open<'f>(connection: &ConnectionFacts, frame: &'f [u8]) -> Opened<'f> {
    let Ok((header, mut reader)) = parse_request(frame) else {
        return Opened::Other(Err(Reply::Close));
    };
    let envelope = Envelope {
        api_key: ApiKey(header.request_api_key),
        version: header.request_api_version,
        correlation_id: header.correlation_id,
    };
    if !api::is_served(envelope.api_key, envelope.version, connection.is_controller) {
        return Opened::Other(Err(if envelope.api_key == ApiKey::API_VERSIONS {
            api_versions::unsupported(envelope.correlation_id)
        } else {
            Reply::Close
        }));
    }
    let client_id = header.client_id.unwrap_or_default();
    if envelope.api_key != ApiKey::PRODUCE {
        return Opened::Other(Ok((envelope, client_id, reader)));
    }
    match ProduceRequest::decode(&mut reader, envelope.version) {
        Ok(request) => Opened::Produce(envelope, client_id, request),
        Err(_) => Opened::Other(Err(Reply::Close)),
    }
}

fn is_closed(replies: &[Reply]) -> bool {
    matches!(replies.last(), Some(Reply::Close))
}
