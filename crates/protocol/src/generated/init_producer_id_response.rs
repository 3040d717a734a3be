// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `InitProducerId`: producer id and epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct InitProducerIdResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub producer_id: i64,
    pub producer_epoch: i16,
    /// Of a prepared transaction, else -1.
    pub ongoing_txn_producer_id: i64,
    /// Of a prepared transaction, else -1.
    pub ongoing_txn_producer_epoch: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for InitProducerIdResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            producer_id: -1,
            producer_epoch: 0,
            ongoing_txn_producer_id: -1,
            ongoing_txn_producer_epoch: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> InitProducerIdResponse<'a> {
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.producer_id = r.i64()?;
        value.producer_epoch = r.i16()?;
        if version >= 6 {
            value.ongoing_txn_producer_id = r.i64()?;
        }
        if version >= 6 {
            value.ongoing_txn_producer_epoch = r.i16()?;
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
        w.i32(self.throttle_time_ms);
        w.i16(self.error_code.0);
        w.i64(self.producer_id);
        w.i16(self.producer_epoch);
        if version >= 6 { w.i64(self.ongoing_txn_producer_id); } else if self.ongoing_txn_producer_id != -1 {
            return Err(not_in_version("ongoingTxnProducerId", version));
        }
        if version >= 6 { w.i16(self.ongoing_txn_producer_epoch); } else if self.ongoing_txn_producer_epoch != -1 {
            return Err(not_in_version("ongoingTxnProducerEpoch", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> InitProducerIdResponse<'static> {
        InitProducerIdResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            ongoing_txn_producer_id: self.ongoing_txn_producer_id,
            ongoing_txn_producer_epoch: self.ongoing_txn_producer_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for InitProducerIdResponse<'_> {
    const API_KEY: ApiKey = InitProducerIdResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        InitProducerIdResponse::encode(self, w, version)
    }
}
