//! The threads that move partitions between log directories.
//!
//! Each takes a partition, copies some of it, and takes the next. All share
//! `replica.alter.log.dirs.io.max.bytes.per.second`.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use ottla_config::BrokerConfig;
use ottla_node::{Move, MoveStep, Node};
use ottla_types::Saturate;
use parking_lot::Mutex;
use tracing::{error, info};

use crate::{StartError, clock::Clock, dispatch::Dispatch, error::with_causes, rate::Rate};

/// How long a thread looks at one partition before the next has its turn.
const STEPS: u32 = 16;
/// How long to wait for the controller, or for space.
const PAUSE: Duration = Duration::from_millis(20);
/// How long a thread that found nothing to move sleeps, if nobody wakes it.
const IDLE: Duration = Duration::from_secs(1);

/// The running threads.
#[derive(Debug)]
pub(crate) struct Movers {
    threads: Vec<JoinHandle<()>>,
    /// Closed to stop them.
    stop: Sender<()>,
}

struct Thread {
    node: Arc<Node>,
    clock: Clock,
    dispatch: Dispatch,
    wishes: Receiver<()>,
    stopped: Receiver<()>,
    rate: Arc<Mutex<Rate>>,
}

impl Movers {
    /// Starts the threads; `wishes` wakes them.
    pub(crate) fn start(
        node: &Arc<Node>,
        config: &BrokerConfig,
        clock: Clock,
        dispatch: &Dispatch,
        wishes: &Receiver<()>,
    ) -> Result<Self, StartError> {
        let (stop, stopped) = bounded(0);
        let rate = Arc::new(Mutex::new(Rate::default()));
        let mut threads = Vec::new();
        for index in 0..config.logs.move_threads.max(1) {
            let thread = Thread {
                node: Arc::clone(node),
                clock,
                dispatch: dispatch.clone(),
                wishes: wishes.clone(),
                stopped: stopped.clone(),
                rate: Arc::clone(&rate),
            };
            let handle = std::thread::Builder::new()
                .name(format!("log-mover-{index}"))
                .spawn(move || thread.run())
                .map_err(StartError::system("start a thread that moves partitions"))?;
            threads.push(handle);
        }
        Ok(Self { threads, stop })
    }

    /// Ends the threads; what they copied stays, and they go on at the next start.
    pub(crate) fn stop(self) {
        drop(self.stop);
        for thread in self.threads {
            drop(thread.join());
        }
    }
}

impl Thread {
    fn run(self) {
        loop {
            let goes_on = match self.node.take_move() {
                Some(moving) => {
                    let goes_on = self.work_on(&moving);
                    self.node.put_back_move(&moving);
                    goes_on
                }
                None => self.sleep(),
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Until there may be something to move; `false` if the thread is to stop.
    fn sleep(&self) -> bool {
        crossbeam_channel::select! {
            recv(self.stopped) -> _ => false,
            recv(self.wishes) -> _ => true,
            default(IDLE) => true,
        }
    }

    fn wait(&self, pause: Duration) -> bool {
        self.stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout)
    }

    fn work_on(&self, moving: &Move) -> bool {
        for _ in 0..STEPS {
            let mut out = Vec::new();
            let step = self.node.step_move(self.clock.now(), moving, &mut out);
            self.dispatch.carry_out(out);
            let pause = match step {
                Ok(MoveStep::Copied(bytes)) => self.pause(bytes),
                Ok(MoveStep::Waiting) => return self.wait(PAUSE),
                Ok(MoveStep::Done) => {
                    info!("Finished moving {} between log directories", moving.name());
                    return true;
                }
                Err(fault) => {
                    error!(
                        "{} cannot be moved before the next start: {}",
                        moving.name(),
                        with_causes(&fault)
                    );
                    return true;
                }
            };
            if !self.wait(pause) {
                return false;
            }
        }
        true
    }

    #[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
    fn pause(&self, bytes: u64) -> Duration {
        let limit: u64 = self.node.config().logs.move_max_bytes_per_second.saturate();
        self.rate
            .lock()
            .pause(self.clock.mono(), bytes, limit as f64)
    }
}
