// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `GetTelemetrySubscriptions`: the metrics, how often and in which form.
#[derive(Clone, Debug, PartialEq)]
pub struct GetTelemetrySubscriptionsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub client_instance_id: Uuid,
    pub subscription_id: i32,
    /// Codec ids, best first.
    pub accepted_compression_types: Vec<i8>,
    pub push_interval_ms: i32,
    pub telemetry_max_bytes: i32,
    /// Whether metrics are changes or sums.
    pub delta_temporality: bool,
    pub requested_metrics: Vec<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for GetTelemetrySubscriptionsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            client_instance_id: Uuid::ZERO,
            subscription_id: 0,
            accepted_compression_types: Vec::new(),
            push_interval_ms: 0,
            telemetry_max_bytes: 0,
            delta_temporality: false,
            requested_metrics: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> GetTelemetrySubscriptionsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(71);
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
        value.client_instance_id = r.uuid()?;
        value.subscription_id = r.i32()?;
        value.accepted_compression_types = r.array_of(form, Reader::i8)?;
        value.push_interval_ms = r.i32()?;
        value.telemetry_max_bytes = r.i32()?;
        value.delta_temporality = r.bool()?;
        value.requested_metrics = r.strings(form)?;
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
        w.uuid(self.client_instance_id);
        w.i32(self.subscription_id);
        w.array_of(form, &self.accepted_compression_types, Writer::i8)?;
        w.i32(self.push_interval_ms);
        w.i32(self.telemetry_max_bytes);
        w.bool(self.delta_temporality);
        w.strings(form, &self.requested_metrics)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> GetTelemetrySubscriptionsResponse<'static> {
        GetTelemetrySubscriptionsResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            client_instance_id: self.client_instance_id,
            subscription_id: self.subscription_id,
            accepted_compression_types: self.accepted_compression_types,
            push_interval_ms: self.push_interval_ms,
            telemetry_max_bytes: self.telemetry_max_bytes,
            delta_temporality: self.delta_temporality,
            requested_metrics: self.requested_metrics.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for GetTelemetrySubscriptionsResponse<'_> {
    const API_KEY: ApiKey = GetTelemetrySubscriptionsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        GetTelemetrySubscriptionsResponse::encode(self, w, version)
    }
}
