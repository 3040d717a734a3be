//! Why a measurement could not be made.

use std::io;

use ottla_types::ErrorCode;
use ottla_wire::{DecodeError, EncodeError};
use thiserror::Error;

/// Why a measurement could not be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BenchError {
    /// A file or a socket failed.
    #[error("{what} failed")]
    Io {
        /// What was being done.
        what: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The server sent something that is no answer.
    #[error("the server's answer cannot be read")]
    Decode(#[from] DecodeError),
    /// A request cannot be written.
    #[error("a request cannot be written")]
    Encode(#[from] EncodeError),
    /// The server refused.
    #[error("{what} was answered {code}")]
    Refused {
        /// What was asked.
        what: &'static str,
        /// The answer.
        code: ErrorCode,
    },
    /// The server does not do what the measurement needs.
    #[error("the server does not support {0}")]
    Unsupported(&'static str),
    /// Something took longer than a measurement may.
    #[error("{0} took too long")]
    Timeout(&'static str),
    /// The command line is wrong.
    #[error("{0}")]
    Usage(String),
}

/// Says what was being done when the system refused.
pub trait While<T> {
    /// Adds `what` to the error.
    ///
    /// # Errors
    /// The same error, with `what`.
    fn during(self, what: &'static str) -> Result<T, BenchError>;
}

impl<T, E: Into<io::Error>> While<T> for Result<T, E> {
    fn during(self, what: &'static str) -> Result<T, BenchError> {
        self.map_err(|error| BenchError::Io {
            what,
            source: error.into(),
        })
    }
}
