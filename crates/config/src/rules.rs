//! What the keys of a node must satisfy together.

use thiserror::Error;

use crate::{
    broker::BrokerConfig,
    error::ConfigError,
    listeners::{Endpoint, ListenerError},
    value::known_class,
    values::Values,
};

/// Keys that contradict each other, in Apache Kafka's words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Requirement {
    /// Segments without age.
    #[error("log.roll.ms must be greater than or equal to 1")]
    SegmentAge,
    /// A negative jitter.
    #[error("log.roll.jitter.ms must be greater than or equal to 0")]
    SegmentJitter,
    /// A retention of nothing.
    #[error("log.retention.ms must be unlimited (-1) or, greater than or equal to 1")]
    Retention,
    /// Too little memory for compaction.
    #[error("log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.")]
    DedupeBuffer,
    /// Follower fetches would always time out.
    #[error(
        "replica.socket.timeout.ms should always be at least replica.fetch.wait.max.ms to prevent unnecessary socket timeouts"
    )]
    FetchWaitOverSocketTimeout,
    /// Followers would always seem to lag.
    #[error(
        "replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR"
    )]
    FetchWaitOverLagTime,
    /// A single request may not fit the queue.
    #[error("queued.max.request.bytes must be larger or equal to socket.request.max.bytes")]
    QueuedBytes,
    /// Nobody could connect.
    #[error(
        "max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set."
    )]
    NoConnections,
    /// A peer would be gone before it learns why.
    #[error(
        "connection.failed.authentication.delay.ms={delay} should always be less than connections.max.idle.ms={idle} to prevent failed authentication responses from timing out"
    )]
    AuthenticationDelay {
        /// `connection.failed.authentication.delay.ms`
        delay: i32,
        /// `connections.max.idle.ms`
        idle: i64,
    },
    /// Brokers could not authenticate among themselves.
    #[error(
        "sasl.mechanism.inter.broker.protocol must be included in sasl.enabled.mechanisms when SASL is used for inter-broker communication"
    )]
    InterBrokerMechanism,
    /// A voter is only a broker.
    #[error(
        "If process.roles contains just the 'broker' role, the node id {id} must not be included in the set of voters controller.quorum.voters=Set({voters})"
    )]
    BrokerIsVoter {
        /// Its id.
        id: i32,
        /// Ids of the voters.
        voters: String,
    },
    /// A controller is not a voter.
    #[error(
        "If process.roles contains the 'controller' role, the node id {id} must be included in the set of voters controller.quorum.voters=Set({voters})"
    )]
    ControllerIsNotVoter {
        /// Its id.
        id: i32,
        /// Ids of the voters.
        voters: String,
    },
    /// A broker listens for controller traffic.
    #[error(
        "controller.listener.names must not contain a value appearing in the 'listeners' configuration when running KRaft with just the broker role"
    )]
    BrokerHasControllerListener,
    /// A controller does not listen for controller traffic.
    #[error(
        "controller.listener.names must contain at least one value appearing in the 'listeners' configuration when running the KRaft controller role"
    )]
    NoControllerListener,
    /// A controller alone listens for clients.
    #[error(
        "The listeners config must only contain KRaft controller listeners from controller.listener.names when process.roles=controller"
    )]
    ControllerHasOtherListener,
    /// Some listeners for controller traffic do not exist.
    #[error(
        "controller.listener.names must only contain values appearing in the 'listeners' configuration when running the KRaft controller role"
    )]
    MissingControllerListener,
    /// A controller alone names a listener of brokers.
    #[error(
        "controller.listener.names must not contain an explicitly set inter.broker.listener.name configuration value when process.roles=controller'"
    )]
    InterBrokerIsController,
    /// All directories are cordoned, and some.
    #[error("When cordoned.log.dirs is set to *, it must not contain other values")]
    CordonedAllAndSome,
    /// A directory is cordoned that is none.
    #[error(
        "All entries in cordoned.log.dirs must be present in log.dirs or log.dir. Missing entries : {missing}"
    )]
    CordonedUnknown {
        /// What is missing.
        missing: String,
    },
    /// A broker joins the voters.
    #[error(
        "controller.quorum.auto.join.enable is only supported when process.roles contains the 'controller' role."
    )]
    BrokerJoins,
    /// Clients have nothing to connect to.
    #[error(
        "There must be at least one broker advertised listener. Perhaps all listeners appear in controller.listener.names?"
    )]
    NothingAdvertised,
    /// Brokers have nothing to connect to.
    #[error(
        "inter.broker.listener.name must be a listener name defined in advertised.listeners. The valid options based on currently configured listeners are {options}"
    )]
    InterBrokerNotAdvertised {
        /// Names of the listeners.
        options: String,
    },
    /// An advertised listener that does not exist.
    #[error(
        "advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. Found {found}. The valid options based on the current configuration are {options}"
    )]
    AdvertisedUnknown {
        /// Names that are advertised.
        found: String,
        /// Names of the listeners.
        options: String,
    },
    /// An advertised address that nobody can reach.
    #[error(
        "advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address."
    )]
    AdvertisedWildcard,
}

/// A key and its bounds.
macro_rules! bounded {
    ($group:literal, $name:literal) => {
        [
            concat!($group, ".", $name),
            concat!($group, ".min.", $name),
            concat!($group, ".max.", $name),
        ]
    };
}

/// Checks what spans keys, in Apache Kafka's order.
pub(crate) fn check(config: &BrokerConfig) -> Result<(), ConfigError> {
    logs(config)?;
    replication(config)?;
    quorum(config)?;
    listeners(config)?;
    network(config)?;
    groups(config.values())
}

fn require(holds: bool, requirement: Requirement) -> Result<(), ConfigError> {
    if holds {
        Ok(())
    } else {
        Err(requirement.into())
    }
}

fn logs(config: &BrokerConfig) -> Result<(), ConfigError> {
    let values = config.values();
    let at_least = |synonyms: &[&str], low: i64| values.millis(synonyms).is_none_or(|ms| ms >= low);
    require(
        at_least(&["log.roll.ms", "log.roll.hours"], 1),
        Requirement::SegmentAge,
    )?;
    require(
        at_least(&["log.roll.jitter.ms", "log.roll.jitter.hours"], 0),
        Requirement::SegmentJitter,
    )?;
    let retention = values.millis(&[
        "log.retention.ms",
        "log.retention.minutes",
        "log.retention.hours",
    ]);
    require(retention != Some(0), Requirement::Retention)?;
    let logs = &config.logs;
    let threads = i64::from(logs.cleaner_threads);
    let per_thread = logs.cleaner_dedupe_buffer_bytes.checked_div(threads);
    require(
        per_thread.is_some_and(|bytes| bytes > 1_048_576),
        Requirement::DedupeBuffer,
    )?;
    let is_all = logs.cordoned_dirs.iter().any(|dir| dir == "*");
    require(
        !is_all || logs.cordoned_dirs.len() == 1,
        Requirement::CordonedAllAndSome,
    )?;
    let is_missing = |dir: &&String| *dir != "*" && !logs.dirs.contains(*dir);
    let missing: Vec<&str> = logs
        .cordoned_dirs
        .iter()
        .filter(is_missing)
        .map(String::as_str)
        .collect();
    let missing = missing.join(", ");
    require(missing.is_empty(), Requirement::CordonedUnknown { missing })
}

fn replication(config: &BrokerConfig) -> Result<(), ConfigError> {
    let replication = &config.replication;
    let wait = replication.fetch_wait_max_ms;
    require(
        wait <= replication.socket_timeout_ms,
        Requirement::FetchWaitOverSocketTimeout,
    )?;
    require(
        i64::from(wait) <= replication.lag_time_max_ms,
        Requirement::FetchWaitOverLagTime,
    )?;
    let share: i32 = config
        .values()
        .get("share.coordinator.state.topic.compression.codec");
    let codecs = [config.offsets.topic_compression_codec, share];
    match codecs.into_iter().find(|id| !(0..=4).contains(id)) {
        Some(id) => Err(ConfigError::UnknownCodec { id }),
        None => Ok(()),
    }
}

fn quorum(config: &BrokerConfig) -> Result<(), ConfigError> {
    let (quorum, roles) = (&config.quorum, config.identity.roles);
    if quorum.voters.is_empty() && quorum.bootstrap_servers.is_empty() {
        return Err(ConfigError::NoQuorum);
    }
    let id = config.identity.node_id;
    let is_voter = quorum.voters.iter().any(|voter| voter.id == id);
    let voters = || {
        let ids: Vec<String> = quorum
            .voters
            .iter()
            .map(|voter| voter.id.to_string())
            .collect();
        ids.join(", ")
    };
    if roles.controller {
        let fits = is_voter || quorum.voters.is_empty();
        return require(
            fits,
            Requirement::ControllerIsNotVoter {
                id: id.0,
                voters: voters(),
            },
        );
    }
    require(
        !is_voter,
        Requirement::BrokerIsVoter {
            id: id.0,
            voters: voters(),
        },
    )?;
    require(!quorum.auto_join, Requirement::BrokerJoins)
}

fn listeners(config: &BrokerConfig) -> Result<(), ConfigError> {
    let (listeners, roles) = (&config.listeners, config.identity.roles);
    let early: Option<Vec<String>> = config.values().get("early.start.listeners");
    let has = |name: &str| {
        listeners
            .listeners
            .iter()
            .any(|endpoint| endpoint.listener == name)
    };
    for name in early.unwrap_or_default() {
        let upper = name.to_uppercase();
        if !has(&upper) && !listeners.is_controller(&upper) {
            return Err(ListenerError::UnknownEarly { name }.into());
        }
    }
    if roles.controller {
        controller_listeners(config)?;
    } else {
        let has_controller = listeners.controller_listeners().next().is_some();
        require(!has_controller, Requirement::BrokerHasControllerListener)?;
        let first = listeners.controller_names.first();
        if let Some(name) = first.filter(|name| listeners.protocol_of(name).is_none()) {
            return Err(ListenerError::NoControllerProtocol { name: name.clone() }.into());
        }
    }
    if roles.broker {
        advertised(config)
    } else {
        Ok(())
    }
}

fn controller_listeners(config: &BrokerConfig) -> Result<(), ConfigError> {
    let listeners = &config.listeners;
    if !config.identity.roles.broker {
        let has_other = listeners.broker_listeners().next().is_some();
        require(!has_other, Requirement::ControllerHasOtherListener)?;
        let name: Option<String> = config.values().get("inter.broker.listener.name");
        let is_controller = name.is_some_and(|name| listeners.is_controller(&name));
        require(!is_controller, Requirement::InterBrokerIsController)?;
    }
    let found = listeners.controller_listeners().count();
    require(found > 0, Requirement::NoControllerListener)?;
    let all_found = found == listeners.controller_names.len();
    require(all_found, Requirement::MissingControllerListener)
}

fn advertised(config: &BrokerConfig) -> Result<(), ConfigError> {
    let listeners = &config.listeners;
    let advertised: Vec<&Endpoint> = listeners.effective_advertised().collect();
    require(!advertised.is_empty(), Requirement::NothingAdvertised)?;
    let options: Vec<&Endpoint> = listeners.listeners.iter().collect();
    let is_listener = |name: &str| options.iter().any(|endpoint| endpoint.listener == name);
    require(
        advertised
            .iter()
            .any(|endpoint| endpoint.listener == listeners.inter_broker),
        Requirement::InterBrokerNotAdvertised {
            options: names(&advertised),
        },
    )?;
    require(
        advertised
            .iter()
            .all(|endpoint| is_listener(&endpoint.listener)),
        Requirement::AdvertisedUnknown {
            found: names(&advertised),
            options: names(&options),
        },
    )?;
    let is_wildcard = |endpoint: &&Endpoint| endpoint.host.as_deref() == Some("0.0.0.0");
    require(
        !advertised.iter().any(is_wildcard),
        Requirement::AdvertisedWildcard,
    )?;
    let protocol = listeners.protocol_of(&listeners.inter_broker);
    if protocol.is_some_and(crate::SecurityProtocol::uses_sasl) {
        let mechanism: String = config.values().get("sasl.mechanism.inter.broker.protocol");
        let enabled: Vec<String> = config.values().get("sasl.enabled.mechanisms");
        require(
            enabled.contains(&mechanism),
            Requirement::InterBrokerMechanism,
        )?;
    }
    Ok(())
}

fn names(endpoints: &[&Endpoint]) -> String {
    let names: Vec<&str> = endpoints
        .iter()
        .map(|endpoint| endpoint.listener.as_str())
        .collect();
    names.join(",")
}

fn network(config: &BrokerConfig) -> Result<(), ConfigError> {
    let network = &config.network;
    let queued = network.queued_max_request_bytes;
    let fits = queued <= 0 || queued >= i64::from(network.request_max_bytes);
    require(fits, Requirement::QueuedBytes)?;
    let text: String = config.values().get(PER_IP_OVERRIDES);
    for entry in text
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
    {
        let Some((_, count)) = entry.rsplit_once(':') else {
            let entry = entry.to_owned();
            return Err(ConfigError::NotAPair {
                key: PER_IP_OVERRIDES,
                entry,
            });
        };
        if count.trim().parse::<i32>().is_err() {
            return Err(ConfigError::NotACount {
                value: count.to_owned(),
            });
        }
    }
    let some_may = network.max_connections_per_ip != 0 || !text.is_empty();
    require(some_may, Requirement::NoConnections)?;
    let (delay, idle) = (
        network.failed_authentication_delay_ms,
        network.connections_max_idle_ms,
    );
    let is_told = idle < 0 || i64::from(delay) < idle;
    require(is_told, Requirement::AuthenticationDelay { delay, idle })
}

fn groups(values: &Values) -> Result<(), ConfigError> {
    let protocols: Vec<String> = values.get("group.coordinator.rebalance.protocols");
    if !protocols.iter().any(|protocol| protocol == "classic") {
        return Err(ConfigError::NoClassicProtocol);
    }
    assignors(values, "group.consumer.assignors", &["uniform", "range"])?;
    let share = assignors(values, "group.share.assignors", &["simple"])?;
    if share != 1 {
        return Err(ConfigError::ShareAssignors { count: share });
    }
    let read = |key: &&'static str| values.get::<i32>(key);
    for (is_limit, [value, low, high]) in BOUNDED {
        let at_least = |larger: &'static str, smaller: &'static str| {
            let is_less = read(&larger) < read(&smaller);
            is_less.then_some(ConfigError::NotLarger {
                larger,
                smaller,
                or_equal: true,
            })
        };
        let over = || match is_limit {
            true => at_least(high, value),
            false => (read(value) > read(high)).then_some(ConfigError::NotSmaller {
                smaller: value,
                larger: high,
                or_equal: true,
            }),
        };
        let broken = at_least(high, low)
            .or_else(|| at_least(value, low))
            .or_else(over);
        broken.map_or(Ok(()), Err)?;
    }
    for [smaller, larger] in HEARTBEATS {
        if read(smaller) >= read(larger) {
            return Err(ConfigError::NotSmaller {
                smaller,
                larger,
                or_equal: false,
            });
        }
    }
    let standby = [
        "group.streams.num.standby.replicas",
        "group.streams.max.standby.replicas",
    ];
    if read(&standby[0]) > read(&standby[1]) {
        let [smaller, larger] = standby;
        return Err(ConfigError::NotSmaller {
            smaller,
            larger,
            or_equal: true,
        });
    }
    Ok(())
}

/// How many assignors there are; all must be built in, under their name or their class.
fn assignors(values: &Values, key: &str, names: &[&str]) -> Result<usize, ConfigError> {
    let assignors: Vec<String> = values.get(key);
    let is_known = |class: &String| names.contains(&class.as_str()) || known_class(class);
    match assignors.iter().find(|class| !is_known(class)) {
        Some(class) => Err(ConfigError::UnknownAssignor {
            class: class.clone(),
        }),
        None => Ok(assignors.len()),
    }
}

const PER_IP_OVERRIDES: &str = "max.connections.per.ip.overrides";

/// Keys of groups with their bounds, and whether Apache Kafka words the upper one as a limit of the key.
const BOUNDED: &[(bool, [&str; 3])] = &[
    (false, bounded!("group.consumer", "session.timeout.ms")),
    (false, bounded!("group.consumer", "heartbeat.interval.ms")),
    (false, bounded!("group.consumer", "assignment.interval.ms")),
    (false, bounded!("group.share", "session.timeout.ms")),
    (false, bounded!("group.share", "heartbeat.interval.ms")),
    (false, bounded!("group.share", "assignment.interval.ms")),
    (true, bounded!("group.share", "record.lock.duration.ms")),
    (true, bounded!("group.share", "delivery.count.limit")),
    (true, bounded!("group.share", "partition.max.record.locks")),
    (false, bounded!("group.streams", "session.timeout.ms")),
    (false, bounded!("group.streams", "heartbeat.interval.ms")),
    (false, bounded!("group.streams", "assignment.interval.ms")),
];

/// Heartbeats, and the session timeouts within which they must come.
const HEARTBEATS: &[[&str; 2]] = &[
    [
        "group.consumer.heartbeat.interval.ms",
        "group.consumer.session.timeout.ms",
    ],
    [
        "group.share.heartbeat.interval.ms",
        "group.share.session.timeout.ms",
    ],
    [
        "group.streams.heartbeat.interval.ms",
        "group.streams.session.timeout.ms",
    ],
];
