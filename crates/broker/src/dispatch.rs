//! Where the node's orders go.

use crossbeam_channel::Sender;
use ottla_net::Wakers;
use ottla_node::Output;
use ottla_types::Mono;

use crate::{metadata::MetadataMessage, work::Job};

/// The ways out of the node. Sending never blocks; what is sent to a thread that has ended is
/// dropped, since the node is stopping then.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    pub(crate) wakers: Wakers,
    pub(crate) jobs: Sender<Job>,
    pub(crate) metadata: Sender<MetadataMessage>,
    pub(crate) deadlines: Sender<Mono>,
}

impl Dispatch {
    pub(crate) fn carry_out(&self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Wake(token) => self.wakers.wake(token),
                Output::Sync(partition) => drop(self.jobs.send(Job::Sync(partition))),
                Output::LoadCoordinator(partition) => {
                    drop(self.jobs.send(Job::Load(partition)));
                }
                Output::Metadata(request) => {
                    drop(self.metadata.send(MetadataMessage::Request(request)));
                }
                Output::Tick(deadline) => drop(self.deadlines.send(deadline)),
            }
        }
    }
}
