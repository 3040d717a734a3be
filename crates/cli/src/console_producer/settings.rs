//! The producer's configuration, from defaults, file and options.

use std::time::Duration;

use ottla_client::{Acks, ClientConfig, ProducerConfig};
use ottla_config::Properties;
use ottla_records::Compression;
use ottla_types::Saturate;

use super::Mistake;
use crate::{
    Sink,
    exception::Exception,
    log::notices,
    options::Parsed,
    properties::{Number, Typed, Unusable, client_config, load, pairs},
};

pub(super) struct Settings {
    pub(super) topic: String,
    pub(super) sync: bool,
    pub(super) client: ClientConfig,
    pub(super) producer: ProducerConfig,
}

/// Options that stand for a property: they win when given, and their defaults fill what is missing.
const OPTIONS: [(&str, &str, bool); 11] = [
    ("timeout", "linger.ms", true),
    ("request-required-acks", "acks", false),
    ("request-timeout-ms", "request.timeout.ms", true),
    ("message-send-max-retries", "retries", true),
    ("retry-backoff-ms", "retry.backoff.ms", true),
    ("socket-buffer-size", "send.buffer.bytes", true),
    ("max-memory-bytes", "buffer.memory", true),
    ("batch-size", "batch.size", true),
    ("max-partition-memory-bytes", "batch.size", true),
    ("metadata-expiry-ms", "metadata.max.age.ms", true),
    ("max-block-ms", "max.block.ms", true),
];

impl Settings {
    pub(super) fn of(parsed: &Parsed, err: &Sink) -> Result<Self, Mistake> {
        let bootstrap = parsed.value("bootstrap-server")?.unwrap_or_default();
        let properties = properties(parsed)?;
        let client_id = properties.get("client.id").unwrap_or_default();
        let role = format!("Producer clientId={client_id}");
        let producer = producer_config(Typed(&properties))?;
        let client = match client_config(&properties, bootstrap, role, client_id, notices(err)) {
            Err(Unusable::Addresses(_)) => {
                Err(Exception::kafka("Failed to construct kafka producer"))
            }
            config => config.map_err(Exception::from),
        }?;
        Ok(Self {
            topic: parsed.value("topic")?.unwrap_or_default().to_owned(),
            sync: parsed.has("sync"),
            client,
            producer,
        })
    }
}

fn properties(parsed: &Parsed) -> Result<Properties, Mistake> {
    let mut file = None;
    for option in ["producer.config", "command-config"] {
        file = parsed.value(option)?.or(file);
    }
    let mut properties = match file {
        Some(path) => load(path)?,
        None => Properties::default(),
    };
    for option in ["producer-property", "command-property"] {
        let given = pairs(&parsed.values(option))?;
        for (key, value) in given.iter() {
            properties.set(key, value);
        }
    }
    properties.set("compression.type", codec(parsed)?);
    if properties.get("client.id").is_none() {
        properties.set("client.id", "console-producer");
    }
    for (option, key, is_number) in OPTIONS {
        if !parsed.has(option) && properties.get(key).is_some() {
            continue;
        }
        let value = if is_number {
            parsed.number(option)?.map(|number| number.to_string())
        } else {
            parsed.value(option)?.map(str::to_owned)
        };
        if let Some(value) = value {
            properties.set(key, value);
        }
    }
    Ok(properties)
}

/// The option without a value means gzip.
fn codec(parsed: &Parsed) -> Result<String, Mistake> {
    let codec = match parsed.value("compression-codec")? {
        Some(codec) => codec,
        None if parsed.has("compression-codec") => "gzip",
        None => "none",
    };
    Ok(codec.to_owned())
}

fn producer_config(typed: Typed<'_>) -> Result<ProducerConfig, Exception> {
    let mut config = ProducerConfig::default();
    let size = |key: &str, kind: Number, least: i64| -> Result<Option<usize>, Exception> {
        Ok(typed.number(key, kind, least)?.map(Saturate::saturate))
    };
    if let Some(bytes) = size("batch.size", Number::Int, 0)? {
        config.batch_size = bytes;
    }
    let acks = typed
        .choice("acks", &["all", "-1", "0", "1"])?
        .unwrap_or("all");
    config.acks = match acks {
        "0" => Acks::None,
        "1" => Acks::Leader,
        _ => Acks::All,
    };
    let codecs = Compression::ALL.map(Compression::name);
    let codec = typed.choice("compression.type", &codecs)?.unwrap_or("none");
    config.compression = Compression::ALL
        .into_iter()
        .find(|known| known.name() == codec)
        .unwrap_or_default();
    let level = format!("compression.{codec}.level");
    config.compression_level = typed
        .number(&level, Number::Int, i64::from(i32::MIN))?
        .map(Saturate::saturate);
    if let Some(linger) = typed.millis("linger.ms", Number::Long)? {
        config.linger = linger;
    }
    if let Some(limit) = typed.millis("max.block.ms", Number::Long)? {
        config.max_block = limit;
    }
    if let Some(bytes) = size("buffer.memory", Number::Long, 0)? {
        config.buffer_memory = bytes;
    }
    if let Some(bytes) = size("max.request.size", Number::Int, 0)? {
        config.max_request_size = bytes;
    }
    if let Some(count) = size("max.in.flight.requests.per.connection", Number::Int, 1)? {
        config.max_in_flight = count;
    }
    if let Some(retries) = typed.number("retries", Number::Int, 0)? {
        config.retries = retries.saturate();
    }
    let request = typed.millis("request.timeout.ms", Number::Int)?;
    let delivery = typed.millis("delivery.timeout.ms", Number::Int)?;
    config.delivery_timeout = delivery_timeout(&config, request, delivery)?;
    config.ignore_keys = typed.boolean("partitioner.ignore.keys")?.unwrap_or(false);
    config.idempotent = idempotence(typed, &config)?;
    Ok(config)
}

fn delivery_timeout(
    config: &ProducerConfig,
    request: Option<Duration>,
    delivery: Option<Duration>,
) -> Result<Duration, Exception> {
    let least = config.linger + request.unwrap_or(Duration::from_secs(30));
    match delivery {
        Some(limit) if limit < least => Err(Exception::config(
            "delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms",
        )),
        Some(limit) => Ok(limit),
        None => Ok(config.delivery_timeout.max(least)),
    }
}

/// On unless told otherwise, or unless another setting that was given stands against it.
fn idempotence(typed: Typed<'_>, config: &ProducerConfig) -> Result<bool, Exception> {
    let wanted = typed.boolean("enable.idempotence")?;
    let reasons = [
        (
            config.retries == 0,
            "Must set retries to non-zero when using the idempotent producer.",
        ),
        (
            config.acks != Acks::All,
            "Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.",
        ),
        (
            config.max_in_flight > 5,
            "Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.",
        ),
    ];
    let against = reasons.iter().find(|(holds, _)| *holds);
    match (wanted, against) {
        (Some(true), Some((_, reason))) => Err(Exception::config(*reason)),
        (Some(wanted), _) => Ok(wanted),
        (None, against) => Ok(against.is_none()),
    }
}
