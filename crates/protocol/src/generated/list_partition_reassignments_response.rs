// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ListPartitionReassignments`: replicas that are added and removed by partition.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPartitionReassignmentsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub topics: Vec<OngoingTopicReassignment<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListPartitionReassignmentsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListPartitionReassignmentsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(46);
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.topics = r.array(form, version, OngoingTopicReassignment::decode)?;
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
        w.i32(self.throttle_time_ms);
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.array(form, &self.topics, version, OngoingTopicReassignment::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListPartitionReassignmentsResponse<'static> {
        ListPartitionReassignmentsResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            topics: self.topics.into_iter().map(OngoingTopicReassignment::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ListPartitionReassignmentsResponse<'_> {
    const API_KEY: ApiKey = ListPartitionReassignmentsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListPartitionReassignmentsResponse::encode(self, w, version)
    }
}

/// Part of [`ListPartitionReassignmentsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OngoingTopicReassignment<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<OngoingPartitionReassignment<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OngoingTopicReassignment<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OngoingTopicReassignment<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.array(form, version, OngoingPartitionReassignment::decode)?;
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
        w.array(form, &self.partitions, version, OngoingPartitionReassignment::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OngoingTopicReassignment<'static> {
        OngoingTopicReassignment {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions.into_iter().map(OngoingPartitionReassignment::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ListPartitionReassignmentsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct OngoingPartitionReassignment<'a> {
    pub partition_index: i32,
    pub replicas: Vec<i32>,
    /// Being added by a reassignment.
    pub adding_replicas: Vec<i32>,
    /// Being removed by a reassignment.
    pub removing_replicas: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OngoingPartitionReassignment<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            replicas: Vec::new(),
            adding_replicas: Vec::new(),
            removing_replicas: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OngoingPartitionReassignment<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.replicas = r.array_of(form, Reader::i32)?;
        value.adding_replicas = r.array_of(form, Reader::i32)?;
        value.removing_replicas = r.array_of(form, Reader::i32)?;
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
        w.array_of(form, &self.replicas, Writer::i32)?;
        w.array_of(form, &self.adding_replicas, Writer::i32)?;
        w.array_of(form, &self.removing_replicas, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OngoingPartitionReassignment<'static> {
        OngoingPartitionReassignment {
            partition_index: self.partition_index,
            replicas: self.replicas,
            adding_replicas: self.adding_replicas,
            removing_replicas: self.removing_replicas,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
