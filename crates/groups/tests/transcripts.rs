//! Transcripts: a command per line, `----`, what the coordinator orders. With `REWRITE` in the
//! environment the expectations are written anew: read the difference before you keep it.

#[expect(clippy::unwrap_used, reason = "scripts are part of the tests")]
mod script;

use std::{fs, path::Path};

use script::Script;

#[test]
fn every_transcript_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let actual = replay(&text);
        #[expect(
            clippy::disallowed_methods,
            reason = "a switch for whoever edits transcripts"
        )]
        if std::env::var("REWRITE").is_ok() {
            fs::write(&path, &actual).unwrap();
            continue;
        }
        assert!(actual == text, "{} gives\n{actual}", path.display());
    }
}

/// Runs the commands of every block and writes the blocks with what came out.
fn replay(text: &str) -> String {
    let mut script = Script::new();
    let mut actual = String::new();
    for block in text.split_inclusive("\n\n") {
        let Some((commands, _)) = block.split_once("----\n") else {
            actual.push_str(block);
            continue;
        };
        actual.push_str(commands);
        actual.push_str("----\n");
        for command in commands.lines().filter(|line| !line.starts_with('#')) {
            for line in script.run(command) {
                actual.push_str(&line);
                actual.push('\n');
            }
        }
        if block.ends_with("\n\n") {
            actual.push('\n');
        }
    }
    actual
}
