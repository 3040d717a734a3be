//! Command lines of the form `--name value ... -- rest`.

use std::{env, str::FromStr};

use crate::BenchError;

/// The options that nobody asked for yet.
#[derive(Clone, Debug)]
pub struct Args {
    options: Vec<(String, String)>,
    rest: Vec<String>,
}

impl Args {
    /// Those of this process. An option without a value, or followed by another, is "true".
    ///
    /// # Errors
    /// When there is a word that belongs to no option.
    pub fn from_process() -> Result<Self, BenchError> {
        Self::parse(env::args().skip(1))
    }

    /// Those in `words`.
    ///
    /// # Errors
    /// When there is a word that belongs to no option.
    pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Self, BenchError> {
        let mut options = Vec::new();
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            if word == "--" {
                break;
            }
            let Some(name) = word.strip_prefix("--") else {
                return Err(BenchError::Usage(format!("unexpected argument {word}")));
            };
            let value = words.next_if(|next| !next.starts_with("--"));
            options.push((name.to_owned(), value.unwrap_or_else(|| "true".to_owned())));
        }
        Ok(Self {
            options,
            rest: words.collect(),
        })
    }

    /// Takes an option out.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let at = self.options.iter().position(|(option, _)| option == name)?;
        Some(self.options.remove(at).1)
    }

    /// Takes an option out, as a number or whatever else can be read from text.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, BenchError> {
        self.text(name)
            .map(|text| {
                text.parse()
                    .map_err(|_| BenchError::Usage(format!("--{name} cannot be {text}")))
            })
            .transpose()
    }

    /// Takes a flag out.
    pub fn flag(&mut self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// What stood behind `--`, once every option was taken.
    ///
    /// # Errors
    /// When an option is left.
    pub fn finish(self) -> Result<Vec<String>, BenchError> {
        match self.options.first() {
            Some((name, _)) => Err(BenchError::Usage(format!("unknown option --{name}"))),
            None => Ok(self.rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::parse(line.split_whitespace().map(str::to_owned)).unwrap()
    }

    #[test]
    fn options_are_taken_once_and_strangers_refused() {
        let mut args = args("--seconds 3 --quick --port 9 -- run --this");
        assert_eq!(args.value("seconds").unwrap(), Some(3));
        assert!(args.flag("quick") && !args.flag("quick"));
        assert!(args.clone().finish().is_err());
        assert_eq!(args.value::<u16>("port").unwrap(), Some(9));
        assert_eq!(args.finish().unwrap(), ["run", "--this"]);
    }
}
