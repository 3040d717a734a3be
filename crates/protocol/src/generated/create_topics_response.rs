// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `CreateTopics`: outcome by topic, with its configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTopicsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<CreatableTopicResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreateTopicsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreateTopicsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(19);
    /// First version.
    pub const MIN_VERSION: i16 = 2;
    /// Last version.
    pub const MAX_VERSION: i16 = 7;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 5;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.throttle_time_ms = r.i32()?;
        value.topics = r.array(form, version, CreatableTopicResult::decode)?;
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
        let form = Form::of(version >= 5);
        w.i32(self.throttle_time_ms);
        w.array(form, &self.topics, version, CreatableTopicResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreateTopicsResponse<'static> {
        CreateTopicsResponse {
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(CreatableTopicResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for CreateTopicsResponse<'_> {
    const API_KEY: ApiKey = CreateTopicsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        CreateTopicsResponse::encode(self, w, version)
    }
}

/// Part of [`CreateTopicsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopicResult<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub topic_config_error_code: i16,
    pub num_partitions: i32,
    pub replication_factor: i16,
    pub configs: Option<Vec<CreatableTopicConfigs<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatableTopicResult<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            topic_config_error_code: 0,
            num_partitions: -1,
            replication_factor: -1,
            configs: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatableTopicResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        if version >= 7 {
            value.topic_id = r.uuid()?;
        }
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        if version >= 5 {
            value.num_partitions = r.i32()?;
        }
        if version >= 5 {
            value.replication_factor = r.i16()?;
        }
        if version >= 5 {
            value.configs = r.nullable_array(form, version, CreatableTopicConfigs::decode)?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.topic_config_error_code = r.i16()?,
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
        let form = Form::of(version >= 5);
        w.string_as(form, &self.name)?;
        if version >= 7 { w.uuid(self.topic_id); }
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if version >= 5 { w.i32(self.num_partitions); }
        if version >= 5 { w.i16(self.replication_factor); }
        if version >= 5 { match &self.configs { Some(value) => { w.array(form, value, version, CreatableTopicConfigs::encode)?; } None => { w.null_array_as(form); } } }
        if form == Form::Compact {
            let has_0 = self.topic_config_error_code != 0;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.i16(self.topic_config_error_code);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatableTopicResult<'static> {
        CreatableTopicResult {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            topic_config_error_code: self.topic_config_error_code,
            num_partitions: self.num_partitions,
            replication_factor: self.replication_factor,
            configs: self.configs.map(|value| value.into_iter().map(CreatableTopicConfigs::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`CreateTopicsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopicConfigs<'a> {
    pub name: Cow<'a, str>,
    pub value: Option<Cow<'a, str>>,
    /// Changes only with a restart.
    pub read_only: bool,
    /// 1 topic, 2 broker, 3 all brokers, 4 file, 5 default, 6 logger, 7 client metrics, 8 group.
    pub config_source: i8,
    /// The value is not shown.
    pub is_sensitive: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatableTopicConfigs<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            value: Some(Cow::Borrowed("")),
            read_only: false,
            config_source: -1,
            is_sensitive: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatableTopicConfigs<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        if version >= 5 {
            value.name = r.string_as(form)?;
        }
        if version >= 5 {
            value.value = r.nullable_string_as(form)?;
        }
        if version >= 5 {
            value.read_only = r.bool()?;
        }
        if version >= 5 {
            value.config_source = r.i8()?;
        }
        if version >= 5 {
            value.is_sensitive = r.bool()?;
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
        let form = Form::of(version >= 5);
        if version >= 5 { w.string_as(form, &self.name)?; } else if !self.name.is_empty() {
            return Err(not_in_version("name", version));
        }
        if version >= 5 { match &self.value { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.value.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("value", version));
        }
        if version >= 5 { w.bool(self.read_only); } else if self.read_only {
            return Err(not_in_version("readOnly", version));
        }
        if version >= 5 { w.i8(self.config_source); }
        if version >= 5 { w.bool(self.is_sensitive); } else if self.is_sensitive {
            return Err(not_in_version("isSensitive", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatableTopicConfigs<'static> {
        CreatableTopicConfigs {
            name: Cow::Owned(self.name.into_owned()),
            value: self.value.map(|value| Cow::Owned(value.into_owned())),
            read_only: self.read_only,
            config_source: self.config_source,
            is_sensitive: self.is_sensitive,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
