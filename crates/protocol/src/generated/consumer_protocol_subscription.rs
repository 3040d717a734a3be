// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// What a member of a classic consumer group subscribes to and owns.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerProtocolSubscription<'a> {
    pub topics: Vec<Cow<'a, str>>,
    /// Of the assignor, opaque to the coordinator.
    pub user_data: Option<Cow<'a, [u8]>>,
    pub owned_partitions: Vec<TopicPartition<'a>>,
    pub generation_id: i32,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
}

impl Default for ConsumerProtocolSubscription<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            user_data: None,
            owned_partitions: Vec::new(),
            generation_id: -1,
            rack_id: None,
        }
    }
}

impl<'a> ConsumerProtocolSubscription<'a> {
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
        value.topics = r.strings(form)?;
        value.user_data = r.nullable_bytes_as(form)?.map(Cow::Borrowed);
        if version >= 1 {
            value.owned_partitions = r.array(form, version, TopicPartition::decode)?;
        }
        if version >= 2 {
            value.generation_id = r.i32()?;
        }
        if version >= 3 {
            value.rack_id = r.nullable_string_as(form)?;
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.strings(form, &self.topics)?;
        match &self.user_data { Some(value) => { w.bytes_as(form, value)?; } None => { w.nullable_bytes_as(form, None)?; } }
        if version >= 1 { w.array(form, &self.owned_partitions, version, TopicPartition::encode)?; }
        if version >= 2 { w.i32(self.generation_id); }
        if version >= 3 { match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerProtocolSubscription<'static> {
        ConsumerProtocolSubscription {
            topics: self.topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            user_data: self.user_data.map(|value| Cow::Owned(value.into_owned())),
            owned_partitions: self.owned_partitions.into_iter().map(TopicPartition::into_owned).collect(),
            generation_id: self.generation_id,
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
        }
    }
}

/// Part of [`ConsumerProtocolSubscription`].
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
        if version >= 1 {
            value.topic = r.string_as(form)?;
        }
        if version >= 1 {
            value.partitions = r.array_of(form, Reader::i32)?;
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        if version >= 1 { w.string_as(form, &self.topic)?; } else if !self.topic.is_empty() {
            return Err(not_in_version("topic", version));
        }
        if version >= 1 { w.array_of(form, &self.partitions, Writer::i32)?; } else if !self.partitions.is_empty() {
            return Err(not_in_version("partitions", version));
        }
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
