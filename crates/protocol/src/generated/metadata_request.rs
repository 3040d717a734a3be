// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which topics and brokers there are, and who leads each partition.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataRequest<'a> {
    /// Null for all.
    pub topics: Option<Vec<MetadataRequestTopic<'a>>>,
    /// Create topics that do not exist, if the broker may.
    pub allow_auto_topic_creation: bool,
    pub include_cluster_authorized_operations: bool,
    pub include_topic_authorized_operations: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MetadataRequest<'_> {
    fn default() -> Self {
        Self {
            topics: Some(Vec::new()),
            allow_auto_topic_creation: true,
            include_cluster_authorized_operations: false,
            include_topic_authorized_operations: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MetadataRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(3);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 13;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 9;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.topics = if version >= 1 { r.nullable_array(form, version, MetadataRequestTopic::decode)? } else { Some(r.array(form, version, MetadataRequestTopic::decode)?) };
        if version >= 4 {
            value.allow_auto_topic_creation = r.bool()?;
        }
        if (8..=10).contains(&version) {
            value.include_cluster_authorized_operations = r.bool()?;
        }
        if version >= 8 {
            value.include_topic_authorized_operations = r.bool()?;
        }
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
        let form = Form::of(version >= 9);
        match &self.topics { Some(value) => { w.array(form, value, version, MetadataRequestTopic::encode)?; } None => { if version >= 1 { w.null_array_as(form); } else { return Err(null_in_version("topics", version)); } } }
        if version >= 4 { w.bool(self.allow_auto_topic_creation); } else if !self.allow_auto_topic_creation {
            return Err(not_in_version("allowAutoTopicCreation", version));
        }
        if (8..=10).contains(&version) { w.bool(self.include_cluster_authorized_operations); } else if self.include_cluster_authorized_operations {
            return Err(not_in_version("includeClusterAuthorizedOperations", version));
        }
        if version >= 8 { w.bool(self.include_topic_authorized_operations); } else if self.include_topic_authorized_operations {
            return Err(not_in_version("includeTopicAuthorizedOperations", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MetadataRequest<'static> {
        MetadataRequest {
            topics: self.topics.map(|value| value.into_iter().map(MetadataRequestTopic::into_owned).collect()),
            allow_auto_topic_creation: self.allow_auto_topic_creation,
            include_cluster_authorized_operations: self.include_cluster_authorized_operations,
            include_topic_authorized_operations: self.include_topic_authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for MetadataRequest<'_> {
    const API_KEY: ApiKey = MetadataRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        MetadataRequest::encode(self, w, version)
    }
}

/// Part of [`MetadataRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataRequestTopic<'a> {
    pub topic_id: Uuid,
    pub name: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MetadataRequestTopic<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
            name: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MetadataRequestTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        if version >= 10 {
            value.topic_id = r.uuid()?;
        }
        value.name = if version >= 10 { r.nullable_string_as(form)? } else { Some(r.string_as(form)?) };
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
        let form = Form::of(version >= 9);
        if version >= 10 { w.uuid(self.topic_id); }
        match &self.name { Some(value) => { w.string_as(form, value)?; } None => { if version >= 10 { w.nullable_string_as(form, None)?; } else { return Err(null_in_version("name", version)); } } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MetadataRequestTopic<'static> {
        MetadataRequestTopic {
            topic_id: self.topic_id,
            name: self.name.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
