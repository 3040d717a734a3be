//! Prints the reference page of all keys: `cargo run -p ottla-config --example documentation > docs/configuration.md`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(ottla_config::documentation().as_bytes())
}
