//! Control batches: transaction markers, and the records of the quorum's own log.
//!
//! The values of the quorum's control records are messages that another crate encodes; here they are
//! bytes.

use ottla_types::{LeaderEpoch, Offset, ProducerEpoch, ProducerId};

use crate::{BatchBuilder, BuildError, RecordDraft, cursor::Cursor};

/// What a control record says, from its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlType {
    /// The transaction was aborted.
    Abort,
    /// The transaction was committed.
    Commit,
    /// A new leader of the quorum.
    LeaderChange,
    /// First record of a snapshot.
    SnapshotHeader,
    /// Last record of a snapshot.
    SnapshotFooter,
    /// The version of the quorum protocol.
    KraftVersion,
    /// The voters of the quorum.
    KraftVoters,
    /// A type this version does not know: readers pass over it.
    Unknown(i16),
}

impl ControlType {
    /// The type in the key of a control record; `None` if the key is too short or its version negative.
    #[must_use]
    pub fn parse(key: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(key);
        let version = cursor.i16()?;
        let id = cursor.i16()?;
        (version >= 0).then(|| Self::from_id(id))
    }

    /// The type with this number.
    #[must_use]
    pub const fn from_id(id: i16) -> Self {
        match id {
            0 => Self::Abort,
            1 => Self::Commit,
            2 => Self::LeaderChange,
            3 => Self::SnapshotHeader,
            4 => Self::SnapshotFooter,
            5 => Self::KraftVersion,
            6 => Self::KraftVoters,
            other => Self::Unknown(other),
        }
    }

    /// Its number.
    #[must_use]
    pub const fn id(self) -> i16 {
        match self {
            Self::Abort => 0,
            Self::Commit => 1,
            Self::LeaderChange => 2,
            Self::SnapshotHeader => 3,
            Self::SnapshotFooter => 4,
            Self::KraftVersion => 5,
            Self::KraftVoters => 6,
            Self::Unknown(id) => id,
        }
    }

    /// The key of a control record of this type: version 0, then the number.
    #[must_use]
    pub const fn key(self) -> [u8; 4] {
        let [high, low] = self.id().to_be_bytes();
        [0, 0, high, low]
    }
}

/// How a transaction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndTxnMarker {
    /// Committed, or aborted.
    pub committed: bool,
    /// Epoch of the transaction coordinator that decided.
    pub coordinator_epoch: i32,
}

impl EndTxnMarker {
    /// The marker in a control record, or `None` if it is of another type or too short.
    #[must_use]
    pub fn parse(key: &[u8], value: &[u8]) -> Option<Self> {
        let committed = match ControlType::parse(key)? {
            ControlType::Commit => true,
            ControlType::Abort => false,
            _ => return None,
        };
        let mut cursor = Cursor::new(value);
        let version = cursor.i16()?;
        let coordinator_epoch = cursor.i32()?;
        (version >= 0).then_some(Self {
            committed,
            coordinator_epoch,
        })
    }

    /// Its type.
    #[must_use]
    pub const fn control_type(self) -> ControlType {
        if self.committed {
            ControlType::Commit
        } else {
            ControlType::Abort
        }
    }

    /// Its value: version 0, then the coordinator's epoch.
    #[must_use]
    pub const fn value(self) -> [u8; 6] {
        let [a, b, c, d] = self.coordinator_epoch.to_be_bytes();
        [0, 0, a, b, c, d]
    }

    /// The batch that ends the transaction of a producer, written at `timestamp` (ms since the epoch).
    ///
    /// # Errors
    /// None that a marker can cause.
    pub fn batch(
        self,
        producer_id: ProducerId,
        producer_epoch: ProducerEpoch,
        timestamp: i64,
    ) -> Result<Vec<u8>, BuildError> {
        let mut builder = BatchBuilder::new()
            .producer(producer_id, producer_epoch, -1)
            .transactional()
            .control();
        builder.append(&RecordDraft {
            timestamp,
            key: Some(&self.control_type().key()),
            value: Some(&self.value()),
            headers: &[],
        });
        builder.build()
    }
}

/// A batch of the quorum's control records: type and value bytes each.
///
/// # Errors
/// [`BuildError::TooLarge`].
pub fn control_batch(
    base_offset: Offset,
    leader_epoch: LeaderEpoch,
    timestamp: i64,
    records: &[(ControlType, &[u8])],
) -> Result<Vec<u8>, BuildError> {
    let mut builder = BatchBuilder::new()
        .base_offset(base_offset)
        .leader_epoch(leader_epoch)
        .control();
    for (control_type, value) in records {
        builder.append(&RecordDraft {
            timestamp,
            key: Some(&control_type.key()),
            value: Some(value),
            headers: &[],
        });
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_parses_back() {
        let marker = EndTxnMarker {
            committed: true,
            coordinator_epoch: 7,
        };
        let key = marker.control_type().key();
        assert_eq!(EndTxnMarker::parse(&key, &marker.value()), Some(marker));
        assert_eq!(EndTxnMarker::parse(&key, &[0, 0, 0]), None);
        assert_eq!(
            ControlType::parse(&[0, 0, 0, 9]),
            Some(ControlType::Unknown(9))
        );
        assert_eq!(ControlType::parse(&[0xff, 0xff, 0, 0]), None);
    }
}
