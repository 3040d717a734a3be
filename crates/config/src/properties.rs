//! The `.properties` format of Java.

use std::fmt::Write as _;

use crate::error::ConfigError;

/// Keys and values of a `.properties` file, in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    key: String,
    value: String,
    line: usize,
}

impl Properties {
    /// Reads a file as Java does: ISO-8859-1, comments of `#` and `!`, continued lines, escapes.
    ///
    /// # Errors
    /// [`ConfigError::MalformedEscape`] for a `\u` without four hexadecimal digits, the only thing
    /// Java refuses.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        let mut properties = Self::default();
        for (line, text) in logical_lines(bytes) {
            let (key, value) = split(&text);
            properties.put(unescape(key, line)?, unescape(value, line)?, line);
        }
        Ok(properties)
    }

    /// The properties of these pairs; the last of a key counts.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut properties = Self::default();
        for (key, value) in pairs {
            properties.put(key.into(), value.into(), 0);
        }
        properties
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entry(key).map(|entry| entry.value.as_str())
    }

    /// Gives a key a value; a new key goes to the end.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.put(key.into(), value.into(), 0);
    }

    /// Keys and values in file order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries
            .iter()
            .map(|entry| (entry.key.as_str(), entry.value.as_str()))
    }

    /// The line on which a key's value begins, counted from 1; `None` for one that no file gave.
    #[must_use]
    pub fn line_of(&self, key: &str) -> Option<usize> {
        self.entry(key)
            .map(|entry| entry.line)
            .filter(|line| *line > 0)
    }

    /// The properties as the text of a file, escaped so that [`Properties::parse`] gives them back.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for Entry { key, value, .. } in &self.entries {
            escape(&mut text, key, true);
            text.push('=');
            escape(&mut text, value, false);
            text.push('\n');
        }
        text
    }

    /// The properties as the bytes of a file. All of them are ASCII.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.to_text().into_bytes()
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    fn put(&mut self, key: String, value: String, line: usize) {
        let entry = Entry { key, value, line };
        match self.entries.iter_mut().find(|old| old.key == entry.key) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }
}

/// Lines without comments and blank ones, continuations joined, each with the number of its first.
fn logical_lines(bytes: &[u8]) -> Vec<(usize, String)> {
    let text: String = bytes.iter().copied().map(char::from).collect();
    let mut lines = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let natural = text.replace("\r\n", "\n");
    let mut natural = natural.split(['\n', '\r']).enumerate().peekable();
    while let Some((index, line)) = natural.next() {
        let trimmed = line.trim_start_matches(BLANKS);
        if open.is_none() && (trimmed.is_empty() || trimmed.starts_with(['#', '!'])) {
            continue;
        }
        let (start, mut joined) = open.take().unwrap_or_else(|| (index + 1, String::new()));
        let trailing = trimmed.len() - trimmed.trim_end_matches('\\').len();
        let continues = trailing % 2 == 1;
        joined.push_str(&trimmed[..trimmed.len() - usize::from(continues)]);
        if !continues || natural.peek().is_none() {
            lines.push((start, joined));
        } else if !joined.is_empty() {
            open = Some((start, joined));
        }
    }
    lines.extend(open);
    lines
}

/// Splits a line at the first `=`, `:` or blank that is not escaped; blanks around it go.
fn split(line: &str) -> (&str, &str) {
    let mut escaped = false;
    let end = line.char_indices().find(|(_, char)| {
        let ends = !escaped && (matches!(char, '=' | ':') || BLANKS.contains(char));
        escaped = !escaped && *char == '\\';
        ends
    });
    let Some((end, _)) = end else {
        return (line, "");
    };
    let (key, rest) = line.split_at(end);
    let rest = rest.trim_start_matches(BLANKS);
    let value = rest.strip_prefix(['=', ':']).unwrap_or(rest);
    (key, value.trim_start_matches(BLANKS))
}

/// Resolves escapes. `\uXXXX` is a UTF-16 unit, so a character beyond the first plane takes two.
fn unescape(text: &str, line: usize) -> Result<String, ConfigError> {
    if !text.contains('\\') {
        return Ok(text.to_owned());
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut buffer = [0; 2];
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        let char = match char {
            '\\' => match rest.next() {
                Some('u') => {
                    let unit = hex_unit(&mut rest).ok_or(ConfigError::MalformedEscape { line })?;
                    units.push(unit);
                    continue;
                }
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('f') => '\u{c}',
                Some(other) => other,
                None => continue,
            },
            other => other,
        };
        units.extend_from_slice(char.encode_utf16(&mut buffer));
    }
    Ok(String::from_utf16_lossy(&units))
}

fn hex_unit(rest: &mut std::str::Chars<'_>) -> Option<u16> {
    let mut unit: u16 = 0;
    for _ in 0..4 {
        let digit = rest.next()?.to_digit(16)?;
        unit = unit << 4 | u16::try_from(digit).ok()?;
    }
    Some(unit)
}

fn escape(text: &mut String, plain: &str, is_key: bool) {
    for (index, char) in plain.chars().enumerate() {
        match char {
            ' ' if is_key || index == 0 => text.push_str("\\ "),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\u{c}' => text.push_str("\\f"),
            '\\' | '=' | ':' | '#' | '!' => {
                text.push('\\');
                text.push(char);
            }
            ' '..='~' => text.push(char),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    write!(text, "\\u{unit:04X}").unwrap_or_default();
                }
            }
        }
    }
}

const BLANKS: [char; 3] = [' ', '\t', '\u{c}'];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Vec<(String, String)> {
        let properties = Properties::parse(text.as_bytes()).unwrap();
        properties
            .iter()
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn lines_are_read_as_java_reads_them() {
        for (text, key, value) in [
            ("a=b", "a", "b"),
            (" a : b ", "a", "b "),
            ("a\tb=c", "a", "b=c"),
            ("a", "a", ""),
            ("a==b", "a", "=b"),
            ("a\\=b\\ c=d", "a=b c", "d"),
            ("a=b\\\n   c", "a", "bc"),
            ("a=b\\\\", "a", "b\\"),
            ("a=\\u00e9\\t\\q", "a", "\u{e9}\tq"),
            ("a=\\uD83D\\uDE00", "a", "\u{1F600}"),
            ("a=b\\\n#c", "a", "b#c"),
            ("a=b\\", "a", "b"),
            ("=b", "", "b"),
            ("\\", "", ""),
            ("\\\n#c\na=b", "a", "b"),
        ] {
            assert_eq!(
                parse(text),
                [(key.to_owned(), value.to_owned())],
                "{text:?}"
            );
        }
        assert_eq!(parse("# a=b\n!c\n\n  \\\n"), []);
    }

    #[test]
    fn bytes_are_latin_1() {
        let properties = Properties::parse(b"a=\xe9").unwrap();
        assert_eq!(properties.get("a"), Some("\u{e9}"));
    }

    #[test]
    fn the_last_of_a_key_counts_and_keeps_its_line() {
        let properties = Properties::parse(b"a=1\r\n#\r\nb=2\r\na=3\r\n").unwrap();
        assert_eq!(properties.get("a"), Some("3"));
        assert_eq!(
            (properties.line_of("a"), properties.line_of("b")),
            (Some(4), Some(3))
        );
    }

    #[test]
    fn a_short_escape_is_refused() {
        let error = Properties::parse(b"\na=\\u12").unwrap_err();
        assert_eq!(error, ConfigError::MalformedEscape { line: 2 });
        assert_eq!(error.to_string(), "Malformed \\uxxxx encoding.");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn what_is_written_is_read_back(pairs in proptest::collection::btree_map(".{1,8}", ".{0,8}", 0..6)) {
            let properties = Properties::from_pairs(pairs);
            let read = Properties::parse(&properties.to_bytes()).unwrap();
            prop_assert!(read.iter().eq(properties.iter()));
        }

        #[test]
        fn anything_is_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            drop(Properties::parse(&bytes));
        }
    }
}
