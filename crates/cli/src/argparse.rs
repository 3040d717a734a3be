//! Command lines in the manner of argparse4j, which the other half of Apache's tools uses: a
//! sub-command, then its options. Texts are wrapped at 75 columns and stretched to them.

mod text;

use std::collections::BTreeMap;

use text::{justify, usage};

use crate::Sink;

/// What an option does with what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Takes a value; of two the last counts.
    Store,
    /// Takes a value; all are kept.
    Append,
    /// Takes nothing.
    Flag,
}

/// One option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Argument {
    /// With its dashes.
    pub(crate) long: &'static str,
    pub(crate) short: &'static str,
    pub(crate) action: Action,
    pub(crate) required: bool,
    /// Excludes every other option that has this set.
    pub(crate) exclusive: bool,
    pub(crate) help: &'static str,
}

impl Argument {
    /// `CLUSTER_ID` for `--cluster-id`.
    fn metavar(&self) -> String {
        self.long
            .trim_start_matches('-')
            .replace('-', "_")
            .to_uppercase()
    }

    fn title(&self) -> String {
        format!("argument {}/{}", self.long, self.short)
    }
}

/// A sub-command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) arguments: &'static [Argument],
}

/// A tool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) commands: &'static [Command],
}

/// A command line that was read.
#[derive(Clone, Debug)]
pub(crate) struct Matches {
    pub(crate) command: &'static str,
    values: BTreeMap<&'static str, Vec<String>>,
}

impl Matches {
    /// Whether the option was given.
    pub(crate) fn has(&self, long: &str) -> bool {
        self.values.contains_key(long)
    }

    /// The option's value.
    pub(crate) fn value(&self, long: &str) -> Option<&str> {
        self.values.get(long)?.last().map(String::as_str)
    }

    /// All values of the option.
    pub(crate) fn values(&self, long: &str) -> &[String] {
        self.values.get(long).map_or(&[], Vec::as_slice)
    }
}

impl Program {
    /// Reads a command line, or answers it; then the exit code is the error.
    pub(crate) fn parse(
        &self,
        arguments: &[String],
        out: &Sink,
        err: &Sink,
    ) -> Result<Matches, i32> {
        let Some((first, rest)) = arguments.split_first() else {
            return Err(self.refuse(None, "too few arguments", err));
        };
        if first == "-h" || first == "--help" {
            out.text(self.help());
            return Err(0);
        }
        if first.starts_with('-') {
            let text = format!("unrecognized arguments: '{first}'");
            return Err(self.refuse(None, &text, err));
        }
        match self.commands.iter().find(|known| known.name == first) {
            Some(command) => self.parse_command(command, rest, out, err),
            None => Err(self.refuse(None, &self.invalid_choice(first), err)),
        }
    }

    fn invalid_choice(&self, name: &str) -> String {
        let choices: Vec<_> = self
            .commands
            .iter()
            .map(|command| format!("'{}'", command.name))
            .collect();
        format!(
            "invalid choice: '{name}' (choose from {})",
            choices.join(", ")
        )
    }

    fn parse_command(
        &self,
        command: &'static Command,
        arguments: &[String],
        out: &Sink,
        err: &Sink,
    ) -> Result<Matches, i32> {
        let mut matches = Matches {
            command: command.name,
            values: BTreeMap::new(),
        };
        let mut unknown = Vec::new();
        let mut rest = arguments.iter().peekable();
        while let Some(text) = rest.next() {
            if text == "-h" || text == "--help" {
                out.text(self.command_help(command));
                return Err(0);
            }
            let (name, joined) = match text.split_once('=') {
                Some((name, value)) if text.starts_with("--") => (name, Some(value.to_owned())),
                _ => (text.as_str(), None),
            };
            let Some(argument) = command.find(name) else {
                unknown.push(text.as_str());
                continue;
            };
            let fail = |text: &str| self.refuse(Some(command), text, err);
            if let Some(other) = command.excluded_by(argument, &matches) {
                let text = format!("{}: not allowed with {}", argument.title(), other.title());
                return Err(fail(&text));
            }
            let values = matches.values.entry(argument.long).or_default();
            if argument.action == Action::Flag {
                continue;
            }
            let value = joined.or_else(|| rest.next_if(|next| !next.starts_with('-')).cloned());
            match value {
                Some(value) => values.push(value),
                None => {
                    let text = format!("{}: expected one argument", argument.title());
                    return Err(fail(&text));
                }
            }
        }
        if !unknown.is_empty() {
            let text = format!("unrecognized arguments: '{}'", unknown.join(" "));
            return Err(self.refuse(Some(command), &text, err));
        }
        match command.missing(&matches) {
            Some(argument) => {
                let text = format!("{} is required", argument.title());
                Err(self.refuse(Some(command), &text, err))
            }
            None => Ok(matches),
        }
    }

    /// The usage, a message, and the exit code.
    fn refuse(&self, command: Option<&Command>, message: &str, err: &Sink) -> i32 {
        let usage = match command {
            Some(command) => self.command_usage(command),
            None => self.usage(),
        };
        let message = justify(&format!("{}: error: {message}", self.name), 75, "");
        err.text(format_args!("{usage}{message}\n"));
        1
    }

    fn choices(&self) -> String {
        let names: Vec<_> = self.commands.iter().map(|command| command.name).collect();
        format!("{{{}}}", names.join(","))
    }

    fn usage(&self) -> String {
        let parts = ["[-h]".to_owned(), self.choices(), "...".to_owned()];
        usage(self.name, None, &parts)
    }

    fn help(&self) -> String {
        let mut help = format!(
            "{}\n{}\n\npositional arguments:\n",
            self.usage(),
            self.description
        );
        help.push_str(&format!("  {}\n", self.choices()));
        for command in self.commands {
            help.push_str(&text::entry(4, command.name, command.help));
        }
        help.push_str("\noptional arguments:\n");
        help.push_str(&text::entry(
            2,
            "-h, --help",
            "show this help message and exit",
        ));
        help
    }

    fn command_usage(&self, command: &Command) -> String {
        let mut parts = vec!["[-h]".to_owned()];
        let exclusive: Vec<_> = command
            .arguments
            .iter()
            .filter(|argument| argument.exclusive)
            .collect();
        for argument in command.arguments {
            let form = match argument.action {
                Action::Flag => argument.long.to_owned(),
                Action::Store | Action::Append => {
                    format!("{} {}", argument.long, argument.metavar())
                }
            };
            let place = exclusive
                .iter()
                .position(|other| other.long == argument.long);
            parts.push(match place {
                Some(place) => {
                    let open = if place == 0 { "[" } else { "" };
                    let close = if place + 1 == exclusive.len() {
                        "]"
                    } else {
                        " |"
                    };
                    format!("{open}{form}{close}")
                }
                None if argument.required => form,
                None => format!("[{form}]"),
            });
        }
        usage(self.name, Some(command.name), &parts)
    }

    fn command_help(&self, command: &Command) -> String {
        let mut help = format!("{}\noptional arguments:\n", self.command_usage(command));
        help.push_str(&text::entry(
            2,
            "-h, --help",
            "show this help message and exit",
        ));
        for argument in command.arguments {
            let title = match argument.action {
                Action::Flag => format!("{}, {}", argument.long, argument.short),
                Action::Store | Action::Append => {
                    let metavar = argument.metavar();
                    format!("{} {metavar}, {} {metavar}", argument.long, argument.short)
                }
            };
            help.push_str(&text::entry(2, &title, argument.help));
        }
        help
    }
}

impl Command {
    /// The option of that name, or of which it is the only beginning.
    fn find(&self, name: &str) -> Option<&'static Argument> {
        let exact = self
            .arguments
            .iter()
            .find(|argument| argument.long == name || argument.short == name);
        if exact.is_some() || !name.starts_with("--") {
            return exact;
        }
        let mut begun = self
            .arguments
            .iter()
            .filter(|argument| argument.long.starts_with(name));
        match (begun.next(), begun.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    fn excluded_by(&self, argument: &Argument, matches: &Matches) -> Option<&'static Argument> {
        self.arguments.iter().find(|other| {
            argument.exclusive
                && other.exclusive
                && other.long != argument.long
                && matches.has(other.long)
        })
    }

    /// The last required option that is missing: that is the one Apache's tool names.
    fn missing(&self, matches: &Matches) -> Option<&'static Argument> {
        self.arguments
            .iter()
            .rev()
            .find(|argument| argument.required && !matches.has(argument.long))
    }
}
