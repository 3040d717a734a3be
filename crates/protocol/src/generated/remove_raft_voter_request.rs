// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Removes a voter from the quorum.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveRaftVoterRequest<'a> {
    pub cluster_id: Option<Cow<'a, str>>,
    pub voter_id: i32,
    /// Tells a voter with a new disk from the old one.
    pub voter_directory_id: Uuid,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for RemoveRaftVoterRequest<'_> {
    fn default() -> Self {
        Self {
            cluster_id: Some(Cow::Borrowed("")),
            voter_id: 0,
            voter_directory_id: Uuid::ZERO,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> RemoveRaftVoterRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(81);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
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
        value.voter_id = r.i32()?;
        value.voter_directory_id = r.uuid()?;
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
        w.i32(self.voter_id);
        w.uuid(self.voter_directory_id);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> RemoveRaftVoterRequest<'static> {
        RemoveRaftVoterRequest {
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            voter_id: self.voter_id,
            voter_directory_id: self.voter_directory_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for RemoveRaftVoterRequest<'_> {
    const API_KEY: ApiKey = RemoveRaftVoterRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        RemoveRaftVoterRequest::encode(self, w, version)
    }
}
