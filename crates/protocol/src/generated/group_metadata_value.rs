// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: a classic group with its members and assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMetadataValue<'a> {
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Cow<'a, str>,
    pub generation: i32,
    pub protocol: Option<Cow<'a, str>>,
    pub leader: Option<Cow<'a, str>>,
    pub current_state_timestamp: i64,
    pub members: Vec<MemberMetadata<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for GroupMetadataValue<'_> {
    fn default() -> Self {
        Self {
            protocol_type: Cow::Borrowed(""),
            generation: 0,
            protocol: Some(Cow::Borrowed("")),
            leader: Some(Cow::Borrowed("")),
            current_state_timestamp: -1,
            members: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> GroupMetadataValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 2;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.protocol_type = r.string_as(form)?;
        value.generation = r.i32()?;
        value.protocol = r.nullable_string_as(form)?;
        value.leader = r.nullable_string_as(form)?;
        if version >= 2 {
            value.current_state_timestamp = r.i64()?;
        }
        value.members = r.array(form, version, MemberMetadata::decode)?;
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
        w.string_as(form, &self.protocol_type)?;
        w.i32(self.generation);
        match &self.protocol { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.leader { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if version >= 2 { w.i64(self.current_state_timestamp); }
        w.array(form, &self.members, version, MemberMetadata::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> GroupMetadataValue<'static> {
        GroupMetadataValue {
            protocol_type: Cow::Owned(self.protocol_type.into_owned()),
            generation: self.generation,
            protocol: self.protocol.map(|value| Cow::Owned(value.into_owned())),
            leader: self.leader.map(|value| Cow::Owned(value.into_owned())),
            current_state_timestamp: self.current_state_timestamp,
            members: self.members.into_iter().map(MemberMetadata::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`GroupMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct MemberMetadata<'a> {
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    pub client_id: Cow<'a, str>,
    pub client_host: Cow<'a, str>,
    pub rebalance_timeout: i32,
    pub session_timeout: i32,
    pub subscription: Cow<'a, [u8]>,
    pub assignment: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MemberMetadata<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            client_id: Cow::Borrowed(""),
            client_host: Cow::Borrowed(""),
            rebalance_timeout: -1,
            session_timeout: 0,
            subscription: Cow::Borrowed(&[]),
            assignment: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MemberMetadata<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.member_id = r.string_as(form)?;
        if version >= 3 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        value.client_id = r.string_as(form)?;
        value.client_host = r.string_as(form)?;
        if version >= 1 {
            value.rebalance_timeout = r.i32()?;
        }
        value.session_timeout = r.i32()?;
        value.subscription = Cow::Borrowed(r.bytes_as(form)?);
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
        if version >= 3 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        w.string_as(form, &self.client_id)?;
        w.string_as(form, &self.client_host)?;
        if version >= 1 { w.i32(self.rebalance_timeout); }
        w.i32(self.session_timeout);
        w.bytes_as(form, &self.subscription)?;
        w.bytes_as(form, &self.assignment)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MemberMetadata<'static> {
        MemberMetadata {
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            client_id: Cow::Owned(self.client_id.into_owned()),
            client_host: Cow::Owned(self.client_host.into_owned()),
            rebalance_timeout: self.rebalance_timeout,
            session_timeout: self.session_timeout,
            subscription: Cow::Owned(self.subscription.into_owned()),
            assignment: Cow::Owned(self.assignment.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
