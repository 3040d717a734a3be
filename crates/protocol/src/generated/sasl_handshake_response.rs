// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `SaslHandshake`: the mechanisms that are enabled.
#[derive(Clone, Debug, PartialEq)]
pub struct SaslHandshakeResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub mechanisms: Vec<Cow<'a, str>>,
}

impl Default for SaslHandshakeResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            mechanisms: Vec::new(),
        }
    }
}

impl<'a> SaslHandshakeResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(17);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.mechanisms = r.strings(form)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.i16(self.error_code.0);
        w.strings(form, &self.mechanisms)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SaslHandshakeResponse<'static> {
        SaslHandshakeResponse {
            error_code: self.error_code,
            mechanisms: self.mechanisms.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
        }
    }
}

impl Response for SaslHandshakeResponse<'_> {
    const API_KEY: ApiKey = SaslHandshakeResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        SaslHandshakeResponse::encode(self, w, version)
    }
}
