//! The answer "no".

use ottla_types::ErrorCode;

/// Why a command was not carried out, as the protocol says it. Not an error: a reply like any other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code:?}: {}", message.as_deref().unwrap_or("no message"))]
pub struct Refusal {
    /// Kafka's code.
    pub code: ErrorCode,
    /// Kafka's message, where it has one of its own.
    pub message: Option<String>,
}

impl Refusal {
    /// A refusal that the code says all about.
    #[must_use]
    pub fn bare(code: ErrorCode) -> Self {
        Self {
            code,
            message: None,
        }
    }

    /// A refusal with a message.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
        }
    }
}
