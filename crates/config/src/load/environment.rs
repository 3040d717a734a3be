//! The environment variables of Apache Kafka's and Bitnami's container images.

use super::Warning;
use crate::ConfigMap;

/// What the environment says.
pub(super) struct Settings {
    pub(super) keys: ConfigMap,
    pub(super) cluster_id: Option<String>,
    pub(super) warnings: Vec<Warning>,
}

/// Reads `KAFKA_` and, weaker, `KAFKA_CFG_` variables as keys; `CLUSTER_ID` as the cluster's id.
pub(super) fn read(environment: &[(String, String)]) -> Settings {
    let mut keys = ConfigMap::new();
    let mut aliases = ConfigMap::new();
    let mut warnings = Vec::new();
    let mut cluster_id = None;
    for (name, value) in environment {
        if CLUSTER_IDS.contains(&name.as_str()) {
            cluster_id = Some(value.clone())
                .filter(|id| !id.is_empty())
                .or(cluster_id);
        } else if JAVA.contains(&name.as_str()) {
            warnings.push(Warning::JavaVariable { name: name.clone() });
        } else if OTHERS.contains(&name.as_str()) {
            // Not a key.
        } else if let Some(rest) = name.strip_prefix("KAFKA_CFG_") {
            aliases.insert(key_of(rest), value.clone());
        } else if let Some(rest) = name.strip_prefix("KAFKA_") {
            keys.insert(key_of(rest), value.clone());
        }
    }
    for (key, value) in aliases {
        keys.entry(key).or_insert(value);
    }
    listen_where_advertised(&mut keys);
    locate_stores(&mut keys);
    Settings {
        keys,
        cluster_id,
        warnings,
    }
}

/// The files, by the variable that their content stands for, which the environment names with `_CREDENTIALS`
/// variables, as in Apache Kafka's image. The caller reads them and adds the variables to [`Sources::environment`].
///
/// [`Sources::environment`]: crate::Sources::environment
#[must_use]
pub fn credential_files(environment: &[(String, String)]) -> Vec<(String, String)> {
    let file = |(name, value): &(String, String)| {
        let (_, password) = CREDENTIALS
            .iter()
            .find(|(credentials, _)| credentials == name)?;
        Some(((*password).to_owned(), format!("{SECRETS}/{value}")))
    };
    environment.iter().filter_map(file).collect()
}

/// Turns the names of key and trust stores into their paths.
fn locate_stores(keys: &mut ConfigMap) {
    for store in ["ssl.keystore", "ssl.truststore"] {
        if let Some(name) = keys.remove(&format!("{store}.filename")) {
            keys.entry(format!("{store}.location"))
                .or_insert_with(|| format!("{SECRETS}/{name}"));
        }
    }
    for (credentials, _) in CREDENTIALS {
        keys.remove(&key_of(credentials.trim_start_matches("KAFKA_")));
    }
}

/// The key that a variable's name without prefix stands for: `_` is a dot, `__` an underscore, `___` a dash.
fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(char) = rest.chars().next() {
        let (replacement, taken) = match rest {
            _ if rest.starts_with("___") => ('-', 3),
            _ if rest.starts_with("__") => ('_', 2),
            _ if char == '_' => ('.', 1),
            _ => (char.to_ascii_lowercase(), char.len_utf8()),
        };
        key.push(replacement);
        rest = &rest[taken..];
    }
    key
}

/// Advertised listeners alone make a broker listen on their ports, on every interface.
fn listen_where_advertised(keys: &mut ConfigMap) {
    let is_controller = keys
        .get("process.roles")
        .is_some_and(|roles| roles == "controller");
    if keys.contains_key("listeners") || is_controller {
        return;
    }
    let Some(advertised) = keys
        .get("advertised.listeners")
        .filter(|text| !text.is_empty())
    else {
        return;
    };
    let everywhere = |entry: &str| match (entry.split_once("://"), entry.rsplit_once(':')) {
        (Some((name, _)), Some((_, port))) => format!("{name}://0.0.0.0:{port}"),
        _ => entry.to_owned(),
    };
    let listeners: Vec<String> = advertised.split(',').map(everywhere).collect();
    keys.insert("listeners".to_owned(), listeners.join(","));
}

/// Where images keep key and trust stores and the files with their passwords.
const SECRETS: &str = "/etc/kafka/secrets";

/// Variables that name a file, and those that its content stands for.
const CREDENTIALS: &[(&str, &str)] = &[
    ("KAFKA_SSL_KEY_CREDENTIALS", "KAFKA_SSL_KEY_PASSWORD"),
    (
        "KAFKA_SSL_KEYSTORE_CREDENTIALS",
        "KAFKA_SSL_KEYSTORE_PASSWORD",
    ),
    (
        "KAFKA_SSL_TRUSTSTORE_CREDENTIALS",
        "KAFKA_SSL_TRUSTSTORE_PASSWORD",
    ),
];

const CLUSTER_IDS: &[&str] = &["KAFKA_KRAFT_CLUSTER_ID", "KAFKA_CLUSTER_ID", "CLUSTER_ID"];

/// Variables for the Java machine.
const JAVA: &[&str] = &[
    "JMX_PORT",
    "KAFKA_GC_LOG_OPTS",
    "KAFKA_HEAP_OPTS",
    "KAFKA_JMX_HOSTNAME",
    "KAFKA_JMX_OPTS",
    "KAFKA_JMX_PORT",
    "KAFKA_JVM_PERFORMANCE_OPTS",
];

/// Variables with another meaning than a key.
const OTHERS: &[&str] = &[
    "KAFKA_BOOTSTRAP_SERVERS",
    "KAFKA_CFG_LOG4J_OPTS",
    "KAFKA_CLASSPATH",
    "KAFKA_DEBUG",
    "KAFKA_HOME",
    "KAFKA_LOG4J_CMD_OPTS",
    "KAFKA_LOG4J_LOGGERS",
    "KAFKA_LOG4J_OPTS",
    "KAFKA_LOG4J_ROOT_LOGLEVEL",
    "KAFKA_MODE",
    "KAFKA_OPTS",
    "KAFKA_TOOLS_LOG4J_LOGLEVEL",
    "KAFKA_VERSION",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_their_passwords_are_files_among_the_secrets() {
        let environment = [
            ("KAFKA_SSL_KEYSTORE_FILENAME", "node.jks"),
            ("KAFKA_SSL_KEYSTORE_CREDENTIALS", "node.txt"),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let keys = read(&environment).keys;
        let location = (
            "ssl.keystore.location".to_owned(),
            "/etc/kafka/secrets/node.jks".to_owned(),
        );
        assert_eq!(keys, ConfigMap::from([location]));
        let password = "KAFKA_SSL_KEYSTORE_PASSWORD".to_owned();
        let path = "/etc/kafka/secrets/node.txt".to_owned();
        assert_eq!(credential_files(&environment), [(password, path)]);
    }

    #[test]
    fn underscores_stand_for_dots_underscores_and_dashes() {
        for (name, key) in [
            ("NODE_ID", "node.id"),
            ("MY__KEY_A", "my_key.a"),
            ("MY___KEY", "my-key"),
            ("A____B", "a-.b"),
        ] {
            assert_eq!(key_of(name), key);
        }
    }
}
