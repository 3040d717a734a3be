//! The thread that drives this node's part in the metadata quorum.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use ottla_node::{MetadataLogError, MetadataRequest, Node, Quorum, QuorumOutput};
use ottla_types::Uuid;
use tracing::{error, info, warn};

use crate::{StartError, clock::Clock, dispatch::Dispatch};

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
    /// Take leave of the controller; then end.
    ShutDown,
}

/// The running thread.
#[derive(Debug)]
pub(crate) struct MetadataThread {
    thread: JoinHandle<()>,
}

/// Told once the broker is unfenced, and never if the thread ends before.
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
        let driver = Driver {
            node: Arc::clone(node),
            quorum,
            clock,
            dispatch,
            started: Some(started),
            leaving: false,
        };
        let thread = std::thread::Builder::new()
            .name("metadata".to_owned())
            .spawn(move || driver.run(&messages))
            .map_err(StartError::system("start the metadata thread"))?;
        Ok(Self { thread })
    }

    /// Waits until the thread has taken leave and ended.
    pub(crate) fn join(self) {
        drop(self.thread.join());
    }
}

struct Driver {
    node: Arc<Node>,
    quorum: Quorum,
    clock: Clock,
    dispatch: Dispatch,
    started: Option<Started>,
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
            MetadataMessage::ShutDown => {
                self.quorum.shut_down();
                self.leaving = true;
                Ok(())
            }
        }
    }

    fn turn(&mut self) -> Result<(), MetadataLogError> {
        let now = self.clock.now();
        let mut out = Vec::new();
        for output in self.quorum.turn(now)? {
            match output {
                QuorumOutput::Publish(image) => {
                    for fault in self.node.publish(now, image, &mut out) {
                        warn!("{fault}");
                    }
                    for cut in self.node.directories().take_cuts() {
                        warn!("{cut}");
                    }
                }
                QuorumOutput::Replied(token, reply) => {
                    self.node.controller_replied(token, reply, &mut out);
                }
                QuorumOutput::Registered(epoch) => self.node.set_broker_epoch(epoch),
                QuorumOutput::Leader(id) => self.node.set_active_controller(id),
                QuorumOutput::Conflict(fault) => {
                    error!("Another member of the quorum contradicts what is known: {fault:?}");
                }
            }
        }
        self.dispatch.carry_out(out);
        if self.quorum.is_running()
            && let Some(started) = self.started.take()
        {
            info!("The broker has been unfenced. Transitioning from RECOVERY to RUNNING.");
            started.send(()).unwrap_or_default();
        }
        Ok(())
    }
}
