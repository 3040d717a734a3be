//! How many connections there may be.

use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::Notify;

/// Counts the connections of all listeners that share it. Clones are the same quota.
///
/// Where the whole broker is full, the next connection waits; where only its address is, it is
/// closed, as in Apache Kafka.
#[derive(Clone, Debug)]
pub struct ConnectionQuota {
    shared: Arc<Shared>,
}

/// The bounds that a [`ConnectionQuota`] keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaLimits {
    /// Connections in all (`max.connections`).
    pub connections: usize,
    /// Connections from one address (`max.connections.per.ip`).
    pub per_address: usize,
    /// Exceptions from `per_address` (`max.connections.per.ip.overrides`).
    pub overrides: BTreeMap<IpAddr, usize>,
}

impl Default for QuotaLimits {
    fn default() -> Self {
        Self {
            connections: usize::MAX,
            per_address: usize::MAX,
            overrides: BTreeMap::new(),
        }
    }
}

impl ConnectionQuota {
    /// A quota with these limits and no connections.
    #[must_use]
    pub fn new(limits: QuotaLimits) -> Self {
        Self {
            shared: Arc::new(Shared {
                counts: Mutex::new(Counts {
                    limits,
                    open: 0,
                    by_address: BTreeMap::new(),
                }),
                changed: Notify::new(),
            }),
        }
    }

    /// A quota that refuses nothing.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(QuotaLimits::default())
    }

    /// Changes the limits. Connections that exist stay.
    pub fn set_limits(&self, limits: QuotaLimits) {
        self.shared.counts.lock().limits = limits;
        self.shared.changed.notify_waiters();
    }

    /// Connections that exist.
    #[must_use]
    pub fn open(&self) -> usize {
        self.shared.counts.lock().open
    }

    /// A place for a connection from `address`, once there is one; `None` if this address has
    /// all that it may have.
    pub(crate) async fn place(&self, address: IpAddr) -> Option<Place> {
        loop {
            // Made before the question, so that a change between the two is noticed.
            let changed = self.shared.changed.notified();
            match self.try_place(address) {
                Answer::Place(place) => return Some(place),
                Answer::AddressFull => return None,
                Answer::Full => changed.await,
            }
        }
    }

    fn try_place(&self, address: IpAddr) -> Answer {
        let address = address.to_canonical();
        let mut counts = self.shared.counts.lock();
        let from_address = counts.by_address.get(&address).copied().unwrap_or(0);
        let limits = &counts.limits;
        let per_address = limits
            .overrides
            .get(&address)
            .unwrap_or(&limits.per_address);
        if from_address >= *per_address {
            return Answer::AddressFull;
        }
        if counts.open >= limits.connections {
            return Answer::Full;
        }
        counts.open += 1;
        counts.by_address.insert(address, from_address + 1);
        Answer::Place(Place {
            quota: self.clone(),
            address,
        })
    }
}

/// A connection's place in its quota.
#[derive(Debug)]
pub(crate) struct Place {
    quota: ConnectionQuota,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.quota.shared.counts.lock();
        counts.open -= 1;
        if let Some(count) = counts.by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.by_address.remove(&self.address);
            }
        }
        drop(counts);
        self.quota.shared.changed.notify_waiters();
    }
}

#[derive(Debug)]
enum Answer {
    Place(Place),
    AddressFull,
    Full,
}

#[derive(Debug)]
struct Shared {
    counts: Mutex<Counts>,
    changed: Notify,
}

#[derive(Debug)]
struct Counts {
    limits: QuotaLimits,
    open: usize,
    by_address: BTreeMap<IpAddr, usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn placed(answer: Answer) -> Place {
        match answer {
            Answer::Place(place) => place,
            full => panic!("{full:?}"),
        }
    }

    #[test]
    fn counts_in_all_and_by_address() {
        let quota = ConnectionQuota::new(QuotaLimits {
            connections: 4,
            per_address: 1,
            overrides: BTreeMap::from([(address(2), 2), (address(3), 0)]),
        });
        let first = placed(quota.try_place(address(1)));
        assert!(matches!(quota.try_place(address(1)), Answer::AddressFull));
        assert!(matches!(quota.try_place(address(3)), Answer::AddressFull));
        let mapped = IpAddr::from(std::net::Ipv4Addr::new(10, 0, 0, 2).to_ipv6_mapped());
        let second = placed(quota.try_place(mapped));
        let third = placed(quota.try_place(address(2)));
        assert!(matches!(quota.try_place(address(2)), Answer::AddressFull));
        let fourth = placed(quota.try_place(address(4)));
        assert!(matches!(quota.try_place(address(5)), Answer::Full));
        assert_eq!(quota.open(), 4);

        drop(first);
        assert!(matches!(quota.try_place(address(5)), Answer::Place(_)));
        drop((second, third, fourth));
        assert_eq!(quota.open(), 0);
        assert!(quota.shared.counts.lock().by_address.is_empty());
    }
}
