// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the ACLs that match a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeAclsRequest<'a> {
    pub resource_type_filter: i8,
    pub resource_name_filter: Option<Cow<'a, str>>,
    pub pattern_type_filter: i8,
    pub principal_filter: Option<Cow<'a, str>>,
    pub host_filter: Option<Cow<'a, str>>,
    pub operation: i8,
    /// 2 deny, 3 allow.
    pub permission_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeAclsRequest<'_> {
    fn default() -> Self {
        Self {
            resource_type_filter: 0,
            resource_name_filter: Some(Cow::Borrowed("")),
            pattern_type_filter: 3,
            principal_filter: Some(Cow::Borrowed("")),
            host_filter: Some(Cow::Borrowed("")),
            operation: 0,
            permission_type: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeAclsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(29);
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
        value.resource_type_filter = r.i8()?;
        value.resource_name_filter = r.nullable_string_as(form)?;
        value.pattern_type_filter = r.i8()?;
        value.principal_filter = r.nullable_string_as(form)?;
        value.host_filter = r.nullable_string_as(form)?;
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
        w.i8(self.resource_type_filter);
        match &self.resource_name_filter { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i8(self.pattern_type_filter);
        match &self.principal_filter { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.host_filter { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i8(self.operation);
        w.i8(self.permission_type);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeAclsRequest<'static> {
        DescribeAclsRequest {
            resource_type_filter: self.resource_type_filter,
            resource_name_filter: self.resource_name_filter.map(|value| Cow::Owned(value.into_owned())),
            pattern_type_filter: self.pattern_type_filter,
            principal_filter: self.principal_filter.map(|value| Cow::Owned(value.into_owned())),
            host_filter: self.host_filter.map(|value| Cow::Owned(value.into_owned())),
            operation: self.operation,
            permission_type: self.permission_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeAclsRequest<'_> {
    const API_KEY: ApiKey = DescribeAclsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeAclsRequest::encode(self, w, version)
    }
}
