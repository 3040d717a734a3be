// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `OffsetDelete`: outcome by partition.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetDeleteResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<OffsetDeleteResponseTopic<'a>>,
}

impl Default for OffsetDeleteResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            throttle_time_ms: 0,
            topics: Vec::new(),
        }
    }
}

impl<'a> OffsetDeleteResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(47);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.throttle_time_ms = r.i32()?;
        value.topics = r.array(form, version, OffsetDeleteResponseTopic::decode)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.i16(self.error_code.0);
        w.i32(self.throttle_time_ms);
        w.array(form, &self.topics, version, OffsetDeleteResponseTopic::encode)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetDeleteResponse<'static> {
        OffsetDeleteResponse {
            error_code: self.error_code,
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(OffsetDeleteResponseTopic::into_owned).collect(),
        }
    }
}

impl Response for OffsetDeleteResponse<'_> {
    const API_KEY: ApiKey = OffsetDeleteResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        OffsetDeleteResponse::encode(self, w, version)
    }
}

/// Part of [`OffsetDeleteResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetDeleteResponseTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<OffsetDeleteResponsePartition>,
}

impl Default for OffsetDeleteResponseTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
        }
    }
}

impl<'a> OffsetDeleteResponseTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, OffsetDeleteResponsePartition::decode)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, OffsetDeleteResponsePartition::encode)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetDeleteResponseTopic<'static> {
        OffsetDeleteResponseTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions,
        }
    }
}

/// Part of [`OffsetDeleteResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetDeleteResponsePartition {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
}

impl Default for OffsetDeleteResponsePartition {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
        }
    }
}

impl OffsetDeleteResponsePartition {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetDeleteResponsePartition {
        OffsetDeleteResponsePartition {
            partition_index: self.partition_index,
            error_code: self.error_code,
        }
    }
}
