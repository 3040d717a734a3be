//! What a connection may use, and what happens beyond.

use std::{collections::BTreeMap, io::Write, net::IpAddr, thread, time::Duration};

use ottla_net::{BindOptions, Limits, QuotaLimits};

use crate::{
    bench::{Bench, Client, OTHER, Options, PRODUCE, frame},
    script::{Event, Verb},
};

/// Never comes in a test.
const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(30);

fn limits() -> Limits {
    Limits {
        request_max_bytes: 1000,
        max_idle: LONG,
        max_stall: LONG,
        ..Limits::default()
    }
}

#[test]
fn a_bad_length_closes_after_the_answers_that_are_due() {
    for length in [-1, i32::MIN, 1001, i32::MAX] {
        let bench = Bench::with_limits(limits());
        let mut client = bench.connect();
        let mut bytes = frame(PRODUCE, Verb::Park, "due");
        bytes.extend(length.to_be_bytes());
        bytes.extend([1, 2, 3]);
        client.write(&bytes);
        let due = bench.expect_parked("due");
        bench.wakers.wake(due);
        client.expect_answer("due");
        client.expect_end();
        bench.expect_woken("due");
        bench.expect(Event::Closed(0));
    }
}

#[test]
fn the_longest_frame_passes() {
    let bench = Bench::with_limits(limits());
    let mut client = bench.connect();
    let text = "x".repeat(997);
    client.send(OTHER, Verb::Echo, &text);
    client.expect_answer(&text);
}

#[test]
fn no_buffer_is_held_while_nothing_is_buffered() {
    let bench = Bench::new();
    let mut idle = bench.connect();
    let mut waiting = bench.connect();
    idle.send(OTHER, Verb::Echo, "idle");
    idle.expect_answer("idle");
    waiting.send(OTHER, Verb::Park, "waiting");
    // The tasks give their buffers back shortly after they have answered.
    while bench.server.buffers().lent_bytes() > 0 {
        thread::yield_now();
    }
}

#[test]
fn an_announced_length_costs_no_memory() {
    let bench = Bench::new();
    let mut client = bench.connect();
    client.write(&(90i32 << 20).to_be_bytes());
    client.write(&[0; 500]);
    // Once both have arrived and the connection waits again, it holds what fits them.
    while !(504..1024).contains(&bench.server.buffers().lent_bytes()) {
        thread::yield_now();
    }
}

#[test]
fn a_connection_without_traffic_is_closed_and_a_waiting_one_is_not() {
    let bench = Bench::with_limits(Limits {
        max_idle: SHORT,
        ..limits()
    });
    let mut waiting = bench.connect();
    waiting.send(OTHER, Verb::Park, "waiting");
    let token = bench.expect_parked("waiting");
    let mut idle = bench.connect();
    idle.expect_end();
    bench.expect(Event::Closed(0));
    bench.wakers.wake(token);
    waiting.expect_answer("waiting");
    waiting.expect_end();
}

#[test]
fn a_connection_that_stops_within_a_frame_is_closed() {
    let bench = Bench::with_limits(Limits {
        max_stall: SHORT,
        ..limits()
    });
    let mut client = bench.connect();
    let request = frame(OTHER, Verb::Echo, "half");
    client.write(&request[..6]);
    client.expect_end();
    bench.expect(Event::Closed(0));
}

#[test]
fn no_more_requests_wait_than_allowed() {
    let bench = Bench::with_limits(Limits {
        pipelined_requests: 3,
        ..limits()
    });
    let mut client = bench.connect();
    let texts = ["a", "b", "c", "d", "e"];
    let frames = texts.map(|text| frame(PRODUCE, Verb::Park, text));
    client.write(&frames.concat());
    let mut parked: Vec<_> = texts[..3]
        .iter()
        .map(|text| bench.expect_parked(text))
        .collect();
    for (index, text) in texts.into_iter().enumerate() {
        bench.wakers.wake(parked[index]);
        bench.expect_woken(text);
        if let Some(next) = texts.get(index + 3) {
            parked.push(bench.expect_parked(next));
        }
        client.expect_answer(text);
    }
}

#[test]
fn no_more_bytes_wait_than_allowed_except_one_request() {
    let bench = Bench::with_limits(Limits {
        pipelined_bytes: 20,
        ..limits()
    });
    let mut client = bench.connect();
    let large = "larger than all that may wait";
    let frames = [large, "b", "c", large].map(|text| frame(PRODUCE, Verb::Park, text));
    client.write(&frames.concat());
    let first = bench.expect_parked(large);
    bench.wakers.wake(first);
    bench.expect_woken(large);
    let (second, third) = (bench.expect_parked("b"), bench.expect_parked("c"));
    for (token, text) in [(second, "b"), (third, "c")] {
        bench.wakers.wake(token);
        bench.expect_woken(text);
    }
    bench.expect_parked(large);
}

#[test]
fn who_does_not_read_is_not_served_further() {
    const ANSWERS: usize = 1000;
    const SIZE: usize = 64 * 1024;
    // The limit, one answer above it, and what the two systems hold: they double the sizes set.
    const AHEAD: usize = (128 + 64) * 1024 / SIZE + 4 * 1024 * 1024 / SIZE;
    let bench = Bench::with(Options {
        limits: Limits {
            unsent_bytes: 128 * 1024,
            ..limits()
        },
        bind: BindOptions {
            send_buffer_bytes: Some(64 * 1024),
            ..BindOptions::default()
        },
        ..Options::default()
    });
    let mut client = bench.connect_with_receive_buffer(64 * 1024);
    let request = frame(OTHER, Verb::Large, &SIZE.to_string());
    client.write(&request.repeat(ANSWERS));
    let mut handled = 0;
    for answered in 0..ANSWERS {
        assert_eq!(client.answer().len(), SIZE);
        handled += std::iter::from_fn(|| bench.event_so_far()).count();
        assert!(handled <= answered + 1 + AHEAD, "{handled} for {answered}");
    }
}

#[test]
fn large_frames_take_turns_when_memory_is_short() {
    let bench = Bench::with_limits(Limits {
        request_max_bytes: 10_000_000,
        receive_bytes: 100_000,
        ..limits()
    });
    let clients: Vec<Client> = (0..4).map(|_| bench.connect()).collect();
    thread::scope(|scope| {
        for mut client in clients {
            scope.spawn(move || {
                for _ in 0..3 {
                    client.send(OTHER, Verb::NoReply, &"x".repeat(3_000_000));
                    client.send(OTHER, Verb::Echo, "arrived");
                    client.expect_answer("arrived");
                }
            });
        }
    });
}

#[test]
fn a_full_server_lets_the_next_connection_wait() {
    for (in_all, of_listener) in [(1, usize::MAX), (usize::MAX, 1)] {
        let bench = Bench::with(Options {
            quota: QuotaLimits {
                connections: in_all,
                ..QuotaLimits::default()
            },
            bind: BindOptions {
                connections: of_listener,
                ..BindOptions::default()
            },
            ..Options::default()
        });
        let first = bench.connect();
        let mut second = bench.knock();
        second.send(OTHER, Verb::Echo, "served at last");
        drop(first);
        bench.expect(Event::Closed(0));
        bench.expect(Event::Opened);
        second.expect_answer("served at last");
    }
}

#[test]
fn an_address_with_all_its_connections_gets_no_more() {
    let loopback = IpAddr::from([127, 0, 0, 1]);
    let bench = Bench::with(Options {
        quota: QuotaLimits {
            per_address: 1,
            overrides: BTreeMap::from([(loopback, 2)]),
            ..QuotaLimits::default()
        },
        ..Options::default()
    });
    let mut both = [bench.connect(), bench.connect()];
    let mut third = bench.knock();
    // It may be closed before this is written.
    drop(third.stream.write(&frame(OTHER, Verb::Echo, "refused")));
    third.expect_end();
    for client in &mut both {
        client.send(OTHER, Verb::Echo, "served");
        bench.expect_handled("served");
        client.expect_answer("served");
    }
}
