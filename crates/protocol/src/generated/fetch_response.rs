// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `Fetch`: the batches by partition, with the offsets a reader must know.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// 0 for none.
    pub session_id: i32,
    pub responses: Vec<FetchableTopicResponse<'a>>,
    /// Of the leaders named above.
    pub node_endpoints: Vec<NodeEndpoint<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            session_id: 0,
            responses: Vec::new(),
            node_endpoints: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchResponse<'a> {
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
        value.throttle_time_ms = r.i32()?;
        if version >= 7 {
            value.error_code = ErrorCode(r.i16()?);
        }
        if version >= 7 {
            value.session_id = r.i32()?;
        }
        value.responses = r.array(form, version, FetchableTopicResponse::decode)?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 16 => value.node_endpoints = r.array(form, version, NodeEndpoint::decode)?,
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
        let form = Form::of(version >= 12);
        w.i32(self.throttle_time_ms);
        if version >= 7 { w.i16(self.error_code.0); }
        if version >= 7 { w.i32(self.session_id); } else if self.session_id != 0 {
            return Err(not_in_version("sessionId", version));
        }
        w.array(form, &self.responses, version, FetchableTopicResponse::encode)?;
        if version >= 16 {  } else if !self.node_endpoints.is_empty() {
            return Err(not_in_version("nodeEndpoints", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 16 && !self.node_endpoints.is_empty();
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
    pub fn into_owned(self) -> FetchResponse<'static> {
        FetchResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            session_id: self.session_id,
            responses: self.responses.into_iter().map(FetchableTopicResponse::into_owned).collect(),
            node_endpoints: self.node_endpoints.into_iter().map(NodeEndpoint::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for FetchResponse<'_> {
    const API_KEY: ApiKey = FetchResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        FetchResponse::encode(self, w, version)
    }
}

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct FetchableTopicResponse<'a> {
    pub topic: Cow<'a, str>,
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FetchableTopicResponse<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            topic_id: Uuid::ZERO,
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FetchableTopicResponse<'a> {
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
        value.partitions = r.array(form, version, PartitionData::decode)?;
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
        w.array(form, &self.partitions, version, PartitionData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FetchableTopicResponse<'static> {
        FetchableTopicResponse {
            topic: Cow::Owned(self.topic.into_owned()),
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(PartitionData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData<'a> {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// End of what is committed.
    pub high_watermark: i64,
    /// All transactions below it have ended.
    pub last_stable_offset: i64,
    /// First offset that still exists.
    pub log_start_offset: i64,
    /// Set when the follower's log diverges: the last point that both have.
    pub diverging_epoch: EpochEndOffset<'a>,
    /// Set when the asker has an old leader.
    pub current_leader: LeaderIdAndEpoch<'a>,
    /// Set when the follower has to load a snapshot.
    pub snapshot_id: SnapshotId<'a>,
    /// Their records are to be skipped by a reader of committed data.
    pub aborted_transactions: Option<Vec<AbortedTransaction<'a>>>,
    /// A nearer replica to fetch from, or -1.
    pub preferred_read_replica: i32,
    pub records: Option<Records<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionData<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
            high_watermark: 0,
            last_stable_offset: -1,
            log_start_offset: -1,
            diverging_epoch: EpochEndOffset::default(),
            current_leader: LeaderIdAndEpoch::default(),
            snapshot_id: SnapshotId::default(),
            aborted_transactions: Some(Vec::new()),
            preferred_read_replica: -1,
            records: Some(Records::View(&[])),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.high_watermark = r.i64()?;
        value.last_stable_offset = r.i64()?;
        if version >= 5 {
            value.log_start_offset = r.i64()?;
        }
        value.aborted_transactions = r.nullable_array(form, version, AbortedTransaction::decode)?;
        if version >= 11 {
            value.preferred_read_replica = r.i32()?;
        }
        value.records = r.nullable_bytes_as(form)?.map(Records::View);
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.diverging_epoch = EpochEndOffset::decode(r, version)?,
                    1 => value.current_leader = LeaderIdAndEpoch::decode(r, version)?,
                    2 => value.snapshot_id = SnapshotId::decode(r, version)?,
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
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        w.i64(self.high_watermark);
        w.i64(self.last_stable_offset);
        if version >= 5 { w.i64(self.log_start_offset); }
        if version >= 12 {  } else if self.diverging_epoch != EpochEndOffset::default() {
            return Err(not_in_version("divergingEpoch", version));
        }
        if version >= 12 {  } else if self.current_leader != LeaderIdAndEpoch::default() {
            return Err(not_in_version("currentLeader", version));
        }
        if version >= 12 {  } else if self.snapshot_id != SnapshotId::default() {
            return Err(not_in_version("snapshotId", version));
        }
        match &self.aborted_transactions { Some(value) => { w.array(form, value, version, AbortedTransaction::encode)?; } None => { w.null_array_as(form); } }
        if version >= 11 { w.i32(self.preferred_read_replica); } else if self.preferred_read_replica != -1 {
            return Err(not_in_version("preferredReadReplica", version));
        }
        match &self.records { Some(value) => { value.encode(w, form)?; } None => { w.nullable_bytes_as(form, None)?; } }
        if form == Form::Compact {
            let has_0 = self.diverging_epoch != EpochEndOffset::default();
            let has_1 = self.current_leader != LeaderIdAndEpoch::default();
            let has_2 = self.snapshot_id != SnapshotId::default();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1) + usize::from(has_2))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                self.diverging_epoch.encode(w, version)?;
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                self.current_leader.encode(w, version)?;
                w.end_sized(mark);
            }
            if has_2 {
                w.uvarint(2);
                let mark = w.begin_sized();
                self.snapshot_id.encode(w, version)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 3, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionData<'static> {
        PartitionData {
            partition_index: self.partition_index,
            error_code: self.error_code,
            high_watermark: self.high_watermark,
            last_stable_offset: self.last_stable_offset,
            log_start_offset: self.log_start_offset,
            diverging_epoch: self.diverging_epoch.into_owned(),
            current_leader: self.current_leader.into_owned(),
            snapshot_id: self.snapshot_id.into_owned(),
            aborted_transactions: self.aborted_transactions.map(|value| value.into_iter().map(AbortedTransaction::into_owned).collect()),
            preferred_read_replica: self.preferred_read_replica,
            records: self.records.map(|value| value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct EpochEndOffset<'a> {
    pub epoch: i32,
    pub end_offset: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for EpochEndOffset<'_> {
    fn default() -> Self {
        Self {
            epoch: -1,
            end_offset: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> EpochEndOffset<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if version >= 12 {
            value.epoch = r.i32()?;
        }
        if version >= 12 {
            value.end_offset = r.i64()?;
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
        if version >= 12 { w.i32(self.epoch); } else if self.epoch != -1 {
            return Err(not_in_version("epoch", version));
        }
        if version >= 12 { w.i64(self.end_offset); } else if self.end_offset != -1 {
            return Err(not_in_version("endOffset", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> EpochEndOffset<'static> {
        EpochEndOffset {
            epoch: self.epoch,
            end_offset: self.end_offset,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderIdAndEpoch<'a> {
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LeaderIdAndEpoch<'_> {
    fn default() -> Self {
        Self {
            leader_id: -1,
            leader_epoch: -1,
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
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if version >= 12 {
            value.leader_id = r.i32()?;
        }
        if version >= 12 {
            value.leader_epoch = r.i32()?;
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
        if version >= 12 { w.i32(self.leader_id); } else if self.leader_id != -1 {
            return Err(not_in_version("leaderId", version));
        }
        if version >= 12 { w.i32(self.leader_epoch); } else if self.leader_epoch != -1 {
            return Err(not_in_version("leaderEpoch", version));
        }
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

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotId<'a> {
    pub end_offset: i64,
    pub epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SnapshotId<'_> {
    fn default() -> Self {
        Self {
            end_offset: -1,
            epoch: -1,
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
        let form = Form::of(version >= 12);
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
        let form = Form::of(version >= 12);
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

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct AbortedTransaction<'a> {
    pub producer_id: i64,
    pub first_offset: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AbortedTransaction<'_> {
    fn default() -> Self {
        Self {
            producer_id: 0,
            first_offset: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AbortedTransaction<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        value.producer_id = r.i64()?;
        value.first_offset = r.i64()?;
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
        w.i64(self.producer_id);
        w.i64(self.first_offset);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AbortedTransaction<'static> {
        AbortedTransaction {
            producer_id: self.producer_id,
            first_offset: self.first_offset,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`FetchResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct NodeEndpoint<'a> {
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    pub rack: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for NodeEndpoint<'_> {
    fn default() -> Self {
        Self {
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            rack: None,
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
        let form = Form::of(version >= 12);
        let mut value = Self::default();
        if version >= 16 {
            value.node_id = r.i32()?;
        }
        if version >= 16 {
            value.host = r.string_as(form)?;
        }
        if version >= 16 {
            value.port = r.i32()?;
        }
        if version >= 16 {
            value.rack = r.nullable_string_as(form)?;
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
        if version >= 16 { w.i32(self.node_id); } else if self.node_id != 0 {
            return Err(not_in_version("nodeId", version));
        }
        if version >= 16 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version >= 16 { w.i32(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if version >= 16 { match &self.rack { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.rack.is_some() {
            return Err(not_in_version("rack", version));
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
            rack: self.rack.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
