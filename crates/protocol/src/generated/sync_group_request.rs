// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Waits for the assignment of a generation; the leader brings it.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncGroupRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub generation_id: i32,
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Option<Cow<'a, str>>,
    pub protocol_name: Option<Cow<'a, str>>,
    pub assignments: Vec<SyncGroupRequestAssignment<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SyncGroupRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            generation_id: 0,
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            protocol_type: None,
            protocol_name: None,
            assignments: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SyncGroupRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(14);
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
        value.generation_id = r.i32()?;
        value.member_id = r.string_as(form)?;
        if version >= 3 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        if version >= 5 {
            value.protocol_type = r.nullable_string_as(form)?;
        }
        if version >= 5 {
            value.protocol_name = r.nullable_string_as(form)?;
        }
        value.assignments = r.array(form, version, SyncGroupRequestAssignment::decode)?;
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
        w.i32(self.generation_id);
        w.string_as(form, &self.member_id)?;
        if version >= 3 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.group_instance_id.is_some() {
            return Err(not_in_version("groupInstanceId", version));
        }
        if version >= 5 { match &self.protocol_type { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if version >= 5 { match &self.protocol_name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        w.array(form, &self.assignments, version, SyncGroupRequestAssignment::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SyncGroupRequest<'static> {
        SyncGroupRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            generation_id: self.generation_id,
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            protocol_type: self.protocol_type.map(|value| Cow::Owned(value.into_owned())),
            protocol_name: self.protocol_name.map(|value| Cow::Owned(value.into_owned())),
            assignments: self.assignments.into_iter().map(SyncGroupRequestAssignment::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for SyncGroupRequest<'_> {
    const API_KEY: ApiKey = SyncGroupRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        SyncGroupRequest::encode(self, w, version)
    }
}

/// Part of [`SyncGroupRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct SyncGroupRequestAssignment<'a> {
    pub member_id: Cow<'a, str>,
    pub assignment: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SyncGroupRequestAssignment<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            assignment: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SyncGroupRequestAssignment<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.member_id = r.string_as(form)?;
        value.assignment = Cow::Borrowed(r.bytes_as(form)?);
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
        w.string_as(form, &self.member_id)?;
        w.bytes_as(form, &self.assignment)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SyncGroupRequestAssignment<'static> {
        SyncGroupRequestAssignment {
            member_id: Cow::Owned(self.member_id.into_owned()),
            assignment: Cow::Owned(self.assignment.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
