//! What can be wrong with a log directory.
//!
//! Texts that an operator may search for are Apache Kafka's own, capitals and full stops included.

use std::{
    io,
    path::{Path, PathBuf},
};

use ottla_types::{BrokerId, InvalidUuid, Uuid};

use crate::Fault;

/// Why a log directory, or a file in it, cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// Another process, or another part of this one, uses the directory.
    #[error(
        "Failed to acquire lock on file .lock in {}. A Kafka instance in another process or thread is using this directory.",
        .0.display()
    )]
    Locked(PathBuf),
    /// A file stands where the directory should be.
    #[error("{} is not a readable log directory.", .0.display())]
    NotADirectory(PathBuf),
    /// A partition directory under the target name exists already.
    #[error("the directory {} exists already", .0.display())]
    Exists(PathBuf),
    /// The removal of a partition directory that is not marked as deleted.
    #[error("the directory {} is not marked as deleted", .0.display())]
    NotDeleted(PathBuf),
    /// `meta.properties` is malformed or belongs elsewhere.
    #[error(transparent)]
    MetaProperties(#[from] MetaPropertiesError),
    /// A checkpoint or `partition.metadata` is malformed.
    #[error(transparent)]
    Text(#[from] TextFileError),
    /// The disk refused.
    #[error("cannot {operation} {}", path.display())]
    Io {
        /// What was being done.
        operation: &'static str,
        /// To which file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl DirectoryError {
    /// The operation that the disk refused, if that is it.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::Io {
                operation,
                path,
                source,
            } => {
                let source = io::Error::new(source.kind(), source.to_string());
                Some(Fault::new(operation, path, source))
            }
            Self::Locked(_)
            | Self::NotADirectory(_)
            | Self::Exists(_)
            | Self::NotDeleted(_)
            | Self::MetaProperties(_)
            | Self::Text(_) => None,
        }
    }

    /// Wraps what the system said about an operation on `path`.
    pub(crate) fn io(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            operation,
            path,
            source,
        }
    }
}

/// Why a `meta.properties` is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetaPropertiesError {
    /// `version` is not a number.
    #[error("Invalid meta.properties version string '{0}'")]
    InvalidVersion(String),
    /// `version` is neither 0 nor 1.
    #[error("Unknown meta.properties version number {0}")]
    UnknownVersion(i32),
    /// A key is missing that the version must have.
    #[error("Failed to find {0}")]
    Missing(&'static str),
    /// An id is not a number.
    #[error("Unable to read {0} as a base-10 number.")]
    NotANumber(&'static str),
    /// The cluster id is missing.
    #[error("cluster.id was not found.")]
    NoClusterId,
    /// The directory id is not the text of an id.
    #[error("Unable to read directory.id as a Uuid: {0}")]
    InvalidDirectoryId(InvalidUuid),
    /// The file is not the text of Java properties.
    #[error("Malformed \\uxxxx encoding.")]
    MalformedEscape,
    /// No directory is formatted.
    #[error("No readable meta.properties files found.")]
    NoneReadable,
    /// The directory belongs to another cluster.
    #[error("Invalid cluster.id in: {}. Expected {expected}, but read {found}", file.display())]
    ForeignCluster {
        /// The `meta.properties`.
        file: PathBuf,
        /// The cluster of the directories before it, or the one asked for.
        expected: String,
        /// What it says.
        found: String,
    },
    /// The directory belongs to another node.
    #[error(
        "Stored node id {found} doesn't match previous node id {expected} in {}. If you moved your data, make sure your configured node id matches. If you intend to create a new node, you should remove all data in your data directories.",
        file.display()
    )]
    ForeignNode {
        /// The `meta.properties`.
        file: PathBuf,
        /// The node of the directories before it, or the configured one.
        expected: BrokerId,
        /// What it says.
        found: BrokerId,
    },
    /// The directory has an id that Kafka keeps for itself.
    #[error("Invalid reserved directory ID {id} found in {}", directory.display())]
    ReservedDirectoryId {
        /// The log directory.
        directory: PathBuf,
        /// Its id.
        id: Uuid,
    },
    /// Two directories have the same id.
    #[error(
        "Duplicate directory ID {id} found. It was the ID of {}, but also of {}",
        first.display(), second.display()
    )]
    DuplicateDirectoryId {
        /// The id.
        id: Uuid,
        /// One log directory.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
}

/// Why a checkpoint or a `partition.metadata` cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextFileError {
    /// A line of a checkpoint is not what should stand there.
    #[error("Malformed line in checkpoint file [{}]: {line}", file.display())]
    CheckpointLine {
        /// The file.
        file: PathBuf,
        /// The line.
        line: String,
    },
    /// A checkpoint of a version not known.
    #[error(
        "Unrecognised version:{found}, expected version: 0 in checkpoint file at: {}",
        file.display()
    )]
    CheckpointVersion {
        /// The file.
        file: PathBuf,
        /// Its version.
        found: i32,
    },
    /// A checkpoint with more or fewer entries than it says.
    #[error(
        "Expected [{expected}] entries in checkpoint file [{}], but found only [{found}]",
        file.display()
    )]
    CheckpointCount {
        /// The file.
        file: PathBuf,
        /// What its second line says.
        expected: i32,
        /// The lines that follow.
        found: usize,
    },
    /// A line of a `partition.metadata` is not what should stand there.
    #[error("Malformed line in partition metadata file [{}]: {line}", file.display())]
    PartitionMetadataLine {
        /// The file.
        file: PathBuf,
        /// The line.
        line: String,
    },
    /// A `partition.metadata` of a version not known.
    #[error("Unrecognized version of partition metadata file ({}): {found}", file.display())]
    PartitionMetadataVersion {
        /// The file.
        file: PathBuf,
        /// Its version.
        found: i32,
    },
    /// A `partition.metadata` that names no topic.
    #[error("Invalid topic ID in partition metadata file ({})", file.display())]
    ZeroTopicId {
        /// The file.
        file: PathBuf,
    },
}
