// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `JoinGroup`: the generation joined; the leader also learns all members.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinGroupResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub generation_id: i32,
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Option<Cow<'a, str>>,
    pub protocol_name: Option<Cow<'a, str>>,
    pub leader: Cow<'a, str>,
    pub skip_assignment: bool,
    pub member_id: Cow<'a, str>,
    /// Only for the leader.
    pub members: Vec<JoinGroupResponseMember<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for JoinGroupResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            generation_id: -1,
            protocol_type: None,
            protocol_name: Some(Cow::Borrowed("")),
            leader: Cow::Borrowed(""),
            skip_assignment: false,
            member_id: Cow::Borrowed(""),
            members: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> JoinGroupResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(11);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 9;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 6;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version >= 2 {
            value.throttle_time_ms = r.i32()?;
        }
        value.error_code = ErrorCode(r.i16()?);
        value.generation_id = r.i32()?;
        if version >= 7 {
            value.protocol_type = r.nullable_string_as(form)?;
        }
        value.protocol_name = if version >= 7 { r.nullable_string_as(form)? } else { Some(r.string_as(form)?) };
        value.leader = r.string_as(form)?;
        if version >= 9 {
            value.skip_assignment = r.bool()?;
        }
        value.member_id = r.string_as(form)?;
        value.members = r.array(form, version, JoinGroupResponseMember::decode)?;
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
        let form = Form::of(version >= 6);
        if version >= 2 { w.i32(self.throttle_time_ms); }
        w.i16(self.error_code.0);
        w.i32(self.generation_id);
        if version >= 7 { match &self.protocol_type { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        match &self.protocol_name { Some(value) => { w.string_as(form, value)?; } None => { if version >= 7 { w.nullable_string_as(form, None)?; } else { return Err(null_in_version("protocolName", version)); } } }
        w.string_as(form, &self.leader)?;
        if version >= 9 { w.bool(self.skip_assignment); } else if self.skip_assignment {
            return Err(not_in_version("skipAssignment", version));
        }
        w.string_as(form, &self.member_id)?;
        w.array(form, &self.members, version, JoinGroupResponseMember::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> JoinGroupResponse<'static> {
        JoinGroupResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            generation_id: self.generation_id,
            protocol_type: self.protocol_type.map(|value| Cow::Owned(value.into_owned())),
            protocol_name: self.protocol_name.map(|value| Cow::Owned(value.into_owned())),
            leader: Cow::Owned(self.leader.into_owned()),
            skip_assignment: self.skip_assignment,
            member_id: Cow::Owned(self.member_id.into_owned()),
            members: self.members.into_iter().map(JoinGroupResponseMember::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for JoinGroupResponse<'_> {
    const API_KEY: ApiKey = JoinGroupResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        JoinGroupResponse::encode(self, w, version)
    }
}

/// Part of [`JoinGroupResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct JoinGroupResponseMember<'a> {
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    pub metadata: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for JoinGroupResponseMember<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            metadata: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> JoinGroupResponseMember<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.member_id = r.string_as(form)?;
        if version >= 5 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        value.metadata = Cow::Borrowed(r.bytes_as(form)?);
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
        let form = Form::of(version >= 6);
        w.string_as(form, &self.member_id)?;
        if version >= 5 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        w.bytes_as(form, &self.metadata)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> JoinGroupResponseMember<'static> {
        JoinGroupResponseMember {
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            metadata: Cow::Owned(self.metadata.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
