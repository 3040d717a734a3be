//! What Ottla costs, and how that is measured.
//!
//! Responsible for the pieces that the binaries here share: a blocking client of pre-encoded
//! requests, closed and open loops, the CPU and memory of a server as its kernel counts them, and the
//! contestants of a comparison. Nothing of the broker is in here; it is measured from outside.
//!
//! `docs/performance.md` tells the method and the commands.
//!
//! ```
//! use ottla_benches::{batch::Batch, clock};
//!
//! let batch = Batch::of(16 * 1024, 1000, clock::wall());
//! assert!(batch.bytes.len() <= 16 * 1024 && batch.records > 10);
//! ```

pub mod args;
pub mod batch;
pub mod client;
pub mod clock;
pub mod contestant;
pub mod error;
pub mod fetch;
pub mod figures;
pub mod keyed;
pub mod load;
pub mod null;
pub mod produce;
pub mod usage;

pub use error::BenchError;
