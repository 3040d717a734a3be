// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: the state of a transactional id.
#[derive(Clone, Debug, PartialEq)]
pub struct TransactionLogValue<'a> {
    pub producer_id: i64,
    pub previous_producer_id: i64,
    pub next_producer_id: i64,
    pub producer_epoch: i16,
    pub next_producer_epoch: i16,
    /// After it the coordinator aborts the transaction.
    pub transaction_timeout_ms: i32,
    pub transaction_status: i8,
    pub transaction_partitions: Option<Vec<PartitionsSchema<'a>>>,
    pub transaction_last_update_timestamp_ms: i64,
    pub transaction_start_timestamp_ms: i64,
    pub client_transaction_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TransactionLogValue<'_> {
    fn default() -> Self {
        Self {
            producer_id: 0,
            previous_producer_id: -1,
            next_producer_id: -1,
            producer_epoch: 0,
            next_producer_epoch: -1,
            transaction_timeout_ms: 0,
            transaction_status: 0,
            transaction_partitions: Some(Vec::new()),
            transaction_last_update_timestamp_ms: 0,
            transaction_start_timestamp_ms: 0,
            client_transaction_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TransactionLogValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 0;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 1;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.producer_id = r.i64()?;
        value.producer_epoch = r.i16()?;
        value.transaction_timeout_ms = r.i32()?;
        value.transaction_status = r.i8()?;
        value.transaction_partitions = r.nullable_array(form, version, PartitionsSchema::decode)?;
        value.transaction_last_update_timestamp_ms = r.i64()?;
        value.transaction_start_timestamp_ms = r.i64()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.previous_producer_id = r.i64()?,
                    1 => value.next_producer_id = r.i64()?,
                    3 => value.next_producer_epoch = r.i16()?,
                    2 => value.client_transaction_version = r.i16()?,
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
        let form = Form::of(version >= 1);
        w.i64(self.producer_id);
        if version >= 1 {  } else if self.previous_producer_id != -1 {
            return Err(not_in_version("previousProducerId", version));
        }
        if version >= 1 {  } else if self.next_producer_id != -1 {
            return Err(not_in_version("nextProducerId", version));
        }
        w.i16(self.producer_epoch);
        if version >= 1 {  } else if self.next_producer_epoch != -1 {
            return Err(not_in_version("nextProducerEpoch", version));
        }
        w.i32(self.transaction_timeout_ms);
        w.i8(self.transaction_status);
        match &self.transaction_partitions { Some(value) => { w.array(form, value, version, PartitionsSchema::encode)?; } None => { w.null_array_as(form); } }
        w.i64(self.transaction_last_update_timestamp_ms);
        w.i64(self.transaction_start_timestamp_ms);
        if version >= 1 {  } else if self.client_transaction_version != 0 {
            return Err(not_in_version("clientTransactionVersion", version));
        }
        if form == Form::Compact {
            let has_0 = self.previous_producer_id != -1;
            let has_1 = self.next_producer_id != -1;
            let has_2 = self.client_transaction_version != 0;
            let has_3 = self.next_producer_epoch != -1;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1) + usize::from(has_2) + usize::from(has_3))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.i64(self.previous_producer_id);
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                w.i64(self.next_producer_id);
                w.end_sized(mark);
            }
            if has_2 {
                w.uvarint(2);
                let mark = w.begin_sized();
                w.i16(self.client_transaction_version);
                w.end_sized(mark);
            }
            if has_3 {
                w.uvarint(3);
                let mark = w.begin_sized();
                w.i16(self.next_producer_epoch);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 4, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TransactionLogValue<'static> {
        TransactionLogValue {
            producer_id: self.producer_id,
            previous_producer_id: self.previous_producer_id,
            next_producer_id: self.next_producer_id,
            producer_epoch: self.producer_epoch,
            next_producer_epoch: self.next_producer_epoch,
            transaction_timeout_ms: self.transaction_timeout_ms,
            transaction_status: self.transaction_status,
            transaction_partitions: self.transaction_partitions.map(|value| value.into_iter().map(PartitionsSchema::into_owned).collect()),
            transaction_last_update_timestamp_ms: self.transaction_last_update_timestamp_ms,
            transaction_start_timestamp_ms: self.transaction_start_timestamp_ms,
            client_transaction_version: self.client_transaction_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`TransactionLogValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionsSchema<'a> {
    pub topic: Cow<'a, str>,
    pub partition_ids: Vec<i32>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionsSchema<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            partition_ids: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionsSchema<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 1);
        let mut value = Self::default();
        value.topic = r.string_as(form)?;
        value.partition_ids = r.array_of(form, Reader::i32)?;
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
        let form = Form::of(version >= 1);
        w.string_as(form, &self.topic)?;
        w.array_of(form, &self.partition_ids, Writer::i32)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionsSchema<'static> {
        PartitionsSchema {
            topic: Cow::Owned(self.topic.into_owned()),
            partition_ids: self.partition_ids,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
