//! Load on a server, and what it costs there.
#![expect(clippy::print_stdout, reason = "figures are its output")]

use std::{error::Error, net::ToSocketAddrs, process::ExitCode, time::Duration};

use ottla_benches::{
    args::Args,
    load::{self, Pace, Plan, Work},
};

const USAGE: &str =
    "load --server HOST:PORT [--server-pid PID] [--topic T] [--partitions 1] [--connections 1]
       [--fetch BYTES [--fill-mib 256] | --batch BYTES [--value BYTES] [--acks 1|all]]
       [--in-flight 1 | --rate REQUESTS_PER_SECOND]
       [--warm-up SECONDS] [--seconds 5] [--limit-mib 3072]";

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

fn run() -> Result<(), Box<dyn Error>> {
    let mut args = Args::from_process()?;
    let server = args.text("server").ok_or("--server is needed")?;
    let address = server
        .to_socket_addrs()?
        .next()
        .ok_or("the server's name has no address")?;
    let seconds = |text: Option<f64>, default| Duration::from_secs_f64(text.unwrap_or(default));
    let plan = Plan {
        address,
        server_pid: args.value("server-pid")?,
        topic: args
            .text("topic")
            .unwrap_or_else(|| format!("load-{}", std::process::id())),
        partitions: args.value("partitions")?.unwrap_or(1),
        connections: args.value("connections")?.unwrap_or(1),
        work: work(&mut args)?,
        warm_up: seconds(args.value("warm-up")?, 1.0),
        duration: seconds(args.value("seconds")?, 5.0),
        byte_limit: args.value::<u64>("limit-mib")?.unwrap_or(3072) << 20,
    };
    args.finish()?;
    print!("{}", load::run(&plan)?);
    Ok(())
}

fn work(args: &mut Args) -> Result<Work, Box<dyn Error>> {
    let in_flight = args.value("in-flight")?.unwrap_or(1);
    if let Some(size) = args.value("fetch")? {
        let fill = args.value::<u64>("fill-mib")?.unwrap_or(256) << 20;
        return Ok(Work::Fetch {
            size,
            in_flight,
            fill,
        });
    }
    let batch = args.value("batch")?.unwrap_or(16 * 1024);
    Ok(Work::Produce {
        batch,
        value: args
            .value("value")?
            .unwrap_or(if batch < 4096 { 100 } else { 1000 }),
        acks: match args.text("acks").as_deref() {
            None | Some("1") => 1,
            Some("all" | "-1") => -1,
            Some(other) => return Err(format!("--acks cannot be {other}").into()),
        },
        pace: match args.value("rate")? {
            Some(rate) => Pace::Open { rate },
            None => Pace::Closed { in_flight },
        },
    })
}
