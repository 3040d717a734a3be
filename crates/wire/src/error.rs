//! What can be wrong with bytes that are read, and with values that are written.

/// Bytes that are not the value that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}: {kind}")]
pub struct DecodeError {
    /// What was being read.
    pub what: &'static str,
    /// Offset from the start of the reader's bytes.
    pub at: usize,
    /// What is wrong with it.
    pub kind: DecodeErrorKind,
}

/// Why bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The bytes end before the value does.
    #[error("needs {needed} bytes, {remaining} remain")]
    Truncated {
        /// Bytes the value needs.
        needed: usize,
        /// Bytes that are left.
        remaining: usize,
    },
    /// A varint that goes on after its longest form, or carries bits its type lacks.
    #[error("varint is too long")]
    VarintTooLong,
    /// A length that no value of the type has.
    #[error("length {0} is not valid")]
    InvalidLength(i64),
    /// Null where the field does not allow it.
    #[error("null in a field that is not nullable")]
    UnexpectedNull,
    /// Decoding would use more memory than the frame is allowed.
    #[error("needs {needed} bytes of memory, {budget} remain in the budget")]
    BudgetExceeded {
        /// Bytes the next collection needs.
        needed: usize,
        /// Bytes left of the budget.
        budget: usize,
    },
    /// A tag that is not above the one before it.
    #[error("tag {0} is repeated or out of order")]
    TagOrder(u32),
    /// A known tag in a version that does not have it.
    #[error("tag {0} is not valid in this version")]
    TagVersion(u32),
    /// More unknown tags than any honest peer sends.
    #[error("more than {0} unknown tags")]
    TooManyTags(usize),
    /// A tagged field that did not fill its declared size, or passed it.
    #[error("tagged field of {declared} bytes took {taken}")]
    TagSize {
        /// Size in front of the field.
        declared: usize,
        /// Bytes the field took.
        taken: usize,
    },
    /// Bytes after the end of the value.
    #[error("{0} bytes follow the value")]
    TrailingBytes(usize),
    /// A version the message does not have.
    #[error("version {0} is not known")]
    UnknownVersion(i16),
    /// A message or record type nobody defined.
    #[error("type {0} is not known")]
    UnknownType(i64),
    /// A checksum that does not match.
    #[error("checksum is {found:#010x}, expected {expected:#010x}")]
    Checksum {
        /// Stored value.
        found: u32,
        /// Value computed from the bytes.
        expected: u32,
    },
    /// Text that is not of the expected form.
    #[error("text is not of the expected form")]
    InvalidText,
}

/// A value that has no encoding in the version asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {kind}")]
pub struct EncodeError {
    /// What was being written.
    pub what: &'static str,
    /// Why it cannot be.
    pub kind: EncodeErrorKind,
}

/// Why a value was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A field is set that the version lacks and may not be dropped.
    #[error("cannot be set in version {0}")]
    NotInVersion(i16),
    /// A field is null and the version has no null for it.
    #[error("cannot be null in version {0}")]
    NullInVersion(i16),
    /// Longer than the length field can say.
    #[error("is {0} bytes or elements long, more than its length field can say")]
    TooLong(usize),
    /// A version the message does not have.
    #[error("version {0} is not known")]
    UnknownVersion(i16),
}
