//! A service that does what each frame says, and tells what it did.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, mpsc::Sender},
    time::Duration,
};

use ottla_net::{ConnectionContext, Peer, Reply, Resume, Service, Wakers};
use ottla_types::{Mono, RequestToken};
use ottla_wire::{Frame, Writer};

/// What a frame says: two bytes of API key, one of these, then a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(crate) enum Verb {
    Echo = 0,
    NoReply,
    Last,
    Close,
    Panic,
    /// Answers with as many bytes as the text's number says.
    Large,
    /// Answers with the next frame that the test prepared.
    Prepared,
    /// Parks, and answers when woken. Stopping is answered with "stopping".
    Park,
    /// As `Park`, but parks again when stopping.
    ParkOn,
    /// Parks twice.
    ParkTwice,
    /// Parks, and closes when woken.
    ParkThenClose,
    /// Is woken before it parks.
    WokenEarly,
    /// Parks for a millisecond; answers "expired".
    ParkBriefly,
}

const VERBS: [Verb; 13] = [
    Verb::Echo,
    Verb::NoReply,
    Verb::Last,
    Verb::Close,
    Verb::Panic,
    Verb::Large,
    Verb::Prepared,
    Verb::Park,
    Verb::ParkOn,
    Verb::ParkTwice,
    Verb::ParkThenClose,
    Verb::WokenEarly,
    Verb::ParkBriefly,
];

/// What the service did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Opened,
    Handled(String),
    Parked(String, RequestToken),
    Resumed(String, Resume),
    /// With so many requests that wait.
    Closed(usize),
}

#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) wakers: Wakers,
    pub(crate) events: Sender<Event>,
    pub(crate) started: tokio::time::Instant,
    pub(crate) prepared: Prepared,
}

/// Answers to give, in order.
pub(crate) type Prepared = Arc<Mutex<VecDeque<Frame>>>;

#[derive(Debug)]
pub(crate) struct Parked {
    verb: Verb,
    text: String,
}

impl Script {
    fn tell(&self, event: Event) {
        // A test that has seen enough listens no more.
        drop(self.events.send(event));
    }
}

impl Service for Script {
    type Session = RequestToken;
    type Parked = Parked;

    fn now(&self) -> Mono {
        Mono(0) + self.started.elapsed()
    }

    fn opened(&self, peer: &Peer) -> RequestToken {
        assert_eq!((&*peer.listener, peer.id > 0), ("TEST", true));
        self.tell(Event::Opened);
        RequestToken(0)
    }

    fn handle(
        &self,
        connection: &mut ConnectionContext<RequestToken>,
        frame: &[u8],
    ) -> Reply<Parked> {
        let verb = VERBS[usize::from(frame[2])];
        let text = String::from_utf8(frame[3..].to_vec()).expect("text");
        let token = connection.token();
        assert_ne!(token, connection.session, "tokens differ");
        connection.session = token;
        if verb >= Verb::Park {
            self.tell(Event::Parked(text.clone(), token));
        } else {
            self.tell(Event::Handled(text.clone()));
        }
        match verb {
            Verb::Echo => Reply::Ready(answer(text.as_bytes())),
            Verb::NoReply => Reply::NoReply,
            Verb::Last => Reply::Last(answer(text.as_bytes())),
            Verb::Close => Reply::Close,
            Verb::Panic => panic!("as the test asked"),
            Verb::Large => Reply::Ready(answer(&vec![7; text.parse().expect("a size")])),
            Verb::Prepared => {
                let next = self.prepared.lock().expect("no panic").pop_front();
                Reply::Ready(next.expect("a frame"))
            }
            Verb::WokenEarly => {
                self.wakers.wake(token);
                park(verb, text, None)
            }
            Verb::ParkBriefly => park(verb, text, Some(self.now() + Duration::from_millis(1))),
            Verb::Park | Verb::ParkOn | Verb::ParkTwice | Verb::ParkThenClose => {
                park(verb, text, None)
            }
        }
    }

    fn resume(
        &self,
        connection: &mut ConnectionContext<RequestToken>,
        parked: Parked,
        cause: Resume,
    ) -> Reply<Parked> {
        let Parked { verb, text } = parked;
        self.tell(Event::Resumed(text.clone(), cause));
        match (verb, cause) {
            (Verb::ParkThenClose, Resume::Woken) => Reply::Close,
            (Verb::ParkTwice, _) => {
                self.tell(Event::Parked(text.clone(), connection.token()));
                park(Verb::Park, text, None)
            }
            (_, Resume::Woken) => Reply::Ready(answer(text.as_bytes())),
            (_, Resume::Expired) => Reply::Ready(answer(b"expired")),
            (Verb::ParkOn, Resume::Stopping) => park(verb, text, None),
            (_, Resume::Stopping) => Reply::Ready(answer(b"stopping")),
        }
    }

    fn closed(&self, _: &mut ConnectionContext<RequestToken>, parked: Vec<Parked>) {
        self.tell(Event::Closed(parked.len()));
    }
}

fn park(verb: Verb, text: String, deadline: Option<Mono>) -> Reply<Parked> {
    let parked = Parked { verb, text };
    Reply::Parked { parked, deadline }
}

fn answer(body: &[u8]) -> Frame {
    let mut writer = Writer::with_length_prefix();
    writer.put_slice(body);
    writer.into_frame()
}
