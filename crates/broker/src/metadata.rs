//! The thread that drives this node's part in the metadata quorum.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use ottla_node::{MetadataLogError, MetadataRequest, Node, Quorum, QuorumOutput};
use ottla_types::Uuid;
use tracing::error;

use crate::{
    StartError,
    clock::Clock,
    dispatch::Dispatch,
    publisher::{Publisher, is_independent},
};

/// Longest sleep when nothing is due.
const LONGEST: Duration = Duration::from_secs(1);
/// Most requests whose records share a sync.
const GROUP: usize = 256;

/// What the metadata thread is told.
#[derive(Debug)]
pub(crate) enum MetadataMessage {
    /// A command for the controller.
    Request(MetadataRequest),
    /// A log directory of this id failed.
    DirectoryFailed(Uuid),
    /// The newest image was published.
    Published,
    /// Take leave of the controller; then end.
    ShutDown,
}

/// The running thread, and the one that follows what it decides.
#[derive(Debug)]
pub(crate) struct MetadataThread {
    thread: JoinHandle<()>,
    publisher: JoinHandle<()>,
}

/// Told once the broker is unfenced, and never if the threads end before.
pub(crate) type Started = Sender<()>;

impl MetadataThread {
    pub(crate) fn start(
        node: &Arc<Node>,
        quorum: Quorum,
        clock: Clock,
        dispatch: Dispatch,
        messages: Receiver<MetadataMessage>,
        started: Started,
    ) -> Result<Self, StartError> {
        let (follower, publisher) = Publisher::start(node, clock, dispatch.clone(), started)?;
        let driver = Driver {
            node: Arc::clone(node),
            quorum,
            clock,
            dispatch,
            publisher: follower,
            has_started: false,
            leaving: false,
        };
        let thread = std::thread::Builder::new()
            .name("metadata".to_owned())
            .spawn(move || driver.run(&messages))
            .map_err(StartError::system("start the metadata thread"))?;
        Ok(Self { thread, publisher })
    }

    /// Waits until the thread has taken leave and ended, and what it decided was taken up.
    pub(crate) fn join(self) {
        drop(self.thread.join());
        drop(self.publisher.join());
    }
}

struct Driver {
    node: Arc<Node>,
    quorum: Quorum,
    clock: Clock,
    dispatch: Dispatch,
    publisher: Publisher,
    has_started: bool,
    leaving: bool,
}

impl Driver {
    fn run(mut self, messages: &Receiver<MetadataMessage>) {
        if let Err(fault) = self.drive(messages) {
            // Nothing may be decided on a log that fails: the process has to end, as Apache's does.
            error!("Encountered fatal fault: the metadata log has failed: {fault}");
            self.dispatch.failed.send_replace(true);
        }
    }

    fn drive(&mut self, messages: &Receiver<MetadataMessage>) -> Result<(), MetadataLogError> {
        loop {
            self.turn()?;
            if self.leaving && self.quorum.has_left() {
                return Ok(());
            }
            let wait = self.clock.until(self.quorum.next_deadline(), LONGEST);
            match messages.recv_timeout(wait) {
                Ok(message) => {
                    let more = messages.try_iter().take(GROUP);
                    for message in std::iter::once(message).chain(more) {
                        self.take(message)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn take(&mut self, message: MetadataMessage) -> Result<(), MetadataLogError> {
        match message {
            MetadataMessage::Request(request) => self.quorum.submit(self.clock.now(), request),
            MetadataMessage::DirectoryFailed(id) => {
                self.quorum.directory_failed(self.clock.now(), id);
                Ok(())
            }
            // Every turn looks how far that is.
            MetadataMessage::Published => Ok(()),
            MetadataMessage::ShutDown => {
                self.quorum.shut_down();
                self.leaving = true;
                Ok(())
            }
        }
    }

    fn turn(&mut self) -> Result<(), MetadataLogError> {
        self.quorum.published(self.publisher.published());
        self.quorum.cordon(self.node.directories().cordoned());
        let outputs = self.quorum.turn(self.clock.now())?;
        let (at_once, in_turn): (Vec<_>, Vec<_>) = outputs.into_iter().partition(is_independent);
        let mut out = Vec::new();
        for output in at_once {
            if let QuorumOutput::Replied(token, reply) = output {
                self.node.controller_replied(token, reply, &mut out);
            }
        }
        self.dispatch.carry_out(out);
        let is_running = self.quorum.is_running();
        self.publisher.take(in_turn, !is_running);
        if is_running && !self.has_started {
            self.has_started = true;
            self.publisher.running();
        }
        Ok(())
    }
}
