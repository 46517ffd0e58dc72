//! Lengths of time, times of the week, shares, curves and distributions as planners write them.

use super::CenterError;
use super::Wrong;
use super::entry::Field;
use crate::center::{Curve, DAY_S, Law, Shape};

const DURATION: &str = "a length of time such as \"90s\", \"4m\", \"1h 30m\", \"2d\"";
const POSITIVE_TIME: &str = "a length of time above zero and below ten years";
const CLOCK: &str = "a time of day such as \"08:30\"";
const MOMENT: &str = "a moment such as \"tue 14:00\" of the first week, or a length of time from the start";
const DAYS: &str = "weekdays such as \"mon\", \"mon-fri\", \"mon,wed,fri\"";
const SHARE: &str = "from 0 to 1";

/// No length of time is longer than this.
const TIME_MAX_S: f64 = 3650.0 * DAY_S;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Field<'_> {
    /// A length of time above zero, in seconds: a text with units, or a number of seconds.
    pub(super) fn duration(&self) -> Result<f64, CenterError> {
        let seconds = self.duration_or_zero()?;
        if seconds > 0.0 { Ok(seconds) } else { Err(self.out_of_range(seconds, POSITIVE_TIME)) }
    }

    /// The same, and zero.
    pub(super) fn duration_or_zero(&self) -> Result<f64, CenterError> {
        let seconds = match self.number_if_any() {
            Some(seconds) => seconds,
            None => {
                let text = self.text().map_err(|_| self.not_a(DURATION))?;
                seconds(text).ok_or_else(|| self.no_such(text, DURATION))?
            }
        };
        if (0.0..TIME_MAX_S).contains(&seconds) {
            return Ok(seconds);
        }
        Err(self.out_of_range(seconds, POSITIVE_TIME))
    }

    /// A share of a whole.
    pub(super) fn share(&self) -> Result<f64, CenterError> {
        self.number(SHARE, |share| (0.0..=1.0).contains(&share))
    }

    /// A share that may change with the time of day.
    pub(super) fn share_curve(&self) -> Result<Curve, CenterError> {
        self.curve(Field::share)
    }

    /// A share below `most`, so that what it repeats comes to an end.
    pub(super) fn share_curve_below(&self, most: f64, must_be: &'static str) -> Result<Curve, CenterError> {
        self.curve(|field| field.number(must_be, |share| (0.0..=most).contains(&share)))
    }

    /// One value, or one for each part of a day or week.
    pub(super) fn curve(
        &self,
        value: impl Fn(&Self) -> Result<f64, CenterError>,
    ) -> Result<Curve, CenterError> {
        if !self.is_list() {
            return value(self).map(Curve::Constant);
        }
        let values = self.list()?.iter().map(value).collect::<Result<Vec<f64>, _>>()?;
        let found = values.len();
        Curve::of(values).ok_or_else(|| self.wrong(Wrong::NoPartsOfDay { found }))
    }

    /// A distribution of lengths of time: its mean (exponential), or a table that says more.
    pub(super) fn law(&self) -> Result<Law, CenterError> {
        if !self.is_table() {
            return Ok(Law { mean_s: self.curve(Field::duration)?, shape: Shape::Exponential });
        }
        let entry = self.entry()?;
        let law = match (entry.field("mean"), entry.field("exactly"), entry.field("to"), entry.field("mix")) {
            (Some(mean), None, None, None) => {
                let spread = entry.field("spread").map(|field| {
                    field.number("above 0 and at most 10", |spread| spread > 0.0 && spread <= 10.0)
                });
                let shape = spread.transpose()?.map_or(Shape::Exponential, Shape::lognormal);
                Law { mean_s: mean.curve(Field::duration)?, shape }
            }
            (None, Some(exactly), None, None) => {
                Law { mean_s: exactly.curve(Field::duration)?, shape: Shape::Exactly }
            }
            (None, None, Some(to), None) => {
                uniform(entry.optional("from", Field::duration_or_zero)?.unwrap_or(0.0), &to)?
            }
            (None, None, None, Some(mix)) => mixture(&mix)?,
            _ => return Err(self.not_a("a table with one of mean, exactly, to, mix")),
        };
        entry.nothing_else().map(|()| law)
    }

    /// Which days of the week, Monday first.
    pub(super) fn weekdays(&self) -> Result<[bool; 7], CenterError> {
        let text = self.text()?;
        weekdays(text).ok_or_else(|| self.no_such(text, DAYS))
    }

    /// A time of day in seconds after midnight; 24:00 is its end.
    pub(super) fn clock(&self) -> Result<f64, CenterError> {
        let text = self.text()?;
        clock(text).ok_or_else(|| self.no_such(text, CLOCK))
    }

    /// A moment in seconds from the start.
    pub(super) fn moment(&self) -> Result<f64, CenterError> {
        let Ok(text) = self.text() else { return self.duration_or_zero() };
        let of_week = || {
            let (day, time) = text.split_once(' ')?;
            let day = WEEKDAYS.iter().position(|known| *known == day)?;
            Some(day as f64 * DAY_S + clock(time.trim())?)
        };
        of_week().or_else(|| seconds(text)).ok_or_else(|| self.no_such(text, MOMENT))
    }

    pub(super) fn no_such(&self, found: &str, must_be: &'static str) -> CenterError {
        self.wrong(Wrong::NoSuchWord { found: found.to_owned(), must_be })
    }

    pub(super) fn out_of_range(&self, value: f64, must_be: &'static str) -> CenterError {
        self.wrong(Wrong::OutOfRange { value, must_be })
    }
}

fn uniform(from_s: f64, to: &Field<'_>) -> Result<Law, CenterError> {
    let to_s = to.duration()?;
    if to_s <= from_s {
        return Err(to.out_of_range(to_s, "longer than from"));
    }
    let mean = 0.5 * (from_s + to_s);
    Ok(Law { mean_s: Curve::Constant(mean), shape: Shape::Uniform { low: from_s / mean, high: to_s / mean } })
}

/// Two kinds of contacts, each with a share and a mean.
fn mixture(mix: &Field<'_>) -> Result<Law, CenterError> {
    let kinds = mix.list()?;
    let [first, second] = kinds.as_slice() else {
        return Err(mix.wrong(Wrong::WrongLength { found: kinds.len(), expected: 2 }));
    };
    let ((first_share, first_s), (second_share, second_s)) = (kind(first)?, kind(second)?);
    if (first_share + second_share - 1.0).abs() > 1e-9 {
        return Err(mix.out_of_range(first_share + second_share, "shares that add up to 1"));
    }
    let mean = first_share * first_s + second_share * second_s;
    let shape = Shape::Mix { first_share, first: first_s / mean, second: second_s / mean };
    Ok(Law { mean_s: Curve::Constant(mean), shape })
}

fn kind(field: &Field<'_>) -> Result<(f64, f64), CenterError> {
    let entry = field.entry()?;
    let kind = (entry.needed("share")?.share()?, entry.needed("mean")?.duration()?);
    entry.nothing_else().map(|()| kind)
}

/// `1h 30m`, `90s`, `1.5d`.
fn seconds(text: &str) -> Option<f64> {
    let mut rest = text.trim();
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|one: char| !one.is_ascii_digit() && one != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let unit_ends =
            rest[digits..].find(|one: char| !one.is_ascii_alphabetic()).map_or(rest.len(), |n| n + digits);
        total += number * unit(&rest[digits..unit_ends])?;
        rest = rest[unit_ends..].trim_start();
    }
    (!text.trim().is_empty()).then_some(total)
}

fn unit(name: &str) -> Option<f64> {
    let units = [("s", 1.0), ("m", 60.0), ("h", 3600.0), ("d", DAY_S), ("w", 7.0 * DAY_S)];
    units.iter().find(|(known, _)| *known == name).map(|(_, seconds)| *seconds)
}

fn clock(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    let part = |text: &str| (text.len() == 2).then(|| text.parse::<u32>().ok()).flatten();
    let (hours, minutes) = (part(hours)?, part(minutes)?);
    let seconds = f64::from(hours * 3600 + minutes * 60);
    (minutes < 60 && seconds <= DAY_S).then_some(seconds)
}

fn weekdays(text: &str) -> Option<[bool; 7]> {
    let day = |name: &str| WEEKDAYS.iter().position(|known| *known == name.trim());
    let mut days = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        let mut one = first;
        days[one] = true;
        while one != last {
            // `fri-mon` goes round the end of the week.
            one = (one + 1) % 7;
            days[one] = true;
        }
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_have_units() {
        assert_eq!(seconds("1h 30m"), Some(5400.0));
        assert_eq!(seconds("1.5d"), Some(129_600.0));
        assert_eq!(seconds("2w"), Some(1_209_600.0));
        for wrong in ["", "5", "m", "5x", "1h30", "-5s", "1..5s"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_of_day_and_days_are_read_as_written() {
        assert_eq!((clock("08:30"), clock("24:00")), (Some(30_600.0), Some(86_400.0)));
        for wrong in ["8:30", "24:01", "12:60", "noon", ""] {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
        assert_eq!(weekdays("mon-wed"), Some([true, true, true, false, false, false, false]));
        assert_eq!(weekdays("sun,fri"), Some([false, false, false, false, true, false, true]));
        assert_eq!(weekdays("sat-mon"), Some([true, false, false, false, false, true, true]));
        assert_eq!(weekdays("weekend"), None);
    }
}
