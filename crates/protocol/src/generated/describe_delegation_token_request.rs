// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the delegation tokens of owners.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeDelegationTokenRequest<'a> {
    pub owners: Option<Vec<DescribeDelegationTokenOwner<'a>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeDelegationTokenRequest<'_> {
    fn default() -> Self {
        Self {
            owners: Some(Vec::new()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeDelegationTokenRequest<'a> {
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
        value.owners = r.nullable_array(form, version, DescribeDelegationTokenOwner::decode)?;
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
        match &self.owners { Some(value) => { w.array(form, value, version, DescribeDelegationTokenOwner::encode)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeDelegationTokenRequest<'static> {
        DescribeDelegationTokenRequest {
            owners: self.owners.map(|value| value.into_iter().map(DescribeDelegationTokenOwner::into_owned).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeDelegationTokenRequest<'_> {
    const API_KEY: ApiKey = DescribeDelegationTokenRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeDelegationTokenRequest::encode(self, w, version)
    }
}

/// Part of [`DescribeDelegationTokenRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeDelegationTokenOwner<'a> {
    /// `User`.
    pub principal_type: Cow<'a, str>,
    pub principal_name: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeDelegationTokenOwner<'_> {
    fn default() -> Self {
        Self {
            principal_type: Cow::Borrowed(""),
            principal_name: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeDelegationTokenOwner<'a> {
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
    pub fn into_owned(self) -> DescribeDelegationTokenOwner<'static> {
        DescribeDelegationTokenOwner {
            principal_type: Cow::Owned(self.principal_type.into_owned()),
            principal_name: Cow::Owned(self.principal_name.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
