//! The text of Java properties: `key=value` lines with backslash escapes.
//!
//! Bytes are ISO-8859-1, as `Properties.load` takes them; what we write is ASCII, so that it reads
//! the same in every encoding.

use std::fmt::Write as _;

use super::MetaPropertiesError;

/// The pairs of a text, in its order. A later pair with the same key is meant to win.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>, MetaPropertiesError> {
    let mut pairs = Vec::new();
    let mut rest = bytes;
    while let Some(line) = logical_line(&mut rest) {
        pairs.push(split(&line)?);
    }
    Ok(pairs)
}

/// Appends one pair as a line.
pub(super) fn push(to: &mut String, key: &str, value: &str) {
    escape(to, key, true);
    to.push('=');
    escape(to, value, false);
    to.push('\n');
}

/// The next line that is neither blank nor a comment, joined with those that continue it; escapes
/// are kept.
fn logical_line(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let mut joined: Option<Vec<u8>> = None;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| is_line_end(*byte));
        let line = &rest[..end.unwrap_or(rest.len())];
        // The second half of \r\n ends a blank line, except in a continuation.
        let ended = end.map_or(rest.len(), |end| end + 1);
        let crlf = rest[..ended].ends_with(b"\r") && rest.get(ended) == Some(&b'\n');
        *rest = &rest[ended + usize::from(crlf)..];
        let line = line.trim_ascii_start_java();
        if joined.is_none() && (line.is_empty() || matches!(line[0], b'#' | b'!')) {
            continue;
        }
        let backslashes = line.iter().rev().take_while(|byte| **byte == b'\\').count();
        let joined = joined.get_or_insert_default();
        if backslashes % 2 == 0 {
            joined.extend_from_slice(line);
            return Some(std::mem::take(joined));
        }
        joined.extend_from_slice(&line[..line.len() - 1]);
    }
    joined
}

fn split(line: &[u8]) -> Result<(String, String), MetaPropertiesError> {
    let mut escaped = false;
    let key_end = line.iter().position(|byte| {
        let ends = !escaped && (matches!(byte, b'=' | b':') || is_blank(*byte));
        escaped = !escaped && *byte == b'\\';
        ends
    });
    let (key, rest) = line.split_at(key_end.unwrap_or(line.len()));
    let mut value = rest.trim_ascii_start_java();
    if let [b'=' | b':', after @ ..] = value {
        value = after.trim_ascii_start_java();
    }
    Ok((unescape(key)?, unescape(value)?))
}

fn unescape(bytes: &[u8]) -> Result<String, MetaPropertiesError> {
    let mut units: Vec<u16> = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        let unit = match byte {
            b'\\' => match rest.next() {
                None => break,
                Some(b't') => 9,
                Some(b'n') => 10,
                Some(b'f') => 12,
                Some(b'r') => 13,
                Some(b'u') => {
                    let (digits, after) = rest
                        .as_slice()
                        .split_first_chunk::<4>()
                        .ok_or(MetaPropertiesError::MalformedEscape)?;
                    rest = after.iter();
                    digits.iter().try_fold(0, |unit, digit| {
                        let digit = char::from(*digit).to_digit(16);
                        let digit = digit.and_then(|digit| u16::try_from(digit).ok());
                        Ok(unit << 4 | digit.ok_or(MetaPropertiesError::MalformedEscape)?)
                    })?
                }
                Some(other) => u16::from(*other),
            },
            other => u16::from(*other),
        };
        units.push(unit);
    }
    Ok(String::from_utf16_lossy(&units))
}

fn escape(to: &mut String, text: &str, key: bool) {
    for (index, unit) in text.encode_utf16().enumerate() {
        match u8::try_from(unit) {
            Ok(b' ') if key || index == 0 => to.push_str("\\ "),
            Ok(b'\t') => to.push_str("\\t"),
            Ok(b'\n') => to.push_str("\\n"),
            Ok(b'\x0c') => to.push_str("\\f"),
            Ok(b'\r') => to.push_str("\\r"),
            Ok(special @ (b'\\' | b'=' | b':' | b'#' | b'!')) => {
                to.push('\\');
                to.push(char::from(special));
            }
            Ok(plain @ b' '..=b'~') => to.push(char::from(plain)),
            _ => write!(to, "\\u{unit:04X}").expect("invariant: a string takes any text"),
        }
    }
}

trait TrimJava {
    fn trim_ascii_start_java(&self) -> &Self;
}

impl TrimJava for [u8] {
    /// Java's blanks are space, tab and form feed.
    fn trim_ascii_start_java(&self) -> &Self {
        let blanks = self.iter().take_while(|byte| is_blank(**byte)).count();
        &self[blanks..]
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\x0c')
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let pairs = parse(text.as_bytes()).unwrap();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(key, value)| (&**key, &**value))
            .collect();
        assert_eq!(pairs, expected, "{text:?}");
    }

    #[test]
    fn reads_what_java_reads() {
        check("", &[]);
        check("#a=b\n!c=d\r\n   \n\t# e=f", &[]);
        check(
            "a=b\nc:d\ne f\ng",
            &[("a", "b"), ("c", "d"), ("e", "f"), ("g", "")],
        );
        check(" a = b \r\nc = : d", &[("a", "b "), ("c", ": d")]);
        check("a\\ b\\=c=d=e", &[("a b=c", "d=e")]);
        check("a=b\\\n   c\\\r\n d\ne=f", &[("a", "bcd"), ("e", "f")]);
        check("a=b\\\\\nc=d", &[("a", "b\\"), ("c", "d")]);
        check("a=\\u0041\\t\\q\\u00e9", &[("a", "A\tq\u{e9}")]);
        check("a=b\\", &[("a", "b")]);
        check("a=b\\\n#c", &[("a", "b#c")]);
        check("=b", &[("", "b")]);
    }

    #[test]
    fn bytes_are_latin_1() {
        assert_eq!(parse(b"a=\xe9").unwrap(), [("a".into(), "\u{e9}".into())]);
    }

    #[test]
    fn refuses_half_an_escape() {
        for text in ["a=\\u12", "a=\\u12g4", "a=\\u"] {
            assert_eq!(
                parse(text.as_bytes()),
                Err(MetaPropertiesError::MalformedEscape)
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(pairs in prop::collection::vec((any::<String>(), any::<String>()), 0..6)) {
            let mut text = String::new();
            for (key, value) in &pairs {
                push(&mut text, key, value);
            }
            prop_assert!(text.is_ascii());
            prop_assert_eq!(parse(text.as_bytes()).unwrap(), pairs);
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            drop(parse(&bytes));
        }

        #[test]
        fn no_text_is_too_strange(text in "[\\\\u0-9a-f=:# \n\r\t]{0,40}") {
            drop(parse(text.as_bytes()));
        }
    }
}
