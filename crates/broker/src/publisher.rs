//! The thread that follows the metadata.
//!
//! It makes and removes the logs that a new image demands, shows the image to the handlers, and lets the
//! controller's answers go, in this order: whoever is answered finds what was decided. Logs of a large
//! topic take seconds, which the thread that drives the quorum must not wait for. Logs that found no space are
//! tried again while the disk is full.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use ottla_node::{MetadataReply, Node, Output, QuorumOutput};
use ottla_types::{Mono, Offset};
use tracing::{error, info, warn};

use crate::{
    StartError,
    clock::Clock,
    dispatch::Dispatch,
    memory,
    metadata::{MetadataMessage, Started},
};

/// How long until partitions that found no space are tried again.
const SPACE_AGAIN: Duration = Duration::from_secs(1);

/// What the thread is told.
#[derive(Debug)]
enum News {
    /// Something that the quorum brought forth.
    Of(QuorumOutput),
    /// The quorum waits to hear that what came before was taken up.
    Tell,
    /// The broker is unfenced.
    Running,
}

/// The running thread, as the one that drives the quorum sees it. It ends when this is dropped, after
/// what it was told before.
#[derive(Debug)]
pub(crate) struct Publisher {
    news: Sender<News>,
    published: Arc<AtomicI64>,
}

impl Publisher {
    pub(crate) fn start(
        node: &Arc<Node>,
        clock: Clock,
        dispatch: Dispatch,
        started: Started,
    ) -> Result<(Self, JoinHandle<()>), StartError> {
        let (news, received) = unbounded();
        let published = Arc::new(AtomicI64::new(Offset::NONE.0));
        let follower = Follower {
            node: Arc::clone(node),
            clock,
            dispatch,
            published: Arc::clone(&published),
            started: Some(started),
        };
        let thread = std::thread::Builder::new()
            .name("publisher".to_owned())
            .spawn(move || follower.run(&received))
            .map_err(StartError::system("start the publisher thread"))?;
        Ok((Self { news, published }, thread))
    }

    /// Offset of the last record that the node follows.
    pub(crate) fn published(&self) -> Offset {
        Offset(self.published.load(Ordering::Acquire))
    }

    /// Hands on what a turn of the quorum brought forth. With `tell`, the quorum hears when that was taken
    /// up.
    pub(crate) fn take(&self, outputs: Vec<QuorumOutput>, tell: bool) {
        let is_image = |output: &QuorumOutput| matches!(output, QuorumOutput::Publish(_));
        let tell = tell && outputs.iter().any(is_image);
        let news = outputs.into_iter().map(News::Of);
        for news in news.chain(tell.then_some(News::Tell)) {
            // It ends only after this.
            drop(self.news.send(news));
        }
    }

    /// The broker is unfenced: once what came before was taken up, it has started.
    pub(crate) fn running(&self) {
        drop(self.news.send(News::Running));
    }
}

struct Follower {
    node: Arc<Node>,
    clock: Clock,
    dispatch: Dispatch,
    published: Arc<AtomicI64>,
    started: Option<Started>,
}

impl Follower {
    fn run(mut self, news: &Receiver<News>) {
        // When partitions that found no space are tried again. What is heard meanwhile does not put it off.
        let mut again: Option<Mono> = None;
        loop {
            let received = match again {
                None => news.recv().map_err(RecvTimeoutError::from),
                Some(_) => news.recv_timeout(self.clock.until(again, SPACE_AGAIN)),
            };
            let mut out = Vec::new();
            match received {
                Ok(news) => self.take(news, &mut out),
                Err(RecvTimeoutError::Timeout) => {
                    again = None;
                    self.make_unmade(&mut out);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.dispatch.carry_out(out);
            let next = || self.clock.mono() + SPACE_AGAIN;
            let has_unmade = self.node.has_unmade();
            again = has_unmade.then(|| again.unwrap_or_else(next));
        }
    }

    fn make_unmade(&self, out: &mut Vec<Output>) {
        for fault in self.node.make_unmade(self.clock.now(), out) {
            warn!("{fault}");
        }
        if !self.node.has_unmade() {
            info!("No partition lacks space any more.");
        }
    }

    fn take(&mut self, news: News, out: &mut Vec<Output>) {
        match news {
            News::Of(QuorumOutput::Publish(image)) => {
                let offset = image.position().offset;
                for fault in self.node.publish(self.clock.now(), image, out) {
                    warn!("{fault}");
                }
                for cut in self.node.directories().take_cuts() {
                    warn!("{cut}");
                }
                self.published.store(offset.0, Ordering::Release);
            }
            News::Of(QuorumOutput::Replied(token, reply)) => {
                self.node.controller_replied(token, reply, out);
            }
            News::Of(QuorumOutput::Registered(epoch)) => self.node.set_broker_epoch(epoch),
            News::Of(QuorumOutput::Leader(id)) => self.node.set_active_controller(id),
            News::Of(QuorumOutput::Conflict(fault)) => {
                error!("Another member of the quorum contradicts what is known: {fault:?}");
            }
            News::Tell => {
                drop(self.dispatch.metadata.send(MetadataMessage::Published));
            }
            News::Running => {
                if let Some(started) = self.started.take() {
                    info!("The broker has been unfenced. Transitioning from RECOVERY to RUNNING.");
                    memory::give_back();
                    started.send(()).unwrap_or_default();
                }
            }
        }
    }
}

/// Whether the answer says nothing of the image, so that it need not wait for one.
pub(crate) const fn is_independent(output: &QuorumOutput) -> bool {
    use MetadataReply::{ProducerIds, Quorum};
    matches!(output, QuorumOutput::Replied(_, ProducerIds(_) | Quorum(_)))
}
