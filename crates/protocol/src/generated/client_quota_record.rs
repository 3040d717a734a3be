// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A quota of an entity is set or removed.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientQuotaRecord<'a> {
    pub entity: Vec<EntityData<'a>>,
    pub key: Cow<'a, str>,
    pub value: f64,
    pub remove: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ClientQuotaRecord<'_> {
    fn default() -> Self {
        Self {
            entity: Vec::new(),
            key: Cow::Borrowed(""),
            value: 0.0,
            remove: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ClientQuotaRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 14;
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
        value.entity = r.array(form, version, EntityData::decode)?;
        value.key = r.string_as(form)?;
        value.value = r.f64()?;
        value.remove = r.bool()?;
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
        w.array(form, &self.entity, version, EntityData::encode)?;
        w.string_as(form, &self.key)?;
        w.f64(self.value);
        w.bool(self.remove);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ClientQuotaRecord<'static> {
        ClientQuotaRecord {
            entity: self.entity.into_iter().map(EntityData::into_owned).collect(),
            key: Cow::Owned(self.key.into_owned()),
            value: self.value,
            remove: self.remove,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ClientQuotaRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct EntityData<'a> {
    /// `user`, `client-id` or `ip`.
    pub entity_type: Cow<'a, str>,
    pub entity_name: Option<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for EntityData<'_> {
    fn default() -> Self {
        Self {
            entity_type: Cow::Borrowed(""),
            entity_name: Some(Cow::Borrowed("")),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> EntityData<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.entity_type = r.string_as(form)?;
        value.entity_name = r.nullable_string_as(form)?;
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
        w.string_as(form, &self.entity_type)?;
        match &self.entity_name { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> EntityData<'static> {
        EntityData {
            entity_type: Cow::Owned(self.entity_type.into_owned()),
            entity_name: self.entity_name.map(|value| Cow::Owned(value.into_owned())),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
