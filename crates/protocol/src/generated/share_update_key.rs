// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Key of a coordinator's record: a change to the state of a share partition.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareUpdateKey<'a> {
    pub group_id: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partition: i32,
}

impl Default for ShareUpdateKey<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partition: 0,
        }
    }
}

impl<'a> ShareUpdateKey<'a> {
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
        value.group_id = r.string_as(form)?;
        value.topic_id = r.uuid()?;
        value.partition = r.i32()?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.group_id)?;
        w.uuid(self.topic_id);
        w.i32(self.partition);
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ShareUpdateKey<'static> {
        ShareUpdateKey {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topic_id: self.topic_id,
            partition: self.partition,
        }
    }
}
