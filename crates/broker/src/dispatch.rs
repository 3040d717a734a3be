//! Where the node's orders go.

use std::sync::Arc;

use crossbeam_channel::Sender;
use ottla_net::Wakers;
use ottla_node::{FailedDirectory, Output, Partition};
use ottla_types::Mono;
use tokio::sync::watch;
use tracing::{error, warn};

use crate::{error::with_causes, metadata::MetadataMessage, queue::Queue, work::Job};

/// The ways out of the node. Sending never blocks; what is sent to a thread that has ended is
/// dropped, since the node is stopping then.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    pub(crate) wakers: Wakers,
    pub(crate) jobs: Queue<Job>,
    pub(crate) metadata: Sender<MetadataMessage>,
    pub(crate) deadlines: Sender<Mono>,
    pub(crate) moves: Sender<()>,
    /// Partitions whose index entries are to be shown.
    pub(crate) unshown: Sender<Arc<Partition>>,
    /// Set when the process has to end.
    pub(crate) failed: watch::Sender<bool>,
}

impl Dispatch {
    pub(crate) fn carry_out(&self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Wake(token) => self.wakers.wake(token),
                Output::Sync(partition) => self.jobs.put(Job::Sync(partition)),
                Output::LogFailed(partition) => self.jobs.put(Job::Failed(partition)),
                Output::ShowIndex(partition) => drop(self.unshown.send(partition)),
                // A wish that finds the channel full finds the threads awake.
                Output::Move => drop(self.moves.try_send(())),
                Output::DirectoryFailed(failed) => self.directory_failed(&failed),
                Output::LoadCoordinator(partition) => self.jobs.put(Job::Load(partition)),
                Output::Metadata(request) => {
                    drop(self.metadata.send(MetadataMessage::Request(request)));
                }
                Output::Tick(deadline) => drop(self.deadlines.send(deadline)),
            }
        }
    }

    fn directory_failed(&self, failed: &FailedDirectory) {
        let path = failed.path.display();
        let names = failed.partitions.iter().map(|partition| {
            let (topic, index) = (partition.topic(), partition.index());
            format!("{topic}-{}", index.0)
        });
        let names: Vec<String> = names.collect();
        error!("Error in log dir {path}: {}", with_causes(&failed.cause));
        warn!(
            "Stopping serving replicas in dir {path} with uuid {} because the log directory has failed.",
            failed.id
        );
        warn!(
            "Stopped serving the partitions {} because they are in the failed log directory {path}.",
            names.join(",")
        );
        if let Some(reason) = &failed.fatal {
            error!("{reason}");
            self.failed.send_replace(true);
        }
        drop(
            self.metadata
                .send(MetadataMessage::DirectoryFailed(failed.id)),
        );
    }
}
