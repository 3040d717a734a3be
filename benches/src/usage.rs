//! CPU time and memory of a process, as `/proc` tells them.

use std::{fs, ops::Sub, time::Duration};

use crate::{BenchError, error::While};

/// What a process has used so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// CPU time in user mode, of all its threads, ended ones included.
    pub user: Duration,
    /// CPU time in the kernel.
    pub system: Duration,
    /// Resident memory now, in bytes.
    pub resident: u64,
    /// Most resident memory there was, in bytes.
    pub peak: u64,
}

impl Usage {
    /// Of the process `pid`. Times have the kernel's tick as their grain, usually 10 ms.
    ///
    /// # Errors
    /// When there is no such process, or no `/proc`.
    pub fn of(pid: u32) -> Result<Self, BenchError> {
        Self::read(&format!("/proc/{pid}"))
    }

    /// Of this process.
    ///
    /// # Errors
    /// When there is no `/proc`.
    pub fn own() -> Result<Self, BenchError> {
        Self::read("/proc/self")
    }

    fn read(directory: &str) -> Result<Self, BenchError> {
        let stat =
            fs::read_to_string(format!("{directory}/stat")).during("reading the process's stat")?;
        let status = fs::read_to_string(format!("{directory}/status"))
            .during("reading the process's status")?;
        let (user, system) = times(&stat).ok_or(BenchError::Unsupported("reading its CPU time"))?;
        Ok(Self {
            user,
            system,
            resident: kib(&status, "VmRSS:") * 1024,
            peak: kib(&status, "VmHWM:") * 1024,
        })
    }

    /// CPU time in both modes.
    #[must_use]
    pub fn cpu(&self) -> Duration {
        self.user + self.system
    }
}

impl Sub for Usage {
    type Output = Self;

    /// What was used in between; memory is that of the later reading.
    fn sub(self, earlier: Self) -> Self {
        Self {
            user: self.user.saturating_sub(earlier.user),
            system: self.system.saturating_sub(earlier.system),
            ..self
        }
    }
}

/// utime and stime: fields 14 and 15. The name of the program, field 2, may hold anything.
fn times(stat: &str) -> Option<(Duration, Duration)> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields
        .split_whitespace()
        .skip(11)
        .map(|field| field.parse::<u64>().ok());
    let per_second = rustix::param::clock_ticks_per_second();
    let mut next = || {
        let ticks = fields.next()??;
        Some(Duration::from_nanos(
            ticks.saturating_mul(1_000_000_000) / per_second,
        ))
    };
    Some((next()?, next()?))
}

fn kib(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_program_names_do_not_shift_the_fields() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194560 900 0 0 0 250 50 0 0 20 0";
        assert_eq!(
            times(stat),
            Some((Duration::from_millis(2500), Duration::from_millis(500)))
        );
        assert_eq!(times("7 (a"), None);
    }

    #[test]
    fn this_process_is_somewhere_in_memory() {
        assert!(Usage::own().unwrap().resident > 100_000);
        assert!(Usage::of(0).is_err());
    }
}
