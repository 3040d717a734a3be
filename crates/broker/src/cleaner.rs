//! The threads that compact logs.
//!
//! Each takes the filthiest log that no other has, cleans it, and looks for the next; when none is dirty
//! enough it waits for `log.cleaner.backoff.ms`. All share `log.cleaner.io.max.bytes.per.second`.

use std::{sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use ottla_config::BrokerConfig;
use ottla_node::{CleaningFault, CleaningJob, Node};
use ottla_storage::{CleanError, Cleaned, OffsetMap};
use ottla_types::Saturate;
use parking_lot::Mutex;
use tracing::{error, info, warn};

use crate::{
    StartError, clock::Clock, dispatch::Dispatch, entropy, error::with_causes, rate::Rate,
    threads::Threads,
};

/// Starts the threads, and one that sees to it that they are as many as the settings say. What one is at
/// when it is ended stays as it was.
pub(crate) fn start(
    node: &Arc<Node>,
    clock: Clock,
    dispatch: &Dispatch,
) -> Result<Threads, StartError> {
    let is_enabled = node.config().logs.cleaner_enable;
    Threads::start("log-cleaners", i32::from(is_enabled), |_, stopped| {
        let crew = Crew {
            node: Arc::clone(node),
            clock,
            dispatch: dispatch.clone(),
            rate: Arc::default(),
            stopped,
        };
        let share = Share::of(&node.config());
        let threads = crew.start(share)?;
        Ok(move || crew.keep(share, threads))
    })
}

/// How many threads there are, and what each has for its keys.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Share {
    threads: i32,
    map_bytes: usize,
    load_factor: f64,
}

impl Share {
    fn of(config: &BrokerConfig) -> Self {
        let logs = &config.logs;
        let threads = logs.cleaner_threads.max(0);
        let share = logs.cleaner_dedupe_buffer_bytes / i64::from(threads.max(1));
        Self {
            threads,
            map_bytes: share.min(i32::MAX.into()).saturate(),
            load_factor: logs.cleaner_io_buffer_load_factor,
        }
    }
}

/// All threads that clean.
struct Crew {
    node: Arc<Node>,
    clock: Clock,
    dispatch: Dispatch,
    rate: Arc<Mutex<Rate>>,
    stopped: Receiver<()>,
}

impl Crew {
    fn start(&self, share: Share) -> Result<Threads, StartError> {
        Threads::start("log-cleaner", share.threads, |index, stopped| {
            let seed = entropy::number()?;
            let thread = Thread {
                index,
                node: Arc::clone(&self.node),
                clock: self.clock,
                dispatch: self.dispatch.clone(),
                stopped,
                rate: Arc::clone(&self.rate),
                // No memory is taken before it is needed.
                map: OffsetMap::new(share.map_bytes, share.load_factor, seed),
            };
            Ok(move || thread.run())
        })
    }

    /// Starts them anew whenever the settings say something else, until it is stopped itself.
    fn keep(self, mut share: Share, mut threads: Threads) {
        loop {
            let config = self.node.config();
            let wanted = Share::of(&config);
            if wanted != share {
                threads.stop();
                threads = match self.start(wanted) {
                    Ok(started) => started,
                    Err(error) => {
                        error!("The log cleaner cannot be started: {}", with_causes(&error));
                        return;
                    }
                };
                share = wanted;
                info!(
                    "Restarted the log cleaner with {} threads and {:.1} MB for the keys of each",
                    share.threads,
                    megabytes(share.map_bytes.saturate()),
                );
            }
            let backoff = config.logs.cleaner_backoff_ms.saturate();
            if !wait(&self.stopped, Duration::from_millis(backoff)) {
                threads.stop();
                return;
            }
        }
    }
}

struct Thread {
    index: i32,
    node: Arc<Node>,
    clock: Clock,
    dispatch: Dispatch,
    stopped: Receiver<()>,
    rate: Arc<Mutex<Rate>>,
    map: OffsetMap,
}

impl Thread {
    fn run(mut self) {
        loop {
            let was_cleaned = self.clean_one();
            let backoff = match was_cleaned {
                true => 0,
                false => self.node.config().logs.cleaner_backoff_ms,
            };
            if !wait(&self.stopped, Duration::from_millis(backoff.saturate())) {
                return;
            }
        }
    }

    fn clean_one(&mut self) -> bool {
        let mut faults = Vec::new();
        let job = self.node.take_filthiest(self.clock.now(), &mut faults);
        for (partition, fault) in faults {
            warn!("{partition:?} cannot be cleaned until the next start: {fault}");
        }
        let Some(job) = job else {
            return false;
        };
        let begun = self.clock.mono();
        let Self {
            node,
            clock,
            stopped,
            rate,
            map,
            ..
        } = self;
        let mut pace = |bytes: u64| {
            let limit = node.config().logs.cleaner_io_max_bytes_per_second;
            let pause = rate.lock().pause(clock.mono(), bytes, limit);
            wait(stopped, pause)
        };
        match node.clean(clock.now(), &job, map, &mut pace) {
            Ok(cleaned) => {
                self.report(&job, &cleaned, self.clock.mono().since(begun));
                true
            }
            Err(fault) => {
                self.failed(&job, &fault);
                false
            }
        }
    }

    fn report(&self, job: &CleaningJob, cleaned: &Cleaned, taken: Duration) {
        let (before, after) = (megabytes(cleaned.bytes_read), megabytes(cleaned.bytes_kept));
        info!(
            "Log cleaner thread {} cleaned log {} (dirty section = [{}, {}]): \
             {before:.1} MB of log processed in {:.1} seconds ({:.1} MB/sec), \
             buffer utilization {:.1}%, \
             {} messages before, {} messages in {after:.1} MB after",
            self.index,
            job.partition.name(),
            job.dirty.first_dirty,
            cleaned.end,
            taken.as_secs_f64(),
            before / taken.as_secs_f64().max(0.001),
            cleaned.map_utilization * 100.0,
            cleaned.records_read,
            cleaned.records_kept,
        );
        if cleaned.records_without_key > 0 {
            warn!(
                "Found {} invalid messages during compaction of {}.",
                cleaned.records_without_key,
                job.partition.name()
            );
        }
    }

    fn failed(&self, job: &CleaningJob, fault: &CleaningFault) {
        let name = job.partition.name();
        match fault {
            CleaningFault::Log(CleanError::Interrupted) => {}
            fault if fault.is_passing() => warn!("{name} was not cleaned: {fault}"),
            fault => error!(
                "{name} cannot be cleaned until the next start: {}",
                with_causes(fault)
            ),
        }
        let mut out = Vec::new();
        self.node
            .log_failed(self.clock.now(), &job.partition, &mut out);
        self.dispatch.carry_out(out);
    }
}

/// Waits; `false` if the threads are to stop.
fn wait(stopped: &Receiver<()>, pause: Duration) -> bool {
    stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout)
}

#[expect(clippy::cast_precision_loss, reason = "for the eye of a reader")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
