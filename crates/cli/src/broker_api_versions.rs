//! `kafka-broker-api-versions`: lists the APIs that brokers speak.

use std::{ffi::OsString, sync::Arc};

use ottla_client::{Admin, BrokerNode, ClientConfig, ClientError, Cluster, Connection};
use ottla_config::Properties;
use ottla_protocol::ApiKey;

use crate::{
    Io, Sink,
    exception::Exception,
    io::lossy,
    log::notices,
    options::{HELP, Opt, Parsed, Usage, VERSION, text},
    properties::{self, Number, Typed},
    runtime,
};

const USAGE: Usage = Usage {
    purpose: "This tool helps to retrieve broker version information.",
    options: OPTIONS,
};

const OPTIONS: &[Opt] = &[
    text(
        "command-config",
        "command config property file",
        "A property file containing configs to be passed to Admin Client.",
    ),
    text(
        "bootstrap-server",
        "server(s) to use for bootstrapping",
        "REQUIRED: The server to connect to.",
    ),
    HELP,
    VERSION,
];

/// APIs that only controllers offer; the others of the protocol are listed for every broker.
const CONTROLLER_ONLY: [ApiKey; 13] = [
    ApiKey(52),
    ApiKey(53),
    ApiKey(54),
    ApiKey(56),
    ApiKey(58),
    ApiKey(59),
    ApiKey(62),
    ApiKey(63),
    ApiKey(67),
    ApiKey(70),
    ApiKey(73),
    ApiKey(82),
    ApiKey(93),
];

/// Runs the tool; the result is the exit code.
#[must_use]
pub fn run(arguments: Vec<OsString>, io: Io) -> i32 {
    let parsed = match USAGE.parse(&lossy(arguments)) {
        Ok(parsed) => parsed,
        Err(error) => {
            return trace(&io.err, &Exception::new(error.class(), error.to_string()));
        }
    };
    if let Some(code) = USAGE.answer(&parsed, &io.out, &io.err) {
        return code;
    }
    if let Err(code) = USAGE.require(&parsed, &["bootstrap-server"], &io.err) {
        return code;
    }
    match print(&parsed, &io) {
        Ok(()) => 0,
        Err(exception) => trace(&io.err, &exception),
    }
}

/// The message, the exception, and an empty line.
fn trace(err: &Sink, exception: &Exception) -> i32 {
    err.text(format_args!("{}\n{exception}\n\n", exception.text()));
    1
}

fn print(parsed: &Parsed, io: &Io) -> Result<(), Exception> {
    let value = |name: &str| {
        parsed
            .value(name)
            .map_err(|error| Exception::new(error.class(), error.to_string()))
    };
    let bootstrap = value("bootstrap-server")?.unwrap_or_default();
    let mut properties = match value("command-config")? {
        Some(path) => properties::load(path)?,
        None => Properties::default(),
    };
    // Apache's tool takes a negative time too; nothing is answered in it.
    let timeout = "request.timeout.ms";
    let number = Typed(&properties).number(timeout, Number::Int, i32::MIN.into())?;
    let is_hopeless = number.is_some_and(i64::is_negative);
    if is_hopeless {
        properties.set(timeout, "0");
    }
    let role = "LegacyAdminClient clientId=admin-1".to_owned();
    let config =
        properties::client_config(&properties, bootstrap, role, "admin-1", notices(&io.err))?;
    let nodes: Vec<_> = config
        .bootstrap
        .iter()
        .zip(1..)
        .map(|((host, port), id): (_, i32)| node(host, i32::from(*port), -id, None))
        .collect();
    let unreachable = || {
        Exception::new(
            "java.lang.RuntimeException",
            format!("Request METADATA failed on brokers [{}]", nodes.join(", ")),
        )
    };
    if is_hopeless {
        return Err(unreachable());
    }
    let text = runtime::block_on(describe_all(config))
        .map_err(|error| Exception::kafka(error.to_string()))?
        .map_err(|_| unreachable())?;
    io.out.text(text);
    Ok(())
}

fn node(host: &str, port: i32, id: i32, rack: Option<&str>) -> String {
    let rack = rack.unwrap_or("null");
    format!("{host}:{port} (id: {id} rack: {rack} isFenced: false)")
}

async fn describe_all(config: ClientConfig) -> Result<String, ClientError> {
    let admin = Admin::new(config);
    let cluster = Arc::clone(admin.cluster());
    reach_any(&cluster).await?;
    let brokers = admin.brokers().await?;
    admin.list_topics().await?;
    let mut text = String::new();
    for broker in &brokers {
        match cluster.node(broker.id).await {
            Ok(connection) => describe(&mut text, broker, &connection),
            Err(error) => {
                let error = Exception::from(error);
                let line = format!("{} -> ERROR: {error}\n", name(broker));
                text.push_str(&line);
            }
        }
    }
    Ok(text)
}

/// One try at each address: a server that does not answer is an error at once.
async fn reach_any(cluster: &Cluster) -> Result<(), ClientError> {
    let mut last = ClientError::Disconnected;
    for (id, _) in (1..).zip(&cluster.config().bootstrap) {
        let id: i32 = id;
        match cluster.node(-id).await {
            Ok(_) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn name(broker: &BrokerNode) -> String {
    node(&broker.host, broker.port, broker.id, broker.rack.as_deref())
}

fn describe(text: &mut String, broker: &BrokerNode, connection: &Connection) {
    let mut lines: Vec<String> = Vec::new();
    let mut known: Vec<ApiKey> = ApiKey::ALL.to_vec();
    known.sort_unstable();
    for api in known {
        let told = connection.versions().find(|range| range.api == api);
        let Some(range) = told else {
            if !CONTROLLER_ONLY.contains(&api) {
                lines.push(format!("\t{}({}): UNSUPPORTED", api.name(), api.0));
            }
            continue;
        };
        let usable = match connection.version_of(api) {
            Ok(version) => format!("usable: {version}"),
            Err(_) => "unusable: node too new".to_owned(),
        };
        let versions = span(range.min, range.max);
        lines.push(format!(
            "\t{}({}): {versions} [{usable}]",
            api.name(),
            api.0
        ));
    }
    for range in connection.versions() {
        if !ApiKey::ALL.contains(&range.api) {
            let versions = span(range.min, range.max);
            lines.push(format!("\tUNKNOWN({}): {versions}", range.api.0));
        }
    }
    text.push_str(&format!(
        "{} -> (\n{}\n)\n",
        name(broker),
        lines.join(",\n")
    ));
}

fn span(min: i16, max: i16) -> String {
    if min == max {
        min.to_string()
    } else {
        format!("{min} to {max}")
    }
}
