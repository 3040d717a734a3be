// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which transactions a broker coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTransactionsRequest<'a> {
    pub state_filters: Vec<Cow<'a, str>>,
    pub producer_id_filters: Vec<i64>,
    pub duration_filter: i64,
    pub transactional_id_pattern: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListTransactionsRequest<'_> {
    fn default() -> Self {
        Self {
            state_filters: Vec::new(),
            producer_id_filters: Vec::new(),
            duration_filter: -1,
            transactional_id_pattern: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListTransactionsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(66);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.state_filters = r.strings(form)?;
        value.producer_id_filters = r.array_of(form, Reader::i64)?;
        if version >= 1 {
            value.duration_filter = r.i64()?;
        }
        if version >= 2 {
            value.transactional_id_pattern = r.nullable_string_as(form)?;
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
        w.strings(form, &self.state_filters)?;
        w.array_of(form, &self.producer_id_filters, Writer::i64)?;
        if version >= 1 { w.i64(self.duration_filter); } else if self.duration_filter != -1 {
            return Err(not_in_version("durationFilter", version));
        }
        if version >= 2 { match &self.transactional_id_pattern { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.transactional_id_pattern.is_some() {
            return Err(not_in_version("transactionalIdPattern", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListTransactionsRequest<'static> {
        ListTransactionsRequest {
            state_filters: self.state_filters.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            producer_id_filters: self.producer_id_filters,
            duration_filter: self.duration_filter,
            transactional_id_pattern: self.transactional_id_pattern.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ListTransactionsRequest<'_> {
    const API_KEY: ApiKey = ListTransactionsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListTransactionsRequest::encode(self, w, version)
    }
}
