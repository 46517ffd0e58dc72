//! What every page must be, checked on its text: one heading, labels, landmarks, no code inside.

use std::collections::BTreeSet;

/// The hidden fields of the form that is sent to `action`.
pub(crate) fn hidden_fields(page: &str, action: &str) -> Vec<(String, String)> {
    let marker = format!("action=\"{action}\"");
    let start = page.find(&marker).unwrap_or_else(|| panic!("no form for {action} in\n{page}"));
    let form = &page[start..start + page[start..].find("</form>").unwrap()];
    let tags =
        tags(form).into_iter().filter(|tag| tag.starts_with("input") && tag.contains("type=\"hidden\""));
    tags.map(|tag| (attribute(&tag, "name").unwrap(), attribute(&tag, "value").unwrap())).collect()
}

/// Everything between `<` and `>`.
pub(crate) fn tags(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').expect("every tag ends") + start;
        found.push(rest[start + 1..end].to_owned());
        rest = &rest[end + 1..];
    }
    found
}

pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let text = &tag[start..start + tag[start..].find('"')?];
    Some(unescaped(text))
}

pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

/// A11Y-05, A11Y-10 and A11Y-14 as far as text can show them, and OUT-01.
pub(crate) fn check(page: &str) {
    let tags = tags(page);
    let count = |start: &str| tags.iter().filter(|tag| tag.split([' ', '\n']).next() == Some(start)).count();
    for (tag, wanted) in [("h1", 1), ("main", 1), ("title", 1), ("header", 1), ("footer", 1)] {
        assert_eq!(count(tag), wanted, "<{tag}> in\n{page}");
    }
    assert!(page.contains("class=\"skip\" href=\"#main\""), "a skip link");
    assert_eq!(count("style"), 0, "no style inside the page");
    assert_eq!(page.matches("></script>").count(), count("script"), "no script inside the page");
    assert!(!page.contains("<html lang=\"\""), "a language");
    check_attributes(&tags, page);
    check_headings(&tags, page);
    check_labels(&tags, page);
}

fn check_attributes(tags: &[String], page: &str) {
    let mut ids = BTreeSet::new();
    for tag in tags {
        let names: Vec<&str> = tag.split('"').step_by(2).collect();
        assert!(
            !names.iter().any(|name| name.contains(" style=") || name.contains(" on")),
            "code in <{tag}>"
        );
        if let Some(id) = attribute(tag, "id") {
            assert!(ids.insert(id), "twice the same id: <{tag}> in\n{page}");
        }
        if tag.starts_with("th ") || tag == "th" {
            assert!(attribute(tag, "scope").is_some(), "a header cell without scope: <{tag}>");
        }
        if tag.starts_with("img ") {
            assert!(attribute(tag, "alt").is_some_and(|words| !words.is_empty()), "<{tag}>");
        }
    }
    for tag in tags {
        for id in attribute(tag, "aria-describedby").iter().flat_map(|ids| ids.split(' ')) {
            assert!(ids.contains(id), "<{tag}> is described by a missing {id} in\n{page}");
        }
        if let Some(id) = attribute(tag, "aria-labelledby") {
            assert!(ids.contains(&id), "<{tag}> is labelled by a missing {id}");
        }
    }
    assert_eq!(tags.iter().filter(|tag| tag.starts_with("table")).count(), page.matches("<caption>").count());
}

fn check_headings(tags: &[String], page: &str) {
    let levels = tags.iter().filter_map(|tag| tag.strip_prefix('h')?.split(' ').next()?.parse::<u32>().ok());
    let mut before = 0;
    for level in levels.filter(|level| (1..=6).contains(level)) {
        assert!(level <= before + 1, "h{level} after h{before} in\n{page}");
        before = level;
    }
}

fn check_labels(tags: &[String], page: &str) {
    let labelled: BTreeSet<String> =
        tags.iter().filter(|tag| tag.starts_with("label ")).filter_map(|tag| attribute(tag, "for")).collect();
    for tag in tags {
        let kind = tag.split(' ').next().unwrap();
        let is_field = matches!(kind, "input" | "select" | "textarea") && !tag.contains("type=\"hidden\"");
        if is_field {
            let id = attribute(tag, "id").unwrap_or_default();
            assert!(labelled.contains(&id), "a field without a label: <{tag}> in\n{page}");
        }
    }
}
