//! Checks files of golden vectors in the form of `tests/golden/*.jsonl.gz` (not compressed).
//!
//! Each line is decoded to its value and encoded to its bytes, from the bytes and from the value,
//! with what frames it in a log. Names each line that differs, then says how many passed; exit
//! code 1 if one failed.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader},
    process::ExitCode,
};

#[path = "../tests/vectors/mod.rs"]
mod vectors;

fn main() -> ExitCode {
    let mut counts = Counts::default();
    for path in std::env::args_os().skip(1) {
        let name = path.to_string_lossy().into_owned();
        let checked = File::open(&path).and_then(|file| counts.check_file(&name, file));
        if let Err(error) = checked {
            println!("{name}: {error}");
            counts.failed += 1;
        }
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
    if counts.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[derive(Default)]
struct Counts {
    passed: u64,
    failed: u64,
}

impl Counts {
    fn check_file(&mut self, name: &str, file: File) -> io::Result<()> {
        for (index, line) in BufReader::new(file).split(b'\n').enumerate() {
            let line = line?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let text = std::str::from_utf8(&line).map_err(|error| error.to_string());
            match text.and_then(vectors::check_line) {
                Ok(()) => self.passed += 1,
                Err(difference) => {
                    println!("{name}:{}: {difference}", index + 1);
                    self.failed += 1;
                }
            }
        }
        Ok(())
    }
}
