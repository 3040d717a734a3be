//! What one configuration key is: name, type, default, check, who may change it and when.

use std::fmt;

use crate::check::Check;
use crate::error::ConfigError;
use crate::value::Value;

/// One configuration key, declared once in the tables of this crate.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Name as it stands in a file and on the wire.
    pub name: &'static str,
    /// Type of its value.
    pub kind: Type,
    /// Value that holds when nothing else is given.
    pub default: DefaultValue,
    /// What a value must satisfy beyond its type.
    pub check: Check,
    /// How much the key matters, as the reference documentation ranks it.
    pub importance: Importance,
    /// Whether and how the key may change while the node runs.
    pub mode: UpdateMode,
    /// Accepted, but listed only where it is set: internal keys of Apache Kafka and our own ones.
    pub hidden: bool,
    /// Keys that can supply the value, first one first. For a topic or group key these are broker keys.
    /// Empty for a broker key that only has itself.
    pub synonyms: &'static [&'static str],
    /// One line of documentation.
    pub doc: &'static str,
}

impl Key {
    /// Parses and checks a value given as text.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] and the list errors, with Apache Kafka's text.
    pub fn parse(&self, text: &str) -> Result<Value, ConfigError> {
        let value = self
            .check
            .prepare(Value::parse(self.name, self.kind, text)?);
        self.check.verify(self.name, &value)?;
        Ok(value)
    }

    /// The default as a value; [`Value::Null`] when there is none.
    #[must_use]
    pub fn default_value(&self) -> Value {
        match self.default {
            DefaultValue::Text(text) => {
                Value::parse(self.name, self.kind, text).unwrap_or(Value::Null)
            }
            DefaultValue::Null | DefaultValue::Required => Value::Null,
        }
    }

    /// Whether the value must never be shown.
    #[must_use]
    pub const fn is_sensitive(&self) -> bool {
        matches!(self.kind, Type::Password)
    }

    /// Whether the key may change while the node runs.
    #[must_use]
    pub const fn is_dynamic(&self) -> bool {
        !matches!(self.mode, UpdateMode::ReadOnly)
    }
}

/// Type of a key's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`, in any case.
    Boolean,
    /// Text, outer blanks removed.
    String,
    /// 32-bit integer.
    Int,
    /// 16-bit integer.
    Short,
    /// 64-bit integer.
    Long,
    /// 64-bit floating point number.
    Double,
    /// Texts separated by commas.
    List,
    /// Name of a Java class. Kept as text: nothing is ever loaded.
    Class,
    /// Text that is never shown.
    Password,
}

impl Type {
    /// Code of the type in DescribeConfigs answers; 0 there stands for an unknown key.
    #[must_use]
    pub const fn code(self) -> i8 {
        match self {
            Self::Boolean => 1,
            Self::String => 2,
            Self::Int => 3,
            Self::Short => 4,
            Self::Long => 5,
            Self::Double => 6,
            Self::List => 7,
            Self::Class => 8,
            Self::Password => 9,
        }
    }

    /// Name as error messages show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "BOOLEAN",
            Self::String => "STRING",
            Self::Int => "INT",
            Self::Short => "SHORT",
            Self::Long => "LONG",
            Self::Double => "DOUBLE",
            Self::List => "LIST",
            Self::Class => "CLASS",
            Self::Password => "PASSWORD",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What holds when a key is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultValue {
    /// The key must be given.
    Required,
    /// No value.
    Null,
    /// This value.
    Text(&'static str),
}

/// How much a key matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Importance {
    /// Most installations look at it.
    High,
    /// Some do.
    Medium,
    /// Few do.
    Low,
}

/// Whether and how a broker key may change while the node runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateMode {
    /// Only in the file, with a restart.
    ReadOnly,
    /// For one broker.
    PerBroker,
    /// For one broker, or for all at once.
    ClusterWide,
}

impl UpdateMode {
    /// Name as the reference documentation writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::PerBroker => "per-broker",
            Self::ClusterWide => "cluster-wide",
        }
    }
}

/// What a set of keys belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A node: `server.properties` and dynamic broker configuration.
    Broker,
    /// A topic.
    Topic,
    /// A group.
    Group,
    /// A client metrics subscription.
    ClientMetrics,
}
