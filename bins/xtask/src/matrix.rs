//! Writes `docs/protocol-matrix.md`: every API with its versions.

use std::path::{Path, PathBuf};

use crate::{
    codegen::{CodegenError, read_schemas},
    schema::{Message, Versions},
};

/// Where the table lies.
#[must_use]
pub fn path(root: &Path) -> PathBuf {
    root.join("docs/protocol-matrix.md")
}

/// The text of the table.
///
/// # Errors
/// When a schema cannot be read.
pub fn generate(root: &Path) -> Result<String, CodegenError> {
    let families = read_schemas(&root.join("crates/protocol/schema"))?;
    let mut text = String::from(HEAD);
    let mut apis: Vec<&Message> = families
        .values()
        .flatten()
        .filter(|message| message.kind == "request" && message.key.is_some())
        .collect();
    apis.sort_by_key(|message| message.key);
    text.push_str(
        "| API key | name | versions | flexible from | answered by |\n|---:|---|---|---:|---|\n",
    );
    for message in apis {
        let unstable = if message.unstable {
            " (last one unstable)"
        } else {
            ""
        };
        let row = [
            message.key.unwrap_or_default().to_string(),
            message.name.trim_end_matches("Request").to_owned(),
            format!("{}{unstable}", range(message.versions)),
            flexible_from(message),
            message.listeners.join(", "),
        ];
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    text.push_str(RECORDS);
    text.push_str("| family | type | name | versions | flexible from |\n|---|---:|---|---|---:|\n");
    for (family, messages) in &families {
        let mut stored: Vec<&Message> = messages
            .iter()
            .filter(|message| !matches!(message.kind.as_str(), "request" | "response" | "header"))
            .collect();
        stored.sort_by_key(|message| (message.key, &message.name));
        for message in stored {
            let row = [
                family.clone(),
                message.key.map_or_else(String::new, |key| key.to_string()),
                message.name.clone(),
                range(message.versions),
                flexible_from(message),
            ];
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
    }
    Ok(text)
}

fn range(versions: Versions) -> String {
    if versions.first == versions.last {
        versions.first.to_string()
    } else {
        format!("{}–{}", versions.first, versions.last)
    }
}

fn flexible_from(message: &Message) -> String {
    let flexible = message.flexible.and(message.versions);
    if flexible.is_empty() {
        "none".to_owned()
    } else {
        flexible.first.to_string()
    }
}

const HEAD: &str = "<!-- Written by `cargo xtask codegen` from crates/protocol/schema; do not edit. -->
# Protocol matrix

What `ottla-protocol` encodes and decodes. What a node answers is what it lists in its ApiVersions response.

## APIs

";

const RECORDS: &str = "
## Records and other stored data

";
