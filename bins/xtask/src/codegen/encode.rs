//! The `encode` of a struct: fields in order, then tagged fields that differ from their defaults.

use super::{Gen, condition, default_of, ident, method, unreachable_kind};
use crate::schema::{Field, Struct, Type, Versions};

impl Gen<'_> {
    pub(super) fn encode(&mut self, item: &Struct, flexible: bool) {
        self.out.push_str(
            "    /// Writes the fields of `version`.\n    ///\n    /// # Errors\n    /// When a field is set that the version cannot express.\n    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {\n",
        );
        self.form_line();
        let all = self.message.versions;
        for field in &item.fields {
            let tagged = field.tag.is_some();
            let have = field
                .tag
                .map_or(field.versions, |(_, versions)| versions)
                .and(all);
            let absent = (!field.ignorable).then(|| {
                format!(
                    "if {} {{\n            return Err(not_in_version(\"{}\", version));\n        }}",
                    self.differs(field),
                    field.name
                )
            });
            let write = if tagged {
                String::new()
            } else {
                self.write_statement(field, have)
            };
            match (condition(have, all), absent) {
                _ if have.is_empty() => {}
                (None, _) => {
                    emitln!(self.out, "        {write}");
                }
                (Some(when), None) if !tagged => {
                    emitln!(self.out, "        if {when} {{ {write} }}");
                }
                (Some(when), Some(absent)) => {
                    emitln!(self.out, "        if {when} {{ {write} }} else {absent}");
                }
                (Some(_), None) => {}
            }
        }
        if flexible {
            self.encode_tags(item);
        }
        self.out.push_str("        Ok(())\n    }\n\n");
    }

    fn differs(&self, field: &Field) -> String {
        let name = ident(field);
        let default = default_of(field);
        match (&field.kind, field.nullable.is_empty()) {
            (_, false) if default == "None" => format!("self.{name}.is_some()"),
            (Type::Array(_) | Type::String | Type::Bytes, true) if default != "None" => {
                if field
                    .default
                    .as_deref()
                    .is_some_and(|text| !text.is_empty())
                {
                    format!("self.{name} != {default}")
                } else {
                    format!("!self.{name}.is_empty()")
                }
            }
            (Type::Array(_) | Type::String, false) => {
                format!("self.{name}.as_ref().is_none_or(|value| !value.is_empty())")
            }
            (Type::Primitive(primitive), _) if primitive == "bool" => {
                if default == "true" {
                    format!("!self.{name}")
                } else {
                    format!("self.{name}")
                }
            }
            (Type::Struct(kind), true) => format!("self.{name} != {kind}::default()"),
            _ => format!("self.{name} != {default}"),
        }
    }

    fn encode_tags(&mut self, item: &Struct) {
        let all = self.message.versions;
        let mut tagged: Vec<_> = item
            .fields
            .iter()
            .filter_map(|field| Some((field.tag?, field)))
            .collect();
        tagged.sort_by_key(|((tag, _), _)| *tag);
        self.out.push_str("        if form == Form::Compact {\n");
        if tagged.is_empty() {
            self.out
                .push_str("            self.unknown_tags.encode(w);\n        }\n");
            return;
        }
        for ((tag, versions), field) in &tagged {
            let have = versions.and(field.versions).and(all);
            let mut when = self.differs(field);
            if let Some(versions) = condition(have, all.and(self.message.flexible)) {
                when = format!(
                    "{versions} && {}",
                    if when.contains(" != ") || when.starts_with('!') || !when.contains("||") {
                        when.clone()
                    } else {
                        format!("({when})")
                    }
                );
            }
            emitln!(self.out, "            let has_{tag} = {when};");
        }
        let sum: Vec<String> = tagged
            .iter()
            .map(|((tag, _), _)| format!("usize::from(has_{tag})"))
            .collect();
        emitln!(
            self.out,
            "            tag_count(w, self.unknown_tags.count() + {})?;",
            sum.join(" + ")
        );
        let mut from = 0;
        for ((tag, versions), field) in &tagged {
            let have = versions.and(field.versions).and(all);
            if from < *tag {
                emitln!(
                    self.out,
                    "            self.unknown_tags.encode_between(w, {from}, {tag});"
                );
            }
            let write = self.write_statement(field, have);
            emitln!(
                self.out,
                "            if has_{tag} {{\n                w.uvarint({tag});\n                let mark = w.begin_sized();\n                {write}\n                w.end_sized(mark);\n            }}"
            );
            from = tag + 1;
        }
        emitln!(
            self.out,
            "            self.unknown_tags.encode_between(w, {from}, u32::MAX);\n        }}"
        );
    }

    fn write_statement(&self, field: &Field, have: Versions) -> String {
        let form = if field.flexible.is_some() {
            "Form::Classic"
        } else {
            "form"
        };
        let name = ident(field);
        if field.nullable.is_empty() {
            return self.write_plain(
                &field.kind,
                &field.name,
                &format!("self.{name}"),
                form,
                true,
            );
        }
        let some = self.write_plain(&field.kind, "", "value", form, false);
        let null = match &field.kind {
            Type::String => format!("w.nullable_string_as({form}, None)?;"),
            Type::Bytes | Type::Records => format!("w.nullable_bytes_as({form}, None)?;"),
            Type::Struct(_) if field.tag.is_some() => "w.uvarint(0);".to_owned(),
            Type::Struct(_) => "w.i8(-1);".to_owned(),
            Type::Array(_) | Type::Primitive(_) => format!("w.null_array_as({form});"),
        };
        let marker = match (&field.kind, field.tag.is_some()) {
            (Type::Struct(_), true) => "w.uvarint(1); ",
            (Type::Struct(_), false) => "w.i8(1); ",
            _ => "",
        };
        let nullable = field.nullable.and(have);
        let refuse = format!("return Err(null_in_version(\"{}\", version));", field.name);
        let none = match condition(nullable, have) {
            None => null,
            Some(_) if nullable.is_empty() => refuse,
            Some(when) => format!("if {when} {{ {null} }} else {{ {refuse} }}"),
        };
        format!("match &self.{name} {{ Some(value) => {{ {marker}{some} }} None => {{ {none} }} }}")
    }

    fn write_plain(&self, kind: &Type, name: &str, place: &str, form: &str, owned: bool) -> String {
        let by_ref = if owned {
            format!("&{place}")
        } else {
            place.to_owned()
        };
        match kind {
            Type::Primitive(primitive) if name == "errorCode" && primitive == "int16" => {
                format!("w.i16({place}.0);")
            }
            Type::Primitive(primitive) => {
                let deref = if owned {
                    place.to_owned()
                } else {
                    format!("*{place}")
                };
                format!("w.{}({deref});", method(primitive))
            }
            Type::String => format!("w.string_as({form}, {by_ref})?;"),
            Type::Bytes => format!("w.bytes_as({form}, {by_ref})?;"),
            Type::Records => format!("{place}.encode(w, {form})?;"),
            Type::Struct(_) => format!("{place}.encode(w, version)?;"),
            Type::Array(item) => match &**item {
                Type::String => format!("w.strings({form}, {by_ref})?;"),
                Type::Struct(name) => {
                    format!("w.array({form}, {by_ref}, version, {name}::encode)?;")
                }
                Type::Primitive(primitive) => {
                    format!(
                        "w.array_of({form}, {by_ref}, Writer::{})?;",
                        method(primitive)
                    )
                }
                Type::Bytes | Type::Records | Type::Array(_) => unreachable_kind(),
            },
        }
    }
}
