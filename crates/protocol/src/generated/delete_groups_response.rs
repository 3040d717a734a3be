// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DeleteGroups`: outcome by group.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteGroupsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub results: Vec<DeletableGroupResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteGroupsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteGroupsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(42);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
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
        value.results = r.array(form, version, DeletableGroupResult::decode)?;
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
        w.array(form, &self.results, version, DeletableGroupResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteGroupsResponse<'static> {
        DeleteGroupsResponse {
            throttle_time_ms: self.throttle_time_ms,
            results: self.results.into_iter().map(DeletableGroupResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DeleteGroupsResponse<'_> {
    const API_KEY: ApiKey = DeleteGroupsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DeleteGroupsResponse::encode(self, w, version)
    }
}

/// Part of [`DeleteGroupsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeletableGroupResult<'a> {
    pub group_id: Cow<'a, str>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeletableGroupResult<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeletableGroupResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.error_code = ErrorCode(r.i16()?);
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
        w.string_as(form, &self.group_id)?;
        w.i16(self.error_code.0);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeletableGroupResult<'static> {
        DeletableGroupResult {
            group_id: Cow::Owned(self.group_id.into_owned()),
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
