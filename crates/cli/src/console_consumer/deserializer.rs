//! Apache's deserializers, as far as their values have a text.

use std::borrow::Cow;

use ottla_types::Saturate;

use crate::exception::Exception;

/// How bytes become a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deserializer {
    String,
    Integer,
    Long,
    Short,
    Float,
    Double,
    Boolean,
    Uuid,
    Bytes,
}

const PACKAGE: &str = "org.apache.kafka.common.serialization.";

impl Deserializer {
    /// The one that a class name stands for.
    pub(super) fn named(class: &str) -> Option<Self> {
        Some(match class.strip_prefix(PACKAGE)? {
            "StringDeserializer" => Self::String,
            "IntegerDeserializer" => Self::Integer,
            "LongDeserializer" => Self::Long,
            "ShortDeserializer" => Self::Short,
            "FloatDeserializer" => Self::Float,
            "DoubleDeserializer" => Self::Double,
            "BooleanDeserializer" => Self::Boolean,
            "UUIDDeserializer" => Self::Uuid,
            "BytesDeserializer" => Self::Bytes,
            _ => return None,
        })
    }

    pub(super) fn text(self, bytes: &[u8]) -> Result<Cow<'_, [u8]>, Exception> {
        let text = match self {
            Self::String => {
                return Ok(match ottla_wire::text(bytes) {
                    Cow::Borrowed(_) => Cow::Borrowed(bytes),
                    Cow::Owned(text) => Cow::Owned(text.into_bytes()),
                });
            }
            Self::Integer => i32::from_be_bytes(self.sized(bytes)?).to_string(),
            Self::Long => i64::from_be_bytes(self.sized(bytes)?).to_string(),
            Self::Short => i16::from_be_bytes(self.sized(bytes)?).to_string(),
            Self::Float => java_float(f32::from_be_bytes(self.sized(bytes)?).into(), |number| {
                let single: f32 = f32_of(number);
                format!("{single:?}")
            }),
            Self::Double => java_float(f64::from_be_bytes(self.sized(bytes)?), |number| {
                format!("{number:?}")
            }),
            Self::Boolean => match self.sized::<1>(bytes)? {
                [0] => "false".to_owned(),
                [1] => "true".to_owned(),
                [other] => {
                    return Err(serialization(format!(
                        "Unexpected byte received by BooleanDeserializer: {}",
                        other.cast_signed()
                    )));
                }
            },
            Self::Uuid => uuid(bytes)?,
            Self::Bytes => printable(bytes),
        };
        Ok(Cow::Owned(text.into_bytes()))
    }

    fn sized<const N: usize>(self, bytes: &[u8]) -> Result<[u8; N], Exception> {
        bytes.try_into().map_err(|_| {
            let name = match self {
                Self::Float | Self::Double => "Deserializer".to_owned(),
                other => format!("{other:?}Deserializer"),
            };
            serialization(format!("Size of data received by {name} is not {N}"))
        })
    }
}

fn serialization(text: String) -> Exception {
    Exception::new(
        "org.apache.kafka.common.errors.SerializationException",
        text,
    )
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "it was a 32-bit number before"
)]
const fn f32_of(number: f64) -> f32 {
    number as f32
}

/// Java writes large and small numbers with an exponent `E`.
fn java_float(number: f64, shortest: impl Fn(f64) -> String) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let plain = shortest(number);
    let size = number.abs();
    if number == 0.0 || (1e-3..1e7).contains(&size) {
        return plain;
    }
    with_exponent(&plain)
}

/// `12300000.0` and `1.23e7` as `1.23E7`.
fn with_exponent(plain: &str) -> String {
    let (sign, rest) = plain
        .strip_prefix('-')
        .map_or(("", plain), |rest| ("-", rest));
    let (mantissa, exponent) = rest.split_once('e').unwrap_or((rest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = format!("{whole}{fraction}");
    let leading = digits.chars().take_while(|digit| *digit == '0').count();
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    let point: i32 = whole.len().saturate();
    let leading: i32 = leading.saturate();
    let exponent = exponent + point - leading - 1;
    let (first, tail) = significant.split_at(significant.len().min(1));
    let tail = if tail.is_empty() { "0" } else { tail };
    format!("{sign}{first}.{tail}E{exponent}")
}

fn uuid(bytes: &[u8]) -> Result<String, Exception> {
    let text = ottla_wire::text(bytes);
    let parts: Vec<_> = text.split('-').collect();
    let hex = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_hexdigit());
    if parts.len() != 5 || !parts.iter().all(hex) {
        return Err(serialization("Error parsing data into UUID".to_owned()));
    }
    Ok(text.to_lowercase())
}

/// As `Bytes.toString`: what is not printable ASCII in hexadecimal.
fn printable(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b' '..=b'[' | b']'..=b'~' => text.push(char::from(*byte)),
            other => text.push_str(&format!("\\x{other:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(deserializer: Deserializer, bytes: &[u8]) -> String {
        let text = deserializer.text(bytes).expect("valid").into_owned();
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn numbers_print_as_in_java() {
        assert_eq!(text(Deserializer::Integer, &[255; 4]), "-1");
        assert_eq!(text(Deserializer::Long, &[0, 0, 0, 0, 0, 0, 1, 0]), "256");
        for (number, expected) in [
            (1.0, "1.0"),
            (1.23e7, "1.23E7"),
            (-1e-5, "-1.0E-5"),
            (0.001, "0.001"),
            (1e21, "1.0E21"),
        ] {
            let bytes = f64::to_be_bytes(number);
            assert_eq!(text(Deserializer::Double, &bytes), expected);
        }
        assert_eq!(text(Deserializer::Float, &3.4f32.to_be_bytes()), "3.4");
    }

    #[test]
    fn wrong_sizes_are_named() {
        let error = Deserializer::Integer.text(b"1").expect_err("short");
        assert_eq!(
            error.text(),
            "Size of data received by IntegerDeserializer is not 4"
        );
    }
}
