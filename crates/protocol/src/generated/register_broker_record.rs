// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// A broker is registered, with its incarnation, endpoints and features.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterBrokerRecord<'a> {
    pub broker_id: i32,
    /// Of the migration from ZooKeeper.
    pub is_migrating_zk_broker: bool,
    /// New at every start of the process.
    pub incarnation_id: Uuid,
    /// Given at registration; fences earlier incarnations.
    pub broker_epoch: i64,
    pub end_points: Vec<BrokerEndpoint<'a>>,
    pub features: Vec<BrokerFeature<'a>>,
    pub rack: Option<Cow<'a, str>>,
    pub fenced: bool,
    pub in_controlled_shutdown: bool,
    pub log_dirs: Vec<Uuid>,
    /// Log directories that take no new replicas.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for RegisterBrokerRecord<'_> {
    fn default() -> Self {
        Self {
            broker_id: 0,
            is_migrating_zk_broker: false,
            incarnation_id: Uuid::ZERO,
            broker_epoch: 0,
            end_points: Vec::new(),
            features: Vec::new(),
            rack: Some(Cow::Borrowed("")),
            fenced: true,
            in_controlled_shutdown: false,
            log_dirs: Vec::new(),
            cordoned_log_dirs: None,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> RegisterBrokerRecord<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 0;
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
        if version >= 2 {
            value.is_migrating_zk_broker = r.bool()?;
        }
        value.incarnation_id = r.uuid()?;
        value.broker_epoch = r.i64()?;
        value.end_points = r.array(form, version, BrokerEndpoint::decode)?;
        value.features = r.array(form, version, BrokerFeature::decode)?;
        value.rack = r.nullable_string_as(form)?;
        value.fenced = r.bool()?;
        if version >= 1 {
            value.in_controlled_shutdown = r.bool()?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 if version >= 3 => value.log_dirs = r.array_of(form, Reader::uuid)?,
                    0 => return Err(tag_not_in_version(r, 0)),
                    1 if version >= 4 => value.cordoned_log_dirs = r.nullable_array_of(form, Reader::uuid)?,
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
        if version >= 2 { w.bool(self.is_migrating_zk_broker); } else if self.is_migrating_zk_broker {
            return Err(not_in_version("isMigratingZkBroker", version));
        }
        w.uuid(self.incarnation_id);
        w.i64(self.broker_epoch);
        w.array(form, &self.end_points, version, BrokerEndpoint::encode)?;
        w.array(form, &self.features, version, BrokerFeature::encode)?;
        match &self.rack { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.bool(self.fenced);
        if version >= 1 { w.bool(self.in_controlled_shutdown); } else if self.in_controlled_shutdown {
            return Err(not_in_version("inControlledShutdown", version));
        }
        if version >= 3 {  } else if !self.log_dirs.is_empty() {
            return Err(not_in_version("logDirs", version));
        }
        if version >= 4 {  } else if self.cordoned_log_dirs.is_some() {
            return Err(not_in_version("cordonedLogDirs", version));
        }
        if form == Form::Compact {
            let has_0 = version >= 3 && !self.log_dirs.is_empty();
            let has_1 = version >= 4 && self.cordoned_log_dirs.is_some();
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.array_of(form, &self.log_dirs, Writer::uuid)?;
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
    pub fn into_owned(self) -> RegisterBrokerRecord<'static> {
        RegisterBrokerRecord {
            broker_id: self.broker_id,
            is_migrating_zk_broker: self.is_migrating_zk_broker,
            incarnation_id: self.incarnation_id,
            broker_epoch: self.broker_epoch,
            end_points: self.end_points.into_iter().map(BrokerEndpoint::into_owned).collect(),
            features: self.features.into_iter().map(BrokerFeature::into_owned).collect(),
            rack: self.rack.map(|value| Cow::Owned(value.into_owned())),
            fenced: self.fenced,
            in_controlled_shutdown: self.in_controlled_shutdown,
            log_dirs: self.log_dirs,
            cordoned_log_dirs: self.cordoned_log_dirs,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`RegisterBrokerRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerEndpoint<'a> {
    pub name: Cow<'a, str>,
    pub host: Cow<'a, str>,
    pub port: u16,
    pub security_protocol: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerEndpoint<'_> {
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

impl<'a> BrokerEndpoint<'a> {
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
    pub fn into_owned(self) -> BrokerEndpoint<'static> {
        BrokerEndpoint {
            name: Cow::Owned(self.name.into_owned()),
            host: Cow::Owned(self.host.into_owned()),
            port: self.port,
            security_protocol: self.security_protocol,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`RegisterBrokerRecord`].
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerFeature<'a> {
    pub name: Cow<'a, str>,
    pub min_supported_version: i16,
    pub max_supported_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for BrokerFeature<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            min_supported_version: 0,
            max_supported_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> BrokerFeature<'a> {
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
    pub fn into_owned(self) -> BrokerFeature<'static> {
        BrokerFeature {
            name: Cow::Owned(self.name.into_owned()),
            min_supported_version: self.min_supported_version,
            max_supported_version: self.max_supported_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
