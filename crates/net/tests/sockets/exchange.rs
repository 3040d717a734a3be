//! Requests, answers and their order.

use std::thread;

use crate::{
    bench::{Bench, Client, OTHER, PRODUCE, frame},
    script::{Event, Verb},
};

#[test]
fn every_frame_of_a_write_is_answered_in_order() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let texts: Vec<String> = (0..500).map(|number| format!("request {number}")).collect();
    let frames = texts.iter().map(|text| frame(OTHER, Verb::Echo, text));
    client.write(&frames.collect::<Vec<_>>().concat());
    for text in &texts {
        client.expect_answer(text);
    }
}

#[test]
fn a_frame_may_come_in_pieces() {
    let bench = Bench::new();
    let mut client = bench.connect();
    for byte in frame(OTHER, Verb::Echo, "one byte at a time") {
        client.write(&[byte]);
    }
    client.expect_answer("one byte at a time");
    // Half of the second frame comes with the first.
    let both = [
        frame(OTHER, Verb::Echo, "whole"),
        frame(OTHER, Verb::Echo, "half"),
    ];
    let both = both.concat();
    client.write(&both[..both.len() - 2]);
    client.expect_answer("whole");
    client.write(&both[both.len() - 2..]);
    client.expect_answer("half");
}

#[test]
fn large_frames_pass_both_ways() {
    let bench = Bench::new();
    let mut client = bench.connect();
    for size in [30_000, 70_000, 1 << 20, 1 << 20, 20 << 20, 1, 1 << 20] {
        let text = "abcdefg".repeat(size / 7 + 1);
        let reader = client.stream.try_clone().expect("cloned");
        let mut reader = Client::new(reader);
        thread::scope(|scope| {
            // Both at once: an answer of this size does not fit into the system's buffers.
            scope.spawn(|| client.send(OTHER, Verb::Echo, &text));
            assert!(reader.answer() == text.as_bytes(), "size {size}");
        });
    }
}

#[test]
fn produce_starts_behind_waiting_produce_and_other_requests_do_not() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let frames = [
        frame(PRODUCE, Verb::Park, "first"),
        frame(PRODUCE, Verb::Echo, "second"),
        frame(PRODUCE, Verb::NoReply, "silent"),
        frame(PRODUCE, Verb::Park, "third"),
        frame(OTHER, Verb::Echo, "other"),
        frame(PRODUCE, Verb::Echo, "behind other"),
    ];
    client.write(&frames.concat());
    let first = bench.expect_parked("first");
    bench.expect_handled("second");
    bench.expect_handled("silent");
    let third = bench.expect_parked("third");
    bench.wakers.wake(third);
    bench.expect_woken("third");
    bench.wakers.wake(first);
    bench.expect_woken("first");
    bench.expect_handled("other");
    bench.expect_handled("behind other");
    for text in ["first", "second", "third", "other", "behind other"] {
        client.expect_answer(text);
    }
}

#[test]
fn nothing_starts_behind_another_waiting_request() {
    let bench = Bench::new();
    let mut client = bench.connect();
    // In one write, so that the second is there while the first waits.
    let frames = [
        frame(OTHER, Verb::Park, "waits"),
        frame(PRODUCE, Verb::Echo, "produce"),
    ];
    client.write(&frames.concat());
    let waits = bench.expect_parked("waits");
    bench.wakers.wake(waits);
    bench.expect_woken("waits");
    bench.expect_handled("produce");
    client.expect_answer("waits");
    client.expect_answer("produce");
}

#[test]
fn a_wake_before_parking_is_not_lost() {
    let bench = Bench::new();
    let mut client = bench.connect();
    for _ in 0..100 {
        client.send(OTHER, Verb::WokenEarly, "early");
        client.expect_answer("early");
    }
}

#[test]
fn a_request_parks_again_under_its_token_and_stale_tokens_do_nothing() {
    let bench = Bench::new();
    let mut client = bench.connect();
    client.send(OTHER, Verb::ParkTwice, "twice");
    let token = bench.expect_parked("twice");
    bench.wakers.wake(token);
    bench.expect_woken("twice");
    assert_eq!(bench.expect_parked("twice"), token);
    bench.wakers.wake(token);
    bench.expect_woken("twice");
    client.expect_answer("twice");

    bench.wakers.wake(token);
    client.send(OTHER, Verb::Park, "next");
    let next = bench.expect_parked("next");
    bench.wakers.wake(token);
    bench.wakers.wake(ottla_types::RequestToken(u64::MAX));
    bench.wakers.wake(next);
    bench.expect_woken("next");
    client.expect_answer("next");
    drop(client);
    bench.expect(Event::Closed(0));
    bench.wakers.wake(next);
}

#[test]
fn a_deadline_resumes_what_nobody_woke() {
    let bench = Bench::new();
    let mut client = bench.connect();
    let frames = [
        frame(PRODUCE, Verb::Park, "first"),
        frame(PRODUCE, Verb::ParkBriefly, "brief"),
    ];
    client.write(&frames.concat());
    let first = bench.expect_parked("first");
    bench.expect_parked("brief");
    let expired = Event::Resumed("brief".into(), ottla_net::Resume::Expired);
    bench.expect(expired);
    bench.wakers.wake(first);
    client.expect_answer("first");
    client.expect_answer("expired");
}

#[test]
fn connections_do_not_disturb_each_other() {
    let bench = Bench::new();
    let mut waiting = bench.connect();
    waiting.send(OTHER, Verb::Park, "waits");
    let token = bench.expect_parked("waits");
    let mut failing = bench.connect();
    failing.send(OTHER, Verb::Panic, "");
    failing.expect_end();
    let mut other = bench.knock();
    other.send(OTHER, Verb::Echo, "served");
    other.expect_answer("served");
    bench.wakers.wake(token);
    waiting.expect_answer("waits");
}

#[test]
fn any_mix_in_any_pieces_is_answered_in_order() {
    for seed in 1..=8 {
        check_mix(seed);
    }
}

/// Sends a mix of requests in pieces of any size, wakes those that park in any order, and compares
/// the answers with what a server that runs one request at a time would give.
fn check_mix(seed: u64) {
    const VERBS: [Verb; 5] = [
        Verb::Echo,
        Verb::NoReply,
        Verb::Park,
        Verb::WokenEarly,
        Verb::ParkBriefly,
    ];
    let mut random = Random(seed);
    let (mut bytes, mut expected, mut parking) = (Vec::new(), Vec::new(), 0);
    for number in 0..600 {
        let verb = VERBS[random.below(VERBS.len())];
        let api_key = if random.below(4) == 0 { OTHER } else { PRODUCE };
        let size = [0, 10, 1000, 100_000][random.below(4) * random.below(2)];
        let text = format!("{number} {}", "x".repeat(size));
        bytes.extend(frame(api_key, verb, &text));
        parking += usize::from(verb >= Verb::Park);
        match verb {
            Verb::NoReply => {}
            Verb::ParkBriefly => expected.push((number, true)),
            _ => expected.push((number, false)),
        }
    }
    let bench = Bench::new();
    let mut client = bench.connect();
    let mut writer = Client::new(client.stream.try_clone().expect("cloned"));
    let mut pieces = Random(seed);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut rest = bytes.as_slice();
            while !rest.is_empty() {
                let size = [1, 100, 5000, 200_000][pieces.below(4)];
                let (piece, later) = rest.split_at(size.min(rest.len()));
                writer.write(piece);
                rest = later;
            }
        });
        scope.spawn(move || {
            for (number, may_expire) in expected {
                let answer = String::from_utf8(client.answer()).expect("text");
                let of_number = answer.starts_with(&format!("{number} "));
                let expired = may_expire && answer == "expired";
                assert!(of_number || expired, "seed {seed}: {answer} for {number}");
            }
        });
        let mut waiting = Vec::new();
        while parking > 0 {
            let event = bench.event_so_far().unwrap_or_else(|| {
                // Whatever waits may be what the next event waits for.
                waiting
                    .drain(..)
                    .rev()
                    .for_each(|token| bench.wakers.wake(token));
                bench.event()
            });
            if let Event::Parked(_, token) = event {
                parking -= 1;
                waiting.push(token);
                if random.below(3) == 0 {
                    bench.wakers.wake(waiting[random.below(waiting.len())]);
                }
            }
        }
        for token in waiting {
            bench.wakers.wake(token);
        }
    });
}

/// A small generator of numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}
