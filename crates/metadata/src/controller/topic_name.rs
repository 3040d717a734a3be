//! Which topic names are allowed.

use ottla_types::ErrorCode;

use crate::Refusal;

const MAX_NAME_LEN: usize = 249;

/// Whether a topic may have that name: 1 to 249 letters, digits, dots, underscores and hyphens.
///
/// # Errors
/// `INVALID_TOPIC_EXCEPTION` with Apache Kafka's message.
pub fn check_topic_name(name: &str) -> Result<(), Refusal> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    // Kafka counts UTF-16 code units.
    let length = name.encode_utf16().count();
    let reason = if name.is_empty() {
        "the empty string is not allowed".to_owned()
    } else if name == "." {
        "'.' is not allowed".to_owned()
    } else if name == ".." {
        "'..' is not allowed".to_owned()
    } else if length > MAX_NAME_LEN {
        format!("the length of '{name}' is longer than the max allowed length {MAX_NAME_LEN}")
    } else if !name.chars().all(is_allowed) {
        format!(
            "'{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"
        )
    } else {
        return Ok(());
    };
    let message = format!("Topic name is invalid: {reason}");
    Err(Refusal::new(ErrorCode::INVALID_TOPIC_EXCEPTION, message))
}

/// Whether two names differ only in dots and underscores, which metrics cannot tell apart.
pub(super) fn collide(one: &str, other: &str) -> bool {
    let unified = |byte: u8| if byte == b'.' { b'_' } else { byte };
    one.len() == other.len() && one.bytes().map(unified).eq(other.bytes().map(unified))
}

/// Whether a name has a character that can collide.
pub(super) fn can_collide(name: &str) -> bool {
    name.contains(['.', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_are_refused() {
        for name in ["", ".", "..", "a/b", "a b", "\0", "é", &"x".repeat(250)] {
            assert!(check_topic_name(name).is_err(), "{name:?}");
        }
        for name in ["a", "...", "A.b_c-9", &"x".repeat(249)] {
            assert_eq!(check_topic_name(name), Ok(()), "{name:?}");
        }
    }

    #[test]
    fn dots_and_underscores_collide() {
        assert!(collide("a.b_c", "a_b.c"));
        assert!(!collide("a.b", "a-b"));
        assert!(can_collide("a.b") && !can_collide("a-b"));
    }
}
