//! From the start of an empty server to its first acknowledged record, and its memory when idle.
#![expect(clippy::print_stdout, reason = "figures are its output")]

use std::{
    error::Error,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::{Child, Command, ExitCode, Stdio},
    time::Duration,
};

use ottla_benches::{
    BenchError,
    args::Args,
    batch::Batch,
    client::Client,
    clock,
    contestant::{free_port, ottla_overrides},
    figures::{float, median},
    produce::Prepared,
    usage::Usage,
};

const USAGE: &str = "start-and-memory [--runs 5] [--settle-seconds 5] [--dir DIR] -- OTTLA_BINARY [MORE SERVER OPTIONS]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\nusage: {USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut args = Args::from_process()?;
    let runs: u32 = args.value("runs")?.unwrap_or(5);
    let settle = Duration::from_secs(args.value("settle-seconds")?.unwrap_or(5));
    let parent = args
        .text("dir")
        .map_or_else(std::env::temp_dir, PathBuf::from);
    let command = args.finish()?;
    let mut found = Vec::new();
    for number in 1..=runs {
        let start = one_start(&command, &parent, settle)?;
        println!(
            "run {number}: answers after {:.1} ms, first record after {:.1} ms, idle {:.1} MB, CPU so far {:.0} ms",
            start.answers, start.acknowledged, start.idle, start.cpu
        );
        found.push(start);
    }
    let middle = |of: fn(&Start) -> f64| median(found.iter().map(of).collect());
    println!(
        "median: answers after {:.1} ms, first record after {:.1} ms, idle {:.1} MB, CPU so far {:.0} ms",
        middle(|s| s.answers),
        middle(|s| s.acknowledged),
        middle(|s| s.idle),
        middle(|s| s.cpu)
    );
    Ok(())
}

/// Milliseconds and megabytes.
struct Start {
    answers: f64,
    acknowledged: f64,
    idle: f64,
    cpu: f64,
}

/// A server that does not outlive its measurement.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait()) {
            eprintln!("process {} cannot be ended: {error}", self.0.id());
        }
    }
}

fn one_start(
    command: &[String],
    parent: &std::path::Path,
    settle: Duration,
) -> Result<Start, Box<dyn Error>> {
    let (binary, more) = command
        .split_first()
        .ok_or("the server's binary is needed, after --")?;
    let directory = tempfile::TempDir::with_prefix_in("ottla-start-", parent)?;
    let (broker, controller) = (free_port()?, free_port()?);
    let mut server = Command::new(binary);
    server.arg("server-start").args(ottla_overrides(
        broker,
        controller,
        &directory.path().join("data"),
    ));
    server
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let batch = Batch::of(1, 100, clock::wall());
    let begun = clock::now();
    let server = Server(server.spawn()?);
    let mut client = connect(SocketAddr::from((Ipv4Addr::LOCALHOST, broker)))?;
    client.check_versions()?;
    let answers = begun.elapsed();
    let topic = client.create_topic("first", 1)?;
    Prepared::with_batch(topic, 0, &batch, -1)?.send(&mut client)?;
    let acknowledged = begun.elapsed();
    clock::sleep(settle);
    let usage = Usage::of(server.0.id())?;
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    Ok(Start {
        answers: ms(answers),
        acknowledged: ms(acknowledged),
        idle: float(usage.resident) / 1e6,
        cpu: ms(usage.cpu()),
    })
}

/// Tries every half a millisecond.
fn connect(address: SocketAddr) -> Result<Client, BenchError> {
    for _ in 0..60_000 {
        if let Ok(client) = Client::connect(address) {
            return Ok(client);
        }
        clock::sleep(Duration::from_micros(500));
    }
    Err(BenchError::Timeout("the start of the server"))
}
