// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Joins, keeps alive and leaves a consumer group of the new protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupHeartbeatRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub member_id: Cow<'a, str>,
    /// 0 joins, -1 leaves, -2 leaves as a static member for a while.
    pub member_epoch: i32,
    /// Of a static member, else null.
    pub instance_id: Option<Cow<'a, str>>,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
    /// How long members may take to rejoin or to give partitions up.
    pub rebalance_timeout_ms: i32,
    pub subscribed_topic_names: Option<Vec<Cow<'a, str>>>,
    /// RE2 form; null if it did not change.
    pub subscribed_topic_regex: Option<Cow<'a, str>>,
    /// Null for the group's own choice.
    pub server_assignor: Option<Cow<'a, str>>,
    pub topic_partitions: Option<Vec<TopicPartitions<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupHeartbeatRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            member_id: Cow::Borrowed(""),
            member_epoch: 0,
            instance_id: None,
            rack_id: None,
            rebalance_timeout_ms: -1,
            subscribed_topic_names: None,
            subscribed_topic_regex: None,
            server_assignor: None,
            topic_partitions: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupHeartbeatRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(68);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.member_id = r.string_as(form)?;
        value.member_epoch = r.i32()?;
        value.instance_id = r.nullable_string_as(form)?;
        value.rack_id = r.nullable_string_as(form)?;
        value.rebalance_timeout_ms = r.i32()?;
        value.subscribed_topic_names = r.nullable_strings(form)?;
        if version >= 1 {
            value.subscribed_topic_regex = r.nullable_string_as(form)?;
        }
        value.server_assignor = r.nullable_string_as(form)?;
        value.topic_partitions = r.nullable_array(form, version, TopicPartitions::decode)?;
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
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.member_id)?;
        w.i32(self.member_epoch);
        match &self.instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.rebalance_timeout_ms);
        match &self.subscribed_topic_names { Some(value) => { w.strings(form, value)?; } None => { w.null_array_as(form); } }
        if version >= 1 { match &self.subscribed_topic_regex { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.subscribed_topic_regex.is_some() {
            return Err(not_in_version("subscribedTopicRegex", version));
        }
        match &self.server_assignor { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.topic_partitions { Some(value) => { w.array(form, value, version, TopicPartitions::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupHeartbeatRequest<'static> {
        ConsumerGroupHeartbeatRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            member_id: Cow::Owned(self.member_id.into_owned()),
            member_epoch: self.member_epoch,
            instance_id: self.instance_id.map(|value| Cow::Owned(value.into_owned())),
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
            rebalance_timeout_ms: self.rebalance_timeout_ms,
            subscribed_topic_names: self.subscribed_topic_names.map(|value| value.into_iter().map(|item| Cow::Owned(item.into_owned())).collect()),
            subscribed_topic_regex: self.subscribed_topic_regex.map(|value| Cow::Owned(value.into_owned())),
            server_assignor: self.server_assignor.map(|value| Cow::Owned(value.into_owned())),
            topic_partitions: self.topic_partitions.map(|value| value.into_iter().map(TopicPartitions::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ConsumerGroupHeartbeatRequest<'_> {
    const API_KEY: ApiKey = ConsumerGroupHeartbeatRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ConsumerGroupHeartbeatRequest::encode(self, w, version)
    }
}

/// Part of [`ConsumerGroupHeartbeatRequest`].
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
