//! Arguments that are more than a number: targets, patience, shrinkage, lengths of time.

use std::str::FromStr;

use clap::ValueEnum;
use staffing::{Cause, Patience, ServiceLevel, Shrinkage, StaffingError};

/// `80/20`: eighty percent within twenty seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareWithin {
    pub share: f64,
    pub within_s: f64,
}

impl FromStr for ShareWithin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a percentage and seconds, such as 80/20");
        let (percent, seconds) = text.split_once('/').ok_or_else(wrong)?;
        let percent = number(percent.trim_end_matches('%')).ok_or_else(wrong)?;
        let within_s = number(seconds.trim_end_matches('s')).ok_or_else(wrong)?;
        if !(percent > 0.0 && percent < 100.0 && within_s >= 0.0) {
            return Err(format!("{text:?}: a percentage lies above 0 and below 100, seconds from 0 on"));
        }
        Ok(Self { share: percent / 100.0, within_s })
    }
}

/// How contacts that give up count in the service level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counted {
    /// Answered in time over all offered.
    OverOffered,
    /// Answered in time over answered.
    OverAnswered,
    /// Answered in time over offered less those who gave up in that time.
    LessShortAbandons,
    /// Answered or given up in time, over offered.
    AnsweredOrAbandoned,
    /// In time if everybody waited for ever.
    VirtualWait,
}

impl From<Counted> for ServiceLevel {
    fn from(counted: Counted) -> Self {
        match counted {
            Counted::OverOffered => Self::OverOffered,
            Counted::OverAnswered => Self::OverAnswered,
            Counted::LessShortAbandons => Self::OverOfferedLessShortAbandons,
            Counted::AnsweredOrAbandoned => Self::AnsweredOrAbandoned,
            Counted::VirtualWait => Self::VirtualWait,
        }
    }
}

/// `120`, `2m`, `deterministic:30`, `uniform:180`, `hyperexponential:0.3,10,240`, `balking:0.15,180`, `endless`.
pub fn patience(text: &str) -> Result<Patience, String> {
    if text == "endless" {
        return Ok(Patience::ENDLESS);
    }
    let patience = match text.split_once(':') {
        None => Patience::exponential(seconds(text)?),
        Some((kind, numbers)) => distribution(kind, numbers).ok_or_else(|| {
            format!("{text:?} is no patience such as 120, uniform:180 or hyperexponential:0.3,10,240")
        })?,
    };
    patience.map_err(|error| error.to_string())
}

/// The distribution of that kind, where it has so many numbers.
fn distribution(kind: &str, numbers: &str) -> Option<Result<Patience, StaffingError>> {
    let numbers: Option<Vec<f64>> = numbers.split(',').map(number).collect();
    Some(match (kind, numbers?.as_slice()) {
        ("exponential", [mean]) => Patience::exponential(*mean),
        ("deterministic", [limit]) => Patience::deterministic(*limit),
        ("uniform", [most]) => Patience::uniform(*most),
        ("hyperexponential", [share, first, second]) => Patience::hyperexponential(*share, *first, *second),
        ("balking", [share, mean]) => Patience::with_balking(*share, *mean),
        _ => return None,
    })
}

/// `0.3`, or by cause: `breaks=0.1,training=0.05`.
pub fn shrinkage(text: &str) -> Result<Shrinkage, String> {
    let wrong = || format!("{text:?} is no shrinkage such as 0.3 or breaks=0.1,training=0.05");
    if let Some(share) = number(text) {
        return Shrinkage::of(share).map_err(|error| error.to_string());
    }
    let causes = text.split(',').map(|cause| {
        let (name, share) = cause.split_once('=').ok_or_else(wrong)?;
        let (name, share) = (name.trim().to_owned(), number(share).ok_or_else(wrong)?);
        Ok(Cause { name, share })
    });
    Shrinkage::new(causes.collect::<Result<_, String>>()?).map_err(|error| error.to_string())
}

/// `90`, `90s`, `30m`, `4h`, `1d` in seconds.
pub fn seconds(text: &str) -> Result<f64, String> {
    let units = [("s", 1.0), ("m", 60.0), ("h", 3600.0), ("d", 86400.0)];
    let (digits, unit) = units
        .iter()
        .find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, *seconds)))
        .unwrap_or((text, 1.0));
    let found = number(digits).map(|number| number * unit).filter(|seconds| *seconds > 0.0);
    found.ok_or_else(|| format!("{text:?} is no length of time such as 90s, 30m or 4h"))
}

/// Also refuses NaN and infinity.
fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_percentage_and_seconds() {
        assert_eq!("80/20".parse(), Ok(ShareWithin { share: 0.8, within_s: 20.0 }));
        assert_eq!("95%/10s".parse(), Ok(ShareWithin { share: 0.95, within_s: 10.0 }));
        for wrong in ["80", "0/20", "100/20", "80/-1", "NaN/20", "80/inf", ""] {
            assert!(wrong.parse::<ShareWithin>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn patience_shrinkage_and_lengths_are_refused_when_they_make_no_sense() {
        assert_eq!(patience("120"), Ok(Patience::exponential(120.0).unwrap()));
        assert_eq!(seconds("30m"), Ok(1800.0));
        assert!((shrinkage("breaks=0.1,training=0.05").unwrap().total() - 0.15).abs() < 1e-15);
        for wrong in ["0", "-5", "NaN", "uniform:", "hyperexponential:1,2", "soon"] {
            assert!(patience(wrong).is_err(), "{wrong}");
        }
        for wrong in ["1", "-0.1", "breaks=0.6,training=0.5", "breaks", ""] {
            assert!(shrinkage(wrong).is_err(), "{wrong}");
        }
        for wrong in ["0m", "h", "-1s", "1w"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
