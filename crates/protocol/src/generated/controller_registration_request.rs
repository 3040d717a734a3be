// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Registers a controller with its endpoints and features.
#[derive(Clone, Debug, PartialEq)]
pub struct ControllerRegistrationRequest<'a> {
    pub controller_id: i32,
    /// New at every start of the process.
    pub incarnation_id: Uuid,
    /// Of the migration from ZooKeeper.
    pub zk_migration_ready: bool,
    pub listeners: Vec<Listener<'a>>,
    pub features: Vec<Feature<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ControllerRegistrationRequest<'_> {
    fn default() -> Self {
        Self {
            controller_id: 0,
            incarnation_id: Uuid::ZERO,
            zk_migration_ready: false,
            listeners: Vec::new(),
            features: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ControllerRegistrationRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(70);
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
        value.controller_id = r.i32()?;
        value.incarnation_id = r.uuid()?;
        value.zk_migration_ready = r.bool()?;
        value.listeners = r.array(form, version, Listener::decode)?;
        value.features = r.array(form, version, Feature::decode)?;
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
        w.i32(self.controller_id);
        w.uuid(self.incarnation_id);
        w.bool(self.zk_migration_ready);
        w.array(form, &self.listeners, version, Listener::encode)?;
        w.array(form, &self.features, version, Feature::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ControllerRegistrationRequest<'static> {
        ControllerRegistrationRequest {
            controller_id: self.controller_id,
            incarnation_id: self.incarnation_id,
            zk_migration_ready: self.zk_migration_ready,
            listeners: self.listeners.into_iter().map(Listener::into_owned).collect(),
            features: self.features.into_iter().map(Feature::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for ControllerRegistrationRequest<'_> {
    const API_KEY: ApiKey = ControllerRegistrationRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ControllerRegistrationRequest::encode(self, w, version)
    }
}

/// Part of [`ControllerRegistrationRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct Listener<'a> {
    pub name: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub security_protocol: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Listener<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            host: Cow::Borrowed(""),
            port: 0,
            security_protocol: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Listener<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.host = r.string_as(form)?;
        value.port = r.u16()?;
        value.security_protocol = r.i16()?;
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
        w.string_as(form, &self.name)?;
        w.string_as(form, &self.host)?;
        w.u16(self.port);
        w.i16(self.security_protocol);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Listener<'static> {
        Listener {
            name: Cow::Owned(self.name.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            security_protocol: self.security_protocol,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ControllerRegistrationRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct Feature<'a> {
    pub name: Cow<'a, str>,
    pub min_supported_version: i16,
    pub max_supported_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for Feature<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            min_supported_version: 0,
            max_supported_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> Feature<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.min_supported_version = r.i16()?;
        value.max_supported_version = r.i16()?;
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
        w.string_as(form, &self.name)?;
        w.i16(self.min_supported_version);
        w.i16(self.max_supported_version);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Feature<'static> {
        Feature {
            name: Cow::Owned(self.name.into_owned()),
            min_supported_version: self.min_supported_version,
            max_supported_version: self.max_supported_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
