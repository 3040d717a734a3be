// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Reads record batches from partitions; replicas follow their leader with it too.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchRequest<'a> {
    pub cluster_id: Option<Cow<'a, str>>,
    /// -1 for a consumer, else the broker that follows.
    pub replica_id: i32,
    pub replica_state: ReplicaState<'a>,
    pub max_wait_ms: i32,
    /// Wait until there is so much, or the wait is over.
    pub min_bytes: i32,
    /// At most so much, but always one batch.
    pub max_bytes: i32,
    /// 0 read uncommitted, 1 read committed.
    pub isolation_level: i8,
    /// 0 for none.
    pub session_id: i32,
    /// 0 starts a session, -1 ends or does without one.
    pub session_epoch: i32,
    pub topics: Vec<FetchTopic<'a>>,
    /// Partitions that leave the session.
    pub forgotten_topics_data: Vec<ForgottenTopic<'a>>,
    /// Where the client stands, to find a near replica.
    pub rack_id: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchRequest<'_> {
    fn default() -> Self {
        Self {
            cluster_id: None,
            replica_id: -1,
            replica_state: ReplicaState::default(),
            max_wait_ms: 0,
            min_bytes: 0,
            max_bytes: 2147483647,
            isolation_level: 0,
            session_id: 0,
            session_epoch: -1,
            topics: Vec::new(),
            forgotten_topics_data: Vec::new(),
            rack_id: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(1);
    /// First version.
    pub const MIN_VERSION: i16 = 4;
    /// Last version.
    pub const MAX_VERSION: i16 = 18;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 12;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if version <= 14 {
            value.replica_id = r.i32()?;
        }
        value.max_wait_ms = r.i32()?;
        value.min_bytes = r.i32()?;
        value.max_bytes = r.i32()?;
        value.isolation_level = r.i8()?;
        if version >= 7 {
            value.session_id = r.i32()?;
        }
        if version >= 7 {
            value.session_epoch = r.i32()?;
        }
        value.topics = r.array(form, version, FetchTopic::decode)?;
        if version >= 7 {
            value.forgotten_topics_data = r.array(form, version, ForgottenTopic::decode)?;
        }
        if version >= 11 {
            value.rack_id = r.string_as(form)?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.cluster_id = r.nullable_string_as(form)?,
                    1 if version >= 15 => value.replica_state = ReplicaState::decode(r, version)?,
                    1 => return Err(tag_not_in_version(r, 1)),
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
        let form = Form::of(version >= 12);
        if version <= 14 { w.i32(self.replica_id); } else if self.replica_id != -1 {
            return Err(not_in_version("replicaId", version));
        }
        if version >= 15 {  } else if self.replica_state != ReplicaState::default() {
            return Err(not_in_version("replicaState", version));
        }
        w.i32(self.max_wait_ms);
        w.i32(self.min_bytes);
        w.i32(self.max_bytes);
        w.i8(self.isolation_level);
        if version >= 7 { w.i32(self.session_id); }
        if version >= 7 { w.i32(self.session_epoch); }
        w.array(form, &self.topics, version, FetchTopic::encode)?;
        if version >= 7 { w.array(form, &self.forgotten_topics_data, version, ForgottenTopic::encode)?; } else if !self.forgotten_topics_data.is_empty() {
            return Err(not_in_version("forgottenTopicsData", version));
        }
        if version >= 11 { w.string_as(form, &self.rack_id)?; }
        if form == Form::Compact {
            let has_0 = self.cluster_id.is_some();
            let has_1 = version >= 15 && self.replica_state != ReplicaState::default();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                match &self.cluster_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                self.replica_state.encode(w, version)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 2, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchRequest<'static> {
        FetchRequest {
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            replica_id: self.replica_id,
            replica_state: self.replica_state.into_owned(),
            max_wait_ms: self.max_wait_ms,
            min_bytes: self.min_bytes,
            max_bytes: self.max_bytes,
            isolation_level: self.isolation_level,
            session_id: self.session_id,
            session_epoch: self.session_epoch,
            topics: self.topics.into_iter().map(FetchTopic::into_owned).collect(),
            forgotten_topics_data: self.forgotten_topics_data.into_iter().map(ForgottenTopic::into_owned).collect(),
            rack_id: Cow::Owned(self.rack_id.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for FetchRequest<'_> {
    const API_KEY: ApiKey = FetchRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        FetchRequest::encode(self, w, version)
    }
}

/// Part of [`FetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaState<'a> {
    /// -1 for a consumer, else the broker that follows.
    pub replica_id: i32,
    pub replica_epoch: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReplicaState<'_> {
    fn default() -> Self {
        Self {
            replica_id: -1,
            replica_epoch: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReplicaState<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if version >= 15 {
            value.replica_id = r.i32()?;
        }
        if version >= 15 {
            value.replica_epoch = r.i64()?;
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
        let form = Form::of(version >= 12);
        if version >= 15 { w.i32(self.replica_id); } else if self.replica_id != -1 {
            return Err(not_in_version("replicaId", version));
        }
        if version >= 15 { w.i64(self.replica_epoch); } else if self.replica_epoch != -1 {
            return Err(not_in_version("replicaEpoch", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReplicaState<'static> {
        ReplicaState {
            replica_id: self.replica_id,
            replica_epoch: self.replica_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct FetchTopic<'a> {
    pub topic: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partitions: Vec<FetchPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchTopic<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if version <= 12 {
            value.topic = r.string_as(form)?;
        }
        if version >= 13 {
            value.topic_id = r.uuid()?;
        }
        value.partitions = r.array(form, version, FetchPartition::decode)?;
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
        let form = Form::of(version >= 12);
        if version <= 12 { w.string_as(form, &self.topic)?; }
        if version >= 13 { w.uuid(self.topic_id); }
        w.array(form, &self.partitions, version, FetchPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchTopic<'static> {
        FetchTopic {
            topic: Cow::Owned(self.topic.into_owned()),
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(FetchPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct FetchPartition<'a> {
    pub partition: i32,
    /// What the asker believes; -1 skips the check.
    pub current_leader_epoch: i32,
    pub fetch_offset: i64,
    /// Leader epoch of the last record the follower has, or -1.
    pub last_fetched_epoch: i32,
    /// First offset that still exists.
    pub log_start_offset: i64,
    /// At most so much, but always one batch.
    pub partition_max_bytes: i32,
    /// Tells a replica with a new disk from the old one.
    pub replica_directory_id: Uuid,
    /// What the follower knows; the answer does not wait when it is behind.
    pub high_watermark: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchPartition<'_> {
    fn default() -> Self {
        Self {
            partition: 0,
            current_leader_epoch: -1,
            fetch_offset: 0,
            last_fetched_epoch: -1,
            log_start_offset: -1,
            partition_max_bytes: 0,
            replica_directory_id: Uuid::ZERO,
            high_watermark: 9223372036854775807,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        value.partition = r.i32()?;
        if version >= 9 {
            value.current_leader_epoch = r.i32()?;
        }
        value.fetch_offset = r.i64()?;
        if version >= 12 {
            value.last_fetched_epoch = r.i32()?;
        }
        if version >= 5 {
            value.log_start_offset = r.i64()?;
        }
        value.partition_max_bytes = r.i32()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 17 => value.replica_directory_id = r.uuid()?,
                    0 => return Err(tag_not_in_version(r, 0)),
                    1 if version >= 18 => value.high_watermark = r.i64()?,
                    1 => return Err(tag_not_in_version(r, 1)),
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
        let form = Form::of(version >= 12);
        w.i32(self.partition);
        if version >= 9 { w.i32(self.current_leader_epoch); }
        w.i64(self.fetch_offset);
        if version >= 12 { w.i32(self.last_fetched_epoch); } else if self.last_fetched_epoch != -1 {
            return Err(not_in_version("lastFetchedEpoch", version));
        }
        if version >= 5 { w.i64(self.log_start_offset); }
        w.i32(self.partition_max_bytes);
        if form == Form::Compact {
            let has_0 = version >= 17 && self.replica_directory_id != Uuid::ZERO;
            let has_1 = version >= 18 && self.high_watermark != 9223372036854775807;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.uuid(self.replica_directory_id);
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                w.i64(self.high_watermark);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 2, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchPartition<'static> {
        FetchPartition {
            partition: self.partition,
            current_leader_epoch: self.current_leader_epoch,
            fetch_offset: self.fetch_offset,
            last_fetched_epoch: self.last_fetched_epoch,
            log_start_offset: self.log_start_offset,
            partition_max_bytes: self.partition_max_bytes,
            replica_directory_id: self.replica_directory_id,
            high_watermark: self.high_watermark,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ForgottenTopic<'a> {
    pub topic: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ForgottenTopic<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ForgottenTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if (7..=12).contains(&version) {
            value.topic = r.string_as(form)?;
        }
        if version >= 13 {
            value.topic_id = r.uuid()?;
        }
        if version >= 7 {
            value.partitions = r.array_of(form, Reader::i32)?;
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
        let form = Form::of(version >= 12);
        if (7..=12).contains(&version) { w.string_as(form, &self.topic)?; }
        if version >= 13 { w.uuid(self.topic_id); }
        if version >= 7 { w.array_of(form, &self.partitions, Writer::i32)?; } else if !self.partitions.is_empty() {
            return Err(not_in_version("partitions", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ForgottenTopic<'static> {
        ForgottenTopic {
            topic: Cow::Owned(self.topic.into_owned()),
            topic_id: self.topic_id,
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
