//! Incremental changes of a dynamic configuration.
//!
//! Spec: KIP-339 (IncrementalAlterConfigs).

use std::fmt;

use crate::{
    ConfigMap,
    error::ConfigError,
    key::{DefaultValue, Key, Scope, Type},
    table::find,
    validate::base_name,
};

/// What to do with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlterOp {
    /// Give it the value.
    Set,
    /// Give it back its default.
    Delete,
    /// Add items to its list.
    Append,
    /// Take items from its list.
    Subtract,
}

impl fmt::Display for AlterOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Set => "SET",
            Self::Delete => "DELETE",
            Self::Append => "APPEND",
            Self::Subtract => "SUBTRACT",
        })
    }
}

/// A change of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    /// The key.
    pub key: String,
    /// What to do.
    pub op: AlterOp,
    /// What to do it with.
    pub value: Option<String>,
}

/// The configuration after the changes. Whether its values fit is for [`validate_topic`](crate::validate_topic)
/// and its siblings to say.
///
/// # Errors
/// When a value is missing, and for items of a key that is not a list.
pub fn apply_alterations(
    scope: Scope,
    current: &ConfigMap,
    alterations: &[Alteration],
) -> Result<ConfigMap, ConfigError> {
    let mut next = current.clone();
    for Alteration { key, op, value } in alterations {
        if *op == AlterOp::Delete {
            next.remove(key);
            continue;
        }
        let Some(value) = value else {
            return Err(ConfigError::NullValue { key: key.clone() });
        };
        let value = match op {
            AlterOp::Append | AlterOp::Subtract => {
                let known = find(scope, base_name(key)).filter(|known| known.kind == Type::List);
                let Some(known) = known else {
                    return Err(not_a_list(scope, *op, key.clone()));
                };
                altered_list(known, next.get(key), *op, value)
            }
            AlterOp::Set | AlterOp::Delete => value.clone(),
        };
        next.insert(key.clone(), value);
    }
    Ok(next)
}

fn not_a_list(scope: Scope, op: AlterOp, key: String) -> ConfigError {
    match scope {
        Scope::Broker => ConfigError::NotABrokerList { op, key },
        _ => ConfigError::NotAList { op, key },
    }
}

/// The items of a key, those of its default when it has none, with or without `items`.
fn altered_list(key: &Key, current: Option<&String>, op: AlterOp, items: &str) -> String {
    let default = match key.default {
        DefaultValue::Text(text) => text,
        DefaultValue::Null | DefaultValue::Required => "",
    };
    let current = current.map_or(default, String::as_str);
    let mut list: Vec<&str> = current.split(',').filter(|item| !item.is_empty()).collect();
    for item in items.split(',') {
        match op {
            AlterOp::Subtract => list.retain(|old| *old != item),
            _ if list.contains(&item) => {}
            _ => list.push(item),
        }
    }
    list.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alter(op: AlterOp, key: &str, value: Option<&str>) -> Result<ConfigMap, ConfigError> {
        let current = ConfigMap::from([("retention.ms".to_owned(), "5".to_owned())]);
        let alteration = Alteration {
            key: key.to_owned(),
            op,
            value: value.map(str::to_owned),
        };
        apply_alterations(Scope::Topic, &current, &[alteration])
    }

    #[test]
    fn lists_begin_with_their_default() {
        for (op, items, expected) in [
            (AlterOp::Append, "compact", "delete,compact"),
            (AlterOp::Append, "delete", "delete"),
            (AlterOp::Subtract, "delete", ""),
        ] {
            let next = alter(op, "cleanup.policy", Some(items)).unwrap();
            assert_eq!(
                next.get("cleanup.policy").map(String::as_str),
                Some(expected)
            );
        }
    }

    #[test]
    fn keys_are_set_and_deleted() {
        assert!(
            alter(AlterOp::Delete, "retention.ms", None)
                .unwrap()
                .is_empty()
        );
        let next = alter(AlterOp::Set, "retention.ms", Some("6")).unwrap();
        assert_eq!(next.get("retention.ms").map(String::as_str), Some("6"));
    }

    #[test]
    fn only_lists_take_items() {
        let error = alter(AlterOp::Append, "retention.ms", Some("6")).unwrap_err();
        let text = "Can't APPEND to key retention.ms because its type is not LIST.";
        assert_eq!(error.to_string(), text);
        assert!(alter(AlterOp::Set, "retention.ms", None).is_err());
    }
}
