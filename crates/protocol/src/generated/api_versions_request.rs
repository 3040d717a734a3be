// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which APIs and versions the other side speaks; the first request of a connection.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiVersionsRequest<'a> {
    /// Such as `apache-kafka-java`.
    pub client_software_name: Cow<'a, str>,
    pub client_software_version: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ApiVersionsRequest<'_> {
    fn default() -> Self {
        Self {
            client_software_name: Cow::Borrowed(""),
            client_software_version: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ApiVersionsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(18);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 3 {
            value.client_software_name = r.string_as(form)?;
        }
        if version >= 3 {
            value.client_software_version = r.string_as(form)?;
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
        let form = Form::of(version >= 3);
        if version >= 3 { w.string_as(form, &self.client_software_name)?; }
        if version >= 3 { w.string_as(form, &self.client_software_version)?; }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ApiVersionsRequest<'static> {
        ApiVersionsRequest {
            client_software_name: Cow::Owned(self.client_software_name.into_owned()),
            client_software_version: Cow::Owned(self.client_software_version.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ApiVersionsRequest<'_> {
    const API_KEY: ApiKey = ApiVersionsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ApiVersionsRequest::encode(self, w, version)
    }
}
