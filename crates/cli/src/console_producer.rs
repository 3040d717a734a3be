//! `kafka-console-producer`: sends lines of standard input to a topic.

mod lines;
mod options;
mod reader;
mod settings;

use std::ffi::OsString;

use ottla_client::{ClientError, ProduceRecord, Producer};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    Io, Sink,
    exception::Exception,
    io::lossy,
    log::{Level, log},
    options::{ParseError, Parsed},
    runtime,
};
use lines::Lines;
use options::USAGE;
use reader::LineReader;
use settings::Settings;

const CALLBACK_LOGGER: &str = "org.apache.kafka.clients.producer.internals.ErrorLoggingCallback";

/// Exit code of a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Runs the tool; the result is the exit code.
#[must_use]
pub fn run(arguments: Vec<OsString>, io: Io) -> i32 {
    let parsed = match USAGE.parse(&lossy(arguments)) {
        Ok(parsed) => parsed,
        Err(error) => return USAGE.refuse(&io.err, error),
    };
    if let Err(code) = options::check(&parsed, &io.out, &io.err) {
        return code;
    }
    match start(&parsed, &io) {
        Ok((settings, reader)) => produce(settings, reader, io),
        Err(Mistake::Option(error)) => {
            io.err.line(error);
            1
        }
        Err(Mistake::Exception(exception)) => die(&io.err, &exception),
    }
}

/// What stops the tool before the first line.
#[derive(Debug)]
enum Mistake {
    Option(ParseError),
    Exception(Exception),
}

impl From<ParseError> for Mistake {
    fn from(error: ParseError) -> Self {
        Self::Option(error)
    }
}

impl From<Exception> for Mistake {
    fn from(exception: Exception) -> Self {
        Self::Exception(exception)
    }
}

fn start(parsed: &Parsed, io: &Io) -> Result<(Settings, LineReader), Mistake> {
    let reader = LineReader::configured(parsed)?;
    let settings = Settings::of(parsed, &io.err)?;
    Ok((settings, reader))
}

fn die(err: &Sink, exception: &Exception) -> i32 {
    err.line(exception);
    1
}

fn produce(settings: Settings, reader: LineReader, io: Io) -> i32 {
    let Io {
        input,
        out,
        err,
        interactive,
    } = io;
    let prompt = interactive.then_some(out);
    let lines = Lines::spawn(input, prompt);
    let result = runtime::block_on(async {
        let mut config = settings.producer;
        if !settings.sync {
            let hook = err.clone();
            config = config.on_failure(move |record| {
                report(
                    &hook,
                    record.topic,
                    record.key_len,
                    record.value_len,
                    record.error,
                );
            });
        }
        let producer = Producer::new(settings.client, config);
        let mut sending = Sending {
            producer: &producer,
            topic: &settings.topic,
            sync: settings.sync,
            err: &err,
        };
        let interrupt = signal(SignalKind::interrupt());
        let terminate = signal(SignalKind::terminate());
        let code = match (interrupt, terminate) {
            (Ok(mut interrupt), Ok(mut terminate)) => tokio::select! {
                code = sending.all(lines, reader) => code,
                _ = interrupt.recv() => INTERRUPTED,
                _ = terminate.recv() => 143,
            },
            _ => sending.all(lines, reader).await,
        };
        producer.close().await;
        code
    });
    match result {
        Ok(code) => code,
        Err(error) => die(&err, &Exception::kafka(error.to_string())),
    }
}

struct Sending<'a> {
    producer: &'a Producer,
    topic: &'a str,
    sync: bool,
    err: &'a Sink,
}

impl Sending<'_> {
    async fn all(&mut self, mut lines: Lines, mut reader: LineReader) -> i32 {
        while let Some(chunk) = lines.next().await {
            for line in lines::split(&chunk) {
                let line = ottla_wire::text(line);
                let record = match reader.record(&line) {
                    Ok(record) => record,
                    Err(exception) => return die(self.err, &exception),
                };
                let headers = record.headers();
                let record = ProduceRecord {
                    topic: self.topic,
                    key: record.key.map(str::as_bytes),
                    value: record.value.map(str::as_bytes),
                    headers: &headers,
                    ..ProduceRecord::default()
                };
                if let Err(exception) = self.one(&record).await {
                    return die(self.err, &exception);
                }
            }
        }
        0
    }

    async fn one(&self, record: &ProduceRecord<'_>) -> Result<(), Exception> {
        match (self.producer.send(record).await, self.sync) {
            (Ok(delivery), true) => match delivery.wait().await {
                Ok(_) => Ok(()),
                Err(error) => Err(execution(&error)),
            },
            (Ok(_), false) => Ok(()),
            (Err(error), true) => Err(execution(&error)),
            (Err(error), false) => {
                let length = |bytes: Option<&[u8]>| bytes.map(<[u8]>::len);
                let (key, value) = (length(record.key), length(record.value));
                report(self.err, record.topic, key, value, &error);
                Ok(())
            }
        }
    }
}

fn execution(error: &ClientError) -> Exception {
    Exception::new(
        "java.util.concurrent.ExecutionException",
        Exception::from(error.clone()).to_string(),
    )
}

/// A record that was given up is one log entry.
fn report(err: &Sink, topic: &str, key: Option<usize>, value: Option<usize>, error: &ClientError) {
    let size = |length: Option<usize>| match length {
        Some(length) => format!("{length} bytes"),
        None => "null".to_owned(),
    };
    let text = format!(
        "Error when sending message to topic {topic} with key: {}, value: {} with error:",
        size(key),
        size(value)
    );
    log(err, Level::Error, text, CALLBACK_LOGGER);
    err.line(Exception::from(error.clone()));
}
