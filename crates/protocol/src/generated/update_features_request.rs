// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Changes finalized feature levels, or only checks whether it could be done.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateFeaturesRequest<'a> {
    /// How long the other side may wait before it answers.
    pub timeout_ms: i32,
    pub feature_updates: Vec<FeatureUpdateKey<'a>>,
    /// Check, and change nothing.
    pub validate_only: bool,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for UpdateFeaturesRequest<'_> {
    fn default() -> Self {
        Self {
            timeout_ms: 60000,
            feature_updates: Vec::new(),
            validate_only: false,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> UpdateFeaturesRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(57);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 2;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.timeout_ms = r.i32()?;
        value.feature_updates = r.array(form, version, FeatureUpdateKey::decode)?;
        if version >= 1 {
            value.validate_only = r.bool()?;
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
        w.i32(self.timeout_ms);
        w.array(form, &self.feature_updates, version, FeatureUpdateKey::encode)?;
        if version >= 1 { w.bool(self.validate_only); } else if self.validate_only {
            return Err(not_in_version("validateOnly", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> UpdateFeaturesRequest<'static> {
        UpdateFeaturesRequest {
            timeout_ms: self.timeout_ms,
            feature_updates: self.feature_updates.into_iter().map(FeatureUpdateKey::into_owned).collect(),
            validate_only: self.validate_only,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for UpdateFeaturesRequest<'_> {
    const API_KEY: ApiKey = UpdateFeaturesRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        UpdateFeaturesRequest::encode(self, w, version)
    }
}

/// Part of [`UpdateFeaturesRequest`].
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureUpdateKey<'a> {
    pub feature: Cow<'a, str>,
    /// 0 removes the feature.
    pub max_version_level: i16,
    pub allow_downgrade: bool,
    /// 1 upgrade, 2 safe downgrade, 3 unsafe downgrade.
    pub upgrade_type: i8,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for FeatureUpdateKey<'_> {
    fn default() -> Self {
        Self {
            feature: Cow::Borrowed(""),
            max_version_level: 0,
            allow_downgrade: false,
            upgrade_type: 1,
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> FeatureUpdateKey<'a> {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.feature = r.string_as(form)?;
        value.max_version_level = r.i16()?;
        if version <= 0 {
            value.allow_downgrade = r.bool()?;
        }
        if version >= 1 {
            value.upgrade_type = r.i8()?;
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
        w.string_as(form, &self.feature)?;
        w.i16(self.max_version_level);
        if version <= 0 { w.bool(self.allow_downgrade); } else if self.allow_downgrade {
            return Err(not_in_version("allowDowngrade", version));
        }
        if version >= 1 { w.i8(self.upgrade_type); } else if self.upgrade_type != 1 {
            return Err(not_in_version("upgradeType", version));
        }
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> FeatureUpdateKey<'static> {
        FeatureUpdateKey {
            feature: Cow::Owned(self.feature.into_owned()),
            max_version_level: self.max_version_level,
            allow_downgrade: self.allow_downgrade,
            upgrade_type: self.upgrade_type,
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}
