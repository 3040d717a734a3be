//! What can go wrong with a partition log.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use ottla_records::{BatchError, BuildError};
use ottla_types::{ErrorCode, Offset, ProducerEpoch, ProducerId};
use thiserror::Error;

/// An operation of the file system that failed.
#[derive(Clone, Debug, Error)]
#[error("cannot {operation} {}", path.display())]
pub struct Fault {
    operation: &'static str,
    path: PathBuf,
    #[source]
    source: Arc<io::Error>,
}

impl Fault {
    /// What failed: a verb, the file or directory, and what the system said.
    #[must_use]
    pub fn new(operation: &'static str, path: &Path, source: io::Error) -> Self {
        Self {
            operation,
            path: path.to_owned(),
            source: Arc::new(source),
        }
    }

    /// What was tried, as a verb.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The file or directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Kind of the system's error.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    /// Whether space or descriptors are missing: nothing that was written is lost.
    pub(crate) fn is_shortage(&self) -> bool {
        self.is_no_space() || self.is_no_descriptor()
    }

    /// Whether nothing was done because no file could be opened.
    pub(crate) fn is_no_descriptor(&self) -> bool {
        crate::fs::is_no_descriptor(&self.source)
    }

    /// Whether only space is missing: what was refused may be tried again.
    #[must_use]
    pub fn is_no_space(&self) -> bool {
        matches!(
            self.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    }
}

/// The disk does not do what it should.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// An operation failed.
    #[error(transparent)]
    Io(#[from] Fault),
    /// An earlier write or sync failed; the log takes no calls until it is opened again.
    #[error("the log is out of service since an earlier failure")]
    Latched(#[source] Fault),
    /// The log was closed.
    #[error("the log is closed")]
    Closed,
    /// A file does not hold what it should.
    #[error("{} at byte {position}", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// Where in it.
        position: u64,
        /// What is wrong there.
        #[source]
        source: BatchError,
    },
}

impl StorageError {
    /// The operation that failed, now or before.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Io(fault) | Self::Latched(fault) => Some(fault),
            Self::Closed | Self::Corrupt { .. } => None,
        }
    }

    /// The protocol error.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Io(_) | Self::Latched(_) | Self::Closed => ErrorCode::KAFKA_STORAGE_ERROR,
            Self::Corrupt { .. } => ErrorCode::CORRUPT_MESSAGE,
        }
    }
}

/// Why batches were not appended. The log is as it was before.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum AppendError {
    /// There is no batch.
    #[error("no batch to append")]
    Empty,
    /// Sequence numbers do not follow the last ones of the producer.
    #[error("producer {producer_id} epoch {epoch}: sequence {sequence} does not follow {last}")]
    OutOfOrderSequence {
        /// The producer.
        producer_id: ProducerId,
        /// Its epoch in the batch.
        epoch: ProducerEpoch,
        /// First sequence number of the batch.
        sequence: i32,
        /// Last sequence number in the log, -1 for none.
        last: i32,
    },
    /// The producer was fenced by a newer epoch.
    #[error("producer {producer_id}: epoch {epoch} is older than {current}")]
    InvalidProducerEpoch {
        /// The producer.
        producer_id: ProducerId,
        /// Its epoch in the batch.
        epoch: ProducerEpoch,
        /// The epoch in the log.
        current: ProducerEpoch,
    },
    /// A batch outside a transaction while the producer has one open.
    #[error("producer {0} has an open transaction")]
    InvalidTxnState(ProducerId),
    /// A batch of a transaction that nobody confirmed, or that ended meanwhile.
    #[error("no transaction of producer {0} was confirmed")]
    UnverifiedTransaction(ProducerId),
    /// A marker of a transaction coordinator that was replaced.
    #[error("coordinator epoch {epoch} is older than {current}")]
    TransactionCoordinatorFenced {
        /// Epoch in the marker.
        epoch: i32,
        /// Last epoch in the log.
        current: i32,
    },
    /// A batch that cannot be read.
    #[error("batch cannot be appended")]
    Corrupt(#[source] BatchError),
    /// Records that no batch can be made of.
    #[error("records make no batch")]
    Unfit(#[source] BuildError),
    /// Offsets of replicated batches go back, or begin before the end of the log.
    #[error("batch at offset {first} behind offset {end}")]
    OffsetsOutOfOrder {
        /// First offset of the batch.
        first: Offset,
        /// Least offset that would be taken.
        end: Offset,
    },
    /// There is no space. The append may be tried again.
    #[error("no space")]
    NoSpace(#[source] Fault),
    /// The disk failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl AppendError {
    /// The protocol error.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Empty | Self::Unfit(_) => ErrorCode::INVALID_RECORD,
            Self::OutOfOrderSequence { .. } => ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER,
            Self::InvalidProducerEpoch { .. } => ErrorCode::INVALID_PRODUCER_EPOCH,
            Self::InvalidTxnState(_) | Self::UnverifiedTransaction(_) => {
                ErrorCode::INVALID_TXN_STATE
            }
            Self::TransactionCoordinatorFenced { .. } => ErrorCode::TRANSACTION_COORDINATOR_FENCED,
            Self::Corrupt(_) => ErrorCode::CORRUPT_MESSAGE,
            Self::OffsetsOutOfOrder { .. } => ErrorCode::UNKNOWN_SERVER_ERROR,
            Self::NoSpace(_) | Self::Storage(_) => ErrorCode::KAFKA_STORAGE_ERROR,
        }
    }
}

/// Why nothing can be read at an offset.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The log does not reach there.
    #[error("offset is not within [{start}, {end}]")]
    OutOfRange {
        /// First offset of the log.
        start: Offset,
        /// The offset after the last one.
        end: Offset,
    },
    /// A batch does not hold what it should.
    #[error("the batch at offset {at} cannot be read")]
    Corrupt {
        /// An offset in it.
        at: Offset,
        /// What is wrong with it.
        #[source]
        source: BatchError,
    },
    /// The disk failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl ReadError {
    /// The protocol error.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::OutOfRange { .. } => ErrorCode::OFFSET_OUT_OF_RANGE,
            Self::Corrupt { .. } => ErrorCode::CORRUPT_MESSAGE,
            Self::Storage(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn a_lack_of_descriptors_loses_nothing() {
        let fault = |error: io::Error| Fault::new("open", Path::new("t-0/0.log"), error);
        let of = |errno: Errno| fault(io::Error::from_raw_os_error(errno.raw_os_error()));
        assert!(of(Errno::MFILE).is_shortage() && of(Errno::NFILE).is_no_descriptor());
        assert!(of(Errno::NOSPC).is_shortage() && !of(Errno::NOSPC).is_no_descriptor());
        assert!(!of(Errno::IO).is_shortage());
    }
}
