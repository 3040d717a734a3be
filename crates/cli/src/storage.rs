//! `kafka-storage`: formats log directories, and tells about them and about features.

mod directories;
mod features;
mod format;
mod info;
mod options;
mod scram;
mod voters;

use std::{ffi::OsString, fs::File, io::Read as _};

use ottla_config::{BrokerConfig, ConfigError, Sources};
use ottla_types::Uuid;

use crate::{Io, Sink, exception::Exception, io::lossy, properties::load};
use options::PROGRAM;

/// Why a sub-command fails.
#[derive(Debug)]
enum Failure {
    /// One line for the user.
    Terse(String),
    /// A failure nobody catches.
    Exception(Exception),
}

impl From<Exception> for Failure {
    fn from(exception: Exception) -> Self {
        Self::Exception(exception)
    }
}

/// Runs the tool; the result is the exit code.
#[must_use]
pub fn run(arguments: Vec<OsString>, io: Io) -> i32 {
    let matches = match PROGRAM.parse(&lossy(arguments), &io.out, &io.err) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let result = match matches.command {
        "info" => info::run(&matches, &io.out),
        "format" => format::run(&matches, &io),
        "version-mapping" => features::version_mapping(&matches, &io.out),
        "feature-dependencies" => features::dependencies(&matches, &io.out),
        _ => random_uuid(&io.out),
    };
    match result {
        Ok(code) => code,
        Err(failure) => fail(&failure, &io.err),
    }
}

fn fail(failure: &Failure, err: &Sink) -> i32 {
    match failure {
        Failure::Terse(text) => err.line(text),
        Failure::Exception(exception) => {
            err.line(format_args!("Exception in thread \"main\" {exception}"));
        }
    }
    1
}

fn random_uuid(out: &Sink) -> Result<i32, Failure> {
    out.line(new_id()?);
    Ok(0)
}

/// A random id that Kafka would give.
fn new_id() -> Result<Uuid, Failure> {
    loop {
        let mut bytes = [0; 16];
        fill_random(&mut bytes)?;
        if let Some(id) = Uuid::from_entropy(bytes) {
            return Ok(id);
        }
    }
}

fn fill_random(bytes: &mut [u8]) -> Result<(), Failure> {
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(bytes))
        .map_err(|error| Exception::new("java.io.IOException", error.to_string()).into())
}

/// The configuration in a file. Files from before KRaft are refused here, unlike by the server.
fn configuration(path: &str) -> Result<BrokerConfig, Failure> {
    let file = load(path)?;
    if file.get("process.roles").is_none() {
        return Err(Exception::config(
            "Missing required configuration \"process.roles\" which has no default value.",
        )
        .into());
    }
    let sources = Sources {
        file: Some(file),
        ..Sources::default()
    };
    match sources.load() {
        Ok(loaded) => Ok(loaded.config),
        Err(error @ ConfigError::Requirement(_)) => {
            Err(Exception::illegal_argument(error.to_string()).into())
        }
        Err(error) => Err(Exception::from(error).into()),
    }
}
