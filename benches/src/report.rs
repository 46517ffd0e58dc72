//! What was measured, as rows for people and as one line for machines.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// In a second.
    PerSecond,
    /// Millionths of a second.
    Microseconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Mebibytes.
    Mebibytes,
    /// How many times as much.
    Times,
    /// Of a whole, shown in percent.
    Share,
}

impl Unit {
    fn show(self, amount: f64) -> String {
        match self {
            Unit::PerSecond => format!("{amount:.0}/s"),
            Unit::Microseconds => format!("{amount:.2} us"),
            Unit::Milliseconds => format!("{amount:.2} ms"),
            Unit::Seconds => format!("{amount:.2} s"),
            Unit::Mebibytes => format!("{amount:.0} MiB"),
            Unit::Times => format!("{amount:.2} x"),
            Unit::Share => format!("{:.2} %", 100.0 * amount),
        }
    }
}

/// What a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bar {
    /// We promise no less.
    AtLeast(f64),
    /// We promise no more.
    AtMost(f64),
    /// What something else reached in the same run; no promise.
    Peer(f64),
}

impl Bar {
    fn amount(self) -> f64 {
        let (Bar::AtLeast(amount) | Bar::AtMost(amount) | Bar::Peer(amount)) = self;
        amount
    }

    fn sign(self) -> &'static str {
        match self {
            Bar::AtLeast(_) => ">=",
            Bar::AtMost(_) => "<=",
            Bar::Peer(_) => "peer",
        }
    }

    fn verdict(self, ours: f64) -> &'static str {
        match self {
            Bar::AtLeast(limit) if ours >= limit => "kept",
            Bar::AtMost(limit) if ours <= limit => "kept",
            Bar::AtLeast(_) | Bar::AtMost(_) => "MISSED",
            Bar::Peer(_) => "-",
        }
    }
}

/// One measured number beside its limit or its peer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// What was measured, the engine included.
    pub(crate) what: String,
    /// What it counts.
    pub(crate) unit: Unit,
    /// What we reached.
    pub(crate) ours: f64,
    /// What it is held against.
    pub(crate) bar: Bar,
}

impl Row {
    /// Any other number.
    pub(crate) fn new(what: impl Into<String>, unit: Unit, ours: f64, bar: Bar) -> Self {
        Self { what: what.into(), unit, ours, bar }
    }

    /// A duration of which no more than `limit_us` is promised.
    pub(crate) fn microseconds(what: impl Into<String>, ours: Duration, limit_us: f64) -> Self {
        Self::new(what, Unit::Microseconds, ours.as_secs_f64() * 1e6, Bar::AtMost(limit_us))
    }

    /// A duration of which no more than `limit_ms` is promised.
    pub(crate) fn milliseconds(what: impl Into<String>, ours: Duration, limit_ms: f64) -> Self {
        Self::new(what, Unit::Milliseconds, ours.as_secs_f64() * 1000.0, Bar::AtMost(limit_ms))
    }

    /// A duration of which no more than `limit_s` is promised.
    pub(crate) fn seconds(what: impl Into<String>, ours: Duration, limit_s: f64) -> Self {
        Self::new(what, Unit::Seconds, ours.as_secs_f64(), Bar::AtMost(limit_s))
    }

    fn ratio(&self) -> f64 {
        self.ours / self.bar.amount()
    }

    fn for_machines(&self) -> Value {
        json!({
            "what": self.what,
            "unit": format!("{:?}", self.unit),
            "ours": self.ours,
            "bar": self.bar.sign(),
            "against": self.bar.amount(),
            "ratio": self.ratio(),
            "verdict": self.bar.verdict(self.ours),
        })
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bar = format!("{} {}", self.bar.sign(), self.unit.show(self.bar.amount()));
        let (ours, ratio) = (self.unit.show(self.ours), self.ratio());
        write!(f, "{:<62} {ours:>12} {bar:>16} {ratio:>7.2}  {}", self.what, self.bar.verdict(self.ours))
    }
}

/// Everything measured in one run; printed as it comes.
pub(crate) struct Report {
    machine: String,
    rows: Vec<Row>,
}

impl Report {
    /// Begins with what is measured on.
    pub(crate) fn new(machine: String) -> Self {
        println!("{machine}\n");
        println!("{:<62} {:>12} {:>16} {:>7}  verdict", "what", "ours", "limit or peer", "ratio");
        Self { machine, rows: Vec::new() }
    }

    /// Adds a figure.
    pub(crate) fn row(&mut self, row: Row) {
        println!("{row}");
        self.rows.push(row);
    }

    /// Says something that explains the figures, such as where the time went.
    pub(crate) fn note(&self, words: impl fmt::Display) {
        println!("    {words}");
    }

    /// Ends with one line of JSON.
    pub(crate) fn finish(self) {
        let rows: Vec<Value> = self.rows.iter().map(Row::for_machines).collect();
        println!("\n{}", json!({ "machine": self.machine, "figures": rows }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bar: Bar, ours: f64, expected: &str) {
        assert_eq!(bar.verdict(ours), expected, "{bar:?} {ours}");
    }

    #[test]
    fn a_limit_is_kept_when_it_is_just_reached() {
        check(Bar::AtLeast(8000.0), 8000.0, "kept");
        check(Bar::AtLeast(8000.0), 7999.9, "MISSED");
        check(Bar::AtMost(5.0), 5.0, "kept");
        check(Bar::AtMost(5.0), 5.1, "MISSED");
        check(Bar::AtMost(5.0), f64::NAN, "MISSED");
    }

    #[test]
    fn a_peer_is_compared_and_never_missed() {
        check(Bar::Peer(24_500.0), 1.0, "-");
        let row = Row::new("x", Unit::PerSecond, 50.0, Bar::Peer(200.0));
        assert_eq!(row.for_machines()["ratio"], 0.25);
    }
}
