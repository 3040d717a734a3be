//! Ottla, the null broker and Apache Kafka under the same loads, in alternating runs.
#![expect(clippy::print_stdout, reason = "figures are its output")]

mod suite;
mod table;

use std::{
    error::Error,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use ottla_benches::{
    args::Args,
    contestant::{Contestant, Durability, Running},
    load::{self, Plan},
    usage::Usage,
};

use crate::{
    suite::{Workload, suite},
    table::{Row, print_table},
};

const USAGE: &str = "compare [--ottla BINARY] [--kafka-kit KIT] [--rounds 3] [--seconds 4] [--warm-up 2]
        [--jvm-warm-up 8] [--only NAME,NAME] [--limit-mib 2048] [--touch-mib 4096] [--dir DIR]
without --ottla it takes the ottla beside itself, if there is one; the null broker always stands beside it";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            eprintln!("usage: {USAGE}");
            ExitCode::FAILURE
        }
    }
}

struct Options {
    contestants: Vec<Contestant>,
    rounds: usize,
    duration: Duration,
    warm_up: Duration,
    jvm_warm_up: Duration,
    byte_limit: u64,
    workloads: Vec<Workload>,
    directory: PathBuf,
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut args = Args::from_process()?;
    let touch: u64 = args.value("touch-mib")?.unwrap_or(4096);
    let options = options(&mut args)?;
    args.finish()?;
    touch_memory(&options.directory, touch)?;
    let mut rows = Vec::new();
    let mut failures = 0;
    println!("{}", Row::TITLE);
    for round in 0..options.rounds {
        let mut order: Vec<_> = options.contestants.iter().collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for contestant in order {
            if let Err(error) = one_contestant(&options, round, contestant, &mut rows) {
                failures += 1;
                println!("{contestant} failed in round {round}: {error}");
            }
        }
    }
    print_table(&options.workloads, &rows);
    if failures > 0 {
        return Err(format!("{failures} runs failed").into());
    }
    Ok(())
}

fn options(args: &mut Args) -> Result<Options, Box<dyn Error>> {
    let here = std::env::current_exe()?
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default();
    let mut contestants = vec![Contestant::Null(here.join("null-broker"))];
    let ottla = args
        .text("ottla")
        .map_or_else(|| here.join("ottla"), PathBuf::from);
    if ottla.exists() {
        for durability in [Durability::KafkaSemantics, Durability::Synced] {
            contestants.push(Contestant::Ottla {
                binary: ottla.clone(),
                durability,
            });
        }
    } else {
        println!("skipped: ottla, {} is not there", ottla.display());
    }
    match args.text("kafka-kit").map(PathBuf::from) {
        Some(kit) if kit.exists() => contestants.push(Contestant::Kafka(kit)),
        _ => println!("skipped: kafka, no --kafka-kit"),
    }
    let only = args.text("only");
    let mut workloads = suite();
    if let Some(only) = &only {
        workloads.retain(|workload| only.split(',').any(|name| name == workload.name));
    }
    Ok(Options {
        contestants,
        rounds: args.value("rounds")?.unwrap_or(3),
        duration: Duration::from_secs_f64(args.value("seconds")?.unwrap_or(4.0)),
        warm_up: Duration::from_secs_f64(args.value("warm-up")?.unwrap_or(2.0)),
        jvm_warm_up: Duration::from_secs_f64(args.value("jvm-warm-up")?.unwrap_or(8.0)),
        byte_limit: args.value::<u64>("limit-mib")?.unwrap_or(2048) << 20,
        workloads,
        directory: args
            .text("dir")
            .map_or_else(std::env::temp_dir, PathBuf::from),
    })
}

/// One contestant through all workloads, in one process from start to end.
fn one_contestant(
    options: &Options,
    round: usize,
    contestant: &Contestant,
    rows: &mut Vec<Row>,
) -> Result<(), Box<dyn Error>> {
    let mut server: Option<Running> = None;
    for workload in &options.workloads {
        if !workload.is_for(contestant) {
            continue;
        }
        let running = match server.take() {
            Some(running) => running,
            None => start(options, contestant)?,
        };
        // What the last run left dirty is not this one's to write.
        rustix::fs::syncfs(File::open(running.directory())?)?;
        let plan = plan(options, &running, workload, workload.name.to_owned())?;
        let figures = load::run(&plan)?;
        let row = Row {
            round,
            contestant: contestant.to_string(),
            workload: workload.name,
            figures,
        };
        println!("{row}");
        rows.push(row);
        server = Some(running);
    }
    if let Some(running) = server {
        let usage = Usage::of(running.pid)?;
        println!(
            "{contestant} round {round}: resident {} kB, peak {} kB at the end",
            usage.resident >> 10,
            usage.peak >> 10
        );
        running.stop();
    }
    Ok(())
}

fn plan(
    options: &Options,
    running: &Running,
    workload: &Workload,
    topic: String,
) -> Result<Plan, Box<dyn Error>> {
    Ok(Plan {
        address: running.address,
        server_pid: Some(running.pid),
        topic,
        partitions: workload.connections.try_into()?,
        connections: workload.connections,
        work: workload.work,
        warm_up: options.warm_up,
        duration: options.duration,
        byte_limit: options.byte_limit,
    })
}

/// Starts a contestant. A virtual machine that compiles what it finds hot gets the time for that: each
/// kind of load once, before anything is measured.
fn start(options: &Options, contestant: &Contestant) -> Result<Running, Box<dyn Error>> {
    let running = contestant.start(&options.directory)?;
    if matches!(contestant, Contestant::Kafka(_)) {
        for name in ["single-1k-pipelined", "produce-16k", "fetch-64k"] {
            for workload in suite().iter().filter(|workload| workload.name == name) {
                let plan = plan(options, &running, workload, format!("warm-up-{name}"))?;
                load::run(&Plan {
                    duration: options.jvm_warm_up,
                    ..plan
                })?;
            }
        }
    }
    Ok(running)
}

/// Makes the machine hand out memory for the page cache, so that the first contestant does not pay
/// for it alone.
fn touch_memory(directory: &Path, mebibytes: u64) -> Result<(), Box<dyn Error>> {
    let mut file = tempfile::tempfile_in(directory)?;
    let bytes = vec![0u8; 1 << 20];
    for _ in 0..mebibytes {
        file.write_all(&bytes)?;
    }
    Ok(())
}
