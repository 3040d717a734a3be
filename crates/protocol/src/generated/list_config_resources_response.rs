// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ListConfigResources`: name and type of each resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ListConfigResourcesResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub config_resources: Vec<ConfigResource<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListConfigResourcesResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            config_resources: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListConfigResourcesResponse<'a> {
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.config_resources = r.array(form, version, ConfigResource::decode)?;
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
        w.i32(self.throttle_time_ms);
        w.i16(self.error_code.0);
        w.array(form, &self.config_resources, version, ConfigResource::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListConfigResourcesResponse<'static> {
        ListConfigResourcesResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            config_resources: self.config_resources.into_iter().map(ConfigResource::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ListConfigResourcesResponse<'_> {
    const API_KEY: ApiKey = ListConfigResourcesResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListConfigResourcesResponse::encode(self, w, version)
    }
}

/// Part of [`ListConfigResourcesResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigResource<'a> {
    pub resource_name: Cow<'a, str>,
    pub resource_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConfigResource<'_> {
    fn default() -> Self {
        Self {
            resource_name: Cow::Borrowed(""),
            resource_type: 16,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConfigResource<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.resource_name = r.string_as(form)?;
        if version >= 1 {
            value.resource_type = r.i8()?;
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
        w.string_as(form, &self.resource_name)?;
        if version >= 1 { w.i8(self.resource_type); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConfigResource<'static> {
        ConfigResource {
            resource_name: Cow::Owned(self.resource_name.into_owned()),
            resource_type: self.resource_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
