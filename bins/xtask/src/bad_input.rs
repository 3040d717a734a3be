//! `cargo xtask bad-input`: builds the client that sends bad input and hands over to it.

use std::{
    env, io,
    path::Path,
    process::{Command, ExitStatus},
};

/// Why not everything was sent.
#[derive(Debug, thiserror::Error)]
pub enum BadInputError {
    /// Cargo could not be started.
    #[error("starting cargo: {0}")]
    Start(#[from] io::Error),
    /// The client could not be built, or ended early.
    #[error("bad-input: {0}")]
    Failed(ExitStatus),
}

/// Runs the client with the arguments of its own command line.
pub fn run(root: &Path, args: &[String]) -> Result<(), BadInputError> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args([
            "run",
            "--quiet",
            "--package",
            "ottla",
            "--example",
            "bad-input",
            "--",
        ])
        .args(args)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(BadInputError::Failed(status))
    }
}
