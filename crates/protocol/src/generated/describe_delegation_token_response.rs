// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeDelegationToken`: the tokens, without those the asker may not see.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeDelegationTokenResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub tokens: Vec<DescribedDelegationToken<'a>>,
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeDelegationTokenResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            tokens: Vec::new(),
            throttle_time_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeDelegationTokenResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(41);
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
        value.tokens = r.array(form, version, DescribedDelegationToken::decode)?;
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
        w.array(form, &self.tokens, version, DescribedDelegationToken::encode)?;
        w.i32(self.throttle_time_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeDelegationTokenResponse<'static> {
        DescribeDelegationTokenResponse {
            error_code: self.error_code,
            tokens: self.tokens.into_iter().map(DescribedDelegationToken::into_owned).collect(),
            throttle_time_ms: self.throttle_time_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeDelegationTokenResponse<'_> {
    const API_KEY: ApiKey = DescribeDelegationTokenResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeDelegationTokenResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeDelegationTokenResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedDelegationToken<'a> {
    /// `User`.
    pub principal_type: Cow<'a, str>,
    pub principal_name: Cow<'a, str>,
    pub token_requester_principal_type: Cow<'a, str>,
    pub token_requester_principal_name: Cow<'a, str>,
    pub issue_timestamp: i64,
    pub expiry_timestamp: i64,
    pub max_timestamp: i64,
    pub token_id: Cow<'a, str>,
    /// The token's secret.
    pub hmac: Cow<'a, [u8]>,
    pub renewers: Vec<DescribedDelegationTokenRenewer<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribedDelegationToken<'_> {
    fn default() -> Self {
        Self {
            principal_type: Cow::Borrowed(""),
            principal_name: Cow::Borrowed(""),
            token_requester_principal_type: Cow::Borrowed(""),
            token_requester_principal_name: Cow::Borrowed(""),
            issue_timestamp: 0,
            expiry_timestamp: 0,
            max_timestamp: 0,
            token_id: Cow::Borrowed(""),
            hmac: Cow::Borrowed(&[]),
            renewers: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribedDelegationToken<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.principal_type = r.string_as(form)?;
        value.principal_name = r.string_as(form)?;
        if version >= 3 {
            value.token_requester_principal_type = r.string_as(form)?;
        }
        if version >= 3 {
            value.token_requester_principal_name = r.string_as(form)?;
        }
        value.issue_timestamp = r.i64()?;
        value.expiry_timestamp = r.i64()?;
        value.max_timestamp = r.i64()?;
        value.token_id = r.string_as(form)?;
        value.hmac = Cow::Borrowed(r.bytes_as(form)?);
        value.renewers = r.array(form, version, DescribedDelegationTokenRenewer::decode)?;
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
        w.string_as(form, &self.principal_type)?;
        w.string_as(form, &self.principal_name)?;
        if version >= 3 { w.string_as(form, &self.token_requester_principal_type)?; } else if !self.token_requester_principal_type.is_empty() {
            return Err(not_in_version("tokenRequesterPrincipalType", version));
        }
        if version >= 3 { w.string_as(form, &self.token_requester_principal_name)?; } else if !self.token_requester_principal_name.is_empty() {
            return Err(not_in_version("tokenRequesterPrincipalName", version));
        }
        w.i64(self.issue_timestamp);
        w.i64(self.expiry_timestamp);
        w.i64(self.max_timestamp);
        w.string_as(form, &self.token_id)?;
        w.bytes_as(form, &self.hmac)?;
        w.array(form, &self.renewers, version, DescribedDelegationTokenRenewer::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribedDelegationToken<'static> {
        DescribedDelegationToken {
            principal_type: Cow::Owned(self.principal_type.into_owned()),
            principal_name: Cow::Owned(self.principal_name.into_owned()),
            token_requester_principal_type: Cow::Owned(self.token_requester_principal_type.into_owned()),
            token_requester_principal_name: Cow::Owned(self.token_requester_principal_name.into_owned()),
            issue_timestamp: self.issue_timestamp,
            expiry_timestamp: self.expiry_timestamp,
            max_timestamp: self.max_timestamp,
            token_id: Cow::Owned(self.token_id.into_owned()),
            hmac: Cow::Owned(self.hmac.into_owned()),
            renewers: self.renewers.into_iter().map(DescribedDelegationTokenRenewer::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeDelegationTokenResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedDelegationTokenRenewer<'a> {
    /// `User`.
    pub principal_type: Cow<'a, str>,
    pub principal_name: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribedDelegationTokenRenewer<'_> {
    fn default() -> Self {
        Self {
            principal_type: Cow::Borrowed(""),
            principal_name: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribedDelegationTokenRenewer<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.principal_type = r.string_as(form)?;
        value.principal_name = r.string_as(form)?;
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
        w.string_as(form, &self.principal_type)?;
        w.string_as(form, &self.principal_name)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribedDelegationTokenRenewer<'static> {
        DescribedDelegationTokenRenewer {
            principal_type: Cow::Owned(self.principal_type.into_owned()),
            principal_name: Cow::Owned(self.principal_name.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
