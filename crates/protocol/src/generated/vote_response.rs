// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `Vote`: whether it is granted, and the leader known.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub topics: Vec<TopicData<'a>>,
    /// Of the leaders named above.
    pub node_endpoints: Vec<NodeEndpoint<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for VoteResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            topics: Vec::new(),
            node_endpoints: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> VoteResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(52);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.topics = r.array(form, version, TopicData::decode)?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 1 => value.node_endpoints = r.array(form, version, NodeEndpoint::decode)?,
                    0 => return Err(tag_not_in_version(r, 0)),
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
        w.i16(self.error_code.0);
        w.array(form, &self.topics, version, TopicData::encode)?;
        if version >= 1 {  } else if !self.node_endpoints.is_empty() {
            return Err(not_in_version("nodeEndpoints", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 1 && !self.node_endpoints.is_empty();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.array(form, &self.node_endpoints, version, NodeEndpoint::encode)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> VoteResponse<'static> {
        VoteResponse {
            error_code: self.error_code,
            topics: self.topics.into_iter().map(TopicData::into_owned).collect(),
            node_endpoints: self.node_endpoints.into_iter().map(NodeEndpoint::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for VoteResponse<'_> {
    const API_KEY: ApiKey = VoteResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        VoteResponse::encode(self, w, version)
    }
}

/// Part of [`VoteResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicData<'a> {
    pub topic_name: Cow<'a, str>,
    pub partitions: Vec<PartitionData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicData<'_> {
    fn default() -> Self {
        Self {
            topic_name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TopicData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.topic_name = r.string_as(form)?;
        value.partitions = r.array(form, version, PartitionData::decode)?;
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
        w.string_as(form, &self.topic_name)?;
        w.array(form, &self.partitions, version, PartitionData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TopicData<'static> {
        TopicData {
            topic_name: Cow::Owned(self.topic_name.into_owned()),
            partitions: self.partitions.into_iter().map(PartitionData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`VoteResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData<'a> {
    pub partition_index: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub vote_granted: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionData<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            error_code: ErrorCode::NONE,
            leader_id: 0,
            leader_epoch: 0,
            vote_granted: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.partition_index = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.leader_id = r.i32()?;
        value.leader_epoch = r.i32()?;
        value.vote_granted = r.bool()?;
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
        w.i32(self.partition_index);
        w.i16(self.error_code.0);
        w.i32(self.leader_id);
        w.i32(self.leader_epoch);
        w.bool(self.vote_granted);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionData<'static> {
        PartitionData {
            partition_index: self.partition_index,
            error_code: self.error_code,
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            vote_granted: self.vote_granted,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`VoteResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct NodeEndpoint<'a> {
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for NodeEndpoint<'_> {
    fn default() -> Self {
        Self {
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> NodeEndpoint<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        if version >= 1 {
            value.node_id = r.i32()?;
        }
        if version >= 1 {
            value.host = r.string_as(form)?;
        }
        if version >= 1 {
            value.port = r.u16()?;
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
        let form = Form::of(version >= 0);
        if version >= 1 { w.i32(self.node_id); } else if self.node_id != 0 {
            return Err(not_in_version("nodeId", version));
        }
        if version >= 1 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version >= 1 { w.u16(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> NodeEndpoint<'static> {
        NodeEndpoint {
            node_id: self.node_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
