// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Extends the life of a delegation token.
#[derive(Clone, Debug, PartialEq)]
pub struct RenewDelegationTokenRequest<'a> {
    /// The token's secret.
    pub hmac: Cow<'a, [u8]>,
    pub renew_period_ms: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for RenewDelegationTokenRequest<'_> {
    fn default() -> Self {
        Self {
            hmac: Cow::Borrowed(&[]),
            renew_period_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> RenewDelegationTokenRequest<'a> {
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
        value.hmac = Cow::Borrowed(r.bytes_as(form)?);
        value.renew_period_ms = r.i64()?;
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
        w.bytes_as(form, &self.hmac)?;
        w.i64(self.renew_period_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> RenewDelegationTokenRequest<'static> {
        RenewDelegationTokenRequest {
            hmac: Cow::Owned(self.hmac.into_owned()),
            renew_period_ms: self.renew_period_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for RenewDelegationTokenRequest<'_> {
    const API_KEY: ApiKey = RenewDelegationTokenRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        RenewDelegationTokenRequest::encode(self, w, version)
    }
}
