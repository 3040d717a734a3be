//! `cargo xtask crash`: builds and runs the enumeration of crash states of `ottla-testkit`.
//!
//! The usual run uses the build that the tests use; a long one is built with optimizations first.

use std::{io, path::Path, process::Command};

/// Why the run did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CrashError {
    /// Cargo cannot be run.
    #[error("cargo: {0}")]
    Cargo(#[from] io::Error),
    /// It said why.
    #[error("not every crash state is as it should be")]
    Failed,
}

/// Runs it with the arguments given.
///
/// # Errors
/// When it does not succeed.
pub fn run(root: &Path, args: &[String]) -> Result<(), CrashError> {
    let profile = match args.iter().any(|arg| arg == "--long") {
        true => "crash",
        false => "dev",
    };
    eprintln!("building ottla-testkit with profile {profile}");
    let status = Command::new("cargo")
        .current_dir(root)
        .args([
            "run",
            "--quiet",
            "--package",
            "ottla-testkit",
            "--bin",
            "crash",
        ])
        .args(["--profile", profile, "--"])
        .args(args)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(CrashError::Failed)
    }
}
