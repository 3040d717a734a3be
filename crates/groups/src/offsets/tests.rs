use super::*;

fn slot() -> Slot {
    Slot {
        group: "g".into(),
        topic: "t".into(),
        partition: 0,
    }
}

fn at(offset: i64) -> CommittedOffset {
    CommittedOffset {
        offset,
        leader_epoch: -1,
        metadata: String::new(),
        commit_timestamp: 0,
        expire_timestamp: None,
        topic_id: TopicId::ZERO,
    }
}

/// Committed and latest offset, -1 for none.
fn seen(offsets: &Offsets) -> (i64, i64) {
    let entry = offsets.entry("g", "t", 0);
    let offset = |value: Option<&CommittedOffset>| value.map_or(-1, |value| value.offset);
    (
        offset(entry.and_then(Entry::committed)),
        offset(entry.and_then(Entry::latest)),
    )
}

#[test]
fn an_append_is_seen_at_once_and_counts_when_confirmed() {
    let mut offsets = Offsets::default();
    offsets.put(&slot(), WriteId(1), Some(at(5)));
    assert_eq!(seen(&offsets), (-1, 5));
    offsets.confirm(&slot(), WriteId(1));
    assert_eq!(seen(&offsets), (5, 5));
}

#[test]
fn a_failed_append_leaves_those_around_it_alone() {
    let mut offsets = Offsets::default();
    offsets.put(&slot(), WriteId(1), Some(at(5)));
    offsets.put(&slot(), WriteId(2), Some(at(6)));
    offsets.put(&slot(), WriteId(3), Some(at(7)));
    offsets.revert(&slot(), WriteId(2));
    offsets.revert(&slot(), WriteId(3));
    assert_eq!(seen(&offsets), (-1, 5));
    offsets.revert(&slot(), WriteId(1));
    assert!(offsets.group("g").is_none());
}

#[test]
fn a_later_plain_commit_beats_an_earlier_transactional_one() {
    let mut offsets = Offsets::default();
    offsets.load_transactional(&slot(), ProducerId(1), at(5));
    assert!(offsets.entry("g", "t", 0).unwrap().is_unstable());
    offsets.load(&slot(), Some(at(9)));
    offsets.complete(ProducerId(1), true);
    assert_eq!(seen(&offsets), (9, 9));
    offsets.load_transactional(&slot(), ProducerId(1), at(11));
    offsets.complete(ProducerId(1), true);
    assert_eq!(seen(&offsets), (11, 11));
    offsets.load_transactional(&slot(), ProducerId(1), at(12));
    offsets.complete(ProducerId(1), false);
    assert_eq!(seen(&offsets), (11, 11));
    assert!(!offsets.entry("g", "t", 0).unwrap().is_unstable());
}

#[test]
fn a_tombstone_also_ends_pending_transactions() {
    let mut offsets = Offsets::default();
    offsets.load_transactional(&slot(), ProducerId(1), at(5));
    offsets.put(&slot(), WriteId(1), None);
    offsets.confirm(&slot(), WriteId(1));
    offsets.complete(ProducerId(1), true);
    assert_eq!(seen(&offsets), (-1, -1));
}
