//! Voters and bootstrap servers of the controller quorum.

use std::fmt;

use ottla_types::BrokerId;
use thiserror::Error;

/// A voter of a fixed quorum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voter {
    /// Its node id.
    pub id: BrokerId,
    /// Host of its controller listener.
    pub host: String,
    /// Port of its controller listener.
    pub port: u16,
}

impl fmt::Display for Voter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}:{}", self.id, self.host, self.port)
    }
}

/// What is wrong with the description of the quorum.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum QuorumError {
    /// A voter without exactly one `@`.
    #[error(
        "Invalid configuration value for controller.quorum.voters. Each entry should be in the form `{{id}}@{{host}}:{{port}}`."
    )]
    NotAVoter,
    /// A voter's id is not a number.
    #[error("Failed to parse voter ID as an integer from {0}")]
    NotAnId(String),
    /// A voter's address has no host.
    #[error(
        "Failed to parse host name from entry {0} for the configuration controller.quorum.voters. Each entry should be in the form `{{id}}@{{host}}:{{port}}`."
    )]
    NoHost(String),
    /// A voter's address has no port.
    #[error(
        "Failed to parse host port from entry {0} for the configuration controller.quorum.voters. Each entry should be in the form `{{id}}@{{host}}:{{port}}`."
    )]
    NoPort(String),
    /// A voter's host means every interface.
    #[error("Host string ({0}) is not routeable")]
    NotRoutable(String),
    /// A bootstrap server is not `host:port`.
    #[error(
        "Failed to parse host name from {0} for the configuration controller.quorum.bootstrap.servers. Each entry should be in the form \"{{host}}:{{port}}\""
    )]
    NotAnAddress(String),
}

pub(crate) fn parse_voters(items: &[String]) -> Result<Vec<Voter>, QuorumError> {
    items.iter().map(|item| parse_voter(item)).collect()
}

fn parse_voter(item: &str) -> Result<Voter, QuorumError> {
    let (id, address) = item.split_once('@').ok_or(QuorumError::NotAVoter)?;
    if address.contains('@') {
        return Err(QuorumError::NotAVoter);
    }
    let id = id
        .parse()
        .map_err(|_| QuorumError::NotAnId(id.to_owned()))?;
    let (host, port) =
        split_address(address).ok_or_else(|| QuorumError::NoHost(item.to_owned()))?;
    let port = port
        .parse()
        .map_err(|_| QuorumError::NoPort(item.to_owned()))?;
    if host == "0.0.0.0" {
        return Err(QuorumError::NotRoutable(host.to_owned()));
    }
    Ok(Voter {
        id: BrokerId(id),
        host: host.to_owned(),
        port,
    })
}

pub(crate) fn parse_bootstrap_servers(items: &[String]) -> Result<Vec<(String, u16)>, QuorumError> {
    let parse = |item: &String| {
        let (host, port) = split_address(item)?;
        Some((host.to_owned(), port.parse().ok()?))
    };
    items
        .iter()
        .map(|item| parse(item).ok_or_else(|| QuorumError::NotAnAddress(item.clone())))
        .collect()
}

/// Splits `host:port`; an IPv6 host may stand in brackets.
fn split_address(address: &str) -> Option<(&str, &str)> {
    let (host, port) = address.rsplit_once(':')?;
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let is_host = |char: char| char.is_ascii_alphanumeric() || "-%._:".contains(char);
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_port && !host.is_empty() && host.chars().all(is_host)).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voters(text: &str) -> Result<Vec<Voter>, QuorumError> {
        parse_voters(&[text.to_owned()])
    }

    #[test]
    fn voters_are_id_host_port() {
        let parsed = voters("3@[::1]:9093").unwrap();
        assert_eq!(
            parsed,
            [Voter {
                id: BrokerId(3),
                host: "::1".to_owned(),
                port: 9093
            }]
        );
        assert_eq!(voters("localhost:9093"), Err(QuorumError::NotAVoter));
        assert_eq!(
            voters("x@localhost:9093"),
            Err(QuorumError::NotAnId("x".to_owned()))
        );
        assert!(voters("1@localhost").is_err());
    }

    #[test]
    fn bootstrap_servers_are_host_port() {
        let parsed = parse_bootstrap_servers(&["a.b:1".to_owned()]).unwrap();
        assert_eq!(parsed, [("a.b".to_owned(), 1)]);
        assert!(parse_bootstrap_servers(&["a.b".to_owned()]).is_err());
    }
}
