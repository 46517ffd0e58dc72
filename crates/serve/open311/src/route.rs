//! Which resource a path names, and in which format the answer goes out.
//!
//! GeoReport chooses the representation by the end of the path and never by `Accept`. Codes, ids and tokens
//! are opaque: they may hold dots, blanks, colons, even a slash once decoded, so the *last* `.xml` or `.json`
//! is split off before anything is percent-decoded.

use crate::form::decode;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `text/xml`, mandatory in GeoReport v2.
    Xml,
    /// `application/json`, optional in GeoReport v2 and always offered here.
    Json,
}

impl Format {
    /// The `Content-Type` of answers in this format, with the charset the specification asks for.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Xml => "text/xml; charset=utf-8",
            Format::Json => "application/json; charset=utf-8",
        }
    }

    /// The MIME type that discovery announces.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Xml => "text/xml",
            Format::Json => "application/json",
        }
    }

    /// The end of a path in this format.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Xml => "xml",
            Format::Json => "json",
        }
    }

    /// The format in which to answer whatever happens on this path: errors before a resource is known included.
    pub fn of_path(path: &str) -> Format {
        split_extension(path).map_or(Format::Xml, |(_, format)| format)
    }
}

/// What a path names, with codes and ids already decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// `discovery`
    Discovery,
    /// `services`
    Services,
    /// `services/{service_code}`
    Service(String),
    /// `requests`: the list, and where new requests are posted.
    Requests,
    /// `requests/{service_request_id}`
    Request(String),
    /// `tokens/{token}`
    Token(String),
    /// `servicerequestupdates`: the list, and where other systems post theirs.
    Updates,
}

impl Resource {
    /// The methods this resource answers, as an `Allow` header writes them.
    pub fn allowed_methods(&self) -> &'static str {
        match self {
            Resource::Requests | Resource::Updates => "GET, HEAD, POST",
            Resource::Discovery
            | Resource::Services
            | Resource::Service(_)
            | Resource::Request(_)
            | Resource::Token(_) => "GET, HEAD",
        }
    }
}

/// Reads a path below the endpoint's base (`services/001.xml`, with or without a leading slash), still
/// percent-encoded. `None` means that nothing lives there: answer 404 in [`Format::of_path`].
pub fn route(path: &str) -> Option<(Resource, Format)> {
    let (stem, format) = split_extension(path)?;
    let stem = stem.strip_prefix('/').unwrap_or(stem);
    let resource = match stem.split_once('/') {
        None => collection(stem)?,
        Some((collection, member)) => member_of(collection, opaque(member)?)?,
    };
    Some((resource, format))
}

fn collection(name: &str) -> Option<Resource> {
    match name {
        "discovery" => Some(Resource::Discovery),
        "services" => Some(Resource::Services),
        "requests" => Some(Resource::Requests),
        "servicerequestupdates" => Some(Resource::Updates),
        _ => None,
    }
}

fn member_of(collection: &str, member: String) -> Option<Resource> {
    match collection {
        "services" => Some(Resource::Service(member)),
        "requests" => Some(Resource::Request(member)),
        "tokens" => Some(Resource::Token(member)),
        _ => None,
    }
}

fn opaque(member: &str) -> Option<String> {
    let member = decode::percent(member, decode::Plus::IsPlus).ok()?;
    (!member.is_empty() && !member.chars().any(char::is_control)).then_some(member)
}

fn split_extension(path: &str) -> Option<(&str, Format)> {
    let (stem, extension) = path.rsplit_once('.')?;
    if extension.eq_ignore_ascii_case("xml") {
        Some((stem, Format::Xml))
    } else if extension.eq_ignore_ascii_case("json") {
        Some((stem, Format::Json))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, resource: Resource, format: Format) {
        assert_eq!(route(path), Some((resource, format)), "{path}");
    }

    #[test]
    fn every_documented_path_is_known_in_both_formats() {
        for (extension, format) in [("xml", Format::Xml), ("json", Format::Json)] {
            check(&format!("/discovery.{extension}"), Resource::Discovery, format);
            check(&format!("/services.{extension}"), Resource::Services, format);
            check(&format!("/services/001.{extension}"), Resource::Service("001".into()), format);
            check(&format!("requests.{extension}"), Resource::Requests, format);
            check(
                &format!("/requests/14-01100669.{extension}"),
                Resource::Request("14-01100669".into()),
                format,
            );
            check(&format!("/tokens/a.b.{extension}"), Resource::Token("a.b".into()), format);
            check(&format!("/servicerequestupdates.{extension}"), Resource::Updates, format);
        }
    }

    #[test]
    fn a_code_may_hold_anything_once_it_is_decoded() {
        let boston = "Transportation - Traffic Division:Enforcement & Abandoned Vehicles:Parking Enforcement";
        check(
            "/services/Transportation%20-%20Traffic%20Division%3AEnforcement%20%26%20Abandoned%20Vehicles%3AParking%20Enforcement.json",
            Resource::Service(boston.into()),
            Format::Json,
        );
        check("/services/a%2Fb.xml", Resource::Service("a/b".into()), Format::Xml);
        check("/services/a/b.xml", Resource::Service("a/b".into()), Format::Xml);
        check("/services/x.json.xml", Resource::Service("x.json".into()), Format::Xml);
        check("/services/x%2Ejson.xml", Resource::Service("x.json".into()), Format::Xml);
        check("/services/1+1.xml", Resource::Service("1+1".into()), Format::Xml);
        check("/services/Stra%C3%9Fe.xml", Resource::Service("Straße".into()), Format::Xml);
    }

    #[test]
    fn a_path_that_names_nothing_has_no_route_but_still_a_format() {
        for path in [
            "/services",
            "/services.html",
            "/services/.json",
            "/nothing.json",
            "/tokens.json",
            "/discovery/x.json",
            "/services/%FF.json",
            "/services/a%00b.json",
            "",
        ] {
            assert_eq!(route(path), None, "{path}");
        }
        assert_eq!(Format::of_path("/nothing.json"), Format::Json);
        assert_eq!(Format::of_path("/nothing.html"), Format::Xml);
    }
}
