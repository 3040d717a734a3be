//! JSON as the reference's tools print it.

use std::io;

use serde::Serialize as _;
use serde_json::{
    Serializer, Value,
    ser::{CharEscape, CompactFormatter, Formatter},
};

/// The text that Apache Kafka's tools print for a value: no blanks, floats as Java writes them,
/// control characters as `\u00XX` in capitals.
#[must_use]
pub fn to_text(value: &Value) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, JavaStyle));
    // Writing a value to memory cannot fail; were it to, the plain form would still be right.
    match (written, String::from_utf8(bytes)) {
        (Ok(()), Ok(text)) => text,
        _ => value.to_string(),
    }
}

struct JavaStyle;

impl Formatter for JavaStyle {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(java_float(value).as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        match escape {
            CharEscape::AsciiControl(byte) => write!(writer, "\\u{byte:04X}"),
            other => CompactFormatter.write_char_escape(writer, other),
        }
    }
}

/// A finite number as `Double.toString` writes it: plain from 0.001 up to 10 million, else with an
/// exponent, and always with a digit after the point.
fn java_float(value: f64) -> String {
    if value == 0.0 || (1e-3..1e7).contains(&value.abs()) {
        return format!("{value:?}");
    }
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_java_writes_them() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (1_024_000.0, "1024000.0"),
            (10_000_000.0, "1.0E7"),
            (12_345_678.5, "1.23456785E7"),
            (0.001, "0.001"),
            (0.000_25, "2.5E-4"),
            (-1e300, "-1.0E300"),
        ] {
            assert_eq!(java_float(value), text);
        }
    }

    #[test]
    fn control_characters_are_escaped_in_capitals() {
        let value = Value::from("a\u{1f}\"\\/\n\u{7f}é");
        assert_eq!(to_text(&value), "\"a\\u001F\\\"\\\\/\\n\u{7f}é\"");
    }
}
