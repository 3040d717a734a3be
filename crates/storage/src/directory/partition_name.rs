//! The names of partition directories.
//!
//! ```text
//! orders-3                                              current
//! orders-3.4b0e6a8c91d24f0fb6f7a40bd1c0f4a5-future      being copied in from another directory
//! orders-3.4b0e6a8c91d24f0fb6f7a40bd1c0f4a5-delete      to be removed
//! orders-3.4b0e6a8c91d24f0fb6f7a40bd1c0f4a5-stray       not this broker's any more; for the operator
//! ```
//!
//! A topic may itself hold dots and dashes, so names are read from the end.

use std::fmt;

use ottla_types::{TopicPartition, Uuid};

/// What a partition directory is for, as the end of its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The replica that is served.
    Current,
    /// A replica being copied in from another log directory of the broker.
    Future,
    /// To be removed. Its topic may be cut short in the name.
    Deleted,
    /// Not assigned to this broker any more, kept for the operator. Its topic may be cut short in
    /// the name.
    Stray,
}

impl Role {
    const SUFFIXED: [(Self, &str); 3] = [
        (Self::Future, "-future"),
        (Self::Deleted, "-delete"),
        (Self::Stray, "-stray"),
    ];

    fn suffix(self) -> &'static str {
        let found = Self::SUFFIXED.iter().find(|(role, _)| *role == self);
        found.map_or("", |(_, suffix)| suffix)
    }
}

/// The partition and role that a directory's name stands for; `None` when it is not the name of a
/// partition directory.
#[must_use]
pub fn parse_name(name: &str) -> Option<(TopicPartition, Role)> {
    let suffixed = Role::SUFFIXED
        .into_iter()
        .find_map(|(role, suffix)| Some((name.strip_suffix(suffix)?, role)));
    let (partition, role) = match suffixed {
        Some((stem, role)) => {
            let (partition, unique) = stem.rsplit_once('.')?;
            if unique.is_empty() || unique.contains(char::is_whitespace) {
                return None;
            }
            (partition, role)
        }
        None => (name, Role::Current),
    };
    let (topic, index) = partition.rsplit_once('-')?;
    let index: i32 = index.parse().ok().filter(|parsed: &i32| {
        // `+1`, `01` and the like would stand for the same partition as `1`.
        *parsed >= 0 && parsed.to_string() == index
    })?;
    is_topic(topic).then(|| (TopicPartition::new(topic, index), role))
}

/// The name of the directory of a partition's current replica.
#[must_use]
pub fn current_name(partition: &TopicPartition) -> String {
    partition.to_string()
}

/// The name of a partition's directory in a role other than `Current`, made unique by `unique`.
/// The topic is cut short where a file name would be too long, except for `Future`: a topic is at
/// most 249 bytes long, and Apache Kafka must read it back whole.
#[must_use]
pub fn suffixed_name(partition: &TopicPartition, unique: Uuid, role: Role) -> String {
    let rest = format!("-{}.{}{}", partition.partition, Hex(unique), role.suffix());
    let topic = &*partition.topic;
    let room = match role {
        Role::Current | Role::Future => topic.len(),
        Role::Deleted | Role::Stray => NAME_LIMIT.saturating_sub(rest.len()),
    };
    format!("{}{rest}", &topic[..topic.floor_char_boundary(room)])
}

struct Hex(Uuid);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Uuid(bytes) = self.0;
        bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn is_topic(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=TOPIC_LIMIT).contains(&name.len())
        && name != "."
        && name != ".."
        && name.bytes().all(allowed)
}

/// The longest file name of the usual file systems.
const NAME_LIMIT: usize = 255;

/// The longest topic name.
const TOPIC_LIMIT: usize = 249;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNIQUE: Uuid = Uuid([0xab; 16]);
    const HEX: &str = "abababababababababababababababab";

    fn check(name: &str, expected: Option<(&str, i32, Role)>) {
        let expected =
            expected.map(|(topic, index, role)| (TopicPartition::new(topic, index), role));
        assert_eq!(parse_name(name), expected, "{name:?}");
    }

    #[test]
    fn reads_names_from_the_end() {
        check("t-0", Some(("t", 0, Role::Current)));
        check("a.b-c-12", Some(("a.b-c", 12, Role::Current)));
        check("a--1", Some(("a-", 1, Role::Current)));
        check("t-2147483647", Some(("t", i32::MAX, Role::Current)));
        check("x-1.y-delete-3", Some(("x-1.y-delete", 3, Role::Current)));
        check(
            &format!("a.b-c-1.{HEX}-delete"),
            Some(("a.b-c", 1, Role::Deleted)),
        );
        check(&format!("t-1.{HEX}-future"), Some(("t", 1, Role::Future)));
        check(&format!("t-1.{HEX}-stray"), Some(("t", 1, Role::Stray)));
        check("t-1.x-delete", Some(("t", 1, Role::Deleted)));
    }

    #[test]
    fn leaves_other_names_alone() {
        for name in [
            "",
            "-",
            "t",
            "-1",
            "t-",
            "t-x",
            "t--",
            "t-1-delete",
            "-1.x-delete",
            "t-1.-delete",
            "t-1.a b-delete",
            "t.x-delete",
            "a b-1",
            "t-+1",
            "t-01",
            "t-2147483648",
            ".-1",
            "..-1",
            "lost+found",
            "remote-log-index-cache",
            "t\u{e9}-1",
            ".lock",
            "-delete",
        ] {
            check(name, None);
        }
        check(&format!("{}-1", "t".repeat(250)), None);
    }

    #[test]
    fn long_topics_are_cut_where_they_need_not_be_read_back() {
        let partition = TopicPartition::new("t".repeat(249), 7);
        let name = suffixed_name(&partition, UNIQUE, Role::Deleted);
        assert_eq!(name.len(), 255);
        assert_eq!(name, format!("{}-7.{HEX}-delete", "t".repeat(213)));
        let name = suffixed_name(&partition, UNIQUE, Role::Stray);
        assert_eq!(name, format!("{}-7.{HEX}-stray", "t".repeat(214)));
        let name = suffixed_name(&partition, UNIQUE, Role::Future);
        assert_eq!(parse_name(&name), Some((partition, Role::Future)));
    }

    proptest! {
        #[test]
        fn any_partition_is_read_back(topic in "[a-zA-Z0-9._-]{1,60}", index in 0..i32::MAX, unique: [u8; 16]) {
            prop_assume!(topic != "." && topic != "..");
            let partition = TopicPartition::new(topic, index);
            let name = current_name(&partition);
            prop_assert_eq!(parse_name(&name), Some((partition.clone(), Role::Current)));
            for role in [Role::Future, Role::Deleted, Role::Stray] {
                let name = suffixed_name(&partition, Uuid(unique), role);
                prop_assert_eq!(parse_name(&name), Some((partition.clone(), role)));
            }
        }

        #[test]
        fn no_name_is_too_strange(name in any::<String>()) {
            drop(parse_name(&name));
        }
    }
}
