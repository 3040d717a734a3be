//! Changes of dynamic configurations.
//!
//! Spec: KIP-133 (AlterConfigs), KIP-339 (IncrementalAlterConfigs), KIP-966 (min.insync.replicas).

use std::collections::BTreeMap;

use ottla_config::{AlterOp, Alteration, Scope, apply_alterations};
use ottla_protocol::metadata::{ClearElrRecord, MetadataRecord};
use ottla_types::{BrokerId, ErrorCode};

use super::{
    Command, Controller, Draft, MIN_ISR, create_topics::EXCESSIVE_BATCH,
    topic_name::check_topic_name,
};
use crate::{
    ConfigKind, ConfigMap, ConfigResource, Refusal, VersionedRecord, image::config_record,
};

/// Changes some keys of resources and leaves the others. Reply: the outcome per resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncrementalAlterConfigs {
    /// The changes of each resource.
    pub resources: Vec<(ConfigResource, Vec<ConfigChange>)>,
    /// What the node that was asked has refused already: the reply begins with it.
    pub refused: Vec<(ConfigResource, Refusal)>,
    /// Only says what would happen.
    pub validate_only: bool,
}

/// A change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigChange {
    /// The key.
    pub name: String,
    /// What to do.
    pub operation: ConfigOperation,
    /// What to do it with.
    pub value: Option<String>,
}

/// What to do with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigOperation {
    /// Give it the value.
    Set,
    /// Give it back its default.
    Delete,
    /// Add the items to its list.
    Append,
    /// Take the items from its list.
    Subtract,
}

impl ConfigOperation {
    /// The operation of Kafka's number, if it is one.
    #[must_use]
    pub fn from_number(number: i8) -> Option<Self> {
        match number {
            0 => Some(Self::Set),
            1 => Some(Self::Delete),
            2 => Some(Self::Append),
            3 => Some(Self::Subtract),
            _ => None,
        }
    }
}

/// Keys and values in the order of a request. A key without a value goes back to its default.
pub type ConfigEntries = Vec<(String, Option<String>)>;

/// Replaces all keys of resources: those not named go back to their defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterConfigs {
    /// The new configuration of each resource.
    pub resources: Vec<(ConfigResource, ConfigEntries)>,
    /// What the node that was asked has refused already: the reply begins with it.
    pub refused: Vec<(ConfigResource, Refusal)>,
    /// Only says what would happen.
    pub validate_only: bool,
}

impl Command for IncrementalAlterConfigs {
    type Reply = Vec<(ConfigResource, Result<(), Refusal>)>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let alter = |resource: &ConfigResource, changes: Vec<ConfigChange>| {
            controller.alter_config(resource, changes)
        };
        let decided = each_resource(self.resources, self.validate_only, draft, alter);
        with_refused(self.refused, decided)
    }
}

impl Command for AlterConfigs {
    type Reply = Vec<(ConfigResource, Result<(), Refusal>)>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let replace = |resource: &ConfigResource, configs: ConfigEntries| {
            controller.replace_config(resource, configs)
        };
        let decided = each_resource(self.resources, self.validate_only, draft, replace);
        with_refused(self.refused, decided)
    }
}

fn with_refused(
    refused: Vec<(ConfigResource, Refusal)>,
    decided: Vec<(ConfigResource, Result<(), Refusal>)>,
) -> Vec<(ConfigResource, Result<(), Refusal>)> {
    let refused = refused
        .into_iter()
        .map(|(resource, no)| (resource, Err(no)));
    refused.chain(decided).collect()
}

/// Decides for each resource that is named once, and refuses the others.
fn each_resource<C>(
    resources: Vec<(ConfigResource, C)>,
    validate_only: bool,
    draft: &mut Draft,
    decide: impl Fn(&ConfigResource, C) -> Result<Vec<VersionedRecord>, Refusal>,
) -> Vec<(ConfigResource, Result<(), Refusal>)> {
    let mut times: BTreeMap<ConfigResource, usize> = BTreeMap::new();
    for (resource, _) in &resources {
        *times.entry(resource.clone()).or_default() += 1;
    }
    let mut outcomes = Vec::with_capacity(times.len());
    for (resource, changes) in resources {
        match times.insert(resource.clone(), 0) {
            Some(1) => {
                let outcome = decide(&resource, changes).map(|records| draft.extend(records));
                outcomes.push((resource, outcome));
            }
            // Reported at its first appearance.
            Some(0) | None => {}
            Some(_) => {
                let refusal = Refusal::new(ErrorCode::INVALID_REQUEST, "Duplicate resource.");
                outcomes.push((resource, Err(refusal)));
            }
        }
    }
    if draft.is_excessive() {
        draft.records.clear();
        let refusal = Refusal::new(ErrorCode::POLICY_VIOLATION, EXCESSIVE_BATCH);
        outcomes
            .iter_mut()
            .for_each(|(_, outcome)| *outcome = Err(refusal.clone()));
    }
    if validate_only {
        draft.records.clear();
    }
    outcomes
}

impl Controller {
    fn alter_config(
        &self,
        resource: &ConfigResource,
        changes: Vec<ConfigChange>,
    ) -> Result<Vec<VersionedRecord>, Refusal> {
        let scope = scope_of(resource.kind)?;
        // The last change of a key counts.
        let by_key: BTreeMap<String, ConfigChange> = changes
            .into_iter()
            .map(|change| (change.name.clone(), change))
            .collect();
        let alterations: Vec<Alteration> = by_key
            .into_values()
            .map(|change| Alteration {
                key: change.name,
                op: match change.operation {
                    ConfigOperation::Set => AlterOp::Set,
                    ConfigOperation::Delete => AlterOp::Delete,
                    ConfigOperation::Append => AlterOp::Append,
                    ConfigOperation::Subtract => AlterOp::Subtract,
                },
                value: change.value,
            })
            .collect();
        let current = self.current_config(resource);
        let next = apply_alterations(scope, &current, &alterations)
            .map_err(|error| Refusal::new(error.code(), error.to_string()))?;
        let altered = alterations.iter().map(|alteration| alteration.key.as_str());
        self.config_records(resource, &current, &next, altered)
    }

    fn replace_config(
        &self,
        resource: &ConfigResource,
        configs: ConfigEntries,
    ) -> Result<Vec<VersionedRecord>, Refusal> {
        scope_of(resource.kind)?;
        let given: BTreeMap<String, Option<String>> = configs.into_iter().collect();
        let current = self.current_config(resource);
        let next: ConfigMap = given
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value.clone()?)))
            .collect();
        let dropped = current.keys().filter(|key| !given.contains_key(*key));
        let altered = given.keys().chain(dropped).map(String::as_str);
        self.config_records(resource, &current, &next, altered)
    }

    fn current_config(&self, resource: &ConfigResource) -> ConfigMap {
        let current = self.image.configs().of(resource.kind, &resource.name);
        current.map(|map| (**map).clone()).unwrap_or_default()
    }

    /// The records that take the altered keys of a resource from `current` to `next`.
    fn config_records<'a>(
        &self,
        resource: &ConfigResource,
        current: &ConfigMap,
        next: &ConfigMap,
        altered: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<VersionedRecord>, Refusal> {
        // Brokers reload keys whose value points to something, such as a key store, that changed.
        let always = resource.kind == ConfigKind::BROKER;
        let changed: Vec<&str> = altered
            .filter(|key| always || current.get(*key) != next.get(*key))
            .collect();
        self.check_min_isr(resource, next, &changed)?;
        self.check_configs(resource, next)?;
        self.check_exists(resource)?;
        let ConfigResource { kind, name } = resource;
        let mut records: Vec<VersionedRecord> = changed
            .iter()
            .map(|key| config_record(*kind, name, key, next.get(*key).map(String::as_str)))
            .collect();
        records.extend(self.clear_eligible_after(*kind, name, &changed));
        Ok(records)
    }

    /// Whether a resource may have that configuration.
    pub(super) fn check_configs(
        &self,
        resource: &ConfigResource,
        configs: &ConfigMap,
    ) -> Result<(), Refusal> {
        if configs
            .values()
            .any(|value| value.encode_utf16().count() > MAX_VALUE_LEN)
        {
            let message = format!(
                "The configuration value cannot be added because it exceeds the maximum value \
                 size of {MAX_VALUE_LEN} bytes."
            );
            return Err(Refusal::new(ErrorCode::INVALID_CONFIG, message));
        }
        let checked = match resource.kind {
            ConfigKind::TOPIC => {
                if resource.name.is_empty() {
                    return invalid("Default topic resources are not allowed.");
                }
                check_topic_name(&resource.name)?;
                ottla_config::validate_topic(&self.effective, configs)
            }
            ConfigKind::BROKER => {
                let id = broker_id(&resource.name)?;
                ottla_config::validate_dynamic_broker(&self.effective, id.is_some(), configs)
            }
            ConfigKind::CLIENT_METRICS => {
                ottla_config::validate_client_metrics(&resource.name, configs)
            }
            ConfigKind::GROUP => {
                if resource.name.is_empty() {
                    return invalid("Default group resources are not allowed.");
                }
                ottla_config::validate_group(&self.effective, configs)
            }
            other => return invalid(&format!("Unknown resource type {other}")),
        };
        checked.map_err(|error| Refusal::new(error.code(), error.to_string()))
    }

    fn check_exists(&self, resource: &ConfigResource) -> Result<(), Refusal> {
        let name = &resource.name;
        match resource.kind {
            ConfigKind::TOPIC if self.image.topics().by_name(name).is_none() => {
                let message = format!("The topic '{name}' does not exist.");
                Err(Refusal::new(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, message))
            }
            ConfigKind::BROKER => {
                let Some(id) = broker_id(name)? else {
                    return Ok(());
                };
                let cluster = self.image.cluster();
                if cluster.broker(id).is_some() || cluster.controller(id).is_some() {
                    return Ok(());
                }
                let message = format!("No node with id {id} found.");
                Err(Refusal::new(ErrorCode::BROKER_ID_NOT_REGISTERED, message))
            }
            _ => Ok(()),
        }
    }

    /// With eligible leader replicas, every controller must see one minimum of in-sync replicas.
    fn check_min_isr(
        &self,
        resource: &ConfigResource,
        next: &ConfigMap,
        changed: &[&str],
    ) -> Result<(), Refusal> {
        let is_touched = resource.kind == ConfigKind::BROKER && changed.contains(&MIN_ISR);
        if !is_touched || !self.image.features().keeps_eligible_leaders() {
            return Ok(());
        }
        let message = if !resource.name.is_empty() {
            "Broker-level min.insync.replicas cannot be altered while ELR is enabled."
        } else if !next.contains_key(MIN_ISR) {
            "Cluster-level min.insync.replicas cannot be removed while ELR is enabled."
        } else {
            return Ok(());
        };
        Err(Refusal::new(ErrorCode::INVALID_CONFIG, message))
    }

    /// Eligible leaders were chosen by the old minimum of in-sync replicas: they are forgotten
    /// when it changes.
    pub(super) fn clear_eligible_after(
        &self,
        kind: ConfigKind,
        name: &str,
        changed: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Option<VersionedRecord> {
        let concerns_topics =
            kind == ConfigKind::TOPIC || (kind == ConfigKind::BROKER && name.is_empty());
        let is_changed = changed.into_iter().any(|key| key.as_ref() == MIN_ISR);
        if !concerns_topics || !is_changed || !self.image.features().keeps_eligible_leaders() {
            return None;
        }
        let record = ClearElrRecord {
            topic_name: name.to_owned().into(),
            ..ClearElrRecord::default()
        };
        Some(VersionedRecord::new(
            MetadataRecord::ClearElrRecord(record),
            0,
        ))
    }
}

fn scope_of(kind: ConfigKind) -> Result<Scope, Refusal> {
    match kind {
        ConfigKind::TOPIC => Ok(Scope::Topic),
        ConfigKind::BROKER => Ok(Scope::Broker),
        ConfigKind::CLIENT_METRICS => Ok(Scope::ClientMetrics),
        ConfigKind::GROUP => Ok(Scope::Group),
        other => Err(Refusal::new(
            ErrorCode::INVALID_REQUEST,
            format!("Unknown resource type {other}"),
        )),
    }
}

/// The broker that a resource name means; `None` for the default of all.
fn broker_id(name: &str) -> Result<Option<BrokerId>, Refusal> {
    if name.is_empty() {
        return Ok(None);
    }
    match name.parse::<i32>() {
        Ok(id) if id < 0 => invalid("Invalid negative broker ID."),
        Ok(id) => Ok(Some(BrokerId(id))),
        Err(_) => invalid("Unable to parse broker name as a base 10 number."),
    }
}

fn invalid<T>(message: &str) -> Result<T, Refusal> {
    Err(Refusal::new(ErrorCode::INVALID_REQUEST, message))
}

/// Longest value that Apache Kafka stores.
const MAX_VALUE_LEN: usize = 32_767;
