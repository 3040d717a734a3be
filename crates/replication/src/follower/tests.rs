use super::*;

fn follower(sync_before_fetch: bool) -> Follower {
    Follower::new(FollowerStart {
        leader: BrokerId(2),
        leader_epoch: LeaderEpoch(5),
        log_start: Offset(0),
        log_end: Offset(10),
        synced_end: Offset(10),
        last_epoch: LeaderEpoch(3),
        high_watermark: Offset(4),
        sync_before_fetch,
    })
}

const fn end(epoch: i32, end: i64) -> EpochEnd {
    EpochEnd {
        epoch: LeaderEpoch(epoch),
        end: Offset(end),
    }
}

fn position(follower: &Follower) -> Option<(i64, i32)> {
    follower
        .next_fetch()
        .map(|next| (next.offset.0, next.last_fetched_epoch.0))
}

#[test]
fn fetches_from_its_end_and_follows_the_watermark() {
    let mut follower = follower(false);
    assert_eq!(position(&follower), Some((10, 3)));
    follower.appended(Offset(15), LeaderEpoch(5));
    assert_eq!(
        follower.leader_reported(Offset(12), Offset(0)),
        Some(Offset(12))
    );
    assert_eq!(
        follower.leader_reported(Offset(20), Offset(2)),
        Some(Offset(15))
    );
    assert_eq!(follower.leader_reported(Offset(14), Offset(0)), None);
    assert_eq!(position(&follower), Some((15, 5)));
}

#[test]
fn a_fetch_that_promises_durability_waits_for_the_disk() {
    let mut follower = follower(true);
    follower.appended(Offset(15), LeaderEpoch(5));
    assert!(follower.needs_sync());
    assert_eq!(position(&follower), None);
    follower.synced(Offset(14));
    assert_eq!(position(&follower), None);
    follower.synced(Offset(15));
    assert_eq!(position(&follower), Some((15, 5)));
}

#[test]
fn truncates_to_where_both_logs_agree() {
    // Same epoch on both sides: the shorter end.
    assert_eq!(
        follower(false).diverged(end(3, 8), Some(end(3, 10))),
        Offset(8)
    );
    // The leader answers with an epoch that is not here: back to the end of ours before it.
    assert_eq!(
        follower(false).diverged(end(2, 9), Some(end(1, 6))),
        Offset(6)
    );
    // Nothing here is so old: the leader's end.
    assert_eq!(follower(false).diverged(end(1, 2), None), Offset(2));
    // The leader has no answer: back to what is known to be committed.
    assert_eq!(follower(false).diverged(end(-1, -1), None), Offset(4));
    // Never past our own end.
    assert_eq!(follower(false).diverged(end(1, 50), None), Offset(10));
}

#[test]
fn truncation_takes_the_watermark_down_and_fetching_resumes() {
    let mut follower = follower(true);
    assert_eq!(follower.diverged(end(1, 2), None), Offset(2));
    assert_eq!(position(&follower), None);
    follower.truncated(Offset(2), LeaderEpoch(1));
    assert_eq!(follower.high_watermark(), Offset(2));
    assert_eq!(position(&follower), Some((2, 1)));
}

#[test]
fn finds_its_place_when_the_log_lies_outside_the_leaders() {
    let mut follower = follower(false);
    assert_eq!(
        follower.refused(ErrorCode::OFFSET_OUT_OF_RANGE),
        Reaction::AskBounds
    );
    assert_eq!(position(&follower), None);
    assert_eq!(
        follower.out_of_range(Offset(0), Offset(7)),
        OutOfRange::TruncateTo(Offset(7))
    );
    follower.truncated(Offset(7), LeaderEpoch(3));
    assert_eq!(
        follower.out_of_range(Offset(20), Offset(30)),
        OutOfRange::RestartAt(Offset(20))
    );
    follower.restarted(Offset(20));
    assert_eq!(position(&follower), Some((20, -1)));
    assert_eq!(follower.high_watermark(), Offset(20));
    assert_eq!(
        follower.out_of_range(Offset(20), Offset(30)),
        OutOfRange::FetchAgain
    );
}

#[test]
fn a_fenced_follower_waits_for_a_newer_epoch() {
    let mut follower = follower(false);
    assert_eq!(
        follower.refused(ErrorCode::FENCED_LEADER_EPOCH),
        Reaction::AwaitMetadata
    );
    follower.leader_changed(BrokerId(3), LeaderEpoch(5));
    assert_eq!(position(&follower), None);
    follower.leader_changed(BrokerId(3), LeaderEpoch(6));
    let next = follower.next_fetch().unwrap();
    assert_eq!(
        (next.leader, next.leader_epoch),
        (BrokerId(3), LeaderEpoch(6))
    );
    assert_eq!(
        follower.refused(ErrorCode::UNKNOWN_LEADER_EPOCH),
        Reaction::RetryLater
    );
    assert_eq!(
        follower.refused(ErrorCode::CORRUPT_MESSAGE),
        Reaction::Retry
    );
}
