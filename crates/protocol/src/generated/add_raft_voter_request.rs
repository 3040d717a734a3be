// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Adds a voter to the quorum.
#[derive(Clone, Debug, PartialEq)]
pub struct AddRaftVoterRequest<'a> {
    pub cluster_id: Option<Cow<'a, str>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub voter_id: i32,
    /// Tells a voter with a new disk from the old one.
    pub voter_directory_id: Uuid,
    pub listeners: Vec<Listener<'a>>,
    pub ack_when_committed: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddRaftVoterRequest<'_> {
    fn default() -> Self {
        Self {
            cluster_id: Some(Cow::Borrowed("")),
            timeout_ms: 0,
            voter_id: 0,
            voter_directory_id: Uuid::ZERO,
            listeners: Vec::new(),
            ack_when_committed: true,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddRaftVoterRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(80);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.cluster_id = r.nullable_string_as(form)?;
        value.timeout_ms = r.i32()?;
        value.voter_id = r.i32()?;
        value.voter_directory_id = r.uuid()?;
        value.listeners = r.array(form, version, Listener::decode)?;
        if version >= 1 {
            value.ack_when_committed = r.bool()?;
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
        let form = Form::of(version >= 0);
        match &self.cluster_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.timeout_ms);
        w.i32(self.voter_id);
        w.uuid(self.voter_directory_id);
        w.array(form, &self.listeners, version, Listener::encode)?;
        if version >= 1 { w.bool(self.ack_when_committed); } else if !self.ack_when_committed {
            return Err(not_in_version("ackWhenCommitted", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddRaftVoterRequest<'static> {
        AddRaftVoterRequest {
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            timeout_ms: self.timeout_ms,
            voter_id: self.voter_id,
            voter_directory_id: self.voter_directory_id,
            listeners: self.listeners.into_iter().map(Listener::into_owned).collect(),
            ack_when_committed: self.ack_when_committed,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AddRaftVoterRequest<'_> {
    const API_KEY: ApiKey = AddRaftVoterRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AddRaftVoterRequest::encode(self, w, version)
    }
}

/// Part of [`AddRaftVoterRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct Listener<'a> {
    pub name: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Listener<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Listener<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.host = r.string_as(form)?;
        value.port = r.u16()?;
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
        let form = Form::of(version >= 0);
        w.string_as(form, &self.name)?;
        w.string_as(form, &self.host)?;
        w.u16(self.port);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Listener<'static> {
        Listener {
            name: Cow::Owned(self.name.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
