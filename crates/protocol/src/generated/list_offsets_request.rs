// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the first, last or a timestamp's offset of partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsRequest<'a> {
    /// -1 for a consumer, else the broker that follows.
    pub replica_id: i32,
    /// 0 read uncommitted, 1 read committed.
    pub isolation_level: i8,
    pub topics: Vec<ListOffsetsTopic<'a>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListOffsetsRequest<'_> {
    fn default() -> Self {
        Self {
            replica_id: 0,
            isolation_level: 0,
            topics: Vec::new(),
            timeout_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListOffsetsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(2);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 11;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 6;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.replica_id = r.i32()?;
        if version >= 2 {
            value.isolation_level = r.i8()?;
        }
        value.topics = r.array(form, version, ListOffsetsTopic::decode)?;
        if version >= 10 {
            value.timeout_ms = r.i32()?;
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
        w.i32(self.replica_id);
        if version >= 2 { w.i8(self.isolation_level); } else if self.isolation_level != 0 {
            return Err(not_in_version("isolationLevel", version));
        }
        w.array(form, &self.topics, version, ListOffsetsTopic::encode)?;
        if version >= 10 { w.i32(self.timeout_ms); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListOffsetsRequest<'static> {
        ListOffsetsRequest {
            replica_id: self.replica_id,
            isolation_level: self.isolation_level,
            topics: self.topics.into_iter().map(ListOffsetsTopic::into_owned).collect(),
            timeout_ms: self.timeout_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ListOffsetsRequest<'_> {
    const API_KEY: ApiKey = ListOffsetsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListOffsetsRequest::encode(self, w, version)
    }
}

/// Part of [`ListOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<ListOffsetsPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListOffsetsTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListOffsetsTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, ListOffsetsPartition::decode)?;
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
        w.string_as(form, &self.name)?;
        w.array(form, &self.partitions, version, ListOffsetsPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListOffsetsTopic<'static> {
        ListOffsetsTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(ListOffsetsPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ListOffsetsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListOffsetsPartition<'a> {
    pub partition_index: i32,
    /// What the asker believes; -1 skips the check.
    pub current_leader_epoch: i32,
    /// Ms; or -1 latest, -2 earliest, -3 largest timestamp, -4 earliest local, -5 latest tiered, -6 earliest not yet tiered.
    pub timestamp: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListOffsetsPartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            current_leader_epoch: -1,
            timestamp: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListOffsetsPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 6);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        if version >= 4 {
            value.current_leader_epoch = r.i32()?;
        }
        value.timestamp = r.i64()?;
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
        w.i32(self.partition_index);
        if version >= 4 { w.i32(self.current_leader_epoch); }
        w.i64(self.timestamp);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListOffsetsPartition<'static> {
        ListOffsetsPartition {
            partition_index: self.partition_index,
            current_leader_epoch: self.current_leader_epoch,
            timestamp: self.timestamp,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
