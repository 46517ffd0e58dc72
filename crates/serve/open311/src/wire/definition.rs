//! `service_definition`: the questions of one service.

use super::pen::Pen;
use crate::route::Format;

/// The questions of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The service they belong to.
    pub service_code: String,
    /// In the order in which they are to be asked.
    pub attributes: Vec<AttributeEntry>,
}

/// One question, or (with `variable` false) a text to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeEntry {
    /// An answer is expected.
    pub variable: bool,
    /// Unique in the service; the answer comes as `attribute[code]`.
    pub code: String,
    /// `string`, `number`, `datetime`, `text`, `singlevaluelist` or `multivaluelist`.
    pub datatype: &'static str,
    /// Without an answer a request is refused.
    pub required: bool,
    /// A hint beside the field.
    pub datatype_description: Option<String>,
    /// From 1, unique in the service.
    pub order: u32,
    /// The question itself.
    pub description: String,
    /// The choices of the two list types; empty for the others.
    pub values: Vec<ValueEntry>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueEntry {
    /// What is submitted.
    pub key: String,
    /// What is shown.
    pub name: String,
}

pub(super) fn write(definition: &Definition, format: Format) -> Vec<u8> {
    Pen::object_document(format, "service_definition", |pen| {
        pen.text("service_code", Some(&definition.service_code));
        pen.objects("attributes", "attribute", &definition.attributes, attribute);
    })
}

fn attribute(pen: &mut Pen, attribute: &AttributeEntry) {
    pen.flag("variable", attribute.variable);
    pen.text("code", Some(&attribute.code));
    pen.text("datatype", Some(attribute.datatype));
    pen.flag("required", attribute.required);
    pen.text("datatype_description", attribute.datatype_description.as_deref());
    pen.number("order", Some(attribute.order));
    pen.text("description", Some(&attribute.description));
    pen.objects("values", "value", &attribute.values, |pen, value| {
        pen.text("key", Some(&value.key));
        pen.text("name", Some(&value.name));
    });
}
