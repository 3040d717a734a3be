// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `RenewDelegationToken`: when it now expires.
#[derive(Clone, Debug, PartialEq)]
pub struct RenewDelegationTokenResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub expiry_timestamp_ms: i64,
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for RenewDelegationTokenResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            expiry_timestamp_ms: 0,
            throttle_time_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> RenewDelegationTokenResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(39);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.expiry_timestamp_ms = r.i64()?;
        value.throttle_time_ms = r.i32()?;
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
        w.i16(self.error_code.0);
        w.i64(self.expiry_timestamp_ms);
        w.i32(self.throttle_time_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> RenewDelegationTokenResponse<'static> {
        RenewDelegationTokenResponse {
            error_code: self.error_code,
            expiry_timestamp_ms: self.expiry_timestamp_ms,
            throttle_time_ms: self.throttle_time_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for RenewDelegationTokenResponse<'_> {
    const API_KEY: ApiKey = RenewDelegationTokenResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        RenewDelegationTokenResponse::encode(self, w, version)
    }
}
