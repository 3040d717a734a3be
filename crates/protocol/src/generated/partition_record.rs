// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A partition exists, with its replicas and leader.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionRecord<'a> {
    pub partition_id: i32,
    pub topic_id: Uuid,
    pub replicas: Vec<i32>,
    /// In-sync replicas.
    pub isr: Vec<i32>,
    /// Being removed by a reassignment.
    pub removing_replicas: Vec<i32>,
    /// Being added by a reassignment.
    pub adding_replicas: Vec<i32>,
    /// -1 for none.
    pub leader: i32,
    /// 1 after an unclean election, until the leader has recovered.
    pub leader_recovery_state: i8,
    pub leader_epoch: i32,
    /// Rises with every change of the partition.
    pub partition_epoch: i32,
    /// Log directory ids, one for each replica.
    pub directories: Vec<Uuid>,
    /// Left the in-sync set when it fell below its minimum, and may lead.
    pub eligible_leader_replicas: Option<Vec<i32>>,
    /// The last eligible replicas, for an unclean election.
    pub last_known_elr: Option<Vec<i32>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionRecord<'_> {
    fn default() -> Self {
        Self {
            partition_id: -1,
            topic_id: Uuid::ZERO,
            replicas: Vec::new(),
            isr: Vec::new(),
            removing_replicas: Vec::new(),
            adding_replicas: Vec::new(),
            leader: -1,
            leader_recovery_state: 0,
            leader_epoch: -1,
            partition_epoch: -1,
            directories: Vec::new(),
            eligible_leader_replicas: None,
            last_known_elr: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 3;
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
        value.replicas = r.array_of(form, Reader::i32)?;
        value.isr = r.array_of(form, Reader::i32)?;
        value.removing_replicas = r.array_of(form, Reader::i32)?;
        value.adding_replicas = r.array_of(form, Reader::i32)?;
        value.leader = r.i32()?;
        value.leader_epoch = r.i32()?;
        value.partition_epoch = r.i32()?;
        if version >= 1 {
            value.directories = r.array_of(form, Reader::uuid)?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.leader_recovery_state = r.i8()?,
                    1 if version >= 2 => value.eligible_leader_replicas = r.nullable_array_of(form, Reader::i32)?,
                    1 => return Err(tag_not_in_version(r, 1)),
                    2 if version >= 2 => value.last_known_elr = r.nullable_array_of(form, Reader::i32)?,
                    2 => return Err(tag_not_in_version(r, 2)),
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
        w.array_of(form, &self.replicas, Writer::i32)?;
        w.array_of(form, &self.isr, Writer::i32)?;
        w.array_of(form, &self.removing_replicas, Writer::i32)?;
        w.array_of(form, &self.adding_replicas, Writer::i32)?;
        w.i32(self.leader);
        
        w.i32(self.leader_epoch);
        w.i32(self.partition_epoch);
        if version >= 1 { w.array_of(form, &self.directories, Writer::uuid)?; } else if !self.directories.is_empty() {
            return Err(not_in_version("directories", version));
        }
        if version >= 2 {  } else if self.eligible_leader_replicas.is_some() {
            return Err(not_in_version("eligibleLeaderReplicas", version));
        }
        if version >= 2 {  } else if self.last_known_elr.is_some() {
            return Err(not_in_version("lastKnownElr", version));
        }
        if form == Form::Compact {
            let has_0 = self.leader_recovery_state != 0;
            let has_1 = version >= 2 && self.eligible_leader_replicas.is_some();
            let has_2 = version >= 2 && self.last_known_elr.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1) + usize::from(has_2))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.i8(self.leader_recovery_state);
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                match &self.eligible_leader_replicas { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            if has_2 {
                w.uvarint(2);
                let mark = w.begin_sized();
                match &self.last_known_elr { Some(value) => { w.array_of(form, value, Writer::i32)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 3, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionRecord<'static> {
        PartitionRecord {
            partition_id: self.partition_id,
            topic_id: self.topic_id,
            replicas: self.replicas,
            isr: self.isr,
            removing_replicas: self.removing_replicas,
            adding_replicas: self.adding_replicas,
            leader: self.leader,
            leader_recovery_state: self.leader_recovery_state,
            leader_epoch: self.leader_epoch,
            partition_epoch: self.partition_epoch,
            directories: self.directories,
            eligible_leader_replicas: self.eligible_leader_replicas,
            last_known_elr: self.last_known_elr,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
