// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Adds the offsets of a group to a transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct AddOffsetsToTxnRequest<'a> {
    pub transactional_id: Cow<'a, str>,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub group_id: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddOffsetsToTxnRequest<'_> {
    fn default() -> Self {
        Self {
            transactional_id: Cow::Borrowed(""),
            producer_id: 0,
            producer_epoch: 0,
            group_id: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddOffsetsToTxnRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(25);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.transactional_id = r.string_as(form)?;
        value.producer_id = r.i64()?;
        value.producer_epoch = r.i16()?;
        value.group_id = r.string_as(form)?;
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
        let form = Form::of(version >= 3);
        w.string_as(form, &self.transactional_id)?;
        w.i64(self.producer_id);
        w.i16(self.producer_epoch);
        w.string_as(form, &self.group_id)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddOffsetsToTxnRequest<'static> {
        AddOffsetsToTxnRequest {
            transactional_id: Cow::Owned(self.transactional_id.into_owned()),
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            group_id: Cow::Owned(self.group_id.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AddOffsetsToTxnRequest<'_> {
    const API_KEY: ApiKey = AddOffsetsToTxnRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AddOffsetsToTxnRequest::encode(self, w, version)
    }
}
