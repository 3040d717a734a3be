// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which producers are active in partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeProducersRequest<'a> {
    pub topics: Vec<TopicRequest<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeProducersRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeProducersRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(61);
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
        value.topics = r.array(form, version, TopicRequest::decode)?;
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
        w.array(form, &self.topics, version, TopicRequest::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeProducersRequest<'static> {
        DescribeProducersRequest {
            topics: self.topics.into_iter().map(TopicRequest::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeProducersRequest<'_> {
    const API_KEY: ApiKey = DescribeProducersRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeProducersRequest::encode(self, w, version)
    }
}

/// Part of [`DescribeProducersRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicRequest<'a> {
    pub name: Cow<'a, str>,
    pub partition_indexes: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicRequest<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partition_indexes: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicRequest<'a> {
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
    pub fn into_owned(self) -> TopicRequest<'static> {
        TopicRequest {
            name: Cow::Owned(self.name.into_owned()),
            partition_indexes: self.partition_indexes,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
