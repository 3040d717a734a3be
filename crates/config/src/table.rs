//! The tables: every key once, area by area, in the order in which Apache Kafka checks them.

mod client_metrics;
mod group;
mod group_override;
mod kraft;
mod log;
mod metrics;
mod network;
mod ottla;
mod quorum;
mod remote;
mod replication;
mod security;
mod server;
mod share;
mod topic;
mod transaction;

use std::sync::LazyLock;

use crate::key::{Key, Scope};

/// Keys of a scope in the order in which they are checked, hidden ones included.
#[must_use]
pub fn keys(scope: Scope) -> &'static [&'static Key] {
    &INDEX[position(scope)].checked
}

/// The key of that name.
#[must_use]
pub fn find(scope: Scope, name: &str) -> Option<&'static Key> {
    let sorted = &INDEX[position(scope)].sorted;
    let at = sorted.binary_search_by(|key| key.name.cmp(name)).ok()?;
    sorted.get(at).copied()
}

/// Keys of a scope in the order of their names, those that exist only dynamically included.
pub(crate) fn sorted_keys(scope: Scope) -> &'static [&'static Key] {
    &INDEX[position(scope)].sorted
}

/// Broker keys that exist only as dynamic configuration: in no file and in no listing unless they are set.
pub(crate) fn is_dynamic_only(name: &str) -> bool {
    ottla::DYNAMIC_ONLY.iter().any(|key| key.name == name)
}

struct Index {
    checked: Vec<&'static Key>,
    sorted: Vec<&'static Key>,
}

impl Index {
    fn of(areas: &[&'static [Key]], unlisted: &'static [Key]) -> Self {
        let checked: Vec<&'static Key> = areas.iter().flat_map(|area| area.iter()).collect();
        let mut sorted = checked.clone();
        sorted.extend(unlisted);
        sorted.sort_by_key(|key| key.name);
        Self { checked, sorted }
    }
}

static INDEX: LazyLock<[Index; 4]> = LazyLock::new(|| {
    [
        Index::of(BROKER, ottla::DYNAMIC_ONLY),
        Index::of(&[topic::KEYS, ottla::TOPIC], &[]),
        Index::of(&[group_override::KEYS], &[]),
        Index::of(&[client_metrics::KEYS], &[]),
    ]
});

const BROKER: &[&[Key]] = &[
    remote::KEYS,
    server::KEYS,
    kraft::KEYS,
    network::KEYS,
    replication::KEYS,
    group::KEYS,
    log::KEYS,
    share::KEYS,
    transaction::KEYS,
    quorum::KEYS,
    metrics::KEYS,
    security::KEYS,
    ottla::KEYS,
];

const fn position(scope: Scope) -> usize {
    match scope {
        Scope::Broker => 0,
        Scope::Topic => 1,
        Scope::Group => 2,
        Scope::ClientMetrics => 3,
    }
}

/// One row per key:
/// `Type "name" = default, Check, Importance UpdateMode [hidden] [from [synonyms]], "documentation";`
macro_rules! rows {
    (@default null) => { $crate::key::DefaultValue::Null };
    (@default required) => { $crate::key::DefaultValue::Required };
    (@default $text:literal) => { $crate::key::DefaultValue::Text($text) };
    (@hidden) => { false };
    (@hidden hidden) => { true };
    ($($kind:ident $name:literal = $default:tt, $check:expr, $importance:ident $mode:ident
        $($hidden:ident)? $([$($synonym:literal),*])?, $doc:literal;)*) => {
        rows! { KEYS; $($kind $name = $default, $check, $importance $mode $($hidden)? $([$($synonym),*])?, $doc;)* }
    };
    ($table:ident; $($kind:ident $name:literal = $default:tt, $check:expr, $importance:ident $mode:ident
        $($hidden:ident)? $([$($synonym:literal),*])?, $doc:literal;)*) => {
        pub(super) const $table: &[$crate::key::Key] = {
            #[allow(unused_imports, reason = "an area may use no check at all")]
            use $crate::check::Check::*;
            &[$($crate::key::Key {
                name: $name,
                kind: $crate::key::Type::$kind,
                default: rows!(@default $default),
                check: $check,
                importance: $crate::key::Importance::$importance,
                mode: $crate::key::UpdateMode::$mode,
                hidden: rows!(@hidden $($hidden)?),
                synonyms: &[$($($synonym),*)?],
                doc: $doc,
            }),*]
        };
    };
}
use rows;
