//! What can go wrong in a call.

use std::sync::Arc;

use ottla_protocol::ApiKey;
use ottla_types::ErrorCode;
use ottla_wire::{DecodeError, EncodeError};
use thiserror::Error;

mod texts;

/// Why a call failed. Cheap to clone: one cause may fail many calls.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The broker's answer.
    #[error("{}", .message.as_deref().unwrap_or_else(|| texts::of(*.code)))]
    Api {
        /// Its code.
        code: ErrorCode,
        /// What the broker said, if it did.
        message: Option<Arc<str>>,
    },
    /// The deadline passed; the text says what was waited for.
    #[error("{0}")]
    Timeout(Arc<str>),
    /// The connection ended before the answer came.
    #[error("The connection was closed before a response was received.")]
    Disconnected,
    /// Broker and client have no version of the API in common.
    #[error("The node does not support {}", .0.name())]
    UnsupportedApi(ApiKey),
    /// Not possible at a version that the broker speaks.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The answer is not of the protocol's form.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Partitions without an offset to start from, and no leave to choose one.
    #[error("Undefined offset with no reset policy for partitions: [{0}]")]
    NoOffset(Arc<str>),
    /// Record batches that cannot be read or built.
    #[error("{0}")]
    Records(Arc<str>),
    /// A configuration that cannot be used.
    #[error("{0}")]
    Config(Arc<str>),
    /// A call's argument that cannot be used.
    #[error("{0}")]
    Argument(Arc<str>),
}

impl ClientError {
    /// The error of a response code.
    #[must_use]
    pub const fn api(code: ErrorCode) -> Self {
        Self::Api {
            code,
            message: None,
        }
    }

    /// As [`api`](Self::api), with the broker's words.
    #[must_use]
    pub fn api_with(code: ErrorCode, message: Option<&str>) -> Self {
        Self::Api {
            code,
            message: message.map(Arc::from),
        }
    }

    /// `Ok` when `code` is `NONE`.
    ///
    /// # Errors
    /// The code as an error otherwise.
    pub fn check(code: ErrorCode, message: Option<&str>) -> Result<(), Self> {
        if code.is_none() {
            return Ok(());
        }
        Err(Self::api_with(code, message))
    }

    /// The broker's code, if it is the broker's answer.
    #[must_use]
    pub const fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Api { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        match self {
            Self::Api { code, .. } => code.is_retriable(),
            Self::Disconnected => true,
            _ => false,
        }
    }

    /// Full name of the exception that Apache's clients raise in this case.
    #[must_use]
    pub fn exception(&self) -> String {
        let name = match self {
            Self::Api { code, .. } => match *code {
                ErrorCode::INVALID_RECORD => {
                    return "org.apache.kafka.common.InvalidRecordException".to_owned();
                }
                code => code.exception(),
            },
            Self::Timeout(_) => "TimeoutException",
            Self::Disconnected => "DisconnectException",
            Self::UnsupportedApi(_) | Self::Encode(_) => "UnsupportedVersionException",
            Self::Decode(_) => "SerializationException",
            Self::Records(_) => "CorruptRecordException",
            Self::Config(_) => return "org.apache.kafka.common.config.ConfigException".to_owned(),
            Self::NoOffset(_) => {
                return "org.apache.kafka.clients.consumer.NoOffsetForPartitionException"
                    .to_owned();
            }
            Self::Argument(_) => return "java.lang.IllegalArgumentException".to_owned(),
        };
        format!("org.apache.kafka.common.errors.{name}")
    }
}
