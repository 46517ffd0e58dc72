//! A link as a picture that a telephone's camera reads.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet border a camera needs around the code, in modules.
const BORDER: i32 = 4;

/// A code to be drawn: the side of its box, and the path of its dark modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawing {
    pub(crate) side: i32,
    pub(crate) path: String,
}

/// Draws a text; nothing when it is longer than a code can hold (about 2,300 bytes).
pub(crate) fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let dark = (x..code.size()).take_while(|at| code.get_module(*at, y)).count();
            let width = i32::try_from(dark).unwrap_or(0);
            if width > 0 {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{} {}h{width}v1h-{width}z", x + BORDER, y + BORDER);
            }
            x += width.max(1);
        }
    }
    Some(Drawing { side: code.size() + 2 * BORDER, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_exactly_its_dark_modules() {
        let drawing = draw("https://311.example/track/10005").expect("it is short");
        let code = QrCode::encode_text("https://311.example/track/10005", QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let drawn: usize = drawing
            .path
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|rest| rest.split('v').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, dark);
        assert_eq!(drawing.side, code.size() + 8);
    }

    #[test]
    fn a_text_too_long_for_a_code_gives_none() {
        assert_eq!(draw(&"x".repeat(5_000)), None);
    }
}
