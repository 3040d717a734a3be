//! The file `quorum-state`: what a voter must not forget about elections.
//!
//! Responsible for the text, which is one line of JSON. Not responsible for the file, nor for the
//! order of writing and acting.
//!
//! Q1  the text is that of Apache Kafka, byte for byte, without a line end
//! Q2  the version is that of the cluster's `kraft.version`, not of the software
//!
//! Spec: KIP-595 (version 0), KIP-853 (version 1).
//!
//! ```
//! use ottla_protocol::{messages::QuorumStateData, quorum_state};
//!
//! let text = r#"{"leaderId":1,"leaderEpoch":7,"votedId":-1,"votedDirectoryId":"AAAAAAAAAAAAAAAAAAAAAA","data_version":1}"#;
//! let (state, version) = quorum_state::parse(text).unwrap();
//! assert_eq!((state.leader_epoch, version), (7, 1));
//! assert_eq!(quorum_state::to_text(&state, version), text);
//! ```

use std::{borrow::Cow, fmt::Write as _};

use ottla_types::Uuid;

use crate::messages::{QuorumStateData, quorum_state_data::Voter};

mod scan;

use scan::Item;

/// Why a text is no quorum state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuorumStateError {
    /// There is no line.
    #[error("file ended prematurely")]
    Empty,
    /// The line is no JSON object.
    #[error("not a JSON object, from byte {at} on")]
    NoObject {
        /// Where it stops to be one.
        at: usize,
    },
    /// The version is none of 0 and 1.
    #[error("data_version {0} is not known")]
    UnknownVersion(i64),
    /// A field is missing, or not of its type.
    #[error("field `{0}` is missing or not of its type")]
    Field(&'static str),
}

/// Reads the first line of the file; gives the version of the form too.
///
/// # Errors
/// When the line is no JSON object, the version is not known, or a field of the version is missing.
pub fn parse(text: &str) -> Result<(QuorumStateData<'static>, i16), QuorumStateError> {
    let line = text.lines().next().ok_or(QuorumStateError::Empty)?;
    let item = scan::scan(line).map_err(|at| QuorumStateError::NoObject { at })?;
    let Item::Object(fields) = item else {
        return Err(QuorumStateError::NoObject { at: 0 });
    };
    let fields = Fields(fields);
    let version = match fields.number("data_version")? {
        0 => 0,
        1 => 1,
        other => return Err(QuorumStateError::UnknownVersion(other)),
    };
    let mut state = QuorumStateData {
        leader_id: fields.int("leaderId")?,
        leader_epoch: fields.int("leaderEpoch")?,
        voted_id: fields.int("votedId")?,
        ..QuorumStateData::default()
    };
    if version == 0 {
        state.cluster_id = Cow::Owned(fields.text("clusterId")?.to_owned());
        state.applied_offset = fields.number("appliedOffset")?;
        state.current_voters = fields.voters()?;
    } else {
        let id = fields.text("votedDirectoryId")?.parse::<Uuid>();
        state.voted_directory_id = id.map_err(|_| QuorumStateError::Field("votedDirectoryId"))?;
    }
    Ok((state, version))
}

/// The content of the file, in the form of `version`: 1 or above with directory ids, 0 without.
#[must_use]
pub fn to_text(state: &QuorumStateData<'_>, version: i16) -> String {
    let mut text = String::from("{");
    if version == 0 {
        text.push_str("\"clusterId\":");
        push_quoted(&mut text, &state.cluster_id);
        text.push(',');
    }
    let (leader, epoch, voted) = (state.leader_id, state.leader_epoch, state.voted_id);
    put(
        &mut text,
        format_args!("\"leaderId\":{leader},\"leaderEpoch\":{epoch},\"votedId\":{voted},"),
    );
    if version == 0 {
        let applied = state.applied_offset;
        put(
            &mut text,
            format_args!("\"appliedOffset\":{applied},\"currentVoters\":"),
        );
        push_voters(&mut text, state.current_voters.as_deref());
        text.push_str(",\"data_version\":0}");
    } else {
        let id = state.voted_directory_id;
        put(
            &mut text,
            format_args!("\"votedDirectoryId\":\"{id}\",\"data_version\":{version}}}"),
        );
    }
    text
}

fn push_voters(text: &mut String, voters: Option<&[Voter<'_>]>) {
    let Some(voters) = voters else {
        text.push_str("null");
        return;
    };
    text.push('[');
    for (index, voter) in voters.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        put(
            text,
            format_args!("{comma}{{\"voterId\":{}}}", voter.voter_id),
        );
    }
    text.push(']');
}

fn push_quoted(text: &mut String, plain: &str) {
    text.push('"');
    for char in plain.chars() {
        match char {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            control if control < ' ' => put(text, format_args!("\\u{:04X}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
}

/// Writing to a `String` cannot fail.
fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).unwrap_or_default();
}

struct Fields(Vec<(String, Item)>);

impl Fields {
    fn find(&self, name: &'static str) -> Result<&Item, QuorumStateError> {
        // As with Apache Kafka, the last of several counts.
        let found = self.0.iter().rev().find(|(found, _)| found == name);
        found
            .map(|(_, item)| item)
            .ok_or(QuorumStateError::Field(name))
    }

    fn number(&self, name: &'static str) -> Result<i64, QuorumStateError> {
        match self.find(name)? {
            Item::Number(number) => Ok(*number),
            _ => Err(QuorumStateError::Field(name)),
        }
    }

    fn int(&self, name: &'static str) -> Result<i32, QuorumStateError> {
        let number = self.number(name)?;
        i32::try_from(number).map_err(|_| QuorumStateError::Field(name))
    }

    fn text(&self, name: &'static str) -> Result<&str, QuorumStateError> {
        match self.find(name)? {
            Item::Text(text) => Ok(text),
            _ => Err(QuorumStateError::Field(name)),
        }
    }

    fn voters(&self) -> Result<Option<Vec<Voter<'static>>>, QuorumStateError> {
        const NAME: &str = "currentVoters";
        let items = match self.find(NAME)? {
            Item::Null => return Ok(None),
            Item::Array(items) => items,
            _ => return Err(QuorumStateError::Field(NAME)),
        };
        let voter = |item: &Item| match item {
            Item::Object(fields) => Ok(Voter {
                voter_id: Self(fields.clone()).int("voterId")?,
                ..Voter::default()
            }),
            _ => Err(QuorumStateError::Field(NAME)),
        };
        items.iter().map(voter).collect::<Result<_, _>>().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_either_version_is_read_and_written() {
        let text = r#"{"clusterId":"","leaderId":1,"leaderEpoch":1,"votedId":-1,"appliedOffset":0,"currentVoters":[{"voterId":1},{"voterId":2}],"data_version":0}"#;
        let (state, version) = parse(text).unwrap();
        assert_eq!(to_text(&state, version), text);
        let voters: Vec<i32> = state
            .current_voters
            .iter()
            .flatten()
            .map(|voter| voter.voter_id)
            .collect();
        assert_eq!((voters, version), (vec![1, 2], 0));
        // The same state after an upgrade of the quorum.
        assert_eq!(
            to_text(&state, 1),
            r#"{"leaderId":1,"leaderEpoch":1,"votedId":-1,"votedDirectoryId":"AAAAAAAAAAAAAAAAAAAAAA","data_version":1}"#
        );
    }

    #[test]
    fn blanks_other_fields_and_escapes_are_read() {
        let text = "{ \"data_version\" : 0, \"x\" : [ {\"y\":true}, 1.5e3 ], \"leaderId\":-1,\"leaderEpoch\":0,\n\"votedId\":-1}";
        assert!(
            matches!(parse(text), Err(QuorumStateError::NoObject { .. })),
            "one line only"
        );
        let text = text.replace('\n', " ");
        assert_eq!(parse(&text), Err(QuorumStateError::Field("clusterId")));
        let text = text.replace("\"x\"", "\"clusterId\":\"a\\u00e9\\n\\\"\\ud83d\\ude00\",\"appliedOffset\":9,\"currentVoters\":null,\"x\"");
        let (state, _) = parse(&text).unwrap();
        assert_eq!(state.cluster_id, "aé\n\"😀");
        assert_eq!(
            (state.applied_offset, state.current_voters.as_ref()),
            (9, None)
        );
        let again = to_text(&state, 0);
        assert!(
            again.starts_with("{\"clusterId\":\"aé\\n\\\"😀\","),
            "{again}"
        );
        assert_eq!(parse(&again).unwrap().0, state);
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        assert_eq!(parse(""), Err(QuorumStateError::Empty));
        for text in [
            "\0\0\0",
            "{",
            "[]",
            "7",
            "{\"leaderId\":1",
            "{} x",
            "{\"a\":\"\\u12\"}",
            "{,}",
        ] {
            assert!(
                matches!(parse(text), Err(QuorumStateError::NoObject { .. })),
                "{text}"
            );
        }
        assert_eq!(parse("{}"), Err(QuorumStateError::Field("data_version")));
        assert_eq!(
            parse("{\"data_version\":2}"),
            Err(QuorumStateError::UnknownVersion(2))
        );
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err());
        let text = r#"{"leaderId":99999999999,"leaderEpoch":1,"votedId":-1,"votedDirectoryId":"","data_version":1}"#;
        assert_eq!(parse(text), Err(QuorumStateError::Field("leaderId")));
    }
}
