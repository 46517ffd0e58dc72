//! Where a call comes from, coarse enough to limit and to forget.

use std::net::{IpAddr, Ipv6Addr};

/// A source network: one IPv4 address, or the /64 an IPv6 subscriber is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Source(IpAddr);

impl Source {
    /// The network of an address; IPv4 written as IPv6 counts as IPv4.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(IpAddr::V4(v4)),
            IpAddr::V6(v6) => Self(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)))),
        }
    }

    /// One address of the network.
    pub(crate) fn address(self) -> IpAddr {
        self.0
    }

    /// Whether the call comes from this machine itself.
    pub(crate) fn is_this_machine(self) -> bool {
        // `::1` has lost its low bits above, so it reads as the unspecified network.
        self.0.is_loopback() || self.0 == IpAddr::V6(Ipv6Addr::UNSPECIFIED)
    }
}

/// The address at the other end of the connection; put into each request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The caller's own address: the peer, unless the peer is one of the operator's proxies, which then
/// names the caller in the last entry of `X-Forwarded-For` that is not itself such a proxy.
pub(crate) fn caller_address(peer: IpAddr, forwarded_for: Option<&str>, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let hops = forwarded_for.unwrap_or_default().rsplit(',');
    let known: Vec<IpAddr> = hops.map_while(|hop| hop.trim().parse().ok()).collect();
    known.into_iter().find(|hop| !trusted.contains(hop)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_caller(peer: &str, forwarded: Option<&str>, expected: &str) {
        let trusted = ["10.0.0.1".parse().expect("an address"), "10.0.0.2".parse().expect("an address")];
        let found = caller_address(peer.parse().expect("an address"), forwarded, &trusted);
        assert_eq!(found.to_string(), expected);
    }

    #[test]
    fn api_08_forwarding_headers_count_only_behind_a_trusted_proxy() {
        check_caller("192.0.2.7", Some("198.51.100.1"), "192.0.2.7");
        check_caller("10.0.0.1", Some("198.51.100.1"), "198.51.100.1");
        check_caller("10.0.0.1", Some("203.0.113.9, 198.51.100.1, 10.0.0.2"), "198.51.100.1");
        check_caller("10.0.0.1", None, "10.0.0.1");
        check_caller("10.0.0.1", Some("rubbish"), "10.0.0.1");
    }

    #[test]
    fn neighbours_in_one_ipv6_subnet_are_one_source() {
        let of = |text: &str| Source::of(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert!(of("::1").is_this_machine() && of("127.0.0.1").is_this_machine());
    }
}
