// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Chooses a SASL mechanism.
#[derive(Clone, Debug, PartialEq)]
pub struct SaslHandshakeRequest<'a> {
    pub mechanism: Cow<'a, str>,
}

impl Default for SaslHandshakeRequest<'_> {
    fn default() -> Self {
        Self {
            mechanism: Cow::Borrowed(""),
        }
    }
}

impl<'a> SaslHandshakeRequest<'a> {
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
        value.mechanism = r.string_as(form)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.mechanism)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SaslHandshakeRequest<'static> {
        SaslHandshakeRequest {
            mechanism: Cow::Owned(self.mechanism.into_owned()),
        }
    }
}

impl Request for SaslHandshakeRequest<'_> {
    const API_KEY: ApiKey = SaslHandshakeRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        SaslHandshakeRequest::encode(self, w, version)
    }
}
