// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Reads the state of share partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadShareGroupStateRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub topics: Vec<ReadStateData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReadShareGroupStateRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReadShareGroupStateRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(84);
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
        value.group_id = r.string_as(form)?;
        value.topics = r.array(form, version, ReadStateData::decode)?;
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
        w.array(form, &self.topics, version, ReadStateData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReadShareGroupStateRequest<'static> {
        ReadShareGroupStateRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topics: self.topics.into_iter().map(ReadStateData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ReadShareGroupStateRequest<'_> {
    const API_KEY: ApiKey = ReadShareGroupStateRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ReadShareGroupStateRequest::encode(self, w, version)
    }
}

/// Part of [`ReadShareGroupStateRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReadStateData<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReadStateData<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReadStateData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.partitions = r.array(form, version, PartitionData::decode)?;
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
        w.array(form, &self.partitions, version, PartitionData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReadStateData<'static> {
        ReadStateData {
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(PartitionData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ReadShareGroupStateRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData<'a> {
    pub partition: i32,
    pub leader_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionData<'_> {
    fn default() -> Self {
        Self {
            partition: 0,
            leader_epoch: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition = r.i32()?;
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
        let form = Form::of(version >= 0);
        w.i32(self.partition);
        w.i32(self.leader_epoch);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionData<'static> {
        PartitionData {
            partition: self.partition,
            leader_epoch: self.leader_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
