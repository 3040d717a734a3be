//! What a run shows.

use std::{fmt, time::Duration};

use hdrhistogram::Histogram;
use ottla_types::Saturate;

use crate::usage::Usage;

/// A histogram of times in nanoseconds, from a microsecond to a minute, to three digits.
#[must_use]
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1_000, 60_000_000_000, 3)
        .expect("invariant: the bounds are constants")
}

/// Adds a time to a histogram; one beyond its bounds counts as the bound.
pub fn record(histogram: &mut Histogram<u64>, time: Duration) {
    let nanos: u64 = time.as_nanos().saturate();
    histogram.saturating_record(nanos);
}

/// What one run shows.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How long it was measured.
    pub elapsed: Duration,
    /// Requests that were answered.
    pub requests: u64,
    /// Bytes of record batches that were moved.
    pub bytes: u64,
    /// Times from the (intended) sending to the answer.
    pub latency: Histogram<u64>,
    /// In an open loop: how much later than intended a request was sent.
    pub delay: Option<Histogram<u64>>,
    /// What the server used meanwhile, if its process is known.
    pub server: Option<Usage>,
    /// What this process used meanwhile.
    pub client: Usage,
}

impl Figures {
    /// Megabytes (10^6) per second.
    #[must_use]
    pub fn megabytes_per_second(&self) -> f64 {
        float(self.bytes) / 1e6 / self.elapsed.as_secs_f64()
    }

    /// Requests per second.
    #[must_use]
    pub fn requests_per_second(&self) -> f64 {
        float(self.requests) / self.elapsed.as_secs_f64()
    }

    /// CPU seconds of the server per gigabyte (10^9).
    #[must_use]
    pub fn cpu_seconds_per_gigabyte(&self) -> Option<f64> {
        let server = self.server?.cpu().as_secs_f64();
        (self.bytes > 0).then(|| server * 1e9 / float(self.bytes))
    }

    /// CPU microseconds of the server per request.
    #[must_use]
    pub fn cpu_micros_per_request(&self) -> Option<f64> {
        let server = self.server?.cpu().as_secs_f64();
        (self.requests > 0).then(|| server * 1e6 / float(self.requests))
    }

    /// Milliseconds that a share of the requests took at most.
    #[must_use]
    pub fn latency_ms(&self, share: f64) -> f64 {
        float(self.latency.value_at_quantile(share)) / 1e6
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p99, p999, most] = [0.5, 0.99, 0.999, 1.0].map(|share| self.latency_ms(share));
        writeln!(
            f,
            "{:.1} MB/s, {:.0} requests/s over {:.2} s",
            self.megabytes_per_second(),
            self.requests_per_second(),
            self.elapsed.as_secs_f64()
        )?;
        writeln!(
            f,
            "latency ms: p50 {p50:.3}, p99 {p99:.3}, p99.9 {p999:.3}, max {most:.3}"
        )?;
        if let Some(delay) = &self.delay {
            let late = float(delay.value_at_quantile(0.999)) / 1e6;
            writeln!(f, "sent later than intended, ms: p99.9 {late:.3}")?;
        }
        if let (Some(server), Some(per_gigabyte), Some(per_request)) = (
            self.server,
            self.cpu_seconds_per_gigabyte(),
            self.cpu_micros_per_request(),
        ) {
            writeln!(
                f,
                "server: {per_gigabyte:.3} CPU s/GB, {per_request:.2} CPU us/request \
                 (user {:.2} s, system {:.2} s), resident {:.1} MB, peak {:.1} MB",
                server.user.as_secs_f64(),
                server.system.as_secs_f64(),
                float(server.resident) / 1e6,
                float(server.peak) / 1e6
            )?;
        }
        writeln!(f, "client: {:.2} CPU s", self.client.cpu().as_secs_f64())
    }
}

/// A count as a number to divide by; exact below 2^53.
#[must_use]
pub fn float(count: u64) -> f64 {
    count as f64
}

/// The middle one, or the mean of the two in the middle. `NaN` of nothing.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (
        values.get(middle),
        middle.checked_sub(1).and_then(|below| values.get(below)),
    ) {
        (Some(high), Some(low)) if values.len().is_multiple_of(2) => (low + high) / 2.0,
        (Some(middle), _) => *middle,
        (None, _) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert!(median(vec![]).is_nan());
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
    }
}
