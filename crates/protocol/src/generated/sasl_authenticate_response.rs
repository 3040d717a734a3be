// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `SaslAuthenticate`: the other side's step, and how long the session is good.
#[derive(Clone, Debug, PartialEq)]
pub struct SaslAuthenticateResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub auth_bytes: Cow<'a, [u8]>,
    /// After it the client has to authenticate again; 0 for ever.
    pub session_lifetime_ms: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SaslAuthenticateResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            auth_bytes: Cow::Borrowed(&[]),
            session_lifetime_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SaslAuthenticateResponse<'a> {
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
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.auth_bytes = Cow::Borrowed(r.bytes_as(form)?);
        if version >= 1 {
            value.session_lifetime_ms = r.i64()?;
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
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.bytes_as(form, &self.auth_bytes)?;
        if version >= 1 { w.i64(self.session_lifetime_ms); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SaslAuthenticateResponse<'static> {
        SaslAuthenticateResponse {
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            auth_bytes: Cow::Owned(self.auth_bytes.into_owned()),
            session_lifetime_ms: self.session_lifetime_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for SaslAuthenticateResponse<'_> {
    const API_KEY: ApiKey = SaslAuthenticateResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        SaslAuthenticateResponse::encode(self, w, version)
    }
}
