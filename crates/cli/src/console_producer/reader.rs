//! From a line to a record.

use ottla_config::Properties;
use ottla_records::Header;
use regex::Regex;

use super::Mistake;
use crate::{
    exception::Exception,
    options::Parsed,
    properties::{load, pairs},
};

/// Class that `--line-reader` may name.
const DEFAULT_READER: &str = "org.apache.kafka.tools.LineMessageReader";

/// Splits lines into headers, key and value.
#[derive(Debug)]
pub(super) struct LineReader {
    parse_key: bool,
    key_separator: String,
    parse_headers: bool,
    headers_delimiter: String,
    headers_separator: Regex,
    headers_key_separator: String,
    ignore_error: bool,
    null_marker: Option<String>,
    line_number: u64,
}

/// A record, as parts of its line.
#[derive(Debug, PartialEq)]
pub(super) struct LineRecord<'a> {
    pub(super) key: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    headers: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> LineRecord<'a> {
    pub(super) fn headers(&self) -> Vec<Header<'a>> {
        let header = |(key, value): &(&'a str, Option<&'a str>)| Header {
            key: key.as_bytes(),
            value: value.map(str::as_bytes),
        };
        self.headers.iter().map(header).collect()
    }
}

impl LineReader {
    pub(super) fn configured(parsed: &Parsed) -> Result<Self, Mistake> {
        let class = parsed.value("line-reader")?.unwrap_or(DEFAULT_READER);
        let mut properties = match parsed.value("reader-config")? {
            Some(path) => load(path)?,
            None => Properties::default(),
        };
        for option in ["property", "reader-property"] {
            let given = pairs(&parsed.values(option))?;
            for (key, value) in given.iter() {
                properties.set(key, value);
            }
        }
        if class != DEFAULT_READER {
            return Err(Exception::new("java.lang.ClassNotFoundException", class).into());
        }
        Ok(Self::of(&properties)?)
    }

    fn of(properties: &Properties) -> Result<Self, Exception> {
        let text = |key: &str, default: &str| properties.get(key).unwrap_or(default).to_owned();
        let is_set = |key: &str| {
            properties
                .get(key)
                .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
        };
        let separator = text("headers.separator", ",");
        let reader = Self {
            parse_key: is_set("parse.key"),
            key_separator: text("key.separator", "\t"),
            parse_headers: is_set("parse.headers"),
            headers_delimiter: text("headers.delimiter", "\t"),
            headers_separator: Regex::new(&separator).map_err(|error| {
                Exception::new("java.util.regex.PatternSyntaxException", error.to_string())
            })?,
            headers_key_separator: text("headers.key.separator", ":"),
            ignore_error: is_set("ignore.error"),
            null_marker: properties.get("null.marker").map(str::to_owned),
            line_number: 0,
        };
        reader.check()?;
        Ok(reader)
    }

    fn check(&self) -> Result<(), Exception> {
        let key = ("key.separator", self.key_separator.as_str());
        let delimiter = ("headers.delimiter", self.headers_delimiter.as_str());
        let separator = ("headers.separator", self.headers_separator.as_str());
        let header_key = ("headers.key.separator", self.headers_key_separator.as_str());
        let mut clashes = vec![
            (delimiter, separator),
            (delimiter, header_key),
            (separator, header_key),
        ];
        if let Some(marker) = &self.null_marker {
            let marker = ("null.marker", marker.as_str());
            clashes.extend([
                (marker, key),
                (marker, separator),
                (marker, delimiter),
                (marker, header_key),
            ]);
        }
        match clashes.iter().find(|(one, other)| one.1 == other.1) {
            Some((one, other)) => Err(Exception::kafka(format!(
                "{} and {} may not be equal",
                one.0, other.0
            ))),
            None => Ok(()),
        }
    }

    /// The record of the next line.
    pub(super) fn record<'a>(&mut self, line: &'a str) -> Result<LineRecord<'a>, Exception> {
        self.line_number += 1;
        let mut rest = line;
        let mut headers = None;
        if self.parse_headers {
            headers = self.part(
                line,
                &mut rest,
                &self.headers_delimiter,
                "headers delimiter",
            )?;
        }
        let mut key = None;
        if self.parse_key {
            key = self.part(line, &mut rest, &self.key_separator, "key separator")?;
        }
        let headers = match headers {
            Some(headers) if !self.is_null(headers) => self.split_headers(headers)?,
            _ => Vec::new(),
        };
        Ok(LineRecord {
            key: key.filter(|key| !self.is_null(key)),
            value: Some(rest).filter(|value| !self.is_null(value)),
            headers,
        })
    }

    /// Cuts the part before `separator` off `rest`.
    fn part<'a>(
        &self,
        line: &str,
        rest: &mut &'a str,
        separator: &str,
        name: &str,
    ) -> Result<Option<&'a str>, Exception> {
        match rest.split_once(separator) {
            Some((part, tail)) => {
                *rest = tail;
                Ok(Some(part))
            }
            None if self.ignore_error => Ok(None),
            None => Err(Exception::kafka(format!(
                "No {name} found on line number {}: '{line}'",
                self.line_number
            ))),
        }
    }

    fn split_headers<'a>(
        &self,
        headers: &'a str,
    ) -> Result<Vec<(&'a str, Option<&'a str>)>, Exception> {
        let mut pairs: Vec<&str> = self.headers_separator.split(headers).collect();
        // Java drops what is empty at the end, unless there is nothing else.
        while pairs.len() > 1 && pairs.last().is_some_and(|last| last.is_empty()) {
            pairs.pop();
        }
        pairs.into_iter().map(|pair| self.header(pair)).collect()
    }

    fn header<'a>(&self, pair: &'a str) -> Result<(&'a str, Option<&'a str>), Exception> {
        let Some((key, value)) = pair.split_once(&self.headers_key_separator) else {
            if self.ignore_error {
                return Ok((pair, None));
            }
            return Err(Exception::kafka(format!(
                "No header key separator found in pair '{pair}' on line number {}",
                self.line_number
            )));
        };
        if self.is_null(key) {
            return Err(Exception::kafka(format!(
                "Header keys should not be equal to the null marker '{key}' as they can't be null"
            )));
        }
        Ok((key, Some(value).filter(|value| !self.is_null(value))))
    }

    fn is_null(&self, text: &str) -> bool {
        self.null_marker.as_deref() == Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(pairs: &[(&str, &str)]) -> LineReader {
        let properties = Properties::from_pairs(pairs.iter().copied());
        LineReader::of(&properties).expect("valid")
    }

    #[test]
    fn a_line_is_a_value_unless_told_otherwise() {
        let record = LineRecord {
            key: None,
            value: Some("a\tb"),
            headers: Vec::new(),
        };
        assert_eq!(reader(&[]).record("a\tb"), Ok(record));
    }

    #[test]
    fn headers_key_and_value_are_cut_in_this_order() {
        let mut reader = reader(&[
            ("parse.key", "true"),
            ("parse.headers", "TRUE "),
            ("null.marker", "NULL"),
        ]);
        let record = reader.record("a:1,b:NULL\tNULL\tv\tw").expect("valid");
        assert_eq!(record.headers, [("a", Some("1")), ("b", None)]);
        assert_eq!((record.key, record.value), (None, Some("v\tw")));
        let error = reader.record("x").expect_err("no delimiter");
        assert_eq!(
            error.text(),
            "No headers delimiter found on line number 2: 'x'"
        );
        let error = reader.record("NULL:1\tk\tv").expect_err("null");
        assert!(error.text().starts_with("Header keys should not be equal"));
    }

    #[test]
    fn errors_may_be_ignored() {
        let mut reader = reader(&[("parse.key", "true"), ("ignore.error", "true")]);
        let record = reader.record("alone").expect("ignored");
        assert_eq!((record.key, record.value), (None, Some("alone")));
    }

    #[test]
    fn separators_must_differ() {
        let properties = Properties::from_pairs([("headers.separator", ":")]);
        let error = LineReader::of(&properties).expect_err("clash");
        assert_eq!(
            error.text(),
            "headers.separator and headers.key.separator may not be equal"
        );
    }
}
