// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `FindCoordinator`: the coordinator of each key.
#[derive(Clone, Debug, PartialEq)]
pub struct FindCoordinatorResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    pub coordinators: Vec<Coordinator<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FindCoordinatorResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            coordinators: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FindCoordinatorResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(10);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 6;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 1 {
            value.throttle_time_ms = r.i32()?;
        }
        if version <= 3 {
            value.error_code = ErrorCode(r.i16()?);
        }
        if (1..=3).contains(&version) {
            value.error_message = r.nullable_string_as(form)?;
        }
        if version <= 3 {
            value.node_id = r.i32()?;
        }
        if version <= 3 {
            value.host = r.string_as(form)?;
        }
        if version <= 3 {
            value.port = r.i32()?;
        }
        if version >= 4 {
            value.coordinators = r.array(form, version, Coordinator::decode)?;
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
        let form = Form::of(version >= 3);
        if version >= 1 { w.i32(self.throttle_time_ms); }
        if version <= 3 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        if (1..=3).contains(&version) { match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if version <= 3 { w.i32(self.node_id); } else if self.node_id != 0 {
            return Err(not_in_version("nodeId", version));
        }
        if version <= 3 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version <= 3 { w.i32(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if version >= 4 { w.array(form, &self.coordinators, version, Coordinator::encode)?; } else if !self.coordinators.is_empty() {
            return Err(not_in_version("coordinators", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FindCoordinatorResponse<'static> {
        FindCoordinatorResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            node_id: self.node_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            coordinators: self.coordinators.into_iter().map(Coordinator::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for FindCoordinatorResponse<'_> {
    const API_KEY: ApiKey = FindCoordinatorResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        FindCoordinatorResponse::encode(self, w, version)
    }
}

/// Part of [`FindCoordinatorResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct Coordinator<'a> {
    pub key: Cow<'a, str>,
    pub node_id: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Coordinator<'_> {
    fn default() -> Self {
        Self {
            key: Cow::Borrowed(""),
            node_id: 0,
            host: Cow::Borrowed(""),
            port: 0,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Coordinator<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 4 {
            value.key = r.string_as(form)?;
        }
        if version >= 4 {
            value.node_id = r.i32()?;
        }
        if version >= 4 {
            value.host = r.string_as(form)?;
        }
        if version >= 4 {
            value.port = r.i32()?;
        }
        if version >= 4 {
            value.error_code = ErrorCode(r.i16()?);
        }
        if version >= 4 {
            value.error_message = r.nullable_string_as(form)?;
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
        let form = Form::of(version >= 3);
        if version >= 4 { w.string_as(form, &self.key)?; } else if !self.key.is_empty() {
            return Err(not_in_version("key", version));
        }
        if version >= 4 { w.i32(self.node_id); } else if self.node_id != 0 {
            return Err(not_in_version("nodeId", version));
        }
        if version >= 4 { w.string_as(form, &self.host)?; } else if !self.host.is_empty() {
            return Err(not_in_version("host", version));
        }
        if version >= 4 { w.i32(self.port); } else if self.port != 0 {
            return Err(not_in_version("port", version));
        }
        if version >= 4 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        if version >= 4 { match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Coordinator<'static> {
        Coordinator {
            key: Cow::Owned(self.key.into_owned()),
            node_id: self.node_id,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
