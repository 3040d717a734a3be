// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Moves the log start of partitions up, so that older records are gone.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteRecordsRequest<'a> {
    pub topics: Vec<DeleteRecordsTopic<'a>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteRecordsRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            timeout_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteRecordsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(21);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.topics = r.array(form, version, DeleteRecordsTopic::decode)?;
        value.timeout_ms = r.i32()?;
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
        w.array(form, &self.topics, version, DeleteRecordsTopic::encode)?;
        w.i32(self.timeout_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteRecordsRequest<'static> {
        DeleteRecordsRequest {
            topics: self.topics.into_iter().map(DeleteRecordsTopic::into_owned).collect(),
            timeout_ms: self.timeout_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DeleteRecordsRequest<'_> {
    const API_KEY: ApiKey = DeleteRecordsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DeleteRecordsRequest::encode(self, w, version)
    }
}

/// Part of [`DeleteRecordsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteRecordsTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<DeleteRecordsPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteRecordsTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteRecordsTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, DeleteRecordsPartition::decode)?;
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
        w.array(form, &self.partitions, version, DeleteRecordsPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteRecordsTopic<'static> {
        DeleteRecordsTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(DeleteRecordsPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DeleteRecordsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteRecordsPartition<'a> {
    pub partition_index: i32,
    /// First offset to keep; -1 for the high watermark.
    pub offset: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteRecordsPartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            offset: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteRecordsPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.offset = r.i64()?;
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
        w.i64(self.offset);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteRecordsPartition<'static> {
        DeleteRecordsPartition {
            partition_index: self.partition_index,
            offset: self.offset,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
