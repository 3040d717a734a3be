// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A broker is fenced; superseded by the change of a registration.
#[derive(Clone, Debug, PartialEq)]
pub struct FenceBrokerRecord<'a> {
    pub id: i32,
    pub epoch: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FenceBrokerRecord<'_> {
    fn default() -> Self {
        Self {
            id: 0,
            epoch: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FenceBrokerRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 7;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.id = r.i32()?;
        value.epoch = r.i64()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    tag => section.unknown(r, tag)?,
                }
            }
            value.unknown_tags = section.finish();
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 0);
        w.i32(self.id);
        w.i64(self.epoch);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FenceBrokerRecord<'static> {
        FenceBrokerRecord {
            id: self.id,
            epoch: self.epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
