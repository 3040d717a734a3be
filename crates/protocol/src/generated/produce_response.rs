// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `Produce`: per partition the offset its batch was given, or why it was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct ProduceResponse<'a> {
    pub responses: Vec<TopicProduceResponse<'a>>,
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// Of the leaders named above.
    pub node_endpoints: Vec<NodeEndpoint<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ProduceResponse<'_> {
    fn default() -> Self {
        Self {
            responses: Vec::new(),
            throttle_time_ms: 0,
            node_endpoints: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ProduceResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(0);
    /// First version.
    pub const MIN_VERSION: i16 = 3;
    /// Last version.
    pub const MAX_VERSION: i16 = 13;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 9;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.responses = r.array(form, version, TopicProduceResponse::decode)?;
        value.throttle_time_ms = r.i32()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 10 => value.node_endpoints = r.array(form, version, NodeEndpoint::decode)?,
                    0 => return Err(tag_not_in_version(r, 0)),
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
        let form = Form::of(version >= 9);
        w.array(form, &self.responses, version, TopicProduceResponse::encode)?;
        w.i32(self.throttle_time_ms);
        if version >= 10 {  } else if !self.node_endpoints.is_empty() {
            return Err(not_in_version("nodeEndpoints", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 10 && !self.node_endpoints.is_empty();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.array(form, &self.node_endpoints, version, NodeEndpoint::encode)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ProduceResponse<'static> {
        ProduceResponse {
            responses: self.responses.into_iter().map(TopicProduceResponse::into_owned).collect(),
            throttle_time_ms: self.throttle_time_ms,
            node_endpoints: self.node_endpoints.into_iter().map(NodeEndpoint::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ProduceResponse<'_> {
    const API_KEY: ApiKey = ProduceResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ProduceResponse::encode(self, w, version)
    }
}

/// Part of [`ProduceResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicProduceResponse<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partition_responses: Vec<PartitionProduceResponse<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicProduceResponse<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partition_responses: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicProduceResponse<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        if version <= 12 {
            value.name = r.string_as(form)?;
        }
        if version >= 13 {
            value.topic_id = r.uuid()?;
        }
        value.partition_responses = r.array(form, version, PartitionProduceResponse::decode)?;
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
        let form = Form::of(version >= 9);
        if version <= 12 { w.string_as(form, &self.name)?; }
        if version >= 13 { w.uuid(self.topic_id); }
        w.array(form, &self.partition_responses, version, PartitionProduceResponse::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicProduceResponse<'static> {
        TopicProduceResponse {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            partition_responses: self.partition_responses.into_iter().map(PartitionProduceResponse::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ProduceResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionProduceResponse<'a> {
    pub index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub base_offset: i64,
    /// -1 unless the topic stamps records itself.
    pub log_append_time_ms: i64,
    /// First offset that still exists.
    pub log_start_offset: i64,
    /// Records that caused the refusal.
    pub record_errors: Vec<BatchIndexAndErrorMessage<'a>>,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    /// Set when the asker has an old leader.
    pub current_leader: LeaderIdAndEpoch<'a>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionProduceResponse<'_> {
    fn default() -> Self {
        Self {
            index: 0,
            error_code: ErrorCode::NONE,
            base_offset: 0,
            log_append_time_ms: -1,
            log_start_offset: -1,
            record_errors: Vec::new(),
            error_message: None,
            current_leader: LeaderIdAndEpoch::default(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionProduceResponse<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.base_offset = r.i64()?;
        value.log_append_time_ms = r.i64()?;
        if version >= 5 {
            value.log_start_offset = r.i64()?;
        }
        if version >= 8 {
            value.record_errors = r.array(form, version, BatchIndexAndErrorMessage::decode)?;
        }
        if version >= 8 {
            value.error_message = r.nullable_string_as(form)?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 10 => value.current_leader = LeaderIdAndEpoch::decode(r, version)?,
                    0 => return Err(tag_not_in_version(r, 0)),
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
        let form = Form::of(version >= 9);
        w.i32(self.index);
        w.i16(self.error_code.0);
        w.i64(self.base_offset);
        w.i64(self.log_append_time_ms);
        if version >= 5 { w.i64(self.log_start_offset); }
        if version >= 8 { w.array(form, &self.record_errors, version, BatchIndexAndErrorMessage::encode)?; }
        if version >= 8 { match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if version >= 10 {  } else if self.current_leader != LeaderIdAndEpoch::default() {
            return Err(not_in_version("currentLeader", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 10 && self.current_leader != LeaderIdAndEpoch::default();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                self.current_leader.encode(w, version)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionProduceResponse<'static> {
        PartitionProduceResponse {
            index: self.index,
            error_code: self.error_code,
            base_offset: self.base_offset,
            log_append_time_ms: self.log_append_time_ms,
            log_start_offset: self.log_start_offset,
            record_errors: self.record_errors.into_iter().map(BatchIndexAndErrorMessage::into_owned).collect(),
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            current_leader: self.current_leader.into_owned(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ProduceResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct BatchIndexAndErrorMessage<'a> {
    /// Index of the record in its batch.
    pub batch_index: i32,
    pub batch_index_error_message: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BatchIndexAndErrorMessage<'_> {
    fn default() -> Self {
        Self {
            batch_index: 0,
            batch_index_error_message: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BatchIndexAndErrorMessage<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        if version >= 8 {
            value.batch_index = r.i32()?;
        }
        if version >= 8 {
            value.batch_index_error_message = r.nullable_string_as(form)?;
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
        let form = Form::of(version >= 9);
        if version >= 8 { w.i32(self.batch_index); } else if self.batch_index != 0 {
            return Err(not_in_version("batchIndex", version));
        }
        if version >= 8 { match &self.batch_index_error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.batch_index_error_message.is_some() {
            return Err(not_in_version("batchIndexErrorMessage", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BatchIndexAndErrorMessage<'static> {
        BatchIndexAndErrorMessage {
            batch_index: self.batch_index,
            batch_index_error_message: self.batch_index_error_message.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ProduceResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderIdAndEpoch<'a> {
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaderIdAndEpoch<'_> {
    fn default() -> Self {
        Self {
            leader_id: -1,
            leader_epoch: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LeaderIdAndEpoch<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        if version >= 10 {
            value.leader_id = r.i32()?;
        }
        if version >= 10 {
            value.leader_epoch = r.i32()?;
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
        let form = Form::of(version >= 9);
        if version >= 10 { w.i32(self.leader_id); } else if self.leader_id != -1 {
            return Err(not_in_version("leaderId", version));
        }
        if version >= 10 { w.i32(self.leader_epoch); } else if self.leader_epoch != -1 {
            return Err(not_in_version("leaderEpoch", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LeaderIdAndEpoch<'static> {
        LeaderIdAndEpoch {
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ProduceResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct NodeEndpoint<'a> {
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    pub rack: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for NodeEndpoint<'_> {
    fn default() -> Self {
        Self {
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            rack: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> NodeEndpoint<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        if version >= 10 {
            value.node_id = r.i32()?;
        }
        if version >= 10 {
            value.host = r.string_as(form)?;
        }
        if version >= 10 {
            value.port = r.i32()?;
        }
        if version >= 10 {
            value.rack = r.nullable_string_as(form)?;
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
        let form = Form::of(version >= 9);
        if version >= 10 { w.i32(self.node_id); } else if self.node_id != 0 {
            return Err(not_in_version("nodeId", version));
        }
        if version >= 10 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version >= 10 { w.i32(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if version >= 10 { match &self.rack { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.rack.is_some() {
            return Err(not_in_version("rack", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> NodeEndpoint<'static> {
        NodeEndpoint {
            node_id: self.node_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            rack: self.rack.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
