//! `bad-input --server HOST:PORT`: sends a broker what no broker should get, and prints one line per
//! input: its name, a tab, and what came back.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the tests"
)]

#[path = "../tests/inputs/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
mod inputs;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [option, server] = arguments.as_slice() else {
        eprintln!("usage: bad-input --server HOST:PORT");
        return ExitCode::FAILURE;
    };
    assert_eq!(option, "--server");
    inputs::prepare(server);
    for line in inputs::lines(server) {
        let outcomes = line.run(server);
        println!("{}\t{}", line.name, inputs::describe(&outcomes));
    }
    ExitCode::SUCCESS
}
