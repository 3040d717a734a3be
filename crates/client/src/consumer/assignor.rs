//! How a group's leader shares partitions out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ottla_types::TopicPartition;

/// A member as the leader sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) instance: Option<String>,
    pub(super) topics: BTreeSet<Arc<str>>,
    pub(super) owned: Vec<TopicPartition>,
    pub(super) generation: i32,
}

/// Partitions by member id.
pub(super) type Assignment = BTreeMap<String, Vec<TopicPartition>>;

/// Each topic on its own, in consecutive ranges, to its members in order: static ones by instance
/// id, then the others by member id.
pub(super) fn range(members: &[Member], topics: &BTreeMap<Arc<str>, usize>) -> Assignment {
    let mut assignment: Assignment = empty(members);
    let mut ordered: Vec<&Member> = members.iter().collect();
    ordered.sort_by_key(|member| match &member.instance {
        Some(instance) => (false, instance.as_str()),
        None => (true, member.id.as_str()),
    });
    for (topic, count) in topics {
        let takers: Vec<_> = ordered
            .iter()
            .filter(|member| member.topics.contains(topic))
            .collect();
        let Some(share) = count.checked_div(takers.len()) else {
            continue;
        };
        let extra = count % takers.len();
        let mut next = 0i32;
        for (place, member) in takers.iter().enumerate() {
            let size = share + usize::from(place < extra);
            if let Some(partitions) = assignment.get_mut(&member.id) {
                for _ in 0..size {
                    partitions.push(TopicPartition::new(Arc::clone(topic), next));
                    next = next.saturating_add(1);
                }
            }
        }
    }
    assignment
}

/// As balanced as the subscriptions allow, moving as little as possible; what moves is first taken
/// from its owner, and given away in the next round (KIP-429).
pub(super) fn cooperative_sticky(
    members: &[Member],
    topics: &BTreeMap<Arc<str>, usize>,
) -> Assignment {
    let owners = owners(members, topics);
    let mut assignment = sticky(members, topics, &owners);
    for (member, partitions) in &mut assignment {
        partitions.retain(|partition| owners.get(partition).is_none_or(|owner| owner == member));
    }
    assignment
}

fn empty(members: &[Member]) -> Assignment {
    members
        .iter()
        .map(|member| (member.id.clone(), Vec::new()))
        .collect()
}

/// Who owned what: of two claims the one of the later generation holds, of two of one generation none.
fn owners(
    members: &[Member],
    topics: &BTreeMap<Arc<str>, usize>,
) -> BTreeMap<TopicPartition, String> {
    let mut claims: BTreeMap<TopicPartition, (i32, Option<String>)> = BTreeMap::new();
    for member in members {
        for partition in &member.owned {
            let exists = topics.get(&partition.topic).is_some_and(|count| {
                usize::try_from(partition.partition.0).is_ok_and(|index| index < *count)
            });
            if !exists || !member.topics.contains(&partition.topic) {
                continue;
            }
            let claim = (member.generation, Some(member.id.clone()));
            match claims.get_mut(partition) {
                None => {
                    claims.insert(partition.clone(), claim);
                }
                Some(other) if other.0 < member.generation => *other = claim,
                Some(other) if other.0 == member.generation => other.1 = None,
                Some(_) => {}
            }
        }
    }
    claims
        .into_iter()
        .filter_map(|(partition, (_, owner))| Some((partition, owner?)))
        .collect()
}

fn sticky(
    members: &[Member],
    topics: &BTreeMap<Arc<str>, usize>,
    owners: &BTreeMap<TopicPartition, String>,
) -> Assignment {
    let mut assignment = empty(members);
    let mut homeless = Vec::new();
    for (topic, count) in topics {
        for index in (0i32..).take(*count) {
            let partition = TopicPartition::new(Arc::clone(topic), index);
            match owners.get(&partition).and_then(|id| assignment.get_mut(id)) {
                Some(partitions) => partitions.push(partition),
                None => homeless.push(partition),
            }
        }
    }
    for partition in homeless {
        if let Some(taker) = least_loaded(members, &assignment, &partition.topic)
            && let Some(partitions) = assignment.get_mut(&taker)
        {
            partitions.push(partition);
        }
    }
    while balance_one(members, &mut assignment) {}
    for partitions in assignment.values_mut() {
        partitions.sort();
    }
    assignment
}

fn least_loaded(members: &[Member], assignment: &Assignment, topic: &str) -> Option<String> {
    members
        .iter()
        .filter(|member| member.topics.contains(topic))
        .min_by_key(|member| (load(assignment, &member.id), &member.id))
        .map(|member| member.id.clone())
}

fn load(assignment: &Assignment, member: &str) -> usize {
    assignment.get(member).map_or(0, Vec::len)
}

/// Moves one partition to a member with at least two fewer. Each move lessens the sum of squares
/// of the loads, so it comes to an end.
fn balance_one(members: &[Member], assignment: &mut Assignment) -> bool {
    let mut heaviest: Vec<&Member> = members.iter().collect();
    heaviest.sort_by_key(|member| std::cmp::Reverse(load(assignment, &member.id)));
    for giver in heaviest {
        let from = load(assignment, &giver.id);
        let candidates = assignment.get(&giver.id).cloned().unwrap_or_default();
        for partition in candidates.into_iter().rev() {
            let Some(taker) = least_loaded(members, assignment, &partition.topic) else {
                continue;
            };
            if load(assignment, &taker).saturating_add(1) >= from {
                continue;
            }
            if let Some(partitions) = assignment.get_mut(&giver.id) {
                partitions.retain(|other| *other != partition);
            }
            if let Some(partitions) = assignment.get_mut(&taker) {
                partitions.push(partition);
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, topics: &[&str], owned: &[(&str, i32)]) -> Member {
        Member {
            id: id.to_owned(),
            instance: None,
            topics: topics.iter().map(|topic| Arc::from(*topic)).collect(),
            owned: owned
                .iter()
                .map(|(topic, index)| TopicPartition::new(*topic, *index))
                .collect(),
            generation: 1,
        }
    }

    fn topics(list: &[(&str, usize)]) -> BTreeMap<Arc<str>, usize> {
        list.iter()
            .map(|(topic, count)| (Arc::from(*topic), *count))
            .collect()
    }

    fn names(partitions: &[TopicPartition]) -> Vec<String> {
        partitions.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ranges_go_to_the_first_members() {
        let members = [member("b", &["t"], &[]), member("a", &["t", "u"], &[])];
        let assignment = range(&members, &topics(&[("t", 3), ("u", 1)]));
        assert_eq!(names(&assignment["a"]), ["t-0", "t-1", "u-0"]);
        assert_eq!(names(&assignment["b"]), ["t-2"]);
    }

    #[test]
    fn a_newcomer_gets_its_share_in_the_second_round() {
        let owned = [("t", 0), ("t", 1), ("t", 2), ("t", 3)];
        let members = [member("a", &["t"], &owned), member("b", &["t"], &[])];
        let first = cooperative_sticky(&members, &topics(&[("t", 4)]));
        assert_eq!(names(&first["a"]), ["t-0", "t-1"]);
        assert!(first["b"].is_empty());
        let members = [member("a", &["t"], &owned[..2]), member("b", &["t"], &[])];
        let second = cooperative_sticky(&members, &topics(&[("t", 4)]));
        assert_eq!(names(&second["a"]), ["t-0", "t-1"]);
        assert_eq!(names(&second["b"]), ["t-2", "t-3"]);
    }

    #[test]
    fn two_claims_of_one_generation_cancel_out() {
        let members = [
            member("a", &["t"], &[("t", 0)]),
            member("b", &["t"], &[("t", 0)]),
        ];
        assert!(owners(&members, &topics(&[("t", 1)])).is_empty());
    }
}
