//! Upgrades and downgrades of features.
//!
//! Spec: KIP-584, KIP-778, KIP-1022.

use ottla_types::ErrorCode;

use super::{Command, Controller, Draft};
use crate::{
    Feature, KRAFT_VERSION, LevelRange, MetadataVersion, Refusal, bootstrap::feature_level,
    supported_features,
};

/// Finalizes other levels of features: all of them, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateFeatures {
    /// The new levels.
    pub updates: Vec<FeatureUpdate>,
    /// Only says what would happen.
    pub validate_only: bool,
}

/// A new level of one feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureUpdate {
    /// The feature.
    pub name: String,
    /// Its level; 0 turns it off.
    pub level: i16,
    /// What kind of step is meant.
    pub kind: FeatureUpdateKind,
}

/// What kind of step a feature update may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureUpdateKind {
    /// Only up.
    Upgrade,
    /// Down, if nothing is lost.
    SafeDowngrade,
    /// Down, whatever is lost.
    UnsafeDowngrade,
    /// A number outside the table.
    Unknown,
}

impl FeatureUpdateKind {
    /// The kind of Kafka's number.
    #[must_use]
    pub fn from_number(number: i8) -> Self {
        match number {
            1 => Self::Upgrade,
            2 => Self::SafeDowngrade,
            3 => Self::UnsafeDowngrade,
            _ => Self::Unknown,
        }
    }
}

impl Command for UpdateFeatures {
    type Reply = Result<(), Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let finalized = controller.image.features();
        let proposed = self
            .updates
            .iter()
            .rev()
            .find(|update| update.name == MetadataVersion::FEATURE);
        let version = proposed.map_or_else(
            || finalized.metadata_version(),
            |update| MetadataVersion(update.level),
        );
        for update in &self.updates {
            controller.check_update(update, version).map_err(|message| {
                let all = "The update failed for all features since the following feature had an error:";
                Refusal::new(ErrorCode::INVALID_UPDATE_VERSION, format!("{all} {message}"))
            })?;
        }
        let changed = self.updates.iter().filter(|update| {
            // A level of the Raft protocol is Raft's to change; the same level needs no record.
            update.name != KRAFT_VERSION && update.level != finalized.level(&update.name)
        });
        if !self.validate_only {
            draft.extend(changed.map(|update| feature_level((update.name.clone(), update.level))));
        }
        Ok(())
    }
}

impl Controller {
    fn check_update(&self, update: &FeatureUpdate, version: MetadataVersion) -> Result<(), String> {
        let FeatureUpdate { name, level, kind } = update;
        let invalid = |why: &str| {
            Err(format!(
                "Invalid update version {level} for feature {name}. {why}"
            ))
        };
        if *kind == FeatureUpdateKind::Unknown {
            return invalid("The controller does not support the given upgrade type.");
        }
        if *level < 0 {
            return invalid("A feature version cannot be less than 0.");
        }
        if let Some(reason) = self.reason_unsupported(name, *level) {
            return invalid(&reason);
        }
        let current = self.image.features().level(name);
        if *level < current && *kind == FeatureUpdateKind::Upgrade {
            return invalid(
                "Can't downgrade the version of this feature without setting the upgrade type to \
                 either safe or unsafe downgrade.",
            );
        }
        if *level > current && *kind != FeatureUpdateKind::Upgrade {
            return invalid("Can't downgrade to a newer version.");
        }
        if name == MetadataVersion::FEATURE {
            return check_metadata_version(MetadataVersion(current), *level, *kind);
        }
        match Feature::named(name) {
            Some(feature) if *level > 0 && version < feature.needs => invalid(&format!(
                "{name} could not be set to {level} because it depends on metadata.version level {}",
                feature.needs.0
            )),
            _ => Ok(()),
        }
    }

    /// Why some node cannot run the feature at that level.
    fn reason_unsupported(&self, name: &str, level: i16) -> Option<String> {
        let own = supported_features().get(name).copied();
        let cluster = self.image.cluster();
        let brokers = cluster.brokers().map(|broker| {
            let who = format!("Broker {}", broker.id);
            (who, broker.features.get(name).copied())
        });
        let controllers = cluster
            .controllers()
            .filter(|controller| controller.id != self.config.node_id())
            .map(|controller| {
                let who = format!("Controller {}", controller.id);
                (who, controller.features.get(name).copied())
            });
        let local = (format!("Local controller {}", self.config.node_id()), own);
        let mut all = std::iter::once(local).chain(brokers).chain(controllers);
        all.find_map(|(who, range)| match range {
            _ if level == 0 && name != MetadataVersion::FEATURE => None,
            None | Some(LevelRange { min: 0, max: 0 }) => {
                Some(format!("{who} does not support this feature."))
            }
            Some(range) if range.contains(level) => None,
            Some(LevelRange { min, max }) => {
                Some(format!("{who} only supports versions {min}-{max}"))
            }
        })
    }
}

fn check_metadata_version(
    current: MetadataVersion,
    level: i16,
    kind: FeatureUpdateKind,
) -> Result<(), String> {
    let next = MetadataVersion(level);
    if next >= current || !next.records_differ(current) {
        return Ok(());
    }
    let why = if kind == FeatureUpdateKind::UnsafeDowngrade {
        "Unsafe metadata downgrade is not supported in this version."
    } else {
        "Refusing to perform the requested downgrade because it might delete metadata information."
    };
    Err(format!(
        "Invalid metadata.version {level}. Unsupported metadata.version downgrade from {current} to {next}. {why}"
    ))
}
