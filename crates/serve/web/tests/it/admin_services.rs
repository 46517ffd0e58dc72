//! The service editor: words, questions with conditions and versions, stoppers, teams by district, the preview.

use access::Role;
use catalog::{Catalog, CatalogError, Service};
use http::StatusCode;

use crate::browser::Browser;
use crate::html;
use crate::town::{PROGRAM, Town, in_town};

async fn service(town: &Town<'_>, code: &'static str) -> Service {
    let home = town.home.clone();
    let loaded = town
        .db
        .read(move |tx| Ok::<_, CatalogError>(Catalog::load(tx, &home)?.service_by_code(code).cloned()));
    loaded.await.unwrap().unwrap()
}

/// What the page of graffiti sends, with nothing changed.
const GRAFFITI: [(&str, &str); 6] = [
    ("name-en", "Graffiti"),
    ("public", "summary"),
    ("photo", "welcome"),
    ("kind", "realtime"),
    ("department", "works"),
    ("active", "yes"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

async fn sent(boss: &mut Browser, path: &str, fields: &[(&str, &str)]) -> crate::browser::Answer {
    let form = boss.page(path).await;
    boss.submit(&form, path, fields).await
}

#[test]
fn a_new_service_is_hidden_until_its_page_says_otherwise() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let fields =
            [("name-en", "Street light out"), ("name-es", "Luz"), ("department", "works"), ("code", "")];
        let answer = sent(&mut boss, "/admin/add-service", &fields).await;
        assert_eq!(answer.location(), "/admin/services/street-light-out");
        assert_eq!(service(town, "street-light-out").await.public, catalog::PublicLevel::Hidden);
        let again = [("name-en", "x"), ("department", "works"), ("code", "street-light-out")];
        let wrong =
            sent(&mut boss, "/admin/add-service", &again).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("href=\"#code\""));
        let bad = [("name-en", "x"), ("department", "works"), ("code", "a/b")];
        sent(&mut boss, "/admin/add-service", &bad).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn a_stopper_and_a_radius_are_set_and_what_cannot_be_is_said_at_its_field() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let path = "/admin/services/graffiti";
        let stopped = [
            ("stopper-kind", "not-ours"),
            ("stopper-whom-en", "The railway"),
            ("stopper-url", "https://rail.example"),
            ("duplicate_radius_m", "40"),
        ];
        sent(&mut boss, path, &with(&GRAFFITI, &stopped)).await.expect(StatusCode::SEE_OTHER);
        let kept = service(town, "graffiti").await;
        assert_eq!((kept.duplicate_radius_m, kept.is_offered()), (Some(40), false));
        for (field, value) in [
            ("stopper-url", "javascript:alert(1)"),
            ("stopper-phone", "call me"),
            ("duplicate_radius_m", "wide"),
            ("duplicate_radius_m", "0"),
        ] {
            let fields = with(&with(&GRAFFITI, &stopped), &[(field, value)]);
            let wrong = sent(&mut boss, path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains(&format!("href=\"#{field}\"")), "{field} {value}\n{wrong}");
        }
        sent(&mut boss, path, &GRAFFITI).await.expect(StatusCode::SEE_OTHER);
        assert!(service(town, "graffiti").await.is_offered(), "without a kind there is no stopper");
    });
}

/// A question with a condition, as its form sends it.
const COLOR: [(&str, &str); 7] = [
    ("text-en", "Which color?"),
    ("text-es", "¿De qué color?"),
    ("datatype", "singlevaluelist"),
    ("required", "yes"),
    ("values", "Red | Rojo\nblack = Black | Negro"),
    ("condition", "where=bike"),
    ("code", ""),
];

#[test]
fn a_question_gets_a_new_version_when_its_words_change_and_keeps_it_when_its_place_does() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let add = "/admin/services/pothole/add-question";
        sent(&mut boss, add, &COLOR).await.expect(StatusCode::SEE_OTHER);
        let made = service(town, "pothole").await.question("which-color").cloned().unwrap();
        assert_eq!((made.version, made.order, made.required), (1, 3, true));
        assert_eq!(
            made.values.iter().map(|choice| choice.key.as_str()).collect::<Vec<_>>(),
            ["red", "black"]
        );
        assert_eq!(made.condition.as_ref().unwrap().any_of, ["bike"]);
        let page = boss.page("/admin/services/pothole").await;
        let path = "/admin/services/pothole/questions/which-color";
        boss.submit(&page, &format!("{path}/up"), &[]).await.expect(StatusCode::SEE_OTHER);
        let moved = service(town, "pothole").await.question("which-color").cloned().unwrap();
        assert_eq!((moved.version, moved.order), (1, 2));
        let reworded = with(&COLOR, &[("text-en", "What color is it?"), ("values", "red = Red | Rojo")]);
        sent(&mut boss, path, &reworded).await.expect(StatusCode::SEE_OTHER);
        let now = service(town, "pothole").await.question("which-color").cloned().unwrap();
        assert_eq!((now.version, now.values.len()), (2, 1));
        let page = boss.page("/admin/services/pothole").await;
        boss.submit(&page, &format!("{path}/remove"), &[]).await.expect(StatusCode::SEE_OTHER);
        assert!(service(town, "pothole").await.question("which-color").is_none());
        boss.get(path).await.expect(StatusCode::NOT_FOUND);
    });
}

#[test]
fn every_kind_of_answer_that_open311_knows_can_be_asked_for() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        for datatype in catalog::Datatype::ALL {
            let word = datatype.as_str();
            let text = format!("Question of {word}");
            let fields =
                with(&COLOR, &[("text-en", &text), ("datatype", word), ("condition", ""), ("code", word)]);
            sent(&mut boss, "/admin/services/noise/add-question", &fields)
                .await
                .expect(StatusCode::SEE_OTHER);
        }
        let shown = with(&COLOR, &[("datatype", "shown"), ("condition", ""), ("code", "read-this")]);
        sent(&mut boss, "/admin/services/noise/add-question", &shown).await.expect(StatusCode::SEE_OTHER);
        let kept = service(town, "noise").await;
        for (question, datatype) in kept.questions.iter().zip(catalog::Datatype::ALL) {
            assert_eq!((question.datatype, question.values.is_empty()), (datatype, !datatype.is_list()));
        }
        assert!(kept.question("read-this").is_some_and(|question| !question.variable && !question.required));
    });
}

#[test]
fn questions_that_cannot_be_asked_are_refused_at_their_field() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let add = "/admin/services/pothole/add-question";
        for (changed, at) in [
            (&[("text-en", ""), ("text-es", "")][..], "text-en"),
            (&[("values", "")], "values"),
            (&[("values", "a = A\na = B")], "values"),
            (&[("condition", "where=sidewalk")], "condition"),
            (&[("code", "where")], "code"),
            (&[("code", "two words")], "code"),
            (
                &[("stops-0-answer", "red"), ("stops-0-kind", "emergency"), ("stops-0-number", "")],
                "stops-0-number",
            ),
        ] {
            let wrong = sent(&mut boss, add, &with(&COLOR, changed)).await;
            let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
            html::check(&wrong);
            assert!(wrong.contains(&format!("href=\"#{at}\"")), "{changed:?}\n{wrong}");
        }
        let mixed = [&COLOR[..], &[("condition", "size")]].concat();
        let wrong = sent(&mut boss, add, &mixed).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        assert!(wrong.contains("Choose answers of one question only."));
        let page = boss.page("/admin/services/pothole").await;
        let remove = "/admin/services/pothole/questions/where/remove";
        let wrong = boss.submit(&page, remove, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        assert!(wrong.contains("href=\"#questions\""), "another question depends on it");
    });
}

#[test]
fn an_answer_that_stops_a_report_can_be_chosen_and_let_go_again() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let path = "/admin/services/pothole/questions/where";
        let fields = [
            ("text-en", "Where in the street?"),
            ("datatype", "singlevaluelist"),
            ("values", "lane = Car lane | Carril\nbike = Bike lane | Ciclovía\ngas = It smells of gas"),
            ("stops-0-answer", ""),
            ("stops-1-answer", "bike"),
            ("stops-1-kind", "not-ours"),
            ("stops-1-whom-en", "The trail office"),
        ];
        sent(&mut boss, path, &fields).await.expect(StatusCode::SEE_OTHER);
        let question = service(town, "pothole").await.question("where").cloned().unwrap();
        assert!(question.choice("gas").unwrap().stopper.is_none());
        assert!(question.choice("bike").unwrap().stopper.is_some());
    });
}

#[test]
fn the_preview_shows_what_is_typed_in_either_language_and_keeps_nothing() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let before = town.row_counts().await;
        let add = "/admin/services/pothole/add-question";
        let english =
            sent(&mut boss, add, &with(&COLOR, &[("preview", "en")])).await.expect(StatusCode::OK).text();
        html::check(&english);
        let preview = |page: &str| page[page.find("id=\"preview\"").unwrap()..].to_owned();
        let shown = preview(&english);
        assert!(shown.contains("Only after “Where in the street?” is answered with: Bike lane"), "{shown}");
        assert!(shown.contains("Which color?") && shown.contains("Red"));
        let spanish =
            sent(&mut boss, add, &with(&COLOR, &[("preview", "es")])).await.expect(StatusCode::OK).text();
        let shown = preview(&spanish);
        assert!(shown.contains("¿De qué color?") && shown.contains("Rojo") && shown.contains("lang=\"es\""));
        let service = with(&GRAFFITI, &[("name-en", "Paint <b>"), ("preview", "en")]);
        let page = sent(&mut boss, "/admin/services/graffiti", &service).await.expect(StatusCode::OK).text();
        assert!(preview(&page).contains("<h3>Paint &#60;b&#62;</h3>"), "{page}");
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn two_administrators_do_not_overwrite_each_other() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Administrator).await;
        let mut bo = ana.clone();
        let path = "/admin/services/graffiti";
        let (first, second) = (ana.page(path).await, bo.page(path).await);
        ana.submit(&first, path, &with(&GRAFFITI, &[("public", "full")])).await.expect(StatusCode::SEE_OTHER);
        let late = with(&GRAFFITI, &[("name-en", "Paint")]);
        bo.submit(&second, path, &late).await.expect(StatusCode::CONFLICT);
        let kept = service(town, "graffiti").await;
        assert_eq!((kept.name.in_default(), kept.public), ("Graffiti", catalog::PublicLevel::Full));
    });
}

#[test]
fn each_district_can_have_a_team_of_its_own() {
    in_town(async |town: &Town<'_>| {
        let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
        let square = r#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0],[0,0]]]}"#;
        let shape = geography::Shape::from_geojson(square).unwrap();
        let ward = |code: &str| geography::NamedShape { code: code.to_owned(), shape: shape.clone() };
        let wards = [ward("1"), ward("Back Bay")];
        town.db
            .write(move |tx| catalog::districts::import(tx, now, &PROGRAM, &home, "ward", &wards))
            .await
            .unwrap();
        let mut boss = town.staff(Role::Administrator).await;
        let path = "/admin/services/pothole/teams";
        let fields = [("team-ward-1", ""), ("team-ward-Back%20Bay", "trees")];
        sent(&mut boss, path, &fields).await.expect(StatusCode::SEE_OTHER);
        let routes = service(town, "pothole").await.routes;
        assert_eq!(routes.iter().map(|route| route.code.as_str()).collect::<Vec<_>>(), ["Back Bay"]);
        let wrong = [("team-ward-1", "nobody"), ("team-ward-Back%20Bay", "")];
        sent(&mut boss, path, &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        sent(&mut boss, path, &[]).await.expect(StatusCode::SEE_OTHER);
        assert!(service(town, "pothole").await.routes.is_empty());
    });
}
