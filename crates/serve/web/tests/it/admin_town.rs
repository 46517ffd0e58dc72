//! The government itself: what is said about it, its colour and its logo.

use access::Role;
use http::StatusCode;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{Town, in_town};

const ELMWOOD: [(&str, &str); 7] = [
    ("name-en", "Elmwood"),
    ("name-es", "Elmwood"),
    ("contact-en", "Call 311"),
    ("contact-es", "Llame al 311"),
    ("zone", "America/New_York"),
    ("languages", "en, es"),
    ("hosts", "elmwood.example, 311.elmwood.example"),
];

async fn sent(boss: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let form = boss.page(path).await;
    boss.submit(&form, path, fields).await
}

fn with<'a>(fields: &[(&'a str, &'a str)], field: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    fields.iter().filter(|(name, _)| *name != field.0).chain([&field]).copied().collect()
}

#[test]
fn what_is_said_about_the_town_changes_everywhere_at_once() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let renamed = with(&ELMWOOD, ("name-en", "City of Elmwood"));
        sent(&mut boss, "/admin/town", &renamed).await.expect(StatusCode::SEE_OTHER);
        assert!(town.browser().page("/").await.text().contains("City of Elmwood"));
        for (field, value, at) in [
            ("zone", "Elmwood", "zone"),
            ("languages", "english", "languages"),
            ("languages", "", "languages"),
            ("hosts", "oakville.example", "hosts"),
            ("hosts", "not a host!", "hosts"),
        ] {
            let wrong = sent(&mut boss, "/admin/town", &with(&ELMWOOD, (field, value))).await;
            let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains(&format!("href=\"#{at}\"")), "{field} {value}\n{wrong}");
        }
        let log = boss.page("/admin/audit?action=jurisdiction.saved").await.text();
        assert_eq!(log.matches("<th scope=\"row\">").count(), 1);
    });
}

/// Two pixels, one of them transparent, so that it stays a PNG.
fn png() -> Vec<u8> {
    let picture =
        image::RgbaImage::from_fn(2, 1, |x, _| image::Rgba([0, 90, 160, if x == 0 { 255 } else { 0 }]));
    let mut bytes = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

#[test]
fn a_colour_is_shown_in_both_themes_before_it_is_kept_and_then_everywhere() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        assert!(!town.browser().page("/").await.text().contains("/brand/"));
        let shown = sent(&mut boss, "/admin/brand", &[("colour", "#ffcc00"), ("preview", "en")]).await;
        let shown = shown.expect(StatusCode::OK).text();
        html::check(&shown);
        assert!(shown.contains("fill=\"#ffcc00\"") && shown.contains("1.5"), "too light on white\n{shown}");
        sent(&mut boss, "/admin/brand", &[("colour", "#ffcc00")]).await.expect(StatusCode::SEE_OTHER);
        let mut resident = town.browser();
        let home = resident.page("/").await.text();
        let sheet = html::tags(&home).into_iter().find(|tag| tag.contains("/brand/")).unwrap();
        let css = resident.get(&html::attribute(&sheet, "href").unwrap()).await.expect(StatusCode::OK);
        assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
        assert!(css.text().contains("--bar:#ffcc00;--on-bar:#000000"), "{}", css.text());
        for bad in ["yellow", "#fc0", "#ffcc00;}body{display:none"] {
            let wrong = sent(&mut boss, "/admin/brand", &[("colour", bad)]).await;
            let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            assert!(wrong.contains("href=\"#colour\""), "{bad}");
        }
        sent(&mut boss, "/admin/brand", &[("colour", "")]).await.expect(StatusCode::SEE_OTHER);
        assert!(!town.browser().page("/").await.text().contains("/brand/"));
    });
}

#[test]
fn a_logo_is_written_anew_and_shown_until_it_is_taken_away() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let token = boss.form_token();
        let fields = [("form-token", token.as_str()), ("colour", "")];
        let mut bytes = png();
        bytes.extend_from_slice(b"<script>alert(1)</script>");
        boss.upload("/admin/brand", &fields, &[("logo", "logo.png", &bytes)])
            .await
            .expect(StatusCode::SEE_OTHER);
        let mut resident = town.browser();
        let home = resident.page("/").await.text();
        let picture = html::tags(&home).into_iter().find(|tag| tag.starts_with("img ")).unwrap();
        let logo = resident.get(&html::attribute(&picture, "src").unwrap()).await.expect(StatusCode::OK);
        assert_eq!(logo.header("content-type"), "image/png");
        assert!(!logo.text().contains("script"), "only pixels are left");
        for bad in [b"<svg onload=alert(1)>".to_vec(), vec![0; 100_001]] {
            let wrong = boss.upload("/admin/brand", &fields, &[("logo", "logo.png", &bad)]).await;
            let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains("href=\"#logo\""));
        }
        sent(&mut boss, "/admin/brand", &[("colour", ""), ("no-logo", "yes")])
            .await
            .expect(StatusCode::SEE_OTHER);
        assert!(!resident.page("/").await.text().contains("<img"));
    });
}
