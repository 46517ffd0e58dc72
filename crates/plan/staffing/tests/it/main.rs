//! Staffing as its users see it.
#![cfg(test)]

mod anchors;
mod properties;
mod reference;
