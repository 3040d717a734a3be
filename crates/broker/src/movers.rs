//! The threads that move partitions between log directories.
//!
//! Each takes a partition, copies some of it, and takes the next. All share
//! `replica.alter.log.dirs.io.max.bytes.per.second`.

use std::{sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use ottla_config::BrokerConfig;
use ottla_node::{Move, MoveStep, Node};
use ottla_types::Saturate;
use parking_lot::Mutex;
use tracing::{error, info};

use crate::{
    StartError, clock::Clock, dispatch::Dispatch, error::with_causes, rate::Rate, threads::Threads,
};

/// How long a thread looks at one partition before the next has its turn.
const STEPS: u32 = 16;
/// How long to wait for the controller, or for space.
const PAUSE: Duration = Duration::from_millis(20);
/// How long a thread that found nothing to move sleeps, if nobody wakes it.
const IDLE: Duration = Duration::from_secs(1);

struct Thread {
    node: Arc<Node>,
    clock: Clock,
    dispatch: Dispatch,
    wishes: Receiver<()>,
    stopped: Receiver<()>,
    rate: Arc<Mutex<Rate>>,
}

/// Starts the threads; `wishes` wakes them. What one has copied when it is ended stays, and is gone on
/// with at the next start.
pub(crate) fn start(
    node: &Arc<Node>,
    config: &BrokerConfig,
    clock: Clock,
    dispatch: &Dispatch,
    wishes: &Receiver<()>,
) -> Result<Threads, StartError> {
    let rate = Arc::new(Mutex::new(Rate::default()));
    let count = config.logs.move_threads.max(1);
    Threads::start("log-mover", count, |_, stopped| {
        let thread = Thread {
            node: Arc::clone(node),
            clock,
            dispatch: dispatch.clone(),
            wishes: wishes.clone(),
            stopped,
            rate: Arc::clone(&rate),
        };
        Ok(move || thread.run())
    })
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
