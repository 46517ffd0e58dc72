//! The audit log in the settings: searched, saved as a file, and looked at only in its own sight.

use access::Role;
use access::audit::{self, Entry};
use http::StatusCode;

use crate::town::{PROGRAM, Town, in_town};

#[test]
fn aud_01_looking_at_the_log_is_itself_logged_with_what_was_looked_for() {
    in_town(async |town: &Town<'_>| {
        let mut auditor = town.staff(Role::Auditor).await;
        auditor.page("/admin/audit?action=person.added").await;
        let seen = auditor.page("/admin/audit?action=audit.viewed").await.text();
        assert!(seen.contains("person.added"), "{seen}");
        auditor.get("/admin/audit.csv").await.expect(StatusCode::OK);
        let seen = auditor.page("/admin/audit?action=audit.exported").await.text();
        assert_eq!(seen.matches("<th scope=\"row\">").count(), 1, "{seen}");
        let mut dispatcher = town.staff(Role::Dispatcher).await;
        dispatcher.get("/admin/audit.csv").await.expect(StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_search_page_says_when_the_log_was_last_found_whole() {
    in_town(async |town: &Town<'_>| {
        let mut auditor = town.staff(Role::Auditor).await;
        assert!(auditor.page("/admin/audit").await.text().contains("Nobody has checked yet"));
        assert!(auditor.page("/admin/audit/state").await.text().contains("The log is whole."));
        let page = auditor.page("/admin/audit").await.text();
        assert!(page.contains("Last checked May 8, 2026"), "{page}");
    });
}

#[test]
fn out_02_the_audit_log_as_a_spreadsheet_holds_no_formula() {
    in_town(async |town: &Town<'_>| {
        let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
        let added = town.db.write(move |tx| {
            let object = "=HYPERLINK(\"https://evil.example\",\"a,b\")".to_owned();
            let detail = "@SUM(A1)\n\"x\"".to_owned();
            let entry = Entry { jurisdiction: &home, actor: &PROGRAM, action: "test.done", object, detail };
            audit::append(tx, now, &entry)
        });
        added.await.unwrap();
        let mut auditor = town.staff(Role::Auditor).await;
        let file = auditor.get("/admin/audit.csv?action=test.done").await.expect(StatusCode::OK);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.header("content-disposition").starts_with("attachment"));
        let text = file.text();
        assert!(text.contains("\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"a,b\"\")\""), "{text}");
        assert!(text.contains("\"'@SUM(A1)\n\"\"x\"\"\""), "{text}");
        assert!(!text.contains("person.added"), "the filter holds for the file too");
    });
}
