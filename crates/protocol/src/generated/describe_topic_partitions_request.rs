// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for topics and their partitions, page by page.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTopicPartitionsRequest<'a> {
    pub topics: Vec<TopicRequest<'a>>,
    /// Most partitions of a page.
    pub response_partition_limit: i32,
    pub cursor: Option<Cursor<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeTopicPartitionsRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            response_partition_limit: 2000,
            cursor: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeTopicPartitionsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(75);
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
        value.response_partition_limit = r.i32()?;
        value.cursor = if r.i8()? < 0 { None } else { Some(Cursor::decode(r, version)?) };
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
        w.i32(self.response_partition_limit);
        match &self.cursor { Some(value) => { w.i8(1); value.encode(w, version)?; } None => { w.i8(-1); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeTopicPartitionsRequest<'static> {
        DescribeTopicPartitionsRequest {
            topics: self.topics.into_iter().map(TopicRequest::into_owned).collect(),
            response_partition_limit: self.response_partition_limit,
            cursor: self.cursor.map(|value| value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeTopicPartitionsRequest<'_> {
    const API_KEY: ApiKey = DescribeTopicPartitionsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeTopicPartitionsRequest::encode(self, w, version)
    }
}

/// Part of [`DescribeTopicPartitionsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicRequest<'a> {
    pub name: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicRequest<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
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
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeTopicPartitionsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor<'a> {
    pub topic_name: Cow<'a, str>,
    pub partition_index: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Cursor<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            partition_index: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Cursor<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
        value.partition_index = r.i32()?;
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
        w.string_as(form, &self.topic_name)?;
        w.i32(self.partition_index);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Cursor<'static> {
        Cursor {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partition_index: self.partition_index,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
