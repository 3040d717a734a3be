// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Deletes the offsets of a share group for topics.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteShareGroupOffsetsRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub topics: Vec<DeleteShareGroupOffsetsRequestTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteShareGroupOffsetsRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteShareGroupOffsetsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(92);
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
        value.group_id = r.string_as(form)?;
        value.topics = r.array(form, version, DeleteShareGroupOffsetsRequestTopic::decode)?;
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
        w.array(form, &self.topics, version, DeleteShareGroupOffsetsRequestTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteShareGroupOffsetsRequest<'static> {
        DeleteShareGroupOffsetsRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topics: self.topics.into_iter().map(DeleteShareGroupOffsetsRequestTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DeleteShareGroupOffsetsRequest<'_> {
    const API_KEY: ApiKey = DeleteShareGroupOffsetsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DeleteShareGroupOffsetsRequest::encode(self, w, version)
    }
}

/// Part of [`DeleteShareGroupOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteShareGroupOffsetsRequestTopic<'a> {
    pub topic_name: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteShareGroupOffsetsRequestTopic<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteShareGroupOffsetsRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
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
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteShareGroupOffsetsRequestTopic<'static> {
        DeleteShareGroupOffsetsRequestTopic {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
