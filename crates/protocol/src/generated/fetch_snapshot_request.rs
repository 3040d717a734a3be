// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Reads a piece of a snapshot of the metadata log.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchSnapshotRequest<'a> {
    pub cluster_id: Option<Cow<'a, str>>,
    /// Who follows.
    pub replica_id: i32,
    /// At most so much.
    pub max_bytes: i32,
    pub topics: Vec<TopicSnapshot<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchSnapshotRequest<'_> {
    fn default() -> Self {
        Self {
            cluster_id: None,
            replica_id: -1,
            max_bytes: 2147483647,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchSnapshotRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(59);
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
        value.replica_id = r.i32()?;
        value.max_bytes = r.i32()?;
        value.topics = r.array(form, version, TopicSnapshot::decode)?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.cluster_id = r.nullable_string_as(form)?,
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
        
        w.i32(self.replica_id);
        w.i32(self.max_bytes);
        w.array(form, &self.topics, version, TopicSnapshot::encode)?;
        if form == Form::Compact {
            let has_0 = self.cluster_id.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                match &self.cluster_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchSnapshotRequest<'static> {
        FetchSnapshotRequest {
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            replica_id: self.replica_id,
            max_bytes: self.max_bytes,
            topics: self.topics.into_iter().map(TopicSnapshot::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for FetchSnapshotRequest<'_> {
    const API_KEY: ApiKey = FetchSnapshotRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        FetchSnapshotRequest::encode(self, w, version)
    }
}

/// Part of [`FetchSnapshotRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicSnapshot<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<PartitionSnapshot<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicSnapshot<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicSnapshot<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, PartitionSnapshot::decode)?;
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
        w.array(form, &self.partitions, version, PartitionSnapshot::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicSnapshot<'static> {
        TopicSnapshot {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(PartitionSnapshot::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchSnapshotRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionSnapshot<'a> {
    pub partition: i32,
    /// What the asker believes; -1 skips the check.
    pub current_leader_epoch: i32,
    /// Set when the follower has to load a snapshot.
    pub snapshot_id: SnapshotId<'a>,
    /// Byte in the snapshot.
    pub position: i64,
    /// Tells a replica with a new disk from the old one.
    pub replica_directory_id: Uuid,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionSnapshot<'_> {
    fn default() -> Self {
        Self {
            partition: 0,
            current_leader_epoch: 0,
            snapshot_id: SnapshotId::default(),
            position: 0,
            replica_directory_id: Uuid::ZERO,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionSnapshot<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition = r.i32()?;
        value.current_leader_epoch = r.i32()?;
        value.snapshot_id = SnapshotId::decode(r, version)?;
        value.position = r.i64()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 1 => value.replica_directory_id = r.uuid()?,
                    0 => return Err(tag_not_in_version(r, 0)),
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
        w.i32(self.partition);
        w.i32(self.current_leader_epoch);
        self.snapshot_id.encode(w, version)?;
        w.i64(self.position);
        if form == Form::Compact {
            let has_0 = version >= 1 && self.replica_directory_id != Uuid::ZERO;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.uuid(self.replica_directory_id);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionSnapshot<'static> {
        PartitionSnapshot {
            partition: self.partition,
            current_leader_epoch: self.current_leader_epoch,
            snapshot_id: self.snapshot_id.into_owned(),
            position: self.position,
            replica_directory_id: self.replica_directory_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchSnapshotRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotId<'a> {
    pub end_offset: i64,
    pub epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SnapshotId<'_> {
    fn default() -> Self {
        Self {
            end_offset: 0,
            epoch: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SnapshotId<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.end_offset = r.i64()?;
        value.epoch = r.i32()?;
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
        w.i64(self.end_offset);
        w.i32(self.epoch);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SnapshotId<'static> {
        SnapshotId {
            end_offset: self.end_offset,
            epoch: self.epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
