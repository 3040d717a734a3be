// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks where leader epochs end, to find where logs diverge.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetForLeaderEpochRequest<'a> {
    /// -1 for a consumer, else the broker that follows.
    pub replica_id: i32,
    pub topics: Vec<OffsetForLeaderTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetForLeaderEpochRequest<'_> {
    fn default() -> Self {
        Self {
            replica_id: -2,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetForLeaderEpochRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(23);
    /// First version.
    pub const MIN_VERSION: i16 = 2;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        if version >= 3 {
            value.replica_id = r.i32()?;
        }
        value.topics = r.array(form, version, OffsetForLeaderTopic::decode)?;
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
        let form = Form::of(version >= 4);
        if version >= 3 { w.i32(self.replica_id); }
        w.array(form, &self.topics, version, OffsetForLeaderTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetForLeaderEpochRequest<'static> {
        OffsetForLeaderEpochRequest {
            replica_id: self.replica_id,
            topics: self.topics.into_iter().map(OffsetForLeaderTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for OffsetForLeaderEpochRequest<'_> {
    const API_KEY: ApiKey = OffsetForLeaderEpochRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        OffsetForLeaderEpochRequest::encode(self, w, version)
    }
}

/// Part of [`OffsetForLeaderEpochRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetForLeaderTopic<'a> {
    pub topic: Cow<'a, str>,
    pub partitions: Vec<OffsetForLeaderPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetForLeaderTopic<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetForLeaderTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.topic = r.string_as(form)?;
        value.partitions = r.array(form, version, OffsetForLeaderPartition::decode)?;
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
        let form = Form::of(version >= 4);
        w.string_as(form, &self.topic)?;
        w.array(form, &self.partitions, version, OffsetForLeaderPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetForLeaderTopic<'static> {
        OffsetForLeaderTopic {
            topic: Cow::Owned(self.topic.into_owned()),
            partitions: self.partitions.into_iter().map(OffsetForLeaderPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetForLeaderEpochRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetForLeaderPartition<'a> {
    pub partition: i32,
    /// What the asker believes; -1 skips the check.
    pub current_leader_epoch: i32,
    pub leader_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetForLeaderPartition<'_> {
    fn default() -> Self {
        Self {
            partition: 0,
            current_leader_epoch: -1,
            leader_epoch: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetForLeaderPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.partition = r.i32()?;
        value.current_leader_epoch = r.i32()?;
        value.leader_epoch = r.i32()?;
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
        let form = Form::of(version >= 4);
        w.i32(self.partition);
        w.i32(self.current_leader_epoch);
        w.i32(self.leader_epoch);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetForLeaderPartition<'static> {
        OffsetForLeaderPartition {
            partition: self.partition,
            current_leader_epoch: self.current_leader_epoch,
            leader_epoch: self.leader_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
