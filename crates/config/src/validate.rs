//! Checks of dynamic configuration, before it is written.

use crate::{
    ConfigMap,
    broker::BrokerConfig,
    error::{ConfigError, Reason, ThreadBound},
    key::{Key, Scope, UpdateMode},
    table::{find, keys},
    topic::{TopicConfig, inherited},
    value::Value,
    values::number,
};

/// Checks the values of a topic that is created or altered.
///
/// # Errors
/// The first thing that is wrong, in Apache Kafka's words.
pub fn validate_topic(node: &BrokerConfig, configs: &ConfigMap) -> Result<(), ConfigError> {
    check_names(Scope::Topic, configs)?;
    let topic = TopicConfig::resolve(node, configs)?;
    let (min, max) = (topic.min_compaction_lag_ms, topic.max_compaction_lag_ms);
    if min > max {
        return Err(ConfigError::CompactionLags { min, max });
    }
    if topic.remote_storage_enable {
        check_remote(node, &topic)
    } else {
        Ok(())
    }
}

fn check_remote(node: &BrokerConfig, topic: &TopicConfig) -> Result<(), ConfigError> {
    if node.value("remote.log.storage.system.enable") != Some(&Value::Boolean(true)) {
        return Err(ConfigError::NoRemoteStorage);
    }
    if topic.cleanup.compact {
        return Err(ConfigError::RemoteCompacted);
    }
    let limits = [
        (
            "local.retention.bytes",
            topic.local_retention_bytes,
            "retention.bytes",
            topic.retention_bytes,
        ),
        (
            "local.retention.ms",
            topic.local_retention_ms,
            "retention.ms",
            topic.retention_ms,
        ),
    ];
    for (local_key, local, key, limit) in limits {
        let reason = match local {
            _ if limit < 0 => None,
            -1 => Some(Reason::UnlimitedUnder { key, limit }),
            _ if local > limit => Some(Reason::MoreThan { key, limit }),
            _ => None,
        };
        if let Some(reason) = reason {
            return Err(ConfigError::invalid(local_key, &local.to_string(), reason));
        }
    }
    for (local_key, local, key, limit) in limits.into_iter().rev() {
        if topic.remote_copy_disable && local != -2 && local != limit {
            return Err(ConfigError::RemoteCopyDisabled {
                local: local_key,
                total: key,
            });
        }
    }
    Ok(())
}

/// Checks the values of a group.
///
/// # Errors
/// The first thing that is wrong, in Apache Kafka's words.
pub fn validate_group(node: &BrokerConfig, configs: &ConfigMap) -> Result<(), ConfigError> {
    check_names(Scope::Group, configs)?;
    let value = |key: &'static Key| match configs.get(key.name) {
        Some(text) => key.parse(text),
        None => Ok(inherited(node, key)),
    };
    let mut numbers: Vec<(&'static str, i64)> = Vec::new();
    for key in keys(Scope::Group) {
        numbers.extend(number(&value(key)?).map(|number| (key.name, number)));
    }
    for (name, number) in &numbers {
        check_bounds(node, name, *number)?;
    }
    let of = |name: &str| {
        numbers
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, number)| *number)
    };
    for (session, heartbeat) in HEARTBEATS {
        if of(session) <= of(heartbeat) {
            let (larger, smaller) = (*session, *heartbeat);
            return Err(ConfigError::NotLarger {
                larger,
                smaller,
                or_equal: false,
            });
        }
    }
    Ok(())
}

/// A value of a group must lie between the bounds that the node sets for it.
fn check_bounds(node: &BrokerConfig, name: &'static str, value: i64) -> Result<(), ConfigError> {
    let Some((kind, rest)) = name.split_once('.') else {
        return Ok(());
    };
    let rest = if rest == "num.standby.replicas" {
        "standby.replicas"
    } else {
        rest
    };
    let bound = |side: &str| {
        let key = find(Scope::Broker, &format!("group.{kind}.{side}.{rest}"))?;
        Some((key.name, number(node.value(key.name)?)?))
    };
    match (bound("min"), bound("max")) {
        (Some((smaller, low)), _) if value < low => Err(ConfigError::NotLarger {
            larger: name,
            smaller,
            or_equal: true,
        }),
        (_, Some((larger, high))) if value > high => Err(ConfigError::NotSmaller {
            smaller: name,
            larger,
            or_equal: true,
        }),
        _ => Ok(()),
    }
}

/// Checks the values of a client metrics subscription.
///
/// # Errors
/// The first thing that is wrong, in Apache Kafka's words.
pub fn validate_client_metrics(name: &str, configs: &ConfigMap) -> Result<(), ConfigError> {
    if name.is_empty() {
        return Err(ConfigError::NoSubscriptionName);
    }
    check_names(Scope::ClientMetrics, configs)?;
    for (name, text) in configs {
        let Some(key) = find(Scope::ClientMetrics, name) else {
            continue;
        };
        match (key.name, key.parse(text)?) {
            ("interval.ms", Value::Int(value)) if !(100..=3_600_000).contains(&value) => {
                return Err(ConfigError::PushInterval { value });
            }
            ("match", Value::List(items)) => {
                if let Some(pattern) = items.into_iter().find(|item| !is_match_pattern(item)) {
                    return Err(ConfigError::MatchPattern { pattern });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a condition is `attribute=pattern` with an attribute that clients have.
fn is_match_pattern(item: &str) -> bool {
    item.split_once('=').is_some_and(|(attribute, pattern)| {
        MATCH_ATTRIBUTES.contains(&attribute.trim())
            && !pattern.contains('=')
            && is_balanced(pattern.trim())
    })
}

/// Whether a regular expression is not empty and closes what it opens.
fn is_balanced(pattern: &str) -> bool {
    let (mut groups, mut in_class, mut escaped) = (0_i32, false, false);
    for char in pattern.chars() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => groups += 1,
            ')' if groups == 0 => return false,
            ')' => groups -= 1,
            _ => {}
        }
    }
    !pattern.is_empty() && groups == 0 && !in_class && !escaped
}

/// Checks dynamic configuration of this broker, or of all when not `per_broker`.
///
/// # Errors
/// The first thing that is wrong, in Apache Kafka's words.
pub fn validate_dynamic_broker(
    node: &BrokerConfig,
    per_broker: bool,
    configs: &ConfigMap,
) -> Result<(), ConfigError> {
    check_dynamic(node, per_broker, configs).map_err(|error| ConfigError::OfBroker(Box::new(error)))
}

fn check_dynamic(
    node: &BrokerConfig,
    per_broker: bool,
    configs: &ConfigMap,
) -> Result<(), ConfigError> {
    let those = |is_meant: &dyn Fn(&str, &Key) -> bool| -> Option<Vec<String>> {
        let names = configs.keys().filter(|name| {
            find(Scope::Broker, base_name(name)).is_some_and(|key| is_meant(name, key))
        });
        let names: Vec<String> = names.cloned().collect();
        (!names.is_empty()).then_some(names)
    };
    let is_fixed = |name: &str, key: &Key| !key.is_dynamic() && base_name(name) == name;
    if let Some(keys) = those(&is_fixed) {
        return Err(ConfigError::NotDynamic { keys });
    }
    if let Some(keys) = those(&|name, _| PER_LISTENER.contains(&name)) {
        return Err(ConfigError::OnlyPerListener { keys });
    }
    for (name, text) in configs {
        if let Some(key) = find(Scope::Broker, base_name(name)) {
            key.parse(text)?;
        }
    }
    let is_own = |_: &str, key: &Key| key.mode == UpdateMode::PerBroker;
    if let Some(keys) = those(&is_own).filter(|_| !per_broker) {
        return Err(ConfigError::OnlyPerBroker { keys });
    }
    check_threads(node, configs)?;
    let layers = node.layers();
    let (shared, own) = if per_broker {
        (&*layers.shared, configs)
    } else {
        (configs, &*layers.own)
    };
    node.with_dynamic(shared, own).map(drop)
}

/// A number of threads changes by a factor of two at most.
fn check_threads(node: &BrokerConfig, configs: &ConfigMap) -> Result<(), ConfigError> {
    for key in THREADS {
        let Some(text) = configs.get(*key) else {
            continue;
        };
        let (Some(Value::Int(current)), Ok(value)) = (node.value(key), text.trim().parse::<i32>())
        else {
            continue;
        };
        let reason = if value < current / 2 {
            ThreadBound::Half(*current)
        } else if value > current.saturating_mul(2) {
            ThreadBound::Double(*current)
        } else {
            continue;
        };
        return Err(ConfigError::ThreadCount { key, value, reason });
    }
    Ok(())
}

fn check_names(scope: Scope, configs: &ConfigMap) -> Result<(), ConfigError> {
    match configs.keys().find(|name| find(scope, name).is_none()) {
        Some(key) => Err(ConfigError::UnknownKey {
            scope,
            key: key.clone(),
        }),
        None => Ok(()),
    }
}

/// A broker key without `listener.name.` and the name of a listener and SASL mechanism in front.
pub(crate) fn base_name(name: &str) -> &str {
    let Some((_, rest)) = name
        .strip_prefix("listener.name.")
        .and_then(|it| it.split_once('.'))
    else {
        return name;
    };
    match rest.split_once('.') {
        Some((_, key)) if find(Scope::Broker, rest).is_none() && key.starts_with("sasl.") => key,
        _ => rest,
    }
}

/// Session timeouts of groups, and the heartbeats that must come more often.
const HEARTBEATS: &[(&str, &str)] = &[
    (
        "consumer.session.timeout.ms",
        "consumer.heartbeat.interval.ms",
    ),
    ("share.session.timeout.ms", "share.heartbeat.interval.ms"),
    (
        "streams.session.timeout.ms",
        "streams.heartbeat.interval.ms",
    ),
];

/// What clients are told apart by.
const MATCH_ATTRIBUTES: &[&str] = &[
    "client_id",
    "client_instance_id",
    "client_software_name",
    "client_software_version",
    "client_source_address",
    "client_source_port",
];

/// Keys that change only for one listener.
const PER_LISTENER: &[&str] = &[
    "ssl.key.password",
    "ssl.keystore.certificate.chain",
    "ssl.keystore.key",
    "ssl.keystore.location",
    "ssl.keystore.password",
    "ssl.keystore.type",
    "ssl.truststore.certificates",
    "ssl.truststore.location",
    "ssl.truststore.password",
    "ssl.truststore.type",
];

const THREADS: &[&str] = &[
    "background.threads",
    "log.cleaner.threads",
    "num.io.threads",
    "num.network.threads",
    "num.recovery.threads.per.data.dir",
    "num.replica.fetchers",
];

#[cfg(test)]
mod tests;
