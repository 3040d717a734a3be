// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// How far a migration from ZooKeeper has come.
#[derive(Clone, Debug, PartialEq)]
pub struct ZkMigrationStateRecord<'a> {
    pub zk_migration_state: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ZkMigrationStateRecord<'_> {
    fn default() -> Self {
        Self {
            zk_migration_state: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ZkMigrationStateRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 21;
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
        value.zk_migration_state = r.i8()?;
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
        w.i8(self.zk_migration_state);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ZkMigrationStateRecord<'static> {
        ZkMigrationStateRecord {
            zk_migration_state: self.zk_migration_state,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
