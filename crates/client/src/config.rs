//! How a client reaches its cluster.

use std::{fmt, sync::Arc, time::Duration};

use crate::ClientError;

/// Something a user may want to know, in the words of Apache's clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Name of the logger in Apache's clients, for tools that print it.
    pub logger: &'static str,
    /// Whether it is an error rather than a warning.
    pub error: bool,
    /// The text.
    pub text: String,
}

/// Where notices go.
#[derive(Clone)]
pub struct Notices(Arc<dyn Fn(&Notice) + Send + Sync>);

impl Notices {
    /// Notices go to `sink`.
    pub fn new(sink: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        Self(Arc::new(sink))
    }

    pub(crate) fn warn(&self, logger: &'static str, text: String) {
        (self.0)(&Notice {
            logger,
            error: false,
            text,
        });
    }

    pub(crate) fn error(&self, logger: &'static str, text: String) {
        (self.0)(&Notice {
            logger,
            error: true,
            text,
        });
    }
}

impl Default for Notices {
    /// Notices go nowhere.
    fn default() -> Self {
        Self::new(|_| ())
    }
}

impl fmt::Debug for Notices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notices")
    }
}

/// How a client reaches its cluster. Keys of Apache's clients stand in the fields' docs.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// `bootstrap.servers`: host and port.
    pub bootstrap: Vec<(String, u16)>,
    /// `client.id`.
    pub client_id: String,
    /// What notices call this client, such as `Producer clientId=console-producer`.
    pub role: String,
    /// `request.timeout.ms`.
    pub request_timeout: Duration,
    /// `default.api.timeout.ms`.
    pub api_timeout: Duration,
    /// `retry.backoff.ms`.
    pub retry_backoff: Duration,
    /// `reconnect.backoff.ms`.
    pub reconnect_backoff: Duration,
    /// `reconnect.backoff.max.ms`.
    pub reconnect_backoff_max: Duration,
    /// `metadata.max.age.ms`.
    pub metadata_max_age: Duration,
    /// Where notices go.
    pub notices: Notices,
}

impl ClientConfig {
    /// Apache's defaults, for a list `host:port,host:port`.
    ///
    /// # Errors
    /// [`ClientError::Config`] for a list with no usable element.
    pub fn new(bootstrap_servers: &str) -> Result<Self, ClientError> {
        Ok(Self {
            bootstrap: parse_bootstrap(bootstrap_servers)?,
            client_id: String::new(),
            role: String::from("AdminClient"),
            request_timeout: Duration::from_secs(30),
            api_timeout: Duration::from_secs(60),
            retry_backoff: Duration::from_millis(100),
            reconnect_backoff: Duration::from_millis(50),
            reconnect_backoff_max: Duration::from_secs(1),
            metadata_max_age: Duration::from_secs(300),
            notices: Notices::default(),
        })
    }

    pub(crate) fn warn(&self, logger: &'static str, text: impl fmt::Display) {
        self.notices.warn(logger, format!("[{}] {text}", self.role));
    }

    pub(crate) fn error(&self, logger: &'static str, text: impl fmt::Display) {
        self.notices
            .error(logger, format!("[{}] {text}", self.role));
    }
}

fn parse_bootstrap(list: &str) -> Result<Vec<(String, u16)>, ClientError> {
    let nodes = list
        .split(',')
        .map(str::trim)
        .filter(|element| !element.is_empty())
        .map(parse_address)
        .collect::<Result<Vec<_>, _>>()?;
    if nodes.is_empty() {
        return Err(ClientError::Config(
            "No resolvable bootstrap urls given in bootstrap.servers".into(),
        ));
    }
    Ok(nodes)
}

/// `host:port`, also `[v6]:port` and `PROTOCOL://host:port`.
fn parse_address(element: &str) -> Result<(String, u16), ClientError> {
    let invalid =
        || ClientError::Config(format!("Invalid url in bootstrap.servers: {element}").into());
    let address = element.split_once("://").map_or(element, |(_, rest)| rest);
    let (host, port) = address.rsplit_once(':').ok_or_else(invalid)?;
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let port = port.parse().map_err(|_| invalid())?;
    if host.is_empty() {
        return Err(invalid());
    }
    Ok((host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bootstrap_lists() {
        let nodes = parse_bootstrap("a:1, [::1]:2,PLAINTEXT://c:3").expect("valid");
        assert_eq!(nodes, [("a".into(), 1), ("::1".into(), 2), ("c".into(), 3)]);
        for wrong in ["", "host", "host:x", ":9", "host:70000"] {
            assert!(parse_bootstrap(wrong).is_err(), "{wrong}");
        }
    }
}
