//! The number that people read out on the phone.
//!
//! A number given by us is a running number with a check digit behind it, so that a misheard or swapped
//! digit is noticed instead of opening somebody else's request. The check digit is H. Michael Damm's: it
//! finds every single wrong digit and every swap of neighbours, and needs no letter. Imported requests
//! keep the number they had, which may be any text.

use db::Tx;

use access::JurisdictionId;

use crate::error::RequestError;

/// Shortest running number: five digits with the check digit, easy to say and never mistaken for a year.
const FIRST_RUNNING_NUMBER: i64 = 1000;

/// Damm's quasigroup of order ten, as published in his thesis (2004): totally anti-symmetric, zero diagonal.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// Takes the next number of the jurisdiction; numbers that imported requests hold are skipped by the caller.
pub(crate) fn next(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<String, RequestError> {
    let sequence = format!("request:{}", jurisdiction.as_str());
    let running = tx.next_number(&sequence)?;
    Ok(with_check_digit(FIRST_RUNNING_NUMBER - 1 + running))
}

/// A running number with its check digit behind it.
pub fn with_check_digit(running: i64) -> String {
    let digits = running.to_string();
    let check = remainder(digits.bytes());
    format!("{digits}{check}")
}

/// Whether a number could be one of ours: only digits, and the last one checks the others.
///
/// False is a reason to ask the caller to read it out again, never to refuse it: imported numbers differ.
pub fn is_ours(number: &str) -> bool {
    number.len() > 4 && number.bytes().all(|b| b.is_ascii_digit()) && remainder(number.bytes()) == 0
}

fn remainder(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |interim, digit| QUASIGROUP[usize::from(interim)][usize::from(digit - b'0')])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_published_example_572_has_check_digit_4() {
        assert_eq!(with_check_digit(572), "5724");
    }

    #[test]
    fn the_first_number_has_five_digits() {
        assert_eq!(with_check_digit(FIRST_RUNNING_NUMBER).len(), 5);
    }

    proptest! {
        #[test]
        fn our_own_numbers_check_out(running in 1000_i64..10_000_000_000) {
            prop_assert!(is_ours(&with_check_digit(running)));
        }

        #[test]
        fn one_misheard_digit_is_noticed(running in 1000_i64..1_000_000_000, at in 0_usize..10, shift in 1_u8..10) {
            let mut number = with_check_digit(running).into_bytes();
            let at = at % number.len();
            number[at] = b'0' + (number[at] - b'0' + shift) % 10;
            prop_assert!(!is_ours(std::str::from_utf8(&number).unwrap()));
        }

        #[test]
        fn two_swapped_neighbours_are_noticed(running in 1000_i64..1_000_000_000, at in 0_usize..10) {
            let mut number = with_check_digit(running).into_bytes();
            let at = at % (number.len() - 1);
            prop_assume!(number[at] != number[at + 1]);
            number.swap(at, at + 1);
            prop_assert!(!is_ours(std::str::from_utf8(&number).unwrap()));
        }
    }
}
