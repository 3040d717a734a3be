// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ListTransactions`: id, producer and state of each.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTransactionsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_state_filters: Vec<Cow<'a, str>>,
    pub transaction_states: Vec<TransactionState<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ListTransactionsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            unknown_state_filters: Vec::new(),
            transaction_states: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ListTransactionsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(66);
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.unknown_state_filters = r.strings(form)?;
        value.transaction_states = r.array(form, version, TransactionState::decode)?;
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
        w.i32(self.throttle_time_ms);
        w.i16(self.error_code.0);
        w.strings(form, &self.unknown_state_filters)?;
        w.array(form, &self.transaction_states, version, TransactionState::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ListTransactionsResponse<'static> {
        ListTransactionsResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            unknown_state_filters: self.unknown_state_filters.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            transaction_states: self.transaction_states.into_iter().map(TransactionState::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ListTransactionsResponse<'_> {
    const API_KEY: ApiKey = ListTransactionsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ListTransactionsResponse::encode(self, w, version)
    }
}

/// Part of [`ListTransactionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct TransactionState<'a> {
    pub transactional_id: Cow<'a, str>,
    pub producer_id: i64,
    pub transaction_state: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for TransactionState<'_> {
    fn default() -> Self {
        Self {
            transactional_id: Cow::Borrowed(""),
            producer_id: 0,
            transaction_state: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> TransactionState<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.transactional_id = r.string_as(form)?;
        value.producer_id = r.i64()?;
        value.transaction_state = r.string_as(form)?;
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
        w.string_as(form, &self.transactional_id)?;
        w.i64(self.producer_id);
        w.string_as(form, &self.transaction_state)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> TransactionState<'static> {
        TransactionState {
            transactional_id: Cow::Owned(self.transactional_id.into_owned()),
            producer_id: self.producer_id,
            transaction_state: Cow::Owned(self.transaction_state.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
