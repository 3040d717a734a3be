// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `FetchSnapshot`: the piece, and the size of the snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchSnapshotResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub topics: Vec<TopicSnapshot<'a>>,
    /// Of the leaders named above.
    pub node_endpoints: Vec<NodeEndpoint<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchSnapshotResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            topics: Vec::new(),
            node_endpoints: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchSnapshotResponse<'a> {
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.topics = r.array(form, version, TopicSnapshot::decode)?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 1 => value.node_endpoints = r.array(form, version, NodeEndpoint::decode)?,
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
        w.i32(self.throttle_time_ms);
        w.i16(self.error_code.0);
        w.array(form, &self.topics, version, TopicSnapshot::encode)?;
        if version >= 1 {  } else if !self.node_endpoints.is_empty() {
            return Err(not_in_version("nodeEndpoints", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 1 && !self.node_endpoints.is_empty();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.array(form, &self.node_endpoints, version, NodeEndpoint::encode)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchSnapshotResponse<'static> {
        FetchSnapshotResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            topics: self.topics.into_iter().map(TopicSnapshot::into_owned).collect(),
            node_endpoints: self.node_endpoints.into_iter().map(NodeEndpoint::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for FetchSnapshotResponse<'_> {
    const API_KEY: ApiKey = FetchSnapshotResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        FetchSnapshotResponse::encode(self, w, version)
    }
}

/// Part of [`FetchSnapshotResponse`].
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

/// Part of [`FetchSnapshotResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionSnapshot<'a> {
    pub index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// Set when the follower has to load a snapshot.
    pub snapshot_id: SnapshotId<'a>,
    /// Set when the asker has an old leader.
    pub current_leader: LeaderIdAndEpoch<'a>,
    pub size: i64,
    /// Byte in the snapshot.
    pub position: i64,
    /// A piece of a snapshot, cut anywhere.
    pub unaligned_records: Records<'a>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionSnapshot<'_> {
    fn default() -> Self {
        Self {
            index: 0,
            error_code: ErrorCode::NONE,
            snapshot_id: SnapshotId::default(),
            current_leader: LeaderIdAndEpoch::default(),
            size: 0,
            position: 0,
            unaligned_records: Records::View(&[]),
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
        value.index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.snapshot_id = SnapshotId::decode(r, version)?;
        value.size = r.i64()?;
        value.position = r.i64()?;
        value.unaligned_records = Records::View(r.bytes_as(form)?);
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.current_leader = LeaderIdAndEpoch::decode(r, version)?,
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
        w.i32(self.index);
        w.i16(self.error_code.0);
        self.snapshot_id.encode(w, version)?;
        
        w.i64(self.size);
        w.i64(self.position);
        self.unaligned_records.encode(w, form)?;
        if form == Form::Compact {
            let has_0 = self.current_leader != LeaderIdAndEpoch::default();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                self.current_leader.encode(w, version)?;
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
            index: self.index,
            error_code: self.error_code,
            snapshot_id: self.snapshot_id.into_owned(),
            current_leader: self.current_leader.into_owned(),
            size: self.size,
            position: self.position,
            unaligned_records: self.unaligned_records.into_owned(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchSnapshotResponse`].
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

/// Part of [`FetchSnapshotResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderIdAndEpoch<'a> {
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaderIdAndEpoch<'_> {
    fn default() -> Self {
        Self {
            leader_id: 0,
            leader_epoch: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LeaderIdAndEpoch<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.leader_id = r.i32()?;
        value.leader_epoch = r.i32()?;
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
        w.i32(self.leader_id);
        w.i32(self.leader_epoch);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> LeaderIdAndEpoch<'static> {
        LeaderIdAndEpoch {
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchSnapshotResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct NodeEndpoint<'a> {
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for NodeEndpoint<'_> {
    fn default() -> Self {
        Self {
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> NodeEndpoint<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        if version >= 1 {
            value.node_id = r.i32()?;
        }
        if version >= 1 {
            value.host = r.string_as(form)?;
        }
        if version >= 1 {
            value.port = r.u16()?;
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
        let form = Form::of(version >= 0);
        if version >= 1 { w.i32(self.node_id); } else if self.node_id != 0 {
            return Err(not_in_version("nodeId", version));
        }
        if version >= 1 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version >= 1 { w.u16(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> NodeEndpoint<'static> {
        NodeEndpoint {
            node_id: self.node_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
