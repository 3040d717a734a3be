// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// The `kraft.version` of the quorum, in a control batch of the metadata log.
#[derive(Clone, Debug, PartialEq)]
pub struct KRaftVersionRecord<'a> {
    pub version: i16,
    pub k_raft_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for KRaftVersionRecord<'_> {
    fn default() -> Self {
        Self {
            version: 0,
            k_raft_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> KRaftVersionRecord<'a> {
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
        value.version = r.i16()?;
        value.k_raft_version = r.i16()?;
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
        w.i16(self.version);
        w.i16(self.k_raft_version);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> KRaftVersionRecord<'static> {
        KRaftVersionRecord {
            version: self.version,
            k_raft_version: self.k_raft_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
