// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `TxnOffsetCommit`: outcome by partition.
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<TxnOffsetCommitResponseTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TxnOffsetCommitResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TxnOffsetCommitResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(28);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.throttle_time_ms = r.i32()?;
        value.topics = r.array(form, version, TxnOffsetCommitResponseTopic::decode)?;
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
        let form = Form::of(version >= 3);
        w.i32(self.throttle_time_ms);
        w.array(form, &self.topics, version, TxnOffsetCommitResponseTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TxnOffsetCommitResponse<'static> {
        TxnOffsetCommitResponse {
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(TxnOffsetCommitResponseTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for TxnOffsetCommitResponse<'_> {
    const API_KEY: ApiKey = TxnOffsetCommitResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        TxnOffsetCommitResponse::encode(self, w, version)
    }
}

/// Part of [`TxnOffsetCommitResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitResponseTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<TxnOffsetCommitResponsePartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TxnOffsetCommitResponseTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TxnOffsetCommitResponseTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, TxnOffsetCommitResponsePartition::decode)?;
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
        let form = Form::of(version >= 3);
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, TxnOffsetCommitResponsePartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TxnOffsetCommitResponseTopic<'static> {
        TxnOffsetCommitResponseTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(TxnOffsetCommitResponsePartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`TxnOffsetCommitResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TxnOffsetCommitResponsePartition<'a> {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TxnOffsetCommitResponsePartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TxnOffsetCommitResponsePartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
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
        let form = Form::of(version >= 3);
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TxnOffsetCommitResponsePartition<'static> {
        TxnOffsetCommitResponsePartition {
            partition_index: self.partition_index,
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
