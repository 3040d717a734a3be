// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the quotas that match a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClientQuotasRequest<'a> {
    pub components: Vec<ComponentData<'a>>,
    pub strict: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeClientQuotasRequest<'_> {
    fn default() -> Self {
        Self {
            components: Vec::new(),
            strict: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeClientQuotasRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(48);
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
        value.components = r.array(form, version, ComponentData::decode)?;
        value.strict = r.bool()?;
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
        w.array(form, &self.components, version, ComponentData::encode)?;
        w.bool(self.strict);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeClientQuotasRequest<'static> {
        DescribeClientQuotasRequest {
            components: self.components.into_iter().map(ComponentData::into_owned).collect(),
            strict: self.strict,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeClientQuotasRequest<'_> {
    const API_KEY: ApiKey = DescribeClientQuotasRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeClientQuotasRequest::encode(self, w, version)
    }
}

/// Part of [`DescribeClientQuotasRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentData<'a> {
    /// `user`, `client-id` or `ip`.
    pub entity_type: Cow<'a, str>,
    pub match_type: i8,
    pub match_: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ComponentData<'_> {
    fn default() -> Self {
        Self {
            entity_type: Cow::Borrowed(""),
            match_type: 0,
            match_: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ComponentData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.entity_type = r.string_as(form)?;
        value.match_type = r.i8()?;
        value.match_ = r.nullable_string_as(form)?;
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
        w.string_as(form, &self.entity_type)?;
        w.i8(self.match_type);
        match &self.match_ { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ComponentData<'static> {
        ComponentData {
            entity_type: Cow::Owned(self.entity_type.into_owned()),
            match_type: self.match_type,
            match_: self.match_.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
