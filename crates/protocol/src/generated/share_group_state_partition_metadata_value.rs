// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the share partitions whose state is set up or being deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareGroupStatePartitionMetadataValue<'a> {
    pub initializing_topics: Vec<TopicPartitionsInfo<'a>>,
    pub initialized_topics: Vec<TopicPartitionsInfo<'a>>,
    pub deleting_topics: Vec<TopicInfo<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ShareGroupStatePartitionMetadataValue<'_> {
    fn default() -> Self {
        Self {
            initializing_topics: Vec::new(),
            initialized_topics: Vec::new(),
            deleting_topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ShareGroupStatePartitionMetadataValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 15;
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
        value.initializing_topics = r.array(form, version, TopicPartitionsInfo::decode)?;
        value.initialized_topics = r.array(form, version, TopicPartitionsInfo::decode)?;
        value.deleting_topics = r.array(form, version, TopicInfo::decode)?;
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
        w.array(form, &self.initializing_topics, version, TopicPartitionsInfo::encode)?;
        w.array(form, &self.initialized_topics, version, TopicPartitionsInfo::encode)?;
        w.array(form, &self.deleting_topics, version, TopicInfo::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ShareGroupStatePartitionMetadataValue<'static> {
        ShareGroupStatePartitionMetadataValue {
            initializing_topics: self.initializing_topics.into_iter().map(TopicPartitionsInfo::into_owned).collect(),
            initialized_topics: self.initialized_topics.into_iter().map(TopicPartitionsInfo::into_owned).collect(),
            deleting_topics: self.deleting_topics.into_iter().map(TopicInfo::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareGroupStatePartitionMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartitionsInfo<'a> {
    pub topic_id: Uuid,
    pub topic_name: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicPartitionsInfo<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            topic_name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicPartitionsInfo<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.topic_name = r.string_as(form)?;
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
        w.string_as(form, &self.topic_name)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicPartitionsInfo<'static> {
        TopicPartitionsInfo {
            topic_id: self.topic_id,
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareGroupStatePartitionMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicInfo<'a> {
    pub topic_id: Uuid,
    pub topic_name: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicInfo<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            topic_name: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicInfo<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.topic_name = r.string_as(form)?;
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
        w.string_as(form, &self.topic_name)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicInfo<'static> {
        TopicInfo {
            topic_id: self.topic_id,
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
