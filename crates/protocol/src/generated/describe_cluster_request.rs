// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the cluster's id and its brokers or controllers.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClusterRequest<'a> {
    pub include_cluster_authorized_operations: bool,
    /// 1 brokers, 2 controllers.
    pub endpoint_type: i8,
    /// Brokers that are registered and down.
    pub include_fenced_brokers: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeClusterRequest<'_> {
    fn default() -> Self {
        Self {
            include_cluster_authorized_operations: false,
            endpoint_type: 1,
            include_fenced_brokers: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeClusterRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(60);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.include_cluster_authorized_operations = r.bool()?;
        if version >= 1 {
            value.endpoint_type = r.i8()?;
        }
        if version >= 2 {
            value.include_fenced_brokers = r.bool()?;
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
        let form = Form::of(version >= 0);
        w.bool(self.include_cluster_authorized_operations);
        if version >= 1 { w.i8(self.endpoint_type); } else if self.endpoint_type != 1 {
            return Err(not_in_version("endpointType", version));
        }
        if version >= 2 { w.bool(self.include_fenced_brokers); } else if self.include_fenced_brokers {
            return Err(not_in_version("includeFencedBrokers", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeClusterRequest<'static> {
        DescribeClusterRequest {
            include_cluster_authorized_operations: self.include_cluster_authorized_operations,
            endpoint_type: self.endpoint_type,
            include_fenced_brokers: self.include_fenced_brokers,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeClusterRequest<'_> {
    const API_KEY: ApiKey = DescribeClusterRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeClusterRequest::encode(self, w, version)
    }
}
