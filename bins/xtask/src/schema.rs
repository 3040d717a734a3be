//! The schema files of `ottla-protocol`: one message or record each, in a compact text form.
//!
//! ```text
//! /// One line on the message.
//! request ProduceRequest 0 versions 3-13 flexible 9+ listeners broker
//!
//! acks: int16 0+ // how many replicas must have it
//! topicData: []TopicProduceData 0+
//!   name: string 0-12 ignorable key entity topicName
//!
//! struct Shared 0+
//!   field: int32 0+
//! ```
//!
//! A field is `name: type versions` and then any of `null V`, `tag N V`, `default D`, `ignorable`,
//! `key`, `flexible V`, `entity E`, at last ` // ` and a note for its docs. Deeper lines are the fields of the struct above them. Versions
//! are `3`, `3-5`, `3+` or `none`.

/// A range of versions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// First version.
    pub first: i16,
    /// Last version, `i16::MAX` when open.
    pub last: i16,
}

impl Versions {
    /// No version at all.
    pub const NONE: Self = Self { first: 1, last: 0 };

    /// Whether there is no version in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.first > self.last
    }

    /// The versions in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }

    /// Whether all of `other` is in it.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        other.is_empty() || (self.first <= other.first && self.last >= other.last)
    }

    /// Reads `3`, `3-5`, `3+` or `none`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "none" {
            return Some(Self::NONE);
        }
        if let Some(first) = text.strip_suffix('+') {
            return Some(Self {
                first: first.parse().ok()?,
                last: i16::MAX,
            });
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        Some(Self {
            first: first.parse().ok()?,
            last: last.parse().ok()?,
        })
    }
}

/// Type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A primitive, by its schema name.
    Primitive(String),
    /// Text.
    String,
    /// Bytes.
    Bytes,
    /// A record set.
    Records,
    /// A struct of the same message.
    Struct(String),
    /// An array of the above.
    Array(Box<Self>),
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// What its name does not say, or nothing.
    pub doc: String,
    /// Name as in the schema, lower camel case.
    pub name: String,
    /// Type.
    pub kind: Type,
    /// Versions that have it.
    pub versions: Versions,
    /// Versions in which it may be null.
    pub nullable: Versions,
    /// Tag, and the versions in which the field is tagged.
    pub tag: Option<(u32, Versions)>,
    /// Default in schema form.
    pub default: Option<String>,
    /// Whether a version that lacks the field may drop its value.
    pub ignorable: bool,
    /// Versions in which the field is in compact form, where that differs from the message's.
    pub flexible: Option<Versions>,
}

/// A struct of a message.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Name.
    pub name: String,
    /// Fields in order.
    pub fields: Vec<Field>,
}

/// One message or record.
#[derive(Clone, Debug)]
pub struct Message {
    /// The one line on it.
    pub doc: String,
    /// `request`, `response`, `header`, `metadata`, `coordinator-key`, `coordinator-value`, `data`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// API key or record type.
    pub key: Option<i16>,
    /// Versions it has.
    pub versions: Versions,
    /// Versions in compact form with tagged fields.
    pub flexible: Versions,
    /// Who listens for it.
    pub listeners: Vec<String>,
    /// Whether the highest version is not yet released by the reference.
    pub unstable: bool,
    /// The message itself first, then its structs in order of appearance.
    pub structs: Vec<Struct>,
}

/// A line that is no schema.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {text}")]
pub struct SchemaError {
    /// Line number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Reads one schema file.
///
/// # Errors
/// The first line that does not fit the form above.
pub fn parse(text: &str) -> Result<Message, SchemaError> {
    let mut doc = String::new();
    let mut message: Option<Message> = None;
    // Indices into `structs` of the structs that are open, by depth.
    let mut open: Vec<usize> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let error = || SchemaError {
            line: index + 1,
            text: line.to_owned(),
        };
        if line.trim().is_empty() {
            continue;
        }
        if let Some(comment) = line.strip_prefix("/// ") {
            comment.clone_into(&mut doc);
            continue;
        }
        let Some(message) = message.as_mut() else {
            message = Some(header(line, &doc).ok_or_else(error)?);
            open = vec![0];
            continue;
        };
        if let Some(shared) = line.strip_prefix("struct ") {
            let name = shared.split(' ').next().ok_or_else(error)?;
            message.structs.push(Struct {
                name: name.to_owned(),
                fields: Vec::new(),
            });
            open = vec![0, message.structs.len() - 1];
            continue;
        }
        let depth = (line.len() - line.trim_start().len()) / 2;
        open.truncate(depth + 1);
        let parent = *open
            .last()
            .filter(|_| open.len() == depth + 1)
            .ok_or_else(error)?;
        let field = field(line.trim()).ok_or_else(error)?;
        if let Some(name) = struct_name(&field.kind)
            && !is_shared(text, name)
        {
            message.structs.push(Struct {
                name: name.to_owned(),
                fields: Vec::new(),
            });
            open.push(message.structs.len() - 1);
        }
        message.structs[parent].fields.push(field);
    }
    message.ok_or_else(|| SchemaError {
        line: 1,
        text: "no message".to_owned(),
    })
}

fn is_shared(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        line.strip_prefix("struct ")
            .is_some_and(|rest| rest.split(' ').next() == Some(name))
    })
}

/// Name of the struct a type is or holds.
#[must_use]
pub fn struct_name(kind: &Type) -> Option<&str> {
    match kind {
        Type::Struct(name) => Some(name),
        Type::Array(item) => struct_name(item),
        Type::Primitive(_) | Type::String | Type::Bytes | Type::Records => None,
    }
}

fn header(line: &str, doc: &str) -> Option<Message> {
    let mut words = line.split(' ').peekable();
    let kind = words.next()?.to_owned();
    let name = words.next()?.to_owned();
    let key = words.peek().and_then(|word| word.parse().ok());
    if key.is_some() {
        words.next();
    }
    let mut message = Message {
        doc: doc.to_owned(),
        kind,
        name: name.clone(),
        key,
        versions: Versions::NONE,
        flexible: Versions::NONE,
        listeners: Vec::new(),
        unstable: false,
        structs: vec![Struct {
            name,
            fields: Vec::new(),
        }],
    };
    while let Some(word) = words.next() {
        match word {
            "versions" => message.versions = Versions::parse(words.next()?)?,
            "flexible" => message.flexible = Versions::parse(words.next()?)?,
            "listeners" => {
                message.listeners = words.next()?.split(',').map(ToOwned::to_owned).collect();
            }
            "unstable" => message.unstable = true,
            _ => return None,
        }
    }
    Some(message)
}

fn field(line: &str) -> Option<Field> {
    let (line, doc) = line.split_once(" // ").unwrap_or((line, ""));
    let (name, rest) = line.split_once(": ")?;
    let mut words = rest.split(' ');
    let mut field = Field {
        doc: doc.to_owned(),
        name: name.to_owned(),
        kind: kind(words.next()?),
        versions: Versions::parse(words.next()?)?,
        nullable: Versions::NONE,
        tag: None,
        default: None,
        ignorable: false,
        flexible: None,
    };
    while let Some(word) = words.next() {
        match word {
            "null" => field.nullable = Versions::parse(words.next()?)?,
            "tag" => {
                field.tag = Some((words.next()?.parse().ok()?, Versions::parse(words.next()?)?));
            }
            "default" => field.default = Some(words.next()?.trim_matches('"').to_owned()),
            "ignorable" => field.ignorable = true,
            "key" => {}
            "flexible" => field.flexible = Some(Versions::parse(words.next()?)?),
            "entity" => drop(words.next()?),
            _ => return None,
        }
    }
    Some(field)
}

fn kind(text: &str) -> Type {
    match text {
        "string" => Type::String,
        "bytes" => Type::Bytes,
        "records" => Type::Records,
        _ => match text.strip_prefix("[]") {
            Some(item) => Type::Array(Box::new(kind(item))),
            None if text.starts_with(char::is_uppercase) => Type::Struct(text.to_owned()),
            None => Type::Primitive(text.to_owned()),
        },
    }
}
