// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// First control record of an epoch in the metadata log: who leads, and who voted for it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderChangeMessage<'a> {
    pub version: i16,
    pub leader_id: i32,
    pub voters: Vec<Voter<'a>>,
    /// Who voted for it.
    pub granting_voters: Vec<Voter<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaderChangeMessage<'_> {
    fn default() -> Self {
        Self {
            version: 0,
            leader_id: 0,
            voters: Vec::new(),
            granting_voters: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LeaderChangeMessage<'a> {
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
        value.version = r.i16()?;
        value.leader_id = r.i32()?;
        value.voters = r.array(form, version, Voter::decode)?;
        value.granting_voters = r.array(form, version, Voter::decode)?;
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
        w.i16(self.version);
        w.i32(self.leader_id);
        w.array(form, &self.voters, version, Voter::encode)?;
        w.array(form, &self.granting_voters, version, Voter::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LeaderChangeMessage<'static> {
        LeaderChangeMessage {
            version: self.version,
            leader_id: self.leader_id,
            voters: self.voters.into_iter().map(Voter::into_owned).collect(),
            granting_voters: self.granting_voters.into_iter().map(Voter::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`LeaderChangeMessage`].
#[derive(Clone, Debug, PartialEq)]
pub struct Voter<'a> {
    pub voter_id: i32,
    /// Tells a voter with a new disk from the old one.
    pub voter_directory_id: Uuid,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Voter<'_> {
    fn default() -> Self {
        Self {
            voter_id: 0,
            voter_directory_id: Uuid::ZERO,
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
        value.voter_id = r.i32()?;
        if version >= 1 {
            value.voter_directory_id = r.uuid()?;
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
        w.i32(self.voter_id);
        if version >= 1 { w.uuid(self.voter_directory_id); } else if self.voter_directory_id != Uuid::ZERO {
            return Err(not_in_version("voterDirectoryId", version));
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
            voter_directory_id: self.voter_directory_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
