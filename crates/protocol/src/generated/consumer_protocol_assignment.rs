// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// What a member of a classic consumer group is assigned.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerProtocolAssignment<'a> {
    pub assigned_partitions: Vec<TopicPartition<'a>>,
    /// Of the assignor, opaque to the coordinator.
    pub user_data: Option<Cow<'a, [u8]>>,
}

impl Default for ConsumerProtocolAssignment<'_> {
    fn default() -> Self {
        Self {
            assigned_partitions: Vec::new(),
            user_data: None,
        }
    }
}

impl<'a> ConsumerProtocolAssignment<'a> {
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 3;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.assigned_partitions = r.array(form, version, TopicPartition::decode)?;
        value.user_data = r.nullable_bytes_as(form)?.map(Cow::Borrowed);
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.array(form, &self.assigned_partitions, version, TopicPartition::encode)?;
        match &self.user_data { Some(value) => { w.bytes_as(form, value)?; } None => { w.nullable_bytes_as(form, None)?; } }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerProtocolAssignment<'static> {
        ConsumerProtocolAssignment {
            assigned_partitions: self.assigned_partitions.into_iter().map(TopicPartition::into_owned).collect(),
            user_data: self.user_data.map(|value| Cow::Owned(value.into_owned())),
        }
    }
}

/// Part of [`ConsumerProtocolAssignment`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartition<'a> {
    pub topic: Cow<'a, str>,
    pub partitions: Vec<i32>,
}

impl Default for TopicPartition<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            partitions: Vec::new(),
        }
    }
}

impl<'a> TopicPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.topic = r.string_as(form)?;
        value.partitions = r.array_of(form, Reader::i32)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.topic)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicPartition<'static> {
        TopicPartition {
            topic: Cow::Owned(self.topic.into_owned()),
            partitions: self.partitions,
        }
    }
}
