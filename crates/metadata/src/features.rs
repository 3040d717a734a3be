//! The features of a cluster: which there are, which levels we run, what a release turns on.
//!
//! Spec: KIP-584 (feature versioning), KIP-1022 (feature flags).

use std::collections::BTreeMap;

use crate::MetadataVersion;

/// The levels of a feature that a node can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelRange {
    /// Lowest level.
    pub min: i16,
    /// Highest level.
    pub max: i16,
}

impl LevelRange {
    /// From `min` to `max`, both included.
    #[must_use]
    pub const fn new(min: i16, max: i16) -> Self {
        Self { min, max }
    }

    /// Whether `level` is within. Level 0, "off", always is when the range begins at 0 or 1.
    #[must_use]
    pub fn contains(self, level: i16) -> bool {
        (self.min..=self.max).contains(&level)
    }
}

/// A feature other than `metadata.version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// Its highest level in Apache Kafka 4.3; the lowest is 0.
    pub max: i16,
    /// Level that new clusters get, and the metadata version from which they do.
    default_from: (i16, MetadataVersion),
    /// Metadata version that level 1 needs.
    pub needs: MetadataVersion,
}

/// Level of the Raft protocol. It lives in control records, never in a FeatureLevel record.
pub const KRAFT_VERSION: &str = "kraft.version";
/// Whether partitions keep eligible leader replicas.
pub const ELR_VERSION: &str = "eligible.leader.replicas.version";

/// Every feature but `metadata.version`, in the order in which Apache Kafka lists them.
pub const FEATURES: [Feature; 6] = [
    feature(KRAFT_VERSION, 1, 21, 7),
    Feature {
        default_from: (2, MetadataVersion(24)),
        ..feature("transaction.version", 2, 24, 7)
    },
    feature("group.version", 1, 22, 7),
    feature(ELR_VERSION, 1, 26, 23),
    feature("share.version", 1, 28, 7),
    feature("streams.version", 1, 29, 7),
];

const fn feature(name: &'static str, max: i16, default_from: i16, needs: i16) -> Feature {
    Feature {
        name,
        max,
        default_from: (1, MetadataVersion(default_from)),
        needs: MetadataVersion(needs),
    }
}

impl Feature {
    /// The feature of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FEATURES.iter().find(|feature| feature.name == name)
    }

    /// Level that a cluster formatted at `version` gets.
    #[must_use]
    pub fn default_level(&self, version: MetadataVersion) -> i16 {
        let (level, from) = self.default_from;
        if version >= from { level } else { 0 }
    }
}

/// What a node of this version announces: every feature with the levels it runs.
#[must_use]
pub fn supported_features() -> BTreeMap<String, LevelRange> {
    let metadata = LevelRange::new(MetadataVersion::MINIMUM.0, MetadataVersion::LATEST.0);
    FEATURES
        .iter()
        .map(|feature| (feature.name.to_owned(), LevelRange::new(0, feature.max)))
        .chain([(MetadataVersion::FEATURE.to_owned(), metadata)])
        .collect()
}

/// Levels of the features that a cluster formatted at `version` gets, in Apache Kafka's order.
#[must_use]
pub fn default_features(version: MetadataVersion) -> Vec<(&'static str, i16)> {
    FEATURES
        .iter()
        .map(|feature| (feature.name, feature.default_level(version)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_turn_features_on() {
        let on = |version: &str| {
            let levels = default_features(version.parse().unwrap());
            levels
                .iter()
                .map(|(_, level)| level.to_string())
                .collect::<String>()
        };
        // kraft, transaction, group, eligible leaders, share, streams
        assert_eq!(on("3.8"), "000000");
        assert_eq!(on("3.9"), "100000");
        assert_eq!(on("4.0-IV0"), "101000");
        assert_eq!(on("4.0"), "121000");
        assert_eq!(on("4.1"), "121100");
        assert_eq!(on("4.2-IV0"), "121110");
        assert_eq!(on("4.3"), "121111");
    }

    #[test]
    fn a_node_announces_every_feature() {
        let supported = supported_features();
        assert_eq!(supported.len(), 7);
        assert_eq!(supported["metadata.version"], LevelRange::new(7, 30));
    }
}
