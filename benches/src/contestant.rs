//! Servers that are started, measured and ended.
//!
//! A server gets a fresh directory and free loopback ports, and is ended by its process id; one that
//! is dropped is killed.

use std::{
    fmt,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

use crate::{BenchError, client::Client, clock, error::While};

/// A server that can be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contestant {
    /// The null broker, by the path of its binary.
    Null(PathBuf),
    /// Ottla.
    Ottla {
        /// Path of its binary.
        binary: PathBuf,
        /// When `acks=all` is answered.
        durability: Durability,
    },
    /// Apache Kafka, by the path of the kit's script.
    Kafka(PathBuf),
}

/// When Ottla answers `acks=all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As Apache Kafka: when it is in the page cache of the in-sync replicas.
    KafkaSemantics,
    /// When it is on disk: Ottla's default.
    Synced,
}

impl fmt::Display for Contestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null(_) => "null",
            Self::Ottla {
                durability: Durability::KafkaSemantics,
                ..
            } => "ottla",
            Self::Ottla {
                durability: Durability::Synced,
                ..
            } => "ottla-synced",
            Self::Kafka(_) => "kafka",
        })
    }
}

/// A server that runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub pid: u32,
    /// `None` when the kit started it.
    child: Option<Child>,
    directory: TempDir,
}

impl Contestant {
    /// Starts it with its data in a new directory below `parent` and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be started or does not answer in half a minute.
    pub fn start(&self, parent: &Path) -> Result<Running, BenchError> {
        let directory =
            TempDir::with_prefix_in("ottla-bench-", parent).during("making a directory")?;
        let mut running = match self {
            Self::Null(binary) => start_null(binary, directory)?,
            Self::Ottla { binary, durability } => start_ottla(binary, *durability, directory)?,
            Self::Kafka(kit) => start_kafka(kit, directory)?,
        };
        running.wait_ready()?;
        Ok(running)
    }
}

fn start_null(binary: &Path, directory: TempDir) -> Result<Running, BenchError> {
    let mut command = Command::new(binary);
    command
        .arg("--dir")
        .arg(directory.path())
        .stdout(Stdio::piped());
    let mut child = command.spawn().during("starting the null broker")?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout)
            .read_line(&mut line)
            .during("reading where the null broker listens")?;
    }
    let address = line
        .trim()
        .strip_prefix("listening on ")
        .and_then(|text| text.parse().ok());
    let address = address.ok_or(BenchError::Unsupported(
        "starting: the null broker names no address",
    ))?;
    Ok(Running {
        address,
        pid: child.id(),
        child: Some(child),
        directory,
    })
}

/// The settings of one combined node that is alone, as command line options.
#[must_use]
pub fn ottla_overrides(broker: u16, controller: u16, data: &Path) -> Vec<String> {
    [
        "process.roles=broker,controller".to_owned(),
        "node.id=1".to_owned(),
        format!("listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}"),
        format!("advertised.listeners=PLAINTEXT://127.0.0.1:{broker}"),
        "controller.listener.names=CONTROLLER".to_owned(),
        format!("controller.quorum.bootstrap.servers=127.0.0.1:{controller}"),
        format!("log.dirs={}", data.display()),
    ]
    .into_iter()
    .flat_map(|setting| ["--override".to_owned(), setting])
    .collect()
}

fn start_ottla(
    binary: &Path,
    durability: Durability,
    directory: TempDir,
) -> Result<Running, BenchError> {
    let (broker, controller) = (free_port()?, free_port()?);
    let mut command = Command::new(binary);
    command.arg("server-start").args(ottla_overrides(
        broker,
        controller,
        &directory.path().join("data"),
    ));
    if durability == Durability::KafkaSemantics {
        command.args(["--override", "ottla.acks.all.sync=false"]);
    }
    let log =
        std::fs::File::create(directory.path().join("server.log")).during("making a log file")?;
    let child = command
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .during("starting Ottla")?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, broker));
    Ok(Running {
        address,
        pid: child.id(),
        child: Some(child),
        directory,
    })
}

/// The heap of Apache's own start script.
pub const KAFKA_HEAP: &str = "-Xms1g -Xmx1g";
/// The other options of that script.
pub const KAFKA_JVM: &str = "-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 \
    -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent";

fn start_kafka(kit: &Path, directory: TempDir) -> Result<Running, BenchError> {
    let mut up = Command::new(kit);
    up.env("KAFKA_HEAP_OPTS", KAFKA_HEAP)
        .env("KAFKA_OPTS", KAFKA_JVM);
    let bootstrap = output(up.arg("up").arg("--dir").arg(directory.path()))?;
    let address = bootstrap
        .parse()
        .map_err(|_| BenchError::Unsupported("starting: the kit names no address"))?;
    let pid = output(Command::new(kit).arg("pid").arg(directory.path()).arg("1"))?;
    let pid = pid
        .parse()
        .map_err(|_| BenchError::Unsupported("starting: the kit names no process"))?;
    Ok(Running {
        address,
        pid,
        child: None,
        directory,
    })
}

/// What a command prints, trimmed.
fn output(command: &mut Command) -> Result<String, BenchError> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .during("running the kit")?;
    if !output.status.success() {
        return Err(BenchError::Unsupported("starting: the kit failed"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A loopback port that nobody listens on now.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16, BenchError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).during("looking for a free port")?;
    Ok(listener
        .local_addr()
        .during("looking for a free port")?
        .port())
}

impl Running {
    /// Where its data are.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    fn wait_ready(&mut self) -> Result<(), BenchError> {
        let address = self.address;
        let answered = clock::poll(Duration::from_secs(30), || {
            if let Some(Ok(Some(_))) = self.child.as_mut().map(Child::try_wait) {
                return Some(Err(self.last_words()));
            }
            Client::connect(address)
                .ok()
                .map(|mut client| client.check_versions())
        });
        answered.ok_or(BenchError::Timeout("the start of a server"))?
    }

    fn last_words(&self) -> BenchError {
        let log = std::fs::read_to_string(self.directory().join("server.log")).unwrap_or_default();
        let last = log.lines().rev().take(3).collect::<Vec<_>>().join(" / ");
        BenchError::Usage(format!("the server ended at once: {last}"))
    }

    /// Asks it to end, and waits up to ten seconds for that.
    pub fn stop(mut self) {
        self.signal(Signal::TERM);
        clock::poll(Duration::from_secs(10), || self.has_ended().then_some(()));
    }

    fn has_ended(&mut self) -> bool {
        match &mut self.child {
            Some(child) => !matches!(child.try_wait(), Ok(None)),
            None => pid(self.pid).is_none_or(|pid| test_kill_process(pid).is_err()),
        }
    }

    fn signal(&mut self, signal: Signal) {
        if self.has_ended() {
            return;
        }
        if let Some(Err(error)) = pid(self.pid).map(|pid| kill_process(pid, signal)) {
            eprintln!("process {} cannot be ended: {error}", self.pid);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
        if let Some(Err(error)) = self.child.as_mut().map(Child::wait) {
            eprintln!("process {} was lost: {error}", self.pid);
        }
    }
}

fn pid(number: u32) -> Option<Pid> {
    i32::try_from(number).ok().and_then(Pid::from_raw)
}
