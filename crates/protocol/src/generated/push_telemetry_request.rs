// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Delivers client metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct PushTelemetryRequest<'a> {
    pub client_instance_id: Uuid,
    pub subscription_id: i32,
    /// The client goes away; this is its last push.
    pub terminating: bool,
    pub compression_type: i8,
    pub metrics: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PushTelemetryRequest<'_> {
    fn default() -> Self {
        Self {
            client_instance_id: Uuid::ZERO,
            subscription_id: 0,
            terminating: false,
            compression_type: 0,
            metrics: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PushTelemetryRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(72);
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
        value.client_instance_id = r.uuid()?;
        value.subscription_id = r.i32()?;
        value.terminating = r.bool()?;
        value.compression_type = r.i8()?;
        value.metrics = Cow::Borrowed(r.bytes_as(form)?);
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
        w.uuid(self.client_instance_id);
        w.i32(self.subscription_id);
        w.bool(self.terminating);
        w.i8(self.compression_type);
        w.bytes_as(form, &self.metrics)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PushTelemetryRequest<'static> {
        PushTelemetryRequest {
            client_instance_id: self.client_instance_id,
            subscription_id: self.subscription_id,
            terminating: self.terminating,
            compression_type: self.compression_type,
            metrics: Cow::Owned(self.metrics.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for PushTelemetryRequest<'_> {
    const API_KEY: ApiKey = PushTelemetryRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        PushTelemetryRequest::encode(self, w, version)
    }
}
