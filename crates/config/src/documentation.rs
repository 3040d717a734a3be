//! The reference page of all keys.
//!
//! `examples/documentation.rs` prints it.

use crate::{
    key::{DefaultValue, Key, Scope},
    table::{is_dynamic_only, sorted_keys},
};

/// All keys as a page of Markdown, for `docs/configuration.md`.
#[must_use]
pub fn documentation() -> String {
    let mut page = String::from(
        "# Configuration\n\n\
         Every key, generated from the tables of `ottla-config`. Keys marked † are accepted but listed only\n\
         where they are set.\n",
    );
    for (scope, title) in [
        (Scope::Broker, "Node"),
        (Scope::Topic, "Topic"),
        (Scope::Group, "Group"),
        (Scope::ClientMetrics, "Client metrics subscription"),
    ] {
        page.push_str(&format!("\n## {title}\n\n{}", head(scope)));
        for key in sorted_keys(scope) {
            page.push_str(&row(scope, key));
        }
    }
    page
}

fn head(scope: Scope) -> &'static str {
    match scope {
        Scope::Broker => {
            "| key | type | default | allowed | change | meaning |\n|---|---|---|---|---|---|\n"
        }
        _ => {
            "| key | type | default | allowed | key of the node | meaning |\n|---|---|---|---|---|---|\n"
        }
    }
}

fn row(scope: Scope, key: &Key) -> String {
    let default = match key.default {
        DefaultValue::Required => "required".to_owned(),
        DefaultValue::Null => "none".to_owned(),
        DefaultValue::Text("") => "empty".to_owned(),
        DefaultValue::Text(text) => format!("`{text}`"),
    };
    let place = match (scope, key.synonyms.first()) {
        (Scope::Broker, _) if is_dynamic_only(key.name) => "only dynamic",
        (Scope::Broker, _) => key.mode.name(),
        (_, first) => first.copied().unwrap_or_default(),
    };
    let mark = if key.hidden { " †" } else { "" };
    let allowed = key.check.describe();
    let kind = key.kind.name().to_lowercase();
    format!(
        "| `{}`{mark} | {kind} | {default} | {allowed} | {place} | {} |\n",
        key.name, key.doc
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;

    #[test]
    fn the_page_in_the_docs_is_this_one() {
        let committed = include_str!("../../../docs/configuration.md");
        let hint = "run: cargo run -p ottla-config --example documentation > docs/configuration.md";
        assert!(documentation() == committed, "{hint}");
    }

    #[test]
    fn every_key_has_its_row() {
        let page = documentation();
        for scope in [
            Scope::Broker,
            Scope::Topic,
            Scope::Group,
            Scope::ClientMetrics,
        ] {
            for key in keys(scope) {
                assert!(
                    page.contains(&format!("\n| `{}`", key.name)),
                    "{}",
                    key.name
                );
            }
        }
        let mut rows = page.lines().filter(|line| line.starts_with("| "));
        assert!(rows.all(|row| row.matches(" | ").count() == 5));
    }
}
