// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `UpdateRaftVoter`: outcome, and the leader known.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateRaftVoterResponse<'a> {
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// 0 for none.
    pub error_code: ErrorCode,
    /// The leader known.
    pub current_leader: CurrentLeader<'a>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for UpdateRaftVoterResponse<'_> {
    fn default() -> Self {
        Self {
            throttle_time_ms: 0,
            error_code: ErrorCode::NONE,
            current_leader: CurrentLeader::default(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> UpdateRaftVoterResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(82);
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
        value.throttle_time_ms = r.i32()?;
        value.error_code = ErrorCode(r.i16()?);
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.current_leader = CurrentLeader::decode(r, version)?,
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
        
        if form == Form::Compact {
            let has_0 = self.current_leader != CurrentLeader::default();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                self.current_leader.encode(w, version)?;
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> UpdateRaftVoterResponse<'static> {
        UpdateRaftVoterResponse {
            throttle_time_ms: self.throttle_time_ms,
            error_code: self.error_code,
            current_leader: self.current_leader.into_owned(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for UpdateRaftVoterResponse<'_> {
    const API_KEY: ApiKey = UpdateRaftVoterResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        UpdateRaftVoterResponse::encode(self, w, version)
    }
}

/// Part of [`UpdateRaftVoterResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentLeader<'a> {
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub host: Cow<'a, str>,
    pub port: i32,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for CurrentLeader<'_> {
    fn default() -> Self {
        Self {
            leader_id: -1,
            leader_epoch: -1,
            host: Cow::Borrowed(""),
            port: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> CurrentLeader<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.leader_id = r.i32()?;
        value.leader_epoch = r.i32()?;
        value.host = r.string_as(form)?;
        value.port = r.i32()?;
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
        w.i32(self.leader_id);
        w.i32(self.leader_epoch);
        w.string_as(form, &self.host)?;
        w.i32(self.port);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> CurrentLeader<'static> {
        CurrentLeader {
            leader_id: self.leader_id,
            leader_epoch: self.leader_epoch,
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
