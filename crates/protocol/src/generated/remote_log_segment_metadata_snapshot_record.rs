// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A segment in remote storage, in the snapshot of a partition's metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteLogSegmentMetadataSnapshotRecord<'a> {
    pub segment_id: Uuid,
    pub start_offset: i64,
    pub end_offset: i64,
    pub broker_id: i32,
    pub max_timestamp_ms: i64,
    pub event_timestamp_ms: i64,
    pub segment_leader_epochs: Vec<SegmentLeaderEpochEntry<'a>>,
    pub segment_size_in_bytes: i32,
    pub custom_metadata: Option<Cow<'a, [u8]>>,
    pub remote_log_segment_state: i8,
    pub txn_index_empty: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for RemoteLogSegmentMetadataSnapshotRecord<'_> {
    fn default() -> Self {
        Self {
            segment_id: Uuid::ZERO,
            start_offset: 0,
            end_offset: 0,
            broker_id: 0,
            max_timestamp_ms: 0,
            event_timestamp_ms: 0,
            segment_leader_epochs: Vec::new(),
            segment_size_in_bytes: 0,
            custom_metadata: None,
            remote_log_segment_state: 0,
            txn_index_empty: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> RemoteLogSegmentMetadataSnapshotRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 3;
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
        value.segment_id = r.uuid()?;
        value.start_offset = r.i64()?;
        value.end_offset = r.i64()?;
        value.broker_id = r.i32()?;
        value.max_timestamp_ms = r.i64()?;
        value.event_timestamp_ms = r.i64()?;
        value.segment_leader_epochs = r.array(form, version, SegmentLeaderEpochEntry::decode)?;
        value.segment_size_in_bytes = r.i32()?;
        value.custom_metadata = r.nullable_bytes_as(form)?.map(Cow::Borrowed);
        value.remote_log_segment_state = r.i8()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.txn_index_empty = r.bool()?,
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
        w.uuid(self.segment_id);
        w.i64(self.start_offset);
        w.i64(self.end_offset);
        w.i32(self.broker_id);
        w.i64(self.max_timestamp_ms);
        w.i64(self.event_timestamp_ms);
        w.array(form, &self.segment_leader_epochs, version, SegmentLeaderEpochEntry::encode)?;
        w.i32(self.segment_size_in_bytes);
        match &self.custom_metadata { Some(value) => { w.bytes_as(form, value)?; } None => { w.nullable_bytes_as(form, None)?; } }
        w.i8(self.remote_log_segment_state);
        
        if form == Form::Compact {
            let has_0 = self.txn_index_empty;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.bool(self.txn_index_empty);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> RemoteLogSegmentMetadataSnapshotRecord<'static> {
        RemoteLogSegmentMetadataSnapshotRecord {
            segment_id: self.segment_id,
            start_offset: self.start_offset,
            end_offset: self.end_offset,
            broker_id: self.broker_id,
            max_timestamp_ms: self.max_timestamp_ms,
            event_timestamp_ms: self.event_timestamp_ms,
            segment_leader_epochs: self.segment_leader_epochs.into_iter().map(SegmentLeaderEpochEntry::into_owned).collect(),
            segment_size_in_bytes: self.segment_size_in_bytes,
            custom_metadata: self.custom_metadata.map(|value| Cow::Owned(value.into_owned())),
            remote_log_segment_state: self.remote_log_segment_state,
            txn_index_empty: self.txn_index_empty,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`RemoteLogSegmentMetadataSnapshotRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentLeaderEpochEntry<'a> {
    pub leader_epoch: i32,
    pub offset: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SegmentLeaderEpochEntry<'_> {
    fn default() -> Self {
        Self {
            leader_epoch: 0,
            offset: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SegmentLeaderEpochEntry<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.leader_epoch = r.i32()?;
        value.offset = r.i64()?;
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
        w.i32(self.leader_epoch);
        w.i64(self.offset);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SegmentLeaderEpochEntry<'static> {
        SegmentLeaderEpochEntry {
            leader_epoch: self.leader_epoch,
            offset: self.offset,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
