//! Finalized feature levels.

use std::collections::BTreeMap;

use ottla_protocol::metadata::FeatureLevelRecord;

use crate::{
    ELR_VERSION, KRAFT_VERSION, MetadataVersion, VersionedRecord, bootstrap::feature_level,
};

/// The finalized level of every feature, `metadata.version` among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinalizedFeatures {
    metadata_version: Option<MetadataVersion>,
    others: BTreeMap<String, i16>,
}

impl FinalizedFeatures {
    /// The finalized metadata version. A log that names none is at the minimum.
    #[must_use]
    pub fn metadata_version(&self) -> MetadataVersion {
        self.metadata_version.unwrap_or(MetadataVersion::MINIMUM)
    }

    /// Level of a feature, 0 when it is off or unknown.
    #[must_use]
    pub fn level(&self, name: &str) -> i16 {
        if name == MetadataVersion::FEATURE {
            return self.metadata_version().0;
        }
        self.others.get(name).copied().unwrap_or(0)
    }

    /// Whether partitions keep eligible leader replicas.
    #[must_use]
    pub fn keeps_eligible_leaders(&self) -> bool {
        self.metadata_version().has_eligible_leader_replicas() && self.level(ELR_VERSION) >= 1
    }

    /// Every finalized feature and its level, `metadata.version` first, then by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i16)> {
        let version = self
            .metadata_version
            .map(|version| (MetadataVersion::FEATURE, version.0));
        let others = self
            .others
            .iter()
            .map(|(name, level)| (name.as_str(), *level));
        version.into_iter().chain(others)
    }

    pub(super) fn apply(&mut self, record: &FeatureLevelRecord<'_>) {
        let level = record.feature_level;
        match &*record.name {
            // Lives in control records; a data record of that name was written by mistake.
            KRAFT_VERSION => {}
            MetadataVersion::FEATURE => self.metadata_version = Some(MetadataVersion(level)),
            name if level == 0 => {
                self.others.remove(name);
            }
            name => {
                self.others.insert(name.to_owned(), level);
            }
        }
    }

    pub(super) fn write_snapshot(&self, out: &mut Vec<VersionedRecord>) {
        out.extend(
            self.iter()
                .map(|(name, level)| feature_level((name.to_owned(), level))),
        );
    }
}
