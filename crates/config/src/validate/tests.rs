use ottla_types::ErrorCode;

use super::*;
use crate::Sources;

fn node(overrides: &[(&str, &str)]) -> BrokerConfig {
    let overrides = map(overrides).into_iter().collect();
    Sources {
        overrides,
        ..Sources::default()
    }
    .load()
    .unwrap()
    .config
}

fn map(pairs: &[(&str, &str)]) -> ConfigMap {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn refusal(outcome: Result<(), ConfigError>) -> (String, ErrorCode) {
    let error = outcome.unwrap_err();
    (error.to_string(), error.code())
}

#[test]
fn topics_are_refused_in_known_words() {
    let node = node(&[]);
    for (configs, text) in [
        (&[("bogus", "1")][..], "Unknown topic config name: bogus"),
        (
            &[("retention.ms", "x")],
            "Invalid value x for configuration retention.ms: Not a number of type LONG",
        ),
        (
            &[("cleanup.policy", "shred")],
            "Invalid value shred for configuration cleanup.policy: String must be one of: compact, delete",
        ),
        (
            &[
                ("min.compaction.lag.ms", "5"),
                ("max.compaction.lag.ms", "4"),
            ],
            "conflict topic config setting min.compaction.lag.ms (5) > max.compaction.lag.ms (4)",
        ),
        (
            &[("remote.storage.enable", "true")],
            "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.",
        ),
    ] {
        let expected = (text.to_owned(), ErrorCode::INVALID_CONFIG);
        assert_eq!(refusal(validate_topic(&node, &map(configs))), expected);
    }
    assert_eq!(
        validate_topic(&node, &map(&[("cleanup.policy", "compact,delete")])),
        Ok(())
    );
}

#[test]
fn local_retention_is_part_of_the_whole() {
    let node = node(&[("remote.log.storage.system.enable", "true")]);
    let check = |key: &str, value: &str| {
        let configs = [
            ("remote.storage.enable", "true"),
            ("retention.ms", "100"),
            (key, value),
        ];
        validate_topic(&node, &map(&configs))
    };
    assert_eq!(check("local.retention.ms", "100"), Ok(()));
    let text = "Invalid value 101 for configuration local.retention.ms: Value must not be more than retention.ms property value: 100";
    assert_eq!(
        check("local.retention.ms", "101").unwrap_err().to_string(),
        text
    );
    let text = "Invalid value -1 for configuration local.retention.ms: Value must not be -1 as retention.ms value is set as 100.";
    assert_eq!(
        check("local.retention.ms", "-1").unwrap_err().to_string(),
        text
    );
    assert_eq!(
        check("cleanup.policy", "compact"),
        Err(ConfigError::RemoteCompacted)
    );
}

#[test]
fn groups_keep_to_the_bounds_of_the_node() {
    let node = node(&[]);
    for (key, value, text) in [
        ("bogus", "1", "Unknown group config name: bogus"),
        (
            "consumer.session.timeout.ms",
            "10",
            "consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms",
        ),
        (
            "share.heartbeat.interval.ms",
            "20000",
            "share.heartbeat.interval.ms must be less than or equal to group.share.max.heartbeat.interval.ms",
        ),
        (
            "streams.num.standby.replicas",
            "3",
            "streams.num.standby.replicas must be less than or equal to group.streams.max.standby.replicas",
        ),
    ] {
        assert_eq!(
            refusal(validate_group(&node, &map(&[(key, value)]))).0,
            text
        );
    }
    assert_eq!(
        validate_group(&node, &map(&[("consumer.session.timeout.ms", "50000")])),
        Ok(())
    );
}

#[test]
fn client_metrics_are_refused_in_known_words() {
    let check = |key: &str, value: &str| validate_client_metrics("s", &map(&[(key, value)]));
    assert_eq!(
        check("match", "client_id=a.*,client_source_port=[0-9]+"),
        Ok(())
    );
    for (outcome, text, code) in [
        (
            check("interval.ms", "5"),
            "Invalid value 5 for interval.ms, interval must be between 100 and 3600000 (1 hour)",
            ErrorCode::INVALID_REQUEST,
        ),
        (
            check("bogus", "5"),
            "Unknown client metrics configuration: bogus",
            ErrorCode::INVALID_REQUEST,
        ),
        (
            check("match", "client_id=("),
            "Illegal client matching pattern: client_id=(",
            ErrorCode::INVALID_CONFIG,
        ),
        (
            validate_client_metrics("", &map(&[])),
            "Subscription name can't be empty",
            ErrorCode::INVALID_REQUEST,
        ),
    ] {
        assert_eq!(refusal(outcome), (text.to_owned(), code));
    }
}

#[test]
fn brokers_change_only_what_is_dynamic() {
    let node = node(&[]);
    for (per_broker, key, value, text) in [
        (
            true,
            "num.partitions",
            "2",
            "Cannot update these configs dynamically: [num.partitions]",
        ),
        (
            true,
            "ssl.keystore.location",
            "a",
            "These security configs can be dynamically updated only per-listener using the listener prefix: [ssl.keystore.location]",
        ),
        (
            false,
            "listener.name.x.ssl.keystore.location",
            "a",
            "Cannot update these configs at default cluster level, broker id must be specified: [listener.name.x.ssl.keystore.location]",
        ),
        (
            false,
            "num.io.threads",
            "17",
            "Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for num.io.threads=17, value should not be greater than double the current value 8 for configuration Invalid dynamic configuration",
        ),
        (
            false,
            "log.retention.ms",
            "0",
            "requirement failed: log.retention.ms must be unlimited (-1) or, greater than or equal to 1",
        ),
    ] {
        let outcome = validate_dynamic_broker(&node, per_broker, &map(&[(key, value)]));
        assert_eq!(
            refusal(outcome),
            (text.to_owned(), ErrorCode::INVALID_REQUEST)
        );
    }
    for (key, value) in [
        ("num.io.threads", "16"),
        ("custom.key", "1"),
        ("log.retention.ms", "5"),
    ] {
        assert_eq!(
            validate_dynamic_broker(&node, false, &map(&[(key, value)])),
            Ok(())
        );
    }
}

#[test]
fn names_lose_listener_and_mechanism() {
    for (name, base) in [
        ("num.partitions", "num.partitions"),
        ("listener.name.x.max.connections", "max.connections"),
        ("listener.name.x.plain.sasl.jaas.config", "sasl.jaas.config"),
        ("listener.name.x.sasl.jaas.config", "sasl.jaas.config"),
        (
            "listener.name.x.scram-sha-256.sasl.server.callback.handler.class",
            "sasl.server.callback.handler.class",
        ),
    ] {
        assert_eq!(base_name(name), base);
    }
}
