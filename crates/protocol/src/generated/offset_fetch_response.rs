// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `OffsetFetch`: committed offset and metadata by partition.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub topics: Vec<OffsetFetchResponseTopic<'a>>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub groups: Vec<OffsetFetchResponseGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            topics: Vec::new(),
            error_code: ErrorCode::NONE,
            groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchResponse<'a> {
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
        if version >= 3 {
            value.throttle_time_ms = r.i32()?;
        }
        if version <= 7 {
            value.topics = r.array(form, version, OffsetFetchResponseTopic::decode)?;
        }
        if (2..=7).contains(&version) {
            value.error_code = ErrorCode(r.i16()?);
        }
        if version >= 8 {
            value.groups = r.array(form, version, OffsetFetchResponseGroup::decode)?;
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
        if version >= 3 { w.i32(self.throttle_time_ms); }
        if version <= 7 { w.array(form, &self.topics, version, OffsetFetchResponseTopic::encode)?; } else if !self.topics.is_empty() {
            return Err(not_in_version("topics", version));
        }
        if (2..=7).contains(&version) { w.i16(self.error_code.0); }
        if version >= 8 { w.array(form, &self.groups, version, OffsetFetchResponseGroup::encode)?; } else if !self.groups.is_empty() {
            return Err(not_in_version("groups", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchResponse<'static> {
        OffsetFetchResponse {
            throttle_time_ms: self.throttle_time_ms,
            topics: self.topics.into_iter().map(OffsetFetchResponseTopic::into_owned).collect(),
            error_code: self.error_code,
            groups: self.groups.into_iter().map(OffsetFetchResponseGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for OffsetFetchResponse<'_> {
    const API_KEY: ApiKey = OffsetFetchResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        OffsetFetchResponse::encode(self, w, version)
    }
}

/// Part of [`OffsetFetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponseTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<OffsetFetchResponsePartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchResponseTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchResponseTopic<'a> {
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
            value.partitions = r.array(form, version, OffsetFetchResponsePartition::decode)?;
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
        if version <= 7 { w.array(form, &self.partitions, version, OffsetFetchResponsePartition::encode)?; } else if !self.partitions.is_empty() {
            return Err(not_in_version("partitions", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchResponseTopic<'static> {
        OffsetFetchResponseTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(OffsetFetchResponsePartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetFetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponsePartition<'a> {
    pub partition_index: i32,
    /// -1 for none.
    pub committed_offset: i64,
    pub committed_leader_epoch: i32,
    pub metadata: Option<Cow<'a, str>>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchResponsePartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            committed_offset: 0,
            committed_leader_epoch: -1,
            metadata: Some(Cow::Borrowed("")),
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchResponsePartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version <= 7 {
            value.partition_index = r.i32()?;
        }
        if version <= 7 {
            value.committed_offset = r.i64()?;
        }
        if (5..=7).contains(&version) {
            value.committed_leader_epoch = r.i32()?;
        }
        if version <= 7 {
            value.metadata = r.nullable_string_as(form)?;
        }
        if version <= 7 {
            value.error_code = ErrorCode(r.i16()?);
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
        if version <= 7 { w.i32(self.partition_index); } else if self.partition_index != 0 {
            return Err(not_in_version("partitionIndex", version));
        }
        if version <= 7 { w.i64(self.committed_offset); } else if self.committed_offset != 0 {
            return Err(not_in_version("committedOffset", version));
        }
        if (5..=7).contains(&version) { w.i32(self.committed_leader_epoch); }
        if version <= 7 { match &self.metadata { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.metadata.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("metadata", version));
        }
        if version <= 7 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchResponsePartition<'static> {
        OffsetFetchResponsePartition {
            partition_index: self.partition_index,
            committed_offset: self.committed_offset,
            committed_leader_epoch: self.committed_leader_epoch,
            metadata: self.metadata.map(|value| Cow::Owned(value.into_owned())),
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetFetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponseGroup<'a> {
    pub group_id: Cow<'a, str>,
    pub topics: Vec<OffsetFetchResponseTopics<'a>>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchResponseGroup<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            topics: Vec::new(),
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchResponseGroup<'a> {
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
        if version >= 8 {
            value.topics = r.array(form, version, OffsetFetchResponseTopics::decode)?;
        }
        if version >= 8 {
            value.error_code = ErrorCode(r.i16()?);
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
        if version >= 8 { w.array(form, &self.topics, version, OffsetFetchResponseTopics::encode)?; } else if !self.topics.is_empty() {
            return Err(not_in_version("topics", version));
        }
        if version >= 8 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchResponseGroup<'static> {
        OffsetFetchResponseGroup {
            group_id: Cow::Owned(self.group_id.into_owned()),
            topics: self.topics.into_iter().map(OffsetFetchResponseTopics::into_owned).collect(),
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetFetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponseTopics<'a> {
    pub name: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetFetchResponsePartitions<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchResponseTopics<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchResponseTopics<'a> {
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
            value.partitions = r.array(form, version, OffsetFetchResponsePartitions::decode)?;
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
        if version >= 8 { w.array(form, &self.partitions, version, OffsetFetchResponsePartitions::encode)?; } else if !self.partitions.is_empty() {
            return Err(not_in_version("partitions", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchResponseTopics<'static> {
        OffsetFetchResponseTopics {
            name: Cow::Owned(self.name.into_owned()),
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(OffsetFetchResponsePartitions::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`OffsetFetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchResponsePartitions<'a> {
    pub partition_index: i32,
    /// -1 for none.
    pub committed_offset: i64,
    pub committed_leader_epoch: i32,
    pub metadata: Option<Cow<'a, str>>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetFetchResponsePartitions<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            committed_offset: 0,
            committed_leader_epoch: -1,
            metadata: Some(Cow::Borrowed("")),
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetFetchResponsePartitions<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        if version >= 8 {
            value.partition_index = r.i32()?;
        }
        if version >= 8 {
            value.committed_offset = r.i64()?;
        }
        if version >= 8 {
            value.committed_leader_epoch = r.i32()?;
        }
        if version >= 8 {
            value.metadata = r.nullable_string_as(form)?;
        }
        if version >= 8 {
            value.error_code = ErrorCode(r.i16()?);
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
        if version >= 8 { w.i32(self.partition_index); } else if self.partition_index != 0 {
            return Err(not_in_version("partitionIndex", version));
        }
        if version >= 8 { w.i64(self.committed_offset); } else if self.committed_offset != 0 {
            return Err(not_in_version("committedOffset", version));
        }
        if version >= 8 { w.i32(self.committed_leader_epoch); }
        if version >= 8 { match &self.metadata { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.metadata.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("metadata", version));
        }
        if version >= 8 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetFetchResponsePartitions<'static> {
        OffsetFetchResponsePartitions {
            partition_index: self.partition_index,
            committed_offset: self.committed_offset,
            committed_leader_epoch: self.committed_leader_epoch,
            metadata: self.metadata.map(|value| Cow::Owned(value.into_owned())),
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
