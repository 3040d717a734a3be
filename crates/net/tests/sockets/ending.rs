//! How connections and the server end.

use std::time::Duration;

use ottla_net::{Limits, Resume};

use crate::{
    bench::{Bench, OTHER, PRODUCE, frame},
    script::{Event, Verb},
};

#[test]
fn the_last_answer_is_sent_and_what_follows_is_not_read() {
    let bench = Bench::new();
    let mut client = bench.connect();
    client.send(OTHER, Verb::Last, "last");
    client.expect_answer("last");
    client.expect_end();
    bench.expect_handled("last");
    bench.expect(Event::Closed(0));
}

#[test]
fn a_close_waits_for_earlier_answers_and_drops_later_requests() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let frames = [
        frame(PRODUCE, Verb::Park, "earlier"),
        frame(PRODUCE, Verb::Close, "close"),
        frame(PRODUCE, Verb::Echo, "later"),
    ];
    client.write(&frames.concat());
    let earlier = bench.expect_parked("earlier");
    bench.expect_handled("close");
    bench.wakers.wake(earlier);
    bench.expect_woken("earlier");
    bench.expect(Event::Closed(0));
    client.expect_answer("earlier");
    client.expect_end();
}

#[test]
fn a_resumed_request_that_closes_gives_back_what_waits_behind() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let frames = [
        frame(PRODUCE, Verb::Park, "earlier"),
        frame(PRODUCE, Verb::ParkThenClose, "close"),
        frame(PRODUCE, Verb::Park, "later"),
        frame(PRODUCE, Verb::Echo, "last"),
    ];
    client.write(&frames.concat());
    let earlier = bench.expect_parked("earlier");
    let close = bench.expect_parked("close");
    bench.expect_parked("later");
    bench.expect_handled("last");
    bench.wakers.wake(close);
    bench.expect_woken("close");
    bench.wakers.wake(earlier);
    bench.expect_woken("earlier");
    bench.expect(Event::Closed(1));
    client.expect_answer("earlier");
    client.expect_end();
}

#[test]
fn who_sends_no_more_still_gets_the_answers() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let frames = [
        frame(OTHER, Verb::Park, "waits"),
        frame(OTHER, Verb::Echo, "buffered"),
        frame(OTHER, Verb::Echo, "cut short"),
    ];
    let bytes = frames.concat();
    client.write(&bytes[..bytes.len() - 1]);
    client.end_requests();
    let waits = bench.expect_parked("waits");
    bench.wakers.wake(waits);
    client.expect_answer("waits");
    client.expect_answer("buffered");
    client.expect_end();
    bench.expect_woken("waits");
    bench.expect_handled("buffered");
    bench.expect(Event::Closed(0));
}

#[test]
fn a_peer_that_resets_gives_back_what_waits() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let mut bytes = frame(OTHER, Verb::Echo, "never read");
    bytes.extend(frame(PRODUCE, Verb::Park, "waits"));
    client.write(&bytes);
    bench.expect_handled("never read");
    bench.expect_parked("waits");
    while client.stream.peek(&mut [0]).expect("an answer") == 0 {}
    // Closing with unread bytes resets the connection.
    drop(client);
    bench.expect(Event::Closed(1));
}

#[test]
fn a_stopping_server_answers_what_waits_and_takes_nothing_more() {
    let mut bench = Bench::new();
    let mut idle = bench.connect();
    let mut waiting = bench.connect();
    let frames = [
        frame(PRODUCE, Verb::ParkOn, "soon"),
        frame(PRODUCE, Verb::Park, "now"),
    ];
    waiting.write(&frames.concat());
    let soon = bench.expect_parked("soon");
    bench.expect_parked("now");
    bench.begin_stop();
    idle.expect_end();
    let mut seen = [bench.event(), bench.event(), bench.event()];
    seen.sort_by_key(|event| format!("{event:?}"));
    assert_eq!(
        seen,
        [
            Event::Closed(0),
            Event::Resumed("now".into(), Resume::Stopping),
            Event::Resumed("soon".into(), Resume::Stopping),
        ]
    );
    waiting.send(PRODUCE, Verb::Echo, "too late");
    bench.wakers.wake(soon);
    bench.expect_woken("soon");
    waiting.expect_answer("soon");
    waiting.expect_answer("stopping");
    bench.expect(Event::Closed(0));
    bench.stopped();
}

#[test]
fn a_stopping_server_does_not_wait_for_ever() {
    let mut bench = Bench::with_limits(Limits {
        drain: Duration::from_millis(10),
        ..Limits::default()
    });
    let mut client = bench.connect();
    client.send(OTHER, Verb::ParkOn, "never");
    bench.expect_parked("never");
    bench.begin_stop();
    client.expect_end();
    bench.expect(Event::Resumed("never".into(), Resume::Stopping));
    bench.expect(Event::Closed(1));
    bench.stopped();
}
