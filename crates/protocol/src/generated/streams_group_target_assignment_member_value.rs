// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the tasks a streams group's member is to have.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupTargetAssignmentMemberValue<'a> {
    pub active_tasks: Vec<TaskIds<'a>>,
    /// Copies of state, ready to take over.
    pub standby_tasks: Vec<TaskIds<'a>>,
    /// Being built up before they move here.
    pub warmup_tasks: Vec<TaskIds<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupTargetAssignmentMemberValue<'_> {
    fn default() -> Self {
        Self {
            active_tasks: Vec::new(),
            standby_tasks: Vec::new(),
            warmup_tasks: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupTargetAssignmentMemberValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 21;
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
    pub fn into_owned(self) -> StreamsGroupTargetAssignmentMemberValue<'static> {
        StreamsGroupTargetAssignmentMemberValue {
            active_tasks: self.active_tasks.into_iter().map(TaskIds::into_owned).collect(),
            standby_tasks: self.standby_tasks.into_iter().map(TaskIds::into_owned).collect(),
            warmup_tasks: self.warmup_tasks.into_iter().map(TaskIds::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupTargetAssignmentMemberValue`].
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
