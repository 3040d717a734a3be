// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the configuration of topics, brokers, groups and clients.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsRequest<'a> {
    pub resources: Vec<DescribeConfigsResource<'a>>,
    pub include_synonyms: bool,
    pub include_documentation: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeConfigsRequest<'_> {
    fn default() -> Self {
        Self {
            resources: Vec::new(),
            include_synonyms: false,
            include_documentation: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeConfigsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(32);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.resources = r.array(form, version, DescribeConfigsResource::decode)?;
        value.include_synonyms = r.bool()?;
        if version >= 3 {
            value.include_documentation = r.bool()?;
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
        let form = Form::of(version >= 4);
        w.array(form, &self.resources, version, DescribeConfigsResource::encode)?;
        w.bool(self.include_synonyms);
        if version >= 3 { w.bool(self.include_documentation); } else if self.include_documentation {
            return Err(not_in_version("includeDocumentation", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeConfigsRequest<'static> {
        DescribeConfigsRequest {
            resources: self.resources.into_iter().map(DescribeConfigsResource::into_owned).collect(),
            include_synonyms: self.include_synonyms,
            include_documentation: self.include_documentation,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeConfigsRequest<'_> {
    const API_KEY: ApiKey = DescribeConfigsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeConfigsRequest::encode(self, w, version)
    }
}

/// Part of [`DescribeConfigsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResource<'a> {
    pub resource_type: i8,
    pub resource_name: Cow<'a, str>,
    pub configuration_keys: Option<Vec<Cow<'a, str>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeConfigsResource<'_> {
    fn default() -> Self {
        Self {
            resource_type: 0,
            resource_name: Cow::Borrowed(""),
            configuration_keys: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeConfigsResource<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.resource_type = r.i8()?;
        value.resource_name = r.string_as(form)?;
        value.configuration_keys = r.nullable_strings(form)?;
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
        let form = Form::of(version >= 4);
        w.i8(self.resource_type);
        w.string_as(form, &self.resource_name)?;
        match &self.configuration_keys { Some(value) => { w.strings(form, value)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeConfigsResource<'static> {
        DescribeConfigsResource {
            resource_type: self.resource_type,
            resource_name: Cow::Owned(self.resource_name.into_owned()),
            configuration_keys: self.configuration_keys.map(|value| value.into_iter().map(|item| Cow::Owned(item.into_owned())).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
