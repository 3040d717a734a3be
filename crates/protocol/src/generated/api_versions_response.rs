// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Answer to `ApiVersions`: versions by API, and the features of the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiVersionsResponse<'a> {
    /// 0 for none.
    pub error_code: ErrorCode,
    pub api_keys: Vec<ApiVersion<'a>>,
    /// How long the client is held back because of a quota.
    pub throttle_time_ms: i32,
    /// What this node could run with.
    pub supported_features: Vec<SupportedFeatureKey<'a>>,
    /// Offset in the metadata log; -1 unknown.
    pub finalized_features_epoch: i64,
    /// What the cluster runs with.
    pub finalized_features: Vec<FinalizedFeatureKey<'a>>,
    /// Of the migration from ZooKeeper.
    pub zk_migration_ready: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ApiVersionsResponse<'_> {
    fn default() -> Self {
        Self {
            error_code: ErrorCode::NONE,
            api_keys: Vec::new(),
            throttle_time_ms: 0,
            supported_features: Vec::new(),
            finalized_features_epoch: -1,
            finalized_features: Vec::new(),
            zk_migration_ready: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ApiVersionsResponse<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(18);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 4;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 3;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.error_code = ErrorCode(r.i16()?);
        value.api_keys = r.array(form, version, ApiVersion::decode)?;
        if version >= 1 {
            value.throttle_time_ms = r.i32()?;
        }
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    0 => value.supported_features = r.array(form, version, SupportedFeatureKey::decode)?,
                    1 => value.finalized_features_epoch = r.i64()?,
                    2 => value.finalized_features = r.array(form, version, FinalizedFeatureKey::decode)?,
                    3 => value.zk_migration_ready = r.bool()?,
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
        w.i16(self.error_code.0);
        w.array(form, &self.api_keys, version, ApiVersion::encode)?;
        if version >= 1 { w.i32(self.throttle_time_ms); }
        if form == Form::Compact {
            let has_0 = !self.supported_features.is_empty();
            let has_1 = self.finalized_features_epoch != -1;
            let has_2 = !self.finalized_features.is_empty();
            let has_3 = self.zk_migration_ready;
            tag_count(w, self.unknown_tags.count() + usize::from(has_0) + usize::from(has_1) + usize::from(has_2) + usize::from(has_3))?;
            if has_0 {
                w.uvarint(0);
                let mark = w.begin_sized();
                w.array(form, &self.supported_features, version, SupportedFeatureKey::encode)?;
                w.end_sized(mark);
            }
            if has_1 {
                w.uvarint(1);
                let mark = w.begin_sized();
                w.i64(self.finalized_features_epoch);
                w.end_sized(mark);
            }
            if has_2 {
                w.uvarint(2);
                let mark = w.begin_sized();
                w.array(form, &self.finalized_features, version, FinalizedFeatureKey::encode)?;
                w.end_sized(mark);
            }
            if has_3 {
                w.uvarint(3);
                let mark = w.begin_sized();
                w.bool(self.zk_migration_ready);
                w.end_sized(mark);
            }
            self.unknown_tags.encode_between(w, 4, u32::MAX);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ApiVersionsResponse<'static> {
        ApiVersionsResponse {
            error_code: self.error_code,
            api_keys: self.api_keys.into_iter().map(ApiVersion::into_owned).collect(),
            throttle_time_ms: self.throttle_time_ms,
            supported_features: self.supported_features.into_iter().map(SupportedFeatureKey::into_owned).collect(),
            finalized_features_epoch: self.finalized_features_epoch,
            finalized_features: self.finalized_features.into_iter().map(FinalizedFeatureKey::into_owned).collect(),
            zk_migration_ready: self.zk_migration_ready,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Response for ApiVersionsResponse<'_> {
    const API_KEY: ApiKey = ApiVersionsResponse::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        ApiVersionsResponse::encode(self, w, version)
    }
}

/// Part of [`ApiVersionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct ApiVersion<'a> {
    pub api_key: i16,
    pub min_version: i16,
    pub max_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for ApiVersion<'_> {
    fn default() -> Self {
        Self {
            api_key: 0,
            min_version: 0,
            max_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> ApiVersion<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        value.api_key = r.i16()?;
        value.min_version = r.i16()?;
        value.max_version = r.i16()?;
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
        w.i16(self.api_key);
        w.i16(self.min_version);
        w.i16(self.max_version);
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ApiVersion<'static> {
        ApiVersion {
            api_key: self.api_key,
            min_version: self.min_version,
            max_version: self.max_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ApiVersionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct SupportedFeatureKey<'a> {
    pub name: Cow<'a, str>,
    pub min_version: i16,
    pub max_version: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for SupportedFeatureKey<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            min_version: 0,
            max_version: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> SupportedFeatureKey<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 3 {
            value.name = r.string_as(form)?;
        }
        if version >= 3 {
            value.min_version = r.i16()?;
        }
        if version >= 3 {
            value.max_version = r.i16()?;
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
        if version >= 3 { w.string_as(form, &self.name)?; } else if !self.name.is_empty() {
            return Err(not_in_version("name", version));
        }
        if version >= 3 { w.i16(self.min_version); } else if self.min_version != 0 {
            return Err(not_in_version("minVersion", version));
        }
        if version >= 3 { w.i16(self.max_version); } else if self.max_version != 0 {
            return Err(not_in_version("maxVersion", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> SupportedFeatureKey<'static> {
        SupportedFeatureKey {
            name: Cow::Owned(self.name.into_owned()),
            min_version: self.min_version,
            max_version: self.max_version,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

/// Part of [`ApiVersionsResponse`].
#[derive(Clone, Debug, PartialEq)]
pub struct FinalizedFeatureKey<'a> {
    pub name: Cow<'a, str>,
    /// 0 removes the feature.
    pub max_version_level: i16,
    pub min_version_level: i16,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FinalizedFeatureKey<'_> {
    fn default() -> Self {
        Self {
            name: Cow::Borrowed(""),
            max_version_level: 0,
            min_version_level: 0,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FinalizedFeatureKey<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 3);
        let mut value = Self::default();
        if version >= 3 {
            value.name = r.string_as(form)?;
        }
        if version >= 3 {
            value.max_version_level = r.i16()?;
        }
        if version >= 3 {
            value.min_version_level = r.i16()?;
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
        if version >= 3 { w.string_as(form, &self.name)?; } else if !self.name.is_empty() {
            return Err(not_in_version("name", version));
        }
        if version >= 3 { w.i16(self.max_version_level); } else if self.max_version_level != 0 {
            return Err(not_in_version("maxVersionLevel", version));
        }
        if version >= 3 { w.i16(self.min_version_level); } else if self.min_version_level != 0 {
            return Err(not_in_version("minVersionLevel", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FinalizedFeatureKey<'static> {
        FinalizedFeatureKey {
            name: Cow::Owned(self.name.into_owned()),
            max_version_level: self.max_version_level,
            min_version_level: self.min_version_level,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
