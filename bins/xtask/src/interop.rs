//! `cargo xtask interop`: builds the broker and hands over to `interop/run.py`, which knows the rest.

use std::{
    env, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Why the suite did not run to its end, or ran and found something.
#[derive(Debug, thiserror::Error)]
pub enum InteropError {
    /// The broker under test could not be built.
    #[error("cargo build of the ottla binary failed")]
    Build,
    /// The suite ran and not everything passed.
    #[error("interop failed")]
    Failed,
    /// A program could not be started.
    #[error("starting {program}")]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Runs the suite with the arguments of its own command line; without Python there is nothing to run and that is said.
pub fn run(root: &Path, args: &[String]) -> Result<(), InteropError> {
    let Some(python) = ["python3", "python"]
        .into_iter()
        .find(|name| is_python(name))
    else {
        eprintln!("interop: skipped, there is no Python 3 on the PATH");
        return Ok(());
    };
    let mut suite = Command::new(python);
    suite.arg(root.join("interop/run.py")).args(args);
    if starts_ottla(args) {
        suite
            .arg("--ottla")
            .arg(build(root, args.iter().any(|arg| arg == "--quick"))?);
    }
    let status = suite
        .status()
        .map_err(|source| start_error(python, source))?;
    if status.success() {
        Ok(())
    } else {
        Err(InteropError::Failed)
    }
}

/// Whether the run needs our binary and the caller did not name one.
fn starts_ottla(args: &[String]) -> bool {
    let named = |name: &str| args.iter().any(|arg| arg.split('=').next() == Some(name));
    let apache = args
        .iter()
        .any(|arg| arg == "apache" || arg == "--server-kind=apache");
    !(named("--server") || named("--ottla") || named("--help") || named("-h") || apache)
}

/// Builds the binary: for a quick run as the tests of the workspace did, optimised for a full one.
fn build(root: &Path, quick: bool) -> Result<PathBuf, InteropError> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(&cargo);
    build.current_dir(root).args(["build", "--bin", "ottla"]);
    if quick {
        build.arg("--workspace");
    } else {
        build.args(["--package", "ottla", "--release"]);
        // Writes the transactions of a directory that is handed over.
        build.args(["--package", "ottla-storage", "--example", "transactions"]);
    }
    let status = build
        .status()
        .map_err(|source| start_error(&cargo.to_string_lossy(), source))?;
    if !status.success() {
        return Err(InteropError::Build);
    }
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
    Ok(target
        .join(if quick { "debug" } else { "release" })
        .join("ottla"))
}

fn is_python(name: &str) -> bool {
    let script = "import sys; sys.exit(sys.version_info < (3, 9))";
    let status = Command::new(name)
        .args(["-c", script])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

fn start_error(program: &str, source: io::Error) -> InteropError {
    InteropError::Start {
        program: program.into(),
        source,
    }
}
