// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Elects the preferred or an unclean leader of partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct ElectLeadersRequest<'a> {
    /// 0 preferred, 1 unclean.
    pub election_type: i8,
    /// Null for all.
    pub topic_partitions: Option<Vec<TopicPartitions<'a>>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ElectLeadersRequest<'_> {
    fn default() -> Self {
        Self {
            election_type: 0,
            topic_partitions: Some(Vec::new()),
            timeout_ms: 60000,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ElectLeadersRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(43);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        if version >= 1 {
            value.election_type = r.i8()?;
        }
        value.topic_partitions = r.nullable_array(form, version, TopicPartitions::decode)?;
        value.timeout_ms = r.i32()?;
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
        let form = Form::of(version >= 2);
        if version >= 1 { w.i8(self.election_type); } else if self.election_type != 0 {
            return Err(not_in_version("electionType", version));
        }
        match &self.topic_partitions { Some(value) => { w.array(form, value, version, TopicPartitions::encode)?; } None => { w.null_array_as(form); } }
        w.i32(self.timeout_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ElectLeadersRequest<'static> {
        ElectLeadersRequest {
            election_type: self.election_type,
            topic_partitions: self.topic_partitions.map(|value| value.into_iter().map(TopicPartitions::into_owned).collect()),
            timeout_ms: self.timeout_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ElectLeadersRequest<'_> {
    const API_KEY: ApiKey = ElectLeadersRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ElectLeadersRequest::encode(self, w, version)
    }
}

/// Part of [`ElectLeadersRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPartitions<'a> {
    pub topic: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicPartitions<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
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
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.topic = r.string_as(form)?;
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
        let form = Form::of(version >= 2);
        w.string_as(form, &self.topic)?;
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
            topic: Cow::Owned(self.topic.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
