//! The `decode` of a struct: fields in order, then tagged fields.

use super::{Gen, condition, ident, method, unreachable_kind};
use crate::schema::{Field, Struct, Type, Versions};

impl Gen<'_> {
    pub(super) fn decode(&mut self, item: &Struct, lt: bool, flexible: bool) {
        let reader = if lt { "Reader<'a>" } else { "Reader<'_>" };
        emitln!(
            self.out,
            "    /// Reads the fields of `version`.\n    ///\n    /// # Errors\n    /// When the bytes are not of that form.\n    pub fn decode(r: &mut {reader}, version: i16) -> Result<Self, DecodeError> {{"
        );
        self.form_line();
        let all = self.message.versions;
        self.out
            .push_str("        let mut value = Self::default();\n");
        for field in item.fields.iter().filter(|field| field.tag.is_none()) {
            let have = field.versions.and(all);
            if have.is_empty() {
                continue;
            }
            let read = self.read_expression(field, have);
            let assign = format!("value.{} = {read};", ident(field));
            match condition(have, all) {
                None => {
                    emitln!(self.out, "        {assign}");
                }
                Some(when) => {
                    emitln!(
                        self.out,
                        "        if {when} {{\n            {assign}\n        }}"
                    );
                }
            }
        }
        if flexible {
            self.decode_tags(item);
        }
        self.out.push_str("        Ok(value)\n    }\n\n");
    }

    fn decode_tags(&mut self, item: &Struct) {
        self.out.push_str(
            "        if form == Form::Compact {\n            let mut section = TagSection::begin(r)?;\n            while let Some(tag) = section.next(r)? {\n                match tag {\n",
        );
        let all = self.message.versions;
        for field in &item.fields {
            let Some((tag, versions)) = field.tag else {
                continue;
            };
            let have = versions.and(field.versions).and(all);
            let guard = condition(have, all.and(self.message.flexible))
                .map_or_else(String::new, |when| format!(" if {when}"));
            let read = self.read_expression(field, have);
            emitln!(
                self.out,
                "                    {tag}{guard} => value.{} = {read},",
                ident(field)
            );
            if !guard.is_empty() {
                emitln!(
                    self.out,
                    "                    {tag} => return Err(tag_not_in_version(r, {tag})),"
                );
            }
        }
        self.out.push_str(
            "                    tag => section.unknown(r, tag)?,\n                }\n            }\n            value.unknown_tags = section.finish();\n        }\n",
        );
    }

    fn read_expression(&self, field: &Field, have: Versions) -> String {
        let form = match field.flexible {
            Some(_) => "Form::Classic",
            None => "form",
        };
        let nullable = field.nullable.and(have);
        let plain = self.read_plain(&field.kind, &field.name, form);
        if field.nullable.is_empty() {
            return plain;
        }
        let null = match &field.kind {
            Type::String => format!("r.nullable_string_as({form})?"),
            Type::Bytes => format!("r.nullable_bytes_as({form})?.map(Cow::Borrowed)"),
            Type::Records => format!("r.nullable_bytes_as({form})?.map(Records::View)"),
            Type::Struct(name) => {
                // The marker is a varint in a tagged field, and a byte elsewhere.
                let null = if field.tag.is_some() {
                    "r.uvarint()? == 0"
                } else {
                    "r.i8()? < 0"
                };
                format!("if {null} {{ None }} else {{ Some({name}::decode(r, version)?) }}")
            }
            Type::Array(item) => match &**item {
                Type::String => format!("r.nullable_strings({form})?"),
                Type::Struct(name) => {
                    format!("r.nullable_array({form}, version, {name}::decode)?")
                }
                Type::Primitive(primitive) => {
                    format!(
                        "r.nullable_array_of({form}, Reader::{})?",
                        method(primitive)
                    )
                }
                Type::Bytes | Type::Records | Type::Array(_) => unreachable_kind(),
            },
            Type::Primitive(_) => unreachable_kind(),
        };
        match condition(nullable, have) {
            None => null,
            Some(_) if nullable.is_empty() => format!("Some({plain})"),
            Some(when) => format!("if {when} {{ {null} }} else {{ Some({plain}) }}"),
        }
    }

    fn read_plain(&self, kind: &Type, name: &str, form: &str) -> String {
        match kind {
            Type::Primitive(primitive) if name == "errorCode" && primitive == "int16" => {
                "ErrorCode(r.i16()?)".to_owned()
            }
            Type::Primitive(primitive) => format!("r.{}()?", method(primitive)),
            Type::String => format!("r.string_as({form})?"),
            Type::Bytes => format!("Cow::Borrowed(r.bytes_as({form})?)"),
            Type::Records => format!("Records::View(r.bytes_as({form})?)"),
            Type::Struct(name) => format!("{name}::decode(r, version)?"),
            Type::Array(item) => match &**item {
                Type::String => format!("r.strings({form})?"),
                Type::Struct(name) => format!("r.array({form}, version, {name}::decode)?"),
                Type::Primitive(primitive) => {
                    format!("r.array_of({form}, Reader::{})?", method(primitive))
                }
                Type::Bytes | Type::Records | Type::Array(_) => unreachable_kind(),
            },
        }
    }
}
