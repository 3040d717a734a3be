//! Describe.

use std::{collections::BTreeMap, fmt, sync::Arc};

use ottla_client::{
    Admin, ConfigEntry, ConfigResource, DescribedPartition, DescribedTopic, Reassignment,
    TopicListing,
};
use ottla_types::{ErrorCode, Uuid};

use super::commands::{ensure_found, keep_matching, listed, number, text};
use crate::{
    Sink,
    exception::Exception,
    java_map::{JavaMap, string_hash},
    options::Parsed,
};

/// Partitions in one answer, unless told otherwise.
const PAGE: i32 = 2000;

pub(super) async fn describe(admin: &Admin, parsed: &Parsed, out: &Sink) -> Result<(), Exception> {
    let topics = match text(parsed, "topic-id")?.map(parse_id).transpose()? {
        Some(id) if !id.is_zero() => by_id(admin, parsed, id).await?,
        _ => by_name(admin, parsed).await?,
    };
    if topics.is_empty() {
        return Ok(());
    }
    let resources: Vec<_> = topics
        .iter()
        .map(|topic| ConfigResource::topic(topic.name.as_str()))
        .collect();
    let configs: BTreeMap<String, Vec<ConfigEntry>> = admin
        .describe_configs(&resources)
        .await?
        .into_iter()
        .map(|(resource, entries)| (resource.name, entries))
        .collect();
    let moves = admin.reassignments().await.unwrap_or_default();
    let brokers = admin.brokers().await?;
    let live: Vec<i32> = brokers.iter().map(|broker| broker.id).collect();
    let filters = Filters::of(parsed);
    let mut text = String::new();
    for topic in &topics {
        let entries = configs.get(&topic.name).map_or(&[][..], Vec::as_slice);
        filters.print(&mut text, topic, entries, &moves, &live);
    }
    out.text(text);
    Ok(())
}

async fn by_id(admin: &Admin, parsed: &Parsed, id: Uuid) -> Result<Vec<DescribedTopic>, Exception> {
    let listed = admin.list_topics().await?;
    if !listed.iter().any(|topic| topic.id == id) {
        if parsed.has("if-exists") {
            return Ok(Vec::new());
        }
        return Err(Exception::illegal_argument(format!(
            "TopicId '{id}' does not exist as expected"
        )));
    }
    let described = admin.describe_topics_by_id(&[id]).await?;
    Ok(described.into_iter().collect::<Result<_, _>>()?)
}

async fn by_name(admin: &Admin, parsed: &Parsed) -> Result<Vec<DescribedTopic>, Exception> {
    let mut listed = in_order_of_listing(listed(admin, parsed).await?);
    keep_matching(parsed, &mut listed)?;
    ensure_found(&listed, parsed)?;
    if listed.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<_> = listed.into_iter().map(|topic| topic.name).collect();
    let page = number(parsed, "partition-size-limit-per-response")?.unwrap_or(PAGE);
    let mut described = BTreeMap::new();
    for topic in admin.describe_topics(&names, page).await? {
        match topic {
            Ok(topic) => {
                described.insert(topic.name.clone(), topic);
            }
            // It went away in between.
            Err(error) if error.code() == Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let ordered = printing_order(names);
    Ok(ordered
        .into_iter()
        .filter_map(|name| described.remove(&name))
        .collect())
}

/// Apache's tool has the topics that it lists in a hash map.
fn in_order_of_listing(topics: Vec<TopicListing>) -> Vec<TopicListing> {
    let mut listing = JavaMap::with_capacity(16);
    for topic in topics {
        listing.put(string_hash(&topic.name), topic);
    }
    listing.into_keys().collect()
}

/// Those that it describes go from there through three more, and are printed in the order of the last.
fn printing_order(mut names: Vec<String>) -> Vec<String> {
    let count = names.len();
    for mut map in [
        JavaMap::with_capacity(count),
        JavaMap::for_all_of(count),
        JavaMap::with_capacity(count),
    ] {
        for name in names {
            map.put(string_hash(&name), name);
        }
        names = map.into_keys().collect();
    }
    names
}

/// Which topics and partitions are printed.
struct Filters {
    overrides: bool,
    under_replicated: bool,
    unavailable: bool,
    under_min_isr: bool,
    at_min_isr: bool,
}

impl Filters {
    fn of(parsed: &Parsed) -> Self {
        Self {
            overrides: parsed.has("topics-with-overrides"),
            under_replicated: parsed.has("under-replicated-partitions"),
            unavailable: parsed.has("unavailable-partitions"),
            under_min_isr: parsed.has("under-min-isr-partitions"),
            at_min_isr: parsed.has("at-min-isr-partitions"),
        }
    }

    const fn looks_at_replicas(&self) -> bool {
        self.under_replicated || self.unavailable || self.under_min_isr || self.at_min_isr
    }

    fn print(
        &self,
        out: &mut String,
        topic: &DescribedTopic,
        configs: &[ConfigEntry],
        moves: &BTreeMap<(Arc<str>, i32), Reassignment>,
        live: &[i32],
    ) {
        let set: Vec<_> = configs.iter().filter(|entry| !entry.is_default()).collect();
        if !self.looks_at_replicas() && (!self.overrides || !set.is_empty()) {
            print_topic(out, topic, &set, moves);
        }
        if self.overrides {
            return;
        }
        let min_isr = configs
            .iter()
            .find(|entry| entry.name == "min.insync.replicas")
            .and_then(|entry| entry.value.as_deref()?.parse().ok())
            .unwrap_or(1);
        for partition in &topic.partitions {
            let moving = moves.get(&(Arc::from(topic.name.as_str()), partition.index));
            if !self.looks_at_replicas() || self.accepts(partition, moving, min_isr, live) {
                print_partition(out, topic, partition, moving);
            }
        }
    }

    fn accepts(
        &self,
        partition: &DescribedPartition,
        moving: Option<&Reassignment>,
        min_isr: usize,
        live: &[i32],
    ) -> bool {
        let isr = partition.isr.len();
        let adding = moving.map_or(0, |moving| moving.adding.len());
        let led = partition
            .leader
            .is_some_and(|leader| live.contains(&leader));
        (self.under_replicated && isr < partition.replicas.len().saturating_sub(adding))
            || (self.unavailable && !led)
            || (self.under_min_isr && (partition.leader.is_none() || isr < min_isr))
            || (self.at_min_isr && isr == min_isr)
    }
}

fn print_topic(
    out: &mut String,
    topic: &DescribedTopic,
    set: &[&ConfigEntry],
    moves: &BTreeMap<(Arc<str>, i32), Reassignment>,
) {
    let first = topic.partitions.first();
    let adding = first.map_or(0, |first| {
        moves
            .get(&(Arc::from(topic.name.as_str()), first.index))
            .map_or(0, |moving| moving.adding.len())
    });
    let replicas = first
        .map_or(0, |first| first.replicas.len())
        .saturating_sub(adding);
    let mut line = format!("Topic: {}", topic.name);
    if !topic.id.is_zero() {
        push(&mut line, format_args!("\tTopicId: {}", topic.id));
    }
    let configs: Vec<_> = set
        .iter()
        .map(|entry| {
            let value = entry.value.as_deref().unwrap_or("null");
            format!("{}={value}", entry.name)
        })
        .collect();
    push(
        &mut line,
        format_args!(
            "\tPartitionCount: {}\tReplicationFactor: {replicas}\tConfigs: {}\n",
            topic.partitions.len(),
            configs.join(",")
        ),
    );
    out.push_str(&line);
}

fn print_partition(
    out: &mut String,
    topic: &DescribedTopic,
    partition: &DescribedPartition,
    moving: Option<&Reassignment>,
) {
    let leader = match partition.leader {
        Some(leader) => leader.to_string(),
        None => "none".to_owned(),
    };
    push(
        out,
        format_args!(
            "\tTopic: {}\tPartition: {}\tLeader: {leader}\tReplicas: {}\tIsr: {}",
            topic.name,
            partition.index,
            list(&partition.replicas),
            list(&partition.isr)
        ),
    );
    if let Some(moving) = moving {
        push(
            out,
            format_args!(
                "\tAdding Replicas: {}\tRemoving Replicas: {}",
                list(&moving.adding),
                list(&moving.removing)
            ),
        );
    }
    let or_none = |ids: Option<&Vec<i32>>| ids.map_or_else(|| "N/A".to_owned(), |ids| list(ids));
    push(
        out,
        format_args!(
            "\tElr: {}\tLastKnownElr: {}\n",
            or_none(partition.elr.as_ref()),
            or_none(partition.last_known_elr.as_ref())
        ),
    );
}

fn push(out: &mut String, text: fmt::Arguments<'_>) {
    out.push_str(&fmt::format(text));
}

fn list(ids: &[i32]) -> String {
    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}

/// An id, with the complaint of Java's `Uuid.fromString`.
fn parse_id(text: &str) -> Result<Uuid, Exception> {
    if text.len() > 24 {
        return Err(Exception::illegal_argument(format!(
            "Input string with prefix `{}` is too long to be decoded as a base64 UUID",
            text.chars().take(24).collect::<String>()
        )));
    }
    text.parse().map_err(|_| {
        let decoded = text.trim_end_matches('=').len() * 3 / 4;
        Exception::illegal_argument(format!(
            "Input string `{text}` decoded as {decoded} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_printed_in_the_order_seen_in_apaches_tool() {
        let long = "a".repeat(245);
        let names = ["a.b", &long, "exists"].map(str::to_owned).to_vec();
        assert_eq!(printing_order(names), [&*long, "a.b", "exists"]);
        let names = [
            "alpha", "assigned", "beta", "equals", "gamma", "max", "my_topic",
        ];
        assert_eq!(
            printing_order(names.map(str::to_owned).to_vec()),
            [
                "max", "alpha", "equals", "my_topic", "assigned", "beta", "gamma"
            ]
        );
    }
}
