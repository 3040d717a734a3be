// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ControllerRegistration`: outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct ControllerRegistrationResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ControllerRegistrationResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ControllerRegistrationResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(70);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
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
        value.error_message = r.nullable_string_as(form)?;
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
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ControllerRegistrationResponse<'static> {
        ControllerRegistrationResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ControllerRegistrationResponse<'_> {
    const API_KEY: ApiKey = ControllerRegistrationResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ControllerRegistrationResponse::encode(self, w, version)
    }
}
