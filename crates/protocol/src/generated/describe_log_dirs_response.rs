// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeLogDirs`: size and lag of each replica by directory.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub results: Vec<DescribeLogDirsResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeLogDirsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeLogDirsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(35);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.throttle_time_ms = r.i32()?;
        if version >= 3 {
            value.error_code = ErrorCode(r.i16()?);
        }
        value.results = r.array(form, version, DescribeLogDirsResult::decode)?;
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
        let form = Form::of(version >= 2);
        w.i32(self.throttle_time_ms);
        if version >= 3 { w.i16(self.error_code.0); }
        w.array(form, &self.results, version, DescribeLogDirsResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeLogDirsResponse<'static> {
        DescribeLogDirsResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            results: self.results.into_iter().map(DescribeLogDirsResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeLogDirsResponse<'_> {
    const API_KEY: ApiKey = DescribeLogDirsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeLogDirsResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeLogDirsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsResult<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub log_dir: Cow<'a, str>,
    pub topics: Vec<DescribeLogDirsTopic<'a>>,
    /// -1 unknown.
    pub total_bytes: i64,
    /// -1 unknown.
    pub usable_bytes: i64,
    pub is_cordoned: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeLogDirsResult<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            log_dir: Cow::Borrowed(""),
            topics: Vec::new(),
            total_bytes: -1,
            usable_bytes: -1,
            is_cordoned: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeLogDirsResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.log_dir = r.string_as(form)?;
        value.topics = r.array(form, version, DescribeLogDirsTopic::decode)?;
        if version >= 4 {
            value.total_bytes = r.i64()?;
        }
        if version >= 4 {
            value.usable_bytes = r.i64()?;
        }
        if version >= 5 {
            value.is_cordoned = r.bool()?;
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
        let form = Form::of(version >= 2);
        w.i16(self.error_code.0);
        w.string_as(form, &self.log_dir)?;
        w.array(form, &self.topics, version, DescribeLogDirsTopic::encode)?;
        if version >= 4 { w.i64(self.total_bytes); }
        if version >= 4 { w.i64(self.usable_bytes); }
        if version >= 5 { w.bool(self.is_cordoned); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeLogDirsResult<'static> {
        DescribeLogDirsResult {
            error_code: self.error_code,
            log_dir: Cow::Owned(self.log_dir.into_owned()),
            topics: self.topics.into_iter().map(DescribeLogDirsTopic::into_owned).collect(),
            total_bytes: self.total_bytes,
            usable_bytes: self.usable_bytes,
            is_cordoned: self.is_cordoned,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeLogDirsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<DescribeLogDirsPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeLogDirsTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeLogDirsTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, DescribeLogDirsPartition::decode)?;
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
        let form = Form::of(version >= 2);
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, DescribeLogDirsPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeLogDirsTopic<'static> {
        DescribeLogDirsTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(DescribeLogDirsPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeLogDirsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeLogDirsPartition<'a> {
    pub partition_index: i32,
    pub partition_size: i64,
    /// Offsets behind: the replica it will replace if it is being moved, else the high watermark.
    pub offset_lag: i64,
    /// Being moved here from another directory.
    pub is_future_key: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeLogDirsPartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            partition_size: 0,
            offset_lag: 0,
            is_future_key: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeLogDirsPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.partition_size = r.i64()?;
        value.offset_lag = r.i64()?;
        value.is_future_key = r.bool()?;
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
        let form = Form::of(version >= 2);
        w.i32(self.partition_index);
        w.i64(self.partition_size);
        w.i64(self.offset_lag);
        w.bool(self.is_future_key);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeLogDirsPartition<'static> {
        DescribeLogDirsPartition {
            partition_index: self.partition_index,
            partition_size: self.partition_size,
            offset_lag: self.offset_lag,
            is_future_key: self.is_future_key,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
