//! Text out of bytes that should be UTF-8.

use std::borrow::Cow;

/// The text of `bytes`, with U+FFFD for what is not UTF-8, exactly as many as Java puts there.
///
/// One stands for each longest beginning of a character that could not go on, as in Rust's own
/// [`String::from_utf8_lossy`], with one difference: an encoded surrogate (`ED A0..BF 80..BF`, or
/// its beginning) is one character to Java's decoder, refused when it is whole.
///
/// ```
/// assert_eq!(ottla_wire::text(b"caf\xc3\xa9"), "café");
/// assert_eq!(ottla_wire::text(b"<\xed\xa0\x80>"), "<\u{fffd}>");
/// assert_eq!(ottla_wire::text(b"<\xc0\x80>"), "<\u{fffd}\u{fffd}>");
/// ```
#[must_use]
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(replaced(bytes)),
    }
}

/// How much of an encoded surrogate the bytes so far were. Each of its bytes is a chunk of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surrogate {
    None,
    Lead,
    Second,
}

#[cold]
fn replaced(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut surrogate = Surrogate::None;
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            surrogate = Surrogate::None;
        }
        text.push_str(chunk.valid());
        surrogate = match (surrogate, chunk.invalid()) {
            (_, []) => break,
            (Surrogate::Lead, [0xa0..=0xbf]) => Surrogate::Second,
            (Surrogate::Second, [0x80..=0xbf]) => Surrogate::None,
            (_, invalid) => {
                text.push(char::REPLACEMENT_CHARACTER);
                match invalid {
                    [0xed] => Surrogate::Lead,
                    _ => Surrogate::None,
                }
            }
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::text;

    /// The bytes with `?` for each replacement, as `new String(bytes, UTF_8)` of JDK 17 has them.
    #[test]
    fn what_is_malformed_is_replaced_as_often_as_in_java() {
        let cases: &[(&[u8], &str)] = &[
            (b"", ""),
            (b"\x80", "?"),
            (b"\xc2", "?"),
            (b"\xc2A", "?A"),
            (b"\xc0\xaf", "??"),
            (b"\xe0\x80\x80", "???"),
            (b"\xe1\x80", "?"),
            (b"\xe1\x80A", "?A"),
            (b"\xe1\x80\xc2", "??"),
            (b"\xed", "?"),
            (b"\xed\xa0", "?"),
            (b"\xed\xa0\x80", "?"),
            (b"\xed\xa0\x80\x80", "??"),
            (b"\xed\xa0A", "?A"),
            (b"\xed\xa0\xed\xbf\xbf", "??"),
            (b"\xedA\xa0", "?A?"),
            (b"\xed\xa0\x80\xed\xb0\x80", "??"),
            (b"\xed\xc2\xa0", "?\u{a0}"),
            (b"\xf0\x80\x80\x80", "????"),
            (b"\xf0\x90\x80", "?"),
            (b"\xf0\x90A\x80", "?A?"),
            (b"\xf0\x90\x80A", "?A"),
            (b"\xf4\x90\x80\x80", "????"),
            (b"\xf5\x80\x80\x80", "????"),
            (b"\xfe\xff", "??"),
        ];
        for (bytes, expected) in cases {
            let expected = expected.replace('?', "\u{fffd}");
            assert_eq!(text(bytes), expected, "{bytes:x?}");
        }
    }
}
