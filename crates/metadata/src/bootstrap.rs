//! The first records of a metadata log.
//!
//! `storage format` writes them to `bootstrap.checkpoint`; the first active controller of an empty
//! log appends them. This module knows the records; batches and files are their callers' business.

use std::collections::BTreeMap;

use ottla_protocol::metadata::{FeatureLevelRecord, MetadataRecord};

use crate::{Feature, KRAFT_VERSION, MetadataVersion, VersionedRecord, features::default_features};

/// Records that the first controller appends: a metadata version, then whatever else was formatted.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    version: MetadataVersion,
    records: Vec<VersionedRecord>,
}

/// Why records cannot begin a metadata log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BootstrapFault {
    /// There is no FeatureLevel record for `metadata.version`.
    #[error("no bootstrap record sets metadata.version")]
    NoMetadataVersion,
    /// The metadata version is older than what Apache Kafka 4 runs, or newer.
    #[error("metadata.version {0} is not between 7 and 30")]
    UnsupportedMetadataVersion(i16),
    /// A feature that does not exist.
    #[error("unsupported feature: {0}")]
    UnknownFeature(String),
    /// A level the feature does not have.
    #[error("no feature:{name} with feature level {level}")]
    UnsupportedLevel {
        /// The feature.
        name: String,
        /// The level.
        level: i16,
    },
    /// A feature that needs a newer metadata version.
    #[error(
        "{name} could not be set to {level} because it depends on metadata.version level {needs}"
    )]
    NeedsMetadataVersion {
        /// The feature.
        name: String,
        /// Its level.
        level: i16,
        /// The metadata version it needs.
        needs: i16,
    },
}

impl Bootstrap {
    /// What a cluster formatted at `version` begins with.
    #[must_use]
    pub fn for_version(version: MetadataVersion) -> Self {
        let defaults = default_features(version).into_iter();
        Self::from_levels(
            version,
            defaults.map(|(name, level)| (name.to_owned(), level)),
        )
    }

    /// As [`Bootstrap::for_version`], with the levels of some features set otherwise.
    ///
    /// # Errors
    /// When a feature or its level does not exist, or needs a newer metadata version.
    pub fn with_features(
        version: MetadataVersion,
        levels: &BTreeMap<String, i16>,
    ) -> Result<Self, BootstrapFault> {
        let mut all: BTreeMap<String, i16> = default_features(version)
            .into_iter()
            .map(|(name, level)| (name.to_owned(), level))
            .collect();
        for (name, level) in levels {
            check_level(version, name, *level)?;
            all.insert(name.clone(), *level);
        }
        Ok(Self::from_levels(version, all))
    }

    /// Adds a record, such as a SCRAM credential, after those it has.
    pub fn push(&mut self, record: VersionedRecord) {
        self.records.push(record);
    }

    /// Reads the data records of a `bootstrap.checkpoint`.
    ///
    /// # Errors
    /// When none of them sets a metadata version that can be run.
    pub fn from_records(records: Vec<VersionedRecord>) -> Result<Self, BootstrapFault> {
        let level = records
            .iter()
            .filter_map(VersionedRecord::finalized_level)
            .find(|(name, _)| *name == MetadataVersion::FEATURE)
            .map(|(_, level)| level);
        let version = MetadataVersion(level.ok_or(BootstrapFault::NoMetadataVersion)?);
        if !(MetadataVersion::MINIMUM..=MetadataVersion::LATEST).contains(&version) {
            return Err(BootstrapFault::UnsupportedMetadataVersion(version.0));
        }
        Ok(Self { version, records })
    }

    /// The metadata version of the new cluster.
    #[must_use]
    pub fn metadata_version(&self) -> MetadataVersion {
        self.version
    }

    /// The records, the metadata version first.
    #[must_use]
    pub fn records(&self) -> &[VersionedRecord] {
        &self.records
    }

    /// Level that the records give a feature, 0 if none.
    #[must_use]
    pub fn level(&self, name: &str) -> i16 {
        let mut levels = self
            .records
            .iter()
            .rev()
            .filter_map(VersionedRecord::finalized_level);
        let level = levels.find(|(feature, _)| *feature == name);
        level.map_or(0, |(_, level)| level)
    }

    fn from_levels(
        version: MetadataVersion,
        levels: impl IntoIterator<Item = (String, i16)>,
    ) -> Self {
        let others: BTreeMap<String, i16> = levels
            .into_iter()
            .filter(|(name, level)| *level > 0 && name != KRAFT_VERSION)
            .filter(|(name, _)| name != MetadataVersion::FEATURE)
            .collect();
        let first = (MetadataVersion::FEATURE.to_owned(), version.0);
        let records = std::iter::once(first).chain(others).map(feature_level);
        Self {
            version,
            records: records.collect(),
        }
    }
}

/// The record that finalizes a feature's level.
pub(crate) fn feature_level((name, feature_level): (String, i16)) -> VersionedRecord {
    let record = FeatureLevelRecord {
        name: name.into(),
        feature_level,
        ..FeatureLevelRecord::default()
    };
    VersionedRecord::new(MetadataRecord::FeatureLevelRecord(record), 0)
}

fn check_level(version: MetadataVersion, name: &str, level: i16) -> Result<(), BootstrapFault> {
    if name == MetadataVersion::FEATURE {
        return Ok(());
    }
    let unknown = || BootstrapFault::UnknownFeature(name.to_owned());
    let feature = Feature::named(name).ok_or_else(unknown)?;
    if !(0..=feature.max).contains(&level) {
        let name = name.to_owned();
        return Err(BootstrapFault::UnsupportedLevel { name, level });
    }
    if level > 0 && version < feature.needs {
        return Err(BootstrapFault::NeedsMetadataVersion {
            name: name.to_owned(),
            level,
            needs: feature.needs.0,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(bootstrap: &Bootstrap) -> Vec<(&str, i16)> {
        let records = bootstrap.records().iter();
        records
            .filter_map(VersionedRecord::finalized_level)
            .collect()
    }

    #[test]
    fn the_latest_release_begins_as_apache_formats_it() {
        let bootstrap = Bootstrap::for_version(MetadataVersion::LATEST);
        let expected = [
            ("metadata.version", 30),
            ("eligible.leader.replicas.version", 1),
            ("group.version", 1),
            ("share.version", 1),
            ("streams.version", 1),
            ("transaction.version", 2),
        ];
        assert_eq!(levels(&bootstrap), expected);
    }

    #[test]
    fn features_can_be_set_and_are_checked() {
        let set = |version, name: &str, level| {
            let levels = BTreeMap::from([(name.to_owned(), level)]);
            Bootstrap::with_features(MetadataVersion(version), &levels)
        };
        let without = set(30, "share.version", 0).unwrap();
        assert_eq!(without.level("share.version"), 0);
        assert_eq!(without.level("group.version"), 1);
        assert!(set(22, "eligible.leader.replicas.version", 1).is_err());
        assert!(set(30, "group.version", 2).is_err());
        assert!(set(30, "nonsense", 1).is_err());
    }

    #[test]
    fn records_must_set_a_metadata_version() {
        let bootstrap = Bootstrap::for_version(MetadataVersion(21));
        let read = Bootstrap::from_records(bootstrap.records().to_vec());
        assert_eq!(read, Ok(bootstrap));
        assert_eq!(
            Bootstrap::from_records(vec![]),
            Err(BootstrapFault::NoMetadataVersion)
        );
    }
}
