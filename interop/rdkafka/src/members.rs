use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Duration,
};

use rdkafka::{
    ClientConfig, Message,
    consumer::{BaseConsumer, CommitMode, Consumer},
    error::{KafkaError, RDKafkaErrorCode},
};

use crate::{Outcome, rows};

/// The two members of one group and the file of what they receive.
pub struct Members {
    members: Vec<BaseConsumer>,
    out: BufWriter<File>,
    target: usize,
    received: usize,
}

/// Empty polls in a row after which nothing more is expected.
const PATIENCE_POLLS: usize = 300;
const POLL: Duration = Duration::from_millis(100);

impl Members {
    pub fn join(bootstrap: &str, topic: &str, out: &Path, target: usize) -> Outcome<Self> {
        let mut members = Vec::new();
        for _ in 0..2 {
            let member: BaseConsumer = ClientConfig::new()
                .set("bootstrap.servers", bootstrap)
                .set("group.id", topic)
                .set("auto.offset.reset", "earliest")
                .set("enable.auto.commit", "false")
                .set("heartbeat.interval.ms", "300")
                .create()?;
            member.subscribe(&[topic])?;
            members.push(member);
        }
        Ok(Self {
            members,
            out: BufWriter::new(File::create(out)?),
            target,
            received: 0,
        })
    }

    /// Polls until both members have partitions.
    pub fn await_assignments(&mut self) -> Outcome<()> {
        for _ in 0..PATIENCE_POLLS {
            if self.all_assigned()? {
                return Ok(());
            }
            self.poll_each()?;
        }
        Err("the two members got no partitions".into())
    }

    /// Receives until the target is reached and both members have partitions, and commits them.
    pub fn consume(&mut self) -> Outcome<()> {
        let mut idle = 0;
        while self.received < self.target || !self.all_assigned()? {
            idle = if self.poll_each()? == 0 { idle + 1 } else { 0 };
            if idle > PATIENCE_POLLS {
                return Err(format!("{} of {} records arrived", self.received, self.target).into());
            }
        }
        self.out.flush()?;
        Ok(())
    }

    fn all_assigned(&self) -> Outcome<bool> {
        for member in &self.members {
            if member.assignment()?.count() == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes what each member has at hand, up to a limit, and commits it.
    fn poll_each(&mut self) -> Outcome<usize> {
        // a rebalance in the middle of a batch would give the start of the batch to the other member again
        let limit = if self.all_assigned()? {
            1000.min(self.target / 8 + 1)
        } else {
            1
        };
        let mut count = 0;
        for (number, member) in self.members.iter().enumerate() {
            let mut taken = 0;
            while taken < limit {
                let wait = if taken == 0 { POLL } else { Duration::ZERO };
                let Some(message) = member.poll(wait) else {
                    break;
                };
                let message = message?;
                let headers = message.headers();
                writeln!(
                    self.out,
                    "{number}\t{}\t{}\t{}\t{}\t{}",
                    message.partition(),
                    message.offset(),
                    rows::hex(message.key()),
                    rows::headers(headers),
                    rows::hex(message.payload()),
                )?;
                taken += 1;
            }
            if taken > 0 {
                commit(member)?;
            }
            count += taken;
        }
        self.received += count;
        Ok(count)
    }
}

fn commit(member: &BaseConsumer) -> Outcome<()> {
    match member.commit_consumer_state(CommitMode::Sync) {
        Ok(()) | Err(KafkaError::ConsumerCommit(RDKafkaErrorCode::NoOffset)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
