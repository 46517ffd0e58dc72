//! Staffing as its users see it.
#![cfg(test)]

mod reference;
