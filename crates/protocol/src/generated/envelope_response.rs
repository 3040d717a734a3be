// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `Envelope`: the controller's answer to the request inside.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeResponse<'a> {
    pub response_data: Option<Cow<'a, [u8]>>,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for EnvelopeResponse<'_> {
    fn default() -> Self {
        Self {
            response_data: None,
            error_code: ErrorCode::NONE,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> EnvelopeResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(58);
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
        value.response_data = r.nullable_bytes_as(form)?.map(Cow::Borrowed);
        value.error_code = ErrorCode(r.i16()?);
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
        match &self.response_data { Some(value) => { w.bytes_as(form, value)?; } None => { w.nullable_bytes_as(form, None)?; } }
        w.i16(self.error_code.0);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> EnvelopeResponse<'static> {
        EnvelopeResponse {
            response_data: self.response_data.map(|value| Cow::Owned(value.into_owned())),
            error_code: self.error_code,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for EnvelopeResponse<'_> {
    const API_KEY: ApiKey = EnvelopeResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        EnvelopeResponse::encode(self, w, version)
    }
}
