//! Records on their way into the log, and where a record stands in it.

use ottla_protocol::metadata::MetadataRecord;
use ottla_types::{LeaderEpoch, Offset, WallMs};

/// A record and the version it must be written with.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionedRecord {
    /// What is said.
    pub record: MetadataRecord<'static>,
    /// Version of the record's schema, chosen by the finalized metadata version.
    pub version: i16,
}

impl VersionedRecord {
    /// `record` at `version`.
    #[must_use]
    pub fn new(record: MetadataRecord<'static>, version: i16) -> Self {
        Self { record, version }
    }

    /// The feature and level that it finalizes, if that is what it does.
    #[must_use]
    pub fn finalized_level(&self) -> Option<(&str, i16)> {
        if let MetadataRecord::FeatureLevelRecord(feature) = &self.record {
            Some((&feature.name, feature.feature_level))
        } else {
            None
        }
    }
}

/// Where a record stands in the metadata log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Offset of the record.
    pub offset: Offset,
    /// Leader epoch of its batch.
    pub epoch: LeaderEpoch,
    /// Append time of its batch.
    pub timestamp: WallMs,
}

impl Position {
    /// Before the first record.
    pub const NONE: Self = Self {
        offset: Offset::NONE,
        epoch: LeaderEpoch::NONE,
        timestamp: WallMs::NONE,
    };
}

impl Default for Position {
    fn default() -> Self {
        Self::NONE
    }
}
