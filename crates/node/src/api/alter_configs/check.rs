//! What the node that is asked refuses before the controller hears of it.

use std::collections::BTreeSet;

use ottla_metadata::{ConfigKind, ConfigResource, Refusal};
use ottla_types::{BrokerId, ErrorCode};

/// A key of a request.
pub(super) struct Key<'r> {
    pub(super) name: &'r str,
    /// Whether it lacks the value that it needs.
    pub(super) lacks_value: bool,
}

/// Whether the resource, and the form of its change, are such that the controller may decide.
pub(super) fn check(
    own: BrokerId,
    resource: &ConfigResource,
    keys: &[Key<'_>],
    with_loggers: bool,
) -> Result<(), Refusal> {
    let mut known = BTreeSet::new();
    if !keys.iter().all(|key| known.insert(key.name)) {
        return Err(invalid("Error due to duplicate config keys"));
    }
    let lacking: Vec<&str> = keys
        .iter()
        .filter(|key| key.lacks_value)
        .map(|key| key.name)
        .collect();
    if !lacking.is_empty() {
        let names = lacking.join(", ");
        return Err(invalid(format!("Null value not supported for : {names}")));
    }
    match resource.kind {
        ConfigKind::BROKER if resource.name.is_empty() => Ok(()),
        ConfigKind::BROKER => check_id(own, &resource.name, "Unexpected broker id, expected ", ","),
        ConfigKind::BROKER_LOGGER if with_loggers => {
            check_id(own, &resource.name, "Unexpected node id. Expected ", ",")
        }
        ConfigKind::TOPIC | ConfigKind::CLIENT_METRICS | ConfigKind::GROUP => Ok(()),
        ConfigKind(number) => Err(invalid(format!("Unknown resource type {number}"))),
    }
}

/// A node changes only what is its own.
fn check_id(own: BrokerId, name: &str, unexpected: &str, comma: &str) -> Result<(), Refusal> {
    match name.parse::<i32>() {
        Err(_) => Err(invalid(format!(
            "Node id must be an integer, but it is: {name}"
        ))),
        Ok(id) if id != own.0 => Err(invalid(format!(
            "{unexpected}{own}{comma} but received {name}"
        ))),
        Ok(_) => Ok(()),
    }
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(ErrorCode::INVALID_REQUEST, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: ConfigKind, name: &str, keys: &[(&str, bool)]) -> Option<String> {
        let resource = ConfigResource {
            kind,
            name: name.to_owned(),
        };
        let keys: Vec<Key<'_>> = keys
            .iter()
            .map(|(name, lacks_value)| Key {
                name,
                lacks_value: *lacks_value,
            })
            .collect();
        let refusal = check(BrokerId(1), &resource, &keys, true).err()?;
        assert_eq!(refusal.code, ErrorCode::INVALID_REQUEST);
        refusal.message
    }

    #[test]
    fn only_this_broker_and_all_brokers_can_be_changed_here() {
        assert_eq!(said(ConfigKind::BROKER, "", &[]), None);
        assert_eq!(said(ConfigKind::BROKER, "1", &[]), None);
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            said(ConfigKind::BROKER, "7", &[]),
            text("Unexpected broker id, expected 1, but received 7")
        );
        assert_eq!(
            said(ConfigKind::BROKER, "x", &[]),
            text("Node id must be an integer, but it is: x")
        );
        assert_eq!(
            said(ConfigKind::BROKER_LOGGER, "7", &[]),
            text("Unexpected node id. Expected 1, but received 7")
        );
        assert_eq!(
            said(ConfigKind(99), "7", &[]),
            text("Unknown resource type 99")
        );
    }

    #[test]
    fn keys_come_once_and_with_their_values() {
        let topic = |keys: &[(&str, bool)]| said(ConfigKind::TOPIC, "t", keys);
        assert_eq!(topic(&[("a", false), ("b", false)]), None);
        assert_eq!(
            topic(&[("a", false), ("a", false)]).as_deref(),
            Some("Error due to duplicate config keys")
        );
        assert_eq!(
            topic(&[("a", true), ("b", false), ("c", true)]).as_deref(),
            Some("Null value not supported for : a, c")
        );
    }
}
