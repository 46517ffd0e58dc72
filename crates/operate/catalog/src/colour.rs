//! One colour of a screen, and how well two of them can be told apart.

use std::fmt;
use std::str::FromStr;

/// Three channels of sRGB, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// Text that is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a color such as #005ea2")]
pub struct NotAColour;

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };
    /// The black of text.
    pub const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };

    /// How bright it looks, from 0 (black) to 1 (white).
    ///
    /// # Source
    /// WCAG 2.2, definition of relative luminance.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast with another colour, from 1 (the same) to 21 (black and white); the order does not matter.
    ///
    /// # Source
    /// WCAG 2.2, definition of contrast ratio: text needs 4.5, edges and focus 3.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever is read better on this colour. One of the two always has a contrast above 4.5.
    pub fn ink(self) -> Colour {
        if self.contrast(Colour::WHITE) >= self.contrast(Colour::BLACK) {
            Colour::WHITE
        } else {
            Colour::BLACK
        }
    }

    /// This colour where it has at least `contrast` with the ground; otherwise moved toward black or white, whichever
    /// is farther from the ground, no more than that takes.
    ///
    /// The farther of the two always has a contrast of 4.5 with any ground, so up to that there is an answer.
    #[must_use]
    pub fn readable_on(self, ground: Colour, contrast: f64) -> Colour {
        let toward = ground.ink();
        let steps = (0..=255_u8).map(|step| self.mixed(toward, step));
        steps.into_iter().find(|mixed| mixed.contrast(ground) >= contrast).unwrap_or(toward)
    }

    /// `step` parts of 255 of the way toward another colour.
    #[must_use]
    pub fn mixed(self, other: Colour, step: u8) -> Colour {
        let mix = |from: u8, to: u8| {
            let sum = u32::from(from) * u32::from(255 - step) + u32::from(to) * u32::from(step);
            // A weighted mean of two bytes is a byte.
            u8::try_from((sum + 127) / 255).unwrap_or(to)
        };
        let (red, green, blue) =
            (mix(self.red, other.red), mix(self.green, other.green), mix(self.blue, other.blue));
        Colour { red, green, blue }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(NotAColour)?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let channel = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).map_err(|_| NotAColour);
        if is_hex {
            Ok(Colour { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
        } else {
            Err(NotAColour)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrasts_are_those_of_the_published_examples() {
        // Black on white is 21 by definition; #767676 is the lightest grey that passes for text on white, at 4.54.
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        assert!((colour("#767676").contrast(Colour::WHITE) - 4.54).abs() < 0.005);
        assert!(colour("#777777").contrast(Colour::WHITE) < 4.5);
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for bad in ["", "#", "005ea2", "#05a", "#005ea2ff", "#00gg00", "#+05ea2", "red", "#00 5ea", "#é0000"]
        {
            assert_eq!(bad.parse::<Colour>(), Err(NotAColour), "{bad}");
        }
        assert_eq!(colour("#005EA2").to_string(), "#005ea2");
    }

    fn any_colour() -> impl Strategy<Value = Colour> {
        (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(red, green, blue)| Colour { red, green, blue })
    }

    proptest! {
        #[test]
        fn whatever_is_chosen_words_can_be_read_on_it_and_it_can_be_read_on_any_ground(
            chosen in any_colour(), ground in any_colour(),
        ) {
            prop_assert!(chosen.ink().contrast(chosen) >= 4.5);
            let readable = chosen.readable_on(ground, 4.5);
            prop_assert!(readable.contrast(ground) >= 4.5);
            if chosen.contrast(ground) >= 4.5 {
                prop_assert_eq!(readable, chosen);
            }
            prop_assert_eq!(chosen.to_string().parse(), Ok(chosen));
        }
    }
}
