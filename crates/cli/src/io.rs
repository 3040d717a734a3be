//! The streams of a tool.

use std::{
    fmt,
    io::{self, BufWriter, IsTerminal, Read, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// Where output goes. Clones share it.
#[derive(Clone)]
pub struct Sink(Arc<Mutex<dyn Write + Send>>);

impl Sink {
    /// Output goes to `writer`.
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(writer)))
    }

    /// Writes `text` and a line end. A stream that is closed takes nothing more: nobody is there
    /// to be told.
    pub(crate) fn line(&self, text: impl fmt::Display) {
        self.text(format_args!("{text}\n"));
    }

    /// Writes `text`.
    pub(crate) fn text(&self, text: impl fmt::Display) {
        let mut writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            writer
                .write_fmt(format_args!("{text}"))
                .and_then(|()| writer.flush()),
        );
    }

    /// Writes bytes that may stay in a buffer until [`flush`](Self::flush).
    pub(crate) fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write_all(bytes)
    }

    pub(crate) fn flush(&self) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

/// The streams of a tool.
pub struct Io {
    /// Standard input.
    pub input: Box<dyn Read + Send>,
    /// Standard output.
    pub out: Sink,
    /// Standard error.
    pub err: Sink,
    /// Whether a person sits at both ends.
    pub interactive: bool,
}

impl Io {
    /// The streams of this process.
    #[must_use]
    pub fn process() -> Self {
        Self {
            input: Box::new(io::stdin()),
            out: Sink::new(BufWriter::with_capacity(64 << 10, io::stdout())),
            err: Sink::new(io::stderr()),
            interactive: io::stdin().is_terminal() && io::stdout().is_terminal(),
        }
    }

    /// `input` as standard input; what is written can be looked at afterwards.
    #[must_use]
    pub fn captured(input: &'static [u8]) -> (Self, Captured) {
        let captured = Captured::default();
        let io = Self {
            input: Box::new(input),
            out: Sink::new(Buffer(Arc::clone(&captured.out))),
            err: Sink::new(Buffer(Arc::clone(&captured.err))),
            interactive: false,
        };
        (io, captured)
    }
}

impl fmt::Debug for Io {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Io")
            .field("interactive", &self.interactive)
            .finish_non_exhaustive()
    }
}

/// What a tool wrote.
#[derive(Clone, Debug, Default)]
pub struct Captured {
    out: Arc<Mutex<Vec<u8>>>,
    err: Arc<Mutex<Vec<u8>>>,
}

impl Captured {
    /// To standard output.
    #[must_use]
    pub fn out(&self) -> String {
        text(&self.out)
    }

    /// To standard error.
    #[must_use]
    pub fn err(&self) -> String {
        text(&self.err)
    }
}

fn text(buffer: &Mutex<Vec<u8>>) -> String {
    let bytes = buffer.lock().unwrap_or_else(PoisonError::into_inner);
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Arguments as text; what is not UTF-8 is replaced.
pub(crate) fn lossy(arguments: Vec<std::ffi::OsString>) -> Vec<String> {
    arguments
        .into_iter()
        .map(|argument| ottla_wire::text(argument.as_encoded_bytes()).into_owned())
        .collect()
}
