//! Properties of a client, from files and the command line, as typed values.

use std::{fs, time::Duration};

use ottla_client::{ClientConfig, Notices};
use ottla_config::Properties;
use ottla_types::Saturate;

use crate::exception::Exception;

/// Reads a file of properties.
pub(crate) fn load(path: &str) -> Result<Properties, Exception> {
    // An empty path is the working directory.
    let place = if path.is_empty() { "." } else { path };
    let bytes = fs::read(place).map_err(|error| Exception::of_file(path, &error))?;
    Properties::parse(&bytes).map_err(|error| Exception::illegal_argument(error.to_string()))
}

/// `key=value` arguments; one without `=` has an empty value if that is allowed.
pub(crate) fn pairs(arguments: &[&str]) -> Result<Properties, Exception> {
    let mut properties = Properties::default();
    for argument in arguments {
        let (key, value) = argument.split_once('=').unwrap_or((argument, ""));
        if key.is_empty() {
            return Err(Exception::illegal_argument(format!(
                "Invalid command line properties: {}",
                arguments.join(" ")
            )));
        }
        properties.set(key, value);
    }
    Ok(properties)
}

/// Typed access with the errors of Apache's configuration parser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed<'a>(pub(crate) &'a Properties);

impl<'a> Typed<'a> {
    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.0.get(key)
    }

    /// A number of type `kind` that is at least `least`.
    pub(crate) fn number(
        &self,
        key: &str,
        kind: Number,
        least: i64,
    ) -> Result<Option<i64>, Exception> {
        let Some(text) = self.0.get(key) else {
            return Ok(None);
        };
        let (min, max, name) = match kind {
            Number::Int => (i64::from(i32::MIN), i64::from(i32::MAX), "INT"),
            Number::Long => (i64::MIN, i64::MAX, "LONG"),
        };
        match text.trim().parse::<i64>() {
            Ok(number) if number < min || number > max => {
                Err(invalid(key, text, &format!("Not a number of type {name}")))
            }
            Ok(number) if number < least => Err(invalid(
                key,
                text,
                &format!("Value must be at least {least}"),
            )),
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(invalid(key, text, &format!("Not a number of type {name}"))),
        }
    }

    /// Milliseconds, at least 0.
    pub(crate) fn millis(&self, key: &str, kind: Number) -> Result<Option<Duration>, Exception> {
        let number = self.number(key, kind, 0)?;
        Ok(number.map(|millis| Duration::from_millis(millis.saturate())))
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&self, key: &str) -> Result<Option<bool>, Exception> {
        let Some(text) = self.0.get(key) else {
            return Ok(None);
        };
        match text.trim().to_lowercase().as_str() {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(invalid(
                key,
                text,
                "Expected value to be either true or false",
            )),
        }
    }

    /// One of `choices`.
    pub(crate) fn choice(&self, key: &str, choices: &[&str]) -> Result<Option<&'a str>, Exception> {
        match self.0.get(key) {
            Some(text) if !choices.contains(&text) => {
                let choices = choices.join(", ");
                Err(invalid(
                    key,
                    text,
                    &format!("String must be one of: {choices}"),
                ))
            }
            other => Ok(other),
        }
    }
}

/// Type of a number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Int,
    Long,
}

/// A value that a configuration refuses.
pub(crate) fn invalid(key: &str, value: &str, why: &str) -> Exception {
    Exception::config(format!(
        "Invalid value {value} for configuration {key}: {why}"
    ))
}

/// Why a client cannot be made.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// A setting that is refused.
    Setting(Exception),
    /// Addresses that lead nowhere, which some of Apache's tools hide.
    Addresses(Exception),
}

impl From<Unusable> for Exception {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Setting(exception) | Unusable::Addresses(exception) => exception,
        }
    }
}

/// What every client is told of its cluster.
pub(crate) fn client_config(
    properties: &Properties,
    bootstrap: &str,
    role: String,
    client_id: &str,
    notices: Notices,
) -> Result<ClientConfig, Unusable> {
    let list = bootstrap_list(bootstrap, &notices).map_err(Unusable::Setting)?;
    check_protocol(properties).map_err(Unusable::Setting)?;
    let times = times(properties).map_err(Unusable::Setting)?;
    let mut config = ClientConfig::with_notices(&list, notices)
        .map_err(|error| Unusable::Addresses(error.into()))?;
    config.role = role;
    client_id.clone_into(&mut config.client_id);
    let fields = [
        &mut config.request_timeout,
        &mut config.api_timeout,
        &mut config.retry_backoff,
        &mut config.reconnect_backoff,
        &mut config.reconnect_backoff_max,
        &mut config.metadata_max_age,
    ];
    for (field, time) in fields.into_iter().zip(times) {
        *field = time.unwrap_or(*field);
    }
    Ok(config)
}

/// Keys of the fields above, in their order.
const TIMES: [(&str, Number); 6] = [
    ("request.timeout.ms", Number::Int),
    ("default.api.timeout.ms", Number::Int),
    ("retry.backoff.ms", Number::Long),
    ("reconnect.backoff.ms", Number::Long),
    ("reconnect.backoff.max.ms", Number::Long),
    ("metadata.max.age.ms", Number::Long),
];

fn times(properties: &Properties) -> Result<Vec<Option<Duration>>, Exception> {
    let typed = Typed(properties);
    let times = TIMES.map(|(key, kind)| typed.millis(key, kind));
    times.into_iter().collect()
}

/// The elements of `bootstrap.servers`, each once.
fn bootstrap_list(list: &str, notices: &Notices) -> Result<Vec<String>, Exception> {
    let given: Vec<_> = match list.trim() {
        "" => Vec::new(),
        list => list.split(',').map(str::trim).collect(),
    };
    if given.is_empty() {
        return Err(Exception::config(NO_BOOTSTRAP));
    }
    let mut once: Vec<&str> = Vec::with_capacity(given.len());
    for element in &given {
        if !once.contains(element) {
            once.push(element);
        }
    }
    if once.len() < given.len() {
        let text = format!(
            "Configuration key \"bootstrap.servers\" contains duplicate values. Duplicates will be removed. The original value is: [{}], the updated value is: [{}]",
            given.join(", "),
            once.join(", ")
        );
        notices.warn("org.apache.kafka.common.config.ConfigDef", text);
    }
    if once.contains(&"") {
        let text = "Configuration 'bootstrap.servers' values must not be empty.";
        return Err(Exception::config(text));
    }
    Ok(once.into_iter().map(str::to_owned).collect())
}

const NO_BOOTSTRAP: &str = "Configuration 'bootstrap.servers' must not be empty. Valid values include: any non-empty value";

fn check_protocol(properties: &Properties) -> Result<(), Exception> {
    let Some(protocol) = properties.get("security.protocol") else {
        return Ok(());
    };
    match protocol.to_ascii_uppercase().as_str() {
        "PLAINTEXT" => Ok(()),
        other @ ("SSL" | "SASL_PLAINTEXT" | "SASL_SSL") => Err(Exception::config(format!(
            "security.protocol={other} is not available in this version of the tools"
        ))),
        _ => Err(invalid(
            "security.protocol",
            protocol,
            "String must be one of (case insensitive): SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT",
        )),
    }
}
