//! What DescribeConfigs answers: every key with its value, where that comes from, and what else could give it.
//!
//! Spec: KIP-226 (sources and synonyms), KIP-569 (types and documentation).

use crate::{
    ConfigMap,
    broker::BrokerConfig,
    key::{DefaultValue, Key, Scope, Type},
    listing::in_listing_order,
    table::{find, is_dynamic_only, keys},
    topic::inherited,
    validate::base_name,
    value::Value,
};

/// One key in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Described {
    /// The key.
    pub name: String,
    /// Its value; `None` when not set or secret.
    pub value: Option<String>,
    /// Where the value comes from.
    pub source: ConfigSource,
    /// Whether only a file can set it.
    pub read_only: bool,
    /// Whether the value is secret.
    pub sensitive: bool,
    /// Type of the value.
    pub kind: DescribedType,
    /// One line of documentation.
    pub doc: &'static str,
    /// What gives the value, and what would give it otherwise, the strongest first.
    pub synonyms: Vec<Synonym>,
}

/// A place that gives a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The key there.
    pub name: String,
    /// The value there; `None` when secret.
    pub value: Option<String>,
    /// The place.
    pub source: ConfigSource,
}

/// Type of a described value; a key that no table knows has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DescribedType(pub Option<Type>);

impl DescribedType {
    /// Number in answers.
    #[must_use]
    pub const fn code(self) -> i8 {
        match self.0 {
            Some(kind) => kind.code(),
            None => 0,
        }
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigSource {
    /// Dynamic configuration of the topic.
    Topic,
    /// Dynamic configuration of the broker.
    Broker,
    /// Dynamic configuration of all brokers.
    AllBrokers,
    /// File, environment or command line of the broker.
    Static,
    /// The table.
    Default,
    /// The client metrics subscription.
    ClientMetrics,
    /// Dynamic configuration of the group.
    Group,
}

impl ConfigSource {
    /// Number in answers.
    #[must_use]
    pub const fn code(self) -> i8 {
        match self {
            Self::Topic => 1,
            Self::Broker => 2,
            Self::AllBrokers => 3,
            Self::Static => 4,
            Self::Default => 5,
            Self::ClientMetrics => 7,
            Self::Group => 8,
        }
    }
}

/// A topic's keys, or those of `names`; `overrides` are its own values.
#[must_use]
pub fn describe_topic(
    node: &BrokerConfig,
    overrides: &ConfigMap,
    names: Option<&[&str]>,
) -> Vec<Described> {
    resource(Scope::Topic, Some(node), overrides, names)
}

/// A group's keys, or those of `names`; `overrides` are its own values.
#[must_use]
pub fn describe_group(
    node: &BrokerConfig,
    overrides: &ConfigMap,
    names: Option<&[&str]>,
) -> Vec<Described> {
    resource(Scope::Group, Some(node), overrides, names)
}

/// The keys of a client metrics subscription, or those of `names`; `overrides` are its own values.
#[must_use]
pub fn describe_client_metrics(overrides: &ConfigMap, names: Option<&[&str]>) -> Vec<Described> {
    resource(Scope::ClientMetrics, None, overrides, names)
}

/// The node's own keys, or those of `names`.
#[must_use]
pub fn describe_broker(node: &BrokerConfig, names: Option<&[&str]>) -> Vec<Described> {
    let layers = node.layers();
    let is_set = |name: &str| {
        [&layers.own, &layers.shared, &layers.fixed]
            .iter()
            .any(|map| map.contains_key(name))
    };
    let known = keys(Scope::Broker).iter();
    let listed = known.filter(|key| !key.hidden || is_set(key.name));
    let mut all: Vec<&str> = listed.map(|key| key.name).collect();
    let set = layers
        .own
        .keys()
        .chain(layers.shared.keys())
        .chain(layers.fixed.keys());
    let mut others: Vec<&str> = set
        .map(String::as_str)
        .filter(|name| find(Scope::Broker, name).is_none_or(|key| is_dynamic_only(key.name)))
        .collect();
    others.sort_unstable();
    others.dedup();
    all.extend(others);
    let mut all = in_listing_order(all, |name| name);
    all.retain(|name| is_wanted(names, name));
    all.into_iter().map(|name| broker_key(node, name)).collect()
}

/// The keys that dynamic configuration of all brokers sets, or those of them in `names`.
#[must_use]
pub fn describe_broker_defaults(node: &BrokerConfig, names: Option<&[&str]>) -> Vec<Described> {
    let shared = node
        .layers()
        .shared
        .keys()
        .filter(|name| is_wanted(names, name));
    let describe = |name: &String| {
        let mut described = broker_key(node, name);
        described
            .synonyms
            .retain(|synonym| synonym.source == ConfigSource::AllBrokers);
        described.source = ConfigSource::AllBrokers;
        let value = described
            .synonyms
            .first()
            .and_then(|synonym| synonym.value.clone());
        Described { value, ..described }
    };
    shared.map(describe).collect()
}

fn is_wanted(names: Option<&[&str]>, name: &str) -> bool {
    names.is_none_or(|names| names.contains(&name))
}

/// The keys of a resource that has values of its own.
fn resource(
    scope: Scope,
    node: Option<&BrokerConfig>,
    overrides: &ConfigMap,
    names: Option<&[&str]>,
) -> Vec<Described> {
    let known = keys(scope).iter().copied();
    let listed = known.filter(|key| !key.hidden || overrides.contains_key(key.name));
    in_listing_order(listed.collect(), |key| key.name)
        .into_iter()
        .filter(|key| is_wanted(names, key.name))
        .map(|key| resource_key(scope, node, key, overrides.get(key.name)))
        .collect()
}

fn resource_key(
    scope: Scope,
    node: Option<&BrokerConfig>,
    key: &'static Key,
    own: Option<&String>,
) -> Described {
    let source = match scope {
        Scope::Topic => ConfigSource::Topic,
        Scope::Group => ConfigSource::Group,
        Scope::ClientMetrics => ConfigSource::ClientMetrics,
        Scope::Broker => ConfigSource::Broker,
    };
    let mut synonyms: Vec<Synonym> = own
        .map(|text| Synonym {
            name: key.name.to_owned(),
            value: Some(text.clone()),
            source,
        })
        .into_iter()
        .collect();
    match (node, key.synonyms.first()) {
        (Some(node), Some(name)) => synonyms.extend(broker_synonyms(node, name, false)),
        (Some(_), None) if scope == Scope::Group => synonyms.extend(default_synonym(key)),
        _ => {}
    }
    let value = match (own, node) {
        (Some(text), _) => key
            .parse(text)
            .map_or_else(|_| Some(text.clone()), |it| it.to_text()),
        (None, Some(node)) => inherited(node, key).to_text(),
        (None, None) => key.default_value().to_text(),
    };
    Described {
        name: key.name.to_owned(),
        value,
        source: synonyms
            .first()
            .map_or(ConfigSource::Default, |synonym| synonym.source),
        read_only: false,
        sensitive: key.is_sensitive(),
        kind: DescribedType(Some(key.kind)),
        doc: key.doc,
        synonyms,
    }
}

fn broker_key(node: &BrokerConfig, name: &str) -> Described {
    let key = find(Scope::Broker, base_name(name));
    // What a key that nobody knows holds may be a secret of a plugin.
    let sensitive = key.is_none_or(Key::is_sensitive);
    let synonyms = broker_synonyms(node, name, sensitive);
    let value = match node.value(name) {
        _ if sensitive => None,
        Some(value) => value.to_text(),
        None => synonyms.first().and_then(|synonym| synonym.value.clone()),
    };
    Described {
        value,
        source: synonyms
            .first()
            .map_or(ConfigSource::Default, |synonym| synonym.source),
        read_only: !find(Scope::Broker, name).is_some_and(Key::is_dynamic),
        sensitive,
        kind: DescribedType(key.map(|key| key.kind)),
        doc: key.map_or("", |key| key.doc),
        synonyms,
        name: name.to_owned(),
    }
}

/// The places that give a broker key or, after it, a key of the same meaning: the dynamic ones of this broker
/// first, then those of all brokers, the static ones, the defaults. A key that itself is not set has none.
fn broker_synonyms(node: &BrokerConfig, name: &str, sensitive: bool) -> Vec<Synonym> {
    if node.value(name) == Some(&Value::Null) {
        return Vec::new();
    }
    let mut names = vec![name];
    match find(Scope::Broker, name) {
        Some(key) => names.extend(
            key.synonyms
                .iter()
                .skip_while(|other| **other != name)
                .skip(1),
        ),
        None if base_name(name) != name => names.push(base_name(name)),
        None => {}
    }
    let layers = node.layers();
    let places = [
        (ConfigSource::Broker, &layers.own),
        (ConfigSource::AllBrokers, &layers.shared),
        (ConfigSource::Static, &layers.fixed),
    ];
    let mut synonyms = Vec::new();
    for (source, map) in places {
        let given = names
            .iter()
            .filter_map(|name| Some((name, map.get(*name)?)));
        synonyms.extend(given.map(|(name, value)| Synonym {
            name: (*name).to_owned(),
            value: (!sensitive).then(|| value.clone()),
            source,
        }));
    }
    let keys = names.iter().filter_map(|name| find(Scope::Broker, name));
    synonyms.extend(
        keys.filter(|key| !is_dynamic_only(key.name))
            .filter_map(default_synonym),
    );
    synonyms
}

fn default_synonym(key: &Key) -> Option<Synonym> {
    let DefaultValue::Text(text) = key.default else {
        return None;
    };
    let source = ConfigSource::Default;
    Some(Synonym {
        name: key.name.to_owned(),
        value: Some(text.to_owned()),
        source,
    })
}

#[cfg(test)]
mod tests;
