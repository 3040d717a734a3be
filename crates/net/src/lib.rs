//! The socket side of a Kafka broker: listeners, connection limits, framing, answers in order.
//!
//! Responsible for turning connections into calls of a [`Service`] and its replies into bytes.
//! Not responsible for what a request means: this crate knows a frame's first two bytes and
//! nothing behind them.
//!
//! N1  an idle connection holds no buffer, a slow one a small multiple of what has arrived
//! N2  answers leave in the order of their requests
//! N3  a request starts only when no earlier one waits, except Produce behind Produce
//! N4  no task, channel or timer is made per request
//! N5  a peer that does not read its answers is not read from
//!
//! ```text
//!   readable          whole frames           Reply::Ready            gathered write
//!   --------> inbox ---------------> Service ------------> answers ----------------> socket
//!                                       |  Reply::Parked      ^
//!                                       +--> ring ------------+  resumed by Wakers::wake or a deadline
//! ```
//!
//! ```
//! use std::{
//!     io::{Read, Write},
//!     sync::Arc,
//! };
//!
//! use ottla_net::{
//!     BindOptions, ConnectionContext, ConnectionQuota, Limits, Listener, Peer, Reply, Resume,
//!     Server, Service, Wakers,
//! };
//! use ottla_types::Mono;
//! use ottla_wire::{Frame, Writer};
//!
//! /// Answers every frame with its length.
//! struct Lengths;
//!
//! impl Service for Lengths {
//!     type Session = ();
//!     type Parked = ();
//!     fn now(&self) -> Mono { Mono(0) }
//!     fn opened(&self, _: &Peer) {}
//!     fn handle(&self, _: &mut ConnectionContext<()>, frame: &[u8]) -> Reply<()> {
//!         let mut writer = Writer::with_length_prefix();
//!         writer.i32(i32::try_from(frame.len()).expect("frames are below 2 GiB"));
//!         Reply::Ready(writer.into_frame())
//!     }
//!     fn resume(&self, _: &mut ConnectionContext<()>, (): (), _: Resume) -> Reply<()> {
//!         Reply::NoReply
//!     }
//! }
//!
//! let any_port = "127.0.0.1:0".parse().expect("an address");
//! let listener = Listener::bind("PLAINTEXT", any_port, &BindOptions::default())?;
//! let address = listener.local_addr();
//! let limits = Limits::default();
//! let quota = ConnectionQuota::unlimited();
//! let server = Server::new(Arc::new(Lengths), Wakers::new(), limits, quota);
//!
//! let runtime = tokio::runtime::Runtime::new()?;
//! let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
//! let shutdown = async { drop(stopped.await) };
//! let serving = runtime.spawn(async move { server.serve(listener, shutdown).await });
//!
//! let mut client = std::net::TcpStream::connect(address)?;
//! client.write_all(&[0, 0, 0, 3, 7, 7, 7])?;
//! let mut answer = [0; 8];
//! client.read_exact(&mut answer)?;
//! assert_eq!(answer, [0, 0, 0, 4, 0, 0, 0, 3]);
//!
//! drop(stop);
//! runtime.block_on(serving)??;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Spec: the protocol guide of Apache Kafka (network section); KIP-402, KIP-612 (connection limits).

mod answers;
mod connection;
mod inbox;
mod limits;
mod listener;
mod pool;
mod quota;
mod ring;
mod server;
mod service;
mod socket;
mod timer;
mod wakers;

pub use limits::Limits;
pub use listener::{BindOptions, Listener};
pub use pool::BufferPool;
pub use quota::{ConnectionQuota, QuotaLimits};
pub use server::Server;
pub use service::{ConnectionContext, Order, Peer, Reply, Resume, Service};
pub use wakers::Wakers;
