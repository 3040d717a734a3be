//! Command lines in the manner of jopt-simple, which most of Apache's tools use.

mod help;
mod parse;

pub(crate) use help::words;
pub(crate) use parse::{ParseError, Parsed};

use crate::{Sink, tools::KAFKA_VERSION};

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// A value: its type, and what it is.
    Value(Kind, &'static str),
    /// Maybe a value.
    Maybe(Kind, &'static str),
}

/// Type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Long,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Int => "Integer",
            Self::Long => "Long",
        }
    }
}

/// One option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opt {
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    pub(crate) help: &'static str,
    /// Value when the option is not given.
    pub(crate) default: Option<&'static str>,
}

/// An option without a value.
pub(crate) const fn flag(name: &'static str, help: &'static str) -> Opt {
    Opt {
        name,
        takes: Takes::Nothing,
        help,
        default: None,
    }
}

/// An option with a text.
pub(crate) const fn text(name: &'static str, what: &'static str, help: &'static str) -> Opt {
    Opt {
        name,
        takes: Takes::Value(Kind::Text, what),
        help,
        default: None,
    }
}

impl Opt {
    /// With a value of another type.
    pub(crate) const fn of(mut self, kind: Kind) -> Self {
        self.takes = match self.takes {
            Takes::Nothing => Takes::Nothing,
            Takes::Value(_, what) => Takes::Value(kind, what),
            Takes::Maybe(_, what) => Takes::Maybe(kind, what),
        };
        self
    }

    /// The value may be left out.
    pub(crate) const fn optional(mut self) -> Self {
        if let Takes::Value(kind, what) = self.takes {
            self.takes = Takes::Maybe(kind, what);
        }
        self
    }

    /// With a default.
    pub(crate) const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
}

/// The options of a tool, and what it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    pub(crate) purpose: &'static str,
    pub(crate) options: &'static [Opt],
}

/// The options that every tool has.
pub(crate) const HELP: Opt = flag("help", "Print usage information.");
pub(crate) const VERSION: Opt = flag("version", "Display Kafka version.");

impl Usage {
    /// Reads a command line.
    pub(crate) fn parse(&self, arguments: &[String]) -> Result<Parsed, ParseError> {
        Parsed::parse(self.options, arguments)
    }

    /// The table of options.
    pub(crate) fn table(&self) -> String {
        help::table(self.options)
    }

    /// A message, the table, and the exit code.
    pub(crate) fn refuse(&self, err: &Sink, message: impl std::fmt::Display) -> i32 {
        err.text(format_args!("{message}\n{}", self.table()));
        1
    }

    /// Answers `--help`, `--version` and a command line with no options at all.
    pub(crate) fn answer(&self, parsed: &Parsed, out: &Sink, err: &Sink) -> Option<i32> {
        if parsed.is_bare() || parsed.has("help") {
            return Some(self.refuse(err, self.purpose));
        }
        if parsed.has("version") {
            out.line(KAFKA_VERSION);
            return Some(0);
        }
        None
    }

    /// Refuses a command line without one of `names`.
    pub(crate) fn require(&self, parsed: &Parsed, names: &[&str], err: &Sink) -> Result<(), i32> {
        match names.iter().find(|name| !parsed.has(name)) {
            Some(name) => {
                Err(self.refuse(err, format_args!("Missing required argument \"[{name}]\"")))
            }
            None => Ok(()),
        }
    }

    /// Refuses `name` beside any of `others`.
    pub(crate) fn exclude(
        &self,
        parsed: &Parsed,
        name: &str,
        others: &[&str],
        err: &Sink,
    ) -> Result<(), i32> {
        if !parsed.has(name) {
            return Ok(());
        }
        match others.iter().find(|other| parsed.has(other)) {
            Some(other) => Err(self.refuse(
                err,
                format_args!("Option \"[{name}]\" can't be used with option \"[{other}]\""),
            )),
            None => Ok(()),
        }
    }
}
