// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Registers a broker, in a new incarnation, with the controller.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerRegistrationRequest<'a> {
    pub broker_id: i32,
    pub cluster_id: Cow<'a, str>,
    /// New at every start of the process.
    pub incarnation_id: Uuid,
    pub listeners: Vec<Listener<'a>>,
    pub features: Vec<Feature<'a>>,
    pub rack: Option<Cow<'a, str>>,
    /// Of the migration from ZooKeeper.
    pub is_migrating_zk_broker: bool,
    pub log_dirs: Vec<Uuid>,
    pub previous_broker_epoch: i64,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerRegistrationRequest<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            cluster_id: Cow::Borrowed(""),
            incarnation_id: Uuid::ZERO,
            listeners: Vec::new(),
            features: Vec::new(),
            rack: Some(Cow::Borrowed("")),
            is_migrating_zk_broker: false,
            log_dirs: Vec::new(),
            previous_broker_epoch: -1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BrokerRegistrationRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(62);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
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
        value.cluster_id = r.string_as(form)?;
        value.incarnation_id = r.uuid()?;
        value.listeners = r.array(form, version, Listener::decode)?;
        value.features = r.array(form, version, Feature::decode)?;
        value.rack = r.nullable_string_as(form)?;
        if version >= 1 {
            value.is_migrating_zk_broker = r.bool()?;
        }
        if version >= 2 {
            value.log_dirs = r.array_of(form, Reader::uuid)?;
        }
        if version >= 3 {
            value.previous_broker_epoch = r.i64()?;
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
        let form = Form::of(version >= 0);
        w.i32(self.broker_id);
        w.string_as(form, &self.cluster_id)?;
        w.uuid(self.incarnation_id);
        w.array(form, &self.listeners, version, Listener::encode)?;
        w.array(form, &self.features, version, Feature::encode)?;
        match &self.rack { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        if version >= 1 { w.bool(self.is_migrating_zk_broker); } else if self.is_migrating_zk_broker {
            return Err(not_in_version("isMigratingZkBroker", version));
        }
        if version >= 2 { w.array_of(form, &self.log_dirs, Writer::uuid)?; }
        if version >= 3 { w.i64(self.previous_broker_epoch); }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> BrokerRegistrationRequest<'static> {
        BrokerRegistrationRequest {
            broker_id: self.broker_id,
            cluster_id: Cow::Owned(self.cluster_id.into_owned()),
            incarnation_id: self.incarnation_id,
            listeners: self.listeners.into_iter().map(Listener::into_owned).collect(),
            features: self.features.into_iter().map(Feature::into_owned).collect(),
            rack: self.rack.map(|value| Cow::Owned(value.into_owned())),
            is_migrating_zk_broker: self.is_migrating_zk_broker,
            log_dirs: self.log_dirs,
            previous_broker_epoch: self.previous_broker_epoch,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for BrokerRegistrationRequest<'_> {
    const API_KEY: ApiKey = BrokerRegistrationRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        BrokerRegistrationRequest::encode(self, w, version)
    }
}

/// Part of [`BrokerRegistrationRequest`].
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

/// Part of [`BrokerRegistrationRequest`].
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
