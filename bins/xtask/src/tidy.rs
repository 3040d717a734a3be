//! `cargo xtask tidy`: what no compiler checks.
//!
//! Responsible for the dependency table, the freshness of generated files, words that stand for
//! unfinished work, and files that grew too large. Reports every finding, not just the first.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs, io,
    path::{Path, PathBuf},
};

use crate::codegen::{self, CodegenError};

/// A file of more lines than this has to be split.
const LINES_MAX: usize = 800;

/// Signs of unfinished work. Written in two pieces, so that this file is not found.
const BANNED: [(&str, &str); 8] = [
    ("to", "do!("),
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X:"),
    ("unimple", "mented!("),
    ("#[ign", "ore]"),
    ("<<<<", "<<<"),
    (">>>>", ">>>"),
];

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where, relative to the root.
    pub place: String,
    /// What.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Why the checks could not be made, or that something was found.
#[derive(Debug, thiserror::Error)]
pub enum TidyError {
    /// A file could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The schemas cannot be read.
    #[error(transparent)]
    Codegen(#[from] CodegenError),
    /// Findings, one a line.
    #[error("{} findings\n{}", .0.len(), lines(.0))]
    Findings(Vec<Finding>),
}

fn lines(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    lines.join("\n")
}

/// Makes all checks.
///
/// # Errors
/// [`TidyError::Findings`] when something is to be put right.
pub fn run(root: &Path) -> Result<(), TidyError> {
    let mut findings = check_edges(&read(&root.join("docs/edges.txt"))?, &manifests(root)?);
    for (name, text) in codegen::generate(root)? {
        let path = root.join("crates/protocol/src/generated").join(&name);
        if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            let what = "is not what the schemas say; run `cargo xtask codegen`".to_owned();
            findings.push(Finding { place: name, what });
        }
    }
    let mut files = Vec::new();
    for top in [
        "crates", "bins", "benches", "interop", "docs", "fuzz", ".ci",
    ] {
        collect(&root.join(top), &mut files)?;
    }
    for path in files {
        let place = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .display()
            .to_string();
        findings.extend(check_text(&place, &read(&path)?));
    }
    findings.sort();
    if findings.is_empty() {
        Ok(())
    } else {
        Err(TidyError::Findings(findings))
    }
}

fn read(path: &Path) -> Result<String, TidyError> {
    fs::read_to_string(path).map_err(|source| TidyError::Io {
        path: path.to_owned(),
        source,
    })
}

/// The workspace crates that each crate uses outside its tests.
fn manifests(root: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, TidyError> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.join("benches")];
    for top in ["crates", "bins"] {
        folders.extend(entries(&root.join(top))?);
    }
    for folder in folders {
        let path = folder.join("Cargo.toml");
        if path.is_file() {
            let name = folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            found.insert(name, edges_of(&read(&path)?));
        }
    }
    Ok(found)
}

/// The workspace crates in the `[dependencies]` of a manifest.
fn edges_of(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut edges = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim() == "[dependencies]";
        }
        if let Some(rest) = line.strip_prefix("ottla-").filter(|_| inside) {
            edges.insert(
                rest.chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect(),
            );
        }
    }
    edges
}

/// Compares the table of `docs/edges.txt` with what the manifests say.
fn check_edges(table: &str, used: &BTreeMap<String, BTreeSet<String>>) -> Vec<Finding> {
    let mut allowed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, edges)) = line.split_once(':') {
            allowed.insert(name, edges.split_whitespace().collect());
        }
    }
    let finding = |what: String| Finding {
        place: "docs/edges.txt".to_owned(),
        what,
    };
    let mut findings = Vec::new();
    for (name, edges) in used {
        match allowed.get(name.as_str()) {
            None => findings.push(finding(format!("{name} has no line"))),
            Some(allowed) => {
                let extra = edges.iter().filter(|edge| !allowed.contains(edge.as_str()));
                findings.extend(extra.map(|edge| finding(format!("{name} may not use {edge}"))));
            }
        }
    }
    findings
}

fn check_text(place: &str, text: &str) -> Vec<Finding> {
    let finding = |what: String| Finding {
        place: place.to_owned(),
        what,
    };
    let mut findings = Vec::new();
    let is_code = place.ends_with(".rs") && !place.contains("/generated/");
    let count = text.lines().count();
    if is_code && count > LINES_MAX {
        findings.push(finding(format!("{count} lines, more than {LINES_MAX}")));
    }
    for (start, end) in BANNED {
        let word = format!("{start}{end}");
        if let Some(index) = text.lines().position(|line| line.contains(&word)) {
            findings.push(finding(format!("line {}: `{word}`", index + 1)));
        }
    }
    findings
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, TidyError> {
    let failed = |source| TidyError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// The text files below a folder that people write.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), TidyError> {
    if !folder.is_dir() {
        return Ok(());
    }
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !matches!(&*name, "target" | "corpus" | "golden" | "data") {
                collect(&path, files)?;
            }
            continue;
        }
        let is_text = [
            ".rs", ".md", ".toml", ".sh", ".py", ".java", ".schema", ".txt",
        ]
        .iter()
        .any(|ending| name.ends_with(ending));
        if is_text {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_that_the_table_lacks_is_found() {
        let manifest = "[dependencies]\nottla-types.workspace = true\nottla-net = { workspace = true }\n\
                        [dev-dependencies]\nottla-node.workspace = true\n";
        let used = BTreeMap::from([("storage".to_owned(), edges_of(manifest))]);
        let found = check_edges("# a comment\nstorage: types wire\n", &used);
        let texts: Vec<&str> = found.iter().map(|finding| finding.what.as_str()).collect();
        assert_eq!(texts, ["storage may not use net"]);
        assert_eq!(check_edges("", &used).len(), 1);
    }

    #[test]
    fn unfinished_work_and_long_files_are_found() {
        let word = format!("{}{}", BANNED[1].0, BANNED[1].1);
        assert_eq!(
            check_text("a.rs", &format!("fn a() {{}}\n// {word}\n")).len(),
            1
        );
        assert_eq!(check_text("a.rs", &"\n".repeat(LINES_MAX + 1)).len(), 1);
        assert!(check_text("a.rs", "fn a() {}\n").is_empty());
    }
}
