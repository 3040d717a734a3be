//! `kafka-topics`: makes, lists, describes, grows and deletes topics.

mod commands;
mod describe;
mod options;

use std::ffi::OsString;

use ottla_client::Admin;
use ottla_config::Properties;

use crate::{
    Io,
    exception::Exception,
    io::lossy,
    log::{Level, log, notices},
    options::{ParseError, Parsed},
    properties::{self, Unusable},
    runtime,
};
use options::{Action, USAGE};

const LOGGER: &str = "org.apache.kafka.tools.TopicCommand";

/// Runs the tool; the result is the exit code.
#[must_use]
pub fn run(arguments: Vec<OsString>, io: Io) -> i32 {
    let parsed = match USAGE.parse(&lossy(arguments)) {
        Ok(parsed) => parsed,
        Err(error) => return trace(&io, &parse_exception(&error)),
    };
    let action = match options::check(&parsed, &io.out, &io.err) {
        Ok(action) => action,
        Err(code) => return code,
    };
    match connect(&parsed, &io) {
        Ok(admin) => execute(action, &parsed, admin, &io),
        Err(exception) => trace(&io, &exception),
    }
}

/// Mistakes before the command starts: the message, the exception, and an empty line.
fn trace(io: &Io, exception: &Exception) -> i32 {
    io.err
        .text(format_args!("{}\n{exception}\n\n", exception.text()));
    1
}

fn parse_exception(error: &ParseError) -> Exception {
    Exception::new(error.class(), error.to_string())
}

fn connect(parsed: &Parsed, io: &Io) -> Result<ottla_client::ClientConfig, Exception> {
    let Some(bootstrap) = parsed
        .value("bootstrap-server")
        .map_err(|error| parse_exception(&error))?
    else {
        return Err(Exception::illegal_argument(
            "--bootstrap-server must be specified",
        ));
    };
    let file = parsed
        .value("command-config")
        .map_err(|error| parse_exception(&error))?;
    let properties = match file {
        Some(path) => properties::load(path)?,
        None => Properties::default(),
    };
    let client_id = properties.get("client.id").unwrap_or("adminclient-1");
    let role = format!("AdminClient clientId={client_id}");
    let notices = notices(&io.err);
    let failed = || Exception::kafka("Failed to create new KafkaAdminClient");
    if bootstrap.trim().is_empty() {
        return Err(failed());
    }
    match properties::client_config(&properties, bootstrap, role, client_id, notices) {
        Err(Unusable::Addresses(_)) => Err(failed()),
        config => Ok(config?),
    }
}

fn execute(action: Action, parsed: &Parsed, config: ottla_client::ClientConfig, io: &Io) -> i32 {
    let result = runtime::block_on(async {
        let admin = Admin::new(config);
        match action {
            Action::Create => commands::create(&admin, parsed, &io.out).await,
            Action::Alter => commands::alter(&admin, parsed).await,
            Action::List => commands::list(&admin, parsed, &io.out).await,
            Action::Delete => commands::delete(&admin, parsed).await,
            Action::Describe => describe::describe(&admin, parsed, &io.out).await,
        }
    });
    let result = result
        .map_err(|error| Exception::kafka(error.to_string()))
        .and_then(|result| result);
    let Err(exception) = result else { return 0 };
    io.out.line(format_args!(
        "Error while executing topic command : {}",
        exception.text()
    ));
    log(&io.err, Level::Error, format_args!("{exception}\n"), LOGGER);
    1
}
