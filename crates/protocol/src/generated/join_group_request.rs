// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Joins a classic group, and waits for its next generation.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinGroupRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub session_timeout_ms: i32,
    /// How long members may take to rejoin or to give partitions up.
    pub rebalance_timeout_ms: i32,
    /// Empty at first; the coordinator gives one.
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Cow<'a, str>,
    pub protocols: Vec<JoinGroupRequestProtocol<'a>>,
    pub reason: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for JoinGroupRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            session_timeout_ms: 0,
            rebalance_timeout_ms: -1,
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            protocol_type: Cow::Borrowed(""),
            protocols: Vec::new(),
            reason: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> JoinGroupRequest<'a> {
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
        value.group_id = r.string_as(form)?;
        value.session_timeout_ms = r.i32()?;
        if version >= 1 {
            value.rebalance_timeout_ms = r.i32()?;
        }
        value.member_id = r.string_as(form)?;
        if version >= 5 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        value.protocol_type = r.string_as(form)?;
        value.protocols = r.array(form, version, JoinGroupRequestProtocol::decode)?;
        if version >= 8 {
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
        let form = Form::of(version >= 6);
        w.string_as(form, &self.group_id)?;
        w.i32(self.session_timeout_ms);
        if version >= 1 { w.i32(self.rebalance_timeout_ms); }
        w.string_as(form, &self.member_id)?;
        if version >= 5 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.group_instance_id.is_some() {
            return Err(not_in_version("groupInstanceId", version));
        }
        w.string_as(form, &self.protocol_type)?;
        w.array(form, &self.protocols, version, JoinGroupRequestProtocol::encode)?;
        if version >= 8 { match &self.reason { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> JoinGroupRequest<'static> {
        JoinGroupRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            session_timeout_ms: self.session_timeout_ms,
            rebalance_timeout_ms: self.rebalance_timeout_ms,
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            protocol_type: Cow::Owned(self.protocol_type.into_owned()),
            protocols: self.protocols.into_iter().map(JoinGroupRequestProtocol::into_owned).collect(),
            reason: self.reason.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for JoinGroupRequest<'_> {
    const API_KEY: ApiKey = JoinGroupRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        JoinGroupRequest::encode(self, w, version)
    }
}

/// Part of [`JoinGroupRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct JoinGroupRequestProtocol<'a> {
    pub name: Cow<'a, str>,
    pub metadata: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for JoinGroupRequestProtocol<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            metadata: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> JoinGroupRequestProtocol<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
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
        w.string_as(form, &self.name)?;
        w.bytes_as(form, &self.metadata)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> JoinGroupRequestProtocol<'static> {
        JoinGroupRequestProtocol {
            name: Cow::Owned(self.name.into_owned()),
            metadata: Cow::Owned(self.metadata.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
