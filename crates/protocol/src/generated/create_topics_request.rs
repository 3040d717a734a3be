// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Creates topics, or only checks whether they could be.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTopicsRequest<'a> {
    pub topics: Vec<CreatableTopic<'a>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    /// Check, and change nothing.
    pub validate_only: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreateTopicsRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            timeout_ms: 60000,
            validate_only: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreateTopicsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(19);
    /// First version.
    pub const MIN_VERSION: i16 = 2;
    /// Last version.
    pub const MAX_VERSION: i16 = 7;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 5;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.topics = r.array(form, version, CreatableTopic::decode)?;
        value.timeout_ms = r.i32()?;
        value.validate_only = r.bool()?;
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
        let form = Form::of(version >= 5);
        w.array(form, &self.topics, version, CreatableTopic::encode)?;
        w.i32(self.timeout_ms);
        w.bool(self.validate_only);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreateTopicsRequest<'static> {
        CreateTopicsRequest {
            topics: self.topics.into_iter().map(CreatableTopic::into_owned).collect(),
            timeout_ms: self.timeout_ms,
            validate_only: self.validate_only,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for CreateTopicsRequest<'_> {
    const API_KEY: ApiKey = CreateTopicsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        CreateTopicsRequest::encode(self, w, version)
    }
}

/// Part of [`CreateTopicsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopic<'a> {
    pub name: Cow<'a, str>,
    /// -1 for the broker's default.
    pub num_partitions: i32,
    /// -1 for the broker's default.
    pub replication_factor: i16,
    pub assignments: Vec<CreatableReplicaAssignment<'a>>,
    pub configs: Vec<CreatableTopicConfig<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatableTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            num_partitions: 0,
            replication_factor: 0,
            assignments: Vec::new(),
            configs: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatableTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.num_partitions = r.i32()?;
        value.replication_factor = r.i16()?;
        value.assignments = r.array(form, version, CreatableReplicaAssignment::decode)?;
        value.configs = r.array(form, version, CreatableTopicConfig::decode)?;
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
        let form = Form::of(version >= 5);
        w.string_as(form, &self.name)?;
        w.i32(self.num_partitions);
        w.i16(self.replication_factor);
        w.array(form, &self.assignments, version, CreatableReplicaAssignment::encode)?;
        w.array(form, &self.configs, version, CreatableTopicConfig::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatableTopic<'static> {
        CreatableTopic {
            name: Cow::Owned(self.name.into_owned()),
            num_partitions: self.num_partitions,
            replication_factor: self.replication_factor,
            assignments: self.assignments.into_iter().map(CreatableReplicaAssignment::into_owned).collect(),
            configs: self.configs.into_iter().map(CreatableTopicConfig::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`CreateTopicsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableReplicaAssignment<'a> {
    pub partition_index: i32,
    pub broker_ids: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatableReplicaAssignment<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            broker_ids: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatableReplicaAssignment<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.broker_ids = r.array_of(form, Reader::i32)?;
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
        let form = Form::of(version >= 5);
        w.i32(self.partition_index);
        w.array_of(form, &self.broker_ids, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatableReplicaAssignment<'static> {
        CreatableReplicaAssignment {
            partition_index: self.partition_index,
            broker_ids: self.broker_ids,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`CreateTopicsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableTopicConfig<'a> {
    pub name: Cow<'a, str>,
    pub value: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatableTopicConfig<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            value: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatableTopicConfig<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.value = r.nullable_string_as(form)?;
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
        let form = Form::of(version >= 5);
        w.string_as(form, &self.name)?;
        match &self.value { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatableTopicConfig<'static> {
        CreatableTopicConfig {
            name: Cow::Owned(self.name.into_owned()),
            value: self.value.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
