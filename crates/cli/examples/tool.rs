//! Runs one tool: `tool topics --bootstrap-server localhost:9092 --list`.

use std::{env, process::ExitCode};

use ottla_cli::{Io, tool_for};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let name = arguments.next().unwrap_or_default();
    let Some(tool) = tool_for(&name.to_string_lossy()) else {
        eprintln!("no such tool: {}", name.display());
        return ExitCode::from(2);
    };
    let code = (tool.run)(arguments.collect(), Io::process());
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
