//! The answers to a service's questions, in every spelling that clients use.
//!
//! `attribute[CODE]=v`, `attribute[CODE][]=v`, `attribute[CODE][0]=v`, and any of them repeated. Order is kept
//! and repeated values collapse. A code may hold every character but `]`.

/// The code inside `attribute[CODE]…`, or nothing when the name is no attribute.
pub(crate) fn code(name: &str) -> Option<&str> {
    let (code, index) = name.strip_prefix("attribute[")?.split_once(']')?;
    let indexed = index.is_empty()
        || index
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    (indexed && !code.is_empty()).then_some(code)
}

/// Gathers the values of each code. Empty values are no answers.
pub(crate) fn collect<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, Vec<String>)> {
    let mut answers: Vec<(String, Vec<String>)> = Vec::new();
    for (code, value) in fields.filter_map(|(name, value)| Some((code(name)?, value.trim()))) {
        if value.is_empty() {
            continue;
        }
        match answers.iter_mut().find(|(known, _)| known == code) {
            Some((_, values)) if values.iter().any(|known| known == value) => {}
            Some((_, values)) => values.push(value.to_owned()),
            None => answers.push((code.to_owned(), vec![value.to_owned()])),
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_from_every_spelling() {
        for (name, expected) in [
            ("attribute[A]", Some("A")),
            ("attribute[A][]", Some("A")),
            ("attribute[A][12]", Some("A")),
            ("attribute[eform.PWDx08_PickUp.onroad]", Some("eform.PWDx08_PickUp.onroad")),
            ("attribute[a b&c[d]", Some("a b&c[d")),
            ("attribute[]", None),
            ("attribute[A][x]", None),
            ("attribute[A]x", None),
            ("attribute[A", None),
            ("attributes[A]", None),
            ("attribute", None),
        ] {
            assert_eq!(code(name), expected, "{name}");
        }
    }

    #[test]
    fn the_four_spellings_of_several_values_mean_the_same() {
        let same = [
            vec![("attribute[C]", "a"), ("attribute[C]", "b")],
            vec![("attribute[C][]", "a"), ("attribute[C][]", "b")],
            vec![("attribute[C][0]", "a"), ("attribute[C][1]", "b")],
            vec![
                ("attribute[C]", " a "),
                ("attribute[C][]", "b"),
                ("attribute[C]", "a"),
                ("attribute[C]", ""),
            ],
        ];
        for fields in same {
            assert_eq!(collect(fields.into_iter()), [("C".to_owned(), vec!["a".to_owned(), "b".to_owned()])]);
        }
    }
}
