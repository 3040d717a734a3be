//! Client quotas.

use std::collections::BTreeMap;

use ottla_protocol::metadata::{ClientQuotaRecord, MetadataRecord, client_quota_record};

use crate::VersionedRecord;

/// Who a quota is for: entity type (`user`, `client-id`, `ip`) to name, `None` for the default.
pub type QuotaEntity = BTreeMap<String, Option<String>>;

/// All quotas. An entity without values is not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientQuotas {
    entities: BTreeMap<QuotaEntity, BTreeMap<String, f64>>,
}

impl ClientQuotas {
    /// The values of one entity, by key.
    #[must_use]
    pub fn of(&self, entity: &QuotaEntity) -> Option<&BTreeMap<String, f64>> {
        self.entities.get(entity)
    }

    /// Every entity that has values.
    pub fn iter(&self) -> impl Iterator<Item = (&QuotaEntity, &BTreeMap<String, f64>)> {
        self.entities.iter()
    }

    pub(super) fn apply(&mut self, record: &ClientQuotaRecord<'_>) {
        let entity: QuotaEntity = record
            .entity
            .iter()
            .map(|part| {
                let name = part.entity_name.as_deref().map(str::to_owned);
                (part.entity_type.to_string(), name)
            })
            .collect();
        if !record.remove {
            let values = self.entities.entry(entity).or_default();
            values.insert(record.key.to_string(), record.value);
            return;
        }
        if let Some(values) = self.entities.get_mut(&entity) {
            values.remove(&*record.key);
            if values.is_empty() {
                self.entities.remove(&entity);
            }
        }
    }

    pub(super) fn write_snapshot(&self, out: &mut Vec<VersionedRecord>) {
        for (entity, values) in &self.entities {
            out.extend(
                values
                    .iter()
                    .map(|(key, value)| quota_record(entity, key, Some(*value))),
            );
        }
    }
}

/// The record that sets a quota, or removes it when there is no value.
pub(crate) fn quota_record(entity: &QuotaEntity, key: &str, value: Option<f64>) -> VersionedRecord {
    let parts = entity
        .iter()
        .map(|(kind, name)| client_quota_record::EntityData {
            entity_type: kind.clone().into(),
            entity_name: name.clone().map(Into::into),
            ..Default::default()
        });
    let record = ClientQuotaRecord {
        entity: parts.collect(),
        key: key.to_owned().into(),
        value: value.unwrap_or(0.0),
        remove: value.is_none(),
        ..ClientQuotaRecord::default()
    };
    VersionedRecord::new(MetadataRecord::ClientQuotaRecord(record), 0)
}
