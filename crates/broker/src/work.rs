//! The threads that wait for the disk: syncs, and loading coordinators.
//!
//! Appends that come while a log is synced share the next sync of it.

use std::{sync::Arc, thread::JoinHandle};

use ottla_node::{Node, Partition};
use tracing::error;

use crate::{StartError, clock::Clock, dispatch::Dispatch};

/// How many logs are synced at a time.
const THREADS: usize = 4;

/// Something that waits for the disk.
#[derive(Debug)]
pub(crate) enum Job {
    /// Make a log durable.
    Sync(Arc<Partition>),
    /// Load the coordinator of a partition.
    Load(Arc<Partition>),
    /// Take the directory of a log that failed offline.
    Failed(Arc<Partition>),
    /// End one thread.
    Stop,
}

/// The running threads.
#[derive(Debug)]
pub(crate) struct Workers {
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    pub(crate) fn start(
        node: &Arc<Node>,
        clock: Clock,
        dispatch: &Dispatch,
    ) -> Result<Self, StartError> {
        let mut threads = Vec::new();
        for index in 0..THREADS {
            let (node, dispatch) = (Arc::clone(node), dispatch.clone());
            let thread = std::thread::Builder::new()
                .name(format!("flusher-{index}"))
                .spawn(move || run(&node, clock, &dispatch))
                .map_err(StartError::system("start a flusher thread"))?;
            threads.push(thread);
        }
        Ok(Self { threads })
    }

    /// Ends the threads after what was ordered before.
    pub(crate) fn stop(self, dispatch: &Dispatch) {
        for _ in &self.threads {
            dispatch.jobs.put(Job::Stop);
        }
        for thread in self.threads {
            drop(thread.join());
        }
    }
}

fn run(node: &Node, clock: Clock, dispatch: &Dispatch) {
    loop {
        let mut out = Vec::new();
        match dispatch.jobs.take() {
            Job::Stop => return,
            Job::Sync(partition) => match partition.sync() {
                Ok(end) => node.synced(clock.now(), &partition, end, &mut out),
                Err(fault) => {
                    error!("{partition:?} cannot be synced: {fault}");
                    node.log_failed(clock.now(), &partition, &mut out);
                }
            },
            Job::Failed(partition) => node.log_failed(clock.now(), &partition, &mut out),
            Job::Load(partition) => {
                if let Err(code) = node.load_coordinator(clock.now(), &partition, &mut out) {
                    error!("The group coordinator of {partition:?} cannot be loaded: {code:?}");
                }
            }
        }
        dispatch.carry_out(out);
    }
}
