// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Creates ACLs.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateAclsRequest<'a> {
    pub creations: Vec<AclCreation<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CreateAclsRequest<'_> {
    fn default() -> Self {
        Self {
            creations: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CreateAclsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(30);
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
        value.creations = r.array(form, version, AclCreation::decode)?;
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
        w.array(form, &self.creations, version, AclCreation::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CreateAclsRequest<'static> {
        CreateAclsRequest {
            creations: self.creations.into_iter().map(AclCreation::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for CreateAclsRequest<'_> {
    const API_KEY: ApiKey = CreateAclsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        CreateAclsRequest::encode(self, w, version)
    }
}

/// Part of [`CreateAclsRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct AclCreation<'a> {
    pub resource_type: i8,
    pub resource_name: Cow<'a, str>,
    pub resource_pattern_type: i8,
    pub principal: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub operation: i8,
    /// 2 deny, 3 allow.
    pub permission_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for AclCreation<'_> {
    fn default() -> Self {
        Self {
            resource_type: 0,
            resource_name: Cow::Borrowed(""),
            resource_pattern_type: 3,
            principal: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            operation: 0,
            permission_type: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> AclCreation<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.resource_type = r.i8()?;
        value.resource_name = r.string_as(form)?;
        value.resource_pattern_type = r.i8()?;
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
        let form = Form::of(version >= 2);
        w.i8(self.resource_type);
        w.string_as(form, &self.resource_name)?;
        w.i8(self.resource_pattern_type);
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
    pub fn into_owned(self) -> AclCreation<'static> {
        AclCreation {
            resource_type: self.resource_type,
            resource_name: Cow::Owned(self.resource_name.into_owned()),
            resource_pattern_type: self.resource_pattern_type,
            principal: Cow::Owned(self.principal.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            operation: self.operation,
            permission_type: self.permission_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
