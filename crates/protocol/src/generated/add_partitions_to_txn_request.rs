// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Adds partitions to a transaction, or verifies that they are in it.
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnRequest<'a> {
    pub transactions: Vec<AddPartitionsToTxnTransaction<'a>>,
    pub v3_and_below_transactional_id: Cow<'a, str>,
    pub v3_and_below_producer_id: i64,
    pub v3_and_below_producer_epoch: i16,
    pub v3_and_below_topics: Vec<AddPartitionsToTxnTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnRequest<'_> {
    fn default() -> Self {
        Self {
            transactions: Vec::new(),
            v3_and_below_transactional_id: Cow::Borrowed(""),
            v3_and_below_producer_id: 0,
            v3_and_below_producer_epoch: 0,
            v3_and_below_topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(24);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 4 {
            value.transactions = r.array(form, version, AddPartitionsToTxnTransaction::decode)?;
        }
        if version <= 3 {
            value.v3_and_below_transactional_id = r.string_as(form)?;
        }
        if version <= 3 {
            value.v3_and_below_producer_id = r.i64()?;
        }
        if version <= 3 {
            value.v3_and_below_producer_epoch = r.i16()?;
        }
        if version <= 3 {
            value.v3_and_below_topics = r.array(form, version, AddPartitionsToTxnTopic::decode)?;
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
        let form = Form::of(version >= 3);
        if version >= 4 { w.array(form, &self.transactions, version, AddPartitionsToTxnTransaction::encode)?; } else if !self.transactions.is_empty() {
            return Err(not_in_version("transactions", version));
        }
        if version <= 3 { w.string_as(form, &self.v3_and_below_transactional_id)?; } else if !self.v3_and_below_transactional_id.is_empty() {
            return Err(not_in_version("v3AndBelowTransactionalId", version));
        }
        if version <= 3 { w.i64(self.v3_and_below_producer_id); } else if self.v3_and_below_producer_id != 0 {
            return Err(not_in_version("v3AndBelowProducerId", version));
        }
        if version <= 3 { w.i16(self.v3_and_below_producer_epoch); } else if self.v3_and_below_producer_epoch != 0 {
            return Err(not_in_version("v3AndBelowProducerEpoch", version));
        }
        if version <= 3 { w.array(form, &self.v3_and_below_topics, version, AddPartitionsToTxnTopic::encode)?; } else if !self.v3_and_below_topics.is_empty() {
            return Err(not_in_version("v3AndBelowTopics", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnRequest<'static> {
        AddPartitionsToTxnRequest {
            transactions: self.transactions.into_iter().map(AddPartitionsToTxnTransaction::into_owned).collect(),
            v3_and_below_transactional_id: Cow::Owned(self.v3_and_below_transactional_id.into_owned()),
            v3_and_below_producer_id: self.v3_and_below_producer_id,
            v3_and_below_producer_epoch: self.v3_and_below_producer_epoch,
            v3_and_below_topics: self.v3_and_below_topics.into_iter().map(AddPartitionsToTxnTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AddPartitionsToTxnRequest<'_> {
    const API_KEY: ApiKey = AddPartitionsToTxnRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AddPartitionsToTxnRequest::encode(self, w, version)
    }
}

/// Part of [`AddPartitionsToTxnRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnTransaction<'a> {
    pub transactional_id: Cow<'a, str>,
    pub producer_id: i64,
    pub producer_epoch: i16,
    /// Only check that they are in the transaction.
    pub verify_only: bool,
    pub topics: Vec<AddPartitionsToTxnTopic<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnTransaction<'_> {
    fn default() -> Self {
        Self {
            transactional_id: Cow::Borrowed(""),
            producer_id: 0,
            producer_epoch: 0,
            verify_only: false,
            topics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnTransaction<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 4 {
            value.transactional_id = r.string_as(form)?;
        }
        if version >= 4 {
            value.producer_id = r.i64()?;
        }
        if version >= 4 {
            value.producer_epoch = r.i16()?;
        }
        if version >= 4 {
            value.verify_only = r.bool()?;
        }
        if version >= 4 {
            value.topics = r.array(form, version, AddPartitionsToTxnTopic::decode)?;
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
        let form = Form::of(version >= 3);
        if version >= 4 { w.string_as(form, &self.transactional_id)?; } else if !self.transactional_id.is_empty() {
            return Err(not_in_version("transactionalId", version));
        }
        if version >= 4 { w.i64(self.producer_id); } else if self.producer_id != 0 {
            return Err(not_in_version("producerId", version));
        }
        if version >= 4 { w.i16(self.producer_epoch); } else if self.producer_epoch != 0 {
            return Err(not_in_version("producerEpoch", version));
        }
        if version >= 4 { w.bool(self.verify_only); } else if self.verify_only {
            return Err(not_in_version("verifyOnly", version));
        }
        if version >= 4 { w.array(form, &self.topics, version, AddPartitionsToTxnTopic::encode)?; } else if !self.topics.is_empty() {
            return Err(not_in_version("topics", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnTransaction<'static> {
        AddPartitionsToTxnTransaction {
            transactional_id: Cow::Owned(self.transactional_id.into_owned()),
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            verify_only: self.verify_only,
            topics: self.topics.into_iter().map(AddPartitionsToTxnTopic::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AddPartitionsToTxnRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AddPartitionsToTxnTopic<'a> {
    pub name: Cow<'a, str>,
    pub partitions: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AddPartitionsToTxnTopic<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            partitions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AddPartitionsToTxnTopic<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
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
        let form = Form::of(version >= 3);
        w.string_as(form, &self.name)?;
        w.array_of(form, &self.partitions, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AddPartitionsToTxnTopic<'static> {
        AddPartitionsToTxnTopic {
            name: Cow::Owned(self.name.into_owned()),
            partitions: self.partitions,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
