//! Runs a target on its committed corpus, and on a few changes of each file, without a fuzzer.
//! Included by the tests of the crates.

use std::{fs, path::Path};

/// Runs `run` on every file of the corpus of `target`. The last file named is the one that failed.
pub(crate) fn replay(target: &str, run: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut count = 0;
    for entry in fs::read_dir(root.join(target)).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        let bytes = fs::read(path).unwrap();
        run(&bytes);
        for round in 0..ROUNDS {
            println!("round {round}");
            run(&change(&bytes, round));
        }
        count += 1;
    }
    assert!(count > 0, "no corpus for {target}");
}

/// A few bytes replaced, cut out or repeated; always the same ones in the same round.
fn change(bytes: &[u8], round: u64) -> Vec<u8> {
    let mut state = round.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % limit.max(1)
    };
    let mut bytes = bytes.to_vec();
    for _ in 0..=below(4) {
        let at = below(bytes.len());
        let end = (at + below(8)).min(bytes.len());
        match below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 if at < bytes.len() => bytes[at] = [0, 0x7f, 0x80, 0xff][below(4)],
            _ if at < bytes.len() => bytes[at] ^= 1 << below(8),
            _ => bytes.push(u8::try_from(below(256)).unwrap()),
        }
    }
    bytes
}

/// Changes tried of each file.
const ROUNDS: u64 = 32;
