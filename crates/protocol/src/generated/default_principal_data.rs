// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A principal, as a broker forwards it to the controller.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultPrincipalData<'a> {
    pub type_: Cow<'a, str>,
    pub name: Cow<'a, str>,
    pub token_authenticated: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DefaultPrincipalData<'_> {
    fn default() -> Self {
        Self {
            type_: Cow::Borrowed(""),
            name: Cow::Borrowed(""),
            token_authenticated: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DefaultPrincipalData<'a> {
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
        value.type_ = r.string_as(form)?;
        value.name = r.string_as(form)?;
        value.token_authenticated = r.bool()?;
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
        w.string_as(form, &self.type_)?;
        w.string_as(form, &self.name)?;
        w.bool(self.token_authenticated);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DefaultPrincipalData<'static> {
        DefaultPrincipalData {
            type_: Cow::Owned(self.type_.into_owned()),
            name: Cow::Owned(self.name.into_owned()),
            token_authenticated: self.token_authenticated,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
