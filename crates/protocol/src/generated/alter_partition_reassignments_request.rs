// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Starts or cancels moves of partitions to other brokers.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPartitionReassignmentsRequest<'a> {
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub allow_replication_factor_change: bool,
    pub topics: Vec<ReassignableTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterPartitionReassignmentsRequest<'_> {
    fn default() -> Self {
        Self {
            timeout_ms: 60000,
            allow_replication_factor_change: true,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterPartitionReassignmentsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(45);
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
        value.timeout_ms = r.i32()?;
        if version >= 1 {
            value.allow_replication_factor_change = r.bool()?;
        }
        value.topics = r.array(form, version, ReassignableTopic::decode)?;
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
        w.i32(self.timeout_ms);
        if version >= 1 { w.bool(self.allow_replication_factor_change); } else if !self.allow_replication_factor_change {
            return Err(not_in_version("allowReplicationFactorChange", version));
        }
        w.array(form, &self.topics, version, ReassignableTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterPartitionReassignmentsRequest<'static> {
        AlterPartitionReassignmentsRequest {
            timeout_ms: self.timeout_ms,
            allow_replication_factor_change: self.allow_replication_factor_change,
            topics: self.topics.into_iter().map(ReassignableTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AlterPartitionReassignmentsRequest<'_> {
    const API_KEY: ApiKey = AlterPartitionReassignmentsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AlterPartitionReassignmentsRequest::encode(self, w, version)
    }
}

/// Part of [`AlterPartitionReassignmentsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReassignableTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<ReassignablePartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReassignableTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReassignableTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, ReassignablePartition::decode)?;
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
        w.array(form, &self.partitions, version, ReassignablePartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReassignableTopic<'static> {
        ReassignableTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(ReassignablePartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AlterPartitionReassignmentsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReassignablePartition<'a> {
    pub partition_index: i32,
    pub replicas: Option<Vec<i32>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReassignablePartition<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            replicas: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReassignablePartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.replicas = r.nullable_array_of(form, Reader::i32)?;
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
        w.i32(self.partition_index);
        match &self.replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReassignablePartition<'static> {
        ReassignablePartition {
            partition_index: self.partition_index,
            replicas: self.replicas,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
