// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for a producer id, and fences older producers of a transactional id.
#[derive(Clone, Debug, PartialEq)]
pub struct InitProducerIdRequest<'a> {
    /// Null for a producer that is only idempotent.
    pub transactional_id: Option<Cow<'a, str>>,
    /// After it the coordinator aborts the transaction.
    pub transaction_timeout_ms: i32,
    pub producer_id: i64,
    pub producer_epoch: i16,
    /// Transactions may stay prepared for ever (two-phase commit).
    pub enable2_pc: bool,
    /// Leave a prepared transaction as it is (two-phase commit).
    pub keep_prepared_txn: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for InitProducerIdRequest<'_> {
    fn default() -> Self {
        Self {
            transactional_id: Some(Cow::Borrowed("")),
            transaction_timeout_ms: 0,
            producer_id: -1,
            producer_epoch: -1,
            enable2_pc: false,
            keep_prepared_txn: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> InitProducerIdRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(22);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 6;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.transactional_id = r.nullable_string_as(form)?;
        value.transaction_timeout_ms = r.i32()?;
        if version >= 3 {
            value.producer_id = r.i64()?;
        }
        if version >= 3 {
            value.producer_epoch = r.i16()?;
        }
        if version >= 6 {
            value.enable2_pc = r.bool()?;
        }
        if version >= 6 {
            value.keep_prepared_txn = r.bool()?;
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
        let form = Form::of(version >= 2);
        match &self.transactional_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.transaction_timeout_ms);
        if version >= 3 { w.i64(self.producer_id); } else if self.producer_id != -1 {
            return Err(not_in_version("producerId", version));
        }
        if version >= 3 { w.i16(self.producer_epoch); } else if self.producer_epoch != -1 {
            return Err(not_in_version("producerEpoch", version));
        }
        if version >= 6 { w.bool(self.enable2_pc); } else if self.enable2_pc {
            return Err(not_in_version("enable2Pc", version));
        }
        if version >= 6 { w.bool(self.keep_prepared_txn); } else if self.keep_prepared_txn {
            return Err(not_in_version("keepPreparedTxn", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> InitProducerIdRequest<'static> {
        InitProducerIdRequest {
            transactional_id: self.transactional_id.map(|value| Cow::Owned(value.into_owned())),
            transaction_timeout_ms: self.transaction_timeout_ms,
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            enable2_pc: self.enable2_pc,
            keep_prepared_txn: self.keep_prepared_txn,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for InitProducerIdRequest<'_> {
    const API_KEY: ApiKey = InitProducerIdRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        InitProducerIdRequest::encode(self, w, version)
    }
}
