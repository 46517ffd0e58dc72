//! Calendars and notices: hours, holidays, files of holidays, and what residents are told.

use access::Role;
use http::StatusCode;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{Town, in_town};

const WEEK: [(&str, &str); 6] = [
    ("code", "crews"),
    ("zone", "America/New_York"),
    ("hours-monday", "06:30-11:00,11:30-15:00"),
    ("federal", "Labor Day"),
    ("state", "Good Friday"),
    ("days", "2026-05-11 = Flood drill\n12-24 = Christmas Eve = only 06:30-11:00"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

async fn sent(boss: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let form = boss.page(path).await;
    boss.submit(&form, path, fields).await
}

#[test]
fn a_calendar_is_added_previewed_and_made_the_towns_own() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let shown = sent(&mut boss, "/admin/add-calendar", &with(&WEEK, &[("preview", "en")])).await;
        let shown = shown.expect(StatusCode::OK).text();
        html::check(&shown);
        assert!(
            shown.contains("Flood drill") && shown.contains("6:30 AM–11:00 AM, 11:30 AM–3:00 PM"),
            "{shown}"
        );
        sent(&mut boss, "/admin/add-calendar", &WEEK).await.expect(StatusCode::SEE_OTHER);
        let page = boss.page("/admin/calendars/crews").await.text();
        for kept in ["06:30-11:00,11:30-15:00", "Flood drill", "only 06:30-11:00"] {
            assert!(page.contains(kept), "{kept}\n{page}");
        }
        assert_eq!(page.matches(" checked").count(), 2, "the two holidays that were ticked");
        let spec = with(&WEEK, &[("default", "yes")]);
        sent(&mut boss, "/admin/calendars/crews", &spec).await.expect(StatusCode::SEE_OTHER);
        let list = boss.page("/admin/calendars").await.text();
        assert_eq!(list.matches("The town&#39;s calendar").count(), 1);
        let log = boss.page("/admin/audit?object=calendar:crews").await.text();
        assert!(log.contains("calendar.saved") && log.contains("calendar.made-default"));
    });
}

#[test]
fn calendars_that_cannot_be_are_refused_at_their_field() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        for (field, value) in [
            ("hours-monday", "nine to five"),
            ("hours-monday", "09:00-12:00,11:00-13:00"),
            ("hours-monday", ""),
            ("zone", "Mars/Olympus"),
            ("days", "sometimes = Holiday"),
            ("code", "two words"),
            ("code", "works"),
        ] {
            let wrong = sent(&mut boss, "/admin/add-calendar", &with(&WEEK, &[(field, value)])).await;
            let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains(&format!("href=\"#{field}\"")), "{field} {value}\n{wrong}");
        }
        boss.get("/admin/calendars/nothing").await.expect(StatusCode::NOT_FOUND);
    });
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//town//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n\
    DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260703\r\nSUMMARY:Founders' Day\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

#[test]
fn holidays_from_a_file_are_shown_before_they_are_kept_and_can_be_taken_out() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let path = "/admin/calendars/works";
        let token = boss.form_token();
        let upload = async |boss: &mut Browser, bytes: &[u8]| {
            let file = [("file", "holidays.ics", bytes)];
            boss.upload(&format!("{path}/ics"), &[("form-token", &token)], &file).await
        };
        let before = town.row_counts().await;
        let shown = upload(&mut boss, HOLIDAYS.as_bytes()).await.expect(StatusCode::OK);
        html::check(&shown.text());
        assert!(shown.text().contains("Friday, July 3, 2026: Founders&#39; Day"), "{}", shown.text());
        assert_eq!(town.row_counts().await, before);
        boss.submit(&shown, &format!("{path}/holidays"), &[]).await.expect(StatusCode::SEE_OTHER);
        let page = boss.page(path).await;
        assert!(page.text().contains("Founders&#39; Day") && page.text().contains("Imported file 1"));
        let kept =
            [("zone", "America/New_York"), ("hours-monday", "09:00-17:00"), ("days", ""), ("remove", "0")];
        boss.submit(&page, path, &kept).await.expect(StatusCode::SEE_OTHER);
        assert!(!boss.page(path).await.text().contains("Founders"));
        for bad in [&b""[..], b"not a calendar", b"\xff\xfe", &[b'x'; 200_001]] {
            let wrong = upload(&mut boss, bad).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains("href=\"#file\""));
        }
    });
}

#[test]
fn a_notice_is_shown_from_its_day_until_its_end_in_the_readers_language() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let fields = [
            ("text-en", "Snow emergency"),
            ("text-es", "Emergencia de nieve"),
            ("service", ""),
            ("from", ""),
            ("until", "2026-05-10T12:00"),
        ];
        sent(&mut boss, "/admin/add-notice", &fields).await.expect(StatusCode::SEE_OTHER);
        assert!(boss.page("/admin/notices").await.text().contains("Shown now"));
        let mut resident = town.browser();
        resident.language = Some("es");
        assert!(resident.page("/").await.text().contains("Emergencia de nieve"));
        let path = "/admin/notices/snow-emergency";
        let later = with(&fields, &[("from", "2026-05-09T08:00")]);
        sent(&mut boss, path, &later).await.expect(StatusCode::SEE_OTHER);
        assert!(boss.page("/admin/notices").await.text().contains("Coming"));
        assert!(!resident.page("/").await.text().contains("Emergencia de nieve"));
        for (field, value) in [("until", "2026-05-08T12:00"), ("from", "soon"), ("text-en", "")] {
            let mut wrong = with(&later, &[(field, value)]);
            if field == "text-en" {
                wrong = with(&wrong, &[("text-es", "")]);
            }
            let answer = sent(&mut boss, path, &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&answer);
            assert!(answer.contains(&format!("href=\"#{field}\"")), "{field}\n{answer}");
        }
        let page = boss.page(path).await;
        boss.submit(&page, &format!("{path}/remove"), &[]).await.expect(StatusCode::SEE_OTHER);
        boss.get(path).await.expect(StatusCode::NOT_FOUND);
    });
}
