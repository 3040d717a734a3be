//! Kafka's 16-byte ids and their text form.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// A 128-bit id: cluster, topic, directory, incarnation.
///
/// Text form: base64url of the 16 bytes without padding, 22 characters. Ordering is that of Kafka:
/// two signed 64-bit halves, so ids that start with `0x80` or above come first.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Uuid(pub [u8; 16]);

impl Uuid {
    /// All zero: "no id".
    pub const ZERO: Self = Self([0; 16]);
    /// The reserved topic id of `__cluster_metadata`; as a directory id, `UNASSIGNED`.
    pub const METADATA_TOPIC: Self = Self::reserved(1);
    /// Directory id of a replica whose directory is not chosen.
    pub const UNASSIGNED_DIR: Self = Self::reserved(1);
    /// Directory id of a replica whose directory failed.
    pub const LOST_DIR: Self = Self::reserved(2);
    /// Directory id of a replica that migrates from a pre-directory cluster.
    pub const MIGRATING_DIR: Self = Self::reserved(0);

    const fn reserved(low: u8) -> Self {
        let mut bytes = [0; 16];
        bytes[15] = low;
        Self(bytes)
    }

    /// Makes a random (version 4) id from 16 bytes of entropy.
    ///
    /// `None` when the text form would start with `-` or the id is among the 100 reserved ones:
    /// Kafka never emits such ids, so the caller draws again.
    #[must_use]
    pub fn from_entropy(mut bytes: [u8; 16]) -> Option<Self> {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let id = Self(bytes);
        // The first base64 character is the top six bits; 62 is `-`.
        (bytes[0] >> 2 != 62 && !id.is_reserved()).then_some(id)
    }

    /// Whether this is one of the first 100 ids, which Kafka keeps for itself.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        self.0[..15].iter().all(|byte| *byte == 0) && self.0[15] < 100
    }

    /// Whether this is the zero id.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    fn halves(self) -> (i64, i64) {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = self.0;
        (
            i64::from_be_bytes([a, b, c, d, e, f, g, h]),
            i64::from_be_bytes([i, j, k, l, m, n, o, p]),
        )
    }
}

impl PartialOrd for Uuid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Uuid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.halves().cmp(&other.halves())
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not the base64url form of 16 bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a base64url id of 16 bytes")]
pub struct InvalidUuid(pub String);

impl FromStr for Uuid {
    type Err = InvalidUuid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        URL_SAFE_NO_PAD
            .decode(text.trim_end_matches('='))
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| InvalidUuid(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips() {
        let id = Uuid::from_entropy([7; 16]).expect("not reserved");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 22);
        assert!("short".parse::<Uuid>().is_err());
    }

    #[test]
    fn ids_that_would_start_with_a_dash_are_refused() {
        assert_eq!(Uuid::from_entropy([62 << 2; 16]), None);
    }

    #[test]
    fn orders_as_two_signed_halves() {
        let mut high = [0; 16];
        high[0] = 0x80;
        assert!(Uuid(high) < Uuid::ZERO);
    }
}
