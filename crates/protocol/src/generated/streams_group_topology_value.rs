// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the topology of a streams group.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupTopologyValue<'a> {
    pub epoch: i32,
    pub subtopologies: Vec<Subtopology<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for StreamsGroupTopologyValue<'_> {
    fn default() -> Self {
        Self {
            epoch: 0,
            subtopologies: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> StreamsGroupTopologyValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 23;
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
        value.subtopologies = r.array(form, version, Subtopology::decode)?;
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
        w.i32(self.epoch);
        w.array(form, &self.subtopologies, version, Subtopology::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> StreamsGroupTopologyValue<'static> {
        StreamsGroupTopologyValue {
            epoch: self.epoch,
            subtopologies: self.subtopologies.into_iter().map(Subtopology::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupTopologyValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct Subtopology<'a> {
    pub subtopology_id: Cow<'a, str>,
    pub source_topics: Vec<Cow<'a, str>>,
    pub source_topic_regex: Vec<Cow<'a, str>>,
    pub state_changelog_topics: Vec<TopicInfo<'a>>,
    pub repartition_sink_topics: Vec<Cow<'a, str>>,
    pub repartition_source_topics: Vec<TopicInfo<'a>>,
    /// Topics that must be partitioned alike.
    pub copartition_groups: Vec<CopartitionGroup<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Subtopology<'_> {
    fn default() -> Self {
        Self {
            subtopology_id: Cow::Borrowed(""),
            source_topics: Vec::new(),
            source_topic_regex: Vec::new(),
            state_changelog_topics: Vec::new(),
            repartition_sink_topics: Vec::new(),
            repartition_source_topics: Vec::new(),
            copartition_groups: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Subtopology<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.subtopology_id = r.string_as(form)?;
        value.source_topics = r.strings(form)?;
        value.source_topic_regex = r.strings(form)?;
        value.state_changelog_topics = r.array(form, version, TopicInfo::decode)?;
        value.repartition_sink_topics = r.strings(form)?;
        value.repartition_source_topics = r.array(form, version, TopicInfo::decode)?;
        value.copartition_groups = r.array(form, version, CopartitionGroup::decode)?;
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
        w.string_as(form, &self.subtopology_id)?;
        w.strings(form, &self.source_topics)?;
        w.strings(form, &self.source_topic_regex)?;
        w.array(form, &self.state_changelog_topics, version, TopicInfo::encode)?;
        w.strings(form, &self.repartition_sink_topics)?;
        w.array(form, &self.repartition_source_topics, version, TopicInfo::encode)?;
        w.array(form, &self.copartition_groups, version, CopartitionGroup::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Subtopology<'static> {
        Subtopology {
            subtopology_id: Cow::Owned(self.subtopology_id.into_owned()),
            source_topics: self.source_topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            source_topic_regex: self.source_topic_regex.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            state_changelog_topics: self.state_changelog_topics.into_iter().map(TopicInfo::into_owned).collect(),
            repartition_sink_topics: self.repartition_sink_topics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            repartition_source_topics: self.repartition_source_topics.into_iter().map(TopicInfo::into_owned).collect(),
            copartition_groups: self.copartition_groups.into_iter().map(CopartitionGroup::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupTopologyValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct CopartitionGroup<'a> {
    pub source_topics: Vec<i16>,
    pub source_topic_regex: Vec<i16>,
    pub repartition_source_topics: Vec<i16>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CopartitionGroup<'_> {
    fn default() -> Self {
        Self {
            source_topics: Vec::new(),
            source_topic_regex: Vec::new(),
            repartition_source_topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CopartitionGroup<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.source_topics = r.array_of(form, Reader::i16)?;
        value.source_topic_regex = r.array_of(form, Reader::i16)?;
        value.repartition_source_topics = r.array_of(form, Reader::i16)?;
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
        w.array_of(form, &self.source_topics, Writer::i16)?;
        w.array_of(form, &self.source_topic_regex, Writer::i16)?;
        w.array_of(form, &self.repartition_source_topics, Writer::i16)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CopartitionGroup<'static> {
        CopartitionGroup {
            source_topics: self.source_topics,
            source_topic_regex: self.source_topic_regex,
            repartition_source_topics: self.repartition_source_topics,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupTopologyValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicConfig<'a> {
    pub key: Cow<'a, str>,
    pub value: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicConfig<'_> {
    fn default() -> Self {
        Self {
            key: Cow::Borrowed(""),
            value: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicConfig<'a> {
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
    pub fn into_owned(self) -> TopicConfig<'static> {
        TopicConfig {
            key: Cow::Owned(self.key.into_owned()),
            value: Cow::Owned(self.value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`StreamsGroupTopologyValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicInfo<'a> {
    pub name: Cow<'a, str>,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<TopicConfig<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicInfo<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: 0,
            replication_factor: 0,
            topic_configs: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicInfo<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.partitions = r.i32()?;
        value.replication_factor = r.i16()?;
        value.topic_configs = r.array(form, version, TopicConfig::decode)?;
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
        w.string_as(form, &self.name)?;
        w.i32(self.partitions);
        w.i16(self.replication_factor);
        w.array(form, &self.topic_configs, version, TopicConfig::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicInfo<'static> {
        TopicInfo {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions,
            replication_factor: self.replication_factor,
            topic_configs: self.topic_configs.into_iter().map(TopicConfig::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
