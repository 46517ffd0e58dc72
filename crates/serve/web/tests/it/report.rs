//! A resident reports, loses nothing on the way, follows what happens, and can say that it is not fixed.

use http::StatusCode;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{Town, in_town};

/// Goes through all steps and gives the address of the receipt.
pub(crate) async fn reports(browser: &mut Browser) -> String {
    let page = browser.page("/report").await;
    let answer = browser.submit(&page, "/report", &[("address", "12 Elm Street"), ("words", "")]).await;
    let page = browser.follow(&answer).await;
    let mut page = step(browser, &page, &[("service", "pothole")]).await;
    if page.path.ends_with("/known") {
        page = step(browser, &page, &[]).await;
    }
    // The second question appears once the first one is answered.
    let path = page.path.clone();
    let answer = browser.submit(&page, &path, &[("description", "A deep hole"), ("q-where", "lane")]).await;
    let page = browser.follow(&answer).await;
    assert!(page.text().contains("How wide is it"), "{}", page.text());
    let fields = [("description", "A deep hole"), ("q-where", "lane"), ("q-size", "14")];
    let answer = browser.submit(&page, &path, &fields).await;
    let page = browser.follow(&answer).await;
    let path = page.path.clone();
    let answer = browser.upload(&path, &[], &[("photos", "hole.png", &picture())]).await;
    let page = browser.follow(&answer).await;
    let fields = [("wanted", "email"), ("name", "Rosa Díaz"), ("email", "rosa@mail.example"), ("phone", "")];
    let page = step(browser, &page, &fields).await;
    for shown in
        ["12 Elm Street", "Pothole", "A deep hole", "Car lane", "14", "One photo", "rosa@mail.example"]
    {
        assert!(page.text().contains(shown), "the review lacks {shown}:\n{}", page.text());
    }
    let path = page.path.clone();
    let answer = browser.submit(&page, &path, &[]).await;
    let again = browser.submit(&page, &path, &[]).await;
    assert_eq!(answer.location(), again.location(), "pressing the button twice makes one request");
    answer.location()
}

/// Sends the form of a step and loads the next one.
async fn step(browser: &mut Browser, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let path = page.path.clone();
    let answer = browser.submit(page, &path, fields).await;
    browser.follow(&answer).await
}

pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 60]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The number on a receipt.
pub(crate) fn number_on(receipt: &Answer) -> String {
    let text = receipt.text();
    let start = text.find("class=\"number\">").unwrap() + 15;
    text[start..start + text[start..].find('<').unwrap()].to_owned()
}

#[test]
fn a_report_becomes_a_receipt_a_status_page_and_a_public_page() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let page = rosa.page(&receipt).await;
        let number = number_on(&page);
        assert!(page.text().contains("Wednesday, May 13, 2026"), "the promise:\n{}", page.text());
        let track = receipt.strip_suffix("/receipt").unwrap().to_owned();
        assert!(page.text().contains(&track));
        let status = rosa.page(&track).await;
        for shown in ["We received the report.", "A deep hole", "Car lane", "12 Elm Street", "Public Works"] {
            assert!(status.text().contains(shown), "the status page lacks {shown}");
        }
        let photo = html::tags(&status.text()).into_iter().find(|tag| tag.starts_with("img")).unwrap();
        let photo = rosa.get(&html::attribute(&photo, "src").unwrap()).await.expect(StatusCode::OK);
        assert_eq!(photo.header("content-type"), "image/jpeg");
        let mut stranger = town.browser();
        let public = stranger.page(&format!("/requests/{number}")).await;
        assert!(public.text().contains("A deep hole"));
        for private in ["Rosa", "rosa@mail.example", &track] {
            assert!(!public.text().contains(private), "the public page shows {private}");
        }
        let list = stranger.page("/requests?status=open&service=pothole").await;
        assert!(list.text().contains(&number));
        let none = stranger.page("/requests?status=closed").await;
        assert!(!none.text().contains(&number));
    });
}

#[test]
fn nothing_typed_is_lost_by_going_back_or_by_an_error() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let answer = rosa
            .submit(&page, "/report", &[("address", "7 O'Hara <Lane>"), ("words", "next to the gate")])
            .await;
        let service = rosa.follow(&answer).await;
        let answer = rosa.submit(&service, &service.path.clone(), &[("service", "graffiti")]).await;
        let details = rosa.follow(&answer).await;
        let back = rosa.page(&details.path.replace("/details", "/place")).await;
        assert!(html::unescaped(&back.text()).contains("value=\"7 O'Hara <Lane>\""), "{}", back.text());
        let answer = rosa.submit(&details, &details.path.clone(), &[("description", "")]).await;
        let wrong = rosa.follow(&answer).await;
        assert!(wrong.text().contains("href=\"#description\"") && wrong.text().contains("aria-invalid"));
        let answer = rosa.submit(&details, &details.path.clone(), &[("description", "Red paint")]).await;
        let answer = rosa
            .submit(&rosa.clone().follow(&answer).await, &details.path.replace("/details", "/photos"), &[])
            .await;
        let contact = rosa.follow(&answer).await;
        let fields = [("wanted", "email"), ("name", "Zoë"), ("email", "not an address"), ("phone", "")];
        let wrong = rosa.submit(&contact, &contact.path.clone(), &fields).await;
        let text = rosa.follow(&wrong).await.text();
        assert!(text.contains("Zoë") && text.contains("not an address") && text.contains("href=\"#email\""));
    });
}

#[test]
fn a_report_can_be_made_without_contact_and_without_photo_in_spanish() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        rosa.language = Some("es-MX,es;q=0.9");
        let page = rosa.page("/report").await;
        assert!(page.text().contains("<html lang=\"es\"") && page.text().contains("¿Dónde es?"));
        let answer =
            rosa.submit(&page, "/report", &[("address", ""), ("words", "detrás de la escuela")]).await;
        let page = rosa.follow(&answer).await;
        let page = step(&mut rosa, &page, &[("service", "graffiti")]).await;
        let page = step(&mut rosa, &page, &[("description", "Pintura 🎨 en la pared")]).await;
        let page = step(&mut rosa, &page, &[]).await;
        let page = step(&mut rosa, &page, &[("wanted", "no")]).await;
        let page = step(&mut rosa, &page, &[]).await;
        assert!(page.text().contains("Gracias. Recibimos su reporte."));
    });
}

#[test]
fn stoppers_are_shown_before_anything_is_sent() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let answer = rosa.submit(&page, "/report", &[("address", "1 Elm Street")]).await;
        let service = rosa.follow(&answer).await;
        let stopped = rosa.submit(&service, &service.path.clone(), &[("service", "power")]).await;
        let text = rosa.follow(&stopped).await.text();
        assert!(text.contains("The power company") && text.contains("https://power.example"));
        let answer = rosa.submit(&service, &service.path.clone(), &[("service", "pothole")]).await;
        let details = rosa.follow(&answer).await;
        let stopped =
            rosa.submit(&details, &details.path.clone(), &[("description", "x"), ("q-where", "gas")]).await;
        assert!(rosa.follow(&stopped).await.text().contains("Call 911 now"));
    });
}

#[test]
fn nobody_can_jump_ahead_or_open_somebody_elses_draft() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let answer = rosa.submit(&page, "/report", &[("address", "1 Elm Street")]).await;
        let service = answer.location();
        let ahead = rosa.get(&service.replace("/service", "/review")).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(ahead.location(), service);
        for key in ["aaaaaaaaaaaaaaaaaaaaaaaaaa", "x", "..%2F..", "%00"] {
            rosa.get(&format!("/report/{key}/place")).await.expect(StatusCode::NOT_FOUND);
        }
        town.clock.advance(jiff::SignedDuration::from_hours(25));
        rosa.get(&service).await.expect(StatusCode::NOT_FOUND);
        let now = web::Clock::now(&*town.clock);
        let home = town.home.clone();
        assert_eq!(town.db.write(move |tx| web::sweep_drafts(tx, now, &home)).await.unwrap(), 1);
    });
}

#[test]
fn the_first_page_finds_services_numbers_and_private_links() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        rosa.page("/").await;
        assert!(rosa.page("/find?q=asphalt").await.text().contains("Pothole"));
        assert!(rosa.page("/find?q=xyzzy").await.text().contains("No service fits"));
        let found = rosa.get(&format!("/find?q={number}")).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(found.location(), format!("/requests/{number}"));
        let token = receipt.strip_prefix("/track/").unwrap().strip_suffix("/receipt").unwrap();
        let found = rosa.get(&format!("/find?q={token}")).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(found.location(), format!("/track/{token}"));
        rosa.page("/map").await;
    });
}

#[test]
fn somebody_can_follow_a_public_report_and_stop_again() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        let page = rosa.page(&format!("/requests/{number}")).await;
        let action = format!("/requests/{number}/follow");
        let wrong = rosa.submit(&page, &action, &[("email", "nobody")]).await;
        let wrong = rosa.follow(&wrong).await.text();
        assert!(wrong.contains("value=\"nobody\"") && wrong.contains("href=\"#email\""), "{wrong}");
        let answer = rosa.submit(&page, &action, &[("email", "luis@mail.example")]).await;
        let text = rosa.follow(&answer).await.text();
        assert!(text.contains("This site sends no e-mail yet."), "no sender is configured:\n{text}");
        let again = rosa.submit(&page, &action, &[("email", "luis@mail.example")]).await;
        assert!(rosa.follow(&again).await.text().contains("already follows"));
        let link = html::tags(&text).into_iter().find(|tag| tag.contains("/unfollow/")).unwrap();
        let link = html::attribute(&link, "href").unwrap();
        let ask = rosa.page(&link).await;
        let left = rosa.submit(&ask, &link, &[]).await;
        assert!(rosa.follow(&left).await.text().contains("You no longer follow this report"));
    });
}

#[test]
fn a_wrong_form_leads_to_a_page_so_that_going_back_never_asks_to_send_it_again() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let answer = rosa.submit(&page, "/report", &[("address", ""), ("words", ""), ("zip", "02108")]).await;
        let wrong = rosa.follow(&answer).await;
        assert!(wrong.text().contains("href=\"#address\"") && wrong.text().contains("value=\"02108\""));
        // The same address without the question shows what was typed, and no complaint.
        let plain = rosa.page(wrong.path.split('?').next().unwrap()).await;
        assert!(!plain.text().contains("href=\"#address\"") && plain.text().contains("value=\"02108\""));
        let path = plain.path.clone();
        let answer = rosa.submit(&plain, &path, &[("address", "1 Elm Street")]).await;
        assert!(answer.location().ends_with("/service"), "{}", answer.location());
    });
}

#[test]
fn a_report_that_is_known_already_is_shown_to_follow_before_anything_is_asked() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        let mut luis = town.browser();
        let page = luis.page("/report").await;
        let answer = luis.submit(&page, "/report", &[("address", "12 Elm Street")]).await;
        let page = luis.follow(&answer).await;
        let other = step(&mut luis.clone(), &page, &[("service", "graffiti")]).await;
        assert!(other.path.ends_with("/details"), "another kind of problem is not the same one");
        let known = step(&mut luis, &page, &[("service", "pothole")]).await;
        assert!(known.path.ends_with("/known"), "{}", known.path);
        let text = known.text();
        assert!(text.contains(&format!("/requests/{number}#follow-heading")), "{text}");
        for private in ["Rosa", "rosa@mail.example"] {
            assert!(!text.contains(private), "{text}");
        }
        let details = step(&mut luis, &known, &[]).await;
        assert!(details.path.ends_with("/details"), "{}", details.path);
    });
}

#[test]
fn a_chosen_way_of_contact_needs_its_address_and_keeps_no_other() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let answer = rosa.submit(&page, "/report", &[("words", "by the gate")]).await;
        let page = rosa.follow(&answer).await;
        let page = step(&mut rosa, &page, &[("service", "graffiti")]).await;
        let page = step(&mut rosa, &page, &[("description", "Red paint")]).await;
        let contact = step(&mut rosa, &page, &[]).await;
        assert!(contact.text().contains("not your words"), "what becomes public is said before it is sent");
        let wrong = step(&mut rosa, &contact, &[("wanted", "sms"), ("email", "rosa@mail.example")]).await;
        assert!(wrong.text().contains("href=\"#phone\""), "{}", wrong.text());
        let fields = [
            ("wanted", "sms"),
            ("email", "rosa@mail.example"),
            ("phone", "617-555-0123"),
            ("language", "es"),
        ];
        let path = contact.path.clone();
        let answer = rosa.submit(&wrong, &path, &fields).await;
        let review = rosa.follow(&answer).await;
        assert!(review.text().contains("617-555-0123") && !review.text().contains("rosa@mail.example"));
    });
}

#[test]
fn the_receipt_has_a_code_for_the_camera() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let page = rosa.page(&receipt).await.text();
        assert!(page.contains("<svg class=\"qr\"") && page.contains("role=\"img\""), "{page}");
    });
}

#[test]
fn services_are_found_by_words_of_either_language_and_in_whole_sentences() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        rosa.language = Some("en");
        for words in ["hoyo", "asphalt", "There+are+holes+in+the+road", "baches"] {
            let page = rosa.page(&format!("/find?q={words}")).await.text();
            assert!(page.contains("/report?service=pothole"), "{words} does not find it:\n{page}");
        }
        let page = rosa.page("/find?q=12+Elm+Street").await.text();
        assert!(page.contains("/report?address=12+Elm+Street"), "{page}");
        let page = rosa.page("/report?address=12+Elm+Street").await.text();
        assert!(page.contains("value=\"12 Elm Street\""), "{page}");
    });
}

#[test]
fn ovl_07_a_program_that_fills_in_every_field_sends_nothing_and_a_person_is_told_what_to_do() {
    in_town(async |town: &Town<'_>| {
        let mut robot = town.browser();
        let page = robot.page("/report").await;
        let answer = robot.submit(&page, "/report", &[("address", "1 Elm Street")]).await;
        let page = robot.follow(&answer).await;
        let page = step(&mut robot, &page, &[("service", "graffiti")]).await;
        let page = step(&mut robot, &page, &[("description", "Buy cheap pills")]).await;
        let page = step(&mut robot, &page, &[]).await;
        let review = step(&mut robot, &page, &[("wanted", "no")]).await;
        let before = town.row_counts().await;
        let path = review.path.clone();
        let refused = robot.submit(&review, &path, &[("homepage", "https://pills.example")]).await;
        let refused = robot.follow(&refused).await;
        html::check(&refused.text());
        assert!(refused.text().contains("Leave the last field empty"));
        assert_eq!(town.row_counts().await, before);
        let sent = robot.submit(&refused, &path, &[("homepage", "")]).await;
        assert!(sent.location().ends_with("/receipt"), "{}", sent.location());
    });
}
