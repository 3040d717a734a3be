use super::*;

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn with_overrides(overrides: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    Sources {
        overrides: pairs(overrides),
        ..Sources::default()
    }
    .load()
}

fn from_file(text: &str) -> Result<Loaded, ConfigError> {
    let file = Some(Properties::parse(text.as_bytes()).unwrap());
    Sources {
        file,
        ..Sources::default()
    }
    .load()
}

fn from_environment(environment: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    Sources {
        environment: pairs(environment),
        ..Sources::default()
    }
    .load()
}

#[test]
fn without_file_the_sample_holds_on_loopback() {
    let sources = Sources {
        default_log_dir: "/data/ottla".to_owned(),
        ..Sources::default()
    };
    let Loaded {
        config,
        warnings,
        cluster_id,
    } = sources.load().unwrap();
    assert_eq!((warnings, cluster_id), (vec![], None));
    assert!(config.identity.roles.is_combined());
    assert_eq!(config.logs.dirs, ["/data/ottla"]);
    assert_eq!(config.metadata_log.dir, "/data/ottla");
    let hosts: Vec<_> = config
        .listeners
        .listeners
        .iter()
        .map(|endpoint| endpoint.host.as_deref())
        .collect();
    assert_eq!(hosts, [Some("127.0.0.1"); 2]);
    assert_eq!(config.offsets.topic_replication_factor, 1);
    assert_eq!(config.text("broker.id").as_deref(), Some("1"));
}

#[test]
fn overrides_beat_the_environment_and_that_the_file() {
    let file = "process.roles=broker,controller\nnode.id=1\nlisteners=PLAINTEXT://:9092,C://:9093\n\
        controller.listener.names=C\ncontroller.quorum.voters=1@localhost:9093\n\
        num.partitions=2\nnum.io.threads=2\nbackground.threads=2\n";
    let sources = Sources {
        file: Some(Properties::parse(file.as_bytes()).unwrap()),
        environment: pairs(&[
            ("KAFKA_NUM_IO_THREADS", "3"),
            ("KAFKA_BACKGROUND_THREADS", "3"),
        ]),
        overrides: pairs(&[("background.threads", "4")]),
        default_log_dir: "/unused".to_owned(),
    };
    let config = sources.load().unwrap().config;
    let texts =
        ["num.partitions", "num.io.threads", "background.threads"].map(|key| config.text(key));
    assert_eq!(texts.map(Option::unwrap), ["2", "3", "4"]);
    assert_eq!(config.logs.dirs, ["/tmp/kafka-logs"]);
}

#[test]
fn the_environment_of_a_container_stands_alone() {
    let loaded = from_environment(&[
        ("CLUSTER_ID", "4L6g3nShT-eMCtK--X86sw"),
        ("KAFKA_HEAP_OPTS", "-Xmx1G"),
        ("KAFKA_NODE_ID", "5"),
        ("KAFKA_PROCESS_ROLES", "broker,controller"),
        ("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
        ("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
        ("KAFKA_CONTROLLER_QUORUM_VOTERS", "5@localhost:9093"),
        ("KAFKA_CFG_NUM_PARTITIONS", "7"),
        ("PATH", "/bin"),
    ])
    .unwrap();
    assert_eq!(loaded.cluster_id.as_deref(), Some("4L6g3nShT-eMCtK--X86sw"));
    assert_eq!(loaded.config.identity.node_id.0, 5);
    assert_eq!(loaded.config.topics.num_partitions, 7);
    assert_eq!(loaded.config.offsets.topic_replication_factor, 3);
    let name = "KAFKA_HEAP_OPTS".to_owned();
    assert_eq!(loaded.warnings, [Warning::JavaVariable { name }]);
}

#[test]
fn advertised_listeners_alone_are_listened_on() {
    let config = from_environment(&[
        ("KAFKA_NODE_ID", "5"),
        ("KAFKA_PROCESS_ROLES", "broker"),
        (
            "KAFKA_ADVERTISED_LISTENERS",
            "PLAINTEXT://kafka.example:9092",
        ),
        ("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
        ("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
    ])
    .unwrap()
    .config;
    assert_eq!(
        config.listeners.listeners[0].to_string(),
        "PLAINTEXT://0.0.0.0:9092"
    );
    assert_eq!(
        config.listeners.advertised[0].to_string(),
        "PLAINTEXT://kafka.example:9092"
    );
}

#[test]
fn a_file_from_before_kraft_makes_a_combined_node() {
    let loaded = from_file(
        "broker.id=3\nzookeeper.connect=zk:2181\nlisteners=PLAINTEXT://:9092,SSL://:9093\n\
         inter.broker.protocol.version=2.8\nlog.dirs=/data\n",
    )
    .unwrap();
    let config = loaded.config;
    assert!(config.identity.roles.is_combined());
    assert_eq!(config.identity.node_id.0, 3);
    assert_eq!(
        config.listeners.controller_listeners().next().unwrap().port,
        9094
    );
    let lines: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("before KRaft"), "{lines:?}");
    assert!(
        lines[1].starts_with("inter.broker.protocol.version is no longer"),
        "{lines:?}"
    );
}

#[test]
fn without_anything_of_a_node_the_roles_are_missing() {
    let error = from_file("num.partitions=2\n").unwrap_err();
    let text = "Missing required configuration \"process.roles\" which has no default value.";
    assert_eq!(error.to_string(), text);
}

#[test]
fn contradictions_are_refused_in_known_words() {
    for (overrides, text) in [
        (
            &[("num.io.threads", "0")][..],
            "Invalid value 0 for configuration num.io.threads: Value must be at least 1",
        ),
        (
            &[("num.io.threads", "x")],
            "Invalid value x for configuration num.io.threads: Not a number of type INT",
        ),
        (
            &[("broker.id", "2")],
            "You must set `node.id` to the same value as `broker.id`.",
        ),
        (
            &[("log.retention.ms", "0")],
            "requirement failed: log.retention.ms must be unlimited (-1) or, greater than or equal to 1",
        ),
        (
            &[("advertised.listeners", "PLAINTEXT://0.0.0.0:1")],
            "requirement failed: advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.",
        ),
        (
            &[("controller.quorum.voters", "2@localhost:1")],
            "requirement failed: If process.roles contains the 'controller' role, the node id 1 must be included in the set of voters controller.quorum.voters=Set(2)",
        ),
        (
            &[("group.consumer.session.timeout.ms", "100")],
            "group.consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms",
        ),
        (
            &[("listeners", "PLAINTEXT//:9092")],
            "Error creating broker listeners from '[PLAINTEXT//:9092]': Unable to parse PLAINTEXT//:9092 to a broker endpoint",
        ),
    ] {
        assert_eq!(with_overrides(overrides).unwrap_err().to_string(), text);
    }
}

#[test]
fn dynamic_configuration_lies_over_the_static_one() {
    let config = with_overrides(&[("num.io.threads", "4"), ("log.retention.hours", "1")])
        .unwrap()
        .config;
    let shared = [("num.io.threads", "5"), ("log.retention.ms", "7")]
        .map(|(k, v)| (k.to_owned(), v.to_owned()));
    let own = [
        ("num.io.threads".to_owned(), "6".to_owned()),
        ("num.partitions".to_owned(), "9".to_owned()),
    ];
    let changed = config.with_dynamic(&shared.into(), &own.into()).unwrap();
    assert_eq!(changed.network.io_threads, 6);
    assert_eq!(changed.topics.num_partitions, 1);
    let topic = crate::TopicConfig::resolve(&changed, &ConfigMap::new()).unwrap();
    assert_eq!(topic.retention_ms, 7);
    let back = changed
        .with_dynamic(&ConfigMap::new(), &ConfigMap::new())
        .unwrap();
    assert_eq!(back.network.io_threads, 4);
}

#[test]
fn a_secret_shows_up_nowhere() {
    let config = with_overrides(&[("ssl.key.password", "swordfish")])
        .unwrap()
        .config;
    assert!(!format!("{config:?}").contains("swordfish"));
    assert_eq!(config.text("ssl.key.password").as_deref(), Some("[hidden]"));
}

#[test]
fn overrides_are_split_at_the_first_equals_sign() {
    let parsed = parse_override("ssl.key.password=a=b").unwrap();
    assert_eq!(parsed, ("ssl.key.password".to_owned(), "a=b".to_owned()));
    let text = "Invalid command line properties: num.partitions";
    assert_eq!(
        parse_override("num.partitions").unwrap_err().to_string(),
        text
    );
}
