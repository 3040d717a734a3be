// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Moves replicas of a broker to other log directories.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterReplicaLogDirsRequest<'a> {
    pub dirs: Vec<AlterReplicaLogDir<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterReplicaLogDirsRequest<'_> {
    fn default() -> Self {
        Self {
            dirs: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterReplicaLogDirsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(34);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
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
        value.dirs = r.array(form, version, AlterReplicaLogDir::decode)?;
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
        w.array(form, &self.dirs, version, AlterReplicaLogDir::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterReplicaLogDirsRequest<'static> {
        AlterReplicaLogDirsRequest {
            dirs: self.dirs.into_iter().map(AlterReplicaLogDir::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AlterReplicaLogDirsRequest<'_> {
    const API_KEY: ApiKey = AlterReplicaLogDirsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AlterReplicaLogDirsRequest::encode(self, w, version)
    }
}

/// Part of [`AlterReplicaLogDirsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AlterReplicaLogDir<'a> {
    pub path: Cow<'a, str>,
    pub topics: Vec<AlterReplicaLogDirTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterReplicaLogDir<'_> {
    fn default() -> Self {
        Self {
            path: Cow::Borrowed(""),
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterReplicaLogDir<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.path = r.string_as(form)?;
        value.topics = r.array(form, version, AlterReplicaLogDirTopic::decode)?;
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
        w.string_as(form, &self.path)?;
        w.array(form, &self.topics, version, AlterReplicaLogDirTopic::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterReplicaLogDir<'static> {
        AlterReplicaLogDir {
            path: Cow::Owned(self.path.into_owned()),
            topics: self.topics.into_iter().map(AlterReplicaLogDirTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AlterReplicaLogDirsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AlterReplicaLogDirTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterReplicaLogDirTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterReplicaLogDirTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
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
        w.string_as(form, &self.name)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterReplicaLogDirTopic<'static> {
        AlterReplicaLogDirTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
