// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Stores a group's offsets as part of a transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitRequest<'a> {
    pub transactional_id: Cow<'a, str>,
    pub group_id: Cow<'a, str>,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub generation_id: i32,
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub group_instance_id: Option<Cow<'a, str>>,
    pub topics: Vec<TxnOffsetCommitRequestTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TxnOffsetCommitRequest<'_> {
    fn default() -> Self {
        Self {
            transactional_id: Cow::Borrowed(""),
            group_id: Cow::Borrowed(""),
            producer_id: 0,
            producer_epoch: 0,
            generation_id: -1,
            member_id: Cow::Borrowed(""),
            group_instance_id: None,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TxnOffsetCommitRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(28);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.transactional_id = r.string_as(form)?;
        value.group_id = r.string_as(form)?;
        value.producer_id = r.i64()?;
        value.producer_epoch = r.i16()?;
        if version >= 3 {
            value.generation_id = r.i32()?;
        }
        if version >= 3 {
            value.member_id = r.string_as(form)?;
        }
        if version >= 3 {
            value.group_instance_id = r.nullable_string_as(form)?;
        }
        value.topics = r.array(form, version, TxnOffsetCommitRequestTopic::decode)?;
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
        let form = Form::of(version >= 3);
        w.string_as(form, &self.transactional_id)?;
        w.string_as(form, &self.group_id)?;
        w.i64(self.producer_id);
        w.i16(self.producer_epoch);
        if version >= 3 { w.i32(self.generation_id); } else if self.generation_id != -1 {
            return Err(not_in_version("generationId", version));
        }
        if version >= 3 { w.string_as(form, &self.member_id)?; } else if !self.member_id.is_empty() {
            return Err(not_in_version("memberId", version));
        }
        if version >= 3 { match &self.group_instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.group_instance_id.is_some() {
            return Err(not_in_version("groupInstanceId", version));
        }
        w.array(form, &self.topics, version, TxnOffsetCommitRequestTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TxnOffsetCommitRequest<'static> {
        TxnOffsetCommitRequest {
            transactional_id: Cow::Owned(self.transactional_id.into_owned()),
            group_id: Cow::Owned(self.group_id.into_owned()),
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            generation_id: self.generation_id,
            member_id: Cow::Owned(self.member_id.into_owned()),
            group_instance_id: self.group_instance_id.map(|value| Cow::Owned(value.into_owned())),
            topics: self.topics.into_iter().map(TxnOffsetCommitRequestTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for TxnOffsetCommitRequest<'_> {
    const API_KEY: ApiKey = TxnOffsetCommitRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        TxnOffsetCommitRequest::encode(self, w, version)
    }
}

/// Part of [`TxnOffsetCommitRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitRequestTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<TxnOffsetCommitRequestPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TxnOffsetCommitRequestTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TxnOffsetCommitRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, TxnOffsetCommitRequestPartition::decode)?;
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
        let form = Form::of(version >= 3);
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, TxnOffsetCommitRequestPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TxnOffsetCommitRequestTopic<'static> {
        TxnOffsetCommitRequestTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(TxnOffsetCommitRequestPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`TxnOffsetCommitRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitRequestPartition<'a> {
    pub partition_index: i32,
    pub committed_offset: i64,
    pub committed_leader_epoch: i32,
    pub committed_metadata: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TxnOffsetCommitRequestPartition<'_> {
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

impl<'a> TxnOffsetCommitRequestPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.committed_offset = r.i64()?;
        if version >= 2 {
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
        let form = Form::of(version >= 3);
        w.i32(self.partition_index);
        w.i64(self.committed_offset);
        if version >= 2 { w.i32(self.committed_leader_epoch); }
        match &self.committed_metadata { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TxnOffsetCommitRequestPartition<'static> {
        TxnOffsetCommitRequestPartition {
            partition_index: self.partition_index,
            committed_offset: self.committed_offset,
            committed_leader_epoch: self.committed_leader_epoch,
            committed_metadata: self.committed_metadata.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
