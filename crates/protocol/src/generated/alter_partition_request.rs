// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A leader's proposal of a new in-sync set.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPartitionRequest<'a> {
    pub broker_id: i32,
    /// Given at registration; fences earlier incarnations.
    pub broker_epoch: i64,
    pub topics: Vec<TopicData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterPartitionRequest<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            broker_epoch: -1,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterPartitionRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(56);
    /// First version.
    pub const MIN_VERSION: i16 = 2;
    /// Last version.
    pub const MAX_VERSION: i16 = 3;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.broker_id = r.i32()?;
        value.broker_epoch = r.i64()?;
        value.topics = r.array(form, version, TopicData::decode)?;
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
        w.i32(self.broker_id);
        w.i64(self.broker_epoch);
        w.array(form, &self.topics, version, TopicData::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterPartitionRequest<'static> {
        AlterPartitionRequest {
            broker_id: self.broker_id,
            broker_epoch: self.broker_epoch,
            topics: self.topics.into_iter().map(TopicData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AlterPartitionRequest<'_> {
    const API_KEY: ApiKey = AlterPartitionRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AlterPartitionRequest::encode(self, w, version)
    }
}

/// Part of [`AlterPartitionRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct TopicData<'a> {
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionData<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TopicData<'_> {
    fn default() -> Self {
        Self {
            topic_id: Uuid::ZERO,
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
        value.topic_id = r.uuid()?;
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
        w.uuid(self.topic_id);
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
            topic_id: self.topic_id,
            partitions: self.partitions.into_iter().map(PartitionData::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AlterPartitionRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionData<'a> {
    pub partition_index: i32,
    pub leader_epoch: i32,
    pub new_isr: Vec<i32>,
    pub new_isr_with_epochs: Vec<BrokerState<'a>>,
    /// 1 after an unclean election, until the leader has recovered.
    pub leader_recovery_state: i8,
    /// Rises with every change of the partition.
    pub partition_epoch: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionData<'_> {
    fn default() -> Self {
        Self {
            partition_index: 0,
            leader_epoch: 0,
            new_isr: Vec::new(),
            new_isr_with_epochs: Vec::new(),
            leader_recovery_state: 0,
            partition_epoch: 0,
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
        value.leader_epoch = r.i32()?;
        if version <= 2 {
            value.new_isr = r.array_of(form, Reader::i32)?;
        }
        if version >= 3 {
            value.new_isr_with_epochs = r.array(form, version, BrokerState::decode)?;
        }
        value.leader_recovery_state = r.i8()?;
        value.partition_epoch = r.i32()?;
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
        w.i32(self.leader_epoch);
        if version <= 2 { w.array_of(form, &self.new_isr, Writer::i32)?; } else if !self.new_isr.is_empty() {
            return Err(not_in_version("newIsr", version));
        }
        if version >= 3 { w.array(form, &self.new_isr_with_epochs, version, BrokerState::encode)?; } else if !self.new_isr_with_epochs.is_empty() {
            return Err(not_in_version("newIsrWithEpochs", version));
        }
        w.i8(self.leader_recovery_state);
        w.i32(self.partition_epoch);
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
            leader_epoch: self.leader_epoch,
            new_isr: self.new_isr,
            new_isr_with_epochs: self.new_isr_with_epochs.into_iter().map(BrokerState::into_owned).collect(),
            leader_recovery_state: self.leader_recovery_state,
            partition_epoch: self.partition_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AlterPartitionRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerState<'a> {
    pub broker_id: i32,
    /// Given at registration; fences earlier incarnations.
    pub broker_epoch: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerState<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            broker_epoch: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BrokerState<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        if version >= 3 {
            value.broker_id = r.i32()?;
        }
        if version >= 3 {
            value.broker_epoch = r.i64()?;
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
        if version >= 3 { w.i32(self.broker_id); } else if self.broker_id != 0 {
            return Err(not_in_version("brokerId", version));
        }
        if version >= 3 { w.i64(self.broker_epoch); } else if self.broker_epoch != -1 {
            return Err(not_in_version("brokerEpoch", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BrokerState<'static> {
        BrokerState {
            broker_id: self.broker_id,
            broker_epoch: self.broker_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
