//! Values of configuration keys, and their text form as Apache Kafka reads and prints it.

use std::fmt;

use crate::error::{ConfigError, Reason};
use crate::key::Type;

/// A parsed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not set.
    Null,
    /// Of [`Type::Boolean`].
    Boolean(bool),
    /// Of [`Type::Int`].
    Int(i32),
    /// Of [`Type::Short`].
    Short(i16),
    /// Of [`Type::Long`].
    Long(i64),
    /// Of [`Type::Double`].
    Double(f64),
    /// Of [`Type::String`] or [`Type::Class`].
    Text(String),
    /// Of [`Type::List`].
    List(Vec<String>),
    /// Of [`Type::Password`].
    Secret(Secret),
}

impl Value {
    /// Reads the text of a value of type `kind`; `key` is named in errors.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] when the text is not of that type.
    pub fn parse(key: &str, kind: Type, text: &str) -> Result<Self, ConfigError> {
        let trimmed = text.trim();
        let number = |value: Option<Self>| {
            value.ok_or_else(|| ConfigError::invalid(key, text, Reason::NotANumber(kind)))
        };
        match kind {
            Type::Boolean if trimmed.eq_ignore_ascii_case("true") => Ok(Self::Boolean(true)),
            Type::Boolean if trimmed.eq_ignore_ascii_case("false") => Ok(Self::Boolean(false)),
            Type::Boolean => Err(ConfigError::invalid(key, text, Reason::NotABoolean)),
            Type::Int => number(trimmed.parse().ok().map(Self::Int)),
            Type::Short => number(trimmed.parse().ok().map(Self::Short)),
            Type::Long => number(trimmed.parse().ok().map(Self::Long)),
            Type::Double => number(parse_double(trimmed).map(Self::Double)),
            Type::String => Ok(Self::Text(trimmed.to_owned())),
            Type::Class if known_class(trimmed) => Ok(Self::Text(trimmed.to_owned())),
            Type::Class => {
                let class = trimmed.to_owned();
                Err(ConfigError::invalid(
                    key,
                    text,
                    Reason::ClassNotFound(class),
                ))
            }
            Type::List => Ok(Self::List(split_list(trimmed))),
            Type::Password => Ok(Self::Secret(Secret(trimmed.to_owned()))),
        }
    }

    /// Text form; `None` when not set. A secret gives `[hidden]`.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            value => Some(value.to_string()),
        }
    }

    /// The items of a list; empty for anything else.
    #[must_use]
    pub fn items(&self) -> &[String] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Short(value) => write!(f, "{value}"),
            Self::Long(value) => write!(f, "{value}"),
            Self::Double(value) => f.write_str(&double_text(*value)),
            Self::Text(value) => f.write_str(value),
            Self::List(items) => f.write_str(&items.join(",")),
            Self::Secret(secret) => write!(f, "{secret}"),
        }
    }
}

/// Text that neither `Debug` nor `Display` shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

/// Rust types a typed configuration reads values into.
pub(crate) trait Typed: Sized {
    fn read(value: &Value) -> Option<Self>;
}

macro_rules! typed {
    ($($type:ty: $pattern:pat => $result:expr;)*) => {$(
        impl Typed for $type {
            fn read(value: &Value) -> Option<Self> {
                match value {
                    $pattern => Some($result),
                    _ => None,
                }
            }
        }
    )*};
}

typed! {
    bool: Value::Boolean(value) => *value;
    i32: Value::Int(value) => *value;
    i16: Value::Short(value) => *value;
    i64: Value::Long(value) => *value;
    f64: Value::Double(value) => *value;
    String: Value::Text(value) => value.clone();
    Vec<String>: Value::List(items) => items.clone();
    Secret: Value::Secret(secret) => secret.clone();
}

impl<T: Typed> Typed for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

/// Splits at commas, blanks around each item removed; the empty text is the empty list.
pub(crate) fn split_list(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split(',').map(|item| item.trim().to_owned()).collect()
}

/// Classes that come with Apache Kafka or Java. A node of Apache Kafka without further jars finds no others
/// and refuses to start; so do we, rather than run without the plugin an operator relies on.
pub(crate) fn known_class(name: &str) -> bool {
    ["org.apache.kafka.", "kafka.", "java."]
        .iter()
        .any(|package| name.starts_with(package))
}

/// Reads a floating point number as Java does, hexadecimal form excepted.
fn parse_double(text: &str) -> Option<f64> {
    let digits = text.trim_start_matches(['+', '-']);
    if digits == "NaN" || digits == "Infinity" {
        return text.parse().ok();
    }
    let text = text.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(text);
    if !text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
    {
        return None;
    }
    text.parse().ok()
}

/// Prints a floating point number as Java does: `0.5`, `1.0`, `1.7976931348623157E308`.
pub(crate) fn double_text(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{value:?}");
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if mantissa.contains('.') => format!("{mantissa}E{exponent}"),
        Some((mantissa, exponent)) => format!("{mantissa}.0E{exponent}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_java_prints_them() {
        for (value, text) in [
            (0.8, "0.8"),
            (1.0, "1.0"),
            (f64::MAX, "1.7976931348623157E308"),
            (1e7, "1.0E7"),
            (0.0001, "1.0E-4"),
            (0.0, "0.0"),
        ] {
            assert_eq!(double_text(value), text);
        }
    }

    #[test]
    fn numbers_are_read_as_java_reads_them() {
        assert_eq!(parse_double("0.5f"), Some(0.5));
        assert_eq!(parse_double("-1e3"), Some(-1000.0));
        assert_eq!(parse_double("inf"), None);
        assert_eq!(parse_double(""), None);
        assert_eq!(Value::parse("k", Type::Int, " +7 ").unwrap(), Value::Int(7));
        assert!(Value::parse("k", Type::Short, "40000").is_err());
    }

    #[test]
    fn a_secret_is_never_shown() {
        let value = Value::parse("k", Type::Password, "swordfish").unwrap();
        assert_eq!(format!("{value} {value:?}"), "[hidden] Secret([hidden])");
    }
}
