//! `cargo xtask COMMAND`: development commands of the workspace.

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match std::env::args().nth(1).as_deref() {
        Some("codegen") => match xtask::codegen::write(&root) {
            Ok(count) => {
                eprintln!("{count} files written");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("xtask: {error}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!(
                "usage: cargo xtask codegen    write crates/protocol/src/generated and docs/protocol-matrix.md"
            );
            ExitCode::FAILURE
        }
    }
}
