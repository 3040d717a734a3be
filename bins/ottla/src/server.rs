//! `ottla server-start [server.properties] [--override key=value]...`

use std::{ffi::OsString, fs, path::PathBuf, process::ExitCode};

use ottla_broker::{Broker, Options};
use ottla_config::{Loaded, Properties, Sources, parse_override};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::{error, info, warn};

use crate::log;

const USAGE: &str = "USAGE: ottla server-start [server.properties] [--override property=value]*";

/// Runs the server in the foreground until SIGTERM or SIGINT.
pub(crate) fn run(arguments: Vec<OsString>) -> ExitCode {
    let Some(arguments) = parse(arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    log::start();
    let loaded = match load(arguments) {
        Ok(loaded) => loaded,
        Err(reason) => {
            error!("Exiting Kafka due to fatal exception: {reason}");
            return ExitCode::FAILURE;
        }
    };
    for warning in &loaded.warnings {
        warn!("{warning}");
    }
    info!("Log directories: {}", loaded.config.logs.dirs.join(", "));
    let options = Options {
        config: loaded.config,
        cluster_id: loaded.cluster_id,
    };
    let broker = match Broker::start(options) {
        Ok(broker) => broker,
        Err(reason) => {
            error!(
                "Exiting Kafka due to fatal exception during startup: {}",
                chain(&reason)
            );
            return ExitCode::FAILURE;
        }
    };
    // Before anybody can know that it is up: from then on a signal is to end it in good order.
    let signals = match broker.runtime().block_on(async { Signals::catch() }) {
        Ok(signals) => signals,
        Err(reason) => {
            error!("Signals cannot be received: {reason}");
            return ExitCode::FAILURE;
        }
    };
    for (name, address) in broker.addresses() {
        info!("Listening on {name}://{address}");
    }
    let failed = broker.failed();
    let has_failed = broker.runtime().block_on(async {
        tokio::select! {
            () = terminated(signals) => false,
            () = failed => true,
        }
    });
    if has_failed {
        // What is on disk is as good as after a crash; the next start recovers.
        std::process::exit(1);
    }
    info!("Terminating process due to signal");
    match broker.stop() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            error!("The shutdown was not clean: {}", chain(&reason));
            ExitCode::FAILURE
        }
    }
}

/// The signals that end the server.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn catch() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn receive(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Waits for a signal. A second one ends the process at once.
async fn terminated(mut signals: Signals) {
    signals.receive().await;
    tokio::spawn(async move {
        signals.receive().await;
        std::process::exit(1);
    });
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

struct Arguments {
    file: Option<PathBuf>,
    overrides: Vec<String>,
}

fn parse(arguments: Vec<OsString>) -> Option<Arguments> {
    let mut file = None;
    let mut overrides = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--override") => overrides.push(arguments.next()?.into_string().ok()?),
            Some("-daemon") => return None,
            Some(option) if option.starts_with("--override=") => {
                overrides.push(option.trim_start_matches("--override=").to_owned());
            }
            Some(option) if option.starts_with("--") => return None,
            _ if file.is_none() => file = Some(PathBuf::from(argument)),
            _ => return None,
        }
    }
    Some(Arguments { file, overrides })
}

fn load(arguments: Arguments) -> Result<Loaded, String> {
    let file = match arguments.file {
        None => None,
        Some(path) => {
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            Some(
                Properties::parse(&bytes)
                    .map_err(|error| format!("{}: {error}", path.display()))?,
            )
        }
    };
    let mut overrides = Vec::new();
    for text in &arguments.overrides {
        overrides.push(parse_override(text).map_err(|error| error.to_string())?);
    }
    let environment = environment();
    let sources = Sources {
        file,
        overrides,
        default_log_dir: default_log_dir(&environment),
        environment,
    };
    sources.load().map_err(|error| error.to_string())
}

fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// `$XDG_DATA_HOME/ottla`, or the usual place of that.
fn default_log_dir(environment: &[(String, String)]) -> String {
    let value = |name: &str| {
        environment
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    };
    match (value("XDG_DATA_HOME"), value("HOME")) {
        (Some(data), _) => format!("{data}/ottla"),
        (None, Some(home)) => format!("{home}/.local/share/ottla"),
        (None, None) => "/var/lib/ottla".to_owned(),
    }
}
