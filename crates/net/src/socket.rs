//! Where answers go: the parts of a socket that sending needs.

use std::{
    io::{self, IoSlice},
    task::{Context, Poll},
};

use ottla_wire::FileRange;
use tokio::net::TcpStream;

/// A byte stream to a peer.
pub(crate) trait Socket {
    /// Writes as much of the parts as is taken in one call. `more` says that further bytes follow
    /// at once, so that a short end may wait for them.
    fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
        more: bool,
    ) -> Poll<io::Result<usize>>;

    /// Sends as much from the front of the range as is taken in one call, without bringing it into
    /// the memory of the process; 0 if the file ends there. `None` if the bytes have to be read and
    /// written.
    fn poll_send(
        &mut self,
        cx: &mut Context<'_>,
        range: &FileRange,
    ) -> Poll<io::Result<Option<usize>>>;
}

#[cfg(target_os = "linux")]
impl Socket for TcpStream {
    fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
        more: bool,
    ) -> Poll<io::Result<usize>> {
        use rustix::net::{SendAncillaryBuffer, SendFlags, sendmsg};

        if !more {
            return gathered(self, cx, parts);
        }
        when_writable(self, cx, |socket| {
            let flags = SendFlags::MORE | SendFlags::NOSIGNAL;
            sendmsg(socket, parts, &mut SendAncillaryBuffer::default(), flags)
        })
    }

    fn poll_send(
        &mut self,
        cx: &mut Context<'_>,
        range: &FileRange,
    ) -> Poll<io::Result<Option<usize>>> {
        use rustix::{fs::sendfile, io::Errno};

        let Some(file) = range.descriptor()? else {
            return Poll::Ready(Ok(None));
        };
        let length = range.len().min(SEND);
        when_writable(self, cx, |socket| {
            let mut position = range.position();
            match sendfile(socket, file, Some(&mut position), length) {
                // The file system cannot.
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(None),
                sent => sent.map(Some),
            }
        })
    }
}

#[cfg(not(target_os = "linux"))]
impl Socket for TcpStream {
    fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
        _: bool,
    ) -> Poll<io::Result<usize>> {
        gathered(self, cx, parts)
    }

    fn poll_send(&mut self, _: &mut Context<'_>, _: &FileRange) -> Poll<io::Result<Option<usize>>> {
        Poll::Ready(Ok(None))
    }
}

fn gathered(
    stream: &mut TcpStream,
    cx: &mut Context<'_>,
    parts: &[IoSlice<'_>],
) -> Poll<io::Result<usize>> {
    use std::pin::Pin;
    use tokio::io::AsyncWrite;

    Pin::new(stream).poll_write_vectored(cx, parts)
}

/// Makes a system call that writes to the socket, again and again until it does not have to wait.
#[cfg(target_os = "linux")]
fn when_writable<T>(
    stream: &TcpStream,
    cx: &mut Context<'_>,
    call: impl Fn(&TcpStream) -> rustix::io::Result<T>,
) -> Poll<io::Result<T>> {
    use std::task::ready;

    use rustix::io::Errno;
    use tokio::io::Interest;

    loop {
        ready!(stream.poll_write_ready(cx))?;
        let result = stream.try_io(Interest::WRITABLE, || {
            loop {
                match call(stream) {
                    Err(Errno::INTR) => {}
                    result => return Ok(result?),
                }
            }
        });
        match result {
            // The socket is full: it is not ready any more, and will say when it is.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => return Poll::Ready(result),
        }
    }
}

/// Most bytes per call: what is not in memory is waited for.
#[cfg(target_os = "linux")]
const SEND: usize = 1024 * 1024;
