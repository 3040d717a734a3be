// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Stores the offsets up to which a group has consumed.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitRequest<'a> {
    pub group_id: Cow<'a, str>,
    /// Generation of a classic group, member epoch of the new protocol; -1 without a group.
    pub generation_id_or_member_epoch: i32,
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    /// -1 for the broker's own; no longer sent.
    pub retention_time_ms: i64,
    pub topics: Vec<OffsetCommitRequestTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            generation_id_or_member_epoch: -1,
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            retention_time_ms: -1,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(8);
    /// First version.
    pub const MIN_VERSION: i16 = 2;
    /// Last version.
    pub const MAX_VERSION: i16 = 10;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 8;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 8);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.generation_id_or_member_epoch = r.i32()?;
        value.member_id = r.string_as(form)?;
        if version >= 7 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        if version <= 4 {
            value.retention_time_ms = r.i64()?;
        }
        value.topics = r.array(form, version, OffsetCommitRequestTopic::decode)?;
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
        let form = Form::of(version >= 8);
        w.string_as(form, &self.group_id)?;
        w.i32(self.generation_id_or_member_epoch);
        w.string_as(form, &self.member_id)?;
        if version >= 7 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.group_instance_id.is_some() {
            return Err(not_in_version("groupInstanceId", version));
        }
        if version <= 4 { w.i64(self.retention_time_ms); }
        w.array(form, &self.topics, version, OffsetCommitRequestTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitRequest<'static> {
        OffsetCommitRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            generation_id_or_member_epoch: self.generation_id_or_member_epoch,
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            retention_time_ms: self.retention_time_ms,
            topics: self.topics.into_iter().map(OffsetCommitRequestTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for OffsetCommitRequest<'_> {
    const API_KEY: ApiKey = OffsetCommitRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        OffsetCommitRequest::encode(self, w, version)
    }
}

/// Part of [`OffsetCommitRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitRequestTopic<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetCommitRequestPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitRequestTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 8);
        let mut value = Self::default();
        if version <= 9 {
            value.name = r.string_as(form)?;
        }
        if version >= 10 {
            value.topic_id = r.uuid()?;
        }
        value.partitions = r.array(form, version, OffsetCommitRequestPartition::decode)?;
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
        let form = Form::of(version >= 8);
        if version <= 9 { w.string_as(form, &self.name)?; }
        if version >= 10 { w.uuid(self.topic_id); }
        w.array(form, &self.partitions, version, OffsetCommitRequestPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitRequestTopic<'static> {
        OffsetCommitRequestTopic {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(OffsetCommitRequestPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetCommitRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitRequestPartition<'a> {
    pub partition_index: i32,
    pub committed_offset: i64,
    pub committed_leader_epoch: i32,
    pub committed_metadata: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitRequestPartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            committed_offset: 0,
            committed_leader_epoch: -1,
            committed_metadata: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitRequestPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 8);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.committed_offset = r.i64()?;
        if version >= 6 {
            value.committed_leader_epoch = r.i32()?;
        }
        value.committed_metadata = r.nullable_string_as(form)?;
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
        let form = Form::of(version >= 8);
        w.i32(self.partition_index);
        w.i64(self.committed_offset);
        if version >= 6 { w.i32(self.committed_leader_epoch); }
        match &self.committed_metadata { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitRequestPartition<'static> {
        OffsetCommitRequestPartition {
            partition_index: self.partition_index,
            committed_offset: self.committed_offset,
            committed_leader_epoch: self.committed_leader_epoch,
            committed_metadata: self.committed_metadata.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
