// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Sets the start offsets of a share group that has no members.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterShareGroupOffsetsRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub topics: Vec<AlterShareGroupOffsetsRequestTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterShareGroupOffsetsRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterShareGroupOffsetsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(91);
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
        value.topics = r.array(form, version, AlterShareGroupOffsetsRequestTopic::decode)?;
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
        w.array(form, &self.topics, version, AlterShareGroupOffsetsRequestTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterShareGroupOffsetsRequest<'static> {
        AlterShareGroupOffsetsRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topics: self.topics.into_iter().map(AlterShareGroupOffsetsRequestTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AlterShareGroupOffsetsRequest<'_> {
    const API_KEY: ApiKey = AlterShareGroupOffsetsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AlterShareGroupOffsetsRequest::encode(self, w, version)
    }
}

/// Part of [`AlterShareGroupOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AlterShareGroupOffsetsRequestTopic<'a> {
    pub topic_name: Cow<'a, str>,
    pub partitions: Vec<AlterShareGroupOffsetsRequestPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterShareGroupOffsetsRequestTopic<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterShareGroupOffsetsRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
        value.partitions = r.array(form, version, AlterShareGroupOffsetsRequestPartition::decode)?;
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
        w.string_as(form, &self.topic_name)?;
        w.array(form, &self.partitions, version, AlterShareGroupOffsetsRequestPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterShareGroupOffsetsRequestTopic<'static> {
        AlterShareGroupOffsetsRequestTopic {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partitions: self.partitions.into_iter().map(AlterShareGroupOffsetsRequestPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AlterShareGroupOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AlterShareGroupOffsetsRequestPartition<'a> {
    pub partition_index: i32,
    pub start_offset: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterShareGroupOffsetsRequestPartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            start_offset: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterShareGroupOffsetsRequestPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.start_offset = r.i64()?;
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
        w.i32(self.partition_index);
        w.i64(self.start_offset);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterShareGroupOffsetsRequestPartition<'static> {
        AlterShareGroupOffsetsRequestPartition {
            partition_index: self.partition_index,
            start_offset: self.start_offset,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
