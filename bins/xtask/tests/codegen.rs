//! The committed code is what the schemas say, and the schemas say what the reference says.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use serde_json::Value;
use xtask::{
    codegen, matrix,
    schema::{self, Field, Message, Type, Versions},
};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn generated_code_is_fresh() {
    let files = codegen::generate(root()).unwrap();
    let directory = root().join("crates/protocol/src/generated");
    for (name, text) in &files {
        let committed = fs::read_to_string(directory.join(name)).unwrap_or_default();
        assert!(
            committed == *text,
            "{name} is stale: run `cargo xtask codegen`"
        );
    }
    assert_eq!(
        fs::read_dir(directory).unwrap().count(),
        files.len(),
        "a file too many"
    );
}

#[test]
fn the_table_of_apis_is_fresh() {
    let committed = fs::read_to_string(matrix::path(root())).unwrap_or_default();
    assert!(
        committed == matrix::generate(root()).unwrap(),
        "docs/protocol-matrix.md is stale: run `cargo xtask codegen`"
    );
}

/// Folders of the reference and of ours.
const FAMILIES: [(&str, &str); 8] = [
    ("api", "api"),
    ("metadata-records", "metadata"),
    ("group-records", "group"),
    ("transaction-records", "transaction"),
    ("share-records", "share"),
    ("raft", "raft"),
    ("storage", "storage"),
    ("streams", "streams"),
];

#[test]
fn schemas_agree_with_the_reference_field_by_field() {
    #[expect(
        clippy::disallowed_methods,
        reason = "tells a test where the reference lies"
    )]
    let Ok(reference) = std::env::var("OTTLA_REFERENCE") else {
        println!("skipped: OTTLA_REFERENCE does not name a folder with reference/schemas");
        return;
    };
    let mut compared = 0;
    for (theirs, ours) in FAMILIES {
        let folder = Path::new(&reference).join("reference/schemas").join(theirs);
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let expected: Value =
                serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let name = expected["name"].as_str().unwrap();
            let own = root().join(format!("crates/protocol/schema/{ours}/{name}.schema"));
            let message = schema::parse(&fs::read_to_string(own).unwrap()).unwrap();
            compare(&message, &expected);
            compared += 1;
        }
    }
    assert!(compared > 200, "only {compared} schemas compared");
}

fn compare(message: &Message, expected: &Value) {
    let name = &message.name;
    assert_eq!(expected["name"], name.as_str());
    assert_eq!(expected["type"], message.kind.as_str(), "{name}");
    assert_eq!(
        expected["apiKey"].as_i64(),
        message.key.map(i64::from),
        "{name}"
    );
    assert_eq!(
        versions(&expected["validVersions"]),
        message.versions,
        "{name}"
    );
    assert_eq!(
        versions(&expected["flexibleVersions"]),
        message.flexible,
        "{name}"
    );
    let unstable = expected["latestVersionUnstable"].as_bool().unwrap_or(false);
    assert_eq!(unstable, message.unstable, "{name}");
    compare_fields(message, name, &expected["fields"]);
    for shared in expected["commonStructs"].as_array().into_iter().flatten() {
        compare_fields(message, shared["name"].as_str().unwrap(), &shared["fields"]);
    }
}

fn compare_fields(message: &Message, structure: &str, expected: &Value) {
    let own = message
        .structs
        .iter()
        .find(|item| item.name == structure)
        .unwrap();
    let expected = expected.as_array().unwrap();
    assert_eq!(
        own.fields.len(),
        expected.len(),
        "{} {structure}",
        message.name
    );
    for (field, expected) in own.fields.iter().zip(expected) {
        compare_field(message, field, expected);
        if let (Some(kind), true) = (
            schema::struct_name(&field.kind),
            expected["fields"].is_array(),
        ) {
            compare_fields(message, kind, &expected["fields"]);
        }
    }
}

fn compare_field(message: &Message, field: &Field, expected: &Value) {
    let at = format!("{}.{}", message.name, field.name);
    let mut name = expected["name"].as_str().unwrap().to_owned();
    name[..1].make_ascii_lowercase();
    assert_eq!(name, field.name, "{at}");
    assert_eq!(expected["type"], type_name(&field.kind), "{at}");
    assert_eq!(
        versions(&expected["nullableVersions"]),
        field.nullable,
        "{at}"
    );
    assert_eq!(is_set(&expected["ignorable"]), field.ignorable, "{at}");
    assert_eq!(
        expected["tag"].as_u64(),
        field.tag.map(|(tag, _)| tag.into()),
        "{at}"
    );
    let tagged = field.tag.map_or(Versions::NONE, |(_, versions)| versions);
    assert_eq!(versions(&expected["taggedVersions"]), tagged, "{at}");
    let default = match &expected["default"] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let lower = |text: &Option<String>| text.as_ref().map(|text| text.to_lowercase());
    assert_eq!(lower(&default), lower(&field.default), "{at}");
    if expected["versions"].is_string() {
        assert_eq!(versions(&expected["versions"]), field.versions, "{at}");
    }
}

/// Whether a flag is set; the reference writes one of them as text.
fn is_set(flag: &Value) -> bool {
    flag.as_bool().unwrap_or_else(|| flag == "true")
}

fn type_name(kind: &Type) -> String {
    match kind {
        Type::Primitive(name) | Type::Struct(name) => name.clone(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Records => "records".to_owned(),
        Type::Array(item) => format!("[]{}", type_name(item)),
    }
}

fn versions(text: &Value) -> Versions {
    text.as_str()
        .map_or(Versions::NONE, |text| Versions::parse(text).unwrap())
}
