// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// An ACL exists.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessControlEntryRecord<'a> {
    pub id: Uuid,
    pub resource_type: i8,
    pub resource_name: Cow<'a, str>,
    /// 3 literal, 4 prefixed.
    pub pattern_type: i8,
    pub principal: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub operation: i8,
    /// 2 deny, 3 allow.
    pub permission_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AccessControlEntryRecord<'_> {
    fn default() -> Self {
        Self {
            id: Uuid::ZERO,
            resource_type: 0,
            resource_name: Cow::Borrowed(""),
            pattern_type: 0,
            principal: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            operation: 0,
            permission_type: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AccessControlEntryRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 18;
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
        value.id = r.uuid()?;
        value.resource_type = r.i8()?;
        value.resource_name = r.string_as(form)?;
        value.pattern_type = r.i8()?;
        value.principal = r.string_as(form)?;
        value.host = r.string_as(form)?;
        value.operation = r.i8()?;
        value.permission_type = r.i8()?;
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
        w.uuid(self.id);
        w.i8(self.resource_type);
        w.string_as(form, &self.resource_name)?;
        w.i8(self.pattern_type);
        w.string_as(form, &self.principal)?;
        w.string_as(form, &self.host)?;
        w.i8(self.operation);
        w.i8(self.permission_type);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> AccessControlEntryRecord<'static> {
        AccessControlEntryRecord {
            id: self.id,
            resource_type: self.resource_type,
            resource_name: Cow::Owned(self.resource_name.into_owned()),
            pattern_type: self.pattern_type,
            principal: Cow::Owned(self.principal.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            operation: self.operation,
            permission_type: self.permission_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
