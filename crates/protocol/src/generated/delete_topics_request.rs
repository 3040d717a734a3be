// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Deletes topics by name or id.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteTopicsRequest<'a> {
    pub topics: Vec<DeleteTopicState<'a>>,
    pub topic_names: Vec<Cow<'a, str>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteTopicsRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            topic_names: Vec::new(),
            timeout_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteTopicsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(20);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 6;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        if version >= 6 {
            value.topics = r.array(form, version, DeleteTopicState::decode)?;
        }
        if version <= 5 {
            value.topic_names = r.strings(form)?;
        }
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
        let form = Form::of(version >= 4);
        if version >= 6 { w.array(form, &self.topics, version, DeleteTopicState::encode)?; } else if !self.topics.is_empty() {
            return Err(not_in_version("topics", version));
        }
        if version <= 5 { w.strings(form, &self.topic_names)?; }
        w.i32(self.timeout_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteTopicsRequest<'static> {
        DeleteTopicsRequest {
            topics: self.topics.into_iter().map(DeleteTopicState::into_owned).collect(),
            topic_names: self.topic_names.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            timeout_ms: self.timeout_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DeleteTopicsRequest<'_> {
    const API_KEY: ApiKey = DeleteTopicsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DeleteTopicsRequest::encode(self, w, version)
    }
}

/// Part of [`DeleteTopicsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteTopicState<'a> {
    pub name: Option<Cow<'a, str>>,
    pub topic_id: Uuid,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DeleteTopicState<'_> {
    fn default() -> Self {
        Self {
            name: None,
            topic_id: Uuid::ZERO,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DeleteTopicState<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        if version >= 6 {
            value.name = r.nullable_string_as(form)?;
        }
        if version >= 6 {
            value.topic_id = r.uuid()?;
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
        let form = Form::of(version >= 4);
        if version >= 6 { match &self.name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.name.is_some() {
            return Err(not_in_version("name", version));
        }
        if version >= 6 { w.uuid(self.topic_id); } else if self.topic_id != Uuid::ZERO {
            return Err(not_in_version("topicId", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DeleteTopicState<'static> {
        DeleteTopicState {
            name: self.name.map(|value| Cow::Owned(value.into_owned())),
            topic_id: self.topic_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
