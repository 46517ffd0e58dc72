//! The catalog as a file in the settings: out, and in again after showing what it would change.

use access::Role;
use http::StatusCode;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{Town, in_town};

async fn uploaded(boss: &mut Browser, text: &[u8]) -> Answer {
    let token = boss.form_token();
    boss.upload("/admin/catalog", &[("form-token", &token)], &[("file", "catalog.toml", text)]).await
}

#[test]
fn a_file_shows_what_it_would_change_before_it_does() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        boss.page("/admin/catalog").await;
        let file = boss.get("/admin/catalog.toml").await.expect(StatusCode::OK).text();
        let same = uploaded(&mut boss, file.as_bytes()).await.expect(StatusCode::OK).text();
        html::check(&same);
        assert!(same.contains("changes nothing"), "{same}");
        let changed = file.replace("\"Graffiti\"", "\"Paint\"")
            + "\n[[team]]\ncode = \"night\"\nname = \"Night\"\ndepartment = \"works\"\n";
        let before = town.row_counts().await;
        let shown = uploaded(&mut boss, changed.as_bytes()).await.expect(StatusCode::OK);
        html::check(&shown.text());
        assert!(
            shown.text().contains("Service graffiti is changed")
                && shown.text().contains("Team night is added"),
            "{}",
            shown.text()
        );
        assert_eq!(town.row_counts().await, before);
        assert!(!boss.page("/admin/services").await.text().contains("Paint"));
        boss.submit(&shown, "/admin/catalog/apply", &[]).await.expect(StatusCode::SEE_OTHER);
        assert!(boss.page("/admin/services").await.text().contains("Paint"));
        assert!(boss.page("/admin/departments").await.text().contains("Night"));
    });
}

#[test]
fn a_file_that_does_not_fit_is_refused_with_its_line_and_changes_nothing() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let before = town.row_counts().await;
        for (text, line) in [
            (&b"language = \"en\"\ncolour = 1\n"[..], "Line 2"),
            (
                b"language = \"en\"\n\n[[team]]\ncode = \"x\"\nname = \"X\"\ndepartment = \"nowhere\"\n",
                "Line 6",
            ),
            (b"\xff\xfe", "#file"),
            (b"", "#file"),
        ] {
            let wrong = uploaded(&mut boss, text).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains(line), "{wrong}");
        }
        assert_eq!(town.row_counts().await, before);
    });
}
