// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `Metadata`: brokers, topics and the replicas of each partition.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub brokers: Vec<MetadataResponseBroker<'a>>,
    pub cluster_id: Option<Cow<'a, str>>,
    pub controller_id: i32,
    pub topics: Vec<MetadataResponseTopic<'a>>,
    /// Bit field of ACL operations; the least int32 if not asked for.
    pub cluster_authorized_operations: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MetadataResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            brokers: Vec::new(),
            cluster_id: None,
            controller_id: -1,
            topics: Vec::new(),
            cluster_authorized_operations: -2147483648,
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MetadataResponse<'a> {
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
        if version >= 3 {
            value.throttle_time_ms = r.i32()?;
        }
        value.brokers = r.array(form, version, MetadataResponseBroker::decode)?;
        if version >= 2 {
            value.cluster_id = r.nullable_string_as(form)?;
        }
        if version >= 1 {
            value.controller_id = r.i32()?;
        }
        value.topics = r.array(form, version, MetadataResponseTopic::decode)?;
        if (8..=10).contains(&version) {
            value.cluster_authorized_operations = r.i32()?;
        }
        if version >= 13 {
            value.error_code = ErrorCode(r.i16()?);
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
        if version >= 3 { w.i32(self.throttle_time_ms); }
        w.array(form, &self.brokers, version, MetadataResponseBroker::encode)?;
        if version >= 2 { match &self.cluster_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if version >= 1 { w.i32(self.controller_id); }
        w.array(form, &self.topics, version, MetadataResponseTopic::encode)?;
        if (8..=10).contains(&version) { w.i32(self.cluster_authorized_operations); } else if self.cluster_authorized_operations != -2147483648 {
            return Err(not_in_version("clusterAuthorizedOperations", version));
        }
        if version >= 13 { w.i16(self.error_code.0); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MetadataResponse<'static> {
        MetadataResponse {
            throttle_time_ms: self.throttle_time_ms,
            brokers: self.brokers.into_iter().map(MetadataResponseBroker::into_owned).collect(),
            cluster_id: self.cluster_id.map(|value| Cow::Owned(value.into_owned())),
            controller_id: self.controller_id,
            topics: self.topics.into_iter().map(MetadataResponseTopic::into_owned).collect(),
            cluster_authorized_operations: self.cluster_authorized_operations,
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for MetadataResponse<'_> {
    const API_KEY: ApiKey = MetadataResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        MetadataResponse::encode(self, w, version)
    }
}

/// Part of [`MetadataResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponseBroker<'a> {
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    pub rack: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MetadataResponseBroker<'_> {
    fn default() -> Self {
        Self {
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            rack: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MetadataResponseBroker<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.node_id = r.i32()?;
        value.host = r.string_as(form)?;
        value.port = r.i32()?;
        if version >= 1 {
            value.rack = r.nullable_string_as(form)?;
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
        w.i32(self.node_id);
        w.string_as(form, &self.host)?;
        w.i32(self.port);
        if version >= 1 { match &self.rack { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MetadataResponseBroker<'static> {
        MetadataResponseBroker {
            node_id: self.node_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            rack: self.rack.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`MetadataResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponseTopic<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub name: Option<Cow<'a, str>>,
    pub topic_id: Uuid,
    pub is_internal: bool,
    pub partitions: Vec<MetadataResponsePartition<'a>>,
    /// Bit field of ACL operations; the least int32 if not asked for.
    pub topic_authorized_operations: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MetadataResponseTopic<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            name: Some(Cow::Borrowed("")),
            topic_id: Uuid::ZERO,
            is_internal: false,
            partitions: Vec::new(),
            topic_authorized_operations: -2147483648,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MetadataResponseTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.name = if version >= 12 { r.nullable_string_as(form)? } else { Some(r.string_as(form)?) };
        if version >= 10 {
            value.topic_id = r.uuid()?;
        }
        if version >= 1 {
            value.is_internal = r.bool()?;
        }
        value.partitions = r.array(form, version, MetadataResponsePartition::decode)?;
        if version >= 8 {
            value.topic_authorized_operations = r.i32()?;
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
        w.i16(self.error_code.0);
        match &self.name { Some(value) => { w.string_as(form, value)?; } None => { if version >= 12 { w.nullable_string_as(form, None)?; } else { return Err(null_in_version("name", version)); } } }
        if version >= 10 { w.uuid(self.topic_id); }
        if version >= 1 { w.bool(self.is_internal); }
        w.array(form, &self.partitions, version, MetadataResponsePartition::encode)?;
        if version >= 8 { w.i32(self.topic_authorized_operations); } else if self.topic_authorized_operations != -2147483648 {
            return Err(not_in_version("topicAuthorizedOperations", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MetadataResponseTopic<'static> {
        MetadataResponseTopic {
            error_code: self.error_code,
            name: self.name.map(|value| Cow::Owned(value.into_owned())),
            topic_id: self.topic_id,
            is_internal: self.is_internal,
            partitions: self.partitions.into_iter().map(MetadataResponsePartition::into_owned).collect(),
            topic_authorized_operations: self.topic_authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`MetadataResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataResponsePartition<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub partition_index: i32,
    /// -1 for none.
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub replica_nodes: Vec<i32>,
    /// In-sync replicas.
    pub isr_nodes: Vec<i32>,
    /// Replicas that cannot serve now.
    pub offline_replicas: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for MetadataResponsePartition<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            partition_index: 0,
            leader_id: 0,
            leader_epoch: -1,
            replica_nodes: Vec::new(),
            isr_nodes: Vec::new(),
            offline_replicas: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> MetadataResponsePartition<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 9);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.partition_index = r.i32()?;
        value.leader_id = r.i32()?;
        if version >= 7 {
            value.leader_epoch = r.i32()?;
        }
        value.replica_nodes = r.array_of(form, Reader::i32)?;
        value.isr_nodes = r.array_of(form, Reader::i32)?;
        if version >= 5 {
            value.offline_replicas = r.array_of(form, Reader::i32)?;
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
        w.i16(self.error_code.0);
        w.i32(self.partition_index);
        w.i32(self.leader_id);
        if version >= 7 { w.i32(self.leader_epoch); }
        w.array_of(form, &self.replica_nodes, Writer::i32)?;
        w.array_of(form, &self.isr_nodes, Writer::i32)?;
        if version >= 5 { w.array_of(form, &self.offline_replicas, Writer::i32)?; }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> MetadataResponsePartition<'static> {
        MetadataResponsePartition {
            error_code: self.error_code,
            partition_index: self.partition_index,
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            replica_nodes: self.replica_nodes,
            isr_nodes: self.isr_nodes,
            offline_replicas: self.offline_replicas,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
