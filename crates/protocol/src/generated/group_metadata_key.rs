// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Key of a coordinator's record: a classic group with its members and assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMetadataKey<'a> {
    pub group: Cow<'a, str>,
}

impl Default for GroupMetadataKey<'_> {
    fn default() -> Self {
        Self {
            group: Cow::Borrowed(""),
        }
    }
}

impl<'a> GroupMetadataKey<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 2;
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
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.group)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> GroupMetadataKey<'static> {
        GroupMetadataKey {
            group: Cow::Owned(self.group.into_owned()),
        }
    }
}
