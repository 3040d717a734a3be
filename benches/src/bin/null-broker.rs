//! The floor: a server that does the least a broker can do.
#![expect(clippy::print_stdout, reason = "it says where it listens")]

use std::{error::Error, path::PathBuf, process::ExitCode};

use ottla_benches::{args::Args, null};
use tokio::{net::TcpListener, runtime::Builder};

const USAGE: &str = "null-broker [--port N (0: a free one)] --dir DIR [--workers 4]";

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
    let port: u16 = args.value("port")?.unwrap_or(0);
    let directory = PathBuf::from(args.text("dir").ok_or("--dir is needed")?);
    let workers = args.value("workers")?.unwrap_or(4);
    args.finish()?;
    std::fs::create_dir_all(&directory)?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        println!("listening on {}", listener.local_addr()?);
        Ok(null::serve(listener, directory).await?)
    })
}
