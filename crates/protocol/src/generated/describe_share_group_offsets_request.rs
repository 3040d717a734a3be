// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the start offsets of share groups.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeShareGroupOffsetsRequest<'a> {
    pub groups: Vec<DescribeShareGroupOffsetsRequestGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeShareGroupOffsetsRequest<'_> {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeShareGroupOffsetsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(90);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.groups = r.array(form, version, DescribeShareGroupOffsetsRequestGroup::decode)?;
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
        w.array(form, &self.groups, version, DescribeShareGroupOffsetsRequestGroup::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeShareGroupOffsetsRequest<'static> {
        DescribeShareGroupOffsetsRequest {
            groups: self.groups.into_iter().map(DescribeShareGroupOffsetsRequestGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeShareGroupOffsetsRequest<'_> {
    const API_KEY: ApiKey = DescribeShareGroupOffsetsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeShareGroupOffsetsRequest::encode(self, w, version)
    }
}

/// Part of [`DescribeShareGroupOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeShareGroupOffsetsRequestGroup<'a> {
    pub group_id: Cow<'a, str>,
    pub topics: Option<Vec<DescribeShareGroupOffsetsRequestTopic<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeShareGroupOffsetsRequestGroup<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topics: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeShareGroupOffsetsRequestGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.topics = r.nullable_array(form, version, DescribeShareGroupOffsetsRequestTopic::decode)?;
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
        w.string_as(form, &self.group_id)?;
        match &self.topics { Some(value) => { w.array(form, value, version, DescribeShareGroupOffsetsRequestTopic::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeShareGroupOffsetsRequestGroup<'static> {
        DescribeShareGroupOffsetsRequestGroup {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topics: self.topics.map(|value| value.into_iter().map(DescribeShareGroupOffsetsRequestTopic::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeShareGroupOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeShareGroupOffsetsRequestTopic<'a> {
    pub topic_name: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeShareGroupOffsetsRequestTopic<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeShareGroupOffsetsRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
        value.partitions = r.array_of(form, Reader::i32)?;
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
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeShareGroupOffsetsRequestTopic<'static> {
        DescribeShareGroupOffsetsRequestTopic {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
