//! A refusal the protocol defines: a code, and the text some responses carry with it.

use ottla_types::ErrorCode;

/// Why a request, or a part of it, is not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) message: Option<String>,
}

impl Refusal {
    pub(crate) const fn bare(code: ErrorCode) -> Self {
        Self {
            code,
            message: None,
        }
    }

    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
        }
    }
}
