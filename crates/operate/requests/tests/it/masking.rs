//! PRIV-04: how much of what is personal the scan finds, and how much of what it masks is personal.

use requests::{Known, MASK, PublicText};

const TEXTS: &str = include_str!("personal_texts.txt");

const KNOWN: Known<'static> = Known { name: Some("Rosa Delgado"), phone: None, office: None };

/// A text with the stretches of it that are personal, in bytes.
struct Labelled {
    text: String,
    personal: Vec<std::ops::Range<usize>>,
}

fn labelled(line: &str) -> Labelled {
    let (mut text, mut personal) = (String::new(), Vec::new());
    for (index, part) in line.split(['{', '}']).enumerate() {
        let start = text.len();
        text.push_str(part);
        if index % 2 == 1 {
            personal.push(start..text.len());
        }
    }
    Labelled { text, personal }
}

/// What was masked, as stretches of the original: what stands between the masks stands in the original in the same order.
fn masked(text: &str, public: &str) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let mut kept = public.split(MASK);
    at += kept.next().unwrap().len();
    let kept: Vec<&str> = kept.collect();
    for (index, part) in kept.iter().enumerate() {
        let is_last = index + 1 == kept.len();
        let next = if is_last { text.len() - part.len() } else { at + text[at..].find(part).unwrap() };
        // Two masks side by side leave nothing between them to look for.
        let end = if part.is_empty() && !is_last { at } else { next };
        found.push(at..end);
        at = end + part.len();
    }
    found
}

#[derive(Debug, Default)]
struct Score {
    found: usize,
    missed: usize,
    needless: usize,
}

#[test]
fn priv_04_at_least_95_of_100_personal_stretches_are_masked_and_80_of_100_masks_are_needed() {
    let (mut score, mut texts) = (Score::default(), 0);
    for line in TEXTS.lines().filter(|line| !line.starts_with('#')) {
        texts += 1;
        let Labelled { text, personal } = labelled(line);
        let masks = masked(&text, PublicText::new(text.as_str(), &KNOWN).for_public());
        for stretch in &personal {
            // Half a number is still somebody's number: only a whole one counts.
            let is_found = masks.iter().any(|mask| mask.start <= stretch.start && stretch.end <= mask.end);
            if is_found {
                score.found += 1;
            } else {
                score.missed += 1;
                println!("missed:   {line}");
            }
        }
        let touches = |mask: &std::ops::Range<usize>| {
            personal.iter().any(|stretch| mask.start < stretch.end && stretch.start < mask.end)
        };
        for mask in masks.iter().filter(|mask| !touches(mask)) {
            score.needless += 1;
            println!("needless: {} in {line}", &text[mask.clone()]);
        }
    }
    let recall = 100.0 * score.found as f64 / (score.found + score.missed) as f64;
    let precision = 100.0 * score.found as f64 / (score.found + score.needless) as f64;
    println!("{texts} texts: recall {recall:.1} %, precision {precision:.1} % ({score:?})");
    assert!(texts >= 500, "{texts} texts");
    assert!(recall >= 95.0 && precision >= 80.0, "recall {recall:.1} %, precision {precision:.1} %");
}
