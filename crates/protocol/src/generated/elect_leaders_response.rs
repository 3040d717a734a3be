// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ElectLeaders`: outcome by partition.
#[derive(Clone, Debug, PartialEq)]
pub struct ElectLeadersResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    pub replica_election_results: Vec<ReplicaElectionResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ElectLeadersResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            replica_election_results: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ElectLeadersResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(43);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 2;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.throttle_time_ms = r.i32()?;
        if version >= 1 {
            value.error_code = ErrorCode(r.i16()?);
        }
        value.replica_election_results = r.array(form, version, ReplicaElectionResult::decode)?;
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
        w.i32(self.throttle_time_ms);
        if version >= 1 { w.i16(self.error_code.0); } else if self.error_code != ErrorCode::NONE {
            return Err(not_in_version("errorCode", version));
        }
        w.array(form, &self.replica_election_results, version, ReplicaElectionResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ElectLeadersResponse<'static> {
        ElectLeadersResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            replica_election_results: self.replica_election_results.into_iter().map(ReplicaElectionResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ElectLeadersResponse<'_> {
    const API_KEY: ApiKey = ElectLeadersResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ElectLeadersResponse::encode(self, w, version)
    }
}

/// Part of [`ElectLeadersResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaElectionResult<'a> {
    pub topic: Cow<'a, str>,
    pub partition_result: Vec<PartitionResult<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ReplicaElectionResult<'_> {
    fn default() -> Self {
        Self {
            topic: Cow::Borrowed(""),
            partition_result: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ReplicaElectionResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.topic = r.string_as(form)?;
        value.partition_result = r.array(form, version, PartitionResult::decode)?;
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
        w.string_as(form, &self.topic)?;
        w.array(form, &self.partition_result, version, PartitionResult::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ReplicaElectionResult<'static> {
        ReplicaElectionResult {
            topic: Cow::Owned(self.topic.into_owned()),
            partition_result: self.partition_result.into_iter().map(PartitionResult::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ElectLeadersResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionResult<'a> {
    pub partition_id: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// For people.
    pub error_message: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for PartitionResult<'_> {
    fn default() -> Self {
        Self {
            partition_id: 0,
            error_code: ErrorCode::NONE,
            error_message: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> PartitionResult<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 2);
        let mut value = Self::default();
        value.partition_id = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        value.error_message = r.nullable_string_as(form)?;
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
        w.i32(self.partition_id);
        w.i16(self.error_code.0);
        match &self.error_message { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> PartitionResult<'static> {
        PartitionResult {
            partition_id: self.partition_id,
            error_code: self.error_code,
            error_message: self.error_message.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
