// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeGroups`: state, protocol and members by group.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeGroupsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeGroupsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeGroupsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(15);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 6;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 5;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        if version >= 1 {
            value.throttle_time_ms = r.i32()?;
        }
        value.groups = r.array(form, version, DescribedGroup::decode)?;
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
        if version >= 1 { w.i32(self.throttle_time_ms); }
        w.array(form, &self.groups, version, DescribedGroup::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeGroupsResponse<'static> {
        DescribeGroupsResponse {
            throttle_time_ms: self.throttle_time_ms,
            groups: self.groups.into_iter().map(DescribedGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeGroupsResponse<'_> {
    const API_KEY: ApiKey = DescribeGroupsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeGroupsResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeGroupsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub group_id: Cow<'a, str>,
    pub group_state: Cow<'a, str>,
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Cow<'a, str>,
    pub protocol_data: Cow<'a, str>,
    pub members: Vec<DescribedGroupMember<'a>>,
    /// Bit field of ACL operations; the least int32 if not asked for.
    pub authorized_operations: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribedGroup<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            error_message: None,
            group_id: Cow::Borrowed(""),
            group_state: Cow::Borrowed(""),
            protocol_type: Cow::Borrowed(""),
            protocol_data: Cow::Borrowed(""),
            members: Vec::new(),
            authorized_operations: -2147483648,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribedGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        if version >= 6 {
            value.error_message = r.nullable_string_as(form)?;
        }
        value.group_id = r.string_as(form)?;
        value.group_state = r.string_as(form)?;
        value.protocol_type = r.string_as(form)?;
        value.protocol_data = r.string_as(form)?;
        value.members = r.array(form, version, DescribedGroupMember::decode)?;
        if version >= 3 {
            value.authorized_operations = r.i32()?;
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
        w.i16(self.error_code.0);
        if version >= 6 { match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.error_message.is_some() {
            return Err(not_in_version("errorMessage", version));
        }
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.group_state)?;
        w.string_as(form, &self.protocol_type)?;
        w.string_as(form, &self.protocol_data)?;
        w.array(form, &self.members, version, DescribedGroupMember::encode)?;
        if version >= 3 { w.i32(self.authorized_operations); } else if self.authorized_operations != -2147483648 {
            return Err(not_in_version("authorizedOperations", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribedGroup<'static> {
        DescribedGroup {
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            group_id: Cow::Owned(self.group_id.into_owned()),
            group_state: Cow::Owned(self.group_state.into_owned()),
            protocol_type: Cow::Owned(self.protocol_type.into_owned()),
            protocol_data: Cow::Owned(self.protocol_data.into_owned()),
            members: self.members.into_iter().map(DescribedGroupMember::into_owned).collect(),
            authorized_operations: self.authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeGroupsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroupMember<'a> {
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    pub client_id: Cow<'a, str>,
    pub client_host: Cow<'a, str>,
    pub member_metadata: Cow<'a, [u8]>,
    pub member_assignment: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribedGroupMember<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            client_id: Cow::Borrowed(""),
            client_host: Cow::Borrowed(""),
            member_metadata: Cow::Borrowed(&[]),
            member_assignment: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribedGroupMember<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.member_id = r.string_as(form)?;
        if version >= 4 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        value.client_id = r.string_as(form)?;
        value.client_host = r.string_as(form)?;
        value.member_metadata = Cow::Borrowed(r.bytes_as(form)?);
        value.member_assignment = Cow::Borrowed(r.bytes_as(form)?);
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
        w.string_as(form, &self.member_id)?;
        if version >= 4 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        w.string_as(form, &self.client_id)?;
        w.string_as(form, &self.client_host)?;
        w.bytes_as(form, &self.member_metadata)?;
        w.bytes_as(form, &self.member_assignment)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribedGroupMember<'static> {
        DescribedGroupMember {
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            client_id: Cow::Owned(self.client_id.into_owned()),
            client_host: Cow::Owned(self.client_host.into_owned()),
            member_metadata: Cow::Owned(self.member_metadata.into_owned()),
            member_assignment: Cow::Owned(self.member_assignment.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
