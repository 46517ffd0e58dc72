//! I18N-02, I18N-03 and TIME-06: any script and any hour come back as they were written.

use access::Scope;
use jiff::{SignedDuration, Timestamp};

use crate::html;
use crate::town::{Town, in_town};

/// Four-byte characters, combining marks that no letter has ready-made, joined signs, and right-to-left names.
const CORPUS: [&str; 6] = [
    "Hoyo 🕳\u{fe0f} en la calle 👩\u{200d}🚒 𝒳",
    "Zo\u{0308}e\u{0323}\u{0301} wrote this",
    "שלום רחוב הרצל 5",
    "حفرة عميقة في شارع الملك",
    "दिल्ली में गड्ढा",
    "ผมเห็นหลุม 道路に穴がある",
];

/// What has no width is taken out of addresses, so there is none in this one.
const ADDRESS: &str = "Ñandú-Straße 5 🏠 רחוב הרצל";

async fn report(town: &Town<'_>, description: &str, address: &str) -> String {
    let key = town.key(&[Scope::Open311Create]).await;
    let fields = [
        ("api_key", key.as_str()),
        ("service_code", "pothole"),
        ("address_string", address),
        ("description", description),
        ("attribute[where]", "bike"),
    ];
    let made = town.browser().post("/open311/v2/requests.json", &fields).await;
    let made: serde_json::Value = serde_json::from_slice(&made.bytes).unwrap();
    made[0]["service_request_id"].as_str().unwrap().to_owned()
}

#[test]
fn i18n_02_every_script_survives_form_store_page_json_xml_and_search() {
    in_town(async |town: &Town<'_>| {
        for text in CORPUS {
            let number = report(town, text, ADDRESS).await;
            let mut browser = town.browser();
            let page = browser.page(&format!("/requests/{number}")).await;
            assert!(html::unescaped(&page.text()).contains(text), "{text}");
            let json = browser.get(&format!("/open311/v2/requests/{number}.json")).await;
            let json: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
            assert_eq!(
                (json[0]["description"].as_str(), json[0]["address"].as_str()),
                (Some(text), Some(ADDRESS))
            );
            let xml = browser.get(&format!("/open311/v2/requests/{number}.xml")).await.text();
            assert!(xml.contains(text), "{xml}");
            let word = text.split(' ').next().unwrap();
            let word: String = form_urlencoded::byte_serialize(word.as_bytes()).collect();
            let found = browser.page(&format!("/requests?q={word}")).await.text();
            assert!(found.contains(&number), "{word}");
        }
    });
}

#[test]
fn i18n_03_what_residents_write_cannot_reorder_what_stands_beside_it() {
    in_town(async |town: &Town<'_>| {
        let (address, words) = ("רחוב הרצל", "evil\u{202e}txet");
        let number = report(town, words, address).await;
        let page = town.browser().page(&format!("/requests/{number}")).await.text();
        // In the title there is no markup; in the page each stands isolated, overrides and all.
        let body = &page[page.find("<main").unwrap()..];
        for text in [address, words] {
            let isolated = body.matches(&format!("<bdi>{text}</bdi>")).count();
            assert!(isolated > 0 && isolated == body.matches(text).count(), "{text} in\n{body}");
        }
    });
}

/// Whether the list of these local days shows it.
async fn listed(town: &Town<'_>, number: &str, days: &str) -> bool {
    town.browser().page(&format!("/requests?{days}")).await.text().contains(number)
}

#[test]
fn time_06_days_asked_for_are_the_towns_own_also_when_the_clocks_change() {
    in_town(async |town: &Town<'_>| {
        // Half an hour before midnight of the day that has 25 hours, and of one that has 23.
        for (moment, day, next) in [
            ("2026-11-02T04:30:00Z", "2026-11-01", "2026-11-02"),
            ("2027-03-15T03:30:00Z", "2027-03-14", "2027-03-15"),
        ] {
            let now = web::Clock::now(&*town.clock);
            town.clock.advance(moment.parse::<Timestamp>().unwrap().duration_since(now));
            let number = report(town, "A hole", "1 Elm Street").await;
            assert!(listed(town, &number, &format!("from={day}&until={day}")).await, "{day}");
            assert!(!listed(town, &number, &format!("from={next}")).await, "{next}");
            town.clock.advance(SignedDuration::from_hours(1));
            let number = report(town, "A hole", "1 Elm Street").await;
            assert!(!listed(town, &number, &format!("from={day}&until={day}")).await, "{day}");
            assert!(listed(town, &number, &format!("from={next}")).await, "{next}");
        }
    });
}

#[test]
fn time_06_times_for_machines_carry_their_offset_and_pages_name_the_zone() {
    in_town(async |town: &Town<'_>| {
        let number = report(town, "A hole", "1 Elm Street").await;
        let mut browser = town.browser();
        let json = browser.get(&format!("/open311/v2/requests/{number}.json")).await;
        let json: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
        let at = json[0]["requested_datetime"].as_str().unwrap();
        assert_eq!(at.parse::<Timestamp>().unwrap(), web::Clock::now(&*town.clock));
        assert!(browser.page(&format!("/requests/{number}")).await.text().contains("EDT"));
    });
}
