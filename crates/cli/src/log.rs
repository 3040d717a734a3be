//! Log lines of the tools: `[time] LEVEL text (logger)` on standard error.

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

use ottla_client::{Notice, Notices};

use crate::Sink;

/// The level of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Level {
    Warn,
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        })
    }
}

/// Writes one line.
pub(crate) fn log(err: &Sink, level: Level, text: impl fmt::Display, logger: &str) {
    err.line(format_args!(
        "[{}] {level} {text} ({logger})",
        Timestamp::now()
    ));
}

/// What the client library has to say goes to the log.
pub(crate) fn notices(err: &Sink) -> Notices {
    let err = err.clone();
    Notices::new(move |notice: &Notice| {
        let level = if notice.error {
            Level::Error
        } else {
            Level::Warn
        };
        log(&err, level, &notice.text, notice.logger);
    })
}

/// Wall-clock time as log lines show it, in UTC.
struct Timestamp {
    seconds: u64,
    millis: u32,
}

impl Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "log lines carry the time; nothing is decided by it"
    )]
    fn now() -> Self {
        let elapsed = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            seconds: elapsed.as_secs(),
            millis: elapsed.subsec_millis(),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.seconds / 86_400, self.seconds % 86_400);
        let (year, month, day) = civil(days);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let (second, millis) = (second % 60, self.millis);
        write!(
            f,
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02},{millis:03}"
        )
    }
}

/// Year, month and day of a count of days since 1970 (the days-to-civil algorithm of H. Hinnant,
/// without the years before).
const fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_print_as_log4j_does() {
        let at = |seconds, millis| Timestamp { seconds, millis }.to_string();
        assert_eq!(at(0, 0), "1970-01-01 00:00:00,000");
        assert_eq!(at(951_827_696, 7), "2000-02-29 12:34:56,007");
        assert_eq!(at(1_798_761_599, 999), "2026-12-31 23:59:59,999");
    }
}
