// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Appends record batches to partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct ProduceRequest<'a> {
    /// Null outside transactions.
    pub transactional_id: Option<Cow<'a, str>>,
    /// 0 none, 1 the leader, -1 all in-sync replicas.
    pub acks: i16,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub topic_data: Vec<TopicProduceData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ProduceRequest<'_> {
    fn default() -> Self {
        Self {
            transactional_id: None,
            acks: 0,
            timeout_ms: 0,
            topic_data: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ProduceRequest<'a> {
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
        value.transactional_id = r.nullable_string_as(form)?;
        value.acks = r.i16()?;
        value.timeout_ms = r.i32()?;
        value.topic_data = r.array(form, version, TopicProduceData::decode)?;
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
        match &self.transactional_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i16(self.acks);
        w.i32(self.timeout_ms);
        w.array(form, &self.topic_data, version, TopicProduceData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ProduceRequest<'static> {
        ProduceRequest {
            transactional_id: self.transactional_id.map(|value| Cow::Owned(value.into_owned())),
            acks: self.acks,
            timeout_ms: self.timeout_ms,
            topic_data: self.topic_data.into_iter().map(TopicProduceData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ProduceRequest<'_> {
    const API_KEY: ApiKey = ProduceRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ProduceRequest::encode(self, w, version)
    }
}

/// Part of [`ProduceRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicProduceData<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partition_data: Vec<PartitionProduceData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicProduceData<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partition_data: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicProduceData<'a> {
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
        value.partition_data = r.array(form, version, PartitionProduceData::decode)?;
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
        w.array(form, &self.partition_data, version, PartitionProduceData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicProduceData<'static> {
        TopicProduceData {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            partition_data: self.partition_data.into_iter().map(PartitionProduceData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ProduceRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionProduceData<'a> {
    pub index: i32,
    pub records: Option<Records<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionProduceData<'_> {
    fn default() -> Self {
        Self {
            index: 0,
            records: Some(Records::View(&[])),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionProduceData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.index = r.i32()?;
        value.records = r.nullable_bytes_as(form)?.map(Records::View);
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
        w.i32(self.index);
        match &self.records { Some(value) => { value.encode(w, form)?; } None => { w.nullable_bytes_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionProduceData<'static> {
        PartitionProduceData {
            index: self.index,
            records: self.records.map(|value| value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
