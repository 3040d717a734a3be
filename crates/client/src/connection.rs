//! One TCP connection: requests out in order, answers in by correlation id.

use std::{
    borrow::Cow,
    collections::{BTreeMap, VecDeque},
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    time::Duration,
};

use bytes::{BufMut, Bytes, BytesMut};
use ottla_protocol::{
    ApiKey, Request, encode_request,
    messages::{ApiVersionsRequest, ApiVersionsResponse, RequestHeader, ResponseHeader},
};
use ottla_types::{ErrorCode, Saturate};
use ottla_wire::{Chunk, DecodeError, Frame, Reader};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::{ClientConfig, ClientError};

/// Largest answer that is read: what a broker may send at most in Apache's clients too.
const MAX_RESPONSE: usize = i32::MAX as usize;
/// Frames up to this size are gathered into one write.
const GATHER: usize = 64 << 10;

/// What a broker says it speaks of one API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiVersionRange {
    /// The API.
    pub api: ApiKey,
    /// First version.
    pub min: i16,
    /// Last version.
    pub max: i16,
}

/// The answer to a request.
#[derive(Clone, Debug)]
pub struct Reply {
    version: i16,
    header_version: i16,
    frame: Bytes,
}

impl Reply {
    /// Decodes the body with a message's `decode`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode<'a, T>(
        &'a self,
        decode: impl FnOnce(&mut Reader<'a>, i16) -> Result<T, DecodeError>,
    ) -> Result<T, ClientError> {
        let mut reader = Reader::new(&self.frame);
        ResponseHeader::decode(&mut reader, self.header_version)?;
        Ok(decode(&mut reader, self.version)?)
    }

    /// The version of the request and so of the answer.
    #[must_use]
    pub const fn version(&self) -> i16 {
        self.version
    }

    /// The part `slice`, which must be one of this frame, without a copy.
    pub(crate) fn share(&self, slice: &[u8]) -> Bytes {
        self.frame.slice_ref(slice)
    }
}

struct Outgoing {
    frame: Frame,
    whom: Whom,
}

/// Who is told what of a request.
enum Whom {
    /// The one that waits for the answer.
    Answer(Waiter),
    /// The one that wants to know that the request has left: there will be no answer.
    Written(oneshot::Sender<()>),
}

struct Waiter {
    correlation_id: i32,
    answer: oneshot::Sender<Bytes>,
}

/// Requests that wait for their answers; `None` once the connection has ended.
type Waiters = Mutex<Option<VecDeque<Waiter>>>;

/// One connection to one broker. Clones of the handle share it.
#[derive(Debug)]
pub struct Connection {
    outgoing: mpsc::UnboundedSender<Outgoing>,
    open: Arc<AtomicBool>,
    correlation: AtomicI32,
    client_id: String,
    request_timeout: Duration,
    versions: BTreeMap<i16, ApiVersionRange>,
    last_correlation: AtomicI32,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

impl Connection {
    /// Connects, and asks what the broker speaks.
    ///
    /// # Errors
    /// [`ClientError::Disconnected`] when nobody listens or the broker hangs up;
    /// [`ClientError::Timeout`] when it stays silent.
    pub async fn open(host: &str, port: u16, config: &ClientConfig) -> Result<Self, ClientError> {
        let stream = timeout(config.request_timeout, TcpStream::connect((host, port)))
            .await
            .map_err(|_| ClientError::Timeout("connection setup timed out".into()))?
            .map_err(|_| ClientError::Disconnected)?;
        stream
            .set_nodelay(true)
            .map_err(|_| ClientError::Disconnected)?;
        let (read, write) = stream.into_split();
        let (outgoing, queue) = mpsc::unbounded_channel();
        let waiters = Arc::new(Mutex::new(Some(VecDeque::new())));
        let open = Arc::new(AtomicBool::new(true));
        tokio::spawn(write_requests(
            write,
            queue,
            Arc::clone(&waiters),
            Arc::clone(&open),
        ));
        tokio::spawn(read_answers(read, waiters, Arc::clone(&open)));
        let mut connection = Self {
            outgoing,
            open,
            correlation: AtomicI32::new(0),
            client_id: config.client_id.clone(),
            request_timeout: config.request_timeout,
            versions: BTreeMap::new(),
            last_correlation: AtomicI32::new(0),
        };
        connection.versions = connection.ask_versions().await?;
        Ok(connection)
    }

    /// Whether requests can still be sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    /// What the broker speaks, by API number.
    pub fn versions(&self) -> impl Iterator<Item = ApiVersionRange> {
        self.versions.values().copied()
    }

    /// The highest version that both sides speak.
    ///
    /// # Errors
    /// [`ClientError::UnsupportedApi`] when there is none.
    pub fn version_of(&self, api: ApiKey) -> Result<i16, ClientError> {
        let ours = api.versions().ok_or(ClientError::UnsupportedApi(api))?;
        let theirs = self
            .versions
            .get(&api.0)
            .ok_or(ClientError::UnsupportedApi(api))?;
        let highest = *ours.end().min(&theirs.max);
        if highest < *ours.start().max(&theirs.min) {
            return Err(ClientError::UnsupportedApi(api));
        }
        Ok(highest)
    }

    /// Sends at the highest common version, and waits for the answer.
    ///
    /// # Errors
    /// When there is no common version, the request cannot be encoded, the connection ends, or no
    /// answer comes in time.
    pub async fn call<Q: Request>(&self, request: &Q) -> Result<Reply, ClientError> {
        self.call_at(self.version_of(Q::API_KEY)?, request).await
    }

    /// As [`call`](Self::call), waiting at most `limit`.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn call_within<Q: Request>(
        &self,
        request: &Q,
        limit: Duration,
    ) -> Result<Reply, ClientError> {
        let version = self.version_of(Q::API_KEY)?;
        let answer = self.send(version, request)?;
        wait(Q::API_KEY, version, answer, limit).await
    }

    /// Sends at `version`, and waits for the answer.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn call_at<Q: Request>(
        &self,
        version: i16,
        request: &Q,
    ) -> Result<Reply, ClientError> {
        let answer = self.send(version, request)?;
        wait(Q::API_KEY, version, answer, self.request_timeout).await
    }

    /// Sends now; the answer is awaited by [`wait`].
    pub(crate) fn send<Q: Request>(
        &self,
        version: i16,
        request: &Q,
    ) -> Result<oneshot::Receiver<Bytes>, ClientError> {
        let (correlation_id, frame) = self.encode(version, request)?;
        let (answer, receiver) = oneshot::channel();
        self.queue(Outgoing {
            frame,
            whom: Whom::Answer(Waiter {
                correlation_id,
                answer,
            }),
        })?;
        Ok(receiver)
    }

    /// Sends a request that has no answer; the receiver hears when it has left.
    pub(crate) fn send_unanswered<Q: Request>(
        &self,
        version: i16,
        request: &Q,
    ) -> Result<oneshot::Receiver<()>, ClientError> {
        let (_, frame) = self.encode(version, request)?;
        let (written, receiver) = oneshot::channel();
        self.queue(Outgoing {
            frame,
            whom: Whom::Written(written),
        })?;
        Ok(receiver)
    }

    /// Correlation id of the last request, for notices.
    pub(crate) fn last_correlation(&self) -> i32 {
        self.last_correlation.load(Ordering::Relaxed)
    }

    fn encode<Q: Request>(&self, version: i16, request: &Q) -> Result<(i32, Frame), ClientError> {
        let correlation_id = self.correlation.fetch_add(1, Ordering::Relaxed) & i32::MAX;
        self.last_correlation
            .store(correlation_id, Ordering::Relaxed);
        let header = RequestHeader {
            correlation_id,
            client_id: Some(self.client_id.as_str().into()),
            ..RequestHeader::default()
        };
        Ok((correlation_id, encode_request(version, &header, request)?))
    }

    fn queue(&self, outgoing: Outgoing) -> Result<(), ClientError> {
        if !self.is_open() {
            return Err(ClientError::Disconnected);
        }
        self.outgoing
            .send(outgoing)
            .map_err(|_| ClientError::Disconnected)
    }

    /// Brokers answer an ApiVersions request they do not know in its first form.
    async fn ask_versions(&self) -> Result<BTreeMap<i16, ApiVersionRange>, ClientError> {
        let request = ApiVersionsRequest {
            client_software_name: "ottla".into(),
            client_software_version: env!("CARGO_PKG_VERSION").into(),
            ..ApiVersionsRequest::default()
        };
        let newest = ApiVersionsRequest::MAX_VERSION;
        let mut reply = self.call_at(newest, &request).await?;
        if reply.decode(first_error)? == ErrorCode::UNSUPPORTED_VERSION {
            reply = self.call_at(0, &ApiVersionsRequest::default()).await?;
        }
        let response = reply.decode(ApiVersionsResponse::decode)?;
        ClientError::check(response.error_code, None)?;
        let ranges = response.api_keys.iter().map(|range| {
            let range = ApiVersionRange {
                api: ApiKey(range.api_key),
                min: range.min_version,
                max: range.max_version,
            };
            (range.api.0, range)
        });
        Ok(ranges.collect())
    }
}

/// The error code stands first at every version.
fn first_error(reader: &mut Reader<'_>, _version: i16) -> Result<ErrorCode, DecodeError> {
    reader.i16().map(ErrorCode)
}

/// Waits for an answer that [`Connection::send`] promised.
pub(crate) async fn wait(
    api: ApiKey,
    version: i16,
    answer: oneshot::Receiver<Bytes>,
    limit: Duration,
) -> Result<Reply, ClientError> {
    let frame = timeout(limit, answer)
        .await
        .map_err(|_| ClientError::Timeout("The request timed out.".into()))?
        .map_err(|_| ClientError::Disconnected)?;
    Ok(Reply {
        version,
        header_version: api.response_header_version(version),
        frame,
    })
}

async fn write_requests(
    mut stream: OwnedWriteHalf,
    mut queue: mpsc::UnboundedReceiver<Outgoing>,
    waiters: Arc<Waiters>,
    open: Arc<AtomicBool>,
) {
    let mut gathered = BytesMut::with_capacity(GATHER);
    while let Some(first) = queue.recv().await {
        let mut next = Some(first);
        let mut written = Vec::new();
        while let Some(outgoing) = next {
            match outgoing.whom {
                Whom::Answer(waiter) => {
                    if !register(&waiters, waiter) {
                        return;
                    }
                }
                Whom::Written(sender) => written.push(sender),
            }
            for chunk in outgoing.frame.chunks() {
                let Ok(chunk) = in_memory(chunk) else {
                    return fail(&waiters, &open);
                };
                if gathered.len() + chunk.len() > GATHER {
                    if stream.write_all_buf(&mut gathered).await.is_err() {
                        return fail(&waiters, &open);
                    }
                    gathered.reserve(GATHER);
                }
                if chunk.len() >= GATHER {
                    if stream.write_all(&chunk).await.is_err() {
                        return fail(&waiters, &open);
                    }
                } else {
                    gathered.put_slice(&chunk);
                }
            }
            next = queue.try_recv().ok();
        }
        if stream.write_all_buf(&mut gathered).await.is_err() {
            return fail(&waiters, &open);
        }
        for sender in written {
            // Whoever asked may have given up.
            let _told = sender.send(());
        }
    }
}

fn in_memory(chunk: &Chunk) -> io::Result<Cow<'_, [u8]>> {
    match chunk.as_slice() {
        Some(bytes) => Ok(Cow::Borrowed(bytes)),
        None => {
            let mut read = Vec::with_capacity(chunk.len());
            chunk.copy_to(&mut read)?;
            Ok(Cow::Owned(read))
        }
    }
}

fn register(waiters: &Waiters, waiter: Waiter) -> bool {
    let mut waiters = waiters.lock().unwrap_or_else(PoisonError::into_inner);
    match waiters.as_mut() {
        Some(queue) => {
            queue.push_back(waiter);
            true
        }
        None => false,
    }
}

/// Dropping the waiters tells each of them that no answer will come.
fn fail(waiters: &Waiters, open: &AtomicBool) {
    open.store(false, Ordering::Release);
    waiters
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
}

async fn read_answers(stream: OwnedReadHalf, waiters: Arc<Waiters>, open: Arc<AtomicBool>) {
    let mut stream = BufReader::with_capacity(GATHER, stream);
    while let Some(frame) = read_frame(&mut stream).await {
        if !deliver(&waiters, frame) {
            break;
        }
    }
    fail(&waiters, &open);
}

async fn read_frame(stream: &mut BufReader<OwnedReadHalf>) -> Option<Bytes> {
    let length = usize::try_from(stream.read_i32().await.ok()?).ok()?;
    if length > MAX_RESPONSE {
        return None;
    }
    let mut frame = BytesMut::with_capacity(length.min(1 << 20));
    let limit: u64 = length.saturate();
    let mut body = stream.take(limit);
    while frame.len() < length {
        if body.read_buf(&mut frame).await.ok()? == 0 {
            return None;
        }
    }
    Some(frame.freeze())
}

/// Answers come in the order of the requests; another id means that the stream is not what it
/// should be.
fn deliver(waiters: &Waiters, frame: Bytes) -> bool {
    let waiter = waiters
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .as_mut()
        .and_then(VecDeque::pop_front);
    let Some(waiter) = waiter else { return false };
    let Some(id) = frame.first_chunk().copied().map(i32::from_be_bytes) else {
        return false;
    };
    if id != waiter.correlation_id {
        return false;
    }
    // A caller that stopped waiting is no fault of the connection.
    drop(waiter.answer.send(frame));
    true
}
