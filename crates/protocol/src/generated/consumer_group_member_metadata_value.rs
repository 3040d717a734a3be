// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Value of a coordinator's record: what a member of a consumer group said of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupMemberMetadataValue<'a> {
    /// Of a static member, else null.
    pub instance_id: Option<Cow<'a, str>>,
    /// Where the client stands, to find a near replica.
    pub rack_id: Option<Cow<'a, str>>,
    pub client_id: Cow<'a, str>,
    pub client_host: Cow<'a, str>,
    pub subscribed_topic_names: Vec<Cow<'a, str>>,
    /// RE2 form; null if it did not change.
    pub subscribed_topic_regex: Option<Cow<'a, str>>,
    /// How long members may take to rejoin or to give partitions up.
    pub rebalance_timeout_ms: i32,
    /// Null for the group's own choice.
    pub server_assignor: Option<Cow<'a, str>>,
    pub classic_member_metadata: Option<ClassicMemberMetadata<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ConsumerGroupMemberMetadataValue<'_> {
    fn default() -> Self {
        Self {
            instance_id: Some(Cow::Borrowed("")),
            rack_id: Some(Cow::Borrowed("")),
            client_id: Cow::Borrowed(""),
            client_host: Cow::Borrowed(""),
            subscribed_topic_names: Vec::new(),
            subscribed_topic_regex: Some(Cow::Borrowed("")),
            rebalance_timeout_ms: -1,
            server_assignor: Some(Cow::Borrowed("")),
            classic_member_metadata: Some(ClassicMemberMetadata::default()),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ConsumerGroupMemberMetadataValue<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 5;
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
        value.instance_id = r.nullable_string_as(form)?;
        value.rack_id = r.nullable_string_as(form)?;
        value.client_id = r.string_as(form)?;
        value.client_host = r.string_as(form)?;
        value.subscribed_topic_names = r.strings(form)?;
        value.subscribed_topic_regex = r.nullable_string_as(form)?;
        value.rebalance_timeout_ms = r.i32()?;
        value.server_assignor = r.nullable_string_as(form)?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.classic_member_metadata = if r.uvarint()? == 0 { None } else { Some(ClassicMemberMetadata::decode(r, version)?) },
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
        match &self.instance_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        match &self.rack_id { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.string_as(form, &self.client_id)?;
        w.string_as(form, &self.client_host)?;
        w.strings(form, &self.subscribed_topic_names)?;
        match &self.subscribed_topic_regex { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        w.i32(self.rebalance_timeout_ms);
        match &self.server_assignor { Some(value) => { w.string_as(form, value)?; } None => { w.nullable_string_as(form, None)?; } }
        
        if form == Form::Compact {
            let has_0 = self.classic_member_metadata != Some(ClassicMemberMetadata::default());
            tag_count(w, self.unknown_tags.count() + usize::from(has_0))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                match &self.classic_member_metadata { Some(value) => { w.uvarint(1); value.encode(w, version)?; } None => { w.uvarint(0); } }
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 1, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupMemberMetadataValue<'static> {
        ConsumerGroupMemberMetadataValue {
            instance_id: self.instance_id.map(|value| Cow::Owned(value.into_owned())),
            rack_id: self.rack_id.map(|value| Cow::Owned(value.into_owned())),
            client_id: Cow::Owned(self.client_id.into_owned()),
            client_host: Cow::Owned(self.client_host.into_owned()),
            subscribed_topic_names: self.subscribed_topic_names.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            subscribed_topic_regex: self.subscribed_topic_regex.map(|value| Cow::Owned(value.into_owned())),
            rebalance_timeout_ms: self.rebalance_timeout_ms,
            server_assignor: self.server_assignor.map(|value| Cow::Owned(value.into_owned())),
            classic_member_metadata: self.classic_member_metadata.map(|value| value.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupMemberMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct ClassicMemberMetadata<'a> {
    pub session_timeout_ms: i32,
    pub supported_protocols: Vec<ClassicProtocol<'a>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ClassicMemberMetadata<'_> {
    fn default() -> Self {
        Self {
            session_timeout_ms: 0,
            supported_protocols: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ClassicMemberMetadata<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.session_timeout_ms = r.i32()?;
        value.supported_protocols = r.array(form, version, ClassicProtocol::decode)?;
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
        w.i32(self.session_timeout_ms);
        w.array(form, &self.supported_protocols, version, ClassicProtocol::encode)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ClassicMemberMetadata<'static> {
        ClassicMemberMetadata {
            session_timeout_ms: self.session_timeout_ms,
            supported_protocols: self.supported_protocols.into_iter().map(ClassicProtocol::into_owned).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ConsumerGroupMemberMetadataValue`].
#[derive(Clone, Debug, PartialEq)]
pub struct ClassicProtocol<'a> {
    pub name: Cow<'a, str>,
    pub metadata: Cow<'a, [u8]>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ClassicProtocol<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            metadata: Cow::Borrowed(&[]),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ClassicProtocol<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.name = r.string_as(form)?;
        value.metadata = Cow::Borrowed(r.bytes_as(form)?);
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
        w.bytes_as(form, &self.metadata)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ClassicProtocol<'static> {
        ClassicProtocol {
            name: Cow::Owned(self.name.into_owned()),
            metadata: Cow::Owned(self.metadata.into_owned()),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
