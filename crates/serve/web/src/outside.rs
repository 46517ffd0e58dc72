//! The address under which others reach us, for links that are printed, copied or sent to machines.

use http::HeaderMap;
use http::header::HOST;

use crate::app::Settings;

/// What stands before every path: the operator's public address, otherwise the host that was called. Empty when
/// neither is known.
pub(crate) fn root(settings: &Settings, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    match (&settings.public_url, host) {
        (Some(url), _) => url.trim_end_matches('/').to_owned(),
        (None, Some(host)) => format!("{}://{host}", scheme_of(host)),
        (None, None) => String::new(),
    }
}

/// Only on the machine itself do people reach us without a proxy that adds HTTPS.
fn scheme_of(host: &str) -> &'static str {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if matches!(name, "localhost" | "127.0.0.1" | "[::1]") { "http" } else { "https" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_for(public_url: Option<&str>, host: &str) -> String {
        let settings = Settings { public_url: public_url.map(str::to_owned), ..Settings::default() };
        root(&settings, &HeaderMap::from_iter([(HOST, host.parse().unwrap())]))
    }

    #[test]
    fn the_public_address_wins_and_other_hosts_are_reached_by_https() {
        assert_eq!(root_for(Some("https://311.example/"), "10.0.0.7:3110"), "https://311.example");
        assert_eq!(root_for(None, "311.example"), "https://311.example");
        assert_eq!(root_for(None, "127.0.0.1:3110"), "http://127.0.0.1:3110");
    }
}
