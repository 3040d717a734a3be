// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeConfigs`: the entries, their source and synonyms by resource.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub results: Vec<DescribeConfigsResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeConfigsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeConfigsResponse<'a> {
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
        value.throttle_time_ms = r.i32()?;
        value.results = r.array(form, version, DescribeConfigsResult::decode)?;
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
        w.i32(self.throttle_time_ms);
        w.array(form, &self.results, version, DescribeConfigsResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeConfigsResponse<'static> {
        DescribeConfigsResponse {
            throttle_time_ms: self.throttle_time_ms,
            results: self.results.into_iter().map(DescribeConfigsResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeConfigsResponse<'_> {
    const API_KEY: ApiKey = DescribeConfigsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeConfigsResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeConfigsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResult<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub resource_type: i8,
    pub resource_name: Cow<'a, str>,
    pub configs: Vec<DescribeConfigsResourceResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeConfigsResult<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            resource_type: 0,
            resource_name: Cow::Borrowed(""),
            configs: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeConfigsResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.resource_type = r.i8()?;
        value.resource_name = r.string_as(form)?;
        value.configs = r.array(form, version, DescribeConfigsResourceResult::decode)?;
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
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i8(self.resource_type);
        w.string_as(form, &self.resource_name)?;
        w.array(form, &self.configs, version, DescribeConfigsResourceResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeConfigsResult<'static> {
        DescribeConfigsResult {
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            resource_type: self.resource_type,
            resource_name: Cow::Owned(self.resource_name.into_owned()),
            configs: self.configs.into_iter().map(DescribeConfigsResourceResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeConfigsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsResourceResult<'a> {
    pub name: Cow<'a, str>,
    pub value: Option<Cow<'a, str>>,
    /// Changes only with a restart.
    pub read_only: bool,
    /// 1 topic, 2 broker, 3 all brokers, 4 file, 5 default, 6 logger, 7 client metrics, 8 group.
    pub config_source: i8,
    /// The value is not shown.
    pub is_sensitive: bool,
    pub synonyms: Vec<DescribeConfigsSynonym<'a>>,
    pub config_type: i8,
    pub documentation: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeConfigsResourceResult<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            value: Some(Cow::Borrowed("")),
            read_only: false,
            config_source: -1,
            is_sensitive: false,
            synonyms: Vec::new(),
            config_type: 0,
            documentation: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeConfigsResourceResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.value = r.nullable_string_as(form)?;
        value.read_only = r.bool()?;
        value.config_source = r.i8()?;
        value.is_sensitive = r.bool()?;
        value.synonyms = r.array(form, version, DescribeConfigsSynonym::decode)?;
        if version >= 3 {
            value.config_type = r.i8()?;
        }
        if version >= 3 {
            value.documentation = r.nullable_string_as(form)?;
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
        w.string_as(form, &self.name)?;
        match &self.value { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.bool(self.read_only);
        w.i8(self.config_source);
        w.bool(self.is_sensitive);
        w.array(form, &self.synonyms, version, DescribeConfigsSynonym::encode)?;
        if version >= 3 { w.i8(self.config_type); }
        if version >= 3 { match &self.documentation { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeConfigsResourceResult<'static> {
        DescribeConfigsResourceResult {
            name: Cow::Owned(self.name.into_owned()),
            value: self.value.map(|value| Cow::Owned(value.into_owned())),
            read_only: self.read_only,
            config_source: self.config_source,
            is_sensitive: self.is_sensitive,
            synonyms: self.synonyms.into_iter().map(DescribeConfigsSynonym::into_owned).collect(),
            config_type: self.config_type,
            documentation: self.documentation.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeConfigsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeConfigsSynonym<'a> {
    pub name: Cow<'a, str>,
    pub value: Option<Cow<'a, str>>,
    pub source: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeConfigsSynonym<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            value: Some(Cow::Borrowed("")),
            source: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeConfigsSynonym<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.value = r.nullable_string_as(form)?;
        value.source = r.i8()?;
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
        w.string_as(form, &self.name)?;
        match &self.value { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i8(self.source);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeConfigsSynonym<'static> {
        DescribeConfigsSynonym {
            name: Cow::Owned(self.name.into_owned()),
            value: self.value.map(|value| Cow::Owned(value.into_owned())),
            source: self.source,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
