// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: a committed offset.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetCommitValue<'a> {
    pub offset: i64,
    pub leader_epoch: i32,
    pub metadata: Cow<'a, str>,
    pub commit_timestamp: i64,
    pub expire_timestamp: i64,
    pub topic_id: Uuid,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for OffsetCommitValue<'_> {
    fn default() -> Self {
        Self {
            offset: 0,
            leader_epoch: -1,
            metadata: Cow::Borrowed(""),
            commit_timestamp: 0,
            expire_timestamp: -1,
            topic_id: Uuid::ZERO,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> OffsetCommitValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 1;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        value.offset = r.i64()?;
        if version >= 3 {
            value.leader_epoch = r.i32()?;
        }
        value.metadata = r.string_as(form)?;
        value.commit_timestamp = r.i64()?;
        if version == 1 {
            value.expire_timestamp = r.i64()?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.topic_id = r.uuid()?,
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
        let form = Form::of(version >= 4);
        w.i64(self.offset);
        if version >= 3 { w.i32(self.leader_epoch); }
        w.string_as(form, &self.metadata)?;
        w.i64(self.commit_timestamp);
        if version == 1 { w.i64(self.expire_timestamp); }
        if form == Form::Compact {
            let has_0 = self.topic_id != Uuid::ZERO;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.uuid(self.topic_id);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> OffsetCommitValue<'static> {
        OffsetCommitValue {
            offset: self.offset,
            leader_epoch: self.leader_epoch,
            metadata: Cow::Owned(self.metadata.into_owned()),
            commit_timestamp: self.commit_timestamp,
            expire_timestamp: self.expire_timestamp,
            topic_id: self.topic_id,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
