//! What is done with the log in each life.

use ottla_types::SplitMix64;

use super::log_life::{Act, LogLife};

/// The fixed lives, and those drawn from `seed`.
pub(super) fn lives(seed: u64) -> Vec<LogLife> {
    let life = |name, acts: &[Act]| LogLife {
        name,
        acts: acts.to_vec(),
    };
    vec![
        life("append-and-sync", APPEND_AND_SYNC),
        life("checkpoint", CHECKPOINT),
        life("roll", ROLL),
        life("truncate", TRUNCATE),
        life("restart-elsewhere", RESTART),
        life("retention", RETENTION),
        life("transactions", TRANSACTIONS),
        life("clean-shutdown", CLEAN_SHUTDOWN),
        life("show-entries", SHOW_ENTRIES),
        drawn(seed),
        drawn_and_shown(seed),
    ]
}

/// A life whose acts are drawn.
pub(super) fn drawn(seed: u64) -> LogLife {
    let mut random = SplitMix64::new(seed ^ 0x5bf0_3635);
    let mut below = |end: u64| random.below(end).cast_signed();
    const SIZES: [&[usize]; 6] = [
        &[20],
        &[30, 40],
        &[300],
        &[10, 10, 10],
        &[900, 20],
        &[2600, 2000],
    ];
    let mut acts = Vec::new();
    for _ in 0..40 {
        let sizes = SIZES[usize::try_from(below(6)).unwrap_or(0)];
        let id = 1 + below(3);
        acts.push(match below(31) {
            0..=4 => Act::Append(sizes),
            5..=9 => Act::Produce(id, sizes),
            10..=13 => Act::Transact(id, sizes),
            14 | 15 => Act::End(id, below(2) == 0),
            16 => Act::Lead,
            17..=20 => Act::Flush,
            21 | 22 => Act::Checkpoint,
            23 => Act::Roll,
            24 => Act::Truncate(1 + below(9)),
            25 => Act::Restart(below(50)),
            26 => Act::DeleteBefore(below(12)),
            27 => Act::Retain,
            28 => Act::Unlink,
            29 => Act::CloseAndOpen,
            _ => Act::KillAndOpen,
        });
    }
    LogLife {
        name: "drawn",
        acts,
    }
}

/// The drawn life, with index entries shown now and then, and each flush told to the next start.
pub(super) fn drawn_and_shown(seed: u64) -> LogLife {
    let mut random = SplitMix64::new(seed ^ 0x2545_f491);
    let mut acts = Vec::new();
    for act in drawn(seed).acts {
        let is_append = matches!(act, Act::Append(_) | Act::Produce(..) | Act::Transact(..));
        acts.push(match act {
            Act::Flush => Act::FlushAndTell,
            other => other,
        });
        if is_append && random.below(3) == 0 {
            acts.push(Act::Show);
        }
    }
    LogLife {
        name: "drawn-and-shown",
        acts,
    }
}

const APPEND_AND_SYNC: &[Act] = &[
    Act::Append(&[10, 20]),
    Act::Flush,
    Act::Append(&[700]),
    Act::Produce(1, &[30, 40]),
    Act::Produce(1, &[1500]),
    Act::Flush,
    Act::Produce(2, &[5000]),
    Act::Append(&[10]),
    Act::Produce(1, &[2100, 2100]),
    Act::Flush,
    Act::Lead,
    Act::Append(&[300]),
    Act::Append(&[300, 300]),
    Act::Flush,
    Act::Append(&[50]),
    Act::KillAndOpen,
    Act::Append(&[60]),
    Act::Flush,
];

const CHECKPOINT: &[Act] = &[
    Act::Produce(1, &[10, 20]),
    Act::Append(&[900]),
    Act::Checkpoint,
    Act::Produce(1, &[400]),
    Act::Append(&[1200, 10]),
    Act::Produce(2, &[10]),
    Act::Checkpoint,
    Act::Append(&[3000]),
    Act::Append(&[2500]),
    Act::Flush,
    Act::Checkpoint,
    Act::Produce(1, &[10]),
    Act::KillAndOpen,
    Act::Produce(1, &[20]),
    Act::Checkpoint,
    Act::Append(&[30]),
];

const ROLL: &[Act] = &[
    Act::Append(&[10]),
    Act::Roll,
    Act::Produce(1, &[20, 500]),
    Act::Lead,
    Act::Roll,
    Act::Append(&[600]),
    Act::Flush,
    Act::Append(&[5500]),
    Act::Produce(1, &[5500]),
    Act::Append(&[10]),
    Act::Flush,
    Act::Checkpoint,
    Act::Roll,
    Act::Append(&[40]),
    Act::Flush,
];

const TRUNCATE: &[Act] = &[
    Act::Append(&[10, 20]),
    Act::Produce(1, &[600]),
    Act::Checkpoint,
    Act::Lead,
    Act::Append(&[700]),
    Act::Append(&[30]),
    Act::Roll,
    Act::Produce(1, &[800]),
    Act::Append(&[900, 10]),
    Act::Checkpoint,
    Act::Truncate(4),
    Act::Lead,
    Act::Append(&[11]),
    Act::Append(&[1200]),
    Act::Append(&[12]),
    Act::Checkpoint,
    Act::Truncate(6),
    Act::Append(&[13]),
    Act::Flush,
    Act::KillAndOpen,
    Act::Truncate(1),
    Act::Append(&[14]),
    Act::Checkpoint,
];

const RESTART: &[Act] = &[
    Act::Append(&[10, 20]),
    Act::Roll,
    Act::Produce(1, &[30]),
    Act::Lead,
    Act::Append(&[700]),
    Act::Checkpoint,
    Act::Restart(100),
    Act::Lead,
    Act::Append(&[40, 50]),
    Act::Flush,
    Act::Append(&[60]),
    Act::Checkpoint,
    Act::Append(&[70]),
];

const RETENTION: &[Act] = &[
    Act::Produce(1, &[10, 20]),
    Act::Roll,
    Act::Append(&[500]),
    Act::Roll,
    Act::Lead,
    Act::Produce(2, &[600, 10]),
    Act::Append(&[30]),
    Act::Roll,
    Act::Append(&[40]),
    Act::Checkpoint,
    Act::DeleteBefore(3),
    Act::Retain,
    Act::Append(&[50]),
    Act::Flush,
    Act::Unlink,
    Act::Append(&[60]),
    Act::Checkpoint,
    Act::KillAndOpen,
    Act::DeleteBefore(0),
    Act::Retain,
    Act::Append(&[70]),
    Act::Checkpoint,
];

const TRANSACTIONS: &[Act] = &[
    Act::Transact(2, &[10, 20]),
    Act::Append(&[600]),
    Act::Checkpoint,
    Act::End(2, false),
    Act::Transact(2, &[30]),
    Act::Transact(3, &[700]),
    Act::Flush,
    Act::Append(&[40]),
    Act::End(2, false),
    Act::Roll,
    Act::Transact(2, &[50]),
    Act::End(3, true),
    Act::Checkpoint,
    Act::End(2, false),
    Act::Append(&[60]),
    Act::Flush,
    Act::Roll,
    Act::Transact(3, &[60]),
    Act::End(3, false),
    Act::Checkpoint,
    Act::Append(&[61]),
];

const CLEAN_SHUTDOWN: &[Act] = &[
    Act::Produce(1, &[10, 20]),
    Act::Append(&[700]),
    Act::CloseAndOpen,
    Act::Append(&[30]),
    Act::Produce(1, &[900]),
    Act::Flush,
    Act::Append(&[40, 50]),
    Act::CloseAndOpen,
    Act::CloseAndOpen,
    Act::Transact(2, &[60]),
    Act::KillAndOpen,
    Act::Append(&[70]),
    Act::End(2, false),
    Act::CloseAndOpen,
    Act::Append(&[80]),
    Act::CloseTogetherAndOpen,
    Act::Lead,
    Act::Roll,
    Act::Produce(1, &[500]),
    Act::Append(&[90]),
    Act::CloseTogetherAndOpen,
    Act::Append(&[91]),
];

const SHOW_ENTRIES: &[Act] = &[
    Act::Append(&[10, 20]),
    Act::Append(&[700]),
    Act::Append(&[400]),
    Act::Show,
    Act::FlushAndTell,
    Act::Transact(2, &[500]),
    Act::End(2, false),
    Act::Append(&[300]),
    Act::Show,
    Act::Truncate(1),
    Act::Append(&[310]),
    Act::Append(&[320]),
    Act::Show,
    Act::Checkpoint,
    Act::Append(&[330]),
    Act::Append(&[340]),
    Act::Show,
    Act::Roll,
    Act::Append(&[10]),
    Act::FlushAndTell,
    Act::Append(&[350]),
    Act::Append(&[360]),
    Act::Show,
    Act::KillAndOpen,
    Act::Append(&[370]),
    Act::Append(&[380]),
    Act::Show,
    Act::CloseTogetherAndOpen,
    Act::Append(&[390]),
];
