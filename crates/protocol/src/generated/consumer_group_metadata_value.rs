// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the epoch of a consumer group.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupMetadataValue<'a> {
    pub epoch: i32,
    /// Of the topics subscribed to, to see that they changed.
    pub metadata_hash: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupMetadataValue<'_> {
    fn default() -> Self {
        Self {
            epoch: 0,
            metadata_hash: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupMetadataValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 3;
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
        value.epoch = r.i32()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.metadata_hash = r.i64()?,
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
        
        if form == Form::Compact {
            let has_0 = self.metadata_hash != 0;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.i64(self.metadata_hash);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupMetadataValue<'static> {
        ConsumerGroupMetadataValue {
            epoch: self.epoch,
            metadata_hash: self.metadata_hash,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
