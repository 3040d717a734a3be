//! The table of APIs.

use std::{fmt, ops::RangeInclusive};

/// The number of an API. Unknown numbers are values like any other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiKey(pub i16);

pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) versions: RangeInclusive<i16>,
    pub(crate) flexible_from: i16,
}

macro_rules! api_keys {
    ($($constant:ident = $key:literal, $name:literal, $versions:expr, $flexible:literal;)*) => {
        use crate::{ApiKey, api_key::Entry};

        impl ApiKey {
            $(pub const $constant: Self = Self($key);)*

            /// Every API, by number.
            pub const ALL: &'static [Self] = &[$(Self::$constant),*];

            pub(crate) fn entry(self) -> Option<Entry> {
                match self.0 {
                    $($key => Some(Entry {
                        name: $name,
                        versions: $versions,
                        flexible_from: $flexible,
                    }),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use api_keys;

impl ApiKey {
    /// Kafka's name, or `Unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("Unknown", |entry| entry.name)
    }

    /// The versions of the request, `None` for an unknown API.
    #[must_use]
    pub fn versions(self) -> Option<RangeInclusive<i16>> {
        self.entry().map(|entry| entry.versions)
    }

    /// Version of the request header that goes with a version of the body.
    #[must_use]
    pub fn request_header_version(self, version: i16) -> i16 {
        if self.is_flexible(version) { 2 } else { 1 }
    }

    /// Version of the response header that goes with a version of the body. ApiVersions keeps the
    /// first form for ever: a client reads it before it knows what the broker speaks.
    #[must_use]
    pub fn response_header_version(self, version: i16) -> i16 {
        i16::from(self != Self::API_VERSIONS && self.is_flexible(version))
    }

    fn is_flexible(self, version: i16) -> bool {
        self.entry()
            .is_some_and(|entry| version >= entry.flexible_from)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name(), self.0)
    }
}
