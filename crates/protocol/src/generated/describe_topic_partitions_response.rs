// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeTopicPartitions`: the partitions, and where the next page starts.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<DescribeTopicPartitionsResponseTopic<'a>>,
    /// Null on the last page.
    pub next_cursor: Option<Cursor<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeTopicPartitionsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            topics: Vec::new(),
            next_cursor: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeTopicPartitionsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(75);
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
        value.throttle_time_ms = r.i32()?;
        value.topics = r.array(form, version, DescribeTopicPartitionsResponseTopic::decode)?;
        value.next_cursor = if r.i8()? < 0 { None } else { Some(Cursor::decode(r, version)?) };
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
        w.i32(self.throttle_time_ms);
        w.array(form, &self.topics, version, DescribeTopicPartitionsResponseTopic::encode)?;
        match &self.next_cursor { Some(value) => { w.i8(1); value.encode(w, version)?; } None => { w.i8(-1); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeTopicPartitionsResponse<'static> {
        DescribeTopicPartitionsResponse {
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(DescribeTopicPartitionsResponseTopic::into_owned).collect(),
            next_cursor: self.next_cursor.map(|value| value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeTopicPartitionsResponse<'_> {
    const API_KEY: ApiKey = DescribeTopicPartitionsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeTopicPartitionsResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeTopicPartitionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsResponseTopic<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub name: Option<Cow<'a, str>>,
    pub topic_id: Uuid,
    pub is_internal: bool,
    pub partitions: Vec<DescribeTopicPartitionsResponsePartition<'a>>,
    /// Bit field of ACL operations; the least int32 if not asked for.
    pub topic_authorized_operations: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeTopicPartitionsResponseTopic<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            name: Some(Cow::Borrowed("")),
            topic_id: Uuid::ZERO,
            is_internal: false,
            partitions: Vec::new(),
            topic_authorized_operations: -2147483648,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeTopicPartitionsResponseTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.name = r.nullable_string_as(form)?;
        value.topic_id = r.uuid()?;
        value.is_internal = r.bool()?;
        value.partitions = r.array(form, version, DescribeTopicPartitionsResponsePartition::decode)?;
        value.topic_authorized_operations = r.i32()?;
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
        w.i16(self.error_code.0);
        match &self.name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.uuid(self.topic_id);
        w.bool(self.is_internal);
        w.array(form, &self.partitions, version, DescribeTopicPartitionsResponsePartition::encode)?;
        w.i32(self.topic_authorized_operations);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeTopicPartitionsResponseTopic<'static> {
        DescribeTopicPartitionsResponseTopic {
            error_code: self.error_code,
            name: self.name.map(|value| Cow::Owned(value.into_owned())),
            topic_id: self.topic_id,
            is_internal: self.is_internal,
            partitions: self.partitions.into_iter().map(DescribeTopicPartitionsResponsePartition::into_owned).collect(),
            topic_authorized_operations: self.topic_authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeTopicPartitionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsResponsePartition<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub partition_index: i32,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub replica_nodes: Vec<i32>,
    /// In-sync replicas.
    pub isr_nodes: Vec<i32>,
    /// Left the in-sync set when it fell below its minimum, and may lead.
    pub eligible_leader_replicas: Option<Vec<i32>>,
    /// The last eligible replicas, for an unclean election.
    pub last_known_elr: Option<Vec<i32>>,
    /// Replicas that cannot serve now.
    pub offline_replicas: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeTopicPartitionsResponsePartition<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            partition_index: 0,
            leader_id: 0,
            leader_epoch: -1,
            replica_nodes: Vec::new(),
            isr_nodes: Vec::new(),
            eligible_leader_replicas: None,
            last_known_elr: None,
            offline_replicas: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeTopicPartitionsResponsePartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.partition_index = r.i32()?;
        value.leader_id = r.i32()?;
        value.leader_epoch = r.i32()?;
        value.replica_nodes = r.array_of(form, Reader::i32)?;
        value.isr_nodes = r.array_of(form, Reader::i32)?;
        value.eligible_leader_replicas = r.nullable_array_of(form, Reader::i32)?;
        value.last_known_elr = r.nullable_array_of(form, Reader::i32)?;
        value.offline_replicas = r.array_of(form, Reader::i32)?;
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
        w.i16(self.error_code.0);
        w.i32(self.partition_index);
        w.i32(self.leader_id);
        w.i32(self.leader_epoch);
        w.array_of(form, &self.replica_nodes, Writer::i32)?;
        w.array_of(form, &self.isr_nodes, Writer::i32)?;
        match &self.eligible_leader_replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
        match &self.last_known_elr { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
        w.array_of(form, &self.offline_replicas, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeTopicPartitionsResponsePartition<'static> {
        DescribeTopicPartitionsResponsePartition {
            error_code: self.error_code,
            partition_index: self.partition_index,
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            replica_nodes: self.replica_nodes,
            isr_nodes: self.isr_nodes,
            eligible_leader_replicas: self.eligible_leader_replicas,
            last_known_elr: self.last_known_elr,
            offline_replicas: self.offline_replicas,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeTopicPartitionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor<'a> {
    pub topic_name: Cow<'a, str>,
    pub partition_index: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Cursor<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            partition_index: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Cursor<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
        value.partition_index = r.i32()?;
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
        w.i32(self.partition_index);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Cursor<'static> {
        Cursor {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partition_index: self.partition_index,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
