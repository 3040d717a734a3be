// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// How far the deletion of a partition from remote storage has come.
#[derive(Clone, Debug, PartialEq)]
pub struct RemotePartitionDeleteMetadataRecord<'a> {
    pub topic_id_partition: TopicIdPartitionEntry<'a>,
    pub broker_id: i32,
    pub event_timestamp_ms: i64,
    pub remote_partition_delete_state: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for RemotePartitionDeleteMetadataRecord<'_> {
    fn default() -> Self {
        Self {
            topic_id_partition: TopicIdPartitionEntry::default(),
            broker_id: 0,
            event_timestamp_ms: 0,
            remote_partition_delete_state: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> RemotePartitionDeleteMetadataRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 2;
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
        value.topic_id_partition = TopicIdPartitionEntry::decode(r, version)?;
        value.broker_id = r.i32()?;
        value.event_timestamp_ms = r.i64()?;
        value.remote_partition_delete_state = r.i8()?;
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
        self.topic_id_partition.encode(w, version)?;
        w.i32(self.broker_id);
        w.i64(self.event_timestamp_ms);
        w.i8(self.remote_partition_delete_state);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> RemotePartitionDeleteMetadataRecord<'static> {
        RemotePartitionDeleteMetadataRecord {
            topic_id_partition: self.topic_id_partition.into_owned(),
            broker_id: self.broker_id,
            event_timestamp_ms: self.event_timestamp_ms,
            remote_partition_delete_state: self.remote_partition_delete_state,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`RemotePartitionDeleteMetadataRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicIdPartitionEntry<'a> {
    pub name: Cow<'a, str>,
    pub id: Uuid,
    pub partition: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicIdPartitionEntry<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            id: Uuid::ZERO,
            partition: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicIdPartitionEntry<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.id = r.uuid()?;
        value.partition = r.i32()?;
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
        w.uuid(self.id);
        w.i32(self.partition);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicIdPartitionEntry<'static> {
        TopicIdPartitionEntry {
            name: Cow::Owned(self.name.into_owned()),
            id: self.id,
            partition: self.partition,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
