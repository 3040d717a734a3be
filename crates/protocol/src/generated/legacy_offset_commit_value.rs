// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: a committed offset, in the oldest form.
#[derive(Clone, Debug, PartialEq)]
pub struct LegacyOffsetCommitValue<'a> {
    pub offset: i64,
    pub metadata: Cow<'a, str>,
    pub commit_timestamp: i64,
}

impl Default for LegacyOffsetCommitValue<'_> {
    fn default() -> Self {
        Self {
            offset: 0,
            metadata: Cow::Borrowed(""),
            commit_timestamp: 0,
        }
    }
}

impl<'a> LegacyOffsetCommitValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 0;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.offset = r.i64()?;
        value.metadata = r.string_as(form)?;
        value.commit_timestamp = r.i64()?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.i64(self.offset);
        w.string_as(form, &self.metadata)?;
        w.i64(self.commit_timestamp);
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LegacyOffsetCommitValue<'static> {
        LegacyOffsetCommitValue {
            offset: self.offset,
            metadata: Cow::Owned(self.metadata.into_owned()),
            commit_timestamp: self.commit_timestamp,
        }
    }
}
