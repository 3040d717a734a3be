// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the epoch of a streams group.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupMetadataValue<'a> {
    pub epoch: i32,
    /// Of the topics subscribed to, to see that they changed.
    pub metadata_hash: i64,
    pub validated_topology_epoch: i32,
    pub last_assignment_configs: Option<Vec<LastAssignmentConfig<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupMetadataValue<'_> {
    fn default() -> Self {
        Self {
            epoch: 0,
            metadata_hash: 0,
            validated_topology_epoch: -1,
            last_assignment_configs: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupMetadataValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 17;
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
        value.metadata_hash = r.i64()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.validated_topology_epoch = r.i32()?,
                    1 => value.last_assignment_configs = r.nullable_array(form, version, LastAssignmentConfig::decode)?,
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
        w.i64(self.metadata_hash);
        
        
        if form == Form::Compact {
            let has_0 = self.validated_topology_epoch != -1;
            let has_1 = self.last_assignment_configs.as_ref().is_none_or(|value| !value.is_empty());
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.i32(self.validated_topology_epoch);
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                match &self.last_assignment_configs { Some(value) => { w.array(form, value, version, LastAssignmentConfig::encode)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 2, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> StreamsGroupMetadataValue<'static> {
        StreamsGroupMetadataValue {
            epoch: self.epoch,
            metadata_hash: self.metadata_hash,
            validated_topology_epoch: self.validated_topology_epoch,
            last_assignment_configs: self.last_assignment_configs.map(|value| value.into_iter().map(LastAssignmentConfig::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct LastAssignmentConfig<'a> {
    pub key: Cow<'a, str>,
    pub value: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for LastAssignmentConfig<'_> {
    fn default() -> Self {
        Self {
            key: Cow::Borrowed(""),
            value: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> LastAssignmentConfig<'a> {
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
    pub fn into_owned(self) -> LastAssignmentConfig<'static> {
        LastAssignmentConfig {
            key: Cow::Owned(self.key.into_owned()),
            value: Cow::Owned(self.value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
