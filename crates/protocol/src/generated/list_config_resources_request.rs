// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which resources of given types have configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct ListConfigResourcesRequest<'a> {
    pub resource_types: Vec<i8>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListConfigResourcesRequest<'_> {
    fn default() -> Self {
        Self {
            resource_types: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListConfigResourcesRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(74);
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
        if version >= 1 {
            value.resource_types = r.array_of(form, Reader::i8)?;
        }
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
        if version >= 1 { w.array_of(form, &self.resource_types, Writer::i8)?; } else if !self.resource_types.is_empty() {
            return Err(not_in_version("resourceTypes", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListConfigResourcesRequest<'static> {
        ListConfigResourcesRequest {
            resource_types: self.resource_types,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ListConfigResourcesRequest<'_> {
    const API_KEY: ApiKey = ListConfigResourcesRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListConfigResourcesRequest::encode(self, w, version)
    }
}
