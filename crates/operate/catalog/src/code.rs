//! Codes for entries that people only name.

/// Longest part of a name that goes into a code.
const SLUG_MAX: usize = 60;

/// A code made of the letters and digits of a name (of `otherwise` when it has none), with the first number behind
/// it that makes it free.
pub fn code_for(name: &str, otherwise: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let wish = slug(name, otherwise);
    let numbered = (2_u32..).map(|n| format!("{wish}-{n}"));
    let mut candidates = std::iter::once(wish.clone()).chain(numbered);
    candidates
        .find(|code| !is_taken(code))
        .expect("the numbers do not run out before the catalog's limit of rows")
}

/// The letters and digits of a name, with single hyphens between; `otherwise` when it has none.
fn slug(name: &str, otherwise: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let parts = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let joined = parts.collect::<Vec<_>>().join("-");
    let cut = joined[..joined.len().min(SLUG_MAX)].trim_end_matches('-');
    if cut.is_empty() { otherwise.to_owned() } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_the_letters_of_the_name() {
        for (name, code) in [
            ("Pick up Dead Animal", "pick-up-dead-animal"),
            ("  Sidewalk / Ramp (Make Safe) ", "sidewalk-ramp-make-safe"),
            ("公園", "service"),
            ("Ünlit", "nlit"),
        ] {
            assert_eq!(slug(name, "service"), code);
        }
        assert_eq!(slug(&"word ".repeat(50), "service").len(), 59);
    }

    #[test]
    fn a_taken_code_gets_a_number() {
        let taken = ["graffiti", "graffiti-2"];
        assert_eq!(code_for("Graffiti", "service", |code| taken.contains(&code)), "graffiti-3");
        assert_eq!(code_for("Noise", "service", |code| taken.contains(&code)), "noise");
    }
}
