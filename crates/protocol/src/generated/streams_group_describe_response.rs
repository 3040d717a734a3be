// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `StreamsGroupDescribe`: epochs, topology, members and tasks by group.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupDescribeResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupDescribeResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupDescribeResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(89);
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
        value.groups = r.array(form, version, DescribedGroup::decode)?;
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
        w.array(form, &self.groups, version, DescribedGroup::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> StreamsGroupDescribeResponse<'static> {
        StreamsGroupDescribeResponse {
            throttle_time_ms: self.throttle_time_ms,
            groups: self.groups.into_iter().map(DescribedGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for StreamsGroupDescribeResponse<'_> {
    const API_KEY: ApiKey = StreamsGroupDescribeResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        StreamsGroupDescribeResponse::encode(self, w, version)
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub group_id: Cow<'a, str>,
    pub group_state: Cow<'a, str>,
    pub group_epoch: i32,
    pub assignment_epoch: i32,
    pub topology: Option<Topology<'a>>,
    pub members: Vec<Member<'a>>,
    /// Bit field of ACL operations; the least int32 if not asked for.
    pub authorized_operations: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribedGroup<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            error_message: None,
            group_id: Cow::Borrowed(""),
            group_state: Cow::Borrowed(""),
            group_epoch: 0,
            assignment_epoch: 0,
            topology: None,
            members: Vec::new(),
            authorized_operations: -2147483648,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribedGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.group_id = r.string_as(form)?;
        value.group_state = r.string_as(form)?;
        value.group_epoch = r.i32()?;
        value.assignment_epoch = r.i32()?;
        value.topology = if r.i8()? < 0 { None } else { Some(Topology::decode(r, version)?) };
        value.members = r.array(form, version, Member::decode)?;
        value.authorized_operations = r.i32()?;
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
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.group_state)?;
        w.i32(self.group_epoch);
        w.i32(self.assignment_epoch);
        match &self.topology { Some(value) => { w.i8(1); value.encode(w, version)?; } None => { w.i8(-1); } }
        w.array(form, &self.members, version, Member::encode)?;
        w.i32(self.authorized_operations);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribedGroup<'static> {
        DescribedGroup {
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            group_id: Cow::Owned(self.group_id.into_owned()),
            group_state: Cow::Owned(self.group_state.into_owned()),
            group_epoch: self.group_epoch,
            assignment_epoch: self.assignment_epoch,
            topology: self.topology.map(|value| value.into_owned()),
            members: self.members.into_iter().map(Member::into_owned).collect(),
            authorized_operations: self.authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Topology<'a> {
    pub epoch: i32,
    pub subtopologies: Option<Vec<Subtopology<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Topology<'_> {
    fn default() -> Self {
        Self {
            epoch: 0,
            subtopologies: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Topology<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.epoch = r.i32()?;
        value.subtopologies = r.nullable_array(form, version, Subtopology::decode)?;
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
        w.i32(self.epoch);
        match &self.subtopologies { Some(value) => { w.array(form, value, version, Subtopology::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Topology<'static> {
        Topology {
            epoch: self.epoch,
            subtopologies: self.subtopologies.map(|value| value.into_iter().map(Subtopology::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Subtopology<'a> {
    pub subtopology_id: Cow<'a, str>,
    pub source_topics: Vec<Cow<'a, str>>,
    pub repartition_sink_topics: Vec<Cow<'a, str>>,
    pub state_changelog_topics: Vec<TopicInfo<'a>>,
    pub repartition_source_topics: Vec<TopicInfo<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Subtopology<'_> {
    fn default() -> Self {
        Self {
            subtopology_id: Cow::Borrowed(""),
            source_topics: Vec::new(),
            repartition_sink_topics: Vec::new(),
            state_changelog_topics: Vec::new(),
            repartition_source_topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Subtopology<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.subtopology_id = r.string_as(form)?;
        value.source_topics = r.strings(form)?;
        value.repartition_sink_topics = r.strings(form)?;
        value.state_changelog_topics = r.array(form, version, TopicInfo::decode)?;
        value.repartition_source_topics = r.array(form, version, TopicInfo::decode)?;
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
        w.strings(form, &self.source_topics)?;
        w.strings(form, &self.repartition_sink_topics)?;
        w.array(form, &self.state_changelog_topics, version, TopicInfo::encode)?;
        w.array(form, &self.repartition_source_topics, version, TopicInfo::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Subtopology<'static> {
        Subtopology {
            subtopology_id: Cow::Owned(self.subtopology_id.into_owned()),
            source_topics: self.source_topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            repartition_sink_topics: self.repartition_sink_topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            state_changelog_topics: self.state_changelog_topics.into_iter().map(TopicInfo::into_owned).collect(),
            repartition_source_topics: self.repartition_source_topics.into_iter().map(TopicInfo::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    pub member_id: Cow<'a, str>,
    /// Fences a member that fell behind its group.
    pub member_epoch: i32,
    /// Of a static member, else null.
    pub instance_id: Option<Cow<'a, str>>,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
    pub client_id: Cow<'a, str>,
    pub client_host: Cow<'a, str>,
    /// Rises with every change of the topology.
    pub topology_epoch: i32,
    /// Of the process the member runs in; its members share state.
    pub process_id: Cow<'a, str>,
    /// For interactive queries.
    pub user_endpoint: Option<Endpoint<'a>>,
    pub client_tags: Vec<KeyValue<'a>>,
    /// How far each task's state is.
    pub task_offsets: Vec<TaskOffset<'a>>,
    /// Where each task's changelog ends.
    pub task_end_offsets: Vec<TaskOffset<'a>>,
    pub assignment: Assignment<'a>,
    pub target_assignment: Assignment<'a>,
    pub is_classic: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Member<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            member_epoch: 0,
            instance_id: None,
            rack_id: None,
            client_id: Cow::Borrowed(""),
            client_host: Cow::Borrowed(""),
            topology_epoch: 0,
            process_id: Cow::Borrowed(""),
            user_endpoint: None,
            client_tags: Vec::new(),
            task_offsets: Vec::new(),
            task_end_offsets: Vec::new(),
            assignment: Assignment::default(),
            target_assignment: Assignment::default(),
            is_classic: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Member<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.member_id = r.string_as(form)?;
        value.member_epoch = r.i32()?;
        value.instance_id = r.nullable_string_as(form)?;
        value.rack_id = r.nullable_string_as(form)?;
        value.client_id = r.string_as(form)?;
        value.client_host = r.string_as(form)?;
        value.topology_epoch = r.i32()?;
        value.process_id = r.string_as(form)?;
        value.user_endpoint = if r.i8()? < 0 { None } else { Some(Endpoint::decode(r, version)?) };
        value.client_tags = r.array(form, version, KeyValue::decode)?;
        value.task_offsets = r.array(form, version, TaskOffset::decode)?;
        value.task_end_offsets = r.array(form, version, TaskOffset::decode)?;
        value.assignment = Assignment::decode(r, version)?;
        value.target_assignment = Assignment::decode(r, version)?;
        value.is_classic = r.bool()?;
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
        w.string_as(form, &self.member_id)?;
        w.i32(self.member_epoch);
        match &self.instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.string_as(form, &self.client_id)?;
        w.string_as(form, &self.client_host)?;
        w.i32(self.topology_epoch);
        w.string_as(form, &self.process_id)?;
        match &self.user_endpoint { Some(value) => { w.i8(1); value.encode(w, version)?; } None => { w.i8(-1); } }
        w.array(form, &self.client_tags, version, KeyValue::encode)?;
        w.array(form, &self.task_offsets, version, TaskOffset::encode)?;
        w.array(form, &self.task_end_offsets, version, TaskOffset::encode)?;
        self.assignment.encode(w, version)?;
        self.target_assignment.encode(w, version)?;
        w.bool(self.is_classic);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Member<'static> {
        Member {
            member_id: Cow::Owned(self.member_id.into_owned()),
            member_epoch: self.member_epoch,
            instance_id: self.instance_id.map(|value| Cow::Owned(value.into_owned())),
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
            client_id: Cow::Owned(self.client_id.into_owned()),
            client_host: Cow::Owned(self.client_host.into_owned()),
            topology_epoch: self.topology_epoch,
            process_id: Cow::Owned(self.process_id.into_owned()),
            user_endpoint: self.user_endpoint.map(|value| value.into_owned()),
            client_tags: self.client_tags.into_iter().map(KeyValue::into_owned).collect(),
            task_offsets: self.task_offsets.into_iter().map(TaskOffset::into_owned).collect(),
            task_end_offsets: self.task_end_offsets.into_iter().map(TaskOffset::into_owned).collect(),
            assignment: self.assignment.into_owned(),
            target_assignment: self.target_assignment.into_owned(),
            is_classic: self.is_classic,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
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

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TaskOffset<'a> {
    pub subtopology_id: Cow<'a, str>,
    pub partition: i32,
    pub offset: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TaskOffset<'_> {
    fn default() -> Self {
        Self {
            subtopology_id: Cow::Borrowed(""),
            partition: 0,
            offset: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TaskOffset<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.subtopology_id = r.string_as(form)?;
        value.partition = r.i32()?;
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
        w.string_as(form, &self.subtopology_id)?;
        w.i32(self.partition);
        w.i64(self.offset);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TaskOffset<'static> {
        TaskOffset {
            subtopology_id: Cow::Owned(self.subtopology_id.into_owned()),
            partition: self.partition,
            offset: self.offset,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment<'a> {
    pub active_tasks: Vec<TaskIds<'a>>,
    /// Copies of state, ready to take over.
    pub standby_tasks: Vec<TaskIds<'a>>,
    /// Being built up before they move here.
    pub warmup_tasks: Vec<TaskIds<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Assignment<'_> {
    fn default() -> Self {
        Self {
            active_tasks: Vec::new(),
            standby_tasks: Vec::new(),
            warmup_tasks: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Assignment<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.active_tasks = r.array(form, version, TaskIds::decode)?;
        value.standby_tasks = r.array(form, version, TaskIds::decode)?;
        value.warmup_tasks = r.array(form, version, TaskIds::decode)?;
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
        w.array(form, &self.active_tasks, version, TaskIds::encode)?;
        w.array(form, &self.standby_tasks, version, TaskIds::encode)?;
        w.array(form, &self.warmup_tasks, version, TaskIds::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Assignment<'static> {
        Assignment {
            active_tasks: self.active_tasks.into_iter().map(TaskIds::into_owned).collect(),
            standby_tasks: self.standby_tasks.into_iter().map(TaskIds::into_owned).collect(),
            warmup_tasks: self.warmup_tasks.into_iter().map(TaskIds::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
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

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct KeyValue<'a> {
    pub key: Cow<'a, str>,
    pub value: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for KeyValue<'_> {
    fn default() -> Self {
        Self {
            key: Cow::Borrowed(""),
            value: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> KeyValue<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.key = r.string_as(form)?;
        value.value = r.string_as(form)?;
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
        w.string_as(form, &self.key)?;
        w.string_as(form, &self.value)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> KeyValue<'static> {
        KeyValue {
            key: Cow::Owned(self.key.into_owned()),
            value: Cow::Owned(self.value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicInfo<'a> {
    pub name: Cow<'a, str>,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<KeyValue<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicInfo<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: 0,
            replication_factor: 0,
            topic_configs: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicInfo<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.i32()?;
        value.replication_factor = r.i16()?;
        value.topic_configs = r.array(form, version, KeyValue::decode)?;
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
        w.i32(self.partitions);
        w.i16(self.replication_factor);
        w.array(form, &self.topic_configs, version, KeyValue::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicInfo<'static> {
        TopicInfo {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions,
            replication_factor: self.replication_factor,
            topic_configs: self.topic_configs.into_iter().map(KeyValue::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
