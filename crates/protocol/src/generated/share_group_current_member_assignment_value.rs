// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the partitions a share group's member has now.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareGroupCurrentMemberAssignmentValue<'a> {
    /// Fences a member that fell behind its group.
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    pub state: i8,
    pub assigned_partitions: Vec<TopicPartitions<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ShareGroupCurrentMemberAssignmentValue<'_> {
    fn default() -> Self {
        Self {
            member_epoch: 0,
            previous_member_epoch: 0,
            state: 0,
            assigned_partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ShareGroupCurrentMemberAssignmentValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 14;
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
        value.member_epoch = r.i32()?;
        value.previous_member_epoch = r.i32()?;
        value.state = r.i8()?;
        value.assigned_partitions = r.array(form, version, TopicPartitions::decode)?;
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
        w.i32(self.member_epoch);
        w.i32(self.previous_member_epoch);
        w.i8(self.state);
        w.array(form, &self.assigned_partitions, version, TopicPartitions::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ShareGroupCurrentMemberAssignmentValue<'static> {
        ShareGroupCurrentMemberAssignmentValue {
            member_epoch: self.member_epoch,
            previous_member_epoch: self.previous_member_epoch,
            state: self.state,
            assigned_partitions: self.assigned_partitions.into_iter().map(TopicPartitions::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ShareGroupCurrentMemberAssignmentValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartitions<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicPartitions<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicPartitions<'a> {
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
    pub fn into_owned(self) -> TopicPartitions<'static> {
        TopicPartitions {
            topic_id: self.topic_id,
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
