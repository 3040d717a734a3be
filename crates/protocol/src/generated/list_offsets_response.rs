// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ListOffsets`: the offset and timestamp found in each partition.
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<ListOffsetsTopicResponse<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListOffsetsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListOffsetsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(2);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 11;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 6;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version >= 2 {
            value.throttle_time_ms = r.i32()?;
        }
        value.topics = r.array(form, version, ListOffsetsTopicResponse::decode)?;
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
        let form = Form::of(version >= 6);
        if version >= 2 { w.i32(self.throttle_time_ms); }
        w.array(form, &self.topics, version, ListOffsetsTopicResponse::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListOffsetsResponse<'static> {
        ListOffsetsResponse {
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(ListOffsetsTopicResponse::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ListOffsetsResponse<'_> {
    const API_KEY: ApiKey = ListOffsetsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListOffsetsResponse::encode(self, w, version)
    }
}

/// Part of [`ListOffsetsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsTopicResponse<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<ListOffsetsPartitionResponse<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListOffsetsTopicResponse<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListOffsetsTopicResponse<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, ListOffsetsPartitionResponse::decode)?;
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
        let form = Form::of(version >= 6);
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, ListOffsetsPartitionResponse::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListOffsetsTopicResponse<'static> {
        ListOffsetsTopicResponse {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(ListOffsetsPartitionResponse::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ListOffsetsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsPartitionResponse<'a> {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// -1 for none.
    pub timestamp: i64,
    /// -1 for none.
    pub offset: i64,
    pub leader_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListOffsetsPartitionResponse<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
            timestamp: -1,
            offset: -1,
            leader_epoch: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListOffsetsPartitionResponse<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.timestamp = r.i64()?;
        value.offset = r.i64()?;
        if version >= 4 {
            value.leader_epoch = r.i32()?;
        }
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
        let form = Form::of(version >= 6);
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        w.i64(self.timestamp);
        w.i64(self.offset);
        if version >= 4 { w.i32(self.leader_epoch); } else if self.leader_epoch != -1 {
            return Err(not_in_version("leaderEpoch", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListOffsetsPartitionResponse<'static> {
        ListOffsetsPartitionResponse {
            partition_index: self.partition_index,
            error_code: self.error_code,
            timestamp: self.timestamp,
            offset: self.offset,
            leader_epoch: self.leader_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
