// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ListGroups`: id, type and state of each group.
#[derive(Clone, Debug, PartialEq)]
pub struct ListGroupsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub groups: Vec<ListedGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListGroupsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListGroupsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(16);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 1 {
            value.throttle_time_ms = r.i32()?;
        }
        value.error_code = ErrorCode(r.i16()?);
        value.groups = r.array(form, version, ListedGroup::decode)?;
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
        let form = Form::of(version >= 3);
        if version >= 1 { w.i32(self.throttle_time_ms); }
        w.i16(self.error_code.0);
        w.array(form, &self.groups, version, ListedGroup::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListGroupsResponse<'static> {
        ListGroupsResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            groups: self.groups.into_iter().map(ListedGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ListGroupsResponse<'_> {
    const API_KEY: ApiKey = ListGroupsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListGroupsResponse::encode(self, w, version)
    }
}

/// Part of [`ListGroupsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListedGroup<'a> {
    pub group_id: Cow<'a, str>,
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Cow<'a, str>,
    pub group_state: Cow<'a, str>,
    pub group_type: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListedGroup<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            protocol_type: Cow::Borrowed(""),
            group_state: Cow::Borrowed(""),
            group_type: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListedGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.protocol_type = r.string_as(form)?;
        if version >= 4 {
            value.group_state = r.string_as(form)?;
        }
        if version >= 5 {
            value.group_type = r.string_as(form)?;
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
        let form = Form::of(version >= 3);
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.protocol_type)?;
        if version >= 4 { w.string_as(form, &self.group_state)?; }
        if version >= 5 { w.string_as(form, &self.group_type)?; }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListedGroup<'static> {
        ListedGroup {
            group_id: Cow::Owned(self.group_id.into_owned()),
            protocol_type: Cow::Owned(self.protocol_type.into_owned()),
            group_state: Cow::Owned(self.group_state.into_owned()),
            group_type: Cow::Owned(self.group_type.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
