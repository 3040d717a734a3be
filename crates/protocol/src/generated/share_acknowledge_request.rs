// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Acknowledges records that a member of a share group acquired.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareAcknowledgeRequest<'a> {
    pub group_id: Option<Cow<'a, str>>,
    pub member_id: Option<Cow<'a, str>>,
    /// 0 starts a session, -1 ends it.
    pub share_session_epoch: i32,
    pub is_renew_ack: bool,
    pub topics: Vec<AcknowledgeTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ShareAcknowledgeRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: None,
            member_id: Some(Cow::Borrowed("")),
            share_session_epoch: 0,
            is_renew_ack: false,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ShareAcknowledgeRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(79);
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
        if version >= 2 {
            value.is_renew_ack = r.bool()?;
        }
        value.topics = r.array(form, version, AcknowledgeTopic::decode)?;
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
        if version >= 2 { w.bool(self.is_renew_ack); } else if self.is_renew_ack {
            return Err(not_in_version("isRenewAck", version));
        }
        w.array(form, &self.topics, version, AcknowledgeTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ShareAcknowledgeRequest<'static> {
        ShareAcknowledgeRequest {
            group_id: self.group_id.map(|value| Cow::Owned(value.into_owned())),
            member_id: self.member_id.map(|value| Cow::Owned(value.into_owned())),
            share_session_epoch: self.share_session_epoch,
            is_renew_ack: self.is_renew_ack,
            topics: self.topics.into_iter().map(AcknowledgeTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ShareAcknowledgeRequest<'_> {
    const API_KEY: ApiKey = ShareAcknowledgeRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ShareAcknowledgeRequest::encode(self, w, version)
    }
}

/// Part of [`ShareAcknowledgeRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AcknowledgeTopic<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<AcknowledgePartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AcknowledgeTopic<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AcknowledgeTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.partitions = r.array(form, version, AcknowledgePartition::decode)?;
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
        w.array(form, &self.partitions, version, AcknowledgePartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AcknowledgeTopic<'static> {
        AcknowledgeTopic {
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(AcknowledgePartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareAcknowledgeRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AcknowledgePartition<'a> {
    pub partition_index: i32,
    pub acknowledgement_batches: Vec<AcknowledgementBatch<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AcknowledgePartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            acknowledgement_batches: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AcknowledgePartition<'a> {
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
    pub fn into_owned(self) -> AcknowledgePartition<'static> {
        AcknowledgePartition {
            partition_index: self.partition_index,
            acknowledgement_batches: self.acknowledgement_batches.into_iter().map(AcknowledgementBatch::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareAcknowledgeRequest`].
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
