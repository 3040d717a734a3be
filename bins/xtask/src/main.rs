//! `cargo xtask COMMAND`: development commands of the workspace.

use std::{fmt::Display, path::Path, process::ExitCode};

const USAGE: &str = "\
usage: cargo xtask codegen           write crates/protocol/src/generated and docs/protocol-matrix.md
       cargo xtask tidy              dependency table, generated files, unfinished work, large files
       cargo xtask interop [--help]  real Kafka clients and data directories against a live broker
       cargo xtask crash [--long] [--plant-bug NAME|all] [--scenario NAME [--state STATE]] [--seed N]
                                     every state that a power cut may leave, 20,000 or a million
       cargo xtask bad-input --server HOST:PORT
                                     what a broker makes of input that it should not get";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args
        .split_first()
        .map(|(command, rest)| (command.as_str(), rest))
    {
        Some(("codegen", _)) => {
            exit(xtask::codegen::write(&root).map(|count| eprintln!("{count} files written")))
        }
        Some(("tidy", _)) => exit(xtask::tidy::run(&root)),
        Some(("interop", rest)) => exit(xtask::interop::run(&root, rest)),
        Some(("crash", rest)) => exit(xtask::crash::run(&root, rest)),
        Some(("bad-input", rest)) => exit(xtask::bad_input::run(&root, rest)),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn exit(outcome: Result<(), impl Display>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
