//! INP-03 and INP-04: what other servers send may be meant to hurt.

use jiff::tz::TimeZone;
use open311::read::{Limits, ReadError, requests};
use proptest::prelude::*;

fn refusal(document: &str) -> ReadError {
    read_within(document, &Limits::default()).unwrap_err()
}

fn read_within(document: &str, limits: &Limits) -> Result<usize, ReadError> {
    requests(document.as_bytes(), &TimeZone::UTC, limits).map(|read| read.len())
}

#[test]
fn inp_04_no_document_type_is_read_whatever_it_holds() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
        <service_requests><request><description>&b;</description></request></service_requests>"#;
    let file =
        r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><service_requests>&e;</service_requests>"#;
    let remote = r#"<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><service_requests/>"#;
    let parameter = r#"<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><service_requests/>"#;
    for document in [laughs, file, remote, parameter] {
        assert_eq!(refusal(document), ReadError::DocumentType, "{document}");
    }
}

#[test]
fn inp_04_only_xmls_own_entities_are_known() {
    assert_eq!(refusal("<service_requests>&nbsp;</service_requests>"), ReadError::Entity("nbsp".to_owned()));
    let known = "<service_requests><request><status>open</status><requested_datetime>2026-01-02</requested_datetime>\
                 <description>&lt;&#66;&#x26;&apos;&quot;&gt;&amp;</description></request></service_requests>";
    let read = requests(known.as_bytes(), &TimeZone::UTC, &Limits::default()).unwrap();
    assert_eq!(read[0].as_ref().unwrap().description.as_deref(), Some("<B&'\">&"));
}

#[test]
fn inp_04_xml_over_a_limit_is_refused() {
    let deep = "<a>".repeat(100_000);
    assert_eq!(refusal(&deep), ReadError::TooDeep { depth_max: 32 });
    let limits = Limits { nodes_max: 100, ..Limits::default() };
    let wide = format!("<service_requests>{}</service_requests>", "<request/>".repeat(100));
    assert_eq!(read_within(&wide, &limits), Err(ReadError::TooManyNodes { nodes_max: 100 }));
    let limits = Limits { bytes_max: 10, ..Limits::default() };
    assert_eq!(read_within("<service_requests/>", &limits), Err(ReadError::TooLarge { bytes_max: 10 }));
}

#[test]
fn inp_03_json_over_a_limit_or_with_a_key_twice_is_refused() {
    assert_eq!(refusal(&"[".repeat(100_000)), ReadError::TooDeep { depth_max: 32 });
    assert_eq!(refusal(&r#"{"a":"#.repeat(100)), ReadError::TooDeep { depth_max: 32 });
    let limits = Limits { nodes_max: 100, ..Limits::default() };
    let wide = format!("[{}1]", "1,".repeat(100));
    assert_eq!(read_within(&wide, &limits), Err(ReadError::TooManyNodes { nodes_max: 100 }));
    let twice = refusal(r#"[{"status":"open","status":"closed"}]"#);
    assert!(matches!(&twice, ReadError::Json { what, .. } if what.contains("status")), "{twice}");
    assert!(matches!(refusal("[NaN]"), ReadError::Json { .. }));
    assert!(matches!(refusal("[1e999]"), ReadError::Json { .. }));
}

#[test]
fn documents_that_are_cut_off_or_followed_by_more_are_refused() {
    for document in
        ["", "<service_requests>", "<a></b>", "<a/><b/>", "<a/>text", "<a", "<?xml version='1.0'?>"]
    {
        assert!(matches!(refusal(document), ReadError::Xml { .. } | ReadError::Json { .. }), "{document}");
    }
    for document in ["[", "[] []", "{", r#"{"a":1"#] {
        assert!(matches!(refusal(document), ReadError::Json { .. }), "{document}");
    }
}

#[test]
fn other_encodings_are_refused_rather_than_misread() {
    let latin = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><service_requests/>";
    assert_eq!(requests(latin, &TimeZone::UTC, &Limits::default()), Err(ReadError::NotUtf8));
    assert_eq!(requests(b"[\"\xff\"]", &TimeZone::UTC, &Limits::default()), Err(ReadError::NotUtf8));
    let marked = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?><service_requests/>";
    assert_eq!(read_within(marked, &Limits::default()), Ok(0));
}

proptest! {
    #[test]
    fn inp_09_no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = requests(&bytes, &TimeZone::UTC, &Limits::default());
    }

    #[test]
    fn inp_09_no_nearly_good_document_makes_the_reader_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<service_requests>", "</service_requests>", "<request>", "</request>", "<lat>1</lat>", "&amp;", "&#0;",
            "<![CDATA[", "]]>", "<!--", "-->", "<?x ?>", "[", "]", "{", "}", "\"lat\":", "\"status\":\"open\"", ",",
        ]), 0..30)
    ) {
        let _ = read_within(&pieces.concat(), &Limits::default());
    }
}
