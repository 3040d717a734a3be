//! What releases turn on, and what features need.

use ottla_metadata::{FEATURES, Feature, MetadataVersion};

use super::Failure;
use crate::{Sink, argparse::Matches};

/// `version-mapping`.
pub(super) fn version_mapping(matches: &Matches, out: &Sink) -> Result<i32, Failure> {
    let latest = MetadataVersion::LATEST.to_string();
    let name = matches.value("--release-version").unwrap_or(&latest);
    let version = release(name, None)?;
    out.line(format_args!("metadata.version={} ({name})", version.0));
    for feature in &FEATURES {
        out.line(format_args!(
            "{}={}",
            feature.name,
            feature.default_level(version)
        ));
    }
    Ok(0)
}

/// The version that a name stands for, at most `newest`.
pub(super) fn release(
    name: &str,
    newest: Option<MetadataVersion>,
) -> Result<MetadataVersion, Failure> {
    let allowed = |version: &MetadataVersion| newest.is_none_or(|newest| *version <= newest);
    let version: Option<MetadataVersion> = name.parse().ok();
    version.filter(allowed).ok_or_else(|| {
        let names: Vec<_> = MetadataVersion::known()
            .filter(allowed)
            .filter_map(MetadataVersion::name)
            .collect();
        Failure::Terse(format!(
            "Unknown metadata.version '{name}'. Supported metadata.version are: {}",
            names.join(", ")
        ))
    })
}

/// `feature-dependencies`.
pub(super) fn dependencies(matches: &Matches, out: &Sink) -> Result<i32, Failure> {
    for argument in matches.values("--feature") {
        let (name, level) = split(argument)?;
        if name == MetadataVersion::FEATURE {
            let version = MetadataVersion(level);
            if !MetadataVersion::known().any(|known| known == version) {
                return Err(Failure::Terse(format!("Unknown metadata.version {level}")));
            }
            let text = version.name().unwrap_or_default();
            out.line(format_args!("{name}={level} ({text}) has no dependencies."));
            continue;
        }
        let Some(feature) = Feature::named(name) else {
            return Err(Failure::Terse(format!("Unknown feature: {name}")));
        };
        if !(0..=feature.max).contains(&level) {
            return Err(Failure::Terse(format!(
                "Feature level {level} is not supported for feature {name}"
            )));
        }
        if level == 0 || feature.needs <= MetadataVersion::MINIMUM {
            out.line(format_args!("{name}={level} has no dependencies."));
        } else {
            let needs = feature.needs;
            let text = needs.name().unwrap_or_default();
            out.line(format_args!("{name}={level} requires:"));
            out.line(format_args!("    metadata.version={} ({text})", needs.0));
        }
    }
    Ok(0)
}

fn split(argument: &str) -> Result<(&str, i16), Failure> {
    let Some((name, level)) = argument.split_once('=') else {
        return Err(Failure::Terse(format!(
            "Invalid feature format: {argument}. Expected format: 'feature=version' (e.g. 'group.version=1')"
        )));
    };
    match level.parse() {
        Ok(level) => Ok((name, level)),
        Err(_) => Err(Failure::Terse(format!(
            "Invalid version format: {level} for feature {name}"
        ))),
    }
}
