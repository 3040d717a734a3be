//! Snapshots of a metadata log: files that stand for everything before an offset.
//!
//! Responsible for their names, their control records and the order of writing them. The records
//! inside are opaque here.
//!
//! M1  a file that bears a snapshot's name is whole: it is synced before it is renamed to it
//! M2  a snapshot without a footer is refused
//!
//! Spec: KIP-630; on-disk layout of Apache Kafka 4.3.

use std::{fmt, io, path::Path};

use ottla_protocol::messages::{
    KRaftVersionRecord, SnapshotFooterRecord, SnapshotHeaderRecord, VotersRecord,
};
use ottla_records::{
    BatchBuilder, BatchError, BuildError, Decompressor, RecordDraft, batches,
    control::{ControlType, control_batch},
};
use ottla_types::{LeaderEpoch, Offset, WallMs};
use ottla_wire::{EncodeError, Writer};

use crate::fs::{Access, FileSystem, write_whole};

/// Name of the file that holds the first records of a new cluster.
pub const BOOTSTRAP_FILE: &str = "bootstrap.checkpoint";

const SUFFIX: &str = ".checkpoint";
const PART_SUFFIX: &str = ".checkpoint.part";
const DELETED_SUFFIX: &str = ".checkpoint.deleted";

/// Largest batch in a snapshot, in bytes of its records.
const BATCH_BYTES_MAX: usize = 1 << 20;

/// What a snapshot stands for: the records before `end_offset`, the last of them of `epoch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SnapshotId {
    /// First offset that is not in it.
    pub end_offset: Offset,
    /// Epoch of the last record in it.
    pub epoch: LeaderEpoch,
}

impl fmt::Display for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:020}-{:010}", self.end_offset.0, self.epoch.0)
    }
}

impl SnapshotId {
    /// Of a snapshot before the first record: it holds no more than the first voters.
    pub const BOOTSTRAP: Self = Self {
        end_offset: Offset(0),
        epoch: LeaderEpoch(0),
    };

    /// Name of its file.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{self}{SUFFIX}")
    }

    /// The id that a file name says.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (offset, epoch) = name.strip_suffix(SUFFIX)?.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if offset.len() != 20 || epoch.len() != 10 || !digits(offset) || !digits(epoch) {
            return None;
        }
        Some(Self {
            end_offset: Offset(offset.parse().ok()?),
            epoch: LeaderEpoch(epoch.parse().ok()?),
        })
    }
}

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A batch is broken.
    #[error("a batch of the snapshot is broken: {0}")]
    Batch(#[from] BatchError),
    /// A record is broken.
    #[error("a record of the snapshot is broken")]
    Record,
    /// It does not begin with a header.
    #[error("the snapshot has no header")]
    NoHeader,
    /// It does not end with a footer.
    #[error("the snapshot has no footer")]
    NoFooter,
    /// A record is too large.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A control record cannot be written.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// A snapshot's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Time of the last record it stands for.
    pub last_contained_timestamp: WallMs,
    /// Control records beside header and footer: the voters of the quorum and its version.
    pub controls: Vec<(ControlType, Vec<u8>)>,
    /// Its records, framed as the log holds them.
    pub records: Vec<Vec<u8>>,
}

/// The bytes of a snapshot of `id`.
///
/// # Errors
/// When a record is too large for a batch.
pub fn encode(id: SnapshotId, now: WallMs, snapshot: &Snapshot) -> Result<Vec<u8>, SnapshotError> {
    let mut writer = Writer::new();
    let header = SnapshotHeaderRecord {
        last_contained_log_timestamp: snapshot.last_contained_timestamp.0,
        ..SnapshotHeaderRecord::default()
    };
    header.encode(&mut writer, 0)?;
    let header = writer.into_vec();
    let mut writer = Writer::new();
    SnapshotFooterRecord::default().encode(&mut writer, 0)?;
    let footer = writer.into_vec();

    let mut head = vec![(ControlType::SnapshotHeader, header.as_slice())];
    head.extend(
        snapshot
            .controls
            .iter()
            .map(|(kind, value)| (*kind, value.as_slice())),
    );
    let mut bytes = control_batch(Offset(0), id.epoch, now.0, &head)?;
    let mut offset = Offset(i64::try_from(head.len()).unwrap_or(i64::MAX));
    let mut rest = snapshot.records.as_slice();
    while !rest.is_empty() {
        let count = batch_len(rest);
        let (batch, after) = rest.split_at(count);
        let mut builder = BatchBuilder::new()
            .base_offset(offset)
            .leader_epoch(id.epoch);
        for record in batch {
            builder.append(&RecordDraft {
                timestamp: now.0,
                key: None,
                value: Some(record),
                headers: &[],
            });
        }
        bytes.extend(builder.build()?);
        offset = Offset(
            offset
                .0
                .saturating_add(i64::try_from(count).unwrap_or(i64::MAX)),
        );
        rest = after;
    }
    let foot = [(ControlType::SnapshotFooter, footer.as_slice())];
    bytes.extend(control_batch(offset, id.epoch, now.0, &foot)?);
    Ok(bytes)
}

/// How many of the records fit one batch, at least 1.
fn batch_len(records: &[Vec<u8>]) -> usize {
    let mut size = 0_usize;
    let fitting = records.iter().take_while(|record| {
        size = size.saturating_add(record.len());
        size <= BATCH_BYTES_MAX
    });
    fitting.count().max(1)
}

/// Reads a snapshot's bytes.
///
/// # Errors
/// When it is damaged or not whole.
pub fn decode(bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    let mut decompressor = Decompressor::new();
    let mut last_contained_timestamp = None;
    let mut footer = false;
    let mut controls = Vec::new();
    let mut records = Vec::new();
    for batch in batches(bytes) {
        let batch = batch?;
        batch.check_crc()?;
        let is_control = batch.header().is_control();
        for record in batch
            .records(&mut decompressor)
            .map_err(|_| SnapshotError::Record)?
        {
            let record = record.map_err(|_| SnapshotError::Record)?;
            let value = record.value.unwrap_or_default();
            footer = false;
            if !is_control {
                records.push(value.to_vec());
                continue;
            }
            match record.key.and_then(ControlType::parse) {
                Some(ControlType::SnapshotHeader) => {
                    let mut r = ottla_wire::Reader::trusted(value);
                    let header = SnapshotHeaderRecord::decode(&mut r, 0)
                        .map_err(|_| SnapshotError::Record)?;
                    last_contained_timestamp = Some(WallMs(header.last_contained_log_timestamp));
                }
                Some(ControlType::SnapshotFooter) => footer = true,
                Some(kind) => controls.push((kind, value.to_vec())),
                None => {}
            }
        }
    }
    let last_contained_timestamp = last_contained_timestamp.ok_or(SnapshotError::NoHeader)?;
    if !footer {
        return Err(SnapshotError::NoFooter);
    }
    Ok(Snapshot {
        last_contained_timestamp,
        controls,
        records,
    })
}

/// Writes a snapshot's file into `directory` so that it is there whole or not at all.
///
/// # Errors
/// What the file system says.
pub fn write(
    fs: &dyn FileSystem,
    directory: &Path,
    id: SnapshotId,
    bytes: &[u8],
) -> io::Result<()> {
    let part = directory.join(format!("{id}{PART_SUFFIX}"));
    let file = fs.open(&part, Access::Create)?;
    write_whole(&*file, bytes)?;
    file.sync_data()?;
    fs.rename(&part, &directory.join(id.file_name()))?;
    fs.sync_dir(directory)
}

/// Writes the first records of a new cluster, framed, into a log directory.
///
/// # Errors
/// What the file system says, or when a record is too large for a batch.
pub fn write_bootstrap(
    fs: &dyn FileSystem,
    directory: &Path,
    records: Vec<Vec<u8>>,
    now: WallMs,
) -> Result<(), SnapshotError> {
    let content = Snapshot {
        last_contained_timestamp: WallMs(0),
        controls: Vec::new(),
        records,
    };
    let bytes = encode(SnapshotId::BOOTSTRAP, now, &content)?;
    Ok(fs.replace(&directory.join(BOOTSTRAP_FILE), &bytes)?)
}

/// Writes the first voters of a quorum whose voters are kept in the log, into the (new) directory
/// of the metadata log. Spec: KIP-853.
///
/// # Errors
/// What the file system says.
pub fn write_first_voters(
    fs: &dyn FileSystem,
    directory: &Path,
    voters: &VotersRecord<'_>,
    now: WallMs,
) -> Result<(), SnapshotError> {
    let content = Snapshot {
        last_contained_timestamp: now,
        controls: voter_controls(voters)?,
        records: Vec::new(),
    };
    let bytes = encode(SnapshotId::BOOTSTRAP, now, &content)?;
    fs.create_dir_all(directory)?;
    write(fs, directory, SnapshotId::BOOTSTRAP, &bytes)?;
    if let Some(parent) = directory.parent() {
        fs.sync_dir(parent)?;
    }
    Ok(())
}

/// The control records that say who votes, at version 1 of the quorum.
///
/// # Errors
/// When a name is longer than its length field can say.
pub fn voter_controls(
    voters: &VotersRecord<'_>,
) -> Result<Vec<(ControlType, Vec<u8>)>, SnapshotError> {
    let version = KRaftVersionRecord {
        k_raft_version: 1,
        ..KRaftVersionRecord::default()
    };
    let mut writer = Writer::new();
    version.encode(&mut writer, 0)?;
    let version = writer.into_vec();
    let mut writer = Writer::new();
    voters.encode(&mut writer, 0)?;
    Ok(vec![
        (ControlType::KraftVersion, version),
        (ControlType::KraftVoters, writer.into_vec()),
    ])
}

/// The snapshots in a directory, oldest first. Unfinished and deleted ones are removed.
///
/// # Errors
/// What the file system says.
pub fn list(fs: &dyn FileSystem, directory: &Path) -> io::Result<Vec<SnapshotId>> {
    let mut found = Vec::new();
    for entry in fs.read_dir(directory)? {
        let Some(name) = entry.name.to_str() else {
            continue;
        };
        if name.ends_with(PART_SUFFIX) || name.ends_with(DELETED_SUFFIX) {
            fs.remove_file(&directory.join(name))?;
        } else if let Some(id) = SnapshotId::parse(name) {
            found.push(id);
        }
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: SnapshotId = SnapshotId {
        end_offset: Offset(23),
        epoch: LeaderEpoch(4),
    };

    #[test]
    fn names_parse_back() {
        let name = ID.file_name();
        assert_eq!(name, "00000000000000000023-0000000004.checkpoint");
        assert_eq!(SnapshotId::parse(&name), Some(ID));
        for bad in [
            "bootstrap.checkpoint",
            "23-4.checkpoint",
            "00000000000000000023.checkpoint",
        ] {
            assert_eq!(SnapshotId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let snapshot = Snapshot {
            last_contained_timestamp: WallMs(99),
            controls: Vec::new(),
            records: (0..3).map(|n| vec![n; 600_000]).collect(),
        };
        let bytes = encode(ID, WallMs(100), &snapshot).unwrap();
        assert_eq!(
            batches(&bytes).count(),
            5,
            "header, three large records, footer"
        );
        assert_eq!(decode(&bytes).unwrap(), snapshot);
    }

    #[test]
    fn a_snapshot_cut_short_is_refused() {
        let snapshot = Snapshot {
            last_contained_timestamp: WallMs(0),
            controls: Vec::new(),
            records: vec![b"a".to_vec()],
        };
        let bytes = encode(ID, WallMs(100), &snapshot).unwrap();
        for len in 0..bytes.len() {
            assert!(decode(&bytes[..len]).is_err(), "{len}");
        }
    }

    #[test]
    fn the_header_is_that_of_the_reference() {
        let id = SnapshotId {
            end_offset: Offset(0),
            epoch: LeaderEpoch(0),
        };
        let empty = Snapshot {
            last_contained_timestamp: WallMs(0),
            controls: Vec::new(),
            records: Vec::new(),
        };
        let bytes = encode(id, WallMs(0x01a2_11a5_3696), &empty).unwrap();
        // Size, epoch, magic and checksum as Apache Kafka 4.3.1 formatted them at that time.
        let expected = [
            0, 0, 0, 0x47, 0, 0, 0, 0, 0x02, 0xae, 0xdb, 0x66, 0xaa, 0, 0x20,
        ];
        assert_eq!(bytes[8..23], expected);
    }
}
