//! Checks files of record sets in the form of `tests/golden/records.jsonl.gz` (not compressed).
//!
//! Names each line that differs, then says how many passed; exit code 1 if one failed.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use std::{fs, process::ExitCode};

#[path = "../tests/vectors/mod.rs"]
mod vectors;

fn main() -> ExitCode {
    let (mut passed, mut failed) = (0u64, 0u64);
    for file in std::env::args_os().skip(1) {
        let name = file.to_string_lossy().into_owned();
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                println!("{name}: {error}");
                failed += 1;
                continue;
            }
        };
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match vectors::check_line(line) {
                Ok(()) => passed += 1,
                Err(difference) => {
                    println!("{name}:{}: {difference}", index + 1);
                    failed += 1;
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
