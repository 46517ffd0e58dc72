//! What is known about days beside their counts: holidays, and numbers that move contacts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{Day, ForecastError, IntervalRegressor};

/// A number per day that moves contacts and is known ahead: a mailing, a billing run, degrees, a known event as 0 or 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Regressor {
    /// What people call it.
    pub name: String,
    /// Its value on each day, past and future.
    pub values: BTreeMap<Date, f64>,
}

/// Days that come again and again and bring contacts on and after them: paydays, billing days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MarkedDays {
    /// What people call them.
    pub name: String,
    /// The days, past and future.
    pub days: BTreeSet<Date>,
}

/// Whether days that were quiet year after year without a name count as holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unnamed {
    /// They are learned; see [`Known::with_learned`].
    #[default]
    Learn,
    /// Only named days are holidays.
    Ignore,
}

/// What is known about days beside their counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// Holidays and known closures by day; the same name is the same holiday in every year.
    pub holidays: BTreeMap<Date, String>,
    /// Whether others are looked for.
    pub unnamed: Unnamed,
    /// Paydays, billing days and the like; each has its own effect on the day and on the three days after it.
    pub marked: Vec<MarkedDays>,
    /// Numbers per interval; every open interval of the series and of the horizon needs a value.
    pub interval_regressors: Vec<IntervalRegressor>,
    /// Numbers per day; every day of the series and of the horizon needs a value.
    pub regressors: Vec<Regressor>,
}

impl Known {
    /// The name under which a holiday shares its effect with that of other years and with its day in lieu.
    pub(crate) fn holiday(&self, date: Date) -> Option<&str> {
        let name = self.holidays.get(&date)?;
        Some(name.trim_end_matches(" (observed)"))
    }

    /// Refuses when a regressor has no finite value on one of these days.
    pub(crate) fn check(&self, days: &[Day]) -> Result<(), ForecastError> {
        for regressor in &self.regressors {
            let has_value = |date: &Date| regressor.values.get(date).is_some_and(|value| value.is_finite());
            if let Some(date) = days.iter().map(|day| day.date).find(|date| !has_value(date)) {
                return Err(ForecastError::RegressorGap { name: regressor.name.clone(), date });
            }
        }
        Ok(())
    }
}
