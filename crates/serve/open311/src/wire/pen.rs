//! Writes one document in either format. A document describes its fields once, so the two formats cannot drift
//! apart; JSON comes from the same description and never from the XML.

use std::fmt::Display;
use std::io::Write;

use crate::route::Format;

pub(crate) struct Pen {
    format: Format,
    out: Vec<u8>,
    /// JSON: nothing has been written yet in the object or array at hand, so no comma is due.
    fresh: bool,
}

impl Pen {
    /// A document that is a list: `<services><service>…` or a bare array.
    pub(crate) fn list_document<T>(
        format: Format,
        name: &str,
        item: &str,
        items: &[T],
        draw: impl Fn(&mut Pen, &T),
    ) -> Vec<u8> {
        let mut pen = Pen::begin(format, items.len());
        pen.list_body(name, item, items, |pen, value| pen.object_body(|pen| draw(pen, value)));
        pen.out
    }

    /// A document that is one object: `<discovery>…` or a bare object.
    pub(crate) fn object_document(format: Format, name: &str, draw: impl FnOnce(&mut Pen)) -> Vec<u8> {
        let mut pen = Pen::begin(format, 1);
        pen.open(name);
        pen.object_body(draw);
        pen.close(name);
        pen.out
    }

    fn begin(format: Format, items: usize) -> Pen {
        const ITEM_BYTES_TYPICAL: usize = 700;
        let mut pen = Pen { format, out: Vec::with_capacity((items + 1) * ITEM_BYTES_TYPICAL), fresh: true };
        if format == Format::Xml {
            pen.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        }
        pen
    }

    /// Text, or an empty element / `null`.
    pub(crate) fn text(&mut self, name: &str, value: Option<&str>) {
        self.key(name);
        match (self.format, value) {
            (Format::Xml, None) => self.raw_all(&["<", name, "/>"]),
            (Format::Json, None) => self.raw("null"),
            (_, Some(value)) => {
                self.open(name);
                self.scalar(value);
                self.close(name);
            }
        }
    }

    /// Text that is left out altogether when there is none.
    pub(crate) fn text_if_any(&mut self, name: &str, value: Option<&str>) {
        if value.is_some() {
            self.text(name, value);
        }
    }

    /// The words `true` and `false` in XML, real booleans in JSON.
    pub(crate) fn flag(&mut self, name: &str, value: bool) {
        self.bare(name, value);
    }

    /// A number that is finite; Rust writes such numbers as both formats want them.
    pub(crate) fn number(&mut self, name: &str, value: Option<impl Display>) {
        match value {
            Some(value) => self.bare(name, value),
            None => self.text(name, None),
        }
    }

    /// A list of objects inside an object.
    pub(crate) fn objects<T>(&mut self, name: &str, item: &str, items: &[T], draw: impl Fn(&mut Pen, &T)) {
        self.key(name);
        self.list_body(name, item, items, |pen, value| pen.object_body(|pen| draw(pen, value)));
    }

    /// A list of texts inside an object.
    pub(crate) fn texts<T: AsRef<str>>(&mut self, name: &str, item: &str, items: &[T]) {
        self.key(name);
        self.list_body(name, item, items, |pen, value| pen.scalar(value.as_ref()));
    }

    /// An object inside an object.
    pub(crate) fn object(&mut self, name: &str, draw: impl FnOnce(&mut Pen)) {
        self.key(name);
        self.open(name);
        self.object_body(draw);
        self.close(name);
    }

    fn bare(&mut self, name: &str, value: impl Display) {
        self.key(name);
        self.open(name);
        write!(self.out, "{value}").expect("writing to memory cannot fail");
        self.close(name);
    }

    fn list_body<T>(&mut self, name: &str, item: &str, items: &[T], draw: impl Fn(&mut Pen, &T)) {
        self.open(name);
        self.json("[");
        for (index, value) in items.iter().enumerate() {
            if index > 0 {
                self.json(",");
            }
            self.open(item);
            draw(self, value);
            self.close(item);
        }
        self.json("]");
        self.close(name);
    }

    fn object_body(&mut self, draw: impl FnOnce(&mut Pen)) {
        self.json("{");
        self.fresh = true;
        draw(self);
        self.fresh = false;
        self.json("}");
    }

    /// JSON: the comma before a member and its name. XML has the name in its tags.
    fn key(&mut self, name: &str) {
        if self.format == Format::Json {
            if !self.fresh {
                self.raw(",");
            }
            self.fresh = false;
            self.scalar(name);
            self.raw(":");
        }
    }

    fn open(&mut self, name: &str) {
        if self.format == Format::Xml {
            self.raw_all(&["<", name, ">"]);
        }
    }

    fn close(&mut self, name: &str) {
        if self.format == Format::Xml {
            self.raw_all(&["</", name, ">"]);
        }
    }

    fn scalar(&mut self, value: &str) {
        match self.format {
            Format::Xml => self.escaped(value),
            Format::Json => {
                serde_json::to_writer(&mut self.out, value).expect("writing text to memory cannot fail");
            }
        }
    }

    /// Escapes what has a meaning in XML and drops the characters that XML 1.0 cannot hold at all.
    fn escaped(&mut self, value: &str) {
        let mut rest = value;
        while let Some(at) = rest.find(|c| matches!(c, '&' | '<' | '>' | '\r') || forbidden(c)) {
            let (before, from) = rest.split_at(at);
            let special = from.chars().next().expect("find() points at a character");
            self.raw(before);
            self.raw(match special {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                // A reader would turn a bare one into a line feed.
                '\r' => "&#13;",
                _ => "",
            });
            rest = &from[special.len_utf8()..];
        }
        self.raw(rest);
    }

    fn json(&mut self, text: &str) {
        if self.format == Format::Json {
            self.raw(text);
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn raw_all(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| self.raw(text));
    }
}

fn forbidden(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_text(format: Format, value: &str) -> String {
        String::from_utf8(Pen::object_document(format, "a", |pen| pen.text("t", Some(value)))).unwrap()
    }

    #[test]
    fn markup_in_text_is_escaped_and_what_xml_cannot_hold_is_dropped() {
        assert!(
            one_text(Format::Xml, "<b>A & B\u{0}\u{B}\u{FFFE}</b>\r")
                .ends_with("<a><t>&lt;b&gt;A &amp; B&lt;/b&gt;&#13;</t></a>")
        );
        assert_eq!(one_text(Format::Json, "\"<\n\u{1}"), r#"{"t":"\"<\n\u0001"}"#);
    }

    #[test]
    fn lists_are_arrays_with_none_one_or_two_members() {
        for (items, expected) in
            [(&[][..], "[]"), (&["a"], r#"[{"x":"a"}]"#), (&["a", "b"], r#"[{"x":"a"},{"x":"b"}]"#)]
        {
            let json = Pen::list_document(Format::Json, "things", "thing", items, |pen, item| {
                pen.text("x", Some(item));
            });
            assert_eq!(String::from_utf8(json).unwrap(), expected);
        }
        let xml = Pen::list_document(Format::Xml, "things", "thing", &[""; 0], |_, _| {});
        assert!(String::from_utf8(xml).unwrap().ends_with("<things></things>"));
    }

    #[test]
    fn members_after_a_nested_object_get_their_comma() {
        let json = Pen::object_document(Format::Json, "a", |pen| {
            pen.object("empty", |_| {});
            pen.texts("list", "item", &["x", "y"]);
            pen.flag("yes", true);
            pen.number("none", None::<i64>);
            pen.number("half", Some(0.5));
        });
        let expected = r#"{"empty":{},"list":["x","y"],"yes":true,"none":null,"half":0.5}"#;
        assert_eq!(String::from_utf8(json).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn any_text_makes_documents_that_can_be_read_again(value in any::<String>()) {
            let json: serde_json::Value = serde_json::from_str(&one_text(Format::Json, &value)).unwrap();
            prop_assert_eq!(json["t"].as_str(), Some(value.as_str()));
            let xml = one_text(Format::Xml, &value);
            let kept: String = value.chars().filter(|&c| !forbidden(c)).collect();
            let tree = crate::read::parse(xml.as_bytes(), &crate::read::Limits::default()).unwrap();
            prop_assert_eq!(tree.get("a").unwrap().text("t"), Some(kept.trim().to_owned()).filter(|text| !text.is_empty()));
        }
    }
}
