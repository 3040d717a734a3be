//! Dynamic configurations.

use std::{collections::BTreeMap, fmt, sync::Arc};

use ottla_protocol::metadata::{ConfigRecord, MetadataRecord};
use ottla_types::BrokerId;

use crate::VersionedRecord;

/// Kind of thing that has a configuration, as Kafka numbers it. Unknown numbers are values too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfigKind(pub i8);

impl ConfigKind {
    /// A topic.
    pub const TOPIC: Self = Self(2);
    /// A broker by its id, or all brokers under the empty name.
    pub const BROKER: Self = Self(4);
    /// The log levels of a broker. Never in the metadata log.
    pub const BROKER_LOGGER: Self = Self(8);
    /// A client metrics subscription.
    pub const CLIENT_METRICS: Self = Self(16);
    /// A group.
    pub const GROUP: Self = Self(32);
}

impl fmt::Display for ConfigKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::TOPIC => "TOPIC",
            Self::BROKER => "BROKER",
            Self::BROKER_LOGGER => "BROKER_LOGGER",
            Self::CLIENT_METRICS => "CLIENT_METRICS",
            Self::GROUP => "GROUP",
            _ => "UNKNOWN",
        })
    }
}

/// Something that has a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfigResource {
    /// What it is.
    pub kind: ConfigKind,
    /// Its name; empty means the cluster-wide default of brokers.
    pub name: String,
}

impl ConfigResource {
    /// The topic `name`.
    pub fn topic(name: impl Into<String>) -> Self {
        Self {
            kind: ConfigKind::TOPIC,
            name: name.into(),
        }
    }

    /// One broker.
    #[must_use]
    pub fn broker(id: BrokerId) -> Self {
        Self {
            kind: ConfigKind::BROKER,
            name: id.to_string(),
        }
    }

    /// The cluster-wide default of brokers.
    #[must_use]
    pub fn broker_default() -> Self {
        Self {
            kind: ConfigKind::BROKER,
            name: String::new(),
        }
    }
}

/// The configuration of one resource, by key.
pub type ConfigMap = BTreeMap<String, String>;

/// All dynamic configurations. A resource without keys is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configs {
    kinds: BTreeMap<ConfigKind, BTreeMap<Arc<str>, Arc<ConfigMap>>>,
}

impl Configs {
    /// The configuration of a resource, if it has any.
    #[must_use]
    pub fn of(&self, kind: ConfigKind, name: &str) -> Option<&Arc<ConfigMap>> {
        self.kinds.get(&kind)?.get(name)
    }

    /// The overrides of a topic.
    #[must_use]
    pub fn topic(&self, name: &str) -> Option<&Arc<ConfigMap>> {
        self.of(ConfigKind::TOPIC, name)
    }

    /// The dynamic configuration of one broker.
    #[must_use]
    pub fn broker(&self, id: BrokerId) -> Option<&Arc<ConfigMap>> {
        self.of(ConfigKind::BROKER, &id.to_string())
    }

    /// The dynamic cluster-wide default of brokers.
    #[must_use]
    pub fn broker_default(&self) -> Option<&Arc<ConfigMap>> {
        self.of(ConfigKind::BROKER, "")
    }

    /// One value.
    #[must_use]
    pub fn value(&self, kind: ConfigKind, name: &str, key: &str) -> Option<&str> {
        self.of(kind, name)?.get(key).map(String::as_str)
    }

    /// Every resource of a kind that has a configuration, by name.
    pub fn resources(
        &self,
        kind: ConfigKind,
    ) -> impl Iterator<Item = (&Arc<str>, &Arc<ConfigMap>)> {
        self.kinds.get(&kind).into_iter().flatten()
    }

    /// Every resource that has a configuration, by kind and name.
    pub fn iter(&self) -> impl Iterator<Item = (ConfigKind, &Arc<str>, &Arc<ConfigMap>)> {
        self.kinds
            .iter()
            .flat_map(|(kind, names)| names.iter().map(move |(name, map)| (*kind, name, map)))
    }

    pub(super) fn apply(&mut self, record: &ConfigRecord<'_>) {
        let kind = ConfigKind(record.resource_type);
        match record.value.as_deref() {
            Some(value) => self.set(kind, &record.resource_name, &record.name, value),
            None => self.delete(kind, &record.resource_name, &record.name),
        }
    }

    pub(super) fn remove_topic(&mut self, name: &str) {
        if let Some(names) = self.kinds.get_mut(&ConfigKind::TOPIC) {
            names.remove(name);
            if names.is_empty() {
                self.kinds.remove(&ConfigKind::TOPIC);
            }
        }
    }

    pub(super) fn write_snapshot(&self, out: &mut Vec<VersionedRecord>) {
        for (kind, resource, map) in self.iter() {
            let records = map
                .iter()
                .map(|(key, value)| config_record(kind, resource, key, Some(value)));
            out.extend(records);
        }
    }

    fn set(&mut self, kind: ConfigKind, resource: &str, key: &str, value: &str) {
        let names = self.kinds.entry(kind).or_default();
        let map = names.entry(Arc::from(resource)).or_default();
        Arc::make_mut(map).insert(key.to_owned(), value.to_owned());
    }

    fn delete(&mut self, kind: ConfigKind, resource: &str, key: &str) {
        let Some(names) = self.kinds.get_mut(&kind) else {
            return;
        };
        let Some(map) = names.get_mut(resource) else {
            return;
        };
        Arc::make_mut(map).remove(key);
        if map.is_empty() {
            names.remove(resource);
        }
        if names.is_empty() {
            self.kinds.remove(&kind);
        }
    }
}

/// The record that sets a key, or deletes it when there is no value.
pub(crate) fn config_record(
    kind: ConfigKind,
    resource: &str,
    key: &str,
    value: Option<&str>,
) -> VersionedRecord {
    let record = ConfigRecord {
        resource_type: kind.0,
        resource_name: resource.to_owned().into(),
        name: key.to_owned().into(),
        value: value.map(|text| text.to_owned().into()),
        ..ConfigRecord::default()
    };
    VersionedRecord::new(MetadataRecord::ConfigRecord(record), 0)
}
