//! Kafka's command-line tools, with the options, output and exit codes of Apache Kafka 4.3.1.
//!
//! Each tool is a function of its arguments and an [`Io`]; it returns the exit code. Nothing here ends
//! the process or touches its streams, so tools can be tested, and a binary can hold them all.
//!
//! ```
//! use ottla_cli::{Io, tool_for};
//!
//! let (io, captured) = Io::captured(b"");
//! let tool = tool_for("/usr/bin/kafka-topics.sh").expect("a tool");
//! assert_eq!((tool.run)(vec!["--version".into()], io), 0);
//! assert_eq!(captured.out(), "4.3.1\n");
//! ```

mod argparse;
pub mod broker_api_versions;
pub mod console_consumer;
pub mod console_producer;
pub mod dump_log;
mod exception;
mod io;
mod java_map;
mod log;
mod options;
mod properties;
mod runtime;
pub mod storage;
mod tools;
pub mod topics;

pub use io::{Captured, Io, Sink};
pub use tools::{TOOLS, Tool, tool_for};
