// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Key of a coordinator's record: a committed offset.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitKey<'a> {
    pub group: Cow<'a, str>,
    pub topic: Cow<'a, str>,
    pub partition: i32,
}

impl Default for OffsetCommitKey<'_> {
    fn default() -> Self {
        Self {
            group: Cow::Borrowed(""),
            topic: Cow::Borrowed(""),
            partition: 0,
        }
    }
}

impl<'a> OffsetCommitKey<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 1;
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
        value.group = r.string_as(form)?;
        value.topic = r.string_as(form)?;
        value.partition = r.i32()?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.group)?;
        w.string_as(form, &self.topic)?;
        w.i32(self.partition);
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitKey<'static> {
        OffsetCommitKey {
            group: Cow::Owned(self.group.into_owned()),
            topic: Cow::Owned(self.topic.into_owned()),
            partition: self.partition,
        }
    }
}
