use super::*;
use crate::Sources;

fn node(overrides: &[(&str, &str)]) -> BrokerConfig {
    let overrides = overrides
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    Sources {
        overrides,
        ..Sources::default()
    }
    .load()
    .unwrap()
    .config
}

type Shown<'a> = (Option<&'a str>, Vec<(i8, &'a str, Option<&'a str>)>);

/// Value and synonyms of a key.
fn shown(described: &[Described]) -> Shown<'_> {
    let [one] = described else {
        panic!("one key was asked for: {described:?}");
    };
    let synonyms = one.synonyms.iter().map(|synonym| {
        (
            synonym.source.code(),
            synonym.name.as_str(),
            synonym.value.as_deref(),
        )
    });
    (one.value.as_deref(), synonyms.collect())
}

#[test]
fn a_key_that_is_not_set_has_no_synonyms() {
    let node = node(&[("log.retention.minutes", "100")]);
    let described = describe_broker(&node, Some(&["log.retention.ms"]));
    assert_eq!(shown(&described), (None, vec![]));
    let described = describe_broker(&node, Some(&["log.retention.minutes"]));
    let synonyms = vec![
        (4, "log.retention.minutes", Some("100")),
        (5, "log.retention.hours", Some("168")),
    ];
    assert_eq!(shown(&described), (Some("100"), synonyms));
    let described = describe_topic(&node, &ConfigMap::new(), Some(&["retention.ms"]));
    assert_eq!(shown(&described), (Some("6000000"), vec![]));
}

#[test]
fn a_key_of_a_listener_falls_back_to_that_of_all() {
    const NAME: &str = "listener.name.plaintext.max.connections";
    let node = node(&[(NAME, "77")]);
    let own = [(NAME, "4"), ("max.connections", "40")];
    let own = own
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
    let node = node.with_dynamic(&ConfigMap::new(), &own).unwrap();
    let described = describe_broker(&node, Some(&[NAME]));
    let synonyms = vec![
        (2, NAME, Some("4")),
        (2, "max.connections", Some("40")),
        (4, NAME, Some("77")),
        (5, "max.connections", Some("2147483647")),
    ];
    assert_eq!(shown(&described), (Some("4"), synonyms));
    assert!(described[0].read_only);
}

#[test]
fn secrets_are_not_shown() {
    let node = node(&[
        ("ssl.key.password", "swordfish"),
        ("plugin.key", "swordfish"),
    ]);
    let described = describe_broker(&node, None);
    assert!(!format!("{described:?}").contains("swordfish"));
    let plugin = describe_broker(&node, Some(&["plugin.key"]));
    assert_eq!((plugin[0].kind.code(), plugin[0].sensitive), (0, true));
}

#[test]
fn hidden_keys_are_listed_only_where_they_are_set() {
    const NAME: &str = "ottla.acks.all.sync";
    assert!(describe_broker(&node(&[]), Some(&[NAME])).is_empty());
    assert_eq!(
        describe_broker(&node(&[(NAME, "false")]), Some(&[NAME])).len(),
        1
    );
}
