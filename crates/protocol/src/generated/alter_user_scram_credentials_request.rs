// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Sets or removes SCRAM credentials of users.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterUserScramCredentialsRequest<'a> {
    pub deletions: Vec<ScramCredentialDeletion<'a>>,
    pub upsertions: Vec<ScramCredentialUpsertion<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AlterUserScramCredentialsRequest<'_> {
    fn default() -> Self {
        Self {
            deletions: Vec::new(),
            upsertions: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AlterUserScramCredentialsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(51);
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
        value.deletions = r.array(form, version, ScramCredentialDeletion::decode)?;
        value.upsertions = r.array(form, version, ScramCredentialUpsertion::decode)?;
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
        w.array(form, &self.deletions, version, ScramCredentialDeletion::encode)?;
        w.array(form, &self.upsertions, version, ScramCredentialUpsertion::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AlterUserScramCredentialsRequest<'static> {
        AlterUserScramCredentialsRequest {
            deletions: self.deletions.into_iter().map(ScramCredentialDeletion::into_owned).collect(),
            upsertions: self.upsertions.into_iter().map(ScramCredentialUpsertion::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for AlterUserScramCredentialsRequest<'_> {
    const API_KEY: ApiKey = AlterUserScramCredentialsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        AlterUserScramCredentialsRequest::encode(self, w, version)
    }
}

/// Part of [`AlterUserScramCredentialsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ScramCredentialDeletion<'a> {
    pub name: Cow<'a, str>,
    pub mechanism: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ScramCredentialDeletion<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            mechanism: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ScramCredentialDeletion<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.mechanism = r.i8()?;
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
        w.string_as(form, &self.name)?;
        w.i8(self.mechanism);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ScramCredentialDeletion<'static> {
        ScramCredentialDeletion {
            name: Cow::Owned(self.name.into_owned()),
            mechanism: self.mechanism,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`AlterUserScramCredentialsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct ScramCredentialUpsertion<'a> {
    pub name: Cow<'a, str>,
    pub mechanism: i8,
    pub iterations: i32,
    pub salt: Cow<'a, [u8]>,
    pub salted_password: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ScramCredentialUpsertion<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            mechanism: 0,
            iterations: 0,
            salt: Cow::Borrowed(&[]),
            salted_password: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ScramCredentialUpsertion<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.mechanism = r.i8()?;
        value.iterations = r.i32()?;
        value.salt = Cow::Borrowed(r.bytes_as(form)?);
        value.salted_password = Cow::Borrowed(r.bytes_as(form)?);
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
        w.string_as(form, &self.name)?;
        w.i8(self.mechanism);
        w.i32(self.iterations);
        w.bytes_as(form, &self.salt)?;
        w.bytes_as(form, &self.salted_password)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ScramCredentialUpsertion<'static> {
        ScramCredentialUpsertion {
            name: Cow::Owned(self.name.into_owned()),
            mechanism: self.mechanism,
            iterations: self.iterations,
            salt: Cow::Owned(self.salt.into_owned()),
            salted_password: Cow::Owned(self.salted_password.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
