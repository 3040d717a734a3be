//! What the storage crate makes of this machine: each figure beside the least that the machine must do
//! for it, both measured in turn in one run. Shares are of the bare speed; the first is by the clock.
#![expect(clippy::print_stdout, reason = "figures are its output")]

use std::{
    error::Error,
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use ottla_benches::{args::Args, clock, figures::median};
use ottla_types::Saturate;
use rustix::time::{ClockId, clock_gettime};

mod append;
mod commit;
mod compact;
mod logs;
mod read;
mod recover;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut args = Args::from_process()?;
    let settings = Settings {
        rounds: args.value("rounds")?.unwrap_or(5),
        log_bytes: args.value("log-mib")?.unwrap_or(1100) << 20,
        base: args
            .text("dir")
            .map_or_else(std::env::temp_dir, PathBuf::from),
    };
    let only = args.text("only");
    args.finish()?;
    let is_wanted = |name: &str| {
        only.as_ref()
            .is_none_or(|only| only.split(',').any(|o| o == name))
    };
    println!(
        "load average {}; {} CPUs; {}; medians of {} rounds, in each ours and bare in turn",
        fs::read_to_string("/proc/loadavg")?.trim(),
        thread::available_parallelism()?,
        settings.base.display(),
        settings.rounds
    );
    if is_wanted("append") {
        append::measure(&settings)?;
    }
    if is_wanted("read") || is_wanted("recover") {
        let log = logs::Filled::new(&settings.base, settings.log_bytes)?;
        if is_wanted("read") {
            read::measure(&settings, &log)?;
        }
        if is_wanted("recover") {
            recover::measure(&settings, log)?;
        }
    }
    if is_wanted("compact") {
        compact::measure(&settings)?;
    }
    if is_wanted("commit") {
        commit::measure(&settings)?;
    }
    println!(
        "load average {}",
        fs::read_to_string("/proc/loadavg")?.trim()
    );
    Ok(())
}

struct Settings {
    rounds: usize,
    /// Of the log that is read and recovered.
    log_bytes: u64,
    base: PathBuf,
}

/// What a piece of work took, in seconds: by the clock, and of the CPU.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
}

/// Measures the thread that it was made by.
struct Stopwatch {
    begun: Instant,
    cpu: f64,
}

impl Stopwatch {
    fn start() -> Self {
        Self {
            begun: clock::now(),
            cpu: thread_cpu(),
        }
    }

    fn stop(&self) -> Cost {
        Cost {
            wall: self.begun.elapsed().as_secs_f64(),
            cpu: thread_cpu() - self.cpu,
        }
    }
}

fn thread_cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let nanos = u32::try_from(time.tv_nsec).unwrap_or(0);
    Duration::new(time.tv_sec.saturate(), nanos).as_secs_f64()
}

/// What the same work took, round by round.
#[derive(Default)]
struct Contest {
    ours: Vec<Cost>,
    bare: Vec<Cost>,
}

impl Contest {
    /// Both in turn; the first of a round is the second of the next.
    fn run(
        rounds: usize,
        mut ours: impl FnMut() -> Result<Cost, Failure>,
        mut bare: impl FnMut() -> Result<Cost, Failure>,
    ) -> Result<Self, Failure> {
        let mut contest = Self::default();
        for round in 0..rounds {
            if round % 2 == 0 {
                contest.ours.push(ours()?);
                contest.bare.push(bare()?);
            } else {
                contest.bare.push(bare()?);
                contest.ours.push(ours()?);
            }
        }
        Ok(contest)
    }

    /// Seconds by the clock.
    fn ours(&self) -> f64 {
        median(self.ours.iter().map(|cost| cost.wall).collect())
    }

    /// Seconds by the clock.
    fn bare(&self) -> f64 {
        median(self.bare.iter().map(|cost| cost.wall).collect())
    }

    /// How much of the bare speed is reached, in percent, the median of the rounds: by the clock, and
    /// by the CPU time, which others on the machine disturb less.
    fn shares(&self) -> String {
        let share = |of: fn(&Cost) -> f64| {
            let rounds = self.ours.iter().zip(&self.bare);
            100.0 * median(rounds.map(|(ours, bare)| of(bare) / of(ours)).collect())
        };
        let (wall, cpu) = (share(|cost| cost.wall), share(|cost| cost.cpu));
        format!("{wall:.0} % (CPU {cpu:.0} %)")
    }
}
