// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Keeps a broker registered, and asks to be unfenced or to shut down.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerHeartbeatRequest<'a> {
    pub broker_id: i32,
    /// Given at registration; fences earlier incarnations.
    pub broker_epoch: i64,
    /// How far it has replayed the metadata.
    pub current_metadata_offset: i64,
    /// Asks to be fenced.
    pub want_fence: bool,
    /// Asks to shut down.
    pub want_shut_down: bool,
    pub offline_log_dirs: Vec<Uuid>,
    /// Log directories that take no new replicas.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerHeartbeatRequest<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            broker_epoch: -1,
            current_metadata_offset: 0,
            want_fence: false,
            want_shut_down: false,
            offline_log_dirs: Vec::new(),
            cordoned_log_dirs: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BrokerHeartbeatRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(63);
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
        value.broker_id = r.i32()?;
        value.broker_epoch = r.i64()?;
        value.current_metadata_offset = r.i64()?;
        value.want_fence = r.bool()?;
        value.want_shut_down = r.bool()?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 1 => value.offline_log_dirs = r.array_of(form, Reader::uuid)?,
                    0 => return Err(tag_not_in_version(r, 0)),
                    1 if version >= 2 => value.cordoned_log_dirs = r.nullable_array_of(form, Reader::uuid)?,
                    1 => return Err(tag_not_in_version(r, 1)),
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
        w.i64(self.broker_epoch);
        w.i64(self.current_metadata_offset);
        w.bool(self.want_fence);
        w.bool(self.want_shut_down);
        if version >= 1 {  } else if !self.offline_log_dirs.is_empty() {
            return Err(not_in_version("offlineLogDirs", version));
        }
        if version >= 2 {  } else if self.cordoned_log_dirs.is_some() {
            return Err(not_in_version("cordonedLogDirs", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 1 && !self.offline_log_dirs.is_empty();
            let has_1 = version >= 2 && self.cordoned_log_dirs.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.array_of(form, &self.offline_log_dirs, Writer::uuid)?;
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                match &self.cordoned_log_dirs { Some(value) => { w.array_of(form, value, Writer::uuid)?; } None => { w.null_array_as(form); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 2, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BrokerHeartbeatRequest<'static> {
        BrokerHeartbeatRequest {
            broker_id: self.broker_id,
            broker_epoch: self.broker_epoch,
            current_metadata_offset: self.current_metadata_offset,
            want_fence: self.want_fence,
            want_shut_down: self.want_shut_down,
            offline_log_dirs: self.offline_log_dirs,
            cordoned_log_dirs: self.cordoned_log_dirs,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for BrokerHeartbeatRequest<'_> {
    const API_KEY: ApiKey = BrokerHeartbeatRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        BrokerHeartbeatRequest::encode(self, w, version)
    }
}
