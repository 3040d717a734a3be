// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeUserScramCredentials`: mechanism and iterations by user; never the secret.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeUserScramCredentialsResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub results: Vec<DescribeUserScramCredentialsResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeUserScramCredentialsResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeUserScramCredentialsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(50);
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
        value.results = r.array(form, version, DescribeUserScramCredentialsResult::decode)?;
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
        w.array(form, &self.results, version, DescribeUserScramCredentialsResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeUserScramCredentialsResponse<'static> {
        DescribeUserScramCredentialsResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            results: self.results.into_iter().map(DescribeUserScramCredentialsResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeUserScramCredentialsResponse<'_> {
    const API_KEY: ApiKey = DescribeUserScramCredentialsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeUserScramCredentialsResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeUserScramCredentialsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeUserScramCredentialsResult<'a> {
    pub user: Cow<'a, str>,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub credential_infos: Vec<CredentialInfo<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeUserScramCredentialsResult<'_> {
    fn default() -> Self {
        Self {
            user: Cow::Borrowed(""),
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            credential_infos: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeUserScramCredentialsResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.user = r.string_as(form)?;
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        value.credential_infos = r.array(form, version, CredentialInfo::decode)?;
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
        w.string_as(form, &self.user)?;
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.array(form, &self.credential_infos, version, CredentialInfo::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeUserScramCredentialsResult<'static> {
        DescribeUserScramCredentialsResult {
            user: Cow::Owned(self.user.into_owned()),
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            credential_infos: self.credential_infos.into_iter().map(CredentialInfo::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`DescribeUserScramCredentialsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct CredentialInfo<'a> {
    pub mechanism: i8,
    pub iterations: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CredentialInfo<'_> {
    fn default() -> Self {
        Self {
            mechanism: 0,
            iterations: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CredentialInfo<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.mechanism = r.i8()?;
        value.iterations = r.i32()?;
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
        w.i8(self.mechanism);
        w.i32(self.iterations);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CredentialInfo<'static> {
        CredentialInfo {
            mechanism: self.mechanism,
            iterations: self.iterations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
