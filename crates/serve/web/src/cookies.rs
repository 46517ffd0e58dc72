//! The cookies there are: two remember a language and a theme, two belong to staff sessions, one to a resident's.

use http::HeaderMap;
use http::header::COOKIE;

use crate::theme::Theme;
use crate::words::Language;

/// Holds the token of a staff session. The prefix binds it to this host, over HTTPS, for all paths.
pub(crate) const SESSION_COOKIE: &str = "__Host-townline-session";
/// Holds the language a person chose.
pub(crate) const LANGUAGE_COOKIE: &str = "__Host-townline-language";
/// Holds the theme a person chose.
pub(crate) const THEME_COOKIE: &str = "__Host-townline-theme";

/// Tells a browser that has signed in before from one that guesses; opens nothing by itself.
pub(crate) const DEVICE_COOKIE: &str = "__Host-townline-device";

/// Holds the token of a resident who came by a link.
pub(crate) const RESIDENT_COOKIE: &str = "__Host-townline-resident";

const YEAR_S: u32 = 31_536_000;

/// The cookie of this name; of several, the first.
pub(crate) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let texts = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Starts a session in the browser; it ends with the browser or on the server, whichever is first.
pub(crate) fn session(token: &str) -> String {
    format!("{SESSION_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict")
}

/// Lets the browser be known at its next sign-in.
pub(crate) fn device(token: &str) -> String {
    format!("{DEVICE_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={YEAR_S}")
}

/// Ends the session in the browser.
pub(crate) fn no_session() -> String {
    format!("{SESSION_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// Remembers a language for a year.
pub(crate) fn language(language: Language) -> String {
    format!("{LANGUAGE_COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}", language.tag())
}

/// Remembers a theme for a year.
pub(crate) fn theme(theme: Theme) -> String {
    format!("{THEME_COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}", theme.as_str())
}

/// Lets a resident see what they reported for as long as their session lasts.
pub(crate) fn resident(token: &str) -> String {
    let lasts_s = access::residents::SESSION_LASTS.as_secs();
    format!("{RESIDENT_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={lasts_s}")
}

/// Ends that in the browser.
pub(crate) fn no_resident() -> String {
    format!("{RESIDENT_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}
