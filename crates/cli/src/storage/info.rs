//! `info`.

use std::{collections::BTreeMap, path::Path};

use ottla_storage::directory::meta_properties::{META_PROPERTIES, MetaProperties};

use super::{Failure, configuration, directories};
use crate::{Sink, argparse::Matches};

pub(super) fn run(matches: &Matches, out: &Sink) -> Result<i32, Failure> {
    let config = configuration(matches.value("--config").unwrap_or_default())?;
    let listed = directories::of(&config);
    if listed.is_empty() {
        out.line("No directories specified.");
        return Ok(0);
    }
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut first: Option<MetaProperties> = None;
    for directory in &listed {
        let path = Path::new(directory);
        if !path.is_dir() {
            let what = if path.exists() {
                "is not a directory"
            } else {
                "does not exist"
            };
            problems.push(format!("{directory} {what}"));
            continue;
        }
        found.push(directory.as_str());
        match directories::read(directory) {
            Ok(None) => problems.push(format!("{directory} is not formatted.")),
            Ok(Some(properties)) => match &first {
                None => first = Some(properties),
                Some(first) => problems.extend(mismatch(first, &properties)),
            },
            Err(exception) => {
                out.line(&exception);
                let path = path.join(META_PROPERTIES);
                problems.push(format!(
                    "Error loading {}: {}",
                    path.display(),
                    exception.text()
                ));
            }
        }
    }
    if !found.is_empty() {
        print_list(
            out,
            ["Found log directory:", "Found log directories:"],
            &found,
        );
    }
    if let Some(properties) = first {
        out.text(format_args!("Found metadata: {}\n\n", text(&properties)));
    }
    if problems.is_empty() {
        return Ok(0);
    }
    let problems: Vec<_> = problems.iter().map(String::as_str).collect();
    print_list(out, ["Found problem:", "Found problems:"], &problems);
    Ok(1)
}

fn mismatch(first: &MetaProperties, other: &MetaProperties) -> Option<String> {
    if first.cluster_id != other.cluster_id {
        Some("Mismatched cluster IDs between storage directories.".to_owned())
    } else if first.node_id != other.node_id {
        Some("Mismatched node IDs between storage directories.".to_owned())
    } else {
        None
    }
}

fn print_list(out: &Sink, [one, many]: [&str; 2], items: &[&str]) {
    let mut text = format!("{}\n", if items.len() == 1 { one } else { many });
    for item in items {
        text.push_str(&format!("  {item}\n"));
    }
    out.text(format_args!("{text}\n"));
}

/// The properties in the order of their keys.
fn text(properties: &MetaProperties) -> String {
    let mut pairs = BTreeMap::new();
    pairs.insert("version", properties.version.to_string());
    if let Some(cluster) = &properties.cluster_id {
        pairs.insert("cluster.id", cluster.clone());
    }
    if let Some(id) = properties.directory_id {
        pairs.insert("directory.id", id.to_string());
    }
    if let Some(node) = properties.node_id {
        let key = if properties.version == 0 {
            "broker.id"
        } else {
            "node.id"
        };
        pairs.insert(key, node.to_string());
    }
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}
