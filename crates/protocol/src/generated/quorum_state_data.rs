// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Content of the file `quorum-state`: what a voter must not forget.
#[derive(Clone, Debug, PartialEq)]
pub struct QuorumStateData<'a> {
    pub cluster_id: Cow<'a, str>,
    pub leader_id: i32,
    pub leader_epoch: i32,
    /// -1 if it has not voted.
    pub voted_id: i32,
    pub voted_directory_id: Uuid,
    pub applied_offset: i64,
    pub current_voters: Option<Vec<Voter<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for QuorumStateData<'_> {
    fn default() -> Self {
        Self {
            cluster_id: Cow::Borrowed(""),
            leader_id: -1,
            leader_epoch: -1,
            voted_id: -1,
            voted_directory_id: Uuid::ZERO,
            applied_offset: 0,
            current_voters: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> QuorumStateData<'a> {
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
        if version <= 0 {
            value.cluster_id = r.string_as(form)?;
        }
        value.leader_id = r.i32()?;
        value.leader_epoch = r.i32()?;
        value.voted_id = r.i32()?;
        if version >= 1 {
            value.voted_directory_id = r.uuid()?;
        }
        if version <= 0 {
            value.applied_offset = r.i64()?;
        }
        if version <= 0 {
            value.current_voters = r.nullable_array(form, version, Voter::decode)?;
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
        if version <= 0 { w.string_as(form, &self.cluster_id)?; } else if !self.cluster_id.is_empty() {
            return Err(not_in_version("clusterId", version));
        }
        w.i32(self.leader_id);
        w.i32(self.leader_epoch);
        w.i32(self.voted_id);
        if version >= 1 { w.uuid(self.voted_directory_id); } else if self.voted_directory_id != Uuid::ZERO {
            return Err(not_in_version("votedDirectoryId", version));
        }
        if version <= 0 { w.i64(self.applied_offset); } else if self.applied_offset != 0 {
            return Err(not_in_version("appliedOffset", version));
        }
        if version <= 0 { match &self.current_voters { Some(value) => { w.array(form, value, version, Voter::encode)?; } None => { w.null_array_as(form); } } } else if self.current_voters.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("currentVoters", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> QuorumStateData<'static> {
        QuorumStateData {
            cluster_id: Cow::Owned(self.cluster_id.into_owned()),
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            voted_id: self.voted_id,
            voted_directory_id: self.voted_directory_id,
            applied_offset: self.applied_offset,
            current_voters: self.current_voters.map(|value| value.into_iter().map(Voter::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`QuorumStateData`].
#[derive(Clone, Debug, PartialEq)]
pub struct Voter<'a> {
    pub voter_id: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Voter<'_> {
    fn default() -> Self {
        Self {
            voter_id: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Voter<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        if version <= 0 {
            value.voter_id = r.i32()?;
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
        if version <= 0 { w.i32(self.voter_id); } else if self.voter_id != 0 {
            return Err(not_in_version("voterId", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Voter<'static> {
        Voter {
            voter_id: self.voter_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
