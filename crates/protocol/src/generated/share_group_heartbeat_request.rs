// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Joins, keeps alive and leaves a share group.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareGroupHeartbeatRequest<'a> {
    pub group_id: Cow<'a, str>,
    pub member_id: Cow<'a, str>,
    /// 0 joins, -1 leaves.
    pub member_epoch: i32,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
    pub subscribed_topic_names: Option<Vec<Cow<'a, str>>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ShareGroupHeartbeatRequest<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            member_id: Cow::Borrowed(""),
            member_epoch: 0,
            rack_id: None,
            subscribed_topic_names: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ShareGroupHeartbeatRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(76);
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.member_id = r.string_as(form)?;
        value.member_epoch = r.i32()?;
        value.rack_id = r.nullable_string_as(form)?;
        value.subscribed_topic_names = r.nullable_strings(form)?;
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
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.member_id)?;
        w.i32(self.member_epoch);
        match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.subscribed_topic_names { Some(value) => { w.strings(form, value)?; } None => { w.null_array_as(form); } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ShareGroupHeartbeatRequest<'static> {
        ShareGroupHeartbeatRequest {
            group_id: Cow::Owned(self.group_id.into_owned()),
            member_id: Cow::Owned(self.member_id.into_owned()),
            member_epoch: self.member_epoch,
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
            subscribed_topic_names: self.subscribed_topic_names.map(|value| value.into_iter().map(|item| Cow::Owned(item.into_owned())).collect()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ShareGroupHeartbeatRequest<'_> {
    const API_KEY: ApiKey = ShareGroupHeartbeatRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ShareGroupHeartbeatRequest::encode(self, w, version)
    }
}
