// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `LeaveGroup`: outcome by member.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaveGroupResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub members: Vec<MemberResponse<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaveGroupResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            members: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LeaveGroupResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(13);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        if version >= 1 {
            value.throttle_time_ms = r.i32()?;
        }
        value.error_code = ErrorCode(r.i16()?);
        if version >= 3 {
            value.members = r.array(form, version, MemberResponse::decode)?;
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
        if version >= 1 { w.i32(self.throttle_time_ms); }
        w.i16(self.error_code.0);
        if version >= 3 { w.array(form, &self.members, version, MemberResponse::encode)?; } else if !self.members.is_empty() {
            return Err(not_in_version("members", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LeaveGroupResponse<'static> {
        LeaveGroupResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            members: self.members.into_iter().map(MemberResponse::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for LeaveGroupResponse<'_> {
    const API_KEY: ApiKey = LeaveGroupResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        LeaveGroupResponse::encode(self, w, version)
    }
}

/// Part of [`LeaveGroupResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct MemberResponse<'a> {
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MemberResponse<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            group_instance_id: Some(Cow::Borrowed("")),
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MemberResponse<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        if version >= 3 {
            value.member_id = r.string_as(form)?;
        }
        if version >= 3 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        if version >= 3 {
            value.error_code = ErrorCode(r.i16()?);
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
        if version >= 3 { w.string_as(form, &self.member_id)?; } else if !self.member_id.is_empty() {
            return Err(not_in_version("memberId", version));
        }
        if version >= 3 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.group_instance_id.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("groupInstanceId", version));
        }
        if version >= 3 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MemberResponse<'static> {
        MemberResponse {
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
