//! Properties of a client, from files and the command line, as typed values.

use std::{fs, io, time::Duration};

use ottla_client::{ClientConfig, Notices};
use ottla_config::Properties;
use ottla_types::Saturate;

use crate::exception::Exception;

/// Reads a file of properties.
pub(crate) fn load(path: &str) -> Result<Properties, Exception> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Exception::no_such_file(path),
        io::ErrorKind::PermissionDenied => {
            Exception::new("java.nio.file.AccessDeniedException", path)
        }
        _ => Exception::new("java.io.IOException", error.to_string()),
    })?;
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

/// What every client is told of its cluster.
pub(crate) fn client_config(
    properties: &Properties,
    bootstrap: &str,
    role: String,
    client_id: &str,
    notices: Notices,
) -> Result<ClientConfig, Exception> {
    let typed = Typed(properties);
    let mut config = ClientConfig::new(bootstrap)?;
    config.role = role;
    client_id.clone_into(&mut config.client_id);
    config.notices = notices;
    let fields = [
        (
            &mut config.request_timeout,
            "request.timeout.ms",
            Number::Int,
        ),
        (
            &mut config.api_timeout,
            "default.api.timeout.ms",
            Number::Int,
        ),
        (&mut config.retry_backoff, "retry.backoff.ms", Number::Long),
        (
            &mut config.reconnect_backoff,
            "reconnect.backoff.ms",
            Number::Long,
        ),
        (
            &mut config.reconnect_backoff_max,
            "reconnect.backoff.max.ms",
            Number::Long,
        ),
        (
            &mut config.metadata_max_age,
            "metadata.max.age.ms",
            Number::Long,
        ),
    ];
    for (field, key, kind) in fields {
        if let Some(value) = typed.millis(key, kind)? {
            *field = value;
        }
    }
    match typed.text("security.protocol") {
        None | Some("PLAINTEXT") => Ok(config),
        Some(other @ ("SSL" | "SASL_PLAINTEXT" | "SASL_SSL")) => Err(Exception::config(format!(
            "security.protocol={other} is not available in this version of the tools"
        ))),
        Some(other) => Err(invalid(
            "security.protocol",
            other,
            "(case insensitive) String must be one of: SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT",
        )),
    }
}
