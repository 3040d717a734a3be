//! Code generation for the workspace, as a library so that tests can check its freshness, and its interop suite.

pub mod codegen;
pub mod interop;
pub mod matrix;
pub mod schema;
