// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `AddPartitionsToTxn`: outcome by transaction and partition.
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub results_by_transaction: Vec<AddPartitionsToTxnResult<'a>>,
    pub results_by_topic_v3_and_below: Vec<AddPartitionsToTxnTopicResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            results_by_transaction: Vec::new(),
            results_by_topic_v3_and_below: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(24);
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
        if version >= 4 {
            value.error_code = ErrorCode(r.i16()?);
        }
        if version >= 4 {
            value.results_by_transaction = r.array(form, version, AddPartitionsToTxnResult::decode)?;
        }
        if version <= 3 {
            value.results_by_topic_v3_and_below = r.array(form, version, AddPartitionsToTxnTopicResult::decode)?;
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
        let form = Form::of(version >= 3);
        w.i32(self.throttle_time_ms);
        if version >= 4 { w.i16(self.error_code.0); }
        if version >= 4 { w.array(form, &self.results_by_transaction, version, AddPartitionsToTxnResult::encode)?; } else if !self.results_by_transaction.is_empty() {
            return Err(not_in_version("resultsByTransaction", version));
        }
        if version <= 3 { w.array(form, &self.results_by_topic_v3_and_below, version, AddPartitionsToTxnTopicResult::encode)?; } else if !self.results_by_topic_v3_and_below.is_empty() {
            return Err(not_in_version("resultsByTopicV3AndBelow", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnResponse<'static> {
        AddPartitionsToTxnResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            results_by_transaction: self.results_by_transaction.into_iter().map(AddPartitionsToTxnResult::into_owned).collect(),
            results_by_topic_v3_and_below: self.results_by_topic_v3_and_below.into_iter().map(AddPartitionsToTxnTopicResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for AddPartitionsToTxnResponse<'_> {
    const API_KEY: ApiKey = AddPartitionsToTxnResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AddPartitionsToTxnResponse::encode(self, w, version)
    }
}

/// Part of [`AddPartitionsToTxnResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnResult<'a> {
    pub transactional_id: Cow<'a, str>,
    pub topic_results: Vec<AddPartitionsToTxnTopicResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnResult<'_> {
    fn default() -> Self {
        Self {
            transactional_id: Cow::Borrowed(""),
            topic_results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 4 {
            value.transactional_id = r.string_as(form)?;
        }
        if version >= 4 {
            value.topic_results = r.array(form, version, AddPartitionsToTxnTopicResult::decode)?;
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
        let form = Form::of(version >= 3);
        if version >= 4 { w.string_as(form, &self.transactional_id)?; } else if !self.transactional_id.is_empty() {
            return Err(not_in_version("transactionalId", version));
        }
        if version >= 4 { w.array(form, &self.topic_results, version, AddPartitionsToTxnTopicResult::encode)?; } else if !self.topic_results.is_empty() {
            return Err(not_in_version("topicResults", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnResult<'static> {
        AddPartitionsToTxnResult {
            transactional_id: Cow::Owned(self.transactional_id.into_owned()),
            topic_results: self.topic_results.into_iter().map(AddPartitionsToTxnTopicResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AddPartitionsToTxnResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnTopicResult<'a> {
    pub name: Cow<'a, str>,
    pub results_by_partition: Vec<AddPartitionsToTxnPartitionResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnTopicResult<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            results_by_partition: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnTopicResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.results_by_partition = r.array(form, version, AddPartitionsToTxnPartitionResult::decode)?;
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
        w.array(form, &self.results_by_partition, version, AddPartitionsToTxnPartitionResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnTopicResult<'static> {
        AddPartitionsToTxnTopicResult {
            name: Cow::Owned(self.name.into_owned()),
            results_by_partition: self.results_by_partition.into_iter().map(AddPartitionsToTxnPartitionResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AddPartitionsToTxnResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnPartitionResult<'a> {
    pub partition_index: i32,
    pub partition_error_code: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnPartitionResult<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            partition_error_code: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnPartitionResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.partition_error_code = r.i16()?;
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
        w.i16(self.partition_error_code);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnPartitionResult<'static> {
        AddPartitionsToTxnPartitionResult {
            partition_index: self.partition_index,
            partition_error_code: self.partition_error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
