// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the topics that a consumer group's regular expression matches.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupRegularExpressionValue<'a> {
    pub topics: Vec<Cow<'a, str>>,
    pub version: i64,
    pub timestamp: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupRegularExpressionValue<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            version: 0,
            timestamp: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupRegularExpressionValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 16;
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
        value.topics = r.strings(form)?;
        value.version = r.i64()?;
        value.timestamp = r.i64()?;
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
        w.strings(form, &self.topics)?;
        w.i64(self.version);
        w.i64(self.timestamp);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupRegularExpressionValue<'static> {
        ConsumerGroupRegularExpressionValue {
            topics: self.topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            version: self.version,
            timestamp: self.timestamp,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
