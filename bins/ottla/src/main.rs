//! The `ottla` binary: the server and the tools, chosen by the first argument, or by the name the
//! binary is called under (`kafka-topics.sh`, `kafka-server-start`, ...).

mod log;
mod server;

use std::{ffi::OsString, process::ExitCode};

use ottla_cli::{Io, TOOLS, tool_for};

const SERVER: &str = "server-start";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os();
    let program = arguments.next().unwrap_or_default();
    let program = program.to_string_lossy();
    if let Some(code) = run(&program, arguments.collect()) {
        return code;
    }
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next().unwrap_or_default();
    let command = command.to_string_lossy();
    match &*command {
        "--version" => {
            version();
            ExitCode::SUCCESS
        }
        name => run(name, arguments.collect()).unwrap_or_else(usage),
    }
}

/// Runs the server or the tool of that name, if there is one.
fn run(name: &str, arguments: Vec<OsString>) -> Option<ExitCode> {
    if is_server(name) {
        return Some(server::run(arguments));
    }
    let tool = tool_for(name)?;
    let code = (tool.run)(arguments, Io::process());
    Some(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn is_server(program: &str) -> bool {
    let name = program.rsplit('/').next().unwrap_or(program);
    let name = name.strip_suffix(".sh").unwrap_or(name);
    name.strip_prefix("kafka-").unwrap_or(name) == SERVER
}

#[expect(clippy::print_stdout, reason = "this is what was asked for")]
fn version() {
    println!("ottla {}", env!("CARGO_PKG_VERSION"));
}

fn usage() -> ExitCode {
    eprintln!("usage: ottla COMMAND [ARGUMENTS]");
    eprintln!();
    eprintln!("  {SERVER:<22}run the server: [server.properties] [--override key=value]...");
    for tool in TOOLS {
        eprintln!("  {:<22}{}", tool.name, tool.about);
    }
    eprintln!();
    eprintln!(
        "Tools take the options of Apache Kafka's; each prints them when called without any."
    );
    ExitCode::FAILURE
}
