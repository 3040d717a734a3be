// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// What changed of a partition; only the changed fields are set.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionChangeRecord<'a> {
    pub partition_id: i32,
    pub topic_id: Uuid,
    /// In-sync replicas.
    pub isr: Option<Vec<i32>>,
    /// -2 unchanged, -1 none.
    pub leader: i32,
    pub replicas: Option<Vec<i32>>,
    /// Being removed by a reassignment.
    pub removing_replicas: Option<Vec<i32>>,
    /// Being added by a reassignment.
    pub adding_replicas: Option<Vec<i32>>,
    /// 1 after an unclean election, until the leader has recovered.
    pub leader_recovery_state: i8,
    /// Log directory ids, one for each replica.
    pub directories: Option<Vec<Uuid>>,
    /// Left the in-sync set when it fell below its minimum, and may lead.
    pub eligible_leader_replicas: Option<Vec<i32>>,
    /// The last eligible replicas, for an unclean election.
    pub last_known_elr: Option<Vec<i32>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionChangeRecord<'_> {
    fn default() -> Self {
        Self {
            partition_id: -1,
            topic_id: Uuid::ZERO,
            isr: None,
            leader: -2,
            replicas: None,
            removing_replicas: None,
            adding_replicas: None,
            leader_recovery_state: -1,
            directories: None,
            eligible_leader_replicas: None,
            last_known_elr: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionChangeRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 5;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_id = r.i32()?;
        value.topic_id = r.uuid()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.isr = r.nullable_array_of(form, Reader::i32)?,
                    1 => value.leader = r.i32()?,
                    2 => value.replicas = r.nullable_array_of(form, Reader::i32)?,
                    3 => value.removing_replicas = r.nullable_array_of(form, Reader::i32)?,
                    4 => value.adding_replicas = r.nullable_array_of(form, Reader::i32)?,
                    5 => value.leader_recovery_state = r.i8()?,
                    8 if version >= 1 => value.directories = r.nullable_array_of(form, Reader::uuid)?,
                    8 => return Err(tag_not_in_version(r, 8)),
                    6 if version >= 2 => value.eligible_leader_replicas = r.nullable_array_of(form, Reader::i32)?,
                    6 => return Err(tag_not_in_version(r, 6)),
                    7 if version >= 2 => value.last_known_elr = r.nullable_array_of(form, Reader::i32)?,
                    7 => return Err(tag_not_in_version(r, 7)),
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
        w.i32(self.partition_id);
        w.uuid(self.topic_id);
        
        
        
        
        
        
        if version >= 1 {  } else if self.directories.is_some() {
            return Err(not_in_version("directories", version));
        }
        if version >= 2 {  } else if self.eligible_leader_replicas.is_some() {
            return Err(not_in_version("eligibleLeaderReplicas", version));
        }
        if version >= 2 {  } else if self.last_known_elr.is_some() {
            return Err(not_in_version("lastKnownElr", version));
        }
        if form == Form::Compact {
            let has_0 = self.isr.is_some();
            let has_1 = self.leader != -2;
            let has_2 = self.replicas.is_some();
            let has_3 = self.removing_replicas.is_some();
            let has_4 = self.adding_replicas.is_some();
            let has_5 = self.leader_recovery_state != -1;
            let has_6 = version >= 2 && self.eligible_leader_replicas.is_some();
            let has_7 = version >= 2 && self.last_known_elr.is_some();
            let has_8 = version >= 1 && self.directories.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1) + usize::from(has_2) + usize::from(has_3) + usize::from(has_4) + usize::from(has_5) + usize::from(has_6) + usize::from(has_7) + usize::from(has_8))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                match &self.isr { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                w.i32(self.leader);
                w.end_sized(mark);
            }
            if has_2 {
                w.uvarint(2);
                let mark = w.begin_sized();
                match &self.replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_3 {
                w.uvarint(3);
                let mark = w.begin_sized();
                match &self.removing_replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_4 {
                w.uvarint(4);
                let mark = w.begin_sized();
                match &self.adding_replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_5 {
                w.uvarint(5);
                let mark = w.begin_sized();
                w.i8(self.leader_recovery_state);
                w.end_sized(mark);
            }
            if has_6 {
                w.uvarint(6);
                let mark = w.begin_sized();
                match &self.eligible_leader_replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_7 {
                w.uvarint(7);
                let mark = w.begin_sized();
                match &self.last_known_elr { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_8 {
                w.uvarint(8);
                let mark = w.begin_sized();
                match &self.directories { Some(value) => { w.array_of(form, value, Writer::uuid)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 9, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionChangeRecord<'static> {
        PartitionChangeRecord {
            partition_id: self.partition_id,
            topic_id: self.topic_id,
            isr: self.isr,
            leader: self.leader,
            replicas: self.replicas,
            removing_replicas: self.removing_replicas,
            adding_replicas: self.adding_replicas,
            leader_recovery_state: self.leader_recovery_state,
            directories: self.directories,
            eligible_leader_replicas: self.eligible_leader_replicas,
            last_known_elr: self.last_known_elr,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
