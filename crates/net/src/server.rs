//! Accepting connections and ending them.

use std::{io, net::IpAddr, pin::pin, sync::Arc, time::Duration};

use tokio::{
    net::TcpStream,
    task::{JoinError, JoinSet},
};

use crate::{
    connection::{Connection, Parts},
    limits::Limits,
    listener::{Acceptor, Listener},
    pool::BufferPool,
    quota::{ConnectionQuota, Place},
    service::{Peer, Service},
    wakers::{Group, Wakers},
};

/// Serves the connections of any number of listeners with one service. Clones are the same server.
#[derive(Debug)]
pub struct Server<S> {
    shared: Arc<Shared<S>>,
}

impl<S> Clone for Server<S> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

#[derive(Debug)]
struct Shared<S> {
    service: Arc<S>,
    wakers: Wakers,
    limits: Arc<Limits>,
    quota: ConnectionQuota,
    pool: BufferPool,
}

impl<S: Service> Server<S> {
    /// A server without listeners. `wakers` are those that the service wakes its requests with.
    #[must_use]
    pub fn new(service: Arc<S>, wakers: Wakers, limits: Limits, quota: ConnectionQuota) -> Self {
        Self {
            shared: Arc::new(Shared {
                service,
                wakers,
                pool: BufferPool::new(limits.receive_bytes),
                limits: Arc::new(limits),
                quota,
            }),
        }
    }

    /// The receive buffers of all connections.
    #[must_use]
    pub fn buffers(&self) -> &BufferPool {
        &self.shared.pool
    }

    /// Serves the connections of one listener until `shutdown` is complete. Then no connection is
    /// accepted and no request started; waiting requests are resumed with
    /// [`Resume::Stopping`](crate::Resume::Stopping), and connections end when their answers have
    /// left, or after [`Limits::drain`].
    ///
    /// # Errors
    ///
    /// The runtime could not take over the listener's socket.
    pub async fn serve<F>(&self, listener: Listener, shutdown: F) -> io::Result<()>
    where
        F: Future<Output = ()>,
    {
        let mut shutdown = pin!(shutdown);
        let acceptor = listener.start()?;
        let group = self.shared.wakers.new_group();
        let mut tasks = JoinSet::new();
        let mut accepted: Option<Accepted> = None;
        loop {
            let room = accepted.is_none() && tasks.len() < acceptor.connections();
            let from = accepted.as_ref().map(Accepted::address);
            tokio::select! {
                biased;
                () = &mut shutdown => break,
                Some(ended) = tasks.join_next(), if !tasks.is_empty() => report(ended),
                place = self.place(from), if from.is_some() => {
                    if let (Some(place), Some(accepted)) = (place, accepted.take()) {
                        tasks.spawn(self.connection(accepted, place, group));
                    }
                }
                stream = next_stream(&acceptor), if room => {
                    accepted = Accepted::new(stream, &acceptor);
                }
            }
        }
        drop((acceptor, accepted));
        self.shared.wakers.stop(group);
        self.drain(tasks).await;
        Ok(())
    }

    async fn drain(&self, mut tasks: JoinSet<()>) {
        let all = async {
            while let Some(ended) = tasks.join_next().await {
                report(ended);
            }
        };
        if tokio::time::timeout(self.shared.limits.drain, all)
            .await
            .is_err()
        {
            tracing::warn!(
                connections = tasks.len(),
                "ending connections whose answers did not leave in time"
            );
            tasks.shutdown().await;
        }
    }

    /// A place for the connection that waits for one.
    async fn place(&self, from: Option<IpAddr>) -> Option<Place> {
        self.shared.quota.place(from?).await
    }

    fn connection(
        &self,
        accepted: Accepted,
        place: Place,
        group: Group,
    ) -> impl Future<Output = ()> + Send + use<S> {
        let registration = self.shared.wakers.register(group);
        let parts = Parts {
            service: Arc::clone(&self.shared.service),
            stream: accepted.stream,
            peer: Peer {
                id: registration.id(),
                ..accepted.peer
            },
            registration,
            place,
            limits: Arc::clone(&self.shared.limits),
            pool: self.shared.pool.clone(),
        };
        async move { Connection::open(parts).run().await }
    }
}

/// A connection that may have to wait for its place.
struct Accepted {
    stream: TcpStream,
    peer: Peer,
}

impl Accepted {
    /// `None` if the peer is gone already.
    fn new(stream: TcpStream, acceptor: &Acceptor) -> Option<Self> {
        acceptor.prepare(&stream).ok()?;
        let peer = Peer {
            id: 0,
            listener: Arc::clone(acceptor.name()),
            peer: stream.peer_addr().ok()?,
            local: stream.local_addr().ok()?,
        };
        Some(Self { stream, peer })
    }

    fn address(&self) -> IpAddr {
        self.peer.peer.ip()
    }
}

/// Accepts a connection, whatever happens to those that fail before they are accepted.
async fn next_stream(acceptor: &Acceptor) -> TcpStream {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    loop {
        match acceptor.accept().await {
            Ok(stream) => return stream,
            Err(error) => match error.kind() {
                ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted => {}
                _ => {
                    let listener = acceptor.name();
                    tracing::warn!(%listener, %error, "cannot accept connections at present");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
}

fn report(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection's task failed");
    }
}

/// How long accepting rests when the process or the system has no file handle or memory left. A
/// connection that ends meanwhile ends the rest too.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
