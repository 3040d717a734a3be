// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `OffsetCommit`: outcome by partition.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<OffsetCommitResponseTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(8);
    /// First version.
    pub const MIN_VERSION: i16 = 2;
    /// Last version.
    pub const MAX_VERSION: i16 = 10;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 8;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 8);
        let mut value = Self::default();
        if version >= 3 {
            value.throttle_time_ms = r.i32()?;
        }
        value.topics = r.array(form, version, OffsetCommitResponseTopic::decode)?;
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
        let form = Form::of(version >= 8);
        if version >= 3 { w.i32(self.throttle_time_ms); }
        w.array(form, &self.topics, version, OffsetCommitResponseTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitResponse<'static> {
        OffsetCommitResponse {
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(OffsetCommitResponseTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for OffsetCommitResponse<'_> {
    const API_KEY: ApiKey = OffsetCommitResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        OffsetCommitResponse::encode(self, w, version)
    }
}

/// Part of [`OffsetCommitResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitResponseTopic<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetCommitResponsePartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitResponseTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitResponseTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 8);
        let mut value = Self::default();
        if version <= 9 {
            value.name = r.string_as(form)?;
        }
        if version >= 10 {
            value.topic_id = r.uuid()?;
        }
        value.partitions = r.array(form, version, OffsetCommitResponsePartition::decode)?;
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
        let form = Form::of(version >= 8);
        if version <= 9 { w.string_as(form, &self.name)?; }
        if version >= 10 { w.uuid(self.topic_id); }
        w.array(form, &self.partitions, version, OffsetCommitResponsePartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitResponseTopic<'static> {
        OffsetCommitResponseTopic {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(OffsetCommitResponsePartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetCommitResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitResponsePartition<'a> {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitResponsePartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitResponsePartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 8);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
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
        let form = Form::of(version >= 8);
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitResponsePartition<'static> {
        OffsetCommitResponsePartition {
            partition_index: self.partition_index,
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
