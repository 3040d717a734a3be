//! What Apache Kafka 4.3.1 answers to DescribeConfigs and says of configurations, answered and said alike.
//!
//! `data/describe.tsv` is what a node with `data/node.properties` answered after the changes below: name, value,
//! source, read-only, secret, type, synonyms.

use std::collections::BTreeMap;

use ottla_config::{
    BrokerConfig, ConfigMap, ConfigSource, Described, Properties, Sources, describe_broker,
    describe_broker_defaults, describe_client_metrics, describe_group, describe_topic,
};

fn map(pairs: &[(&str, &str)]) -> ConfigMap {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn node() -> BrokerConfig {
    let file = Properties::parse(include_bytes!("data/node.properties")).expect("a file");
    let sources = Sources {
        file: Some(file),
        ..Sources::default()
    };
    let config = sources.load().expect("Apache Kafka started with it").config;
    let shared = map(&[
        ("leader.replication.throttled.rate", "1000"),
        ("log.retention.ms", "600000"),
        ("max.connections", "5000"),
        ("min.insync.replicas", "1"),
    ]);
    let own = map(&[
        ("custom.key", "secretive"),
        ("listener.name.external.ssl.keystore.location", "/x"),
        ("max.connections", "6000"),
    ]);
    config
        .with_dynamic(&shared, &own)
        .expect("Apache Kafka took it")
}

/// The answers of Apache Kafka by resource.
fn expected() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut resources: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut resource = "";
    for line in include_str!("data/describe.tsv").lines() {
        match line.strip_prefix("## ") {
            Some(name) => resource = name.trim(),
            None => resources.entry(resource).or_default().push(line),
        }
    }
    resources
}

fn source(source: ConfigSource) -> &'static str {
    match source {
        ConfigSource::Topic => "DYNAMIC_TOPIC_CONFIG",
        ConfigSource::Broker => "DYNAMIC_BROKER_CONFIG",
        ConfigSource::AllBrokers => "DYNAMIC_DEFAULT_BROKER_CONFIG",
        ConfigSource::Static => "STATIC_BROKER_CONFIG",
        ConfigSource::Default => "DEFAULT_CONFIG",
        ConfigSource::ClientMetrics => "DYNAMIC_CLIENT_METRICS_CONFIG",
        ConfigSource::Group => "DYNAMIC_GROUP_CONFIG",
    }
}

fn line(described: &Described) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "null".to_owned());
    let synonyms: String = described
        .synonyms
        .iter()
        .map(|synonym| {
            format!(
                " {}:{}={}",
                source(synonym.source),
                synonym.name,
                text(&synonym.value)
            )
        })
        .collect();
    [
        described.name.clone(),
        text(&described.value),
        source(described.source).to_owned(),
        described.read_only.to_string(),
        described.sensitive.to_string(),
        described
            .kind
            .0
            .map_or("UNKNOWN", |kind| kind.name())
            .to_owned(),
        synonyms,
    ]
    .join("\t")
}

#[track_caller]
fn check(resource: &str, described: &[Described]) {
    let lines: Vec<String> = described.iter().map(line).collect();
    let expected = &expected()[resource];
    let missing: Vec<_> = expected
        .iter()
        .filter(|line| !lines.iter().any(|l| l == *line))
        .collect();
    let strange: Vec<_> = lines
        .iter()
        .filter(|line| !expected.contains(&line.as_str()))
        .collect();
    assert!(
        missing.is_empty() && strange.is_empty(),
        "expected {missing:#?}\nanswered {strange:#?}"
    );
}

#[test]
fn a_broker_is_described_alike() {
    check("BROKER 1", &describe_broker(&node(), None));
}

#[test]
fn the_defaults_of_brokers_are_described_alike() {
    check("BROKER", &describe_broker_defaults(&node(), None));
}

#[test]
fn a_topic_is_described_alike() {
    let overrides = map(&[
        ("cleanup.policy", "compact,delete"),
        ("internal.segment.bytes", "1000"),
        ("min.compaction.lag.ms", "9223372036854775807"),
        ("segment.ms", "7777777"),
    ]);
    check("TOPIC t", &describe_topic(&node(), &overrides, None));
}

#[test]
fn a_group_is_described_alike() {
    let overrides = map(&[("consumer.session.timeout.ms", "50000")]);
    check("GROUP g", &describe_group(&node(), &overrides, None));
}

#[test]
fn a_subscription_is_described_alike() {
    check(
        "CLIENT_METRICS m",
        &describe_client_metrics(&map(&[("interval.ms", "4000")]), None),
    );
}

/// `data/order.txt` has the names of a listing in Apache Kafka's order, of a node with default values otherwise.
#[test]
fn keys_are_listed_in_the_same_order() {
    let node = Sources::default().load().expect("defaults").config;
    let none = ConfigMap::new();
    let listings = [
        ("BROKER", describe_broker(&node, None)),
        ("TOPIC", describe_topic(&node, &none, None)),
        ("GROUP", describe_group(&node, &none, None)),
        ("CLIENT_METRICS", describe_client_metrics(&none, None)),
    ];
    let mut listed = String::new();
    for (title, described) in &listings {
        listed += &format!("## {title}\n");
        for key in described {
            listed += &format!("{}\n", key.name);
        }
    }
    assert_eq!(listed, include_str!("data/order.txt"));
}

/// `data/start.tsv` has changes of a configuration, separated by semicolons, and what Apache Kafka says of it.
#[test]
fn configurations_are_accepted_and_refused_alike() {
    let base = [
        ("process.roles", "broker,controller"),
        ("node.id", "1"),
        ("controller.listener.names", "CONTROLLER"),
        ("listeners", "PLAINTEXT://:9092,CONTROLLER://:9093"),
        ("controller.quorum.voters", "1@localhost:9093"),
    ];
    let mut differences = Vec::new();
    for line in include_str!("data/start.tsv").lines() {
        let (changes, expected) = line.split_once('\t').expect("changes and outcome");
        let changes = changes
            .split(';')
            .map(|change| change.split_once('=').expect("key=value"));
        let overrides = changes
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        let file = Some(Properties::from_pairs(base));
        let outcome = Sources {
            file,
            overrides,
            ..Sources::default()
        }
        .load();
        let outcome = outcome.map_or_else(|error| error.to_string(), |_| "OK".to_owned());
        if outcome != expected {
            differences.push(format!("{line}\n    {outcome}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
