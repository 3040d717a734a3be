//! Writes `crates/protocol/src/generated` from the schema files.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    matrix,
    schema::{self, Field, Message, SchemaError, Struct, Type, Versions},
};

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum CodegenError {
    /// A file could not be read or written.
    #[error("{}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A schema file is no schema.
    #[error("{}: {source}", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// Where.
        source: SchemaError,
    },
}

/// Appends formatted text to a `String`.
macro_rules! emit {
    ($out:expr, $($arg:tt)*) => {
        $out.push_str(&format!($($arg)*))
    };
}

/// Appends formatted text and a line end.
macro_rules! emitln {
    ($out:expr, $($arg:tt)*) => {{
        emit!($out, $($arg)*);
        $out.push('\n');
    }};
}

mod decode;
mod encode;
mod json;

const HEAD: &str =
    "// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.\n";

/// Generates all files and the table of APIs, and writes them; gives their number.
///
/// # Errors
/// When a schema cannot be read or a file not written.
pub fn write(root: &Path) -> Result<usize, CodegenError> {
    let files = generate(root)?;
    let directory = root.join("crates/protocol/src/generated");
    fs::create_dir_all(&directory).map_err(|source| CodegenError::Io {
        path: directory.clone(),
        source,
    })?;
    for (name, text) in &files {
        let path = directory.join(name);
        fs::write(&path, text).map_err(|source| CodegenError::Io {
            path: path.clone(),
            source,
        })?;
    }
    let path = matrix::path(root);
    let table = matrix::generate(root)?;
    fs::write(&path, table).map_err(|source| CodegenError::Io { path, source })?;
    Ok(files.len() + 1)
}

/// Generates all files: name to text.
///
/// # Errors
/// When a schema cannot be read.
pub fn generate(root: &Path) -> Result<BTreeMap<String, String>, CodegenError> {
    let families = read_schemas(&root.join("crates/protocol/schema"))?;
    let mut files = BTreeMap::new();
    files.insert("families.rs".to_owned(), record_families(&families));
    let mut messages: Vec<Message> = families.into_values().flatten().collect();
    messages.sort_by(|a, b| a.name.cmp(&b.name));
    let mut index = String::from(HEAD);
    index.push_str("\npub(crate) mod api_keys;\npub(crate) mod families;\n#[cfg(feature = \"json\")]\nmod json;\n");
    for message in &messages {
        emitln!(index, "pub mod {};", snake(&message.name));
    }
    index.push('\n');
    for message in &messages {
        emitln!(index, "pub use {}::{};", snake(&message.name), message.name);
    }
    index.push_str("\n/// Applies a macro to the names of all messages.\nmacro_rules! each_message {\n    ($apply:ident) => {\n        $apply! {\n");
    for message in &messages {
        emitln!(index, "            {}", message.name);
    }
    index.push_str("        }\n    };\n}\npub(crate) use each_message;\n");
    files.insert("mod.rs".to_owned(), index);
    files.insert("api_keys.rs".to_owned(), api_keys(&messages));
    files.insert("json.rs".to_owned(), json::json(&messages));
    for message in &messages {
        files.insert(format!("{}.rs", snake(&message.name)), module(message));
    }
    Ok(files)
}

/// The messages by family, which is the folder they stand in.
pub(crate) fn read_schemas(
    directory: &Path,
) -> Result<BTreeMap<String, Vec<Message>>, CodegenError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| CodegenError::Io { path, source }
    };
    let mut paths = Vec::new();
    for family in fs::read_dir(directory).map_err(io(directory))? {
        let family = family.map_err(io(directory))?.path();
        for file in fs::read_dir(&family).map_err(io(&family))? {
            paths.push(file.map_err(io(&family))?.path());
        }
    }
    paths.sort();
    let mut families: BTreeMap<String, Vec<Message>> = BTreeMap::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(io(&path))?;
        let message = schema::parse(&text).map_err(|source| CodegenError::Schema {
            path: path.clone(),
            source,
        })?;
        if !message.versions.is_empty() {
            let family = path.parent().and_then(Path::file_name).unwrap_or_default();
            families
                .entry(family.to_string_lossy().into_owned())
                .or_default()
                .push(message);
        }
    }
    Ok(families)
}

/// The families of persisted records: a module each with its messages, and a macro that applies
/// another to their names.
fn record_families(families: &BTreeMap<String, Vec<Message>>) -> String {
    let mut out = String::from(HEAD);
    for family in ["group", "metadata", "share", "transaction"] {
        let messages = families.get(family).map_or(&[][..], Vec::as_slice);
        emitln!(out, "\npub mod {family} {{");
        for message in messages {
            let (name, module) = (&message.name, snake(&message.name));
            emitln!(
                out,
                "    pub use crate::generated::{module}::{{self, {name}}};"
            );
        }
        emitln!(out, "}}\n\nmacro_rules! {family}_records {{");
        emitln!(
            out,
            "    ($apply:ident $($key:ident $value:ident $what:literal)?) => {{\n        $apply! {{\n            $($key $value $what:)?"
        );
        for message in messages {
            let name = &message.name;
            match message.kind.as_str() {
                "coordinator-key" => {
                    let stem = name.strip_suffix("Key").unwrap_or(name);
                    emitln!(out, "            {stem} {stem}Key {stem}Value");
                }
                "coordinator-value" => {}
                _ => emitln!(out, "            {name}"),
            }
        }
        emitln!(
            out,
            "        }}\n    }};\n}}\npub(crate) use {family}_records;"
        );
    }
    out
}

fn api_keys(messages: &[Message]) -> String {
    let mut rows: Vec<(i16, String)> = messages
        .iter()
        .filter(|message| message.kind == "request")
        .filter_map(|message| {
            let name = message.name.strip_suffix("Request")?;
            let flexible = if message.flexible.is_empty() {
                i16::MAX
            } else {
                message.flexible.first
            };
            let row = format!(
                "    {} = {}, \"{name}\", {}..={}, {flexible};\n",
                snake(name).to_uppercase(),
                message.key?,
                message.versions.first,
                message.versions.last,
            );
            Some((message.key?, row))
        })
        .collect();
    rows.sort();
    let rows: String = rows.into_iter().map(|(_, row)| row).collect();
    format!("{HEAD}\ncrate::api_key::api_keys! {{\n{rows}}}\n")
}

struct Gen<'m> {
    message: &'m Message,
    out: String,
}

fn module(message: &Message) -> String {
    let mut generator = Gen {
        message,
        out: String::from(HEAD),
    };
    generator
        .out
        .push_str("\n#[allow(unused_imports, reason = \"one list for all messages\")]\n");
    generator.out.push_str("use super::super::prelude::*;\n");
    for (index, item) in message.structs.iter().enumerate() {
        generator.structure(item, index == 0);
    }
    generator.out
}

impl Gen<'_> {
    fn structure(&mut self, item: &Struct, root: bool) {
        let lt = self.lifetime(item);
        let name = &item.name;
        let doc = if root {
            self.message.doc.clone()
        } else {
            format!("Part of [`{}`].", self.message.name)
        };
        let flexible = self.has_flexible();
        emit!(
            self.out,
            "\n/// {doc}\n#[derive(Clone, Debug, PartialEq)]\n"
        );
        emitln!(
            self.out,
            "pub struct {name}{} {{",
            if lt { "<'a>" } else { "" }
        );
        for field in &item.fields {
            if !field.doc.is_empty() {
                emitln!(self.out, "    /// {}.", upper_first(&field.doc));
            }
            emitln!(
                self.out,
                "    pub {}: {},",
                ident(field),
                self.rust_type(field)
            );
        }
        if flexible {
            self.out
                .push_str("    pub unknown_tags: UnknownTags<'a>,\n");
        }
        self.out.push_str("}\n");
        self.default_impl(item, lt, flexible);
        let (generics, owned) = if lt { ("<'a>", "<'static>") } else { ("", "") };
        emitln!(self.out, "\nimpl{generics} {name}{generics} {{");
        if root {
            self.constants();
        }
        self.decode(item, lt, flexible);
        self.encode(item, flexible);
        self.owned_copy(item, owned, flexible);
        self.out.push_str("}\n");
        if root && matches!(self.message.kind.as_str(), "request" | "response") {
            let trait_name = if self.message.kind == "request" {
                "Request"
            } else {
                "Response"
            };
            emitln!(
                self.out,
                "\nimpl {trait_name} for {name}{} {{\n    const API_KEY: ApiKey = {name}::API_KEY;\n\n    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {{\n        {name}::encode(self, w, version)\n    }}\n}}",
                if lt { "<'_>" } else { "" },
            );
        }
    }

    fn constants(&mut self) {
        let message = self.message;
        let flexible = if message.flexible.is_empty() {
            i16::MAX
        } else {
            message.flexible.first
        };
        if let Some(key) = message.key {
            if matches!(message.kind.as_str(), "request" | "response") {
                emitln!(
                    self.out,
                    "    /// The API this belongs to.\n    pub const API_KEY: ApiKey = ApiKey({key});"
                );
            } else {
                emitln!(
                    self.out,
                    "    /// Record type, as stored in front of the record.\n    pub const TYPE: i16 = {key};"
                );
            }
        }
        emitln!(
            self.out,
            "    /// First version.\n    pub const MIN_VERSION: i16 = {};\n    /// Last version.\n    pub const MAX_VERSION: i16 = {};\n    /// First version in compact form.\n    pub const FLEXIBLE_FROM: i16 = {flexible};\n",
            message.versions.first,
            message.versions.last,
        );
    }

    fn has_flexible(&self) -> bool {
        !self.message.flexible.and(self.message.versions).is_empty()
    }

    fn lifetime(&self, item: &Struct) -> bool {
        self.has_flexible() || item.fields.iter().any(|field| self.borrows(&field.kind))
    }

    fn borrows(&self, kind: &Type) -> bool {
        match kind {
            Type::Primitive(_) => false,
            Type::String | Type::Bytes | Type::Records => true,
            Type::Array(item) => self.borrows(item),
            Type::Struct(name) => self
                .message
                .structs
                .iter()
                .find(|item| item.name == *name)
                .is_some_and(|item| self.lifetime(item)),
        }
    }

    fn rust_type(&self, field: &Field) -> String {
        let inner = self.plain_type(&field.kind, &field.name);
        if field.nullable.is_empty() {
            inner
        } else {
            format!("Option<{inner}>")
        }
    }

    fn plain_type(&self, kind: &Type, name: &str) -> String {
        match kind {
            Type::Primitive(primitive) if name == "errorCode" && primitive == "int16" => {
                "ErrorCode".to_owned()
            }
            Type::Primitive(primitive) => rust_primitive(primitive).to_owned(),
            Type::String => "Cow<'a, str>".to_owned(),
            Type::Bytes => "Cow<'a, [u8]>".to_owned(),
            Type::Records => "Records<'a>".to_owned(),
            Type::Struct(name) => {
                format!("{name}{}", if self.borrows(kind) { "<'a>" } else { "" })
            }
            Type::Array(item) => format!("Vec<{}>", self.plain_type(item, "")),
        }
    }

    fn default_impl(&mut self, item: &Struct, lt: bool, flexible: bool) {
        emitln!(
            self.out,
            "\nimpl Default for {}{} {{\n    fn default() -> Self {{\n        Self {{",
            item.name,
            if lt { "<'_>" } else { "" }
        );
        for field in &item.fields {
            emitln!(
                self.out,
                "            {}: {},",
                ident(field),
                default_of(field)
            );
        }
        if flexible {
            self.out
                .push_str("            unknown_tags: UnknownTags::default(),\n");
        }
        self.out.push_str("        }\n    }\n}\n");
    }

    fn form_line(&mut self) {
        emitln!(
            self.out,
            "        let form = Form::of(version >= {});",
            if self.message.flexible.is_empty() {
                i16::MAX
            } else {
                self.message.flexible.first
            }
        );
    }

    fn owned_copy(&mut self, item: &Struct, owned: &str, flexible: bool) {
        emitln!(
            self.out,
            "    /// The same value, without a borrow.\n    #[must_use]\n    pub fn into_owned(self) -> {}{owned} {{\n        {} {{",
            item.name,
            item.name
        );
        for field in &item.fields {
            let name = ident(field);
            let convert = self.owned_expression(field, &format!("self.{name}"));
            emitln!(self.out, "            {name}: {convert},");
        }
        if flexible {
            self.out
                .push_str("            unknown_tags: self.unknown_tags.into_owned(),\n");
        }
        self.out.push_str("        }\n    }\n");
    }

    fn owned_expression(&self, field: &Field, place: &str) -> String {
        if !self.borrows(&field.kind) {
            return place.to_owned();
        }
        let nullable = !field.nullable.is_empty();
        let inner = |place: &str| match &field.kind {
            Type::String | Type::Bytes => format!("Cow::Owned({place}.into_owned())"),
            Type::Array(item) => match &**item {
                Type::String => format!(
                    "{place}.into_iter().map(|item| Cow::Owned(item.into_owned())).collect()"
                ),
                Type::Struct(name) => {
                    format!("{place}.into_iter().map({name}::into_owned).collect()")
                }
                Type::Bytes | Type::Records | Type::Array(_) | Type::Primitive(_) => {
                    unreachable_kind()
                }
            },
            Type::Records | Type::Struct(_) | Type::Primitive(_) => {
                format!("{place}.into_owned()")
            }
        };
        if nullable {
            format!("{place}.map(|value| {})", inner("value"))
        } else {
            inner(place)
        }
    }
}

/// The schemas hold no such type; a new one that does must be given a form first.
fn unreachable_kind() -> String {
    "compile_error!(\"no form for this type\")".to_owned()
}

/// The test that `have` holds, given that `all` does; `None` when it always does.
fn condition(have: Versions, all: Versions) -> Option<String> {
    if have.covers(all) {
        return None;
    }
    if have.is_empty() {
        return Some("false".to_owned());
    }
    Some(match (have.first <= all.first, have.last >= all.last) {
        (true, _) => format!("version <= {}", have.last),
        (false, true) => format!("version >= {}", have.first),
        (false, false) if have.first == have.last => format!("version == {}", have.first),
        (false, false) => format!("({}..={}).contains(&version)", have.first, have.last),
    })
}

fn default_of(field: &Field) -> String {
    let default = field.default.as_deref();
    if default == Some("null") {
        return "None".to_owned();
    }
    let plain = match &field.kind {
        Type::Primitive(primitive) if field.name == "errorCode" && primitive == "int16" => {
            "ErrorCode::NONE".to_owned()
        }
        Type::Primitive(primitive) => match primitive.as_str() {
            "bool" => default.unwrap_or("false").to_owned(),
            "uuid" => "Uuid::ZERO".to_owned(),
            "float64" => "0.0".to_owned(),
            _ => number(default.unwrap_or("0")),
        },
        Type::String => format!("Cow::Borrowed(\"{}\")", default.unwrap_or("")),
        Type::Bytes => "Cow::Borrowed(&[])".to_owned(),
        Type::Records => "Records::View(&[])".to_owned(),
        Type::Struct(name) => format!("{name}::default()"),
        Type::Array(_) => "Vec::new()".to_owned(),
    };
    if field.nullable.is_empty() {
        plain
    } else {
        format!("Some({plain})")
    }
}

fn number(text: &str) -> String {
    let value = match text.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16).unwrap_or(0),
        None => text.parse().unwrap_or(0),
    };
    value.to_string()
}

fn rust_primitive(primitive: &str) -> &'static str {
    match primitive {
        "uuid" => "Uuid",
        other => method(other),
    }
}

fn method(primitive: &str) -> &'static str {
    match primitive {
        "bool" => "bool",
        "int8" => "i8",
        "int16" => "i16",
        "int32" => "i32",
        "int64" => "i64",
        "uint16" => "u16",
        "uint32" => "u32",
        "float64" => "f64",
        _ => "uuid",
    }
}

fn ident(field: &Field) -> String {
    match snake(&field.name).as_str() {
        "type" => "type_".to_owned(),
        "match" => "match_".to_owned(),
        name => name.to_owned(),
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Snake case of a camel-case name; runs of capitals stay together.
fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|at| chars.get(at));
        let lower_after = chars.get(index + 1).is_some_and(|next| next.is_lowercase());
        let boundary = char.is_uppercase()
            && before.is_some_and(|before| !before.is_uppercase() || lower_after);
        if boundary {
            out.push('_');
        }
        out.extend(char.to_lowercase());
    }
    out
}
