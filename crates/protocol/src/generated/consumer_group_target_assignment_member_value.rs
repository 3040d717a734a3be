// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the partitions a consumer group's member is to have.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupTargetAssignmentMemberValue<'a> {
    pub topic_partitions: Vec<TopicPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupTargetAssignmentMemberValue<'_> {
    fn default() -> Self {
        Self {
            topic_partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupTargetAssignmentMemberValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 7;
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
        value.topic_partitions = r.array(form, version, TopicPartition::decode)?;
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
        w.array(form, &self.topic_partitions, version, TopicPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupTargetAssignmentMemberValue<'static> {
        ConsumerGroupTargetAssignmentMemberValue {
            topic_partitions: self.topic_partitions.into_iter().map(TopicPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupTargetAssignmentMemberValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartition<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicPartition<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicPartition<'a> {
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
    pub fn into_owned(self) -> TopicPartition<'static> {
        TopicPartition {
            topic_id: self.topic_id,
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
