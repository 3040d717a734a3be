// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `StreamsGroupHeartbeat`: member epoch, and the tasks when they changed.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupHeartbeatResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub member_id: Cow<'a, str>,
    /// Fences a member that fell behind its group.
    pub member_epoch: i32,
    pub heartbeat_interval_ms: i32,
    /// Up to this a task counts as caught up.
    pub acceptable_recovery_lag: i32,
    pub task_offset_interval_ms: i32,
    pub status: Option<Vec<Status<'a>>>,
    pub active_tasks: Option<Vec<TaskIds<'a>>>,
    /// Copies of state, ready to take over.
    pub standby_tasks: Option<Vec<TaskIds<'a>>>,
    /// Being built up before they move here.
    pub warmup_tasks: Option<Vec<TaskIds<'a>>>,
    pub endpoint_information_epoch: i32,
    pub partitions_by_user_endpoint: Option<Vec<EndpointToPartitions<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupHeartbeatResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            error_message: None,
            member_id: Cow::Borrowed(""),
            member_epoch: 0,
            heartbeat_interval_ms: 0,
            acceptable_recovery_lag: 0,
            task_offset_interval_ms: 0,
            status: Some(Vec::new()),
            active_tasks: None,
            standby_tasks: None,
            warmup_tasks: None,
            endpoint_information_epoch: 0,
            partitions_by_user_endpoint: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupHeartbeatResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(88);
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
        value.member_id = r.string_as(form)?;
        value.member_epoch = r.i32()?;
        value.heartbeat_interval_ms = r.i32()?;
        value.acceptable_recovery_lag = r.i32()?;
        value.task_offset_interval_ms = r.i32()?;
        value.status = r.nullable_array(form, version, Status::decode)?;
        value.active_tasks = r.nullable_array(form, version, TaskIds::decode)?;
        value.standby_tasks = r.nullable_array(form, version, TaskIds::decode)?;
        value.warmup_tasks = r.nullable_array(form, version, TaskIds::decode)?;
        value.endpoint_information_epoch = r.i32()?;
        value.partitions_by_user_endpoint = r.nullable_array(form, version, EndpointToPartitions::decode)?;
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
        w.string_as(form, &self.member_id)?;
        w.i32(self.member_epoch);
        w.i32(self.heartbeat_interval_ms);
        w.i32(self.acceptable_recovery_lag);
        w.i32(self.task_offset_interval_ms);
        match &self.status { Some(value) => { w.array(form, value, version, Status::encode)?; } None => { w.null_array_as(form); } }
        match &self.active_tasks { Some(value) => { w.array(form, value, version, TaskIds::encode)?; } None => { w.null_array_as(form); } }
        match &self.standby_tasks { Some(value) => { w.array(form, value, version, TaskIds::encode)?; } None => { w.null_array_as(form); } }
        match &self.warmup_tasks { Some(value) => { w.array(form, value, version, TaskIds::encode)?; } None => { w.null_array_as(form); } }
        w.i32(self.endpoint_information_epoch);
        match &self.partitions_by_user_endpoint { Some(value) => { w.array(form, value, version, EndpointToPartitions::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> StreamsGroupHeartbeatResponse<'static> {
        StreamsGroupHeartbeatResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            member_id: Cow::Owned(self.member_id.into_owned()),
            member_epoch: self.member_epoch,
            heartbeat_interval_ms: self.heartbeat_interval_ms,
            acceptable_recovery_lag: self.acceptable_recovery_lag,
            task_offset_interval_ms: self.task_offset_interval_ms,
            status: self.status.map(|value| value.into_iter().map(Status::into_owned).collect()),
            active_tasks: self.active_tasks.map(|value| value.into_iter().map(TaskIds::into_owned).collect()),
            standby_tasks: self.standby_tasks.map(|value| value.into_iter().map(TaskIds::into_owned).collect()),
            warmup_tasks: self.warmup_tasks.map(|value| value.into_iter().map(TaskIds::into_owned).collect()),
            endpoint_information_epoch: self.endpoint_information_epoch,
            partitions_by_user_endpoint: self.partitions_by_user_endpoint.map(|value| value.into_iter().map(EndpointToPartitions::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for StreamsGroupHeartbeatResponse<'_> {
    const API_KEY: ApiKey = StreamsGroupHeartbeatResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        StreamsGroupHeartbeatResponse::encode(self, w, version)
    }
}

/// Part of [`StreamsGroupHeartbeatResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointToPartitions<'a> {
    /// For interactive queries.
    pub user_endpoint: Endpoint<'a>,
    pub active_partitions: Vec<TopicPartition<'a>>,
    pub standby_partitions: Vec<TopicPartition<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for EndpointToPartitions<'_> {
    fn default() -> Self {
        Self {
            user_endpoint: Endpoint::default(),
            active_partitions: Vec::new(),
            standby_partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> EndpointToPartitions<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.user_endpoint = Endpoint::decode(r, version)?;
        value.active_partitions = r.array(form, version, TopicPartition::decode)?;
        value.standby_partitions = r.array(form, version, TopicPartition::decode)?;
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
        self.user_endpoint.encode(w, version)?;
        w.array(form, &self.active_partitions, version, TopicPartition::encode)?;
        w.array(form, &self.standby_partitions, version, TopicPartition::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> EndpointToPartitions<'static> {
        EndpointToPartitions {
            user_endpoint: self.user_endpoint.into_owned(),
            active_partitions: self.active_partitions.into_iter().map(TopicPartition::into_owned).collect(),
            standby_partitions: self.standby_partitions.into_iter().map(TopicPartition::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Status<'a> {
    pub status_code: i8,
    pub status_detail: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Status<'_> {
    fn default() -> Self {
        Self {
            status_code: 0,
            status_detail: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Status<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.status_code = r.i8()?;
        value.status_detail = r.string_as(form)?;
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
        w.i8(self.status_code);
        w.string_as(form, &self.status_detail)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Status<'static> {
        Status {
            status_code: self.status_code,
            status_detail: Cow::Owned(self.status_detail.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartition<'a> {
    pub topic: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicPartition<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicPartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic = r.string_as(form)?;
        value.partitions = r.array_of(form, Reader::i32)?;
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
        w.string_as(form, &self.topic)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicPartition<'static> {
        TopicPartition {
            topic: Cow::Owned(self.topic.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TaskIds<'a> {
    pub subtopology_id: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TaskIds<'_> {
    fn default() -> Self {
        Self {
            subtopology_id: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TaskIds<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.subtopology_id = r.string_as(form)?;
        value.partitions = r.array_of(form, Reader::i32)?;
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
        w.string_as(form, &self.subtopology_id)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TaskIds<'static> {
        TaskIds {
            subtopology_id: Cow::Owned(self.subtopology_id.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint<'a> {
    pub host: Cow<'a, str>,
    pub port: u16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Endpoint<'_> {
    fn default() -> Self {
        Self {
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Endpoint<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.host = r.string_as(form)?;
        value.port = r.u16()?;
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
        w.string_as(form, &self.host)?;
        w.u16(self.port);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Endpoint<'static> {
        Endpoint {
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
