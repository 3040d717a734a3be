//! What the keys of a node must satisfy together.

use thiserror::Error;

use crate::{broker::BrokerConfig, error::ConfigError, listeners::Endpoint, values::Values};

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
    #[error("queued.max.request.bytes should be larger or equal to socket.request.max.bytes")]
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
        "If process.roles contains just the 'broker' role, the node id {id} must not be included in the set of voters controller.quorum.voters={{{voters}}}"
    )]
    BrokerIsVoter {
        /// Its id.
        id: i32,
        /// Ids of the voters.
        voters: String,
    },
    /// A controller is not a voter.
    #[error(
        "If process.roles contains the 'controller' role, the node id {id} must be included in the set of voters controller.quorum.voters={{{voters}}}"
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
    /// Controller traffic has no protocol.
    #[error(
        "Controller listener with name {name} defined in controller.listener.names not found in listener.security.protocol.map  (an explicit security mapping for each controller listener is required if listener.security.protocol.map is non-empty, or if there are security protocols other than PLAINTEXT in use)"
    )]
    NoControllerProtocol {
        /// Name of the listener.
        name: String,
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
        per_thread.is_none_or(|bytes| bytes > 1_048_576),
        Requirement::DedupeBuffer,
    )
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
    let id = config.offsets.topic_compression_codec;
    if (0..=4).contains(&id) {
        Ok(())
    } else {
        Err(ConfigError::UnknownCodec { id })
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
    for name in &listeners.controller_names {
        let is_known = listeners.protocol_of(name).is_some();
        require(
            is_known,
            Requirement::NoControllerProtocol { name: name.clone() },
        )?;
    }
    let has_controller = listeners.controller_listeners().next().is_some();
    if roles.controller {
        require(has_controller, Requirement::NoControllerListener)?;
    } else {
        require(!has_controller, Requirement::BrokerHasControllerListener)?;
    }
    if !roles.broker {
        let has_other = listeners.broker_listeners().next().is_some();
        return require(!has_other, Requirement::ControllerHasOtherListener);
    }
    advertised(config)
}

fn advertised(config: &BrokerConfig) -> Result<(), ConfigError> {
    let listeners = &config.listeners;
    let advertised: Vec<&Endpoint> = listeners.effective_advertised().collect();
    require(!advertised.is_empty(), Requirement::NothingAdvertised)?;
    let options: Vec<&Endpoint> = listeners.broker_listeners().collect();
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
    for [value, low, high] in BOUNDED {
        let read = |key: &&'static str| values.get::<i32>(key);
        if read(high) < read(low) {
            return Err(ConfigError::NotLarger {
                larger: high,
                smaller: low,
                or_equal: true,
            });
        }
        if read(value) < read(low) {
            return Err(ConfigError::NotLarger {
                larger: value,
                smaller: low,
                or_equal: true,
            });
        }
        if read(value) > read(high) {
            return Err(ConfigError::NotSmaller {
                smaller: value,
                larger: high,
                or_equal: true,
            });
        }
    }
    for [session, heartbeat] in HEARTBEATS {
        if values.get::<i32>(session) <= values.get::<i32>(heartbeat) {
            let (larger, smaller) = (session, heartbeat);
            return Err(ConfigError::NotLarger {
                larger,
                smaller,
                or_equal: false,
            });
        }
    }
    Ok(())
}

const PER_IP_OVERRIDES: &str = "max.connections.per.ip.overrides";

/// Keys of groups with their bounds.
const BOUNDED: &[[&str; 3]] = &[
    bounded!("group.consumer", "session.timeout.ms"),
    bounded!("group.consumer", "heartbeat.interval.ms"),
    bounded!("group.consumer", "assignment.interval.ms"),
    bounded!("group.share", "session.timeout.ms"),
    bounded!("group.share", "heartbeat.interval.ms"),
    bounded!("group.share", "assignment.interval.ms"),
    bounded!("group.share", "record.lock.duration.ms"),
    bounded!("group.share", "delivery.count.limit"),
    bounded!("group.share", "partition.max.record.locks"),
    bounded!("group.streams", "session.timeout.ms"),
    bounded!("group.streams", "heartbeat.interval.ms"),
    bounded!("group.streams", "assignment.interval.ms"),
];

/// Session timeouts, and the heartbeats that must come more often.
const HEARTBEATS: &[[&str; 2]] = &[
    [
        "group.consumer.session.timeout.ms",
        "group.consumer.heartbeat.interval.ms",
    ],
    [
        "group.share.session.timeout.ms",
        "group.share.heartbeat.interval.ms",
    ],
    [
        "group.streams.session.timeout.ms",
        "group.streams.heartbeat.interval.ms",
    ],
];
