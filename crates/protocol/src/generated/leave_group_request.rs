// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Removes members from a classic group.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaveGroupRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub member_id: Cow<'a, str>,
    pub members: Vec<MemberIdentity<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaveGroupRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            member_id: Cow::Borrowed(""),
            members: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LeaveGroupRequest<'a> {
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
        value.group_id = r.string_as(form)?;
        if version <= 2 {
            value.member_id = r.string_as(form)?;
        }
        if version >= 3 {
            value.members = r.array(form, version, MemberIdentity::decode)?;
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
        w.string_as(form, &self.group_id)?;
        if version <= 2 { w.string_as(form, &self.member_id)?; } else if !self.member_id.is_empty() {
            return Err(not_in_version("memberId", version));
        }
        if version >= 3 { w.array(form, &self.members, version, MemberIdentity::encode)?; } else if !self.members.is_empty() {
            return Err(not_in_version("members", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LeaveGroupRequest<'static> {
        LeaveGroupRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            member_id: Cow::Owned(self.member_id.into_owned()),
            members: self.members.into_iter().map(MemberIdentity::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for LeaveGroupRequest<'_> {
    const API_KEY: ApiKey = LeaveGroupRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        LeaveGroupRequest::encode(self, w, version)
    }
}

/// Part of [`LeaveGroupRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct MemberIdentity<'a> {
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    pub reason: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MemberIdentity<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            reason: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MemberIdentity<'a> {
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
        if version >= 5 {
            value.reason = r.nullable_string_as(form)?;
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
        if version >= 3 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.group_instance_id.is_some() {
            return Err(not_in_version("groupInstanceId", version));
        }
        if version >= 5 { match &self.reason { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MemberIdentity<'static> {
        MemberIdentity {
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            reason: self.reason.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
