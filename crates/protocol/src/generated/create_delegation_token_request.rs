// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Creates a delegation token.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateDelegationTokenRequest<'a> {
    pub owner_principal_type: Option<Cow<'a, str>>,
    pub owner_principal_name: Option<Cow<'a, str>>,
    pub renewers: Vec<CreatableRenewers<'a>>,
    pub max_lifetime_ms: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreateDelegationTokenRequest<'_> {
    fn default() -> Self {
        Self {
            owner_principal_type: Some(Cow::Borrowed("")),
            owner_principal_name: Some(Cow::Borrowed("")),
            renewers: Vec::new(),
            max_lifetime_ms: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreateDelegationTokenRequest<'a> {
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
        if version >= 3 {
            value.owner_principal_type = r.nullable_string_as(form)?;
        }
        if version >= 3 {
            value.owner_principal_name = r.nullable_string_as(form)?;
        }
        value.renewers = r.array(form, version, CreatableRenewers::decode)?;
        value.max_lifetime_ms = r.i64()?;
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
        if version >= 3 { match &self.owner_principal_type { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.owner_principal_type.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("ownerPrincipalType", version));
        }
        if version >= 3 { match &self.owner_principal_name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } } else if self.owner_principal_name.as_ref().is_none_or(|value| !value.is_empty()) {
            return Err(not_in_version("ownerPrincipalName", version));
        }
        w.array(form, &self.renewers, version, CreatableRenewers::encode)?;
        w.i64(self.max_lifetime_ms);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreateDelegationTokenRequest<'static> {
        CreateDelegationTokenRequest {
            owner_principal_type: self.owner_principal_type.map(|value| Cow::Owned(value.into_owned())),
            owner_principal_name: self.owner_principal_name.map(|value| Cow::Owned(value.into_owned())),
            renewers: self.renewers.into_iter().map(CreatableRenewers::into_owned).collect(),
            max_lifetime_ms: self.max_lifetime_ms,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for CreateDelegationTokenRequest<'_> {
    const API_KEY: ApiKey = CreateDelegationTokenRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        CreateDelegationTokenRequest::encode(self, w, version)
    }
}

/// Part of [`CreateDelegationTokenRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct CreatableRenewers<'a> {
    /// `User`.
    pub principal_type: Cow<'a, str>,
    pub principal_name: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreatableRenewers<'_> {
    fn default() -> Self {
        Self {
            principal_type: Cow::Borrowed(""),
            principal_name: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreatableRenewers<'a> {
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
    pub fn into_owned(self) -> CreatableRenewers<'static> {
        CreatableRenewers {
            principal_type: Cow::Owned(self.principal_type.into_owned()),
            principal_name: Cow::Owned(self.principal_name.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
