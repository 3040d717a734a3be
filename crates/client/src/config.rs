//! How a client reaches its cluster.

use std::{fmt, net::ToSocketAddrs, sync::Arc, time::Duration};

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

    /// Passes a warning on.
    pub fn warn(&self, logger: &'static str, text: String) {
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
    /// Apache's defaults, for a list `host:port,host:port`. Host names are looked up once, here.
    ///
    /// # Errors
    /// [`ClientError::Config`] for an element that is no address, or when no host is known.
    pub fn new(bootstrap_servers: &str) -> Result<Self, ClientError> {
        let list = bootstrap_servers.split(',').map(str::trim);
        let list: Vec<_> = list.filter(|element| !element.is_empty()).collect();
        Self::with_notices(&list, Notices::default())
    }

    /// As [`Self::new`], for addresses that are separate already; warns of a host that is not known.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_notices(
        bootstrap_servers: &[impl AsRef<str>],
        notices: Notices,
    ) -> Result<Self, ClientError> {
        Ok(Self {
            bootstrap: known_addresses(bootstrap_servers, &notices)?,
            client_id: String::new(),
            role: String::from("AdminClient"),
            request_timeout: Duration::from_secs(30),
            api_timeout: Duration::from_secs(60),
            retry_backoff: Duration::from_millis(100),
            reconnect_backoff: Duration::from_millis(50),
            reconnect_backoff_max: Duration::from_secs(1),
            metadata_max_age: Duration::from_secs(300),
            notices,
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

/// The addresses whose hosts are known.
fn known_addresses(
    list: &[impl AsRef<str>],
    notices: &Notices,
) -> Result<Vec<(String, u16)>, ClientError> {
    let mut known = Vec::with_capacity(list.len());
    for element in list {
        let element = element.as_ref();
        let (host, port) = parse_address(element)?;
        let is_known = (host, port)
            .to_socket_addrs()
            .is_ok_and(|mut addresses| addresses.next().is_some());
        if is_known {
            known.push((host.to_owned(), port));
        } else {
            let text = format!(
                "Couldn't resolve server {element} from bootstrap.servers as DNS resolution failed for {host}"
            );
            notices.warn("org.apache.kafka.clients.ClientUtils", text);
        }
    }
    if known.is_empty() {
        return Err(ClientError::Config(
            "No resolvable bootstrap urls given in bootstrap.servers".into(),
        ));
    }
    Ok(known)
}

/// `host:port`, also `[v6]:port` and `PROTOCOL://host:port`; no host is this one.
fn parse_address(element: &str) -> Result<(&str, u16), ClientError> {
    let refused = |what| {
        ClientError::Config(format!("Invalid {what} in bootstrap.servers: {element}").into())
    };
    let (host, port) = host_and_port(element).ok_or_else(|| refused("url"))?;
    let port = port.parse().map_err(|_| refused("port"))?;
    Ok((if host.is_empty() { "localhost" } else { host }, port))
}

/// The parts of an address, the port as it stands there: digits. `None` if it has not that form.
#[must_use]
pub fn host_and_port(address: &str) -> Option<(&str, &str)> {
    let is_name = |text: &str, more: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let rest = match address.split_once("://") {
        Some((protocol, rest)) if is_name(protocol, "-%._") => rest,
        Some(_) => return None,
        None => address,
    };
    let (host, port) = rest.rsplit_once(':')?;
    let host = host.strip_prefix('[').unwrap_or(host);
    let host = host.strip_suffix(']').unwrap_or(host);
    let is_port = !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit());
    (is_port && is_name(host, "-%._:")).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn addresses_of_every_form() {
        let parts = |address| host_and_port(address).unwrap_or(("-", "-"));
        for (address, host, port) in [
            ("a:1", "a", "1"),
            ("[::1]:2", "::1", "2"),
            ("[::1", ":", "1"),
            ("PLAINTEXT://c:3", "c", "3"),
            ("://c:3", "c", "3"),
            (":9", "", "9"),
            ("a:70000", "a", "70000"),
            ("a", "-", "-"),
            ("a:", "-", "-"),
            ("a:-1", "-", "-"),
            ("a:1 b:2", "-", "-"),
            ("P LAIN://c:3", "-", "-"),
        ] {
            assert_eq!(parts(address), (host, port), "{address}");
        }
    }

    #[test]
    fn bootstrap_lists() {
        let config = ClientConfig::new("127.0.0.1:1, [::1]:2,PLAINTEXT://127.0.0.1:3,,:4");
        let expected = [
            ("127.0.0.1", 1),
            ("::1", 2),
            ("127.0.0.1", 3),
            ("localhost", 4),
        ];
        let expected = expected.map(|(host, port)| (host.to_owned(), port));
        assert_eq!(config.expect("valid").bootstrap, expected);
        for (list, why) in [
            (
                "",
                "No resolvable bootstrap urls given in bootstrap.servers",
            ),
            ("host", "Invalid url in bootstrap.servers: host"),
            (
                "127.0.0.1:70000",
                "Invalid port in bootstrap.servers: 127.0.0.1:70000",
            ),
        ] {
            let refused = ClientConfig::new(list).expect_err("no address");
            assert_eq!(refused.to_string(), why);
        }
    }

    #[test]
    fn a_host_that_is_not_known_is_told_and_left_out() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&told);
        let notices = Notices::new(move |notice| sink.lock().expect("alone").push(notice.clone()));
        let list = ["[::1", "127.0.0.1:2"];
        let config = ClientConfig::with_notices(&list, notices).expect("one is known");
        assert_eq!(config.bootstrap, [("127.0.0.1".to_owned(), 2)]);
        let told = told.lock().expect("alone");
        let text =
            "Couldn't resolve server [::1 from bootstrap.servers as DNS resolution failed for :";
        assert_eq!(told.first().map(|notice| notice.text.as_str()), Some(text));
    }
}
