//! Light or dark: as the device says, unless somebody chose otherwise on one of our pages.
//!
//! The choice is a link that works without script, and a cookie that remembers it.

/// How the pages look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the device is set.
    #[default]
    Device,
    Light,
    Dark,
}

/// In the address of a page that changes the theme.
pub(crate) const THEME: &str = "theme";

impl Theme {
    /// All themes, in the order of the switch.
    pub(crate) const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of this name.
    pub(crate) fn read(text: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == text)
    }

    /// The theme an address asks for.
    pub(crate) fn asked(query: &str) -> Option<Theme> {
        if !query.contains("theme=") {
            return None;
        }
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == THEME).and_then(|(_, value)| Theme::read(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_themes_there_are_can_be_asked_for() {
        assert_eq!(Theme::asked("q=tree&theme=dark"), Some(Theme::Dark));
        assert_eq!(Theme::asked("theme=device"), Some(Theme::Device));
        assert_eq!(Theme::asked("theme=%22onload"), None);
        assert_eq!(Theme::asked("q=theme"), None);
    }
}
