// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks which broker coordinates groups, transactional ids or share partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct FindCoordinatorRequest<'a> {
    pub key: Cow<'a, str>,
    /// 0 group, 1 transactional id, 2 share partition.
    pub key_type: i8,
    /// Group ids, transactional ids or share partitions.
    pub coordinator_keys: Vec<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FindCoordinatorRequest<'_> {
    fn default() -> Self {
        Self {
            key: Cow::Borrowed(""),
            key_type: 0,
            coordinator_keys: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FindCoordinatorRequest<'a> {
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
        if version <= 3 {
            value.key = r.string_as(form)?;
        }
        if version >= 1 {
            value.key_type = r.i8()?;
        }
        if version >= 4 {
            value.coordinator_keys = r.strings(form)?;
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
        if version <= 3 { w.string_as(form, &self.key)?; } else if !self.key.is_empty() {
            return Err(not_in_version("key", version));
        }
        if version >= 1 { w.i8(self.key_type); } else if self.key_type != 0 {
            return Err(not_in_version("keyType", version));
        }
        if version >= 4 { w.strings(form, &self.coordinator_keys)?; } else if !self.coordinator_keys.is_empty() {
            return Err(not_in_version("coordinatorKeys", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FindCoordinatorRequest<'static> {
        FindCoordinatorRequest {
            key: Cow::Owned(self.key.into_owned()),
            key_type: self.key_type,
            coordinator_keys: self.coordinator_keys.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for FindCoordinatorRequest<'_> {
    const API_KEY: ApiKey = FindCoordinatorRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        FindCoordinatorRequest::encode(self, w, version)
    }
}
