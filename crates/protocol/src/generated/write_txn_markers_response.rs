// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `WriteTxnMarkers`: outcome by producer and partition.
#[derive(Clone, Debug, PartialEq)]
pub struct WriteTxnMarkersResponse<'a> {
    pub markers: Vec<WritableTxnMarkerResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WriteTxnMarkersResponse<'_> {
    fn default() -> Self {
        Self {
            markers: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WriteTxnMarkersResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(27);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 1;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.markers = r.array(form, version, WritableTxnMarkerResult::decode)?;
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
        let form = Form::of(version >= 1);
        w.array(form, &self.markers, version, WritableTxnMarkerResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WriteTxnMarkersResponse<'static> {
        WriteTxnMarkersResponse {
            markers: self.markers.into_iter().map(WritableTxnMarkerResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for WriteTxnMarkersResponse<'_> {
    const API_KEY: ApiKey = WriteTxnMarkersResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        WriteTxnMarkersResponse::encode(self, w, version)
    }
}

/// Part of [`WriteTxnMarkersResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct WritableTxnMarkerResult<'a> {
    pub producer_id: i64,
    pub topics: Vec<WritableTxnMarkerTopicResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WritableTxnMarkerResult<'_> {
    fn default() -> Self {
        Self {
            producer_id: 0,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WritableTxnMarkerResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.producer_id = r.i64()?;
        value.topics = r.array(form, version, WritableTxnMarkerTopicResult::decode)?;
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
        let form = Form::of(version >= 1);
        w.i64(self.producer_id);
        w.array(form, &self.topics, version, WritableTxnMarkerTopicResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WritableTxnMarkerResult<'static> {
        WritableTxnMarkerResult {
            producer_id: self.producer_id,
            topics: self.topics.into_iter().map(WritableTxnMarkerTopicResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`WriteTxnMarkersResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct WritableTxnMarkerTopicResult<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<WritableTxnMarkerPartitionResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WritableTxnMarkerTopicResult<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WritableTxnMarkerTopicResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, WritableTxnMarkerPartitionResult::decode)?;
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
        let form = Form::of(version >= 1);
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, WritableTxnMarkerPartitionResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WritableTxnMarkerTopicResult<'static> {
        WritableTxnMarkerTopicResult {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(WritableTxnMarkerPartitionResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`WriteTxnMarkersResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct WritableTxnMarkerPartitionResult<'a> {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WritableTxnMarkerPartitionResult<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WritableTxnMarkerPartitionResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
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
        let form = Form::of(version >= 1);
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WritableTxnMarkerPartitionResult<'static> {
        WritableTxnMarkerPartitionResult {
            partition_index: self.partition_index,
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
