// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Adds partitions to topics.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePartitionsRequest<'a> {
    pub topics: Vec<CreatePartitionsTopic<'a>>,
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    /// Check, and change nothing.
    pub validate_only: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatePartitionsRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            timeout_ms: 0,
            validate_only: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatePartitionsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(37);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 3;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.topics = r.array(form, version, CreatePartitionsTopic::decode)?;
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
        let form = Form::of(version >= 2);
        w.array(form, &self.topics, version, CreatePartitionsTopic::encode)?;
        w.i32(self.timeout_ms);
        w.bool(self.validate_only);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatePartitionsRequest<'static> {
        CreatePartitionsRequest {
            topics: self.topics.into_iter().map(CreatePartitionsTopic::into_owned).collect(),
            timeout_ms: self.timeout_ms,
            validate_only: self.validate_only,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for CreatePartitionsRequest<'_> {
    const API_KEY: ApiKey = CreatePartitionsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        CreatePartitionsRequest::encode(self, w, version)
    }
}

/// Part of [`CreatePartitionsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePartitionsTopic<'a> {
    pub name: Cow<'a, str>,
    pub count: i32,
    pub assignments: Option<Vec<CreatePartitionsAssignment<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatePartitionsTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            count: 0,
            assignments: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatePartitionsTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.count = r.i32()?;
        value.assignments = r.nullable_array(form, version, CreatePartitionsAssignment::decode)?;
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
        w.string_as(form, &self.name)?;
        w.i32(self.count);
        match &self.assignments { Some(value) => { w.array(form, value, version, CreatePartitionsAssignment::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatePartitionsTopic<'static> {
        CreatePartitionsTopic {
            name: Cow::Owned(self.name.into_owned()),
            count: self.count,
            assignments: self.assignments.map(|value| value.into_iter().map(CreatePartitionsAssignment::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`CreatePartitionsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePartitionsAssignment<'a> {
    pub broker_ids: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatePartitionsAssignment<'_> {
    fn default() -> Self {
        Self {
            broker_ids: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatePartitionsAssignment<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
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
        let form = Form::of(version >= 2);
        w.array_of(form, &self.broker_ids, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreatePartitionsAssignment<'static> {
        CreatePartitionsAssignment {
            broker_ids: self.broker_ids,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
