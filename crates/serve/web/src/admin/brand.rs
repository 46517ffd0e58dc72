//! The town's look in the settings: a colour that is corrected where it could not be read, and a logo.

use askama::Template;
use axum::response::Response;
use catalog::brand::{self, Brand, LOGO_BYTES_MAX, Logo};
use catalog::{Catalog, Colour};
use requests::files::FileError;

use super::changing::change;
use super::services::editor::PREVIEW;
use crate::brand::Shades;
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, Page, Shape, go_to, show as show_page};
use crate::photos;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

const PATH: &str = "/admin/brand";

#[derive(Template)]
#[template(path = "admin/brand.html")]
struct BrandPage {
    page: Page,
    form: FormBox,
    preview: String,
}

/// One theme as it will look.
struct Sample {
    heading: &'static str,
    shades: Shades,
    /// What the colour is changed to for links and buttons, and the contrast it would have had.
    correction: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "admin/brand_preview.html")]
struct Preview {
    page: Page,
    samples: Vec<Sample>,
}

/// `GET /admin/brand`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let colour = visit.catalog.brand().colour.map(|colour| colour.to_string()).unwrap_or_default();
    brand_page(&visit, &colour, &Faults::default())
}

fn brand_page(visit: &Visit, typed: &str, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let colour = Field::line(&page, "colour", "brand-colour", typed, 7).hint(&page, "brand-colour-hint");
    let logo =
        Field::new(&page, "logo", "brand-logo", Shape::File { accept: "image/png,image/jpeg,image/webp" })
            .hint(&page, "brand-logo-hint");
    let mut fields = vec![colour.help(&page, "brand-colour-help"), logo];
    if visit.catalog.brand().logo.is_some() {
        fields.push(Field::new(&page, "no-logo", "brand-logo-remove", Shape::Tick { is_ticked: false }));
    }
    let form = FormBox::new(&page, PATH, "button-save")
        .faults(faults)
        .with_files()
        .live()
        .fields(fields.into_iter().map(|field| field.faults(faults)))
        .button(PREVIEW, page.tag(), page.say("brand-preview-button"));
    let preview = preview(visit, typed.parse().ok())?;
    show_page(&visit.app, faults.status(), &BrandPage { form, preview, page })
}

fn preview(visit: &Visit, colour: Option<Colour>) -> Result<String, Refusal> {
    let samples = colour.map_or_else(Vec::new, |colour| {
        vec![
            sample("theme-light", colour, Shades::light(colour)),
            sample("theme-dark", colour, Shades::dark(colour)),
        ]
    });
    let template = Preview { samples, page: Page::new(visit) };
    template.render().map_err(|error| Refusal::broken(&visit.app, &error))
}

fn sample(heading: &'static str, colour: Colour, shades: Shades) -> Sample {
    let contrast = colour.contrast(shades.ground);
    let correction = (colour != shades.act).then(|| (shades.act.to_string(), format!("{contrast:.1}")));
    Sample { heading, shades, correction }
}

/// `POST /admin/brand`
pub(crate) async fn save(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let typed = posted.text("colour").to_owned();
    let mut faults = Faults::default();
    let colour = posted.given("colour").map(str::parse::<Colour>).transpose();
    if colour.is_err() {
        faults.add("colour", visit.language.say("fault-colour"));
    }
    if posted.given(PREVIEW).is_some() {
        return brand_page(&visit, &typed, &faults);
    }
    let logo = match logo(&visit, &posted).await? {
        Ok(logo) => logo,
        Err(text) => {
            faults.add("logo", text);
            None
        }
    };
    let (Ok(colour), true) = (colour, faults.is_empty()) else { return brand_page(&visit, &typed, &faults) };
    let forget_logo = posted.has("no-logo");
    let done = change(&visit, &staff, move |tx, editor| {
        let old = Catalog::load(tx, &editor.home)?.brand().logo.clone();
        let kept = if forget_logo { None } else { old };
        let brand = Brand { colour, logo: logo.clone().or(kept) };
        Ok(brand::save(tx, editor.now, &editor.by, &editor.home, &brand)?)
    });
    match done.await? {
        Ok(_) => Ok(go_to(&visit, PATH)),
        Err(faults) => brand_page(&visit, &typed, &faults),
    }
}

/// The logo that was sent, decoded and written anew like every picture; the inner error is in words.
async fn logo(visit: &Visit, posted: &Posted) -> Result<Result<Option<Logo>, String>, Refusal> {
    let Some(file) = posted.files("logo").next() else { return Ok(Ok(None)) };
    let kilobytes = LOGO_BYTES_MAX / 1_000;
    let too_large = || visit.language.with("brand-logo-too-large", "kilobytes", &kilobytes).into_owned();
    if file.bytes.len() > LOGO_BYTES_MAX {
        return Ok(Err(too_large()));
    }
    match photos::clean(&visit.app, file.bytes.clone()).await? {
        Ok(image) if image.bytes.len() > LOGO_BYTES_MAX => Ok(Err(too_large())),
        Ok(image) => {
            let media_type = image.media_type.as_str().to_owned();
            Ok(Ok(Some(Logo { bytes: image.bytes, media_type })))
        }
        Err(FileError::NotAPicture) => Ok(Err(visit.language.say("photo-not-a-picture").into_owned())),
        Err(FileError::TooManyPixels { .. }) => {
            Ok(Err(visit.language.say("photo-too-many-pixels").into_owned()))
        }
        Err(_) => Ok(Err(visit.language.say("photo-damaged").into_owned())),
    }
}
