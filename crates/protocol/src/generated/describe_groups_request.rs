// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for state and members of classic groups.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeGroupsRequest<'a> {
    pub groups: Vec<Cow<'a, str>>,
    pub include_authorized_operations: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeGroupsRequest<'_> {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            include_authorized_operations: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeGroupsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(15);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 6;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 5;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 5);
        let mut value = Self::default();
        value.groups = r.strings(form)?;
        if version >= 3 {
            value.include_authorized_operations = r.bool()?;
        }
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
        let form = Form::of(version >= 5);
        w.strings(form, &self.groups)?;
        if version >= 3 { w.bool(self.include_authorized_operations); } else if self.include_authorized_operations {
            return Err(not_in_version("includeAuthorizedOperations", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeGroupsRequest<'static> {
        DescribeGroupsRequest {
            groups: self.groups.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            include_authorized_operations: self.include_authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeGroupsRequest<'_> {
    const API_KEY: ApiKey = DescribeGroupsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeGroupsRequest::encode(self, w, version)
    }
}
