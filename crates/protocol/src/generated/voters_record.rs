// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// The voters of the quorum, in a control batch of the metadata log.
#[derive(Clone, Debug, PartialEq)]
pub struct VotersRecord<'a> {
    pub version: i16,
    pub voters: Vec<Voter<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for VotersRecord<'_> {
    fn default() -> Self {
        Self {
            version: 0,
            voters: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> VotersRecord<'a> {
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
        value.version = r.i16()?;
        value.voters = r.array(form, version, Voter::decode)?;
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
        w.array(form, &self.voters, version, Voter::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> VotersRecord<'static> {
        VotersRecord {
            version: self.version,
            voters: self.voters.into_iter().map(Voter::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`VotersRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct Voter<'a> {
    pub voter_id: i32,
    /// Tells a voter with a new disk from the old one.
    pub voter_directory_id: Uuid,
    pub endpoints: Vec<Endpoint<'a>>,
    pub k_raft_version_feature: KRaftVersionFeature<'a>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Voter<'_> {
    fn default() -> Self {
        Self {
            voter_id: 0,
            voter_directory_id: Uuid::ZERO,
            endpoints: Vec::new(),
            k_raft_version_feature: KRaftVersionFeature::default(),
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
        value.voter_directory_id = r.uuid()?;
        value.endpoints = r.array(form, version, Endpoint::decode)?;
        value.k_raft_version_feature = KRaftVersionFeature::decode(r, version)?;
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
        w.uuid(self.voter_directory_id);
        w.array(form, &self.endpoints, version, Endpoint::encode)?;
        self.k_raft_version_feature.encode(w, version)?;
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
            endpoints: self.endpoints.into_iter().map(Endpoint::into_owned).collect(),
            k_raft_version_feature: self.k_raft_version_feature.into_owned(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`VotersRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint<'a> {
    pub name: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Endpoint<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Endpoint<'a> {
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
    pub fn into_owned(self) -> Endpoint<'static> {
        Endpoint {
            name: Cow::Owned(self.name.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`VotersRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct KRaftVersionFeature<'a> {
    pub min_supported_version: i16,
    pub max_supported_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for KRaftVersionFeature<'_> {
    fn default() -> Self {
        Self {
            min_supported_version: 0,
            max_supported_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> KRaftVersionFeature<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.min_supported_version = r.i16()?;
        value.max_supported_version = r.i16()?;
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
        w.i16(self.min_supported_version);
        w.i16(self.max_supported_version);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> KRaftVersionFeature<'static> {
        KRaftVersionFeature {
            min_supported_version: self.min_supported_version,
            max_supported_version: self.max_supported_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
