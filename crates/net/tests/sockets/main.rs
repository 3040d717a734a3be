//! The server over loopback sockets, with a service that does what each frame says.

mod bench;
mod bounds;
mod ending;
mod exchange;
mod ranges;
mod script;
