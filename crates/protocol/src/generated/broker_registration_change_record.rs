// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// What changed of a broker's registration: fencing, shutdown, directories.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerRegistrationChangeRecord<'a> {
    pub broker_id: i32,
    /// Given at registration; fences earlier incarnations.
    pub broker_epoch: i64,
    pub fenced: i8,
    pub in_controlled_shutdown: i8,
    pub log_dirs: Vec<Uuid>,
    /// Log directories that take no new replicas.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerRegistrationChangeRecord<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            broker_epoch: 0,
            fenced: 0,
            in_controlled_shutdown: 0,
            log_dirs: Vec::new(),
            cordoned_log_dirs: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BrokerRegistrationChangeRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 17;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 3;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.broker_id = r.i32()?;
        value.broker_epoch = r.i64()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.fenced = r.i8()?,
                    1 if version >= 1 => value.in_controlled_shutdown = r.i8()?,
                    1 => return Err(tag_not_in_version(r, 1)),
                    2 if version >= 2 => value.log_dirs = r.array_of(form, Reader::uuid)?,
                    2 => return Err(tag_not_in_version(r, 2)),
                    3 if version >= 3 => value.cordoned_log_dirs = r.nullable_array_of(form, Reader::uuid)?,
                    3 => return Err(tag_not_in_version(r, 3)),
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
        w.i32(self.broker_id);
        w.i64(self.broker_epoch);
        
        if version >= 1 {  } else if self.in_controlled_shutdown != 0 {
            return Err(not_in_version("inControlledShutdown", version));
        }
        if version >= 2 {  } else if !self.log_dirs.is_empty() {
            return Err(not_in_version("logDirs", version));
        }
        if version >= 3 {  } else if self.cordoned_log_dirs.is_some() {
            return Err(not_in_version("cordonedLogDirs", version));
        }
        if form == Form::Compact {
            let has_0 = self.fenced != 0;
            let has_1 = version >= 1 && self.in_controlled_shutdown != 0;
            let has_2 = version >= 2 && !self.log_dirs.is_empty();
            let has_3 = version >= 3 && self.cordoned_log_dirs.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1) + usize::from(has_2) + usize::from(has_3))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.i8(self.fenced);
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                w.i8(self.in_controlled_shutdown);
                w.end_sized(mark);
            }
            if has_2 {
                w.uvarint(2);
                let mark = w.begin_sized();
                w.array_of(form, &self.log_dirs, Writer::uuid)?;
                w.end_sized(mark);
            }
            if has_3 {
                w.uvarint(3);
                let mark = w.begin_sized();
                match &self.cordoned_log_dirs { Some(value) => { w.array_of(form, value, Writer::uuid)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 4, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BrokerRegistrationChangeRecord<'static> {
        BrokerRegistrationChangeRecord {
            broker_id: self.broker_id,
            broker_epoch: self.broker_epoch,
            fenced: self.fenced,
            in_controlled_shutdown: self.in_controlled_shutdown,
            log_dirs: self.log_dirs,
            cordoned_log_dirs: self.cordoned_log_dirs,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
