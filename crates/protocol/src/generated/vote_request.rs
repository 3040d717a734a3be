// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks a voter of the quorum for its vote or pre-vote.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteRequest<'a> {
    pub cluster_id: Option<Cow<'a, str>>,
    pub voter_id: i32,
    pub topics: Vec<TopicData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for VoteRequest<'_> {
    fn default() -> Self {
        Self {
            cluster_id: None,
            voter_id: -1,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> VoteRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(52);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
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
        if version >= 1 {
            value.voter_id = r.i32()?;
        }
        value.topics = r.array(form, version, TopicData::decode)?;
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
        if version >= 1 { w.i32(self.voter_id); }
        w.array(form, &self.topics, version, TopicData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> VoteRequest<'static> {
        VoteRequest {
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            voter_id: self.voter_id,
            topics: self.topics.into_iter().map(TopicData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for VoteRequest<'_> {
    const API_KEY: ApiKey = VoteRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        VoteRequest::encode(self, w, version)
    }
}

/// Part of [`VoteRequest`].
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
        let form = Form::of(version >= 0);
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
        let form = Form::of(version >= 0);
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

/// Part of [`VoteRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData<'a> {
    pub partition_index: i32,
    pub replica_epoch: i32,
    pub replica_id: i32,
    /// Tells a replica with a new disk from the old one.
    pub replica_directory_id: Uuid,
    /// Tells a voter with a new disk from the old one.
    pub voter_directory_id: Uuid,
    pub last_offset_epoch: i32,
    pub last_offset: i64,
    /// Asks whether a vote would be granted, and raises no epoch.
    pub pre_vote: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionData<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            replica_epoch: 0,
            replica_id: 0,
            replica_directory_id: Uuid::ZERO,
            voter_directory_id: Uuid::ZERO,
            last_offset_epoch: 0,
            last_offset: 0,
            pre_vote: false,
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
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.replica_epoch = r.i32()?;
        value.replica_id = r.i32()?;
        if version >= 1 {
            value.replica_directory_id = r.uuid()?;
        }
        if version >= 1 {
            value.voter_directory_id = r.uuid()?;
        }
        value.last_offset_epoch = r.i32()?;
        value.last_offset = r.i64()?;
        if version >= 2 {
            value.pre_vote = r.bool()?;
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
        w.i32(self.partition_index);
        w.i32(self.replica_epoch);
        w.i32(self.replica_id);
        if version >= 1 { w.uuid(self.replica_directory_id); }
        if version >= 1 { w.uuid(self.voter_directory_id); }
        w.i32(self.last_offset_epoch);
        w.i64(self.last_offset);
        if version >= 2 { w.bool(self.pre_vote); } else if self.pre_vote {
            return Err(not_in_version("preVote", version));
        }
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
            replica_epoch: self.replica_epoch,
            replica_id: self.replica_id,
            replica_directory_id: self.replica_directory_id,
            voter_directory_id: self.voter_directory_id,
            last_offset_epoch: self.last_offset_epoch,
            last_offset: self.last_offset,
            pre_vote: self.pre_vote,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
