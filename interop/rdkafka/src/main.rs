//! The round trip of the interop suite through the Rust `rdkafka` crate.
//!
//! `before|after BOOTSTRAP DIR PREFIX PARTITIONS CODEC=TARGET...`, as described in `interop/README.md`.

mod members;
mod rows;

use std::{error::Error, fs, path::Path, time::Duration};

use rdkafka::{
    ClientConfig,
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    client::DefaultClientContext,
    message::OwnedHeaders,
    producer::{BaseProducer, BaseRecord, DeliveryResult, Producer, ProducerContext},
};

use crate::{members::Members, rows::Row};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [phase, bootstrap, dir, prefix, partitions, targets @ ..] = args.as_slice() else {
        return Err("usage: PHASE BOOTSTRAP DIR PREFIX PARTITIONS CODEC=TARGET...".into());
    };
    let dir = Path::new(dir);
    for target in targets {
        let (codec, target) = target.split_once('=').ok_or("CODEC=TARGET expected")?;
        let topic = format!("{prefix}-{codec}");
        if phase == "before" {
            create_topic(bootstrap, &topic, partitions.parse()?)?;
        }
        let out = dir.join(format!("{codec}.{phase}"));
        let mut members = Members::join(bootstrap, &topic, &out, target.parse()?)?;
        if phase == "before" {
            members.await_assignments()?;
            let input = fs::read_to_string(dir.join(format!("{codec}.input")))?;
            produce(bootstrap, &topic, codec, &rows::read(&input)?)?;
        }
        members.consume()?;
    }
    Ok(())
}

fn create_topic(bootstrap: &str, topic: &str, partitions: i32) -> Outcome<()> {
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
        .set("bootstrap.servers", bootstrap)
        .create()?;
    let topic = NewTopic::new(topic, partitions, TopicReplication::Fixed(1));
    let created = wait::wait_for(admin.create_topics([&topic], &AdminOptions::new()))?;
    for result in created {
        result.map_err(|(name, code)| format!("{name} was not created: {code}"))?;
    }
    Ok(())
}

fn produce(bootstrap: &str, topic: &str, codec: &str, input: &[Row]) -> Outcome<()> {
    let producer: BaseProducer<Deliveries> = ClientConfig::new()
        .set("bootstrap.servers", bootstrap)
        .set("compression.type", codec)
        .set("enable.idempotence", "true")
        .set("queue.buffering.max.messages", "1000000")
        .create_with_context(Deliveries::default())?;
    for row in input {
        let mut headers = OwnedHeaders::new();
        for (key, value) in &row.headers {
            headers = headers.insert(rdkafka::message::Header {
                key,
                value: value.as_ref(),
            });
        }
        let mut record = BaseRecord::to(topic).headers(headers);
        record.key = row.key.as_ref();
        record.payload = row.value.as_ref();
        producer.send(record).map_err(|(error, _)| error)?;
        producer.poll(Duration::ZERO);
    }
    producer.flush(Duration::from_secs(60))?;
    let delivered = producer
        .context()
        .delivered
        .load(std::sync::atomic::Ordering::Relaxed);
    if delivered != input.len() {
        return Err(format!("{delivered} of {} records were acknowledged", input.len()).into());
    }
    Ok(())
}

/// Counts the acknowledged records.
#[derive(Default)]
struct Deliveries {
    delivered: std::sync::atomic::AtomicUsize,
}

impl rdkafka::ClientContext for Deliveries {}

impl ProducerContext for Deliveries {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        match result {
            Ok(_) => {
                self.delivered
                    .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
            Err((error, _)) => eprintln!("not acknowledged: {error}"),
        }
    }
}

mod wait {
    use std::{
        future::Future,
        pin::pin,
        sync::Arc,
        task::{Context, Poll, Wake, Waker},
        thread::{self, Thread},
    };

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    /// Waits for one future on this thread.
    pub fn wait_for<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }
}
