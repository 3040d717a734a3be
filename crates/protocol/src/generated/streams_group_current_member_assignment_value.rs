// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the tasks a streams group's member has now.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupCurrentMemberAssignmentValue<'a> {
    /// Fences a member that fell behind its group.
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    pub state: i8,
    pub active_tasks: Vec<TaskIds<'a>>,
    /// Copies of state, ready to take over.
    pub standby_tasks: Vec<TaskIds<'a>>,
    /// Being built up before they move here.
    pub warmup_tasks: Vec<TaskIds<'a>>,
    pub active_tasks_pending_revocation: Vec<TaskIds<'a>>,
    pub standby_tasks_pending_revocation: Vec<TaskIds<'a>>,
    pub warmup_tasks_pending_revocation: Vec<TaskIds<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupCurrentMemberAssignmentValue<'_> {
    fn default() -> Self {
        Self {
            member_epoch: 0,
            previous_member_epoch: 0,
            state: 0,
            active_tasks: Vec::new(),
            standby_tasks: Vec::new(),
            warmup_tasks: Vec::new(),
            active_tasks_pending_revocation: Vec::new(),
            standby_tasks_pending_revocation: Vec::new(),
            warmup_tasks_pending_revocation: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupCurrentMemberAssignmentValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 22;
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
        value.member_epoch = r.i32()?;
        value.previous_member_epoch = r.i32()?;
        value.state = r.i8()?;
        value.active_tasks = r.array(form, version, TaskIds::decode)?;
        value.standby_tasks = r.array(form, version, TaskIds::decode)?;
        value.warmup_tasks = r.array(form, version, TaskIds::decode)?;
        value.active_tasks_pending_revocation = r.array(form, version, TaskIds::decode)?;
        value.standby_tasks_pending_revocation = r.array(form, version, TaskIds::decode)?;
        value.warmup_tasks_pending_revocation = r.array(form, version, TaskIds::decode)?;
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
        w.i32(self.member_epoch);
        w.i32(self.previous_member_epoch);
        w.i8(self.state);
        w.array(form, &self.active_tasks, version, TaskIds::encode)?;
        w.array(form, &self.standby_tasks, version, TaskIds::encode)?;
        w.array(form, &self.warmup_tasks, version, TaskIds::encode)?;
        w.array(form, &self.active_tasks_pending_revocation, version, TaskIds::encode)?;
        w.array(form, &self.standby_tasks_pending_revocation, version, TaskIds::encode)?;
        w.array(form, &self.warmup_tasks_pending_revocation, version, TaskIds::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> StreamsGroupCurrentMemberAssignmentValue<'static> {
        StreamsGroupCurrentMemberAssignmentValue {
            member_epoch: self.member_epoch,
            previous_member_epoch: self.previous_member_epoch,
            state: self.state,
            active_tasks: self.active_tasks.into_iter().map(TaskIds::into_owned).collect(),
            standby_tasks: self.standby_tasks.into_iter().map(TaskIds::into_owned).collect(),
            warmup_tasks: self.warmup_tasks.into_iter().map(TaskIds::into_owned).collect(),
            active_tasks_pending_revocation: self.active_tasks_pending_revocation.into_iter().map(TaskIds::into_owned).collect(),
            standby_tasks_pending_revocation: self.standby_tasks_pending_revocation.into_iter().map(TaskIds::into_owned).collect(),
            warmup_tasks_pending_revocation: self.warmup_tasks_pending_revocation.into_iter().map(TaskIds::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupCurrentMemberAssignmentValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TaskIds<'a> {
    pub subtopology_id: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub assignment_epochs: Option<Vec<i32>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TaskIds<'_> {
    fn default() -> Self {
        Self {
            subtopology_id: Cow::Borrowed(""),
            partitions: Vec::new(),
            assignment_epochs: Some(Vec::new()),
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
                    0 => value.assignment_epochs = r.nullable_array_of(form, Reader::i32)?,
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
            let has_0 = self.assignment_epochs.as_ref().is_none_or(|value| !value.is_empty());
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                match &self.assignment_epochs { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TaskIds<'static> {
        TaskIds {
            subtopology_id: Cow::Owned(self.subtopology_id.into_owned()),
            partitions: self.partitions,
            assignment_epochs: self.assignment_epochs,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
