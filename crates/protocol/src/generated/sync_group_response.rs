// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `SyncGroup`: the assignment of the member.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncGroupResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// `consumer`, `connect` or of the application's own.
    pub protocol_type: Option<Cow<'a, str>>,
    pub protocol_name: Option<Cow<'a, str>>,
    pub assignment: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SyncGroupResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            protocol_type: None,
            protocol_name: None,
            assignment: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SyncGroupResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(14);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 5;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 4;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 4);
        let mut value = Self::default();
        if version >= 1 {
            value.throttle_time_ms = r.i32()?;
        }
        value.error_code = ErrorCode(r.i16()?);
        if version >= 5 {
            value.protocol_type = r.nullable_string_as(form)?;
        }
        if version >= 5 {
            value.protocol_name = r.nullable_string_as(form)?;
        }
        value.assignment = Cow::Borrowed(r.bytes_as(form)?);
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
        let form = Form::of(version >= 4);
        if version >= 1 { w.i32(self.throttle_time_ms); }
        w.i16(self.error_code.0);
        if version >= 5 { match &self.protocol_type { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if version >= 5 { match &self.protocol_name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        w.bytes_as(form, &self.assignment)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SyncGroupResponse<'static> {
        SyncGroupResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            protocol_type: self.protocol_type.map(|value| Cow::Owned(value.into_owned())),
            protocol_name: self.protocol_name.map(|value| Cow::Owned(value.into_owned())),
            assignment: Cow::Owned(self.assignment.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for SyncGroupResponse<'_> {
    const API_KEY: ApiKey = SyncGroupResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        SyncGroupResponse::encode(self, w, version)
    }
}
