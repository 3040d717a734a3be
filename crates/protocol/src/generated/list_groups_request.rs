// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which groups a broker coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct ListGroupsRequest<'a> {
    pub states_filter: Vec<Cow<'a, str>>,
    pub types_filter: Vec<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListGroupsRequest<'_> {
    fn default() -> Self {
        Self {
            states_filter: Vec::new(),
            types_filter: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListGroupsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(16);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 4 {
            value.states_filter = r.strings(form)?;
        }
        if version >= 5 {
            value.types_filter = r.strings(form)?;
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
        let form = Form::of(version >= 3);
        if version >= 4 { w.strings(form, &self.states_filter)?; } else if !self.states_filter.is_empty() {
            return Err(not_in_version("statesFilter", version));
        }
        if version >= 5 { w.strings(form, &self.types_filter)?; } else if !self.types_filter.is_empty() {
            return Err(not_in_version("typesFilter", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListGroupsRequest<'static> {
        ListGroupsRequest {
            states_filter: self.states_filter.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            types_filter: self.types_filter.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ListGroupsRequest<'_> {
    const API_KEY: ApiKey = ListGroupsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListGroupsRequest::encode(self, w, version)
    }
}
