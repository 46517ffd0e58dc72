//! A town's own look: its colour as a style sheet that corrects what could not be read, and its logo.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalog::Colour;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::refusal::Refusal;
use crate::visit::Visit;

/// What text needs (WCAG 2.2, 1.4.3).
pub(crate) const TEXT_CONTRAST: f64 = 4.5;

/// The grounds of our styles on which links and buttons stand; a test compares them with the style sheet.
const LIGHT_GROUNDS: [&str; 6] = ["#ffffff", "#f7f9fa", "#e7f2f5", "#ecf3ec", "#faf3d1", "#f9eeee"];
const DARK_GROUNDS: [&str; 6] = ["#13171f", "#252f3e", "#14333d", "#28312a", "#322d26", "#3e2927"];

/// The shades that a theme makes of a town's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shades {
    /// The bar on top: the colour itself.
    pub(crate) bar: Colour,
    /// Words and the mark of the focus on the bar.
    pub(crate) on_bar: Colour,
    /// Links and buttons.
    pub(crate) act: Colour,
    /// Words on buttons.
    pub(crate) on_act: Colour,
    /// The ground of the page.
    pub(crate) ground: Colour,
}

impl Shades {
    pub(crate) fn light(colour: Colour) -> Self {
        Self::on(colour, LIGHT_GROUNDS)
    }

    pub(crate) fn dark(colour: Colour) -> Self {
        Self::on(colour, DARK_GROUNDS)
    }

    fn on(colour: Colour, grounds: [&str; 6]) -> Self {
        let grounds = grounds.map(|ground| ground.parse().unwrap_or(Colour::WHITE));
        // Each step moves away from all of them, so what the first one asked for stays.
        let act = grounds.iter().fold(colour, |act, ground| act.readable_on(*ground, TEXT_CONTRAST));
        Self { bar: colour, on_bar: colour.ink(), act, on_act: grounds[0], ground: grounds[0] }
    }

    fn declarations(self) -> String {
        let Self { bar, on_bar, act, on_act, ground } = self;
        let over = act.mixed(ground.ink(), 60);
        format!(
            "--bar:{bar};--on-bar:{on_bar};--on-bar-soft:{on_bar};--act:{act};--act-over:{over};--on-act:{on_act};--link:{act}"
        )
    }
}

/// The style sheet of a colour, after which the pages' own themes are asked as before.
fn style_sheet(colour: Colour) -> String {
    let (light, dark) = (Shades::light(colour).declarations(), Shades::dark(colour).declarations());
    format!(
        ":root{{{light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         :root[data-theme=dark]{{{dark}}}\n\
         .site-header :focus-visible{{outline-color:var(--on-bar)}}\n"
    )
}

/// `GET /brand/{name}`: the style sheet or the logo, by the version of the catalog in its name.
pub(crate) async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, Refusal> {
    let brand = visit.catalog.brand();
    let kept = (CACHE_CONTROL, "public, max-age=86400".to_owned());
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => {
            let text = style_sheet(brand.colour.ok_or(Refusal::NotFound)?);
            Ok(([kept, (CONTENT_TYPE, "text/css; charset=utf-8".to_owned())], text).into_response())
        }
        Some("logo") => {
            let logo = brand.logo.clone().ok_or(Refusal::NotFound)?;
            Ok(([kept, (CONTENT_TYPE, logo.media_type)], logo.bytes).into_response())
        }
        _ => Err(Refusal::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_a_town_may_choose_gives_words_that_can_be_read_in_both_themes() {
        for text in ["#000000", "#ffffff", "#ffff00", "#005ea2", "#808080", "#ff0000", "#00ff00", "#7f7f80"] {
            let colour: Colour = text.parse().unwrap();
            for (shades, grounds) in
                [(Shades::light(colour), LIGHT_GROUNDS), (Shades::dark(colour), DARK_GROUNDS)]
            {
                assert!(shades.bar.contrast(shades.on_bar) >= TEXT_CONTRAST, "{text}: {shades:?}");
                assert!(shades.act.contrast(shades.on_act) >= TEXT_CONTRAST, "{text}: {shades:?}");
                for ground in grounds {
                    let contrast = shades.act.contrast(ground.parse().unwrap());
                    assert!(contrast >= TEXT_CONTRAST, "{text} on {ground}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let css = crate::assets::text("townline.css").unwrap();
        for ground in LIGHT_GROUNDS.into_iter().skip(1).chain(DARK_GROUNDS) {
            assert!(css.contains(ground), "{ground}");
        }
    }
}
