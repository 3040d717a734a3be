// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Carries a client's request from a broker to the controller.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeRequest<'a> {
    pub request_data: Cow<'a, [u8]>,
    pub request_principal: Option<Cow<'a, [u8]>>,
    pub client_host_address: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for EnvelopeRequest<'_> {
    fn default() -> Self {
        Self {
            request_data: Cow::Borrowed(&[]),
            request_principal: Some(Cow::Borrowed(&[])),
            client_host_address: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> EnvelopeRequest<'a> {
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
        value.request_data = Cow::Borrowed(r.bytes_as(form)?);
        value.request_principal = r.nullable_bytes_as(form)?.map(Cow::Borrowed);
        value.client_host_address = Cow::Borrowed(r.bytes_as(form)?);
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
        w.bytes_as(form, &self.request_data)?;
        match &self.request_principal { Some(value) => { w.bytes_as(form, value)?; } None => { w.nullable_bytes_as(form, None)?; } }
        w.bytes_as(form, &self.client_host_address)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> EnvelopeRequest<'static> {
        EnvelopeRequest {
            request_data: Cow::Owned(self.request_data.into_owned()),
            request_principal: self.request_principal.map(|value| Cow::Owned(value.into_owned())),
            client_host_address: Cow::Owned(self.client_host_address.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for EnvelopeRequest<'_> {
    const API_KEY: ApiKey = EnvelopeRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        EnvelopeRequest::encode(self, w, version)
    }
}
