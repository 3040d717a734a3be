// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `CreateDelegationToken`: the token and its secret.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateDelegationTokenResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    /// `User`.
    pub principal_type: Cow<'a, str>,
    pub principal_name: Cow<'a, str>,
    pub token_requester_principal_type: Cow<'a, str>,
    pub token_requester_principal_name: Cow<'a, str>,
    pub issue_timestamp_ms: i64,
    pub expiry_timestamp_ms: i64,
    pub max_timestamp_ms: i64,
    pub token_id: Cow<'a, str>,
    /// The token's secret.
    pub hmac: Cow<'a, [u8]>,
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreateDelegationTokenResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            principal_type: Cow::Borrowed(""),
            principal_name: Cow::Borrowed(""),
            token_requester_principal_type: Cow::Borrowed(""),
            token_requester_principal_name: Cow::Borrowed(""),
            issue_timestamp_ms: 0,
            expiry_timestamp_ms: 0,
            max_timestamp_ms: 0,
            token_id: Cow::Borrowed(""),
            hmac: Cow::Borrowed(&[]),
            throttle_time_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreateDelegationTokenResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(38);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 3;
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
        value.principal_type = r.string_as(form)?;
        value.principal_name = r.string_as(form)?;
        if version >= 3 {
            value.token_requester_principal_type = r.string_as(form)?;
        }
        if version >= 3 {
            value.token_requester_principal_name = r.string_as(form)?;
        }
        value.issue_timestamp_ms = r.i64()?;
        value.expiry_timestamp_ms = r.i64()?;
        value.max_timestamp_ms = r.i64()?;
        value.token_id = r.string_as(form)?;
        value.hmac = Cow::Borrowed(r.bytes_as(form)?);
        value.throttle_time_ms = r.i32()?;
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
        w.string_as(form, &self.principal_type)?;
        w.string_as(form, &self.principal_name)?;
        if version >= 3 { w.string_as(form, &self.token_requester_principal_type)?; } else if !self.token_requester_principal_type.is_empty() {
            return Err(not_in_version("tokenRequesterPrincipalType", version));
        }
        if version >= 3 { w.string_as(form, &self.token_requester_principal_name)?; } else if !self.token_requester_principal_name.is_empty() {
            return Err(not_in_version("tokenRequesterPrincipalName", version));
        }
        w.i64(self.issue_timestamp_ms);
        w.i64(self.expiry_timestamp_ms);
        w.i64(self.max_timestamp_ms);
        w.string_as(form, &self.token_id)?;
        w.bytes_as(form, &self.hmac)?;
        w.i32(self.throttle_time_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreateDelegationTokenResponse<'static> {
        CreateDelegationTokenResponse {
            error_code: self.error_code,
            principal_type: Cow::Owned(self.principal_type.into_owned()),
            principal_name: Cow::Owned(self.principal_name.into_owned()),
            token_requester_principal_type: Cow::Owned(self.token_requester_principal_type.into_owned()),
            token_requester_principal_name: Cow::Owned(self.token_requester_principal_name.into_owned()),
            issue_timestamp_ms: self.issue_timestamp_ms,
            expiry_timestamp_ms: self.expiry_timestamp_ms,
            max_timestamp_ms: self.max_timestamp_ms,
            token_id: Cow::Owned(self.token_id.into_owned()),
            hmac: Cow::Owned(self.hmac.into_owned()),
            throttle_time_ms: self.throttle_time_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for CreateDelegationTokenResponse<'_> {
    const API_KEY: ApiKey = CreateDelegationTokenResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        CreateDelegationTokenResponse::encode(self, w, version)
    }
}
