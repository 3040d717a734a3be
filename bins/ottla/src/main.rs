//! The `ottla` binary: the server and the tools, chosen by the first argument or by the name it is
//! called under.

mod log;
mod server;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os();
    let _program = arguments.next();
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<_> = arguments.collect();
    match command.to_str() {
        Some("server-start") => server::run(rest),
        Some("--version") => {
            version();
            ExitCode::SUCCESS
        }
        _ => usage(),
    }
}

#[expect(clippy::print_stdout, reason = "this is what was asked for")]
fn version() {
    println!("ottla {}", env!("CARGO_PKG_VERSION"));
}

fn usage() -> ExitCode {
    eprintln!("usage: ottla server-start [server.properties] [--override key=value]...");
    ExitCode::FAILURE
}
