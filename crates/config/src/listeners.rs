//! Listeners: where a node listens, what it advertises, which protocol each listener speaks.

use std::{collections::BTreeMap, fmt};

use thiserror::Error;

use crate::{error::ConfigError, values::Values};

/// How the peers of a listener are told apart and what protects the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecurityProtocol {
    /// Neither authentication nor encryption.
    Plaintext,
    /// TLS.
    Ssl,
    /// SASL without encryption.
    SaslPlaintext,
    /// SASL inside TLS.
    SaslSsl,
}

impl SecurityProtocol {
    const ALL: [Self; 4] = [
        Self::Plaintext,
        Self::Ssl,
        Self::SaslPlaintext,
        Self::SaslSsl,
    ];

    /// The protocol of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.name().eq_ignore_ascii_case(name))
    }

    /// Name in configurations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plaintext => "PLAINTEXT",
            Self::Ssl => "SSL",
            Self::SaslPlaintext => "SASL_PLAINTEXT",
            Self::SaslSsl => "SASL_SSL",
        }
    }

    /// Number in requests and metadata records.
    #[must_use]
    pub const fn id(self) -> i16 {
        match self {
            Self::Plaintext => 0,
            Self::Ssl => 1,
            Self::SaslPlaintext => 2,
            Self::SaslSsl => 3,
        }
    }

    /// Whether peers authenticate with SASL.
    #[must_use]
    pub const fn uses_sasl(self) -> bool {
        matches!(self, Self::SaslPlaintext | Self::SaslSsl)
    }

    /// Whether connections are encrypted.
    #[must_use]
    pub const fn uses_tls(self) -> bool {
        matches!(self, Self::Ssl | Self::SaslSsl)
    }
}

impl fmt::Display for SecurityProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An address of a listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Name of the listener, in upper case.
    pub listener: String,
    /// What it speaks.
    pub protocol: SecurityProtocol,
    /// Host; `None` for every interface.
    pub host: Option<String>,
    /// Port; 0 lets the system choose.
    pub port: u16,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.as_deref().unwrap_or_default();
        if host.contains(':') {
            write!(f, "{}://[{host}]:{}", self.listener, self.port)
        } else {
            write!(f, "{}://{host}:{}", self.listener, self.port)
        }
    }
}

/// Where the node listens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listeners {
    /// All addresses the node listens on.
    pub listeners: Vec<Endpoint>,
    /// Addresses told to others: `advertised.listeners`, else `listeners`. Those of controllers included.
    pub advertised: Vec<Endpoint>,
    /// Whether `advertised.listeners` is given.
    pub advertised_given: bool,
    /// Names of the listeners that carry controller traffic; brokers use the first.
    pub controller_names: Vec<String>,
    /// Name of the listener that brokers use among themselves.
    pub inter_broker: String,
    protocols: BTreeMap<String, SecurityProtocol>,
}

impl Listeners {
    /// The listeners of these values. `protocol_given` says whether `security.inter.broker.protocol` is given.
    pub(crate) fn of(values: &Values, protocol_given: bool) -> Result<Self, ConfigError> {
        let controller_names: Vec<String> = values.get("controller.listener.names");
        let controller_names: Vec<String> = controller_names
            .iter()
            .map(|name| name.to_uppercase())
            .collect();
        let items: Vec<String> = values.get("listeners");
        let protocols = protocol_map(values, &items, &controller_names)?;
        let listeners = parse_endpoints(&items, &protocols, true)?;
        let given: Option<Vec<String>> = values.get("advertised.listeners");
        let advertised = match &given {
            Some(items) => parse_endpoints(items, &protocols, false)?,
            None => listeners.clone(),
        };
        Ok(Self {
            inter_broker: inter_broker_name(values, &protocols, protocol_given)?,
            listeners,
            advertised,
            advertised_given: given.is_some(),
            controller_names,
            protocols,
        })
    }

    /// What a listener of that name speaks, whether it is one of this node or not.
    #[must_use]
    pub fn protocol_of(&self, name: &str) -> Option<SecurityProtocol> {
        self.protocols.get(&name.to_uppercase()).copied()
    }

    /// Whether a listener of that name carries controller traffic.
    #[must_use]
    pub fn is_controller(&self, name: &str) -> bool {
        self.controller_names
            .iter()
            .any(|controller| controller.eq_ignore_ascii_case(name))
    }

    /// The listeners for clients and brokers.
    pub fn broker_listeners(&self) -> impl Iterator<Item = &Endpoint> {
        self.listeners
            .iter()
            .filter(|endpoint| !self.is_controller(&endpoint.listener))
    }

    /// The listeners for controller traffic.
    pub fn controller_listeners(&self) -> impl Iterator<Item = &Endpoint> {
        self.listeners
            .iter()
            .filter(|endpoint| self.is_controller(&endpoint.listener))
    }

    /// What a broker tells clients and other brokers: the advertised listeners without those of controllers.
    pub fn effective_advertised(&self) -> impl Iterator<Item = &Endpoint> {
        self.advertised
            .iter()
            .filter(|endpoint| !self.is_controller(&endpoint.listener))
    }

    /// What a controller tells: for each of its listeners the advertised address, else its own.
    pub fn advertised_controllers(&self) -> impl Iterator<Item = &Endpoint> {
        self.controller_listeners().map(|own| {
            let same = |endpoint: &&Endpoint| endpoint.listener == own.listener;
            self.advertised.iter().find(same).unwrap_or(own)
        })
    }
}

/// What is wrong with the listeners.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ListenerError {
    /// Not `NAME://host:port`.
    #[error(
        "Error creating broker listeners from '[{all}]': Unable to parse {entry} to a broker endpoint"
    )]
    NotAnEndpoint {
        /// All entries.
        all: String,
        /// The entry.
        entry: String,
    },
    /// The protocol map does not name the listener.
    #[error(
        "Error creating broker listeners from '[{all}]': No security protocol defined for listener {listener}"
    )]
    NoProtocol {
        /// All entries.
        all: String,
        /// Name of the listener.
        listener: String,
    },
    /// Two listeners have one name.
    #[error(
        "Error creating broker listeners from '[{all}]': Each listener must have a different name, listeners: [{all}]"
    )]
    SameName {
        /// All entries.
        all: String,
    },
    /// Two listeners have one port.
    #[error(
        "Error creating broker listeners from '[{all}]': Each listener must have a different port, listeners: [{all}]"
    )]
    SamePort {
        /// All entries.
        all: String,
    },
    /// Both ways to say what brokers speak among themselves are used.
    #[error(
        "Only one of inter.broker.listener.name and security.inter.broker.protocol should be set."
    )]
    TwoInterBroker,
    /// The listener that brokers use among themselves has no protocol.
    #[error(
        "Listener with name {name} defined in inter.broker.listener.name not found in listener.security.protocol.map."
    )]
    NoInterBrokerProtocol {
        /// Its name.
        name: String,
    },
    /// The listener that brokers use towards controllers has no protocol.
    #[error(
        "Controller listener with name {name} defined in controller.listener.names not found in listener.security.protocol.map  (an explicit security mapping for each controller listener is required if listener.security.protocol.map is non-empty, or if there are security protocols other than PLAINTEXT in use)"
    )]
    NoControllerProtocol {
        /// Its name.
        name: String,
    },
    /// A listener without name.
    #[error("The provided listener name is null or empty string")]
    NoName,
    /// An early listener that does not exist.
    #[error(
        "early.start.listeners contains listener {name}, but this is not contained in listeners or controller.listener.names"
    )]
    UnknownEarly {
        /// Its name.
        name: String,
    },
    /// A protocol in the map does not exist.
    #[error("Invalid security protocol `{protocol}` defined in listener.security.protocol.map")]
    UnknownProtocol {
        /// Its name.
        protocol: String,
    },
}

/// Which protocol each listener name speaks. With the map left at its default, controller listeners are
/// plaintext unless a name says otherwise.
fn protocol_map(
    values: &Values,
    listeners: &[String],
    controller_names: &[String],
) -> Result<BTreeMap<String, SecurityProtocol>, ConfigError> {
    let text: String = values.get(PROTOCOL_MAP);
    let mut protocols = BTreeMap::new();
    for entry in text
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
    {
        let Some((name, protocol)) = entry.rsplit_once(':') else {
            return Err(ConfigError::NotAPair {
                key: PROTOCOL_MAP,
                entry: entry.to_owned(),
            });
        };
        let protocol = protocol.trim();
        let protocol = SecurityProtocol::from_name(protocol).ok_or_else(|| {
            ListenerError::UnknownProtocol {
                protocol: protocol.to_owned(),
            }
        })?;
        protocols.insert(name.trim().to_uppercase(), protocol);
    }
    let is_default = crate::find(crate::Scope::Broker, PROTOCOL_MAP)
        .is_some_and(|key| key.default_value().to_text().as_deref() == Some(&text));
    let is_secure = |name: &str| {
        SecurityProtocol::from_name(name).is_some_and(|it| it != SecurityProtocol::Plaintext)
    };
    let names = listeners
        .iter()
        .filter_map(|entry| Some(entry.split_once("://")?.0));
    let some_secure = names
        .chain(controller_names.iter().map(String::as_str))
        .any(is_secure);
    if is_default && !some_secure {
        for name in controller_names {
            protocols
                .entry(name.clone())
                .or_insert(SecurityProtocol::Plaintext);
        }
    }
    Ok(protocols)
}

fn inter_broker_name(
    values: &Values,
    protocols: &BTreeMap<String, SecurityProtocol>,
    protocol_given: bool,
) -> Result<String, ConfigError> {
    let name: Option<String> = values.get("inter.broker.listener.name");
    let Some(name) = name else {
        return Ok(values.get("security.inter.broker.protocol"));
    };
    if protocol_given {
        return Err(ListenerError::TwoInterBroker.into());
    }
    if name.is_empty() {
        return Err(ListenerError::NoName.into());
    }
    let name = name.to_uppercase();
    if !protocols.contains_key(&name) {
        return Err(ListenerError::NoInterBrokerProtocol { name }.into());
    }
    Ok(name)
}

fn parse_endpoints(
    items: &[String],
    protocols: &BTreeMap<String, SecurityProtocol>,
    distinct_ports: bool,
) -> Result<Vec<Endpoint>, ListenerError> {
    let all = items.join(", ");
    let mut endpoints: Vec<Endpoint> = Vec::with_capacity(items.len());
    for item in items {
        let (name, host, port) =
            split_endpoint(item).ok_or_else(|| ListenerError::NotAnEndpoint {
                all: all.clone(),
                entry: item.clone(),
            })?;
        let listener = name.to_uppercase();
        let protocol =
            protocols
                .get(&listener)
                .copied()
                .ok_or_else(|| ListenerError::NoProtocol {
                    all: all.clone(),
                    listener: listener.clone(),
                })?;
        let host = (!host.is_empty()).then(|| host.to_owned());
        let endpoint = Endpoint {
            listener,
            protocol,
            host,
            port,
        };
        if endpoints
            .iter()
            .any(|other| other.listener == endpoint.listener)
        {
            return Err(ListenerError::SameName { all });
        }
        if distinct_ports
            && endpoints
                .iter()
                .any(|other| is_port_clash(other, &endpoint))
        {
            return Err(ListenerError::SamePort { all });
        }
        endpoints.push(endpoint);
    }
    Ok(endpoints)
}

/// Two listeners may share a port when one is bound to an IPv4 and the other to an IPv6 address.
fn is_port_clash(one: &Endpoint, other: &Endpoint) -> bool {
    let is_v4 = |endpoint: &Endpoint| is_address::<std::net::Ipv4Addr>(endpoint);
    let is_v6 = |endpoint: &Endpoint| is_address::<std::net::Ipv6Addr>(endpoint);
    let two_families = is_v4(one) && is_v6(other) || is_v6(one) && is_v4(other);
    one.port != 0 && one.port == other.port && !two_families
}

fn is_address<T: std::str::FromStr>(endpoint: &Endpoint) -> bool {
    endpoint
        .host
        .as_deref()
        .is_some_and(|host| host.parse::<T>().is_ok())
}

/// Name, host and port of `NAME://host:port`.
pub(crate) fn split_endpoint(item: &str) -> Option<(&str, &str, u16)> {
    let (name, address) = item.split_once("://")?;
    let (host, port) = address.rsplit_once(':')?;
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let is_host = |char: char| char.is_ascii_alphanumeric() || "-%._:".contains(char);
    let port = port.parse().ok()?;
    (!name.is_empty() && host.chars().all(is_host)).then_some((name, host, port))
}

const PROTOCOL_MAP: &str = "listener.security.protocol.map";
