// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Carries one step of a SASL exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct SaslAuthenticateRequest<'a> {
    pub auth_bytes: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SaslAuthenticateRequest<'_> {
    fn default() -> Self {
        Self {
            auth_bytes: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SaslAuthenticateRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(36);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
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
        value.auth_bytes = Cow::Borrowed(r.bytes_as(form)?);
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
        w.bytes_as(form, &self.auth_bytes)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SaslAuthenticateRequest<'static> {
        SaslAuthenticateRequest {
            auth_bytes: Cow::Owned(self.auth_bytes.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for SaslAuthenticateRequest<'_> {
    const API_KEY: ApiKey = SaslAuthenticateRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        SaslAuthenticateRequest::encode(self, w, version)
    }
}
