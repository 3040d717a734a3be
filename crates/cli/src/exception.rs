//! Errors as Apache's tools report them: by the name of a Java exception.

use std::fmt;

use ottla_client::ClientError;
use ottla_config::ConfigError;

/// A failure with the name of the exception that Apache's tool dies of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exception {
    /// Full name of the class.
    pub(crate) class: String,
    /// Its message; none prints the class alone.
    pub(crate) message: Option<String>,
}

impl Exception {
    pub(crate) fn new(class: &str, message: impl Into<String>) -> Self {
        Self {
            class: class.to_owned(),
            message: Some(message.into()),
        }
    }

    pub(crate) fn illegal_argument(message: impl Into<String>) -> Self {
        Self::new("java.lang.IllegalArgumentException", message)
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new("org.apache.kafka.common.config.ConfigException", message)
    }

    pub(crate) fn kafka(message: impl Into<String>) -> Self {
        Self::new("org.apache.kafka.common.KafkaException", message)
    }

    pub(crate) fn no_such_file(path: &str) -> Self {
        Self::new("java.nio.file.NoSuchFileException", path)
    }

    /// The message, or `null` as Java prints a missing one.
    pub(crate) fn text(&self) -> &str {
        self.message.as_deref().unwrap_or("null")
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Some(message) => write!(f, "{}: {message}", self.class),
            None => f.write_str(&self.class),
        }
    }
}

impl From<ClientError> for Exception {
    fn from(error: ClientError) -> Self {
        Self {
            class: error.exception(),
            message: Some(error.to_string()),
        }
    }
}

impl From<ConfigError> for Exception {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::UnknownKey { .. } => Self::new(
                "org.apache.kafka.common.errors.InvalidConfigurationException",
                error.to_string(),
            ),
            error => Self::config(error.to_string()),
        }
    }
}
