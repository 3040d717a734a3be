// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ConsumerGroupDescribe`: epochs, members and assignments by group.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupDescribeResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupDescribeResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupDescribeResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(69);
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
    pub fn into_owned(self) -> ConsumerGroupDescribeResponse<'static> {
        ConsumerGroupDescribeResponse {
            throttle_time_ms: self.throttle_time_ms,
            groups: self.groups.into_iter().map(DescribedGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ConsumerGroupDescribeResponse<'_> {
    const API_KEY: ApiKey = ConsumerGroupDescribeResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ConsumerGroupDescribeResponse::encode(self, w, version)
    }
}

/// Part of [`ConsumerGroupDescribeResponse`].
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
    pub assignor_name: Cow<'a, str>,
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
            assignor_name: Cow::Borrowed(""),
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
        value.assignor_name = r.string_as(form)?;
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
        w.string_as(form, &self.assignor_name)?;
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
            assignor_name: Cow::Owned(self.assignor_name.into_owned()),
            members: self.members.into_iter().map(Member::into_owned).collect(),
            authorized_operations: self.authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    pub member_id: Cow<'a, str>,
    /// Of a static member, else null.
    pub instance_id: Option<Cow<'a, str>>,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
    /// Fences a member that fell behind its group.
    pub member_epoch: i32,
    pub client_id: Cow<'a, str>,
    pub client_host: Cow<'a, str>,
    pub subscribed_topic_names: Vec<Cow<'a, str>>,
    /// RE2 form; null if it did not change.
    pub subscribed_topic_regex: Option<Cow<'a, str>>,
    pub assignment: Assignment<'a>,
    pub target_assignment: Assignment<'a>,
    pub member_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Member<'_> {
    fn default() -> Self {
        Self {
            member_id: Cow::Borrowed(""),
            instance_id: None,
            rack_id: None,
            member_epoch: 0,
            client_id: Cow::Borrowed(""),
            client_host: Cow::Borrowed(""),
            subscribed_topic_names: Vec::new(),
            subscribed_topic_regex: None,
            assignment: Assignment::default(),
            target_assignment: Assignment::default(),
            member_type: -1,
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
        value.instance_id = r.nullable_string_as(form)?;
        value.rack_id = r.nullable_string_as(form)?;
        value.member_epoch = r.i32()?;
        value.client_id = r.string_as(form)?;
        value.client_host = r.string_as(form)?;
        value.subscribed_topic_names = r.strings(form)?;
        value.subscribed_topic_regex = r.nullable_string_as(form)?;
        value.assignment = Assignment::decode(r, version)?;
        value.target_assignment = Assignment::decode(r, version)?;
        if version >= 1 {
            value.member_type = r.i8()?;
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
        let form = Form::of(version >= 0);
        w.string_as(form, &self.member_id)?;
        match &self.instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.member_epoch);
        w.string_as(form, &self.client_id)?;
        w.string_as(form, &self.client_host)?;
        w.strings(form, &self.subscribed_topic_names)?;
        match &self.subscribed_topic_regex { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        self.assignment.encode(w, version)?;
        self.target_assignment.encode(w, version)?;
        if version >= 1 { w.i8(self.member_type); }
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
            instance_id: self.instance_id.map(|value| Cow::Owned(value.into_owned())),
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
            member_epoch: self.member_epoch,
            client_id: Cow::Owned(self.client_id.into_owned()),
            client_host: Cow::Owned(self.client_host.into_owned()),
            subscribed_topic_names: self.subscribed_topic_names.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            subscribed_topic_regex: self.subscribed_topic_regex.map(|value| Cow::Owned(value.into_owned())),
            assignment: self.assignment.into_owned(),
            target_assignment: self.target_assignment.into_owned(),
            member_type: self.member_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartitions<'a> {
    pub topic_id: Uuid,
    pub topic_name: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicPartitions<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            topic_name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicPartitions<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_id = r.uuid()?;
        value.topic_name = r.string_as(form)?;
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
        w.uuid(self.topic_id);
        w.string_as(form, &self.topic_name)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicPartitions<'static> {
        TopicPartitions {
            topic_id: self.topic_id,
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupDescribeResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment<'a> {
    pub topic_partitions: Vec<TopicPartitions<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Assignment<'_> {
    fn default() -> Self {
        Self {
            topic_partitions: Vec::new(),
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
        value.topic_partitions = r.array(form, version, TopicPartitions::decode)?;
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
        w.array(form, &self.topic_partitions, version, TopicPartitions::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Assignment<'static> {
        Assignment {
            topic_partitions: self.topic_partitions.into_iter().map(TopicPartitions::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
