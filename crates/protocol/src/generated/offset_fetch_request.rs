// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the committed offsets of groups.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub topics: Option<Vec<OffsetFetchRequestTopic<'a>>>,
    pub groups: Vec<OffsetFetchRequestGroup<'a>>,
    /// Refuse offsets that an open transaction may change.
    pub require_stable: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topics: Some(Vec::new()),
            groups: Vec::new(),
            require_stable: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(9);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 10;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 6;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version <= 7 {
            value.group_id = r.string_as(form)?;
        }
        if version <= 7 {
            value.topics = if version >= 2 { r.nullable_array(form, version, OffsetFetchRequestTopic::decode)? } else { Some(r.array(form, version, OffsetFetchRequestTopic::decode)?) };
        }
        if version >= 8 {
            value.groups = r.array(form, version, OffsetFetchRequestGroup::decode)?;
        }
        if version >= 7 {
            value.require_stable = r.bool()?;
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
        let form = Form::of(version >= 6);
        if version <= 7 { w.string_as(form, &self.group_id)?; } else if !self.group_id.is_empty() {
            return Err(not_in_version("groupId", version));
        }
        if version <= 7 { match &self.topics { Some(value) => { w.array(form, value, version, OffsetFetchRequestTopic::encode)?; } None => { if version >= 2 { w.null_array_as(form); } else { return Err(null_in_version("topics", version)); } } } } else if self.topics.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("topics", version));
        }
        if version >= 8 { w.array(form, &self.groups, version, OffsetFetchRequestGroup::encode)?; } else if !self.groups.is_empty() {
            return Err(not_in_version("groups", version));
        }
        if version >= 7 { w.bool(self.require_stable); } else if self.require_stable {
            return Err(not_in_version("requireStable", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchRequest<'static> {
        OffsetFetchRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topics: self.topics.map(|value| value.into_iter().map(OffsetFetchRequestTopic::into_owned).collect()),
            groups: self.groups.into_iter().map(OffsetFetchRequestGroup::into_owned).collect(),
            require_stable: self.require_stable,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for OffsetFetchRequest<'_> {
    const API_KEY: ApiKey = OffsetFetchRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        OffsetFetchRequest::encode(self, w, version)
    }
}

/// Part of [`OffsetFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchRequestTopic<'a> {
    pub name: Cow<'a, str>,
    pub partition_indexes: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchRequestTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partition_indexes: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version <= 7 {
            value.name = r.string_as(form)?;
        }
        if version <= 7 {
            value.partition_indexes = r.array_of(form, Reader::i32)?;
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
        let form = Form::of(version >= 6);
        if version <= 7 { w.string_as(form, &self.name)?; } else if !self.name.is_empty() {
            return Err(not_in_version("name", version));
        }
        if version <= 7 { w.array_of(form, &self.partition_indexes, Writer::i32)?; } else if !self.partition_indexes.is_empty() {
            return Err(not_in_version("partitionIndexes", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchRequestTopic<'static> {
        OffsetFetchRequestTopic {
            name: Cow::Owned(self.name.into_owned()),
            partition_indexes: self.partition_indexes,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchRequestGroup<'a> {
    pub group_id: Cow<'a, str>,
    pub member_id: Option<Cow<'a, str>>,
    /// Fences a member that fell behind its group.
    pub member_epoch: i32,
    pub topics: Option<Vec<OffsetFetchRequestTopics<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchRequestGroup<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            member_id: None,
            member_epoch: -1,
            topics: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchRequestGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version >= 8 {
            value.group_id = r.string_as(form)?;
        }
        if version >= 9 {
            value.member_id = r.nullable_string_as(form)?;
        }
        if version >= 9 {
            value.member_epoch = r.i32()?;
        }
        if version >= 8 {
            value.topics = r.nullable_array(form, version, OffsetFetchRequestTopics::decode)?;
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
        let form = Form::of(version >= 6);
        if version >= 8 { w.string_as(form, &self.group_id)?; } else if !self.group_id.is_empty() {
            return Err(not_in_version("groupId", version));
        }
        if version >= 9 { match &self.member_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if version >= 9 { w.i32(self.member_epoch); }
        if version >= 8 { match &self.topics { Some(value) => { w.array(form, value, version, OffsetFetchRequestTopics::encode)?; } None => { w.null_array_as(form); } } } else if self.topics.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("topics", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchRequestGroup<'static> {
        OffsetFetchRequestGroup {
            group_id: Cow::Owned(self.group_id.into_owned()),
            member_id: self.member_id.map(|value| Cow::Owned(value.into_owned())),
            member_epoch: self.member_epoch,
            topics: self.topics.map(|value| value.into_iter().map(OffsetFetchRequestTopics::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetFetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchRequestTopics<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partition_indexes: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchRequestTopics<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partition_indexes: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchRequestTopics<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if (8..=9).contains(&version) {
            value.name = r.string_as(form)?;
        }
        if version >= 10 {
            value.topic_id = r.uuid()?;
        }
        if version >= 8 {
            value.partition_indexes = r.array_of(form, Reader::i32)?;
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
        let form = Form::of(version >= 6);
        if (8..=9).contains(&version) { w.string_as(form, &self.name)?; }
        if version >= 10 { w.uuid(self.topic_id); }
        if version >= 8 { w.array_of(form, &self.partition_indexes, Writer::i32)?; } else if !self.partition_indexes.is_empty() {
            return Err(not_in_version("partitionIndexes", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchRequestTopics<'static> {
        OffsetFetchRequestTopics {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            partition_indexes: self.partition_indexes,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
