//! Errors as Apache's tools report them: by the name of a Java exception.

use std::{fmt, io};

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

    /// A file that cannot be read; the message is the path where Java's is.
    pub(crate) fn of_file(path: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::new("java.nio.file.NoSuchFileException", path),
            io::ErrorKind::PermissionDenied => {
                Self::new("java.nio.file.AccessDeniedException", path)
            }
            _ => {
                let text = error.to_string();
                let words = text.split(" (os error").next().unwrap_or_default();
                Self::new("java.io.IOException", words)
            }
        }
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
