// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `BrokerHeartbeat`: whether it is fenced, caught up, or may shut down.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerHeartbeatResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// Has replayed nearly all metadata.
    pub is_caught_up: bool,
    /// Leads nothing until it is unfenced.
    pub is_fenced: bool,
    /// All leaders were moved; it may go.
    pub should_shut_down: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerHeartbeatResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            is_caught_up: false,
            is_fenced: true,
            should_shut_down: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BrokerHeartbeatResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(63);
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
        value.is_caught_up = r.bool()?;
        value.is_fenced = r.bool()?;
        value.should_shut_down = r.bool()?;
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
        w.bool(self.is_caught_up);
        w.bool(self.is_fenced);
        w.bool(self.should_shut_down);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BrokerHeartbeatResponse<'static> {
        BrokerHeartbeatResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            is_caught_up: self.is_caught_up,
            is_fenced: self.is_fenced,
            should_shut_down: self.should_shut_down,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for BrokerHeartbeatResponse<'_> {
    const API_KEY: ApiKey = BrokerHeartbeatResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        BrokerHeartbeatResponse::encode(self, w, version)
    }
}
