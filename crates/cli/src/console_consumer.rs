//! `kafka-console-consumer`: prints the records of topics.

mod coordinator;
mod deserializer;
mod formatter;
mod options;
mod settings;

use std::{
    ffi::OsString,
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use ottla_client::{Consumed, Consumer, PartitionBatches, Subscription};
use ottla_records::Decompressor;
use ottla_types::TopicPartition;
use regex::Regex;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    Io, Sink,
    exception::Exception,
    io::lossy,
    log::{Level, log},
    options::Parsed,
    runtime,
};
use formatter::Formatter;
use options::USAGE;
use settings::{Settings, Start, Topics};

const LOGGER: &str = "org.apache.kafka.tools.consumer.ConsoleConsumer";

/// Exit codes of a process that a signal ended.
const INTERRUPTED: i32 = 130;
const TERMINATED: i32 = 143;

/// Output is gathered up to this size.
const GATHER: usize = 64 << 10;

/// Runs the tool; the result is the exit code.
#[must_use]
pub fn run(arguments: Vec<OsString>, io: Io) -> i32 {
    let parsed = match USAGE.parse(&lossy(arguments)) {
        Ok(parsed) => parsed,
        Err(error) => return USAGE.refuse(&io.err, error),
    };
    let (settings, formatter) = match prepare(&parsed, &io) {
        Ok(prepared) => prepared,
        Err(code) => return code,
    };
    match runtime::block_on(consume(&parsed, settings, formatter, &io)) {
        Ok(code) => code,
        Err(error) => unknown_error(&io.err, &Exception::kafka(error.to_string())),
    }
}

fn prepare(parsed: &Parsed, io: &Io) -> Result<(Settings, Formatter), i32> {
    options::check(parsed, &io.out, &io.err)?;
    let settings = Settings::of(parsed, &io.err)?;
    let formatter = Formatter::of(parsed, &io.err)
        .map_err(|exception| USAGE.refuse(&io.err, exception.text()))?;
    Ok((settings, formatter))
}

fn unknown_error(err: &Sink, exception: &Exception) -> i32 {
    log(
        err,
        Level::Error,
        "Unknown error when running consumer: ",
        LOGGER,
    );
    err.line(exception);
    1
}

async fn consume(parsed: &Parsed, settings: Settings, formatter: Formatter, io: &Io) -> i32 {
    let config = match settings.consumer_config() {
        Ok(config) => config,
        Err(exception) => return unknown_error(&io.err, &exception),
    };
    if settings.shows_hint() {
        io.err.line("The consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer to try it out. See https://kafka.apache.org/documentation/#consumer_rebalance_protocol");
    }
    let client = settings.client.clone();
    let mut consumer = Consumer::new(client, config);
    if let Err(exception) = start(&mut consumer, &settings) {
        return unknown_error(&io.err, &exception);
    }
    let mut printing = Printing {
        formatter,
        io,
        limit: None,
        timeout: settings.timeout,
        skip_errors: parsed.has("skip-message-on-error"),
        count: 0,
        buffer: Vec::with_capacity(GATHER),
    };
    let ended = match parsed.number("max-messages") {
        Ok(limit) => {
            // Every negative limit but "none" is reached at once.
            printing.limit = limit
                .filter(|limit| *limit != -1)
                .map(|limit| u64::try_from(limit).unwrap_or(0));
            printing.until_signal(&mut consumer).await
        }
        Err(error) => Ended::Failed(Exception::new(error.class(), error.to_string())),
    };
    consumer.close().await;
    printing.finish();
    let code = match ended {
        Ended::Done => 0,
        Ended::Signal(code) => code,
        Ended::Failed(exception) => {
            printing.report();
            return unknown_error(&io.err, &exception);
        }
    };
    printing.report();
    if parsed.has("enable-systest-events") {
        io.out.line("shutdown_complete");
    }
    code
}

fn start(consumer: &mut Consumer, settings: &Settings) -> Result<(), Exception> {
    match &settings.topics {
        Topics::Partition(topic, partition, start) => {
            let partition = TopicPartition::new(topic.as_str(), *partition);
            consumer.assign([partition.clone()]);
            match start {
                Start::At(offset) => consumer.seek(&partition, *offset),
                Start::Spec(spec) => consumer.seek_to(&partition, *spec),
            }
        }
        Topics::Named(topic) => {
            consumer.subscribe(Subscription::Topics(vec![Arc::from(topic.as_str())]));
        }
        Topics::Matching(pattern) => {
            let regex =
                Regex::new(&format!("^(?:{pattern})$")).map_err(|_| bad_pattern(pattern))?;
            consumer.subscribe(Subscription::Matching(Arc::new(move |name| {
                regex.is_match(name)
            })));
        }
    }
    Ok(())
}

/// What Java says of the commonest mistake; other patterns that are refused get no position.
fn bad_pattern(pattern: &str) -> Exception {
    let text = if pattern.matches('(').count() > pattern.matches(')').count() {
        format!(
            "Unclosed group near index {}\n{pattern}",
            pattern.chars().count()
        )
    } else {
        format!("Illegal pattern\n{pattern}")
    };
    Exception::new("java.util.regex.PatternSyntaxException", text)
}

/// How printing came to an end.
enum Ended {
    Done,
    Signal(i32),
    Failed(Exception),
}

struct Printing<'a> {
    formatter: Formatter,
    io: &'a Io,
    limit: Option<u64>,
    timeout: Option<Duration>,
    skip_errors: bool,
    count: u64,
    buffer: Vec<u8>,
}

impl Printing<'_> {
    async fn until_signal(&mut self, consumer: &mut Consumer) -> Ended {
        let interrupt = signal(SignalKind::interrupt());
        let terminate = signal(SignalKind::terminate());
        let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
            return self.all(consumer).await;
        };
        tokio::select! {
            ended = self.all(consumer) => ended,
            _ = interrupt.recv() => Ended::Signal(INTERRUPTED),
            _ = terminate.recv() => Ended::Signal(TERMINATED),
        }
    }

    /// Prints until the limit, an idle time, or an error.
    async fn all(&mut self, consumer: &mut Consumer) -> Ended {
        let mut decompressor = Decompressor::new();
        let mut idle_since = now();
        while self.limit.is_none_or(|limit| self.count < limit) {
            let wait = match self.timeout {
                Some(timeout) => timeout.saturating_sub(idle_since.elapsed()),
                None => Duration::from_secs(1),
            };
            let fetched = match consumer.poll(wait).await {
                Ok(fetched) => fetched,
                Err(error) => {
                    self.processing_error(&Exception::from(error));
                    return Ended::Done;
                }
            };
            if fetched.is_empty() {
                if self
                    .timeout
                    .is_some_and(|timeout| idle_since.elapsed() >= timeout)
                {
                    self.processing_error(&Exception {
                        class: "org.apache.kafka.common.errors.TimeoutException".to_owned(),
                        message: None,
                    });
                    return Ended::Done;
                }
                continue;
            }
            if let Some(ended) = self.batches(consumer, &fetched, &mut decompressor) {
                return ended;
            }
            idle_since = now();
        }
        Ended::Done
    }

    fn batches(
        &mut self,
        consumer: &mut Consumer,
        fetched: &[PartitionBatches],
        decompressor: &mut Decompressor,
    ) -> Option<Ended> {
        for (index, batches) in fetched.iter().enumerate() {
            let ended = self.partition(consumer, batches, decompressor);
            let full = self.limit.is_some_and(|limit| self.count >= limit);
            if ended.is_some() || full {
                for unread in fetched.iter().skip(index + 1) {
                    consumer.seek(unread.partition(), unread.from());
                }
                return ended;
            }
        }
        self.flush().then_some(Ended::Done)
    }

    fn partition(
        &mut self,
        consumer: &mut Consumer,
        batches: &PartitionBatches,
        decompressor: &mut Decompressor,
    ) -> Option<Ended> {
        let partition = batches.partition();
        let mut ended = None;
        let mut stop_at = None;
        let result = batches.for_each(decompressor, |consumed| {
            if self.limit.is_some_and(|limit| self.count >= limit) {
                stop_at = Some(consumed.record.offset.0);
                return ControlFlow::Break(());
            }
            self.count += 1;
            if let Err(exception) = self.one(partition, &consumed) {
                stop_at = Some(consumed.record.offset.next().0);
                ended = Some(Ended::Failed(exception));
                return ControlFlow::Break(());
            }
            if self.buffer.len() >= GATHER && self.flush() {
                stop_at = Some(consumed.record.offset.next().0);
                ended = Some(Ended::Done);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if let Err(error) = result {
            self.flush();
            self.processing_error(&Exception::from(error));
            return Some(Ended::Done);
        }
        if let Some(offset) = stop_at {
            consumer.seek(partition, offset);
        }
        ended
    }

    fn one(
        &mut self,
        partition: &TopicPartition,
        consumed: &Consumed<'_>,
    ) -> Result<(), Exception> {
        match self.formatter.write(partition, consumed, &mut self.buffer) {
            Err(exception) if self.skip_errors => {
                log(
                    &self.io.err,
                    Level::Error,
                    "Error processing message, skipping this message: ",
                    LOGGER,
                );
                self.io.err.line(exception);
                Ok(())
            }
            result => result,
        }
    }

    fn processing_error(&self, exception: &Exception) {
        log(
            &self.io.err,
            Level::Error,
            "Error processing message, terminating consumer process: ",
            LOGGER,
        );
        self.io.err.line(exception);
    }

    /// Writes what is gathered; true when nobody reads any more.
    fn flush(&mut self) -> bool {
        let written = self
            .io
            .out
            .bytes(&self.buffer)
            .and_then(|()| self.io.out.flush());
        self.buffer.clear();
        if written.is_err() {
            self.io
                .err
                .line("Unable to write to standard out, closing consumer.");
        }
        written.is_err()
    }

    fn finish(&mut self) {
        if !self.buffer.is_empty() {
            self.flush();
        }
    }

    fn report(&self) {
        self.io
            .err
            .line(format_args!("Processed a total of {} messages", self.count));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tool is a shell: how long nothing came is its own affair"
)]
fn now() -> Instant {
    Instant::now()
}
