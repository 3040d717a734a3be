//! Which brokers hold the partitions of a new topic.
//!
//! Partitions are striped over racks, and over the brokers of each rack, from a random start, so
//! that leaders spread evenly and replicas sit in as many racks as there are. The first replica is
//! always on an unfenced broker. When every unfenced broker has led once, the lists are shuffled,
//! so that the same neighbours are not paired again and again.

use std::collections::BTreeMap;

use ottla_types::BrokerId;

use super::entropy::Entropy;

/// A broker that may be given replicas.
#[derive(Clone, Debug)]
pub(crate) struct UsableBroker {
    pub(crate) id: BrokerId,
    pub(crate) rack: Option<String>,
    pub(crate) fenced: bool,
}

/// Places `partitions` partitions of `replication_factor` replicas.
///
/// # Errors
/// Apache Kafka's message when the brokers do not suffice.
pub(crate) fn place(
    brokers: Vec<UsableBroker>,
    partitions: usize,
    replication_factor: i16,
    entropy: &mut Entropy,
) -> Result<Vec<Vec<BrokerId>>, String> {
    let replicas = usize::try_from(replication_factor).unwrap_or(0);
    if replicas == 0 {
        return Err(format!(
            "Invalid replication factor {replication_factor}: the replication factor must be positive."
        ));
    }
    let unfenced = brokers.iter().filter(|broker| !broker.fenced).count();
    if unfenced == 0 {
        return Err(
            "All brokers are currently fenced, or have all their log directories cordoned."
                .to_owned(),
        );
    }
    if replicas > brokers.len() {
        return Err(format!(
            "The target replication factor of {replicas} cannot be reached because only {} broker(s) are registered or some brokers have all their log directories cordoned.",
            brokers.len()
        ));
    }
    let mut stripes = Stripes::new(brokers, unfenced, entropy);
    Ok((0..partitions)
        .map(|_| stripes.next(replicas, entropy))
        .collect())
}

/// The racks in the order in which they take turns.
struct Stripes {
    racks: Vec<Rack>,
    unfenced: usize,
    /// Rack that the next partition begins with.
    start: usize,
    /// Partitions placed since the last shuffle.
    turn: usize,
}

impl Stripes {
    fn new(brokers: Vec<UsableBroker>, unfenced: usize, entropy: &mut Entropy) -> Self {
        let mut by_rack: BTreeMap<Option<String>, Rack> = BTreeMap::new();
        for broker in brokers {
            let rack = by_rack.entry(broker.rack).or_default();
            let list = if broker.fenced {
                &mut rack.fenced
            } else {
                &mut rack.unfenced
            };
            list.brokers.push(broker.id);
        }
        let mut racks: Vec<Rack> = by_rack.into_values().collect();
        for rack in &mut racks {
            rack.fenced.begin_anywhere(entropy);
            rack.unfenced.begin_anywhere(entropy);
        }
        let start = entropy.below(racks.len());
        Self {
            racks,
            unfenced,
            start,
            turn: 0,
        }
    }

    /// The replicas of the next partition. There are at least `replicas` brokers.
    fn next(&mut self, replicas: usize, entropy: &mut Entropy) -> Vec<BrokerId> {
        if self.turn == self.unfenced && self.unfenced > 1 {
            entropy.shuffle(&mut self.racks);
            for rack in &mut self.racks {
                entropy.shuffle(&mut rack.fenced.brokers);
                entropy.shuffle(&mut rack.unfenced.brokers);
            }
            self.turn = 0;
        }
        let (count, turn) = (self.racks.len(), self.turn);
        let from = |first: usize| (0..count).map(move |step| (first + step) % count);
        let mut placed = Vec::with_capacity(replicas);
        let mut leader_rack = None;
        for index in from(self.start) {
            if let Some(leader) = self.racks[index].unfenced.next(turn) {
                placed.push(leader);
                leader_rack = Some(index);
                break;
            }
        }
        // The leader's rack has had its turn in the first round.
        while placed.len() < replicas {
            for index in from(self.start) {
                if leader_rack == Some(index) {
                    leader_rack = None;
                } else if placed.len() < replicas {
                    placed.extend(self.racks[index].next(turn));
                }
            }
        }
        self.turn += 1;
        self.start = (self.start + 1) % count;
        placed
    }
}

#[derive(Default)]
struct Rack {
    unfenced: Line,
    fenced: Line,
}

impl Rack {
    fn next(&mut self, turn: usize) -> Option<BrokerId> {
        self.unfenced.next(turn).or_else(|| self.fenced.next(turn))
    }
}

/// Brokers of one kind in one rack, taken one after another within a partition.
#[derive(Default)]
struct Line {
    brokers: Vec<BrokerId>,
    offset: usize,
    taken: usize,
    turn: usize,
}

impl Line {
    fn begin_anywhere(&mut self, entropy: &mut Entropy) {
        self.brokers.sort();
        self.offset = entropy.below(self.brokers.len());
    }

    /// The next broker not yet taken in this turn. A new turn begins one place further on.
    fn next(&mut self, turn: usize) -> Option<BrokerId> {
        let count = self.brokers.len();
        if count == 0 {
            return None;
        }
        if self.turn != turn {
            self.turn = turn;
            self.taken = 0;
            self.offset = (self.offset + 1) % count;
        }
        if self.taken >= count {
            return None;
        }
        let broker = self.brokers[(self.offset + self.taken) % count];
        self.taken += 1;
        Some(broker)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn broker(id: i32, rack: &str, fenced: bool) -> UsableBroker {
        UsableBroker {
            id: BrokerId(id),
            rack: (!rack.is_empty()).then(|| rack.to_owned()),
            fenced,
        }
    }

    fn entropy() -> Entropy {
        Entropy::from_seed([3; 32])
    }

    #[test]
    fn leaders_are_spread_evenly_and_replicas_differ() {
        let brokers: Vec<_> = (0..4).map(|id| broker(id, "", false)).collect();
        let placed = place(brokers, 400, 3, &mut entropy()).unwrap();
        let mut leads = [0; 4];
        for replicas in &placed {
            assert_eq!(replicas.iter().collect::<BTreeSet<_>>().len(), 3);
            leads[usize::try_from(replicas[0].0).unwrap()] += 1;
        }
        assert_eq!(leads, [100; 4]);
    }

    #[test]
    fn replicas_sit_in_different_racks() {
        let brokers: Vec<_> = (0..6)
            .map(|id| broker(id, ["a", "b", "c"][usize::try_from(id % 3).unwrap()], false))
            .collect();
        for replicas in place(brokers, 60, 3, &mut entropy()).unwrap() {
            let racks: BTreeSet<i32> = replicas.iter().map(|id| id.0 % 3).collect();
            assert_eq!(racks.len(), 3, "{replicas:?}");
        }
    }

    #[test]
    fn a_fenced_broker_never_leads_and_comes_last_in_its_rack() {
        let brokers = vec![
            broker(1, "", false),
            broker(2, "", true),
            broker(3, "", false),
        ];
        for replicas in place(brokers, 20, 3, &mut entropy()).unwrap() {
            assert_eq!(replicas[2], BrokerId(2), "{replicas:?}");
        }
    }

    #[test]
    fn a_lone_unfenced_broker_leads_everything() {
        let brokers = vec![broker(1, "a", true), broker(2, "b", false)];
        let placed = place(brokers, 5, 2, &mut entropy()).unwrap();
        assert!(
            placed
                .iter()
                .all(|replicas| replicas == &[BrokerId(2), BrokerId(1)])
        );
    }

    #[test]
    fn says_what_is_missing() {
        let two = || vec![broker(1, "", false), broker(2, "", true)];
        let refused = |brokers, factor| place(brokers, 1, factor, &mut entropy()).unwrap_err();
        assert_eq!(
            refused(two(), 3),
            "The target replication factor of 3 cannot be reached because only 2 broker(s) are registered or some brokers have all their log directories cordoned."
        );
        assert_eq!(
            refused(vec![broker(2, "", true)], 1),
            "All brokers are currently fenced, or have all their log directories cordoned."
        );
    }
}
