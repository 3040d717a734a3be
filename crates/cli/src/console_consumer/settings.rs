//! The consumer's configuration, from defaults, file and options.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use ottla_client::{AutoReset, ClientConfig, ConsumerConfig, Isolation, OffsetSpec};
use ottla_config::Properties;
use ottla_types::Saturate;

use super::options::USAGE;
use crate::{
    Sink,
    exception::Exception,
    log::notices,
    options::{ParseError, Parsed},
    properties::{Number, Typed, Unusable, client_config, invalid, load, pairs},
};

/// Where one partition is started.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start {
    At(i64),
    Spec(OffsetSpec),
}

/// What is read.
#[derive(Clone, Debug)]
pub(super) enum Topics {
    Named(String),
    Matching(String),
    Partition(String, i32, Start),
}

pub(super) struct Settings {
    pub(super) topics: Topics,
    pub(super) timeout: Option<Duration>,
    pub(super) client: ClientConfig,
    properties: Properties,
}

impl Settings {
    /// The exit code after a complaint otherwise.
    pub(super) fn of(parsed: &Parsed, err: &Sink) -> Result<Self, i32> {
        let topics = topics(parsed, err)?;
        let timeout = parsed
            .number("timeout-ms")
            .map_err(|error| uncaught(err, &conversion(&error)))?
            .and_then(|millis| u64::try_from(millis).ok())
            .map(Duration::from_millis);
        let properties = properties(parsed, err)?;
        let bootstrap = properties.get("bootstrap.servers").unwrap_or_default();
        let client_id = properties.get("client.id").unwrap_or_default();
        let group = properties.get("group.id").unwrap_or_default();
        let role = format!("Consumer clientId={client_id}, groupId={group}");
        let client = match client_config(&properties, bootstrap, role, client_id, notices(err)) {
            Err(Unusable::Addresses(_)) => {
                Err(Exception::kafka("Failed to construct kafka consumer"))
            }
            config => config.map_err(Exception::from),
        };
        let client = client.map_err(|exception| super::unknown_error(err, &exception))?;
        Ok(Self {
            topics,
            timeout,
            client,
            properties,
        })
    }

    /// Whether the tool points to the newer group protocol.
    pub(super) fn shows_hint(&self) -> bool {
        let newer = self
            .properties
            .get("group.protocol")
            .is_some_and(|protocol| protocol.eq_ignore_ascii_case("consumer"));
        !newer && !matches!(self.topics, Topics::Partition(..))
    }

    pub(super) fn consumer_config(&self) -> Result<ConsumerConfig, Exception> {
        consumer_config(Typed(&self.properties))
    }
}

fn conversion(error: &ParseError) -> Exception {
    Exception::new(error.class(), error.to_string())
}

/// A failure nobody catches.
fn uncaught(err: &Sink, exception: &Exception) -> i32 {
    err.line(format_args!("Exception in thread \"main\" {exception}"));
    1
}

fn topics(parsed: &Parsed, err: &Sink) -> Result<Topics, i32> {
    let value = |name: &str| {
        parsed
            .value(name)
            .map_err(|error| uncaught(err, &conversion(&error)))
    };
    if let Some(pattern) = value("include")? {
        return Ok(Topics::Matching(pattern.to_owned()));
    }
    let topic = value("topic")?.unwrap_or_default().to_owned();
    let partition = parsed
        .number("partition")
        .map_err(|error| uncaught(err, &conversion(&error)))?;
    let Some(partition) = partition else {
        return Ok(Topics::Named(topic));
    };
    let start = match value("offset")? {
        Some(text) if parsed.has("offset") => offset(text, err)?,
        _ if parsed.has("from-beginning") => Start::Spec(OffsetSpec::Earliest),
        _ => Start::Spec(OffsetSpec::Latest),
    };
    Ok(Topics::Partition(topic, partition.saturate(), start))
}

fn offset(text: &str, err: &Sink) -> Result<Start, i32> {
    match text.to_lowercase().as_str() {
        "earliest" => Ok(Start::Spec(OffsetSpec::Earliest)),
        "latest" => Ok(Start::Spec(OffsetSpec::Latest)),
        number => number
            .parse()
            .ok()
            .filter(|offset| *offset >= 0)
            .map(Start::At)
            .ok_or_else(|| {
                let message = format!(
                    "The provided offset value '{text}' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long."
                );
                USAGE.refuse(err, message)
            }),
    }
}

fn properties(parsed: &Parsed, err: &Sink) -> Result<Properties, i32> {
    let fail = |exception: Exception| uncaught(err, &exception);
    let mut file = None;
    for option in ["consumer.config", "command-config"] {
        let given = parsed
            .value(option)
            .map_err(|error| fail(conversion(&error)))?;
        file = given.or(file);
    }
    let mut properties = match file {
        Some(path) => load(path).map_err(fail)?,
        None => Properties::default(),
    };
    let file_group = properties.get("group.id").map(str::to_owned);
    let mut given = parsed.values("consumer-property");
    given.extend(parsed.values("command-property"));
    let given = pairs(&given).map_err(fail)?;
    for (key, value) in given.iter() {
        properties.set(key, value);
    }
    set_reset(parsed, &mut properties, err)?;
    for (option, key) in [
        ("bootstrap-server", "bootstrap.servers"),
        ("isolation-level", "isolation.level"),
    ] {
        if let Some(value) = parsed
            .value(option)
            .map_err(|error| fail(conversion(&error)))?
        {
            properties.set(key, value);
        }
    }
    let option_group = parsed
        .value("group")
        .map_err(|error| fail(conversion(&error)))?;
    let groups = [option_group, given.get("group.id"), file_group.as_deref()];
    set_group(groups, &mut properties, err)?;
    if properties.get("client.id").is_none() {
        properties.set("client.id", "console-consumer");
    }
    Ok(properties)
}

fn set_reset(parsed: &Parsed, properties: &mut Properties, err: &Sink) -> Result<(), i32> {
    let from_beginning = parsed.has("from-beginning");
    match properties.get("auto.offset.reset") {
        Some(reset) if from_beginning && reset != "earliest" => {
            err.line(format_args!(
                "Can't simultaneously specify --from-beginning and 'auto.offset.reset={reset}', please remove one option"
            ));
            Err(1)
        }
        Some(_) => Ok(()),
        None => {
            let reset = if from_beginning { "earliest" } else { "latest" };
            properties.set("auto.offset.reset", reset);
            Ok(())
        }
    }
}

/// One group at most; without one a random group that commits nothing.
fn set_group(
    groups: [Option<&str>; 3],
    properties: &mut Properties,
    err: &Sink,
) -> Result<(), i32> {
    let mut distinct: Vec<&str> = Vec::new();
    for group in groups.into_iter().flatten() {
        if !distinct.contains(&group) {
            distinct.push(group);
        }
    }
    if distinct.len() > 1 {
        let quoted: Vec<_> = distinct.iter().map(|group| format!("'{group}'")).collect();
        let message = format!(
            "The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer.config') do not match. Detected group ids: {}",
            quoted.join(", ")
        );
        return Err(USAGE.refuse(err, message));
    }
    if let Some(group) = distinct.first() {
        properties.set("group.id", *group);
        return Ok(());
    }
    let number = RandomState::new().hash_one(0u8) % 100_000;
    properties.set("group.id", format!("console-consumer-{number}"));
    if properties.get("enable.auto.commit").is_none() {
        properties.set("enable.auto.commit", "false");
    }
    Ok(())
}

fn consumer_config(typed: Typed<'_>) -> Result<ConsumerConfig, Exception> {
    let mut config = ConsumerConfig {
        group: typed.text("group.id").map(str::to_owned),
        instance: typed.text("group.instance.id").map(str::to_owned),
        rack: typed.text("client.rack").unwrap_or_default().to_owned(),
        auto_reset: reset(typed.text("auto.offset.reset").unwrap_or("latest"))?,
        ..ConsumerConfig::default()
    };
    let isolation = typed.choice("isolation.level", &["read_committed", "read_uncommitted"])?;
    config.isolation = match isolation {
        Some("read_committed") => Isolation::ReadCommitted,
        _ => Isolation::ReadUncommitted,
    };
    let interval = typed.millis("auto.commit.interval.ms", Number::Int)?;
    if let Some(interval) = interval {
        config.auto_commit = Some(interval);
    }
    if typed.boolean("enable.auto.commit")? == Some(false) {
        config.auto_commit = None;
    }
    let durations = [
        (&mut config.session_timeout, "session.timeout.ms"),
        (&mut config.heartbeat_interval, "heartbeat.interval.ms"),
        (&mut config.max_poll_interval, "max.poll.interval.ms"),
        (&mut config.fetch_max_wait, "fetch.max.wait.ms"),
    ];
    for (field, key) in durations {
        if let Some(value) = typed.millis(key, Number::Int)? {
            *field = value;
        }
    }
    let sizes = [
        (&mut config.fetch_min_bytes, "fetch.min.bytes"),
        (&mut config.fetch_max_bytes, "fetch.max.bytes"),
        (
            &mut config.max_partition_fetch_bytes,
            "max.partition.fetch.bytes",
        ),
    ];
    for (field, key) in sizes {
        if let Some(value) = typed.number(key, Number::Int, 0)? {
            *field = value.saturate();
        }
    }
    let flags = [
        (&mut config.check_crcs, "check.crcs"),
        (&mut config.allow_auto_create, "allow.auto.create.topics"),
        (&mut config.exclude_internal, "exclude.internal.topics"),
    ];
    for (field, key) in flags {
        if let Some(value) = typed.boolean(key)? {
            *field = value;
        }
    }
    Ok(config)
}

fn reset(text: &str) -> Result<AutoReset, Exception> {
    match text {
        "earliest" => Ok(AutoReset::Earliest),
        "latest" => Ok(AutoReset::Latest),
        "none" => Ok(AutoReset::None),
        _ => Err(invalid(
            "auto.offset.reset",
            text,
            &format!(
                "Invalid value `{text}` for configuration auto.offset.reset. The value must be either 'earliest', 'latest', 'none' or of the format 'by_duration:<PnDTnHnMn.nS.>'."
            ),
        )),
    }
}
