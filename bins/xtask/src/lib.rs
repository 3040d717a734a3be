//! Code generation, checks and the interop suite of the workspace, as a library so that tests can use them.

pub mod bad_input;
pub mod codegen;
pub mod crash;
pub mod interop;
pub mod matrix;
pub mod schema;
pub mod tidy;
