// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A delegation token exists, or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct DelegationTokenRecord<'a> {
    pub owner: Cow<'a, str>,
    pub requester: Cow<'a, str>,
    pub renewers: Vec<Cow<'a, str>>,
    pub issue_timestamp: i64,
    pub max_timestamp: i64,
    pub expiration_timestamp: i64,
    pub token_id: Cow<'a, str>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DelegationTokenRecord<'_> {
    fn default() -> Self {
        Self {
            owner: Cow::Borrowed(""),
            requester: Cow::Borrowed(""),
            renewers: Vec::new(),
            issue_timestamp: 0,
            max_timestamp: 0,
            expiration_timestamp: 0,
            token_id: Cow::Borrowed(""),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DelegationTokenRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 10;
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
        value.owner = r.string_as(form)?;
        value.requester = r.string_as(form)?;
        value.renewers = r.strings(form)?;
        value.issue_timestamp = r.i64()?;
        value.max_timestamp = r.i64()?;
        value.expiration_timestamp = r.i64()?;
        value.token_id = r.string_as(form)?;
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
        w.string_as(form, &self.owner)?;
        w.string_as(form, &self.requester)?;
        w.strings(form, &self.renewers)?;
        w.i64(self.issue_timestamp);
        w.i64(self.max_timestamp);
        w.i64(self.expiration_timestamp);
        w.string_as(form, &self.token_id)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DelegationTokenRecord<'static> {
        DelegationTokenRecord {
            owner: Cow::Owned(self.owner.into_owned()),
            requester: Cow::Owned(self.requester.into_owned()),
            renewers: self.renewers.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            issue_timestamp: self.issue_timestamp,
            max_timestamp: self.max_timestamp,
            expiration_timestamp: self.expiration_timestamp,
            token_id: Cow::Owned(self.token_id.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
