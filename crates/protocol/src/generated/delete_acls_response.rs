// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DeleteAcls`: what each filter deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAclsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub filter_results: Vec<DeleteAclsFilterResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteAclsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            filter_results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteAclsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(31);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 3;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.throttle_time_ms = r.i32()?;
        value.filter_results = r.array(form, version, DeleteAclsFilterResult::decode)?;
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
        let form = Form::of(version >= 2);
        w.i32(self.throttle_time_ms);
        w.array(form, &self.filter_results, version, DeleteAclsFilterResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteAclsResponse<'static> {
        DeleteAclsResponse {
            throttle_time_ms: self.throttle_time_ms,
            filter_results: self.filter_results.into_iter().map(DeleteAclsFilterResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DeleteAclsResponse<'_> {
    const API_KEY: ApiKey = DeleteAclsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DeleteAclsResponse::encode(self, w, version)
    }
}

/// Part of [`DeleteAclsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAclsFilterResult<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub matching_acls: Vec<DeleteAclsMatchingAcl<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteAclsFilterResult<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            matching_acls: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteAclsFilterResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.matching_acls = r.array(form, version, DeleteAclsMatchingAcl::decode)?;
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
        let form = Form::of(version >= 2);
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.array(form, &self.matching_acls, version, DeleteAclsMatchingAcl::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteAclsFilterResult<'static> {
        DeleteAclsFilterResult {
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            matching_acls: self.matching_acls.into_iter().map(DeleteAclsMatchingAcl::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DeleteAclsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteAclsMatchingAcl<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub resource_type: i8,
    pub resource_name: Cow<'a, str>,
    /// 3 literal, 4 prefixed.
    pub pattern_type: i8,
    pub principal: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub operation: i8,
    /// 2 deny, 3 allow.
    pub permission_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteAclsMatchingAcl<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            resource_type: 0,
            resource_name: Cow::Borrowed(""),
            pattern_type: 3,
            principal: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            operation: 0,
            permission_type: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteAclsMatchingAcl<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.resource_type = r.i8()?;
        value.resource_name = r.string_as(form)?;
        value.pattern_type = r.i8()?;
        value.principal = r.string_as(form)?;
        value.host = r.string_as(form)?;
        value.operation = r.i8()?;
        value.permission_type = r.i8()?;
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
        let form = Form::of(version >= 2);
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i8(self.resource_type);
        w.string_as(form, &self.resource_name)?;
        w.i8(self.pattern_type);
        w.string_as(form, &self.principal)?;
        w.string_as(form, &self.host)?;
        w.i8(self.operation);
        w.i8(self.permission_type);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteAclsMatchingAcl<'static> {
        DeleteAclsMatchingAcl {
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            resource_type: self.resource_type,
            resource_name: Cow::Owned(self.resource_name.into_owned()),
            pattern_type: self.pattern_type,
            principal: Cow::Owned(self.principal.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            operation: self.operation,
            permission_type: self.permission_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
