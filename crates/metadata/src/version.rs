//! The `metadata.version` feature: which fields and records the metadata log may hold.
//!
//! Record versions follow the finalized level, never the software: a record that is newer than the
//! level kills the older nodes that read it.
//!
//! Spec: KIP-778 (metadata versions).

use std::{fmt, str::FromStr};

/// A level of the `metadata.version` feature. Levels outside the table are values like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetadataVersion(pub i16);

/// One row per level from 1: name, and whether the records of the log changed with it.
const LEVELS: [(&str, bool); 31] = [
    ("3.0-IV1", true),
    ("3.1-IV0", false),
    ("3.2-IV0", true),
    ("3.3-IV0", false),
    ("3.3-IV1", true),
    ("3.3-IV2", true),
    ("3.3-IV3", true),
    ("3.4-IV0", true),
    ("3.5-IV0", false),
    ("3.5-IV1", false),
    ("3.5-IV2", true),
    ("3.6-IV0", false),
    ("3.6-IV1", true),
    ("3.6-IV2", true),
    ("3.7-IV0", true),
    ("3.7-IV1", false),
    ("3.7-IV2", true),
    ("3.7-IV3", false),
    ("3.7-IV4", false),
    ("3.8-IV0", false),
    ("3.9-IV0", false),
    ("4.0-IV0", false),
    ("4.0-IV1", true),
    ("4.0-IV2", false),
    ("4.0-IV3", false),
    ("4.1-IV0", false),
    ("4.1-IV1", false),
    ("4.2-IV0", false),
    ("4.2-IV1", false),
    ("4.3-IV0", true),
    ("4.4-IV0", true),
];

impl MetadataVersion {
    /// Name of the feature.
    pub const FEATURE: &'static str = "metadata.version";
    /// The oldest level that Apache Kafka 4 runs, 3.3-IV3.
    pub const MINIMUM: Self = Self(7);
    /// The newest level of Apache Kafka 4.3, 4.3-IV0.
    pub const LATEST: Self = Self(30);

    /// Every level that Apache Kafka 4.3 can name, oldest first; it runs those up to `LATEST`.
    pub fn known() -> impl DoubleEndedIterator<Item = Self> {
        (Self::MINIMUM.0..=Self::LATEST.0.saturating_add(1)).map(Self)
    }

    /// Kafka's name, as `4.3-IV0`; `None` for a level outside the table.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.0)
    }

    /// Whether going between the two levels crosses one that changed the records of the log.
    #[must_use]
    pub fn records_differ(self, other: Self) -> bool {
        let (low, high) = (self.min(other), self.max(other));
        (low.0.saturating_add(1)..=high.0).any(|level| Self(level).row().is_none_or(|row| row.1))
    }

    /// Begin, End and AbortTransaction records.
    #[must_use]
    pub fn has_transactions(self) -> bool {
        self.0 >= 13
    }

    /// RegisterController records.
    #[must_use]
    pub fn has_controller_registration(self) -> bool {
        self.0 >= 15
    }

    /// Log directories in broker and partition records.
    #[must_use]
    pub fn has_directories(self) -> bool {
        self.0 >= 17
    }

    /// Eligible leader replicas in partition records.
    #[must_use]
    pub fn has_eligible_leader_replicas(self) -> bool {
        self.0 >= 23
    }

    /// Cordoned log directories in broker records.
    #[must_use]
    pub fn has_cordoned_directories(self) -> bool {
        self.0 >= 30
    }

    /// SCRAM credentials in the log.
    #[must_use]
    pub fn has_scram(self) -> bool {
        self.0 >= 11
    }

    /// Delegation tokens in the log.
    #[must_use]
    pub fn has_delegation_tokens(self) -> bool {
        self.0 >= 14
    }

    /// Whether a shrinking in-sync set must start a new leader epoch.
    #[must_use]
    pub fn bumps_epoch_on_shrink(self) -> bool {
        self.0 < 12
    }

    /// Version of the RegisterBroker record at this level.
    #[must_use]
    pub fn register_broker_record_version(self) -> i16 {
        match self.0 {
            30.. => 4,
            17.. => 3,
            8.. => 2,
            6.. => 1,
            _ => 0,
        }
    }

    /// Version of the Partition and PartitionChange records at this level.
    #[must_use]
    pub fn partition_record_version(self) -> i16 {
        match self.0 {
            23.. => 2,
            17.. => 1,
            _ => 0,
        }
    }

    fn row(self) -> Option<(&'static str, bool)> {
        let index = usize::try_from(self.0.checked_sub(1)?).ok()?;
        LEVELS.get(index).copied()
    }
}

impl fmt::Display for MetadataVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "unknown level {}", self.0),
        }
    }
}

/// Text that names no metadata version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no metadata version")]
pub struct UnknownMetadataVersion(pub String);

/// Reads a full name (`4.3-IV0`) or a release (`4.3`, `4.3.1`), which means its newest level.
impl FromStr for MetadataVersion {
    type Err = UnknownMetadataVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_named = |name: &str| {
            if text.contains("-IV") {
                name == text
            } else {
                let mut parts = text.split('.');
                let release = (parts.next(), parts.next());
                let stem = name.split("-IV").next().unwrap_or(name);
                let mut named = stem.split('.');
                release == (named.next(), named.next())
            }
        };
        Self::known()
            .rev()
            .find(|version| version.name().is_some_and(is_named))
            .ok_or_else(|| UnknownMetadataVersion(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_means_its_newest_level() {
        assert_eq!("4.3".parse(), Ok(MetadataVersion(30)));
        assert_eq!("4.0.1".parse(), Ok(MetadataVersion(25)));
        assert_eq!("3.7-IV2".parse(), Ok(MetadataVersion(17)));
        assert_eq!("4.4-IV0".parse(), Ok(MetadataVersion(31)));
        assert!("3.2-IV0".parse::<MetadataVersion>().is_err());
        assert!("5.0".parse::<MetadataVersion>().is_err());
        assert!("".parse::<MetadataVersion>().is_err());
        assert_eq!(MetadataVersion::LATEST.to_string(), "4.3-IV0");
    }

    #[test]
    fn only_some_levels_change_the_records() {
        assert!(!MetadataVersion(29).records_differ(MetadataVersion(24)));
        assert!(MetadataVersion(30).records_differ(MetadataVersion(29)));
        assert!(!MetadataVersion(30).records_differ(MetadataVersion(30)));
        assert!(MetadataVersion(22).records_differ(MetadataVersion(23)));
    }
}
