//! The address of a crash state: enough to build it again.

use std::{fmt, str::FromStr};

use ottla_storage::fs::Crash;

/// Where the power was cut, and what was left of what was not synced. Printed as `17.subset-5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Steps that were done before.
    pub step: usize,
    /// What was kept of what was not synced.
    pub crash: Crash,
}

/// A crash state: a power cut, and perhaps another while the first was recovered from. Printed as
/// `17.subset-5/3.none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateId {
    /// In the life.
    pub first: Cut,
    /// In what follows on it.
    pub second: Option<Cut>,
}

/// A text that is no address of a state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the address of a state, such as 17.subset-5 or 17.all/3.none")]
pub struct StateIdError(String);

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.step)?;
        match self.crash {
            Crash::LoseUnsynced => write!(f, "none"),
            Crash::KeepAll => write!(f, "all"),
            Crash::Mixed(seed) => write!(f, "mixed-{seed}"),
            Crash::Ordered(seed) => write!(f, "ordered-{seed}"),
            Crash::Subset(bits) => write!(f, "subset-{bits:x}"),
            Crash::Torn { unit, kept } => write!(f, "torn-{unit}x{kept}"),
            Crash::Zeroed { unit, kept } => write!(f, "zeroed-{unit}x{kept}"),
        }
    }
}

impl fmt::Display for StateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        match &self.second {
            Some(second) => write!(f, "/{second}"),
            None => Ok(()),
        }
    }
}

fn parse_cut(text: &str) -> Option<Cut> {
    let (step, crash) = text.split_once('.')?;
    let crash = match crash.split_once('-') {
        None if crash == "none" => Crash::LoseUnsynced,
        None if crash == "all" => Crash::KeepAll,
        Some(("mixed", seed)) => Crash::Mixed(seed.parse().ok()?),
        Some(("ordered", seed)) => Crash::Ordered(seed.parse().ok()?),
        Some(("subset", bits)) => Crash::Subset(u64::from_str_radix(bits, 16).ok()?),
        Some((kind @ ("torn" | "zeroed"), place)) => {
            let (unit, kept) = place.split_once('x')?;
            let (unit, kept) = (unit.parse().ok()?, kept.parse().ok()?);
            match kind {
                "torn" => Crash::Torn { unit, kept },
                _ => Crash::Zeroed { unit, kept },
            }
        }
        _ => return None,
    };
    let step = step.parse().ok()?;
    Some(Cut { step, crash })
}

impl FromStr for StateId {
    type Err = StateIdError;

    fn from_str(text: &str) -> Result<Self, StateIdError> {
        let parse = |text| parse_cut(text).ok_or_else(|| StateIdError(text.to_owned()));
        let (first, second) = match text.split_once('/') {
            Some((first, second)) => (first, Some(second)),
            None => (text, None),
        };
        Ok(Self {
            first: parse(first)?,
            second: second.map(parse).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_parse_back() {
        for text in [
            "0.none",
            "17.all",
            "3.subset-ff/9.mixed-18446744073709551615",
            "4.torn-512x3/2.zeroed-4096x0",
            "5.ordered-7",
        ] {
            let id: StateId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
        }
        for text in ["", "17", "x.all", "3.torn-512", "3.all/", "3.some"] {
            assert!(text.parse::<StateId>().is_err(), "{text:?}");
        }
    }
}
