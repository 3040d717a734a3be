//! Code generation for the workspace, as a library so that tests can check its freshness.

pub mod codegen;
pub mod matrix;
pub mod schema;
