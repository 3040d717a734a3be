//! Reading a command line.

use thiserror::Error;

use super::{Kind, Opt, Takes};

/// A command line that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum ParseError {
    #[error("{0} is not a recognized option")]
    Unrecognized(String),
    #[error("Option {0} requires an argument")]
    NoArgument(String),
    #[error("Cannot parse argument '{value}' of option {option}")]
    Conversion { option: String, value: String },
    #[error("Found multiple arguments for option {0}, but you asked for only one")]
    Multiple(String),
}

impl ParseError {
    /// Name of the exception in jopt-simple.
    pub(crate) const fn class(&self) -> &'static str {
        match self {
            Self::Unrecognized(_) => "joptsimple.UnrecognizedOptionException",
            Self::NoArgument(_) => "joptsimple.OptionMissingRequiredArgumentException",
            Self::Conversion { .. } => "joptsimple.OptionArgumentConversionException",
            Self::Multiple(_) => "joptsimple.MultipleArgumentsForOptionException",
        }
    }
}

/// A command line that was read. Values are converted when they are asked for.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    options: &'static [Opt],
    given: Vec<(&'static str, Option<String>)>,
    bare: bool,
}

impl Parsed {
    pub(super) fn parse(options: &'static [Opt], arguments: &[String]) -> Result<Self, ParseError> {
        let mut parsed = Self {
            options,
            given: Vec::new(),
            bare: arguments.is_empty(),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            if argument == "--" {
                // What follows are operands, and no tool has any use for those.
                break;
            } else if let Some(body) = argument.strip_prefix("--") {
                let (name, value) = split(body);
                let opt = parsed
                    .opt(name)
                    .ok_or_else(|| ParseError::Unrecognized(name.to_owned()))?;
                parsed.take(opt, value, &mut rest)?;
            } else if let Some(body) = argument.strip_prefix('-')
                && !body.is_empty()
            {
                let (name, value) = split(body);
                let opt = parsed.opt(name).ok_or_else(|| {
                    // Otherwise it would be a bunch of short options, and there are none.
                    ParseError::Unrecognized(body.chars().take(1).collect())
                })?;
                parsed.take(opt, value, &mut rest)?;
            }
        }
        Ok(parsed)
    }

    fn opt(&self, name: &str) -> Option<&'static Opt> {
        self.options.iter().find(|opt| opt.name == name)
    }

    fn take(
        &mut self,
        opt: &'static Opt,
        value: Option<&str>,
        rest: &mut std::slice::Iter<'_, String>,
    ) -> Result<(), ParseError> {
        let value = match (opt.takes, value) {
            (Takes::Nothing, _) => None,
            (_, Some(value)) if !value.is_empty() => Some(value.to_owned()),
            (Takes::Value(..), _) => Some(
                rest.next()
                    .cloned()
                    .ok_or_else(|| ParseError::NoArgument(opt.name.to_owned()))?,
            ),
            (Takes::Maybe(..), _) => match rest.as_slice().first() {
                Some(next) if !next.starts_with('-') => rest.next().cloned(),
                _ => None,
            },
        };
        self.given.push((opt.name, value));
        Ok(())
    }

    /// Whether there were no arguments at all.
    pub(crate) const fn is_bare(&self) -> bool {
        self.bare
    }

    /// Whether the option was given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given.iter().any(|(given, _)| *given == name)
    }

    /// The value of an option, or its default.
    pub(crate) fn value(&self, name: &str) -> Result<Option<&str>, ParseError> {
        let mut values = self
            .given
            .iter()
            .filter(|(given, _)| *given == name)
            .filter_map(|(_, value)| value.as_deref());
        let first = values.next();
        if values.next().is_some() {
            return Err(ParseError::Multiple(name.to_owned()));
        }
        let default = self.opt(name).and_then(|opt| opt.default);
        Ok(first.or(default))
    }

    /// Every value of an option.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        self.given
            .iter()
            .filter(|(given, _)| *given == name)
            .filter_map(|(_, value)| value.as_deref())
            .collect()
    }

    /// The value of an option that takes a number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, ParseError> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        let is_int = self.opt(name).is_some_and(|opt| {
            matches!(
                opt.takes,
                Takes::Value(Kind::Int, _) | Takes::Maybe(Kind::Int, _)
            )
        });
        text.parse::<i64>()
            .ok()
            .filter(|number| !is_int || i32::try_from(*number).is_ok())
            .map(Some)
            .ok_or_else(|| ParseError::Conversion {
                option: name.to_owned(),
                value: text.to_owned(),
            })
    }
}

fn split(body: &str) -> (&str, Option<&str>) {
    match body.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (body, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{flag, text};

    const OPTIONS: &[Opt] = &[
        flag("list", ""),
        text("topic", "", ""),
        text("count", "", "").of(Kind::Int).or("7"),
        text("codec", "", "").optional(),
    ];

    fn parse(line: &str) -> Result<Parsed, ParseError> {
        let arguments: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        Parsed::parse(OPTIONS, &arguments)
    }

    #[test]
    fn values_follow_or_are_joined() {
        for line in ["--topic x --list", "--list --topic=x", "-topic x -list"] {
            let parsed = parse(line).expect("valid");
            assert_eq!(parsed.value("topic"), Ok(Some("x")), "{line}");
            assert!(parsed.has("list"));
        }
        let parsed = parse("--codec --count 3 a -- --list").expect("valid");
        assert!(parsed.has("codec") && parsed.values("codec").is_empty());
        assert_eq!(parsed.number("count"), Ok(Some(3)));
        assert!(
            !parsed.has("list"),
            "it stands after the end of the options"
        );
        assert_eq!(parse("").expect("valid").number("count"), Ok(Some(7)));
    }

    #[test]
    fn mistakes_have_jopts_words() {
        let text = |line: &str| parse(line).expect_err(line).to_string();
        assert_eq!(text("--nosuch=1"), "nosuch is not a recognized option");
        assert_eq!(text("-nosuch"), "n is not a recognized option");
        assert_eq!(text("--topic"), "Option topic requires an argument");
        let parsed = parse("--count x --topic a --topic b").expect("valid");
        let count = parsed.number("count").expect_err("no number");
        assert_eq!(
            count.to_string(),
            "Cannot parse argument 'x' of option count"
        );
        assert_eq!(
            parsed.value("topic"),
            Err(ParseError::Multiple("topic".into()))
        );
    }
}
