//! `kafka-dump-log`: prints what is in the files of a log directory.

mod frame;
mod index;
mod log;
mod options;
mod payload;
mod problems;
mod snapshot;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf, absolute},
};

use crate::{
    Io, Sink,
    exception::Exception,
    io::lossy,
    options::{ParseError, Parsed},
};
use options::{Settings, USAGE};
use problems::Problems;

/// Runs the tool; the result is the exit code.
#[must_use]
pub fn run(arguments: Vec<OsString>, io: Io) -> i32 {
    let parsed = match USAGE.parse(&lossy(arguments)) {
        Ok(parsed) => parsed,
        Err(error) => return uncaught(&io, &of_option(&error)),
    };
    if let Some(code) = USAGE.answer(&parsed, &io.out, &io.err) {
        return code;
    }
    if let Err(code) = USAGE.require(&parsed, &["files"], &io.err) {
        return code;
    }
    match dump_all(&parsed, &io) {
        Ok(()) => 0,
        Err(exception) => uncaught(&io, &exception),
    }
}

fn of_option(error: &ParseError) -> Exception {
    Exception::new(error.class(), error.to_string())
}

/// A failure nobody catches.
fn uncaught(io: &Io, exception: &Exception) -> i32 {
    // A reader that is gone has no use for the rest.
    drop(io.out.flush());
    io.err
        .line(format_args!("Exception in thread \"main\" {exception}"));
    1
}

fn dump_all(parsed: &Parsed, io: &Io) -> Result<(), Exception> {
    let settings = Settings::of(parsed)?;
    let mut problems = Problems::default();
    for name in &settings.files {
        print(&io.out, format_args!("Dumping {name}"));
        let path = Path::new(name);
        match name.rsplit_once('.').map_or("", |(_, suffix)| suffix) {
            "log" | "checkpoint" => log::dump(&settings, path, &io.out, &mut problems)?,
            "index" => index::dump_offsets(&settings, path, &io.out, &mut problems)?,
            "timeindex" => index::dump_times(&settings, path, &io.out, &mut problems)?,
            "txnindex" => index::dump_transactions(path, &io.out)?,
            "snapshot" => snapshot::dump(path, io)?,
            _ => {
                io.err.line(format_args!("Ignoring unknown file {name}"));
            }
        }
    }
    drop(io.out.flush());
    problems.print(&io.err);
    Ok(())
}

/// Writes a line that may stay in a buffer.
fn print(out: &Sink, line: std::fmt::Arguments<'_>) {
    let line = format!("{line}\n");
    // A reader that is gone has no use for the rest.
    drop(out.bytes(line.as_bytes()));
}

/// Writes a line that something cut short.
fn unfinished(out: &Sink, line: &str) {
    drop(out.bytes(line.as_bytes()));
}

/// The path as Java's absolute one.
fn absolute_path(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The bytes of a file; `shown` is how a complaint names it.
fn read(path: &Path, shown: &Path) -> Result<Vec<u8>, Exception> {
    fs::read(path).map_err(|error| Exception::of_file(&shown.to_string_lossy(), &error))
}

/// The offset in front of the first period of a file's name.
fn base_offset(path: &Path) -> Result<i64, Exception> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digits = name.split('.').next().unwrap_or_default();
    digits.parse().map_err(|_| {
        Exception::new(
            "java.lang.NumberFormatException",
            format!("For input string: \"{digits}\""),
        )
    })
}
