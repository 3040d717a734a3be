// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Tells partition leaders how transactions ended.
#[derive(Clone, Debug, PartialEq)]
pub struct WriteTxnMarkersRequest<'a> {
    pub markers: Vec<WritableTxnMarker<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WriteTxnMarkersRequest<'_> {
    fn default() -> Self {
        Self {
            markers: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WriteTxnMarkersRequest<'a> {
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
        value.markers = r.array(form, version, WritableTxnMarker::decode)?;
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
        w.array(form, &self.markers, version, WritableTxnMarker::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WriteTxnMarkersRequest<'static> {
        WriteTxnMarkersRequest {
            markers: self.markers.into_iter().map(WritableTxnMarker::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for WriteTxnMarkersRequest<'_> {
    const API_KEY: ApiKey = WriteTxnMarkersRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        WriteTxnMarkersRequest::encode(self, w, version)
    }
}

/// Part of [`WriteTxnMarkersRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct WritableTxnMarker<'a> {
    pub producer_id: i64,
    pub producer_epoch: i16,
    /// True commits, false aborts.
    pub transaction_result: bool,
    pub topics: Vec<WritableTxnMarkerTopic<'a>>,
    /// Fences an earlier coordinator.
    pub coordinator_epoch: i32,
    pub transaction_version: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WritableTxnMarker<'_> {
    fn default() -> Self {
        Self {
            producer_id: 0,
            producer_epoch: 0,
            transaction_result: false,
            topics: Vec::new(),
            coordinator_epoch: 0,
            transaction_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WritableTxnMarker<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.producer_id = r.i64()?;
        value.producer_epoch = r.i16()?;
        value.transaction_result = r.bool()?;
        value.topics = r.array(form, version, WritableTxnMarkerTopic::decode)?;
        value.coordinator_epoch = r.i32()?;
        if version >= 2 {
            value.transaction_version = r.i8()?;
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
        let form = Form::of(version >= 1);
        w.i64(self.producer_id);
        w.i16(self.producer_epoch);
        w.bool(self.transaction_result);
        w.array(form, &self.topics, version, WritableTxnMarkerTopic::encode)?;
        w.i32(self.coordinator_epoch);
        if version >= 2 { w.i8(self.transaction_version); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WritableTxnMarker<'static> {
        WritableTxnMarker {
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            transaction_result: self.transaction_result,
            topics: self.topics.into_iter().map(WritableTxnMarkerTopic::into_owned).collect(),
            coordinator_epoch: self.coordinator_epoch,
            transaction_version: self.transaction_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`WriteTxnMarkersRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct WritableTxnMarkerTopic<'a> {
    pub name: Cow<'a, str>,
    pub partition_indexes: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for WritableTxnMarkerTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partition_indexes: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> WritableTxnMarkerTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partition_indexes = r.array_of(form, Reader::i32)?;
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
        w.array_of(form, &self.partition_indexes, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> WritableTxnMarkerTopic<'static> {
        WritableTxnMarkerTopic {
            name: Cow::Owned(self.name.into_owned()),
            partition_indexes: self.partition_indexes,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
