// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Joins, keeps alive and leaves a streams group.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupHeartbeatRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub member_id: Cow<'a, str>,
    /// 0 joins, -1 leaves, -2 leaves as a static member for a while.
    pub member_epoch: i32,
    pub endpoint_information_epoch: i32,
    /// Of a static member, else null.
    pub instance_id: Option<Cow<'a, str>>,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
    /// How long members may take to rejoin or to give partitions up.
    pub rebalance_timeout_ms: i32,
    pub topology: Option<Topology<'a>>,
    pub active_tasks: Option<Vec<TaskIds<'a>>>,
    /// Copies of state, ready to take over.
    pub standby_tasks: Option<Vec<TaskIds<'a>>>,
    /// Being built up before they move here.
    pub warmup_tasks: Option<Vec<TaskIds<'a>>>,
    /// Of the process the member runs in; its members share state.
    pub process_id: Option<Cow<'a, str>>,
    /// For interactive queries.
    pub user_endpoint: Option<Endpoint<'a>>,
    pub client_tags: Option<Vec<KeyValue<'a>>>,
    /// How far each task's state is.
    pub task_offsets: Option<Vec<TaskOffset<'a>>>,
    /// Where each task's changelog ends.
    pub task_end_offsets: Option<Vec<TaskOffset<'a>>>,
    /// Asks all members to stop.
    pub shutdown_application: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupHeartbeatRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            member_id: Cow::Borrowed(""),
            member_epoch: 0,
            endpoint_information_epoch: 0,
            instance_id: None,
            rack_id: None,
            rebalance_timeout_ms: -1,
            topology: None,
            active_tasks: None,
            standby_tasks: None,
            warmup_tasks: None,
            process_id: None,
            user_endpoint: None,
            client_tags: None,
            task_offsets: None,
            task_end_offsets: None,
            shutdown_application: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupHeartbeatRequest<'a> {
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
        value.group_id = r.string_as(form)?;
        value.member_id = r.string_as(form)?;
        value.member_epoch = r.i32()?;
        value.endpoint_information_epoch = r.i32()?;
        value.instance_id = r.nullable_string_as(form)?;
        value.rack_id = r.nullable_string_as(form)?;
        value.rebalance_timeout_ms = r.i32()?;
        value.topology = if r.i8()? < 0 { None } else { Some(Topology::decode(r, version)?) };
        value.active_tasks = r.nullable_array(form, version, TaskIds::decode)?;
        value.standby_tasks = r.nullable_array(form, version, TaskIds::decode)?;
        value.warmup_tasks = r.nullable_array(form, version, TaskIds::decode)?;
        value.process_id = r.nullable_string_as(form)?;
        value.user_endpoint = if r.i8()? < 0 { None } else { Some(Endpoint::decode(r, version)?) };
        value.client_tags = r.nullable_array(form, version, KeyValue::decode)?;
        value.task_offsets = r.nullable_array(form, version, TaskOffset::decode)?;
        value.task_end_offsets = r.nullable_array(form, version, TaskOffset::decode)?;
        value.shutdown_application = r.bool()?;
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
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.member_id)?;
        w.i32(self.member_epoch);
        w.i32(self.endpoint_information_epoch);
        match &self.instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.rebalance_timeout_ms);
        match &self.topology { Some(value) => { w.i8(1); value.encode(w, version)?; } None => { w.i8(-1); } }
        match &self.active_tasks { Some(value) => { w.array(form, value, version, TaskIds::encode)?; } None => { w.null_array_as(form); } }
        match &self.standby_tasks { Some(value) => { w.array(form, value, version, TaskIds::encode)?; } None => { w.null_array_as(form); } }
        match &self.warmup_tasks { Some(value) => { w.array(form, value, version, TaskIds::encode)?; } None => { w.null_array_as(form); } }
        match &self.process_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.user_endpoint { Some(value) => { w.i8(1); value.encode(w, version)?; } None => { w.i8(-1); } }
        match &self.client_tags { Some(value) => { w.array(form, value, version, KeyValue::encode)?; } None => { w.null_array_as(form); } }
        match &self.task_offsets { Some(value) => { w.array(form, value, version, TaskOffset::encode)?; } None => { w.null_array_as(form); } }
        match &self.task_end_offsets { Some(value) => { w.array(form, value, version, TaskOffset::encode)?; } None => { w.null_array_as(form); } }
        w.bool(self.shutdown_application);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> StreamsGroupHeartbeatRequest<'static> {
        StreamsGroupHeartbeatRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            member_id: Cow::Owned(self.member_id.into_owned()),
            member_epoch: self.member_epoch,
            endpoint_information_epoch: self.endpoint_information_epoch,
            instance_id: self.instance_id.map(|value| Cow::Owned(value.into_owned())),
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
            rebalance_timeout_ms: self.rebalance_timeout_ms,
            topology: self.topology.map(|value| value.into_owned()),
            active_tasks: self.active_tasks.map(|value| value.into_iter().map(TaskIds::into_owned).collect()),
            standby_tasks: self.standby_tasks.map(|value| value.into_iter().map(TaskIds::into_owned).collect()),
            warmup_tasks: self.warmup_tasks.map(|value| value.into_iter().map(TaskIds::into_owned).collect()),
            process_id: self.process_id.map(|value| Cow::Owned(value.into_owned())),
            user_endpoint: self.user_endpoint.map(|value| value.into_owned()),
            client_tags: self.client_tags.map(|value| value.into_iter().map(KeyValue::into_owned).collect()),
            task_offsets: self.task_offsets.map(|value| value.into_iter().map(TaskOffset::into_owned).collect()),
            task_end_offsets: self.task_end_offsets.map(|value| value.into_iter().map(TaskOffset::into_owned).collect()),
            shutdown_application: self.shutdown_application,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for StreamsGroupHeartbeatRequest<'_> {
    const API_KEY: ApiKey = StreamsGroupHeartbeatRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        StreamsGroupHeartbeatRequest::encode(self, w, version)
    }
}

/// Part of [`StreamsGroupHeartbeatRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct Topology<'a> {
    pub epoch: i32,
    pub subtopologies: Vec<Subtopology<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Topology<'_> {
    fn default() -> Self {
        Self {
            epoch: 0,
            subtopologies: Vec::new(),
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
        value.subtopologies = r.array(form, version, Subtopology::decode)?;
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
        w.array(form, &self.subtopologies, version, Subtopology::encode)?;
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
            subtopologies: self.subtopologies.into_iter().map(Subtopology::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct Subtopology<'a> {
    pub subtopology_id: Cow<'a, str>,
    pub source_topics: Vec<Cow<'a, str>>,
    pub source_topic_regex: Vec<Cow<'a, str>>,
    pub state_changelog_topics: Vec<TopicInfo<'a>>,
    pub repartition_sink_topics: Vec<Cow<'a, str>>,
    pub repartition_source_topics: Vec<TopicInfo<'a>>,
    /// Topics that must be partitioned alike.
    pub copartition_groups: Vec<CopartitionGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Subtopology<'_> {
    fn default() -> Self {
        Self {
            subtopology_id: Cow::Borrowed(""),
            source_topics: Vec::new(),
            source_topic_regex: Vec::new(),
            state_changelog_topics: Vec::new(),
            repartition_sink_topics: Vec::new(),
            repartition_source_topics: Vec::new(),
            copartition_groups: Vec::new(),
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
        value.source_topic_regex = r.strings(form)?;
        value.state_changelog_topics = r.array(form, version, TopicInfo::decode)?;
        value.repartition_sink_topics = r.strings(form)?;
        value.repartition_source_topics = r.array(form, version, TopicInfo::decode)?;
        value.copartition_groups = r.array(form, version, CopartitionGroup::decode)?;
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
        w.strings(form, &self.source_topic_regex)?;
        w.array(form, &self.state_changelog_topics, version, TopicInfo::encode)?;
        w.strings(form, &self.repartition_sink_topics)?;
        w.array(form, &self.repartition_source_topics, version, TopicInfo::encode)?;
        w.array(form, &self.copartition_groups, version, CopartitionGroup::encode)?;
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
            source_topic_regex: self.source_topic_regex.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            state_changelog_topics: self.state_changelog_topics.into_iter().map(TopicInfo::into_owned).collect(),
            repartition_sink_topics: self.repartition_sink_topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            repartition_source_topics: self.repartition_source_topics.into_iter().map(TopicInfo::into_owned).collect(),
            copartition_groups: self.copartition_groups.into_iter().map(CopartitionGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CopartitionGroup<'a> {
    pub source_topics: Vec<i16>,
    pub source_topic_regex: Vec<i16>,
    pub repartition_source_topics: Vec<i16>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CopartitionGroup<'_> {
    fn default() -> Self {
        Self {
            source_topics: Vec::new(),
            source_topic_regex: Vec::new(),
            repartition_source_topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CopartitionGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.source_topics = r.array_of(form, Reader::i16)?;
        value.source_topic_regex = r.array_of(form, Reader::i16)?;
        value.repartition_source_topics = r.array_of(form, Reader::i16)?;
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
        w.array_of(form, &self.source_topics, Writer::i16)?;
        w.array_of(form, &self.source_topic_regex, Writer::i16)?;
        w.array_of(form, &self.repartition_source_topics, Writer::i16)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CopartitionGroup<'static> {
        CopartitionGroup {
            source_topics: self.source_topics,
            source_topic_regex: self.source_topic_regex,
            repartition_source_topics: self.repartition_source_topics,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupHeartbeatRequest`].
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

/// Part of [`StreamsGroupHeartbeatRequest`].
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

/// Part of [`StreamsGroupHeartbeatRequest`].
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

/// Part of [`StreamsGroupHeartbeatRequest`].
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

/// Part of [`StreamsGroupHeartbeatRequest`].
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
