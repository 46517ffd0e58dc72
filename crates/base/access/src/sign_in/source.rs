//! Where an attempt comes from, as coarse as one attacker's reach.

use std::net::IpAddr;

/// One IPv4 address, or the 64-bit network of an IPv6 address: what one household or attacker holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceNetwork(String);

impl SourceNetwork {
    /// The network of a client's address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        })
    }

    pub(crate) fn from_column(stored: String) -> Self {
        Self(stored)
    }

    /// The network as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> SourceNetwork {
        SourceNetwork::of(text.parse().unwrap())
    }

    #[test]
    fn auth_05_changing_the_lower_half_of_an_ipv6_address_changes_no_limit() {
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[test]
    fn auth_05_an_ipv4_address_is_the_same_in_either_notation() {
        assert_eq!(of("::ffff:203.0.113.7"), of("203.0.113.7"));
        assert_ne!(of("203.0.113.7"), of("203.0.113.8"));
    }
}
