//! What many partitions cost a node: creating them, memory and CPU while nobody uses them, stopping, and
//! starting again.
#![expect(clippy::print_stdout, reason = "figures are its output")]

use std::{
    error::Error,
    fs::File,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
    time::Duration,
};

use ottla_benches::{
    args::Args,
    client::Client,
    clock,
    contestant::{KAFKA_HEAP, KAFKA_JVM, free_port, ottla_overrides},
    usage::Usage,
};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

const USAGE: &str = "many-partitions-node [--partitions 10000] [--idle-seconds 30] [--dir DIR] \
                     (--kafka-kit KIT | -- OTTLA_BINARY [MORE SERVER OPTIONS])";

/// How long a start, a stop or a creation may take.
const PATIENCE: Duration = Duration::from_secs(600);

type Failure = Box<dyn Error>;
/// Starts a server, and gives its process.
type Start = Box<dyn Fn() -> Result<(u32, Option<Child>), Failure>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\nusage: {USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let mut args = Args::from_process()?;
    let partitions: i32 = args.value("partitions")?.unwrap_or(10_000);
    let idle = Duration::from_secs(args.value("idle-seconds")?.unwrap_or(30));
    let parent = args
        .text("dir")
        .map_or_else(std::env::temp_dir, PathBuf::from);
    let kit = args.text("kafka-kit").map(PathBuf::from);
    let command = args.finish()?;
    let directory = tempfile::TempDir::with_prefix_in("ottla-many-", parent)?;
    let mut server = match kit {
        Some(kit) => Server::kafka(kit, directory.path())?,
        None => Server::ottla(command, directory.path())?,
    };
    let topics = Topics::of(partitions);
    println!("{partitions} partitions of {} topics", topics.0.len());
    server.ready("first start", |client| Ok(client.check_versions()?))?;
    let empty = Usage::of(server.pid)?.resident;
    server.ready("created, each with a leader", |client| {
        topics.create(client)
    })?;
    server.rest(empty, &topics, idle)?;
    server.end(Signal::TERM, "stopped")?;
    for signal in [Signal::TERM, Signal::KILL] {
        server.start()?;
        server.ready("started, each with a leader", |client| {
            topics.create(client)
        })?;
        server.rest(empty, &topics, idle)?;
        let how = if signal == Signal::TERM {
            "stopped"
        } else {
            "killed"
        };
        server.end(signal, how)?;
    }
    server.start()?;
    server.ready("started after that, each with a leader", |client| {
        topics.create(client)
    })?;
    server.end(Signal::KILL, "killed")
}

/// Most partitions of one topic: with the topic itself, as many records as one request may cause.
const MOST_OF_ONE: i32 = 9_999;

/// The topics, with the number of their partitions.
struct Topics(Vec<(String, i32)>);

impl Topics {
    /// As few as can be, of nearly the same size.
    fn of(partitions: i32) -> Self {
        let count = (partitions + MOST_OF_ONE - 1) / MOST_OF_ONE;
        let size = |topic| partitions / count + i32::from(topic < partitions % count);
        Self(
            (0..count)
                .map(|topic| (format!("many-{topic}"), size(topic)))
                .collect(),
        )
    }

    /// Creates them one after the other, or finds them there.
    fn create(&self, client: &mut Client) -> Result<(), Failure> {
        for (name, partitions) in &self.0 {
            client.create_topic(name, *partitions)?;
        }
        Ok(())
    }
}

/// A server that can be started again where it was. It does not outlive its measurement.
struct Server {
    start: Start,
    address: SocketAddr,
    pid: u32,
    child: Option<Child>,
    begun: std::time::Instant,
}

impl Server {
    fn ottla(command: Vec<String>, directory: &Path) -> Result<Self, Failure> {
        let (broker, controller) = (free_port()?, free_port()?);
        let overrides = ottla_overrides(broker, controller, &directory.join("data"));
        let log = directory.join("server.log");
        let start = move || -> Result<(u32, Option<Child>), Failure> {
            let (binary, more) = command
                .split_first()
                .ok_or("the server's binary is needed, after --")?;
            let mut server = Command::new(binary);
            server.arg("server-start").args(&overrides).args(more);
            let log = File::options().create(true).append(true).open(&log)?;
            let child = server.stdout(Stdio::null()).stderr(log).spawn()?;
            Ok((child.id(), Some(child)))
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, broker));
        Self::started(address, Box::new(start))
    }

    fn kafka(kit: PathBuf, directory: &Path) -> Result<Self, Failure> {
        let directory = directory.to_owned();
        let kit = move |args: &[&str]| -> Result<String, Failure> {
            let mut command = Command::new(&kit);
            command
                .env("KAFKA_HEAP_OPTS", KAFKA_HEAP)
                .env("KAFKA_OPTS", KAFKA_JVM);
            command.args(args).stderr(Stdio::inherit());
            let output = command.output()?;
            if !output.status.success() {
                return Err("the kit failed".into());
            }
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let dir = directory.to_string_lossy().into_owned();
        let address = kit(&["up", "--dir", &dir])?.parse()?;
        let is_up = std::cell::Cell::new(true);
        let start = move || {
            if !is_up.replace(false) {
                kit(&["start", &dir, "1"])?;
            }
            Ok((kit(&["pid", &dir, "1"])?.parse()?, None))
        };
        Self::started(address, Box::new(start))
    }

    fn started(address: SocketAddr, start: Start) -> Result<Self, Failure> {
        let begun = clock::now();
        let (pid, child) = start()?;
        Ok(Self {
            start,
            address,
            pid,
            child,
            begun,
        })
    }

    fn start(&mut self) -> Result<(), Failure> {
        self.begun = clock::now();
        (self.pid, self.child) = (self.start)()?;
        Ok(())
    }

    /// Says how long it took from the start, or from the last call, until `work` succeeds, and what
    /// describing all partitions costs then.
    fn ready(
        &mut self,
        what: &str,
        work: impl Fn(&mut Client) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let before = Usage::of(self.pid)?;
        let mut outcome = Err("it does not answer".into());
        clock::poll(PATIENCE, || {
            let client = Client::connect(self.address);
            outcome = client
                .map_err(Failure::from)
                .and_then(|mut it| work(&mut it));
            outcome.is_ok().then_some(())
        });
        outcome?;
        let used = Usage::of(self.pid)? - before;
        println!(
            "{:>9.2?} {what}, CPU {:.2?}",
            self.begun.elapsed(),
            used.cpu()
        );
        self.begun = clock::now();
        Ok(())
    }

    /// Says what it costs while nobody uses it.
    fn rest(&mut self, empty: u64, topics: &Topics, idle: Duration) -> Result<(), Failure> {
        let mut client = Client::connect(self.address)?;
        topics.create(&mut client)?;
        let begun = clock::now();
        topics.create(&mut client)?;
        println!("{:>9.2?} to describe them all", begun.elapsed());
        drop(client);
        clock::sleep(Duration::from_secs(2));
        let before = Usage::of(self.pid)?;
        clock::sleep(idle);
        let after = Usage::of(self.pid)?;
        let cpu = (after - before).cpu().as_secs_f64() / idle.as_secs_f64().max(1.0);
        let partitions: i64 = topics.0.iter().map(|(_, count)| i64::from(*count)).sum();
        let each = after.resident.saturating_sub(empty) / u64::try_from(partitions.max(1))?;
        println!(
            "          idle for {idle:.0?}: {:.2} % CPU, {:.1} MB resident ({each} bytes each more than empty), at most {:.1} MB",
            cpu * 100.0,
            megabytes(after.resident),
            megabytes(after.peak),
        );
        Ok(())
    }

    fn end(&mut self, signal: Signal, what: &str) -> Result<(), Failure> {
        let begun = clock::now();
        self.signal(signal)?;
        let ended = clock::poll(PATIENCE, || self.has_ended().then_some(()));
        ended.ok_or("it does not end")?;
        println!("{:>9.2?} {what}", begun.elapsed());
        Ok(())
    }

    fn signal(&self, signal: Signal) -> Result<(), Failure> {
        let pid = Pid::from_raw(i32::try_from(self.pid)?).ok_or("no process")?;
        Ok(kill_process(pid, signal)?)
    }

    fn has_ended(&mut self) -> bool {
        match &mut self.child {
            Some(child) => !matches!(child.try_wait(), Ok(None)),
            None => i32::try_from(self.pid)
                .ok()
                .and_then(Pid::from_raw)
                .is_none_or(|pid| test_kill_process(pid).is_err()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !self.has_ended()
            && let Err(error) = self.signal(Signal::KILL)
        {
            eprintln!("process {} cannot be ended: {error}", self.pid);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "for the eye of a reader")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
