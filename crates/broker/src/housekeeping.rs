//! What is done by the clock. One thread ends the waits of groups; another has time for the disk:
//! retention, checkpoints, removals, index entries.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use crossbeam_channel::{Receiver, Sender, bounded};
use ottla_config::BrokerConfig;
use ottla_node::{Node, Output, Partition};
use ottla_types::{Mono, Saturate};
use tracing::error;

use crate::{StartError, clock::Clock, dispatch::Dispatch};

/// Longest sleep.
const LONGEST: Duration = Duration::from_secs(60);

/// A task that comes back.
struct Recurring {
    every: Duration,
    next: Mono,
    task: fn(&Node, Clock, &mut Vec<Output>),
}

/// What the threads are told.
#[derive(Debug)]
pub(crate) struct Inbox {
    /// When the node wants its next tick.
    pub(crate) deadlines: Receiver<Mono>,
    /// Partitions whose index entries are to be shown.
    pub(crate) to_show: Receiver<Arc<Partition>>,
}

/// The running threads.
#[derive(Debug)]
pub(crate) struct Housekeeper {
    timers: JoinHandle<()>,
    chores: JoinHandle<()>,
    /// Closed to stop them.
    stop: Sender<()>,
}

impl Housekeeper {
    pub(crate) fn start(
        node: &Arc<Node>,
        config: &BrokerConfig,
        clock: Clock,
        dispatch: Dispatch,
        inbox: Inbox,
    ) -> Result<Self, StartError> {
        let Inbox { deadlines, to_show } = inbox;
        let (stop, stopped) = bounded(0);
        let tasks = tasks(config, clock.mono());
        let chores = {
            let (node, dispatch, stopped) = (Arc::clone(node), dispatch.clone(), stopped.clone());
            start("housekeeper", move || {
                do_chores(&node, clock, &dispatch, tasks, &to_show, &stopped);
            })?
        };
        let node = Arc::clone(node);
        let timers = start("timers", move || {
            keep_time(&node, clock, &dispatch, &deadlines, &stopped);
        })?;
        Ok(Self {
            timers,
            chores,
            stop,
        })
    }

    pub(crate) fn stop(self) {
        drop(self.stop);
        drop(self.timers.join());
        drop(self.chores.join());
    }
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StartError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .map_err(StartError::system("start the housekeeping threads"))
}

fn tasks(config: &BrokerConfig, now: Mono) -> Vec<Recurring> {
    let millis = |ms: i64| Duration::from_millis(ms.max(1).saturate());
    let task =
        |every: Duration, first: Duration, task: fn(&Node, Clock, &mut Vec<Output>)| Recurring {
            every,
            next: now + first,
            task,
        };
    let retention = millis(config.logs.retention_check_interval_ms);
    let initial = millis(config.logs.initial_task_delay_ms);
    let checkpoint = millis(config.logs.flush_offset_checkpoint_interval_ms.into());
    let flush = millis(config.logs.flush_scheduler_interval_ms);
    vec![
        task(retention, initial, |node, clock, out| {
            if let Err(fault) = node.apply_retention(clock.now(), out) {
                error!("Retention cannot be applied: {fault}");
            }
        }),
        task(checkpoint, checkpoint, |node, clock, out| {
            if let Err(fault) = node.checkpoint(clock.now(), out) {
                error!("The checkpoints cannot be written: {fault}");
            }
        }),
        task(flush, initial, |node, clock, out| {
            if let Err(fault) = node.flush_old(clock.now(), out) {
                error!("A log cannot be flushed: {fault}");
            }
        }),
        task(REMOVAL, REMOVAL, |node, clock, out| {
            if let Err(fault) = node.remove_doomed(clock.now(), out) {
                error!("A deleted partition cannot be removed: {fault}");
            }
        }),
    ]
}

/// How long the directory of a deleted partition stays.
const REMOVAL: Duration = Duration::from_secs(60);
/// How long index entries gather before they are shown.
const GATHERING: Duration = Duration::from_millis(500);

fn keep_time(
    node: &Node,
    clock: Clock,
    dispatch: &Dispatch,
    deadlines: &Receiver<Mono>,
    stopped: &Receiver<()>,
) {
    let mut next_tick: Option<Mono> = None;
    loop {
        crossbeam_channel::select! {
            recv(stopped) -> _ => return,
            recv(deadlines) -> deadline => match deadline {
                Ok(deadline) => {
                    next_tick = Some(next_tick.map_or(deadline, |next| next.min(deadline)));
                }
                Err(_) => return,
            },
            default(clock.until(next_tick, LONGEST)) => {}
        }
        let now = clock.now();
        if next_tick.is_some_and(|next| now.mono >= next) {
            let mut out = Vec::new();
            node.tick(now, &mut out);
            dispatch.carry_out(out);
            next_tick = node.next_deadline();
        }
    }
}

fn do_chores(
    node: &Node,
    clock: Clock,
    dispatch: &Dispatch,
    mut tasks: Vec<Recurring>,
    to_show: &Receiver<Arc<Partition>>,
    stopped: &Receiver<()>,
) {
    let mut unshown: Vec<Arc<Partition>> = Vec::new();
    let mut next_show: Option<Mono> = None;
    loop {
        let due = tasks.iter().map(|task| task.next).chain(next_show).min();
        crossbeam_channel::select! {
            recv(stopped) -> _ => return,
            recv(to_show) -> partition => match partition {
                Ok(partition) => {
                    unshown.push(partition);
                    next_show.get_or_insert_with(|| clock.mono() + GATHERING);
                }
                Err(_) => return,
            },
            default(clock.until(due, LONGEST)) => {}
        }
        if next_show.is_some_and(|next| clock.mono() >= next) {
            next_show = None;
            show(node, clock, dispatch, unshown.drain(..));
        }
        for task in &mut tasks {
            if clock.mono() >= task.next {
                let mut out = Vec::new();
                (task.task)(node, clock, &mut out);
                dispatch.carry_out(out);
                task.next = clock.mono() + task.every;
            }
        }
    }
}

fn show(
    node: &Node,
    clock: Clock,
    dispatch: &Dispatch,
    partitions: impl Iterator<Item = Arc<Partition>>,
) {
    let mut out = Vec::new();
    for partition in partitions {
        if let Err(fault) = node.show_index_entries(clock.now(), &partition, &mut out) {
            error!("The index entries of {partition:?} cannot be written: {fault}");
        }
    }
    dispatch.carry_out(out);
}
