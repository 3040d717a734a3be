// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the partitions a consumer group knew of, in early versions of the protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupPartitionMetadataValue<'a> {
    pub topics: Vec<TopicMetadata<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupPartitionMetadataValue<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupPartitionMetadataValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 4;
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
        value.topics = r.array(form, version, TopicMetadata::decode)?;
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
        w.array(form, &self.topics, version, TopicMetadata::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupPartitionMetadataValue<'static> {
        ConsumerGroupPartitionMetadataValue {
            topics: self.topics.into_iter().map(TopicMetadata::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupPartitionMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicMetadata<'a> {
    pub topic_id: Uuid,
    pub topic_name: Cow<'a, str>,
    pub num_partitions: i32,
    pub partition_metadata: Vec<PartitionMetadata<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicMetadata<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            topic_name: Cow::Borrowed(""),
            num_partitions: 0,
            partition_metadata: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicMetadata<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.topic_name = r.string_as(form)?;
        value.num_partitions = r.i32()?;
        value.partition_metadata = r.array(form, version, PartitionMetadata::decode)?;
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
        w.i32(self.num_partitions);
        w.array(form, &self.partition_metadata, version, PartitionMetadata::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicMetadata<'static> {
        TopicMetadata {
            topic_id: self.topic_id,
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            num_partitions: self.num_partitions,
            partition_metadata: self.partition_metadata.into_iter().map(PartitionMetadata::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupPartitionMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionMetadata<'a> {
    pub partition: i32,
    pub racks: Vec<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionMetadata<'_> {
    fn default() -> Self {
        Self {
            partition: 0,
            racks: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionMetadata<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition = r.i32()?;
        value.racks = r.strings(form)?;
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
        w.i32(self.partition);
        w.strings(form, &self.racks)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionMetadata<'static> {
        PartitionMetadata {
            partition: self.partition,
            racks: self.racks.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
