// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Acquires records for a member of a share group, and acknowledges earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareFetchRequest<'a> {
    pub group_id: Option<Cow<'a, str>>,
    pub member_id: Option<Cow<'a, str>>,
    /// 0 starts a session, -1 ends it.
    pub share_session_epoch: i32,
    pub max_wait_ms: i32,
    /// Wait until there is so much, or the wait is over.
    pub min_bytes: i32,
    /// At most so much, but always one batch.
    pub max_bytes: i32,
    pub max_records: i32,
    pub batch_size: i32,
    pub share_acquire_mode: i8,
    pub is_renew_ack: bool,
    pub topics: Vec<FetchTopic<'a>>,
    /// Partitions that leave the session.
    pub forgotten_topics_data: Vec<ForgottenTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ShareFetchRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: None,
            member_id: Some(Cow::Borrowed("")),
            share_session_epoch: 0,
            max_wait_ms: 0,
            min_bytes: 0,
            max_bytes: 2147483647,
            max_records: 0,
            batch_size: 0,
            share_acquire_mode: 0,
            is_renew_ack: false,
            topics: Vec::new(),
            forgotten_topics_data: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ShareFetchRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(78);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
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
        value.group_id = r.nullable_string_as(form)?;
        value.member_id = r.nullable_string_as(form)?;
        value.share_session_epoch = r.i32()?;
        value.max_wait_ms = r.i32()?;
        value.min_bytes = r.i32()?;
        value.max_bytes = r.i32()?;
        value.max_records = r.i32()?;
        value.batch_size = r.i32()?;
        if version >= 2 {
            value.share_acquire_mode = r.i8()?;
        }
        if version >= 2 {
            value.is_renew_ack = r.bool()?;
        }
        value.topics = r.array(form, version, FetchTopic::decode)?;
        value.forgotten_topics_data = r.array(form, version, ForgottenTopic::decode)?;
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
        match &self.group_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.member_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.share_session_epoch);
        w.i32(self.max_wait_ms);
        w.i32(self.min_bytes);
        w.i32(self.max_bytes);
        w.i32(self.max_records);
        w.i32(self.batch_size);
        if version >= 2 { w.i8(self.share_acquire_mode); }
        if version >= 2 { w.bool(self.is_renew_ack); } else if self.is_renew_ack {
            return Err(not_in_version("isRenewAck", version));
        }
        w.array(form, &self.topics, version, FetchTopic::encode)?;
        w.array(form, &self.forgotten_topics_data, version, ForgottenTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ShareFetchRequest<'static> {
        ShareFetchRequest {
            group_id: self.group_id.map(|value| Cow::Owned(value.into_owned())),
            member_id: self.member_id.map(|value| Cow::Owned(value.into_owned())),
            share_session_epoch: self.share_session_epoch,
            max_wait_ms: self.max_wait_ms,
            min_bytes: self.min_bytes,
            max_bytes: self.max_bytes,
            max_records: self.max_records,
            batch_size: self.batch_size,
            share_acquire_mode: self.share_acquire_mode,
            is_renew_ack: self.is_renew_ack,
            topics: self.topics.into_iter().map(FetchTopic::into_owned).collect(),
            forgotten_topics_data: self.forgotten_topics_data.into_iter().map(ForgottenTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ShareFetchRequest<'_> {
    const API_KEY: ApiKey = ShareFetchRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ShareFetchRequest::encode(self, w, version)
    }
}

/// Part of [`ShareFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct FetchTopic<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<FetchPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchTopic<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.partitions = r.array(form, version, FetchPartition::decode)?;
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
        w.uuid(self.topic_id);
        w.array(form, &self.partitions, version, FetchPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchTopic<'static> {
        FetchTopic {
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(FetchPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct FetchPartition<'a> {
    pub partition_index: i32,
    /// At most so much, but always one batch.
    pub partition_max_bytes: i32,
    pub acknowledgement_batches: Vec<AcknowledgementBatch<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchPartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            partition_max_bytes: 0,
            acknowledgement_batches: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.acknowledgement_batches = r.array(form, version, AcknowledgementBatch::decode)?;
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
        w.array(form, &self.acknowledgement_batches, version, AcknowledgementBatch::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchPartition<'static> {
        FetchPartition {
            partition_index: self.partition_index,
            partition_max_bytes: self.partition_max_bytes,
            acknowledgement_batches: self.acknowledgement_batches.into_iter().map(AcknowledgementBatch::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AcknowledgementBatch<'a> {
    pub first_offset: i64,
    pub last_offset: i64,
    /// 0 gap, 1 accept, 2 release, 3 reject, 4 renew; one for all, or one each.
    pub acknowledge_types: Vec<i8>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AcknowledgementBatch<'_> {
    fn default() -> Self {
        Self {
            first_offset: 0,
            last_offset: 0,
            acknowledge_types: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AcknowledgementBatch<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.first_offset = r.i64()?;
        value.last_offset = r.i64()?;
        value.acknowledge_types = r.array_of(form, Reader::i8)?;
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
        w.i64(self.first_offset);
        w.i64(self.last_offset);
        w.array_of(form, &self.acknowledge_types, Writer::i8)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AcknowledgementBatch<'static> {
        AcknowledgementBatch {
            first_offset: self.first_offset,
            last_offset: self.last_offset,
            acknowledge_types: self.acknowledge_types,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ForgottenTopic<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ForgottenTopic<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ForgottenTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.partitions = r.array_of(form, Reader::i32)?;
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
        w.uuid(self.topic_id);
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ForgottenTopic<'static> {
        ForgottenTopic {
            topic_id: self.topic_id,
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
