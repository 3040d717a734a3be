// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `DescribeCluster`: id, controller and endpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClusterResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    /// 1 brokers, 2 controllers.
    pub endpoint_type: i8,
    pub cluster_id: Cow<'a, str>,
    pub controller_id: i32,
    pub brokers: Vec<DescribeClusterBroker<'a>>,
    /// Bit field of ACL operations; the least int32 if not asked for.
    pub cluster_authorized_operations: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeClusterResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            error_message: None,
            endpoint_type: 1,
            cluster_id: Cow::Borrowed(""),
            controller_id: -1,
            brokers: Vec::new(),
            cluster_authorized_operations: -2147483648,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeClusterResponse<'a> {
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
        if version >= 1 {
            value.endpoint_type = r.i8()?;
        }
        value.cluster_id = r.string_as(form)?;
        value.controller_id = r.i32()?;
        value.brokers = r.array(form, version, DescribeClusterBroker::decode)?;
        value.cluster_authorized_operations = r.i32()?;
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
        if version >= 1 { w.i8(self.endpoint_type); } else if self.endpoint_type != 1 {
            return Err(not_in_version("endpointType", version));
        }
        w.string_as(form, &self.cluster_id)?;
        w.i32(self.controller_id);
        w.array(form, &self.brokers, version, DescribeClusterBroker::encode)?;
        w.i32(self.cluster_authorized_operations);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeClusterResponse<'static> {
        DescribeClusterResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            endpoint_type: self.endpoint_type,
            cluster_id: Cow::Owned(self.cluster_id.into_owned()),
            controller_id: self.controller_id,
            brokers: self.brokers.into_iter().map(DescribeClusterBroker::into_owned).collect(),
            cluster_authorized_operations: self.cluster_authorized_operations,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for DescribeClusterResponse<'_> {
    const API_KEY: ApiKey = DescribeClusterResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeClusterResponse::encode(self, w, version)
    }
}

/// Part of [`DescribeClusterResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeClusterBroker<'a> {
    pub broker_id: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    pub rack: Option<Cow<'a, str>>,
    /// Leads nothing until it is unfenced.
    pub is_fenced: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeClusterBroker<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            rack: None,
            is_fenced: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeClusterBroker<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.broker_id = r.i32()?;
        value.host = r.string_as(form)?;
        value.port = r.i32()?;
        value.rack = r.nullable_string_as(form)?;
        if version >= 2 {
            value.is_fenced = r.bool()?;
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
        w.i32(self.broker_id);
        w.string_as(form, &self.host)?;
        w.i32(self.port);
        match &self.rack { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if version >= 2 { w.bool(self.is_fenced); } else if self.is_fenced {
            return Err(not_in_version("isFenced", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeClusterBroker<'static> {
        DescribeClusterBroker {
            broker_id: self.broker_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            rack: self.rack.map(|value| Cow::Owned(value.into_owned())),
            is_fenced: self.is_fenced,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
