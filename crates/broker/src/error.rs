//! Why a node does not start.

use std::{io, net::SocketAddr};

use ottla_node::{DirectoryError, FormatError, MetadataLogError};
use ottla_storage::directory::DirectoryError as StorageDirectoryError;

/// Why a node does not start, or did not stop in good order.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A log directory cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageDirectoryError),
    /// The partitions of a log directory cannot be used.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The metadata log cannot be used.
    #[error(transparent)]
    Metadata(#[from] MetadataLogError),
    /// The log directories cannot be opened or formatted.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// A listener's host is unknown.
    #[error("Socket server failed to bind to {host}:{port}: the host is not known.")]
    UnknownHost {
        /// The host.
        host: String,
        /// The port.
        port: u16,
    },
    /// A listener cannot be bound.
    #[error("Socket server failed to bind to {address}: {source}.")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The runtime or a thread cannot be started, or entropy read.
    #[error("cannot {what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// Something this version cannot do.
    #[error("{0}")]
    Unsupported(String),
    /// The metadata thread has stopped.
    #[error("the metadata thread has stopped; see the log")]
    MetadataStopped,
}

impl StartError {
    pub(crate) const fn system(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { what, source }
    }
}

pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
