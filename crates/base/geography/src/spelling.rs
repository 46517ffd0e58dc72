//! How far two words are apart, in typing errors.

/// Whether one word becomes the other by at most `errors` single mistakes: a letter too many, too few, wrong, or two
/// neighbours exchanged.
pub(crate) fn is_within(one: &str, other: &str, errors: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    one.len().abs_diff(other.len()) <= errors && distance(&one, &other) <= errors
}

/// How many mistakes are forgiven in a word of this length: short words differ by one letter from many others.
pub(crate) fn forgiven(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The optimal string alignment distance, by the usual table of prefixes, three rows of it.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (above[j + 1] + 1).min(row[j] + 1).min(above[j] + usize::from(a != b));
            let is_exchange = i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b;
            if is_exchange {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_slip_counts_as_one() {
        for slip in ["chestnutt", "chesnut", "chestmut", "chetsnut"] {
            assert!(is_within(slip, "chestnut", 1), "{slip}");
        }
        assert!(!is_within("walnut", "chestnut", 2));
        assert!(is_within("", "", 0));
        assert!(!is_within("", "ab", 1));
    }
}
