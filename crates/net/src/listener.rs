//! Sockets that wait for connections.

use std::{io, net::SocketAddr, sync::Arc};

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use tokio::net::TcpStream;

/// A bound socket with its name. Connections queue up in the system until it is served.
#[derive(Debug)]
pub struct Listener {
    name: Arc<str>,
    socket: std::net::TcpListener,
    local_address: SocketAddr,
    options: BindOptions,
}

/// How to bind a [`Listener`], and what its connections get.
#[derive(Clone, Debug)]
pub struct BindOptions {
    /// Connections that the system holds until they are accepted (`socket.listen.backlog.size`).
    pub backlog: u32,
    /// Size of the system's send buffer per connection (`socket.send.buffer.bytes`); `None`
    /// leaves it to the system, which then adapts it.
    pub send_buffer_bytes: Option<usize>,
    /// Size of the system's receive buffer per connection (`socket.receive.buffer.bytes`); `None`
    /// leaves it to the system, which then adapts it.
    pub receive_buffer_bytes: Option<usize>,
    /// Connections of this listener, beside what the quota says; the next ones wait.
    pub connections: usize,
}

impl Default for BindOptions {
    fn default() -> Self {
        Self {
            backlog: 50,
            send_buffer_bytes: None,
            receive_buffer_bytes: None,
            connections: usize::MAX,
        }
    }
}

impl Listener {
    /// Binds and listens. An IPv6 wildcard address takes IPv4 connections too.
    ///
    /// # Errors
    ///
    /// What the system says: the address is in use, not of this machine, or not permitted.
    pub fn bind(name: &str, address: SocketAddr, options: &BindOptions) -> io::Result<Self> {
        let domain = Domain::for_address(address);
        let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
        if address.is_ipv6() {
            socket.set_only_v6(false)?;
        }
        // Else a restarted broker waits for the connections of the last one to be forgotten.
        socket.set_reuse_address(true)?;
        // Connections inherit it, and the window they announce depends on it.
        if let Some(bytes) = options.receive_buffer_bytes {
            socket.set_recv_buffer_size(bytes)?;
        }
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(i32::try_from(options.backlog).unwrap_or(i32::MAX))?;
        let socket = std::net::TcpListener::from(socket);
        Ok(Self {
            name: name.into(),
            local_address: socket.local_addr()?,
            socket,
            options: options.clone(),
        })
    }

    /// The name it was bound with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address that it is bound to, with the port that the system chose if none was asked for.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.local_address
    }

    /// Hands the socket to the runtime.
    pub(crate) fn start(self) -> io::Result<Acceptor> {
        Ok(Acceptor {
            name: self.name,
            socket: tokio::net::TcpListener::from_std(self.socket)?,
            options: self.options,
        })
    }
}

/// A listener in a runtime.
#[derive(Debug)]
pub(crate) struct Acceptor {
    name: Arc<str>,
    socket: tokio::net::TcpListener,
    options: BindOptions,
}

impl Acceptor {
    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Connections that this listener may have.
    pub(crate) fn connections(&self) -> usize {
        self.options.connections
    }

    pub(crate) async fn accept(&self) -> io::Result<TcpStream> {
        let (stream, _) = self.socket.accept().await?;
        Ok(stream)
    }

    /// Sets the options of an accepted connection.
    pub(crate) fn prepare(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let socket = SockRef::from(stream);
        socket.set_keepalive(true)?;
        if let Some(bytes) = self.options.send_buffer_bytes {
            socket.set_send_buffer_size(bytes)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_use_is_an_error_and_any_port_is_told() {
        let options = BindOptions::default();
        let any = "127.0.0.1:0".parse().expect("an address");
        let listener = Listener::bind("PLAINTEXT", any, &options).expect("bound");
        assert_ne!(listener.local_addr().port(), 0);
        assert_eq!(listener.name(), "PLAINTEXT");
        let again = Listener::bind("PLAINTEXT", listener.local_addr(), &options);
        let error = again.expect_err("in use");
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    }
}
