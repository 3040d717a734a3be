// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Tells a voter that the leader resigns, and who should follow it.
#[derive(Clone, Debug, PartialEq)]
pub struct EndQuorumEpochRequest<'a> {
    pub cluster_id: Option<Cow<'a, str>>,
    pub topics: Vec<TopicData<'a>>,
    pub leader_endpoints: Vec<LeaderEndpoint<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for EndQuorumEpochRequest<'_> {
    fn default() -> Self {
        Self {
            cluster_id: None,
            topics: Vec::new(),
            leader_endpoints: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> EndQuorumEpochRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(54);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 1;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.cluster_id = r.nullable_string_as(form)?;
        value.topics = r.array(form, version, TopicData::decode)?;
        if version >= 1 {
            value.leader_endpoints = r.array(form, version, LeaderEndpoint::decode)?;
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
        let form = Form::of(version >= 1);
        match &self.cluster_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.array(form, &self.topics, version, TopicData::encode)?;
        if version >= 1 { w.array(form, &self.leader_endpoints, version, LeaderEndpoint::encode)?; }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> EndQuorumEpochRequest<'static> {
        EndQuorumEpochRequest {
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            topics: self.topics.into_iter().map(TopicData::into_owned).collect(),
            leader_endpoints: self.leader_endpoints.into_iter().map(LeaderEndpoint::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for EndQuorumEpochRequest<'_> {
    const API_KEY: ApiKey = EndQuorumEpochRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        EndQuorumEpochRequest::encode(self, w, version)
    }
}

/// Part of [`EndQuorumEpochRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicData<'a> {
    pub topic_name: Cow<'a, str>,
    pub partitions: Vec<PartitionData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicData<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
        value.partitions = r.array(form, version, PartitionData::decode)?;
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
        let form = Form::of(version >= 1);
        w.string_as(form, &self.topic_name)?;
        w.array(form, &self.partitions, version, PartitionData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicData<'static> {
        TopicData {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partitions: self.partitions.into_iter().map(PartitionData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`EndQuorumEpochRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData<'a> {
    pub partition_index: i32,
    pub leader_id: i32,
    pub leader_epoch: i32,
    /// Voters by how far they are, best first.
    pub preferred_successors: Vec<i32>,
    /// Voters by how far they are, best first.
    pub preferred_candidates: Vec<ReplicaInfo<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionData<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            leader_id: 0,
            leader_epoch: 0,
            preferred_successors: Vec::new(),
            preferred_candidates: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.leader_id = r.i32()?;
        value.leader_epoch = r.i32()?;
        if version <= 0 {
            value.preferred_successors = r.array_of(form, Reader::i32)?;
        }
        if version >= 1 {
            value.preferred_candidates = r.array(form, version, ReplicaInfo::decode)?;
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
        let form = Form::of(version >= 1);
        w.i32(self.partition_index);
        w.i32(self.leader_id);
        w.i32(self.leader_epoch);
        if version <= 0 { w.array_of(form, &self.preferred_successors, Writer::i32)?; }
        if version >= 1 { w.array(form, &self.preferred_candidates, version, ReplicaInfo::encode)?; }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionData<'static> {
        PartitionData {
            partition_index: self.partition_index,
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            preferred_successors: self.preferred_successors,
            preferred_candidates: self.preferred_candidates.into_iter().map(ReplicaInfo::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`EndQuorumEpochRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaInfo<'a> {
    pub candidate_id: i32,
    /// Tells a voter with a new disk from the old one.
    pub candidate_directory_id: Uuid,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReplicaInfo<'_> {
    fn default() -> Self {
        Self {
            candidate_id: 0,
            candidate_directory_id: Uuid::ZERO,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReplicaInfo<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        if version >= 1 {
            value.candidate_id = r.i32()?;
        }
        if version >= 1 {
            value.candidate_directory_id = r.uuid()?;
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
        let form = Form::of(version >= 1);
        if version >= 1 { w.i32(self.candidate_id); } else if self.candidate_id != 0 {
            return Err(not_in_version("candidateId", version));
        }
        if version >= 1 { w.uuid(self.candidate_directory_id); } else if self.candidate_directory_id != Uuid::ZERO {
            return Err(not_in_version("candidateDirectoryId", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReplicaInfo<'static> {
        ReplicaInfo {
            candidate_id: self.candidate_id,
            candidate_directory_id: self.candidate_directory_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`EndQuorumEpochRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderEndpoint<'a> {
    pub name: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaderEndpoint<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LeaderEndpoint<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        if version >= 1 {
            value.name = r.string_as(form)?;
        }
        if version >= 1 {
            value.host = r.string_as(form)?;
        }
        if version >= 1 {
            value.port = r.u16()?;
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
        let form = Form::of(version >= 1);
        if version >= 1 { w.string_as(form, &self.name)?; } else if !self.name.is_empty() {
            return Err(not_in_version("name", version));
        }
        if version >= 1 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version >= 1 { w.u16(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LeaderEndpoint<'static> {
        LeaderEndpoint {
            name: Cow::Owned(self.name.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
