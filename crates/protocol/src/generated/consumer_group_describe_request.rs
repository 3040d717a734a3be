// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for state and members of consumer groups of the new protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupDescribeRequest<'a> {
    pub group_ids: Vec<Cow<'a, str>>,
    pub include_authorized_operations: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupDescribeRequest<'_> {
    fn default() -> Self {
        Self {
            group_ids: Vec::new(),
            include_authorized_operations: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupDescribeRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(69);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.group_ids = r.strings(form)?;
        value.include_authorized_operations = r.bool()?;
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
        w.strings(form, &self.group_ids)?;
        w.bool(self.include_authorized_operations);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupDescribeRequest<'static> {
        ConsumerGroupDescribeRequest {
            group_ids: self.group_ids.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            include_authorized_operations: self.include_authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ConsumerGroupDescribeRequest<'_> {
    const API_KEY: ApiKey = ConsumerGroupDescribeRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ConsumerGroupDescribeRequest::encode(self, w, version)
    }
}
