//! The thread that does things by the clock: group timers, retention, checkpoints, removals.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use ottla_config::BrokerConfig;
use ottla_node::{Node, Output};
use ottla_types::{Mono, Saturate};
use tracing::error;

use crate::{StartError, clock::Clock, dispatch::Dispatch};

/// Longest sleep, so that a stop is noticed.
const LONGEST: Duration = Duration::from_secs(60);

/// A task that comes back.
struct Recurring {
    every: Duration,
    next: Mono,
    task: fn(&Node, Clock, &mut Vec<Output>),
}

/// The running thread.
#[derive(Debug)]
pub(crate) struct Housekeeper {
    thread: JoinHandle<()>,
    stop: Sender<()>,
}

impl Housekeeper {
    pub(crate) fn start(
        node: &Arc<Node>,
        config: &BrokerConfig,
        clock: Clock,
        dispatch: Dispatch,
        deadlines: Receiver<Mono>,
    ) -> Result<Self, StartError> {
        let (stop, stopped) = bounded(1);
        let node = Arc::clone(node);
        let tasks = tasks(config, clock.mono());
        let thread = std::thread::Builder::new()
            .name("housekeeper".to_owned())
            .spawn(move || run(&node, clock, &dispatch, tasks, &deadlines, &stopped))
            .map_err(StartError::system("start the housekeeping thread"))?;
        Ok(Self { thread, stop })
    }

    pub(crate) fn stop(self, dispatch: &Dispatch) {
        self.stop.send(()).unwrap_or_default();
        dispatch.deadlines.send(Mono(0)).unwrap_or_default();
        drop(self.thread.join());
    }
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

fn run(
    node: &Node,
    clock: Clock,
    dispatch: &Dispatch,
    mut tasks: Vec<Recurring>,
    deadlines: &Receiver<Mono>,
    stopped: &Receiver<()>,
) {
    let mut next_tick: Option<Mono> = None;
    loop {
        let due = tasks.iter().map(|task| task.next).chain(next_tick).min();
        match deadlines.recv_timeout(clock.until(due, LONGEST)) {
            Ok(deadline) => {
                next_tick = Some(next_tick.map_or(deadline, |next| next.min(deadline)));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if stopped.try_recv().is_ok() {
            return;
        }
        let now = clock.now();
        if next_tick.is_some_and(|next| now.mono >= next) {
            let mut out = Vec::new();
            node.tick(now, &mut out);
            dispatch.carry_out(out);
            next_tick = node.next_deadline();
        }
        for task in &mut tasks {
            if now.mono >= task.next {
                let mut out = Vec::new();
                (task.task)(node, clock, &mut out);
                dispatch.carry_out(out);
                task.next = clock.mono() + task.every;
            }
        }
    }
}
