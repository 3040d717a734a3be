// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// What precedes the body of every response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader<'a> {
    /// Comes back in the response.
    pub correlation_id: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ResponseHeader<'_> {
    fn default() -> Self {
        Self {
            correlation_id: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ResponseHeader<'a> {
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 1;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.correlation_id = r.i32()?;
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
        let form = Form::of(version >= 1);
        w.i32(self.correlation_id);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ResponseHeader<'static> {
        ResponseHeader {
            correlation_id: self.correlation_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
