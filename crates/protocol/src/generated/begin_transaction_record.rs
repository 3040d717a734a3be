// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// The records that follow take effect together, at the end of the transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct BeginTransactionRecord<'a> {
    pub name: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BeginTransactionRecord<'_> {
    fn default() -> Self {
        Self {
            name: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BeginTransactionRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 23;
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
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.name = r.nullable_string_as(form)?,
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
        
        if form == Form::Compact {
            let has_0 = self.name.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                match &self.name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BeginTransactionRecord<'static> {
        BeginTransactionRecord {
            name: self.name.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
