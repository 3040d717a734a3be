//! The rows from which the JSON form of every struct is made.

use super::{Gen, HEAD, ident, snake};
use crate::schema::{Message, Versions};

/// One row a field: its name in Rust, in JSON, its versions, and whether it is tagged.
pub(super) fn json(messages: &[Message]) -> String {
    let mut out = String::from(HEAD);
    out.push_str("\nuse super::*;\n\ncrate::json::structs! {\n");
    for message in messages {
        let generator = Gen {
            message,
            out: String::new(),
        };
        let flexible = generator.has_flexible();
        for item in &message.structs {
            emitln!(
                out,
                "    {} {}{}{} {{",
                snake(&message.name),
                item.name,
                if generator.lifetime(item) { "<'a>" } else { "" },
                if flexible { " unknown_tags" } else { "" },
            );
            for field in &item.fields {
                let have = field.versions.and(message.versions);
                if have.is_empty() {
                    continue;
                }
                let role = if field.tag.is_some() {
                    "tagged"
                } else {
                    "field"
                };
                emitln!(
                    out,
                    "        {} \"{}\" {}, {role};",
                    ident(field),
                    field.name,
                    range(have, message.versions),
                );
            }
            out.push_str("    }\n");
        }
    }
    out.push_str("}\n");
    out
}

/// The versions of a field; open above where the message is, since records of a later version are
/// read as well.
fn range(have: Versions, all: Versions) -> String {
    if have.last >= all.last {
        format!("{}..=i16::MAX", have.first)
    } else {
        format!("{}..={}", have.first, have.last)
    }
}
