// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// What a member of a classic Kafka Streams group tells its assignor.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionInfoData<'a> {
    pub version: i32,
    pub latest_supported_version: i32,
    /// Of the process the member runs in; its members share state.
    pub process_id: Uuid,
    pub prev_tasks: Vec<TaskId>,
    /// Copies of state, ready to take over.
    pub standby_tasks: Vec<TaskId>,
    pub user_end_point: Cow<'a, [u8]>,
    pub task_offset_sums: Vec<TaskOffsetSum<'a>>,
    pub unique_field: i8,
    /// 0 for none.
    pub error_code: i32,
    pub client_tags: Vec<ClientTag<'a>>,
}

impl Default for SubscriptionInfoData<'_> {
    fn default() -> Self {
        Self {
            version: 0,
            latest_supported_version: -1,
            process_id: Uuid::ZERO,
            prev_tasks: Vec::new(),
            standby_tasks: Vec::new(),
            user_end_point: Cow::Borrowed(&[]),
            task_offset_sums: Vec::new(),
            unique_field: 0,
            error_code: 0,
            client_tags: Vec::new(),
        }
    }
}

impl<'a> SubscriptionInfoData<'a> {
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 11;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.version = r.i32()?;
        if version >= 3 {
            value.latest_supported_version = r.i32()?;
        }
        value.process_id = r.uuid()?;
        if version <= 6 {
            value.prev_tasks = r.array(form, version, TaskId::decode)?;
        }
        if version <= 6 {
            value.standby_tasks = r.array(form, version, TaskId::decode)?;
        }
        if version >= 2 {
            value.user_end_point = Cow::Borrowed(r.bytes_as(form)?);
        }
        if version >= 7 {
            value.task_offset_sums = r.array(form, version, TaskOffsetSum::decode)?;
        }
        if version >= 8 {
            value.unique_field = r.i8()?;
        }
        if version >= 9 {
            value.error_code = r.i32()?;
        }
        if version >= 11 {
            value.client_tags = r.array(form, version, ClientTag::decode)?;
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.i32(self.version);
        if version >= 3 { w.i32(self.latest_supported_version); } else if self.latest_supported_version != -1 {
            return Err(not_in_version("latestSupportedVersion", version));
        }
        w.uuid(self.process_id);
        if version <= 6 { w.array(form, &self.prev_tasks, version, TaskId::encode)?; } else if !self.prev_tasks.is_empty() {
            return Err(not_in_version("prevTasks", version));
        }
        if version <= 6 { w.array(form, &self.standby_tasks, version, TaskId::encode)?; } else if !self.standby_tasks.is_empty() {
            return Err(not_in_version("standbyTasks", version));
        }
        if version >= 2 { w.bytes_as(form, &self.user_end_point)?; } else if !self.user_end_point.is_empty() {
            return Err(not_in_version("userEndPoint", version));
        }
        if version >= 7 { w.array(form, &self.task_offset_sums, version, TaskOffsetSum::encode)?; } else if !self.task_offset_sums.is_empty() {
            return Err(not_in_version("taskOffsetSums", version));
        }
        if version >= 8 { w.i8(self.unique_field); } else if self.unique_field != 0 {
            return Err(not_in_version("uniqueField", version));
        }
        if version >= 9 { w.i32(self.error_code); } else if self.error_code != 0 {
            return Err(not_in_version("errorCode", version));
        }
        if version >= 11 { w.array(form, &self.client_tags, version, ClientTag::encode)?; } else if !self.client_tags.is_empty() {
            return Err(not_in_version("clientTags", version));
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SubscriptionInfoData<'static> {
        SubscriptionInfoData {
            version: self.version,
            latest_supported_version: self.latest_supported_version,
            process_id: self.process_id,
            prev_tasks: self.prev_tasks,
            standby_tasks: self.standby_tasks,
            user_end_point: Cow::Owned(self.user_end_point.into_owned()),
            task_offset_sums: self.task_offset_sums.into_iter().map(TaskOffsetSum::into_owned).collect(),
            unique_field: self.unique_field,
            error_code: self.error_code,
            client_tags: self.client_tags.into_iter().map(ClientTag::into_owned).collect(),
        }
    }
}

/// Part of [`SubscriptionInfoData`].
#[derive(Clone, Debug, PartialEq)]
pub struct TaskId {
    pub topic_group_id: i32,
    pub partition: i32,
}

impl Default for TaskId {
    fn default() -> Self {
        Self {
            topic_group_id: 0,
            partition: 0,
        }
    }
}

impl TaskId {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        if version <= 6 {
            value.topic_group_id = r.i32()?;
        }
        if version <= 6 {
            value.partition = r.i32()?;
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        if version <= 6 { w.i32(self.topic_group_id); } else if self.topic_group_id != 0 {
            return Err(not_in_version("topicGroupId", version));
        }
        if version <= 6 { w.i32(self.partition); } else if self.partition != 0 {
            return Err(not_in_version("partition", version));
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TaskId {
        TaskId {
            topic_group_id: self.topic_group_id,
            partition: self.partition,
        }
    }
}

/// Part of [`SubscriptionInfoData`].
#[derive(Clone, Debug, PartialEq)]
pub struct TaskOffsetSum<'a> {
    pub topic_group_id: i32,
    pub partition: i32,
    pub offset_sum: i64,
    pub named_topology: Option<Cow<'a, str>>,
    pub partition_to_offset_sum: Vec<PartitionToOffsetSum>,
}

impl Default for TaskOffsetSum<'_> {
    fn default() -> Self {
        Self {
            topic_group_id: 0,
            partition: 0,
            offset_sum: 0,
            named_topology: Some(Cow::Borrowed("")),
            partition_to_offset_sum: Vec::new(),
        }
    }
}

impl<'a> TaskOffsetSum<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        if version >= 7 {
            value.topic_group_id = r.i32()?;
        }
        if version >= 10 {
            value.partition = r.i32()?;
        }
        if version >= 10 {
            value.offset_sum = r.i64()?;
        }
        if version >= 10 {
            value.named_topology = r.nullable_string_as(form)?;
        }
        if (7..=9).contains(&version) {
            value.partition_to_offset_sum = r.array(form, version, PartitionToOffsetSum::decode)?;
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        if version >= 7 { w.i32(self.topic_group_id); } else if self.topic_group_id != 0 {
            return Err(not_in_version("topicGroupId", version));
        }
        if version >= 10 { w.i32(self.partition); } else if self.partition != 0 {
            return Err(not_in_version("partition", version));
        }
        if version >= 10 { w.i64(self.offset_sum); } else if self.offset_sum != 0 {
            return Err(not_in_version("offsetSum", version));
        }
        if version >= 10 { match &self.named_topology { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.named_topology.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("namedTopology", version));
        }
        if (7..=9).contains(&version) { w.array(form, &self.partition_to_offset_sum, version, PartitionToOffsetSum::encode)?; } else if !self.partition_to_offset_sum.is_empty() {
            return Err(not_in_version("partitionToOffsetSum", version));
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TaskOffsetSum<'static> {
        TaskOffsetSum {
            topic_group_id: self.topic_group_id,
            partition: self.partition,
            offset_sum: self.offset_sum,
            named_topology: self.named_topology.map(|value| Cow::Owned(value.into_owned())),
            partition_to_offset_sum: self.partition_to_offset_sum,
        }
    }
}

/// Part of [`SubscriptionInfoData`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionToOffsetSum {
    pub partition: i32,
    pub offset_sum: i64,
}

impl Default for PartitionToOffsetSum {
    fn default() -> Self {
        Self {
            partition: 0,
            offset_sum: 0,
        }
    }
}

impl PartitionToOffsetSum {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        if (7..=9).contains(&version) {
            value.partition = r.i32()?;
        }
        if (7..=9).contains(&version) {
            value.offset_sum = r.i64()?;
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        if (7..=9).contains(&version) { w.i32(self.partition); } else if self.partition != 0 {
            return Err(not_in_version("partition", version));
        }
        if (7..=9).contains(&version) { w.i64(self.offset_sum); } else if self.offset_sum != 0 {
            return Err(not_in_version("offsetSum", version));
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionToOffsetSum {
        PartitionToOffsetSum {
            partition: self.partition,
            offset_sum: self.offset_sum,
        }
    }
}

/// Part of [`SubscriptionInfoData`].
#[derive(Clone, Debug, PartialEq)]
pub struct ClientTag<'a> {
    pub key: Cow<'a, [u8]>,
    pub value: Cow<'a, [u8]>,
}

impl Default for ClientTag<'_> {
    fn default() -> Self {
        Self {
            key: Cow::Borrowed(&[]),
            value: Cow::Borrowed(&[]),
        }
    }
}

impl<'a> ClientTag<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        if version >= 11 {
            value.key = Cow::Borrowed(r.bytes_as(form)?);
        }
        if version >= 11 {
            value.value = Cow::Borrowed(r.bytes_as(form)?);
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        if version >= 11 { w.bytes_as(form, &self.key)?; } else if !self.key.is_empty() {
            return Err(not_in_version("key", version));
        }
        if version >= 11 { w.bytes_as(form, &self.value)?; } else if !self.value.is_empty() {
            return Err(not_in_version("value", version));
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ClientTag<'static> {
        ClientTag {
            key: Cow::Owned(self.key.into_owned()),
            value: Cow::Owned(self.value.into_owned()),
        }
    }
}
