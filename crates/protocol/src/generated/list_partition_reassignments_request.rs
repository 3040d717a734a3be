// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which partitions are being moved.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPartitionReassignmentsRequest<'a> {
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub topics: Option<Vec<ListPartitionReassignmentsTopics<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListPartitionReassignmentsRequest<'_> {
    fn default() -> Self {
        Self {
            timeout_ms: 60000,
            topics: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListPartitionReassignmentsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(46);
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
        value.timeout_ms = r.i32()?;
        value.topics = r.nullable_array(form, version, ListPartitionReassignmentsTopics::decode)?;
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
        w.i32(self.timeout_ms);
        match &self.topics { Some(value) => { w.array(form, value, version, ListPartitionReassignmentsTopics::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListPartitionReassignmentsRequest<'static> {
        ListPartitionReassignmentsRequest {
            timeout_ms: self.timeout_ms,
            topics: self.topics.map(|value| value.into_iter().map(ListPartitionReassignmentsTopics::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ListPartitionReassignmentsRequest<'_> {
    const API_KEY: ApiKey = ListPartitionReassignmentsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListPartitionReassignmentsRequest::encode(self, w, version)
    }
}

/// Part of [`ListPartitionReassignmentsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListPartitionReassignmentsTopics<'a> {
    pub name: Cow<'a, str>,
    pub partition_indexes: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListPartitionReassignmentsTopics<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partition_indexes: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListPartitionReassignmentsTopics<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
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
        let form = Form::of(version >= 0);
        w.string_as(form, &self.name)?;
        w.array_of(form, &self.partition_indexes, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListPartitionReassignmentsTopics<'static> {
        ListPartitionReassignmentsTopics {
            name: Cow::Owned(self.name.into_owned()),
            partition_indexes: self.partition_indexes,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
