//! One run: connections under load, with what the server used meanwhile.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use ottla_types::Uuid;

use crate::{
    BenchError,
    client::Client,
    clock, fetch,
    figures::{Figures, histogram, record},
    produce,
    usage::Usage,
};

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where the server listens.
    pub address: SocketAddr,
    /// Its process, if its use of CPU and memory is to be told.
    pub server_pid: Option<u32>,
    /// Name of the topic; it is created if it does not exist.
    pub topic: String,
    /// Its number of partitions; connection `i` uses partition `i` modulo that number.
    pub partitions: i32,
    /// How many connections, with a thread each (two in an open loop).
    pub connections: u32,
    /// What they do.
    pub work: Work,
    /// Load before the measurement.
    pub warm_up: Duration,
    /// Longest measurement.
    pub duration: Duration,
    /// Most bytes of batches moved while measuring; the run ends there.
    pub byte_limit: u64,
}

/// What the connections do.
#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// Send batches.
    Produce {
        /// Most bytes of a batch.
        batch: usize,
        /// Bytes of a record's value.
        value: usize,
        /// 0 is not measured: there is no answer to wait for.
        acks: i16,
        /// When the next request goes out.
        pace: Pace,
    },
    /// Read what was filled in before.
    Fetch {
        /// Most bytes of an answer.
        size: i32,
        /// Requests on the way, per connection.
        in_flight: usize,
        /// Bytes to fill each partition with first, in batches of 16 KiB.
        fill: u64,
    },
}

/// When the next request goes out.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// When another was answered: so many are on the way per connection.
    Closed {
        /// Requests on the way, per connection.
        in_flight: usize,
    },
    /// At fixed times, whatever the answers do; latency counts from the time that was intended.
    Open {
        /// Requests per second, over all connections.
        rate: u32,
    },
}

/// What the threads of a run share.
#[derive(Debug, Default)]
pub struct Shared {
    measuring: AtomicBool,
    ended: AtomicBool,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Shared {
    /// Whether the threads are to finish.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    fn counts(&self) -> (u64, u64) {
        (
            self.requests.load(Ordering::Relaxed),
            self.bytes.load(Ordering::Relaxed),
        )
    }
}

/// What one connection found.
#[derive(Debug)]
pub struct Tally {
    shared: Arc<Shared>,
    latency: Histogram<u64>,
    /// Filled in by an open loop.
    pub delay: Option<Histogram<u64>>,
}

impl Tally {
    /// Counts an answered request.
    pub fn answered(&mut self, sent: Instant, bytes: usize) {
        self.shared.requests.fetch_add(1, Ordering::Relaxed);
        self.shared
            .bytes
            .fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
        if self.shared.measuring.load(Ordering::Relaxed) {
            record(
                &mut self.latency,
                clock::now().saturating_duration_since(sent),
            );
        }
    }

    /// What the threads of the run share.
    #[must_use]
    pub fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }
}

/// A connection of a run and what it is to use.
#[derive(Debug)]
pub struct Lane {
    /// The connection.
    pub client: Client,
    /// The topic.
    pub topic_id: Uuid,
    /// The partition.
    pub partition: i32,
    /// Which connection of the run this is.
    pub index: u32,
    /// Of how many.
    pub count: u32,
}

/// Runs a plan.
///
/// # Errors
/// When the server refuses or disappears.
pub fn run(plan: &Plan) -> Result<Figures, BenchError> {
    let mut control = Client::connect(plan.address)?;
    control.check_versions()?;
    let topic_id = control.create_topic(&plan.topic, plan.partitions)?;
    for partition in 0..plan.partitions {
        produce::wait_writable(&mut control, topic_id, partition)?;
    }
    if let Work::Fetch { fill, .. } = plan.work {
        for partition in 0..plan.partitions {
            produce::fill(&mut control, topic_id, partition, fill)?;
        }
    }
    let shared = Arc::new(Shared::default());
    let lanes = lanes(plan, topic_id)?;
    let threads = lanes
        .into_iter()
        .map(|lane| start(plan.work, lane, &shared))
        .collect::<Vec<_>>();
    let measured = measure(plan, &shared, &threads);
    shared.ended.store(true, Ordering::Relaxed);
    let mut figures = measured?;
    for thread in threads {
        let tally = thread
            .join()
            .map_err(|_| BenchError::Unsupported("a thread of the load"))??;
        figures.latency += tally.latency;
        if let Some(delay) = tally.delay {
            *figures.delay.get_or_insert_with(histogram) += delay;
        }
    }
    Ok(figures)
}

fn lanes(plan: &Plan, topic_id: Uuid) -> Result<Vec<Lane>, BenchError> {
    (0..plan.connections)
        .zip((0..plan.partitions).cycle())
        .map(|(index, partition)| {
            let client = Client::connect(plan.address)?;
            Ok(Lane {
                client,
                topic_id,
                partition,
                index,
                count: plan.connections,
            })
        })
        .collect()
}

type Thread = JoinHandle<Result<Tally, BenchError>>;

fn start(work: Work, lane: Lane, shared: &Arc<Shared>) -> Thread {
    let tally = Tally {
        shared: Arc::clone(shared),
        latency: histogram(),
        delay: None,
    };
    thread::spawn(move || match work {
        Work::Produce {
            batch,
            value,
            acks,
            pace,
        } => {
            let request = produce::Prepared::of(&lane, batch, value, acks)?;
            match pace {
                Pace::Closed { in_flight } => produce::closed(lane, &request, in_flight, tally),
                Pace::Open { rate } => produce::open(lane, &request, rate, tally),
            }
        }
        Work::Fetch {
            size, in_flight, ..
        } => fetch::closed(lane, size, in_flight, tally),
    })
}

/// Reads counters and usage at the two ends of the measurement. A thread that fails ends it early;
/// joining it tells why.
fn measure(plan: &Plan, shared: &Shared, threads: &[Thread]) -> Result<Figures, BenchError> {
    let failed = || threads.iter().any(JoinHandle::is_finished);
    clock::poll(plan.warm_up, || failed().then_some(()));
    let usage = || plan.server_pid.map(Usage::of).transpose();
    let (server, client, begun, counts) = (usage()?, Usage::own()?, clock::now(), shared.counts());
    shared.measuring.store(true, Ordering::Relaxed);
    clock::poll(plan.duration, || {
        let full = shared.counts().1.saturating_sub(counts.1) >= plan.byte_limit;
        (full || failed()).then_some(())
    });
    shared.measuring.store(false, Ordering::Relaxed);
    let (ended, after) = (clock::now(), shared.counts());
    Ok(Figures {
        elapsed: ended.saturating_duration_since(begun),
        requests: after.0.saturating_sub(counts.0),
        bytes: after.1.saturating_sub(counts.1),
        latency: histogram(),
        delay: None,
        server: usage()?.zip(server).map(|(after, before)| after - before),
        client: Usage::own()? - client,
    })
}
